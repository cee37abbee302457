"""Access logs that S3 itself writes to a bucket, and the policy that lets it.

Source: Amazon S3 User Guide, "Enabling Amazon S3 server access logging", section "Permissions for log delivery" (source
and target are of one account and Region).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import alternatives
from fixer.cloudformation.intrinsics import get_att, ref, sub, walk
from fixer.cloudformation.storage.buckets import BUCKET, names, statements
from fixer.cloudformation.template import Template
from fixer.model import Value

SERVICE = "logging.s3.amazonaws.com"
_GRANTING = frozenset({"s3:putobject", "s3:*", "s3:put*", "*"})
_CLOUD_FRONT = "AWS::CloudFront::Distribution"


def lets_logs_in(document: Value) -> bool:
    """Whether a bucket policy has a statement that lets S3 deliver logs."""
    for statement in statements(document):
        named = any(value == SERVICE for _, value in walk(statement.get("Principal")))
        actions = {value.lower() for _, value in walk(statement.get("Action")) if isinstance(value, str)}
        if statement.get("Effect") == "Allow" and named and not _GRANTING.isdisjoint(actions):
            return True
    return False


def log_statement(template: Template, bucket: Resource, policy: str | None, sid: str) -> dict[str, Value]:
    """The statement that lets S3 deliver logs to the bucket, for a policy of this id, or for a new one.

    From the buckets of the template that log to it, where those are all and are always there; else from all of the
    account, as the list ``LogDeliveryWrite`` has it.
    """
    sources = log_sources(template, bucket, policy)
    account: Value = {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}}
    arns = [get_att(source.id, "Arn") for source in sources or ()]
    condition = {"ArnLike": {"aws:SourceArn": arns[0] if len(arns) == 1 else arns}, **account} if arns else account
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": SERVICE},
        "Action": "s3:PutObject",
        "Resource": sub(f"${{{bucket.id}.Arn}}/*"),
        "Condition": condition,
    }


def log_sources(template: Template, bucket: Resource, policy: str | None) -> tuple[Resource, ...] | None:
    """The buckets of the template that log to this one, if a policy may name them; None if others may log, too, as
    where the bucket has a name or stands in an output.
    """
    found = [other for other in template.resources_of(BUCKET) if _logs_to(other, bucket)]
    known = "BucketName" not in bucket.properties and not any(
        reference.path[0] == "Outputs" or reference.opaque for reference in template.references_to(bucket.id)
    )
    if not known or template.opaque:
        return None
    for other in found:
        absent = not template.implies(bucket.condition, other.condition)
        if absent or (policy is not None and template.reaches(other.id, policy)):
            return None
    return tuple(found)


def _logs_to(source: Resource, bucket: Resource) -> bool:
    held = source.get("LoggingConfiguration")
    if not isinstance(held, dict):
        return False
    if "DestinationBucketName" not in held and "Fn::If" not in held:
        return source == bucket
    values = (value for path, value in walk(held) if "DestinationBucketName" in path)
    return any(names(bucket).intersection(alternatives(value)) for value in values)


def distributions(template: Template, bucket: Resource) -> Iterator[Resource]:
    """The distributions of CloudFront that write their logs to the bucket, for which it has to take access control
    lists (CloudFront Developer Guide, "Configure standard logging (legacy)").
    """
    for distribution in template.resources_of(_CLOUD_FRONT):
        held = distribution.get("DistributionConfig", "Logging")
        mine = (one for one in template.references_to(bucket.id) if one.owner == distribution.path)
        name = bucket.get("BucketName")
        if any("Logging" in one.path for one in mine) or (
            isinstance(name, str) and any(isinstance(v, str) and v.startswith(f"{name}.") for _, v in walk(held))
        ):
            yield distribution
