"""Which values a resource cannot be without, as far as schemas and a few known facts say."""

from __future__ import annotations

from collections.abc import Collection

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import value_at
from fixer.cloudformation.types.schemas import Node, ResourceSchema, schema
from fixer.model import Path, Value

_NECESSARY = frozenset(
    {
        ("AWS::ApiGateway::DomainNameV2", "DomainName"),
        ("AWS::CloudFront::Distribution", "DistributionConfig", "Origins"),
        ("AWS::CloudWatch::Alarm", "Dimensions"),
        ("AWS::Route53::HealthCheck", "HealthCheckConfig", "FullyQualifiedDomainName"),
        ("AWS::Route53::RecordSet", "AliasTarget"),
        ("AWS::Route53::RecordSet", "ResourceRecords"),
        ("AWS::Route53::RecordSetGroup", "RecordSets"),
        ("AWS::Route53::RecordSetGroup", "RecordSets", "AliasTarget"),
        ("AWS::Route53::RecordSetGroup", "RecordSets", "ResourceRecords"),
    }
)
"""What the schemas call optional, without which the resource is none or another (reference pages of the types)."""
_NAMED_ITEMS = frozenset({("AWS::CloudFront::Distribution", "DistributionConfig", "Origins")})
"""Lists whose items are named elsewhere in the resource, by their Id, so that none may go alone."""

_NAMES = ("Name", "Key", "Field", "ParameterKey", "ParameterName", "OptionName")
_STATEMENT = frozenset({"Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal"})


def is_necessary(resource: Resource, path: Path) -> bool:
    """Whether what holds the value at ``path`` cannot be without it.

    ``path`` is of the whole template and leads into the properties. An item of a list is hardly ever necessary by
    itself.
    """
    name = path[-1]
    pointer = _without_if(path[3:])
    names = tuple(key for key in pointer if isinstance(key, str))
    if not isinstance(name, str):
        return (resource.type, *names) in _NAMED_ITEMS
    if (resource.type, *names) in _NECESSARY:
        return True
    if names == ("ServiceToken",):  # of a custom resource, which has no schema
        return True
    held = value_at({"Properties": resource.properties}, path[2:-1])
    keys = set(held) if isinstance(held, dict) else set()
    if name == "Value" and keys.intersection(_NAMES):
        return True
    if name == "Statement" or ("Effect" in keys and name in _STATEMENT):
        return True
    found = schema(resource.type)
    if found is None:
        return False
    return names in found.create_only or _is_required(_node(found, pointer[:-1]), name, keys)


def _node(found: ResourceSchema, pointer: Path) -> Node:
    return (found.property_schema(pointer) or {}) if pointer else found.document


def _is_required(node: Node, name: str, keys: Collection[str]) -> bool:
    """Whether an object with ``keys`` is right by its schema, and would not be without ``name``."""
    if name in node.get("required", ()):
        return True
    rest = set(keys) - {name}
    for keyword in ("requiredXor", "requiredOr"):  # cfn-lint's own keywords
        group: Value = node.get(keyword, ())
        if name in group and not rest.intersection(group):
            return True
    for keyword in ("anyOf", "oneOf"):
        choices = [set(choice.get("required", ())) for choice in node.get(keyword, ())]
        now = any(choice <= set(keys) for choice in choices)
        if now and not any(choice <= rest for choice in choices):
            return True
    return False


def _without_if(path: Path) -> Path:
    """The path as it would be without any ``Fn::If``."""
    kept: list[str | int] = []
    steps = iter(path)
    for step in steps:
        if step == "Fn::If":
            next(steps, None)
        else:
            kept.append(step)
    return tuple(kept)
