"""Logs that AWS delivers to a bucket, for which it creates or changes the bucket's policy by itself.

Sources: CloudWatch Logs User Guide, "Enable logging from AWS services", "Logs sent to Amazon S3". A bucket policy of
the template that comes later than the first of these logs cannot be created (aws-cdk issue 18985, pull request 23889).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, expression, find
from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.storage.buckets import names
from fixer.cloudformation.template import Template
from fixer.model import Append, Insert, Operation, Set, after

_DELIVERED = frozenset(
    {
        "AWS::EC2::FlowLog",
        "AWS::EC2::VerifiedAccessInstance",
        "AWS::Logs::DeliveryDestination",
        "AWS::MSK::Cluster",
        "AWS::NetworkFirewall::LoggingConfiguration",
        "AWS::Route53Resolver::ResolverQueryLoggingConfig",
        "AWS::VpcLattice::AccessLogSubscription",
        "AWS::WAFv2::LoggingConfiguration",
    }
)


def wait_for_policy(template: Template, bucket: Resource, policy: str) -> Iterator[Operation]:
    """A DependsOn on ``policy``, which is new and has the bucket's condition, for each resource that delivers logs."""
    referring = {str(reference.owner[1]) for reference in template.references_to(bucket.id)}
    for other in template.resources_of(*_DELIVERED):
        if other.id not in referring and not _names(other, bucket):
            continue
        # Where the bucket is not, a reference to it is broken already, and a DependsOn would be, too.
        if not template.implies(other.condition, bucket.condition):
            continue
        path = (*other.path, "DependsOn")
        held = other.body.get("DependsOn")
        if held is None:
            yield Insert(path, policy, after("Type"))
        else:
            yield Append(path, policy) if isinstance(held, list) else Set(path, [held, policy])


def _names(delivering: Resource, bucket: Resource) -> bool:
    """Whether a resource has the bucket's name as a whole value, or its ARN, with or without the path of objects."""
    values = (expression(value) for _, value in walk(delivering.properties))
    return any(_is_for(value, name) for value in values if value for name in names(bucket))


def _is_for(value: Expression, name: Expression) -> bool:
    found = find(name, value)
    if found is None:
        return False
    before, behind = found
    return (not before or str(before[-1]).endswith(":::")) and (not behind or str(behind[0]).startswith("/"))
