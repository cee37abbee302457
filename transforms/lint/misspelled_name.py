"""A name is written wrong: of a property, a type, or of something else in the template.

## Why
`Propertes`, `BucketNmae`, `AWS::Sqs::Queue`, `!GetAtt Topic.ARN`: the stack fails on each of them (cfn-lint E3002,
E3003, E3006, E1010, E1019, E1020, E6101).

## Repair
The one name that is close: among the properties that the provider schema has there, the types, the attributes, the
resources, parameters, conditions and mappings of the template, the variables of a `Fn::Sub`, and the pseudo parameters.
An entry keeps its place and its comments.

Close is what differs in case and separators alone, else by one letter in one word (two in a long one), or for a property
by the unit at its end (`MaximumEventAge`, `MaximumEventAgeInSeconds`). Never what differs in a number, in words of one
letter, or in whole words: `SubnetC` is not `SubnetA`, `MinSize` not `MaxSize`.

Told of, and left alone: a name that may stand for several, a property that is there under its right name as well, and
one whose value is none for the right name. So is what macros, loops, modules and AWS SAM may add. A `${name}` in a
script is never taken for a misspelled reference: it may be a variable of that script.

## Safety
Unsafe: somebody has to say that this name was meant.

## Impact
As the provider schema says of the property in which the name stands, or which it is. A stack with a wrong name was
never made, so that a type or a condition under its right name replaces nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fixer.cloudformation.closeness import Close, close
from fixer.cloudformation.entries import ATTRIBUTES, ATTRIBUTES_OF_SAM, Resource
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.misspelled_references import misspelled_references
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.descent import Described, described, may_be, names_taken
from fixer.cloudformation.types.schemas import resource_types, schema
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Rename, Safety, Set, Value, transform

INVALID = (
    Case(
        "a property, a type, references",
        before="""\
Parameters:
  Stage: {Type: String}
Resources:
  Orders:
    Type: AWS::Sqs::Queue
    Properties:
      # its name is known outside
      QueueNmae: !Sub "${AWS::Stackname}-${stage}"
      DelaySeconds: 30
  Topic:
    Type: AWS::SNS::Topic
    DependOn: Orders
Outputs:
  TopicArn: {Value: !GetAtt Topic.TopicARN}
  OrdersArn: {Value: !GetAtt Oders.Arn}
""",
        after="""\
Parameters:
  Stage: {Type: String}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      # its name is known outside
      QueueName: !Sub "${AWS::StackName}-${Stage}"
      DelaySeconds: 30
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Orders
Outputs:
  TopicArn: {Value: !GetAtt Topic.TopicArn}
  OrdersArn: {Value: !GetAtt Orders.Arn}
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Queue": {
      "Type": "AWS::SQS::Queue",
      "Properties": {"FifoQueu": true}
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Queue": {
      "Type": "AWS::SQS::Queue",
      "Properties": {"FifoQueue": true}
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "never a guess between two",
        before="""\
Resources:
  WebRoles: {Type: AWS::SNS::Topic}
  WebRules: {Type: AWS::SNS::Topic}
Outputs:
  Web: {Value: !Ref WebRales}
""",
        unsafe=True,
        says="it may be WebRoles or WebRules",
    ),
    Case(
        "other names",
        before="""\
Parameters:
  SubnetA: {Type: String}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {Anything: 1}}
Outputs:
  Subnet: {Value: !Ref SubnetC}
""",
        unsafe=True,
    ),
)

_MEANT = "the stack fails on what is there, and somebody has to say that this name is meant"


@transform(
    lint_rules=("E3002", "E3003", "E3006", "E1010", "E1020", "E1019", "E6101", "E3001"), valid=VALID, invalid=INVALID
)
def misspelled_name(template: Template, options: Options) -> Iterator[Finding]:
    for resource in (*template.resources.values(), *template.looped):
        if not template.has_macros:
            yield from _type(resource)
            yield from _keys(
                template, resource.path, resource.body, ATTRIBUTES, f"{resource.id} takes", ATTRIBUTES_OF_SAM
            )
            for one in described(resource):
                yield from _properties(template, resource, one)
    for found in misspelled_references(template):
        message = f"There is no {found.what} {found.name}"
        if found.operation is not None:
            title = f"Write {found.close.only}"
            fix = Fix(title, (found.operation,), Safety.UNSAFE, impact_at(template, found.path))
            yield Finding(message, found.path, fix, _MEANT)
        elif len(found.close.names) > 1:
            yield Finding(message, found.path, reason=_several(found.close))


def _type(resource: Resource) -> Iterator[Finding]:
    if not resource.type.upper().startswith("AWS:") or resource.type in resource_types() or "${" in resource.type:
        return
    if resource.type.endswith("::MODULE") or resource.type == "AWS::CloudFormation::CustomResource":
        return
    near = close(resource.type, resource_types())
    path = (*resource.path, "Type")
    message = f"There is no type {resource.type}"
    known = schema(near.only) if near.only else None
    if known is None:
        if near.names:
            yield Finding(message, path, reason=_several(near))
        return
    strange = [str(key) for key in resource.properties if key not in known.properties]
    if strange and not any(close(key, known.properties).names for key in strange):
        yield Finding(message, path, reason=f"{near.only} is close, but has no property {strange[0]}")
        return
    fix = Fix(f"Write {near.only}", (Set(path, near.only),), Safety.UNSAFE, Impact.NONE)
    yield Finding(message, path, fix, _MEANT)


def _properties(template: Template, resource: Resource, one: Described) -> Iterator[Finding]:
    if not isinstance(one.value, dict) or intrinsic(one.value) or not one.value:
        return
    names = names_taken(one)
    if names is None:
        return
    if one.path == resource.property_path():
        names |= one.known.properties & one.value.keys()
    where = f"{resource.type} {resource.id}" + (f" takes in {one.pointer}" if one.pointer else " takes")

    def fitting(key: str, name: str) -> bool:
        return may_be(one.known, one.known.below(one.node, name), one.value[key])

    for key in one.value:
        if isinstance(key, str) and key not in names and not key.startswith("Fn::") and "${" not in key:
            near = close(key, names, units=True)
            yield from _renamed(template, one.path, one.value, key, near, where, fitting(key, near.only or key))


def _keys(
    template: Template, path: Path, body: Value, names: frozenset[str], where: str, more: frozenset[str]
) -> Iterator[Finding]:
    for key in body:
        if isinstance(key, str) and key not in names | more and not key.startswith("Fn::"):
            yield from _renamed(template, path, body, key, close(key, names), where, True)


def _renamed(
    template: Template, path: Path, held: Collection[str], key: str, near: Close, where: str, fitting: bool
) -> Iterator[Finding]:
    """The finding about the key of an entry, if some name is close."""
    message, place = f"{where} no {key}", (*path, key)
    if not near.names:
        return
    if near.only is None:
        yield Finding(message, place, reason=_several(near))
    elif near.only in held:
        yield Finding(message, place, reason=f"{near.only} is there already")
    elif not fitting:
        yield Finding(message, place, reason=f"{near.only} is close, but its value would be another kind")
    elif sum(close(other, [near.only], units=True).only is not None for other in held) > 1:
        yield Finding(message, place, reason=f"another name beside it may mean {near.only}, too")
    else:
        impact = max(impact_at(template, place), impact_at(template, (*path, near.only)))
        fix = Fix(f"Write {near.only}", (Rename(place, near.only),), Safety.UNSAFE, impact)
        yield Finding(message, place, fix, _MEANT)


def _several(near: Close) -> str:
    return f"it may be {' or '.join(near.names)}"
