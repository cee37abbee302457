"""A resource depends on one that it refers to anyway.

## Why
A `Ref`, `Fn::GetAtt` or `Fn::Sub` makes CloudFormation wait for a resource, and delete it later; a `DependsOn` beside it
says nothing, and has to be kept in step (cfn-lint W3005).

## Repair
The name goes from the list, and the list or the key if no other is left. Comments stay.

Only if the reference is there whenever both resources are: in both branches of a `Fn::If`, or in the one that their
conditions choose. Else it is a finding without a fix, as is a reference in an update policy alone, and in a loop that
may be empty. Of a function of AWS SAM, its policies and events do not count, which become other resources, and other
resources of AWS SAM are left alone.

## Safety
Safe: resources are made, updated and deleted in the same order. Unsafe if the template goes through a macro that is not
known here.

## Impact
None: `DependsOn` is no property of a resource.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.dependencies import is_implied, referring, without_dependencies
from fixer.cloudformation.entries import Resource
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Options, Safety, transform

INVALID = (
    Case(
        "a name, a list, one of a list",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Queue # made first
    Properties:
      TopicName: !GetAtt Queue.QueueName
  Machine:
    Type: AWS::StepFunctions::StateMachine
    DependsOn: [Role, Queue]
    Properties:
      RoleArn: !GetAtt Role.Arn
      DefinitionString: !Sub '{"StartAt": "${Queue}"}'
  Alarms:
    Type: AWS::SNS::Topic
    DependsOn:
      # the first of all
      - Machine
      - Topic # which is told
    Properties:
      DisplayName: !Ref Topic
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    # made first
    Properties:
      TopicName: !GetAtt Queue.QueueName
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      DefinitionString: !Sub '{"StartAt": "${Queue}"}'
  Alarms:
    Type: AWS::SNS::Topic
    DependsOn:
      # the first of all
      - Machine
      # which is told
    Properties:
      DisplayName: !Ref Topic
""",
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Queue": {"Type": "AWS::SQS::Queue"},
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "DependsOn": ["Queue"],
      "Properties": {
        "DisplayName": {"Fn::GetAtt": ["Queue", "QueueName"]}
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Queue": {"Type": "AWS::SQS::Queue"},
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {
        "DisplayName": {"Fn::GetAtt": ["Queue", "QueueName"]}
      }
    }
  }
}
""",
    ),
    Case(
        "whichever branch is taken",
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Queue
    Properties:
      DisplayName: !If [IsLive, !Ref Queue, !GetAtt Queue.Arn]
""",
        after="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsLive, !Ref Queue, !GetAtt Queue.Arn]
""",
    ),
)
VALID = (
    Case(
        "no reference",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Queue
""",
    ),
    Case(
        "one branch alone",
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Queue
    Properties:
      DisplayName: !If [IsLive, !Ref Queue, none]
""",
        unsafe=True,
        says="the reference is not there in every case, as it depends on a condition",
    ),
)

_MACRO = "the template goes through a macro, which may read the dependencies"


@transform(lint_rules=("W3005",), valid=VALID, invalid=INVALID)
def redundant_depends_on(template: Template, options: Options) -> Iterator[Finding]:
    for resource in (*template.resources.values(), *template.looped):
        if not resource.type.startswith("AWS::Serverless::") or resource.type == "AWS::Serverless::Function":
            yield from _findings(template, resource)


def _findings(template: Template, resource: Resource) -> Iterator[Finding]:
    path = (*resource.path, "DependsOn")
    redundant = []
    for name in dict.fromkeys(resource.depends_on):
        places = referring(template, resource, name) if _is_another(template, resource, name) else []
        if is_implied(template, resource, name, places):
            redundant.append(name)
        elif places and not resource.type.startswith("AWS::Serverless::"):
            yield Finding(_message(resource, [name]), path, reason=_why_not(resource, places))
    if not redundant:
        return
    names = resource.body["DependsOn"]
    if isinstance(names, list) and len(names) != len(resource.depends_on):
        yield Finding(_message(resource, redundant), path, reason="the list holds something else than names")
        return
    operations = tuple(without_dependencies(resource, redundant))
    safety, reason = (Safety.UNSAFE, _MACRO) if template.has_macros else (Safety.SAFE, "")
    fix = Fix(f"Drop {', '.join(redundant)} from DependsOn", operations, safety, Impact.NONE)
    yield Finding(_message(resource, redundant), path, fix, reason)


def _is_another(template: Template, resource: Resource, name: str) -> bool:
    """Whether a name is that of another resource, which a loop may make."""
    if name == resource.id or name in template.parameters or name in template.opaque or "." in name:
        return False
    return name in template.resources or bool(template.looped)


def _message(resource: Resource, names: list[str]) -> str:
    return f"{resource.type} {resource.id} depends on {', '.join(names)}, which it refers to"


def _why_not(resource: Resource, places: list[tuple[str | int, ...]]) -> str:
    if any("Fn::If" in place for place in places):
        return "the reference is not there in every case, as it depends on a condition"
    return f"whether a reference in {places[0][len(resource.path)]} makes it wait is not known"
