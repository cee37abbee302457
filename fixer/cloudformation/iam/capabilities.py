"""Which capabilities a template needs to be deployed.

Sources: CloudFormation API reference, ``CreateStack``, parameter Capabilities; for the types and the name properties
see ``iam`` below.
"""

from __future__ import annotations

from fixer.cloudformation.template import Template

IAM = "CAPABILITY_IAM"
NAMED_IAM = "CAPABILITY_NAMED_IAM"
AUTO_EXPAND = "CAPABILITY_AUTO_EXPAND"

_IAM_TYPES = frozenset(
    f"AWS::IAM::{name}"
    for name in (
        "AccessKey",
        "Group",
        "InstanceProfile",
        "ManagedPolicy",
        "Policy",
        "Role",
        "User",
        "UserToGroupAddition",
    )
)
NAME_PROPERTIES = {
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
}
"""The optional property that gives an IAM resource a name of the author's choice."""


def capabilities(template: Template) -> tuple[str, ...]:
    """The capabilities that a stack of this template has to be given, as far as the template itself shows them."""
    needed = []
    resources = template.resources.values()
    named = any(NAME_PROPERTIES.get(r.type) in r.properties for r in resources if r.type in NAME_PROPERTIES)
    roles_by_sam = any(r.type in ("AWS::Serverless::Function", "AWS::Serverless::StateMachine") for r in resources)
    if named:
        needed.append(NAMED_IAM)
    elif roles_by_sam or any(resource.type in _IAM_TYPES for resource in resources):
        needed.append(IAM)
    if template.has_macros or template.transforms or template.opaque:
        needed.append(AUTO_EXPAND)
    return tuple(needed)
