"""Where a pattern of a provider schema asks for an ARN, and ``Ref`` of a resource gives none.

Patterns say less than formats (``types.formats``): most admit the ARN of anything.
"""

from __future__ import annotations

import re
from functools import cache

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.iam.scopes import ARNS
from fixer.cloudformation.outputs.identifiers import ref_returns
from fixer.cloudformation.types.descent import Described
from fixer.cloudformation.types.formats import sayings
from fixer.cloudformation.types.schemas import schema

_HEAD = re.compile(r"\^?\(*arn\b")
_OTHERS = (
    "orders",
    "orders-0A1B2C3D4E5F",
    "0123456789",
    "1234abcd-12ab-34cd-56ef-1234567890ab",
    "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
)
"""What Ref gives: names, ids, URLs. A pattern that one of them matches does not ask for ARNs."""
_SAMPLES = {
    "AWS::IAM::Role": "arn:aws:iam::123456789012:role/orders",
    "AWS::KMS::Key": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
}
"""ARNs of resources whose ARN has more than their name."""
_PSEUDO = {"Partition": "aws", "Region": "eu-west-1", "AccountId": "123456789012"}


def asks_for_arn(one: Described, resource: Resource) -> bool:
    """Whether the pattern of a value takes the ARN of a resource, and not what ``Ref`` gives of it."""
    sample = _sample(resource.type)
    patterns = [node["pattern"] for _, node in sayings(one) if isinstance(node.get("pattern"), str)] if sample else []
    return sample is not None and any(_takes(pattern, sample) for pattern in patterns)


def arn_attributes(resource: Resource) -> tuple[str, ...]:
    """The attributes of a resource that are ARNs."""
    known = schema(resource.type) if resource.type else None
    names = (".".join(pointer) for pointer in known.read_only) if known else ()
    return tuple(sorted(name for name in names if name.lower().endswith("arn")))


def _sample(type_name: str) -> str | None:
    """An ARN as a resource of the type has it in its attribute; None if there is none, or ``Ref`` gives it.

    That of a log group ends in ``:*``, which not everything takes.
    """
    known = ARNS.get(type_name)
    if known is None or not known.reference.startswith("${@.") or type_name == "AWS::Logs::LogGroup":
        return None
    if ref_returns(type_name) not in ("Name", "Id", "Url"):
        return None
    text = known.named.replace("@", "orders")
    for name, value in _PSEUDO.items():
        text = text.replace(f"${{AWS::{name}}}", value)
    return text or _SAMPLES.get(type_name)


@cache
def _takes(pattern: str, sample: str) -> bool:
    """False also if the pattern, whose dialect is another, cannot be read."""
    if not _HEAD.match(pattern):
        return False
    try:
        return bool(re.search(pattern, sample)) and not any(re.fullmatch(pattern, other) for other in _OTHERS)
    except (re.error, RecursionError, OverflowError):
        return False
