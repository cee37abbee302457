"""Nothing looks a value up in a mapping.

## Why
Its values are kept in step for nothing, or somebody has forgotten to use them (cfn-lint W7001).

## Repair
The mapping goes, and the section if no other is left. Comments stay.

A finding without a fix: a template with a macro or an include, which may use it, or with a lookup whose mapping is only
known when a stack is made.

## Safety
Unsafe: stacks are the same, but what the author wrote is lost, and may have been meant to be used.

## Impact
None: it makes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.template import Template
from fixer.cloudformation.unused import removals, unused
from fixer.model import Case, Finding, Fix, Impact, Options, Safety, transform

INVALID = (
    Case(
        "one of two",
        unsafe=True,
        before="""\
Mappings:
  Sizes: # of instances
    eu-west-1: {Size: t3.micro}
  Names:
    eu-west-1: {Name: orders}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !FindInMap [Names, !Ref AWS::Region, Name]
""",
        after="""\
Mappings:
  # of instances
  Names:
    eu-west-1: {Name: orders}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !FindInMap [Names, !Ref AWS::Region, Name]
""",
    ),
    Case(
        "JSON, the only one",
        unsafe=True,
        before="""\
{
  "Mappings": {
    "Names": {"eu-west-1": {"Name": "orders"}}
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
        "a lookup by a name that is not known",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  Which: {Type: String}
Mappings:
  Names:
    eu-west-1: {Name: orders}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !FindInMap [!Ref Which, !Ref AWS::Region, Name]
""",
        says="it may be this one",
    ),
)


@transform(lint_rules=("W7001",), valid=VALID, invalid=INVALID)
def unused_mapping(template: Template, options: Options) -> Iterator[Finding]:
    found = list(unused(template, "Mappings"))
    gone = [name for name, why_not in found if not why_not]
    operations = dict(zip(gone, removals(template, "Mappings", [[name] for name in gone]), strict=True))
    for name, why_not in found:
        fix = None if why_not else Fix(f"Remove {name}", operations[name], Safety.UNSAFE, Impact.NONE)
        reason = why_not or "the author may have meant to use it"
        yield Finding(f"Nothing uses the mapping {name}", ("Mappings", name), fix, reason)
