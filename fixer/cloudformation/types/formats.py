"""What texts mean: the ``format`` keywords of the provider schemas, which say what is due and what a resource gives.

``AWS::IAM::Role.Arn`` is one: it stands at the properties that take the ARN of a role, and at the attribute of a role
that gives it. cfn-lint compares the two (rules E1040 and E1041), and what is here decides as it does
(``cfnlint/rules/formats/_schema_comparer.py``, ``cfnlint/schema/_ref.py``, ``cfnlint/rules/functions/RefFormat.py``,
MIT-0).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.types.descent import Described
from fixer.cloudformation.types.schemas import Node, ResourceSchema, generated_type, schema
from fixer.model import Path

_GROUP, _GROUP_ID, _GROUP_NAME = (
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroup.Id",
    "AWS::EC2::SecurityGroup.Name",
)
_OTHER_NAMES = {
    "AWS::CertificateManager::Certificate": "AWS::ACM::Certificate",
    "AWS::Lambda::Alias": "AWS::Lambda::Function",
    "AWS::Lambda::Version": "AWS::Lambda::Function",
}
"""Types whose resources the formats call otherwise."""
_ANYTHING = frozenset(
    {
        "AWS::CloudFormation::CustomResource",
        "AWS::CloudFormation::Stack",
        "AWS::Serverless::Application",
        "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
    }
)
"""Types whose attributes may be anything."""


def due_formats(one: Described) -> frozenset[str]:
    """The formats of which a value has to have one; empty if the schema asks for none, or admits others."""
    return next(filter(None, (_formats(known, node) for known, node in sayings(one))), frozenset())


def sayings(one: Described) -> Iterator[tuple[ResourceSchema, Node]]:
    """What the schema says of a value; of a property of AWS SAM also what that of the resource says that SAM makes."""
    yield one.known, one.node
    made = generated_type(one.known.type_name)
    target = schema(made[0]) if made else None
    keys = list(_keys(one.path[one.path.index("Properties") + 1 :]))
    if made is None or target is None or not keys:
        return
    names = {own: theirs for theirs, own in made[1].items()}
    node = target.property_schema((names.get(str(keys[0]), keys[0]), *keys[1:]))
    if node is not None:
        yield target, node


def _keys(path: Path) -> Iterator[str | int]:
    """A path without the branches of ``Fn::If`` on it."""
    for index, key in enumerate(path):
        if key != "Fn::If" and not (index and path[index - 1] == "Fn::If"):
            yield key


def ref_formats(resource: Resource) -> frozenset[str] | None:
    """The formats of which ``Ref`` of a resource has one; empty if it is none of the known; None: it may be anything.

    The group of a network is known by its id, and any other by its name.
    """
    known = schema(resource.type) if resource.type else None
    if known is None or resource.type in _ANYTHING:
        return None
    if resource.type == _GROUP:
        vpc = resource.properties.get("VpcId")
        if intrinsic(vpc) == "Fn::If" or not resource.has_known_properties:
            return None
        return frozenset({_GROUP_NAME if vpc is None else _GROUP_ID})
    if len(known.primary_identifier) != 1:
        return frozenset()
    node = known.property_schema(known.primary_identifier[0])
    return frozenset() if node is None else _formats(known, node)


def attribute_formats(resource: Resource, name: str) -> frozenset[str] | None:
    """The same of ``Fn::GetAtt``; None also where there is no such attribute."""
    known = schema(resource.type) if resource.type else None
    if known is None or resource.type in _ANYTHING or not known.has_attribute(name):
        return None
    if (resource.type, name) == ("AWS::SSM::Parameter", "Value"):
        return None
    node = known.property_schema(tuple(name.split(".")))
    return None if node is None else _formats(known, node)


def attributes_of(resource: Resource, formats: frozenset[str]) -> Iterator[str]:
    """The attributes that the service gives a resource, and that certainly have one of the formats."""
    known = schema(resource.type) if resource.type else None
    for pointer in sorted(known.read_only) if known else ():
        found = attribute_formats(resource, ".".join(pointer))
        if found and found <= formats:
            yield ".".join(pointer)


def is_about(format: str, resource: Resource) -> bool:
    """Whether a format is that of something which a resource is, and not of another that it knows or uses."""
    made = generated_type(resource.type)
    kind = made[0] if made else resource.type
    return format.rpartition(".")[0] == _OTHER_NAMES.get(kind, kind)


def _formats(known: ResourceSchema, node: Node) -> frozenset[str]:
    """The formats in a schema, or of its alternatives if each has one; those of AWS only."""
    if "format" in node:
        said = str(node["format"])
        return frozenset({said}) if said.startswith("AWS::") else frozenset()
    for keyword in ("anyOf", "oneOf"):
        alternatives = [_formats(known, known.views(part)[0]) for part in node.get(keyword, ())]
        if alternatives and all(alternatives):
            return frozenset().union(*alternatives)
    return frozenset()
