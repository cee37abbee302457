"""A bucket keeps no versions of its objects.

## Why
Without versions, an object that is overwritten or deleted by mistake is lost, and the bucket cannot be replicated.

## Repair
`VersioningConfiguration` with the status Enabled. What an intrinsic decides stays as it is.

## Safety
Unsafe: every version is stored and paid for until a lifecycle rule removes it, and a bucket with versions is not
empty, so that it cannot be deleted, once its current objects are gone.

## Impact
No interruption (provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Insert, Operation, Options, Safety, Set, transform

INVALID = (
    Case(
        "bucket without properties",
        before="""\
Resources:
  Assets:
    Type: AWS::S3::Bucket
""",
        after="""\
Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: Enabled
""",
        unsafe=True,
    ),
    Case(
        "JSON, suspended",
        before="""\
{"Resources": {
  "Assets": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Suspended"}}}
}}
""",
        after="""\
{"Resources": {
  "Assets": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}}
}}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a condition decides",
        before="""\
Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: !If [IsProd, Enabled, Suspended]}
""",
        unsafe=True,
    ),
)

_BUCKET, _NAME = "AWS::S3::Bucket", "VersioningConfiguration"


@transform(valid=VALID, invalid=INVALID)
def no_versioning(template: Template, options: Options) -> Iterator[Finding]:
    known = schema(_BUCKET)
    impact = known.impact((_NAME,)) if known else Impact.REPLACEMENT
    for bucket in template.written(_BUCKET):
        path = bucket.property_path(_NAME)
        if _NAME not in bucket.properties:
            operation: Operation = Insert(path, {"Status": "Enabled"})
        elif bucket.get(_NAME, "Status") == "Suspended":
            operation = Set((*path, "Status"), "Enabled")
        else:
            continue
        message = f"Bucket {bucket.id} keeps no versions of its objects"
        if not bucket.has_known_properties:
            yield Finding(message, bucket.path, reason=UNKNOWN_PROPERTIES)
            continue
        fix = Fix("Keep versions", (operation,), Safety.UNSAFE, impact)
        yield Finding(message, bucket.path, fix, "all versions are stored and paid for until something removes them")
