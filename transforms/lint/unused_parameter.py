"""Nothing uses a parameter.

## Why
Whoever makes the stack has to think about a value that does nothing, or somebody has forgotten to use it (cfn-lint
W2001).

## Repair
The parameter goes, its places in `AWS::CloudFormation::Interface` too, and the section if no other is left. Comments
stay.

It comes after all repairs that take up a parameter, such as `missing-tags` with one for the environment, but before
`missing-parameter-outputs`: where both are selected, an unused parameter is removed and not put out. An output that is
there already is a use, as it is to cfn-lint.

A finding without a fix: a template with a macro or an include, which may use it, or with a loop that may put its name
together; a rule (`Rules`) that asks for an attribute of it, or for all parameters of its type; a plain string with
`${Name}`, where `Fn::Sub` may be missing.

## Safety
Unsafe: an update that still passes the parameter fails ("Parameters: [Name] do not exist in the template"), and a
parameter of a type such as `AWS::EC2::KeyPair::KeyName` no longer checks that there is such a thing.

## Impact
None: it makes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.parameters import removal
from fixer.cloudformation.template import Template
from fixer.cloudformation.unused import alone, removals, unused
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Safety, transform

INVALID = (
    Case(
        "out of the form, too",
        unsafe=True,
        before="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label: {default: Names}
        Parameters: [TopicName, QueueName]
      - Label: {default: Sizes}
        Parameters: [Size, Count]
    ParameterLabels:
      TopicName: {default: Name of the topic}
      Size: {default: Size of it all}
Parameters:
  # of the topic
  TopicName:
    Type: String
  QueueName: {Type: String}
  Size: # large or small
    Type: String
  Count: {Type: Number}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Ref TopicName
""",
        after="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label: {default: Names}
        Parameters: [TopicName]
    ParameterLabels:
      TopicName: {default: Name of the topic}
Parameters:
  # of the topic
  TopicName:
    Type: String
  # large or small
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Ref TopicName
""",
    ),
    Case(
        "JSON, all of them",
        unsafe=True,
        before="""\
{
  "Parameters": {
    "A": {"Type": "String"},
    "B": {"Type": "String"}
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
Parameters:
  Name: {Type: String}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="an update that still passes it fails",
    ),
    Case(
        "used wherever",
        before="""\
Parameters:
  A: {Type: String}
  B: {Type: String}
  C: {Type: String}
Conditions:
  IsA: !Equals [!Ref A, a]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsA
    Properties:
      TopicName: !Sub '${B}-orders'
Outputs:
  C:
    Value: !Ref C
""",
        unsafe=True,
    ),
)


@transform(lint_rules=("W2001",), valid=VALID, invalid=INVALID)
def unused_parameter(template: Template, options: Options) -> Iterator[Finding]:
    shown: dict[str, tuple[Operation, ...]] = {}
    plain = []
    for name, why_not in unused(template, "Parameters"):
        if why_not:
            yield Finding(_message(name), ("Parameters", name), reason=why_not)
            continue
        _, *places = removal(template, name)
        if places:  # one after the other: a group of the form goes when its last parameter does
            shown[name] = (alone(template, "Parameters", name), *places)
        else:
            plain.append(name)
    operations = dict(zip(plain, removals(template, "Parameters", [[name] for name in plain]), strict=True))
    for name, removed in (operations | shown).items():
        fix = Fix(f"Remove {name}", removed, Safety.UNSAFE, Impact.NONE)
        yield Finding(_message(name), ("Parameters", name), fix, "an update that still passes it fails")


def _message(name: str) -> str:
    return f"Nothing uses the parameter {name}"
