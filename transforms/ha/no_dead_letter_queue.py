"""A function that is called asynchronously loses the events that it fails on.

## Why
S3, SNS, EventBridge, CloudWatch Logs and IoT do not wait for an answer. Lambda tries an event three times; if the
function fails each time, the event is gone.

## Repair
A function that one of them calls, and that has neither a dead-letter queue nor a destination on failure, gets a new
queue that keeps events for 14 days, and its role the permission to send to it (AWS SAM adds that to the roles that it
makes). The queue is retained when the stack is deleted, as `missing-deletion-policy` would have it. A role that the
template does not make cannot be given the permission, without which Lambda refuses the queue: reported only. So are
functions that a loop makes.

## Safety
Unsafe: events may hold what must not be kept, and the queue costs money.

## Impact
No interruption (provider schemas).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.dead_letters import dead_letter_queue
from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.functions.callers import asynchronous_caller, is_at_edge
from fixer.cloudformation.functions.execution_roles import allow, execution_role
from fixer.cloudformation.functions.functions import LAMBDA, SAM
from fixer.cloudformation.intrinsics import get_att, value_at
from fixer.cloudformation.limits import full
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Insert, Operation, Options, Safety, before, transform

INVALID = (
    Case(
        "called by a rule",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Nightly:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
  Midnight:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: cron(0 0 * * ? *)
      Targets:
        - {Id: nightly, Arn: !GetAtt Nightly.Arn}
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: NightlyDeadLetterQueue
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: sqs:SendMessage
                Resource: !GetAtt NightlyDeadLetterQueue.Arn
  NightlyDeadLetterQueue:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      MessageRetentionPeriod: 1209600
  Nightly:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      DeadLetterConfig:
        TargetArn: !GetAtt NightlyDeadLetterQueue.Arn
  Midnight:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: cron(0 0 * * ? *)
      Targets:
        - {Id: nightly, Arn: !GetAtt Nightly.Arn}
""",
        unsafe=True,
    ),
    Case(
        "JSON, AWS SAM",
        before="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Resources": {
    "Nightly": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "Events": {"Midnight": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}}}
      }
    }
  }
}
""",
        after="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Resources": {
    "NightlyDeadLetterQueue": {
      "Type": "AWS::SQS::Queue",
      "DeletionPolicy": "Retain",
      "UpdateReplacePolicy": "Retain",
      "Properties": {
        "MessageRetentionPeriod": 1209600
      }
    },
    "Nightly": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "Events": {"Midnight": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}}},
        "DeadLetterQueue": {
          "Type": "SQS",
          "TargetArn": {"Fn::GetAtt": ["NightlyDeadLetterQueue", "Arn"]}
        }
      }
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a role from elsewhere",
        before="""\
Resources:
  Nightly:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Nightly, Principal: sns.amazonaws.com, Action: lambda:InvokeFunction}
""",
        unsafe=True,
        says="the template does not make its role",
    ),
)

_LOOPED = "a loop makes it: its queue, and the permission to send to it, have to stand in the same loop"
_PLACES = (("DeadLetterConfig",), ("DeadLetterQueue",), ("EventInvokeConfig", "DestinationConfig", "OnFailure"))


@transform(valid=VALID, invalid=INVALID)
def no_dead_letter_queue(template: Template, options: Options) -> Iterator[Finding]:
    taken: list[str] = []
    for function in template.written(LAMBDA, SAM):
        caller = asynchronous_caller(template, function)
        if caller is None or _is_served(template, function) or is_at_edge(template, function):
            continue
        message = (
            f"Function {function.id}, which {caller} calls, has no dead-letter queue and no destination on failure"
        )
        if function.id not in template.resources:
            yield Finding(message, function.path, reason=_LOOPED)
            continue
        name = template.fresh_id(f"{function.id}DeadLetterQueue", "Resources", taken)
        operations = _operations(template, function, name, options)
        if isinstance(operations, str):
            yield Finding(message, function.path, reason=operations)
        elif len(taken) >= template.room_for("Resources"):
            yield Finding(message, function.path, reason=full("Resources"))
        else:
            taken.append(name)
            known = schema(function.type)
            impact = known.impact(_property(function)) if known else Impact.REPLACEMENT
            fix = Fix(f"Add the queue {name}", operations, Safety.UNSAFE, impact)
            yield Finding(message, function.path, fix, "events that fail are kept, and may hold what must not be")


def _is_served(template: Template, function: Resource) -> bool:
    """Whether the function's failed events go somewhere, by its own properties or by a configuration of its own."""
    shared = value_at(template.data, ("Globals", "Function")) if function.type == SAM else None
    if any(function.get(*place) is not None or value_at(shared, place) is not None for place in _PLACES):
        return True
    owners = (template.resource_at(reference.path) for reference in template.references_to(function.id))
    configs = (owner for owner in owners if owner and owner.type == "AWS::Lambda::EventInvokeConfig")
    return any(config.get("DestinationConfig", "OnFailure") is not None for config in configs)


def _property(function: Resource) -> tuple[str]:
    return ("DeadLetterQueue" if function.type == SAM else "DeadLetterConfig",)


def _operations(template: Template, function: Resource, name: str, options: Options) -> tuple[Operation, ...] | str:
    """What adds the queue ``name``, or why it cannot be added."""
    if not function.has_known_properties:
        return UNKNOWN_PROPERTIES
    role = execution_role(template, function)
    if role.resource is None and not role.by_sam:
        return "the template does not make its role, which needs the permission sqs:SendMessage"
    permission: tuple[Operation, ...] | str = ()
    if role.resource is not None:
        permission = allow(role.resource, name, "sqs:SendMessage", get_att(name, "Arn"))
        if isinstance(permission, str):
            return permission
    # A role that is always there cannot speak of a queue that is not.
    always = role.resource is not None and not template.implies(role.resource.condition, function.condition)
    queue = dead_letter_queue(options, None if always else function.condition)
    config = {"TargetArn": get_att(name, "Arn")}
    if function.type == SAM:
        config = {"Type": "SQS", **config}
    return (
        Insert(function.property_path(*_property(function)), config),
        Insert(("Resources", name), queue, before(function.id)),
        *permission,
    )
