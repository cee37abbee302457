"""A queue has no dead-letter queue.

## Why
A message that its reader cannot handle comes back again and again until its retention is over, blocks a FIFO group all
the while, and is then gone without a trace.

## Repair
A queue without `RedrivePolicy` gets one, with a new dead-letter queue that keeps messages for 14 days, after 5
receptions: the fewest that AWS recommends for queues that Lambda reads. The new queue is FIFO and encrypted as the
other is, and has its condition. It has the deletion policies of the other, too, or else is retained, as
`missing-deletion-policy` would have it. A queue that is a dead-letter queue itself, by a reference or by its name,
needs none. Queues that a loop makes are reported only.

## Safety
Unsafe: a reader that counts on a message to come back more often than 5 times no longer gets it.

## Impact
No interruption (provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.dead_letters import QUEUE, dead_letter_queue, takes_dead_letters
from fixer.cloudformation.entries import UNKNOWN_PROPERTIES
from fixer.cloudformation.intrinsics import get_att, walk
from fixer.cloudformation.limits import full
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Insert, Options, Safety, before, transform

INVALID = (
    Case(
        "FIFO queue",
        before="""\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Condition: HasOrders
    Properties:
      FifoQueue: true # in order
""",
        after="""\
Resources:
  OrdersDeadLetterQueue:
    Type: AWS::SQS::Queue
    Condition: HasOrders
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      FifoQueue: true
      MessageRetentionPeriod: 1209600
  Orders:
    Type: AWS::SQS::Queue
    Condition: HasOrders
    Properties:
      FifoQueue: true # in order
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt OrdersDeadLetterQueue.Arn
        maxReceiveCount: 5
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Orders": {
      "Type": "AWS::SQS::Queue"
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "OrdersDeadLetterQueue": {
      "Type": "AWS::SQS::Queue",
      "DeletionPolicy": "Retain",
      "UpdateReplacePolicy": "Retain",
      "Properties": {
        "MessageRetentionPeriod": 1209600
      }
    },
    "Orders": {
      "Type": "AWS::SQS::Queue",
      "Properties": {
        "RedrivePolicy": {
          "deadLetterTargetArn": {
            "Fn::GetAtt": [
              "OrdersDeadLetterQueue",
              "Arn"
            ]
          },
          "maxReceiveCount": 5
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
        "a dead-letter queue itself",
        before="""\
Resources:
  Failed:
    Type: AWS::SQS::Queue
  Function:
    Type: AWS::Lambda::Function
    Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}
""",
        unsafe=True,
    ),
)

_RECEPTIONS = 5
"""Lambda Developer Guide, "Creating and configuring an Amazon SQS event source mapping": at least 5."""


@transform(valid=VALID, invalid=INVALID)
def no_redrive(template: Template, options: Options) -> Iterator[Finding]:
    known = schema(QUEUE)
    impact = known.impact(("RedrivePolicy",)) if known else Impact.REPLACEMENT
    room = template.room_for("Resources")
    taken: list[str] = []
    for queue in template.resources_of(QUEUE):
        if "RedrivePolicy" in queue.properties or takes_dead_letters(template, queue):
            continue
        message = f"Queue {queue.id} has no dead-letter queue"
        if not queue.has_known_properties:
            yield Finding(message, queue.path, reason=UNKNOWN_PROPERTIES)
            continue
        if len(taken) >= room:
            yield Finding(message, queue.path, reason=full("Resources"))
            continue
        name = template.fresh_id(f"{queue.id}DeadLetterQueue", "Resources", taken)
        taken.append(name)
        policy = {"deadLetterTargetArn": get_att(name, "Arn"), "maxReceiveCount": _RECEPTIONS}
        body = dead_letter_queue(options, queue.condition, queue.body)
        operations = (
            Insert(queue.property_path("RedrivePolicy"), policy),
            Insert(("Resources", name), body, before(queue.id)),
        )
        fix = Fix(f"Add the dead-letter queue {name}", operations, Safety.UNSAFE, impact)
        yield Finding(message, queue.path, fix, f"after {_RECEPTIONS} receptions, a message leaves the queue")
    yield from _in_loops(template)


def _in_loops(template: Template) -> Iterator[Finding]:
    for queue in template.looped:
        targets = (
            str(value)
            for each in template.looped
            for path, value in walk(each.properties)
            if "deadLetterTargetArn" in path
        )
        known = "RedrivePolicy" in queue.properties or takes_dead_letters(template, queue)
        if queue.type == QUEUE and not known and not any(queue.id in target for target in targets):
            reason = (
                "a loop makes it: its dead-letter queue has to stand in the same loop, or outside and serve them all"
            )
            yield Finding(f"Queue {queue.id} has no dead-letter queue", queue.path, reason=reason)
