"""Execution roles of functions, and what it takes to let them do one more thing.

Sources: AWS SAM Developer Guide, "AWS::Serverless::Function": without Role, SAM makes one; it attaches what VpcConfig
and DeadLetterQueue need (samtranslator ``SamFunction._construct_role``). IAM User Guide, "IAM and AWS STS quotas":
ten managed policies a role.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import alternatives, expression, find_all
from fixer.cloudformation.functions.functions import SAM
from fixer.cloudformation.intrinsics import get_att_parts, ref_target, sub, value_at, walk
from fixer.cloudformation.template import Template
from fixer.model import Append, Operation, Value

_MANAGED_POLICIES = 10
_FULL_ACCESS = "AdministratorAccess"
_ACTION = re.compile(r"(?P<service>[A-Za-z0-9-]+):[A-Za-z*]+")
"""An action of IAM; ARNs have more colons, conditions and principals none, or a slash or point."""
_PATH = re.compile(r":role/([\w/+=,.@-]+/)?\Z")
"""What stands before the name in the ARN of a role."""


class ExecutionRole(Struct, frozen=True):
    """The role of a function. ``resource`` is None if the template does not make it, or SAM does."""

    resource: Resource | None
    by_sam: bool = False


def execution_role(template: Template, function: Resource) -> ExecutionRole:
    """The role that a function runs with."""
    shared = value_at(template.data, ("Globals", "Function", "Role")) if function.type == SAM else None
    value = function.properties.get("Role", shared)
    if value is None and function.type == SAM:
        return ExecutionRole(None, by_sam=True)
    parts = get_att_parts(value)
    role = template.resources.get(parts[0]) if parts and parts[1] == "Arn" else _named(template, value)
    return ExecutionRole(role if role is not None and role.type == "AWS::IAM::Role" else None)


def _named(template: Template, arn: Value) -> Resource | None:
    """The role of the template that an ARN names; it is in the function's own account."""
    text = expression(arn) or ()
    for role in template.resources_of("AWS::IAM::Role"):
        for before, behind in find_all(expression(role.get("RoleName")) or (), text):
            if not behind and before and _PATH.search(str(before[-1])):
                return role
    return None


def allows(template: Template, role: Resource, actions: Collection[str]) -> bool:
    """Whether the policies that the template gives the role name one of the actions, or all of the service's."""
    wanted = {action.lower() for action in actions} | {action.lower().partition(":")[0] + ":*" for action in actions}
    return any(text.lower() in wanted for text in _texts(_bodies(template, role)))


def services(template: Template, function: Resource) -> frozenset[str]:
    """The services whose actions the template's own policies name for a function: ``sns``, ``secretsmanager``."""
    role = execution_role(template, function).resource
    bodies = [function.properties.get("Policies")] if role is None else _bodies(template, role)
    found = (_ACTION.fullmatch(text) for text in _texts(bodies))
    return frozenset(match["service"].lower() for match in found if match)


def _texts(bodies: Iterable[Value]) -> Iterator[str]:
    return (text for body in bodies for _, text in walk(body) if isinstance(text, str))


def _bodies(template: Template, role: Resource) -> list[Value]:
    """The role and the policies of the template that it has."""
    bodies: list[Value] = [role.body]
    for reference in template.references_to(role.id):
        owner = template.resources.get(str(reference.owner[1]))
        if owner is not None and owner.type in ("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"):
            bodies.append(owner.body)
    for arn in role.get("ManagedPolicyArns", default=[]) if isinstance(role.get("ManagedPolicyArns"), list) else []:
        policy = template.resources.get(ref_target(arn) or "")
        bodies += [policy.body] if policy is not None else []
    return bodies


def attach(role: Resource, policy: str) -> tuple[Operation, ...] | str:
    """The operations that attach a policy of AWS, such as ``service-role/X``; none if it is there; or why not."""
    found = role.get("ManagedPolicyArns", default=[])
    if not role.has_known_properties or not isinstance(found, list):
        return f"the policies of its role {role.id} are made by an intrinsic, a loop or a macro"
    endings = (f"/{policy.rpartition('/')[2]}", f"/{_FULL_ACCESS}")
    for arn in found:
        if any(text and str(text[-1]).endswith(endings) for text in alternatives(arn)):
            return ()
    if len(found) >= _MANAGED_POLICIES:
        return f"its role {role.id} has {len(found)} managed policies"
    arn = sub(f"arn:${{AWS::Partition}}:iam::aws:policy/{policy}")
    return (Append(role.property_path("ManagedPolicyArns"), arn),)


def allow(role: Resource, name: str, action: str, resource: Value) -> tuple[Operation, ...] | str:
    """The operations that add an inline policy to the role; or why they cannot."""
    if not role.has_known_properties or not isinstance(role.get("Policies", default=[]), list):
        return f"the policies of its role {role.id} are made by an intrinsic, a loop or a macro"
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return (Append(role.property_path("Policies"), {"PolicyName": name, "PolicyDocument": document}),)
