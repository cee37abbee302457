"""Dead-letter queues: which queues are some already, and new ones.

Source: Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS": that of a FIFO queue is one too;
messages should be kept longer there than in the queue they come from, whose time counts on. 14 days are the most.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.deletion_policies import with_policies
from fixer.model import Options, Value

QUEUE = "AWS::SQS::Queue"
RETENTION = 1_209_600
"""Seconds: 14 days."""
_KEYS = re.compile(
    r"RedrivePolicy|DeadLetter\w*|OnFailure|OnFailureDestination\w*|deadLetterTargetArn|DLQ\w*|Redrive\w*"
)
_NAME = re.compile(r"dlq|dead.?letter|redrive|DeadMessages", re.I)
_ENCRYPTION = ("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled")


def takes_dead_letters(template: Template, queue: Resource) -> bool:
    """Whether a queue is a dead-letter queue: something sends its failures there, or its name says so."""
    if _NAME.search(queue.id) or "RedriveAllowPolicy" in queue.properties:
        return True
    if any(_NAME.search(text) for _, text in walk(queue.get("QueueName")) if isinstance(text, str)):
        return True
    keys = (key for reference in template.references_to(queue.id) for key in reference.path if isinstance(key, str))
    return any(_KEYS.fullmatch(key) for key in keys)


def dead_letter_queue(
    options: Options, condition: str | None = None, like: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """The body of a new queue. ``like``: the body of the queue that it is for; both are FIFO or not, and share
    encryption and deletion policies.
    """
    found = (like or {}).get("Properties")
    properties: Mapping[str, Value] = found if isinstance(found, dict) else {}
    new: dict[str, Value] = {"FifoQueue": properties["FifoQueue"]} if "FifoQueue" in properties else {}
    new["MessageRetentionPeriod"] = RETENTION
    new |= {name: properties[name] for name in _ENCRYPTION if name in properties}
    body: dict[str, Value] = {"Type": QUEUE}
    if condition is not None:
        body["Condition"] = condition
    return with_policies({**body, "Properties": new}, options, like)
