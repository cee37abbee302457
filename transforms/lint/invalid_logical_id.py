"""The name of a resource, parameter, condition, mapping or output has characters that CloudFormation does not take.

## Why
"Template format error: Resource name my-bucket is non alphanumeric": names have to be of letters and digits of ASCII, at
most 255 (CloudFormation user guide, sections of templates; cfn-lint E2001, E3001, E6001, E7001). Names of conditions may
have `_` and `&` besides (E8001). The keys inside of mappings are not looked at: they are values that something looks up.

## Repair
The name in the same letters, each part with a capital: `my-app_bucket` becomes `MyAppBucket`, or `MyAppBucket2` if that
is taken. All that refers to it goes along: `Ref`, `Fn::GetAtt`, variables of `Fn::Sub`, `DependsOn`, conditions,
`Fn::If`, `Fn::FindInMap`, rules, and the console's form of the parameters; of AWS SAM also the names that it makes of
the resource's.

Told of, and left alone: what is empty or no entry, such as a comment in JSON; names in a template of a macro, which may
make others of them; one that a script on an instance tells CloudFormation (`cfn-signal --resource`).

## Safety
Unsafe: who passes a parameter by its name, or reads an output, has to use the new name.

## Impact
None: no live stack has such a resource, parameter or output; names of conditions and mappings are no part of a stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fixer.cloudformation.limits import NAME_LENGTH
from fixer.cloudformation.renaming import helper_scripts, is_told, renaming
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, Value, transform

INVALID = (
    Case(
        "every section",
        before="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Parameters: [db-name]
    ParameterLabels:
      db-name: {default: Name}
Parameters:
  db-name: {Type: String, Default: orders}
Conditions:
  is-here: !Equals [!FindInMap [by_region, !Ref AWS::Region, name], !Ref db-name]
Mappings:
  by_region:
    eu-west-1: {name: orders}
Resources:
  Order_Queue:
    Type: AWS::SQS::Queue
  topic.1: # told last
    Type: AWS::SNS::Topic
    DependsOn: Order_Queue
    Properties:
      TopicName: !Sub "${db-name}-${Order_Queue.QueueName}"
      DisplayName: !If [is-here, !GetAtt Order_Queue.QueueName, !Ref AWS::NoValue]
Outputs:
  topic-arn:
    Condition: is-here
    Value: !GetAtt topic.1.TopicArn
""",
        after="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Parameters: [DbName]
    ParameterLabels:
      DbName: {default: Name}
Parameters:
  DbName: {Type: String, Default: orders}
Conditions:
  IsHere: !Equals [!FindInMap [ByRegion, !Ref AWS::Region, name], !Ref DbName]
Mappings:
  ByRegion:
    eu-west-1: {name: orders}
Resources:
  OrderQueue:
    Type: AWS::SQS::Queue
  Topic1: # told last
    Type: AWS::SNS::Topic
    DependsOn: OrderQueue
    Properties:
      TopicName: !Sub "${DbName}-${OrderQueue.QueueName}"
      DisplayName: !If [IsHere, !GetAtt OrderQueue.QueueName, !Ref AWS::NoValue]
Outputs:
  TopicArn:
    Condition: IsHere
    Value: !GetAtt Topic1.TopicArn
""",
        unsafe=True,
    ),
    Case(
        "JSON, a name that is taken",
        before="""\
{
  "Resources": {
    "my-queue": {"Type": "AWS::SQS::Queue"},
    "MyQueue": {"Type": "AWS::SQS::Queue", "DependsOn": ["my-queue"]},
    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::GetAtt": "my-queue.QueueName"}}}
  }
}
""",
        after="""\
{
  "Resources": {
    "MyQueue2": {"Type": "AWS::SQS::Queue"},
    "MyQueue": {"Type": "AWS::SQS::Queue", "DependsOn": ["MyQueue2"]},
    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::GetAtt": "MyQueue2.QueueName"}}}
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "letters and digits, and the keys of a mapping",
        before="""\
Mappings:
  Regions:
    eu-west-1: {a_b: x}
Conditions:
  Is_Here: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Queue2: {Type: AWS::SQS::Queue, Condition: Is_Here}
""",
        unsafe=True,
    ),
    Case(
        "a macro",
        before="""\
Transform: Count
Resources:
  queue-%d: {Type: AWS::SQS::Queue, Count: 2}
""",
        unsafe=True,
        says="a macro works on the template, and may make another name of it",
    ),
)

_SECTIONS = {
    "Parameters": "Parameter",
    "Mappings": "Mapping",
    "Conditions": "Condition",
    "Resources": "Resource",
    "Outputs": "Output",
}
_NAME = re.compile(rf"[A-Za-z0-9]{{1,{NAME_LENGTH}}}")
_CONDITION = re.compile(rf"[A-Za-z0-9_&]{{1,{NAME_LENGTH}}}")
_BY_NAME = {
    "Parameters": "who passes the parameter by its name has to use the new one",
    "Outputs": "who reads the output has to use the new name",
}


@transform(lint_rules=("E2001", "E3001", "E6001", "E7001", "E8001"), valid=VALID, invalid=INVALID)
def invalid_logical_id(template: Template, options: Options) -> Iterator[Finding]:
    taken: list[str] = []
    scripts: list[tuple[Path, str]] | None = None
    for section, what in _SECTIONS.items():
        pattern = _CONDITION if section == "Conditions" else _NAME
        for name, body in template.section(section).items():
            if not isinstance(name, str) or name.startswith("Fn::") or pattern.fullmatch(name):
                continue
            path: Path = (section, name)
            message = f"{what} {name} has a name that CloudFormation does not take"
            scripts = helper_scripts(template) if scripts is None else scripts
            reason = _why_not(template, section, name, body, scripts)
            if reason:
                yield Finding(message, path, reason=reason)
                continue
            parts = re.findall(r"[A-Za-z0-9]+", name)
            new = template.fresh_id("".join(part[:1].upper() + part[1:] for part in parts), section, taken)
            taken.append(new)
            fix = Fix(f"Call it {new}", renaming(template, path, new), Safety.UNSAFE, Impact.NONE)
            yield Finding(message, path, fix, _BY_NAME.get(section, "something outside of the template may name it"))


def _why_not(template: Template, section: str, name: str, body: Value, scripts: Sequence[tuple[Path, str]]) -> str:
    if not isinstance(body, dict) or not body:
        return "nothing of the kind stands there; it may be meant as a comment"
    if template.has_macros:
        return "a macro works on the template, and may make another name of it"
    head, dot, _ = name.partition(".")
    if dot and section in ("Resources", "Parameters") and (head in template.resources or head in template.parameters):
        return f"what refers to it may as well mean an attribute of {head}"
    if section == "Resources":
        for path, text in scripts:
            if is_told(name, text):
                return f"a script at {'.'.join(map(str, path))} may tell it to CloudFormation"
    return ""
