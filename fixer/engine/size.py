"""How large a template may be: what CloudFormation refuses, and what it takes from S3 only."""

from __future__ import annotations

from collections.abc import Iterable

from fixer.cloudformation.limits import REQUEST_BODY_BYTES, S3_BODY_BYTES, fits_request, size
from fixer.model import Finding, InputError


def check_size(before: str, after: str, applied: Iterable[Finding]) -> None:
    """Raise InputError if CloudFormation would not take the repaired text ``after``, however it gets there."""
    new, old = size(after), size(before)
    if new <= S3_BODY_BYTES:
        return
    said = (
        f"the repaired template would have {new:,} bytes ({old:,} before), and CloudFormation takes {S3_BODY_BYTES:,} "
        "at most, from S3 too; it is left as it was"
    )
    added: dict[str, int] = {}
    for finding in applied:
        operations = finding.fix.operations if finding.fix else ()
        values = (getattr(operation, "value", "") for operation in operations)
        added[finding.transform] = added.get(finding.transform, 0) + sum(len(str(value)) for value in values)
    if old > S3_BODY_BYTES or not added:
        raise InputError(f"{said}. Nested stacks would make it smaller")
    most = max(added, key=lambda name: added[name])
    raise InputError(f"{said}. Most of it comes from {most}: --ignore {most} does without")


def size_note(before: str, after: str) -> str:
    """What a user has to know about the size of ``after``, or ""."""
    if fits_request(after):
        return ""
    now = " now" if fits_request(before) else ""
    return f"It has {size(after):,} bytes{now}: over {REQUEST_BODY_BYTES:,}, CloudFormation takes it from S3 only."
