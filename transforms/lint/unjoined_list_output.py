"""The value of an output is a list, and outputs are texts.

## Why
`Value: !Ref SubnetIds`, where the parameter is a list, or `!GetAtt Zone.NameServers`: the stack fails on it (cfn-lint
E6101).

## Repair
`!Join [',', ...]` around it, which is how parameters and imports take a list. Lists are those of parameters, attributes,
mappings, `Fn::Split`, `Fn::GetAZs` and `Fn::Cidr`, and one that stands there; of one with a single item the item is
taken. In a `Fn::If` each branch that is a list is joined. An output of a loop is repaired in the loop.

Told of, and left alone: an empty list; one with lists or mappings in it; and any in a template that goes through a macro.

## Safety
Unsafe: whoever reads the output has to know what stands between the items.

## Impact
None: an output is no part of a resource.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.intrinsics import intrinsic, join
from fixer.cloudformation.lists import gives_list, is_scalar
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, Set, Value, transform

INVALID = (
    Case(
        "a parameter, an attribute, zones",
        before="""\
Parameters:
  SubnetIds: {Type: 'List<AWS::EC2::Subnet::Id>'}
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: example.com}
Outputs:
  Subnets:
    Description: Where it runs
    Value: !Ref SubnetIds # two or more
  NameServers: {Value: !GetAtt Zone.NameServers}
  Zones:
    Value:
      Fn::GetAZs: !Ref AWS::Region
""",
        after="""\
Parameters:
  SubnetIds: {Type: 'List<AWS::EC2::Subnet::Id>'}
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: example.com}
Outputs:
  Subnets:
    Description: Where it runs
    Value: !Join [',', !Ref SubnetIds] # two or more
  NameServers: {Value: !Join [',', !GetAtt Zone.NameServers]}
  Zones:
    Value:
      Fn::Join:
        - ','
        - Fn::GetAZs:
            Ref: AWS::Region
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "One": {"Type": "AWS::SNS::Topic"},
    "Two": {"Type": "AWS::SNS::Topic"}
  },
  "Outputs": {
    "Topics": {
      "Value": [{"Ref": "One"}, {"Ref": "Two"}]
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "One": {"Type": "AWS::SNS::Topic"},
    "Two": {"Type": "AWS::SNS::Topic"}
  },
  "Outputs": {
    "Topics": {
      "Value": {"Fn::Join": [",", [{"Ref": "One"}, {"Ref": "Two"}]]}
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "not unless asked for",
        before="""\
Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  Topic: {Type: AWS::SNS::Topic}
Outputs:
  Names: {Value: !Ref Names}
""",
        says="whoever reads the output has to know what stands between the items",
    ),
    Case(
        "a list in the list",
        before="""\
Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  Topic: {Type: AWS::SNS::Topic}
Outputs:
  Names: {Value: [all, !Ref Names]}
""",
        unsafe=True,
        says="an item of the list is no text",
    ),
)

_READ = "whoever reads the output has to know what stands between the items"


@transform(lint_rules=("E6101",), valid=VALID, invalid=INVALID)
def unjoined_list_output(template: Template, options: Options) -> Iterator[Finding]:
    outputs = [(output.id, output.path, output.body) for output in template.outputs.values()]
    loops = [("Outputs", key) for key in template.section("Outputs") if str(key).startswith("Fn::ForEach::")]
    outputs += [(made.id, made.path, made.body) for path in loops for made in template.loop_entries(path)]
    for name, path, body in outputs:
        for place, value in _branches(body.get("Value"), (*path, "Value")):
            if isinstance(value, list) or gives_list(template, value):
                yield _finding(template, name, place, value)


def _branches(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
    if isinstance(body, list) and len(body) == 3:
        for index in (1, 2):
            yield from _branches(body[index], (*path, "Fn::If", index))
    else:
        yield path, value


def _finding(template: Template, name: str, path: Path, value: Value) -> Finding:
    message = f"The value of output {name} is a list, and a text is due"
    reason = "a macro may work on it first" if template.has_macros else _hindrance(template, value)
    if reason:
        return Finding(message, path, reason=reason)
    single = isinstance(value, list) and len(value) == 1
    new = value[0] if single else join(",", value)
    title = "Take the item of the list" if single else "Join the list with commas"
    return Finding(message, path, Fix(title, (Set(path, new),), Safety.UNSAFE, Impact.NONE), _READ)


def _hindrance(template: Template, value: Value) -> str:
    if value == []:
        return "the list is empty"
    items = value if isinstance(value, list) else []
    if not all(is_scalar(item) or (intrinsic(item) and not gives_list(template, item)) for item in items):
        return "an item of the list is no text"
    return ""
