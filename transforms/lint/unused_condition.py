"""Nothing uses a condition.

## Why
It is kept in step for nothing, or somebody has forgotten to use it (cfn-lint W8001).

## Repair
The condition goes, together with the conditions that only it uses, and the section if no other is left. Comments stay.

It comes before `unused-mapping` and `unused-parameter`, which may be used by a condition alone.

A finding without a fix: a template with a macro or an include, which may use it, or with a loop that may put its name
together.

## Safety
Unsafe: stacks are the same, but what the author wrote is lost, and may have been meant to be used.

## Impact
None: it makes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.leftovers import unused_conditions
from fixer.cloudformation.template import Template
from fixer.cloudformation.unused import removals, unused
from fixer.model import Case, Finding, Fix, Impact, Options, Safety, transform

INVALID = (
    Case(
        "one of two, and what it uses",
        unsafe=True,
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::StackName, live]
  # somewhere in Europe
  IsEurope: !Equals [!Ref AWS::Region, eu-west-1]
  IsLiveInEurope: !And [!Condition IsLive, !Condition IsEurope]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLive
""",
        after="""\
Conditions:
  IsLive: !Equals [!Ref AWS::StackName, live]
  # somewhere in Europe
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLive
""",
    ),
    Case(
        "JSON, all of them",
        unsafe=True,
        before="""\
{
  "Conditions": {
    "IsLive": {"Fn::Equals": [{"Ref": "AWS::StackName"}, "live"]},
    "IsTest": {"Fn::Not": [{"Condition": "IsLive"}]},
    "IsEurope": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}
  },
  "Resources": {
    "Topic": {"Type": "AWS::SNS::Topic"}
  }
}
""",
        after="""\
{
  "Resources": {
    "Topic": {"Type": "AWS::SNS::Topic"}
  }
}
""",
    ),
)
VALID = (
    Case(
        "not unless asked for",
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::StackName, live]
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="the author may have meant to use it",
    ),
)


@transform(lint_rules=("W8001",), valid=VALID, invalid=INVALID)
def unused_condition(template: Template, options: Options) -> Iterator[Finding]:
    groups = []
    for name, why_not in unused(template, "Conditions"):
        path = ("Conditions", name)
        if why_not:
            yield Finding(_message(name), path, reason=why_not)
        else:
            groups.append([name, *(other for other in unused_conditions(template, [path]) if other != name)])
    for group, operations in zip(groups, removals(template, "Conditions", groups), strict=True):
        fix = Fix(f"Remove {', '.join(group)}", operations, Safety.UNSAFE, Impact.NONE)
        yield Finding(_message(group[0]), ("Conditions", group[0]), fix, "the author may have meant to use it")


def _message(name: str) -> str:
    return f"Nothing uses the condition {name}"
