"""A `Fn::Sub` has no variable to put in.

## Why
It reads as if something were replaced, and nothing is (cfn-lint W1020).

## Repair
The plain string: an escaped `${!Literal}` becomes `${Literal}`, as CloudFormation would make it. It stays a string
(`!Sub ON` becomes `"ON"`), and a block scalar stays one. Variables of its own that the text does not use go along.

A finding without a fix: a text whose plain form names a parameter or resource in `${}`, or is the definition of a state
machine, because that looks like a missing `Fn::Sub` (E1029); a `${` that begins no variable; a comparison that would
have two literals (W8003); a text in a module, and one that a loop may put its variable into. What a macro gets as its
parameters, and the resources of AWS SAM, which treats a plain string in its own way, are left alone.

## Safety
Safe: the value is the same. Unsafe if the template goes through a macro that is not known here, or if a variable that
goes along refers to a resource: then the order in which resources are made changes.

## Impact
None: CloudFormation compares values after it has resolved the functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.fragments import worker
from fixer.cloudformation.intrinsics import literal_text, parse_sub, sub_body
from fixer.cloudformation.plain_strings import why_not_plain
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, Set, Value, transform

INVALID = (
    Case(
        "strings stay strings",
        before="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Description: !Sub takes orders # and keeps them
      Environment:
        Variables:
          TRACING: !Sub ON
          PORT:
            Fn::Sub: "8080"
          FORMAT: !Sub '${!date} ${!level}'
""",
        after="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Description: takes orders # and keeps them
      Environment:
        Variables:
          TRACING: "ON"
          PORT: "8080"
          FORMAT: '${date} ${level}'
""",
    ),
    Case(
        "a script stays a block",
        before="""\
Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          # no variables here
          echo "${!HOME}"
      Tags: []
""",
        after="""\
Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: |
          #!/bin/bash
          # no variables here
          echo "${HOME}"
      Tags: []
""",
    ),
    Case(
        "JSON, variables that nobody uses",
        before="""\
{
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {
        "DisplayName": {"Fn::Sub": ["Orders", {"Name": "orders"}]},
        "TopicName": {"Fn::Sub": "orders"}
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {
        "DisplayName": "Orders",
        "TopicName": "orders"
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "it would look like one that is missing",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub 'write ${!AWS::Region} for the Region'
""",
        says="the plain string names AWS::Region in ${}, which looks like a missing Fn::Sub",
    ),
)

_MACRO = "the template goes through a macro, which may read the function"


@transform(lint_rules=("W1020",), valid=VALID, invalid=INVALID)
def sub_without_variables(template: Template, options: Options) -> Iterator[Finding]:
    for path, body in template.functions("Fn::Sub"):
        text = literal_text({"Fn::Sub": body})
        if text is None or not _is_whole(body) or not _is_resolved(template, path):
            continue
        message = "Fn::Sub has no variable"
        why_not = why_not_plain(template, path, text) or _loose(body)
        if why_not:
            yield Finding(message, path, reason=why_not)
            continue
        reason = _MACRO if template.has_macros and path[0] != "Outputs" else _lost(template, path)
        fix = Fix("Write the plain string", (Set(path, text),), Safety.UNSAFE if reason else Safety.SAFE, Impact.NONE)
        yield Finding(message, path, fix, reason)


def _is_whole(body: Value) -> bool:
    """Whether the function is one that CloudFormation takes: a string, or a string with a mapping."""
    return isinstance(body, str) or (len(body) == 2 and isinstance(body[1], dict))


def _is_resolved(template: Template, path: Path) -> bool:
    """Whether CloudFormation itself reads the function: no metadata, no macro's parameter, nothing of AWS SAM."""
    if path[0] not in ("Resources", "Outputs", "Conditions", "Rules") or worker(template, path) == "a macro":
        return False
    resource = template.resource_at(path)
    return resource is None or not resource.type.startswith("AWS::Serverless::")


def _loose(body: Value) -> str:
    text, _ = sub_body({"Fn::Sub": body}) or ("", {})
    if any("${" in part.text and not part.literal for part in parse_sub(text)):
        return "it has a ${ that begins no variable, and what CloudFormation makes of that is not known"
    return ""


def _lost(template: Template, path: Path) -> str:
    """Whether a reference to a resource goes along with the variables of the function, for people."""
    for reference in template.references_of(path):
        is_below = reference.path[: len(path) + 2] == (*path, "Fn::Sub", 1)
        target = reference.target
        if is_below and target not in template.parameters and not target.startswith("AWS::"):
            return f"a variable that goes along refers to {target}, which may be made later then"
    return ""
