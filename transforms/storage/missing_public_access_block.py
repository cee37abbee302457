"""A bucket has no block of public access, or an incomplete one.

## Why
Without a block, one public object, access control list or policy from wherever it may come opens the bucket to the
world.

## Repair
`PublicAccessBlockConfiguration` with all four flags. A block that lacks some of them gets the rest: a flag that is not
there is false. A flag that is false, or that an intrinsic gives, is what the author wants and stays.

A bucket that is public on purpose is reported only: one with a website configuration, with the access control list
PublicRead, PublicReadWrite or AuthenticatedRead, or with a policy of the template that lets everybody in and has no
condition on a fixed account, organization, network, address or ARN (Amazon S3 User Guide, "Blocking public access to
your Amazon S3 storage", "The meaning of public"). LogDeliveryWrite and the other lists are not public there.

## Safety
Safe: Amazon S3 gives each bucket that it creates since April 2023 all four flags, in CloudFormation too (AWS News Blog,
"Heads-Up: Amazon S3 Security Changes Are Coming in April of 2023"), so that a new stack is the same. Unsafe where
flags are added to an incomplete block, as S3 takes those it lacks for false, and where it cannot be read whether the
access control list or a policy is public.

## Impact
No interruption: the property is not create-only (`createOnlyProperties` of the provider schema). In a bucket of before
April 2023, public access that came from outside of the template ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.expressions import Variable, alternatives
from fixer.cloudformation.intrinsics import NO_VALUE, intrinsic, walk
from fixer.cloudformation.storage.buckets import (
    BUCKET,
    POLICY,
    is_public,
    is_readable,
    opaque_policy,
    policies,
    statements,
)
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Insert, Options, Safety, Set, Value, transform

INVALID = (
    Case(
        "bucket without a block",
        before="""\
Resources:
  Assets:
    Type: AWS::S3::Bucket
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: LogDeliveryWrite  # not public
""",
        after="""\
Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: LogDeliveryWrite  # not public
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
""",
    ),
    Case(
        "JSON, a block without two flags",
        before="""\
{
  "Resources": {
    "Assets": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "PublicAccessBlockConfiguration": {
          "BlockPublicAcls": true,
          "IgnorePublicAcls": {"Ref": "Ignore"}
        }
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Assets": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "PublicAccessBlockConfiguration": {
          "BlockPublicAcls": true,
          "IgnorePublicAcls": {"Ref": "Ignore"},
          "BlockPublicPolicy": true,
          "RestrictPublicBuckets": true
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
        "public on purpose, by its policy",
        before="""\
Resources:
  Downloads:
    Type: AWS::S3::Bucket
  DownloadsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Downloads
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: '*'
            Action: s3:GetObject
            Resource: !Sub ${Downloads.Arn}/*
""",
        says="its policy DownloadsPolicy lets everybody in",
    ),
)

_BLOCK = "PublicAccessBlockConfiguration"
_FLAGS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
_PUBLIC = frozenset({"PublicRead", "PublicReadWrite", "AuthenticatedRead"})


@transform(valid=VALID, invalid=INVALID)
def missing_public_access_block(template: Template, options: Options) -> Iterator[Finding]:
    for bucket in template.written(BUCKET):
        found = _finding(template, bucket)
        if found is not None:
            yield found


def _finding(template: Template, bucket: Resource) -> Finding | None:
    block = bucket.properties.get(_BLOCK)
    path = bucket.property_path(_BLOCK) if _BLOCK in bucket.properties else bucket.path
    if not bucket.has_known_properties:
        message = f"{BUCKET} {bucket.id} may have no {_BLOCK}"
        return Finding(message, bucket.path, reason=UNKNOWN_PROPERTIES)
    if _BLOCK in bucket.properties and block is not None and block != NO_VALUE:
        return _incomplete(template, bucket, block)
    message = f"{BUCKET} {bucket.id} has no {_BLOCK}"
    purpose = _purpose(template, bucket)
    if purpose:
        return Finding(message, path, reason=f"it is public on purpose: {purpose}")
    doubt = _doubt(template, bucket)
    value = dict.fromkeys(_FLAGS, True)
    operation = Insert(bucket.property_path(_BLOCK), value) if path == bucket.path else Set(path, value)
    safety = Safety.UNSAFE if doubt else Safety.SAFE
    return Finding(message, path, Fix("Block public access", (operation,), safety, _impact()), doubt)


def _incomplete(template: Template, bucket: Resource, block: Value) -> Finding | None:
    """What is wrong with a block that is there."""
    path = bucket.property_path(_BLOCK)
    if not isinstance(block, dict) or intrinsic(block) is not None or "Fn::Transform" in block:
        if intrinsic(block) == "Fn::If" and any(value == NO_VALUE for _, value in walk(block)):
            message = f"{BUCKET} {bucket.id} has a {_BLOCK} on a condition only"
            return Finding(message, path, reason="where the condition does not hold, it has none on purpose")
        return None
    purpose = _purpose(template, bucket)
    off = [flag for flag in _FLAGS if str(block.get(flag)).lower() == "false"]
    missing = [flag for flag in _FLAGS if block.get(flag) is None]
    if not off and not missing:
        return None
    message = f"The {_BLOCK} of {BUCKET} {bucket.id} leaves {', '.join([*off, *missing])} false"
    if purpose:
        return Finding(message, path, reason=f"it is public on purpose: {purpose}")
    if not missing:
        return Finding(message, path, reason="that is what the template says, and nothing in it tells why")
    operations = tuple(Set((*path, flag), True) if flag in block else Insert((*path, flag), True) for flag in missing)
    doubt = "S3 takes the flags that are not there for false, and somebody may count on that"
    return Finding(message, path, Fix("Complete the block", operations, Safety.UNSAFE, _impact()), doubt)


def _purpose(template: Template, bucket: Resource) -> str:
    """Why the bucket has to be public, or may have to; "" if nothing says so."""
    if "WebsiteConfiguration" in bucket.properties and bucket.get("WebsiteConfiguration") != NO_VALUE:
        return "it has a WebsiteConfiguration"
    lists = _lists(template, bucket)
    for acl in sorted(_PUBLIC.intersection(lists)):
        return f"its AccessControl {'may be' if len(lists) > 1 else 'is'} {acl}"
    for policy in policies(template, bucket):
        if any(is_public(statement) for statement in statements(policy.get("PolicyDocument"))):
            return f"its policy {policy.id} lets everybody in (Principal '*' and no condition on who or where)"
    return ""


def _doubt(template: Template, bucket: Resource) -> str:
    """Why the bucket might be public all the same."""
    if "" in _lists(template, bucket):
        return "its AccessControl is not known here, and may be public"
    if bucket in template.looped and (template.resources_of(POLICY) or opaque_policy(template)):
        return "a loop makes it, and a policy of the template may be for it and let everybody in"
    for policy in policies(template, bucket):
        if not is_readable(policy.get("PolicyDocument")):
            return f"what its policy {policy.id} says cannot be read here, and may be public"
    return ""


def _lists(template: Template, bucket: Resource) -> set[str]:
    """The access control lists that the bucket may have, one of them "" if it may be any."""
    value = bucket.get("AccessControl")
    if value is None or value == NO_VALUE:
        return set()
    found: set[str] = set()
    for parts in alternatives(value) or [()]:
        part = parts[0] if len(parts) == 1 else ""
        parameter = template.parameters.get(part.name) if isinstance(part, Variable) else None
        if parameter is not None and parameter.allowed_values:
            found.update(map(str, parameter.allowed_values))
        else:
            found.update([part] if isinstance(part, str) else ["", *([str(parameter.default)] if parameter else ())])
    return found


def _impact() -> Impact:
    known = schema(BUCKET)
    return known.impact((_BLOCK,)) if known else Impact.NO_INTERRUPTION
