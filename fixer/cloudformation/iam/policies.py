"""The identity-based policies of a template: where they stand, and their statements.

Policies of resources (of keys, buckets, queues ...) are not here: in a key's policy, ``*`` is the key itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import get_att_parts, intrinsic, walk
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

INLINE = ("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group")
ATTACHED = (
    "AWS::IAM::Policy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy",
)
SAM = ("AWS::Serverless::Function", "AWS::Serverless::StateMachine")
"""Their Policies hold names, ARNs, policy templates, and documents; the role is made by SAM."""


class Policy(Struct, frozen=True):
    """A policy document, ``holder`` being the resource that it stands in."""

    holder: Resource
    path: Path
    document: dict[str, Value]


class Statement(Struct, frozen=True):
    policy: Policy
    path: Path
    body: dict[str, Value]

    @property
    def holder(self) -> Resource:
        return self.policy.holder

    @property
    def actions(self) -> tuple[tuple[Path, Value], ...]:
        """The items of Action, each with its path."""
        found, path = self.body.get("Action"), (*self.path, "Action")
        if isinstance(found, list):
            return tuple(((*path, index), item) for index, item in enumerate(found))
        return () if found is None else ((path, found),)

    @property
    def allows_everywhere(self) -> bool:
        """Whether it allows what it allows on every resource."""
        found = self.body.get("Resource")
        return self.body.get("Effect") == "Allow" and (found == "*" or (isinstance(found, list) and "*" in found))

    @property
    def may_allow_everywhere(self) -> bool:
        """Whether a condition of the template chooses between ``*`` and resources with a name."""
        found = self.body.get("Resource")
        return any(text == "*" and "Fn::If" in path for path, text in walk(found))

    @property
    def others(self) -> list[Value]:
        """The resources that are named beside ``*``."""
        found = self.body.get("Resource")
        return [item for item in found if item != "*"] if isinstance(found, list) else []


def policies(template: Template) -> Iterator[Policy]:
    """All policy documents of identities, in document order."""
    yield from _policies(template.resources.values())


def policies_in_loops(template: Template) -> Iterator[Policy]:
    """The same of the resources that loops make."""
    yield from _policies(template.looped)


def _policies(resources: Iterable[Resource]) -> Iterator[Policy]:
    for resource in resources:
        if resource.type in ATTACHED:
            found = [(resource.property_path("PolicyDocument"), resource.get("PolicyDocument"))]
        elif resource.type in INLINE:
            listed = list(items(resource.get("Policies"), resource.property_path("Policies")))
            found = [((*p, "PolicyDocument"), v.get("PolicyDocument")) for p, v in listed if isinstance(v, dict)]
        elif resource.type in SAM:
            listed = list(items(resource.get("Policies"), resource.property_path("Policies")))
            found = [(path, value) for path, value in listed if isinstance(value, dict) and "Statement" in value]
        else:
            continue
        yield from (Policy(resource, path, value) for path, value in found if isinstance(value, dict))


def statements(policy: Policy) -> Iterator[Statement]:
    for path, value in items(policy.document.get("Statement"), (*policy.path, "Statement")):
        if isinstance(value, dict) and intrinsic(value) is None:
            yield Statement(policy, path, value)


def granted(template: Template, statement: Statement, action: str) -> Iterator[str]:
    """The resources on which other statements of the same holder allow an action by name, or AWS SAM does: it lets a
    function send to its dead-letter queue.
    """
    holder = statement.holder
    for other in (found for policy in policies(template) if policy.holder == holder for found in statements(policy)):
        names = {str(item).lower() for _, item in other.actions}
        if other.path == statement.path or other.body.get("Effect") != "Allow" or action.lower() not in names:
            continue
        for _, resource in items(other.body.get("Resource"), ()):
            parts = get_att_parts(resource)
            yield from parts[:1] if parts and parts[1:] == ("Arn",) else ()
    parts = get_att_parts(holder.get("DeadLetterQueue", "TargetArn"))
    if holder.type == SAM[0] and parts and action.lower() in ("sqs:sendmessage", "sns:publish"):
        yield parts[0]


def managed_policies(template: Template) -> Iterator[tuple[Resource, Path, Value]]:
    """What the identities have attached by ARN, or by name with SAM: the identity, the path, and the ARN or name."""
    for resource in template.resources.values():
        name = "ManagedPolicyArns" if resource.type in INLINE else "Policies" if resource.type in SAM else ""
        if name:
            for path, value in items(resource.get(name), resource.property_path(name)):
                if intrinsic(value) is not None or isinstance(value, str):
                    yield resource, path, value


def items(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    """The items of a list, or one value as such; the branches of ``Fn::If`` count as items."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from items(item, (*path, index))
    elif intrinsic(value) == "Fn::If" and isinstance(value["Fn::If"], list):
        for index, branch in enumerate(value["Fn::If"][1:], 1):
            yield from items(branch, (*path, "Fn::If", index))
    elif value is not None:
        yield path, value
