"""Logs that AWS delivers to a bucket, for which it creates or changes the bucket's policy by itself.

Sources: CloudWatch Logs User Guide, "Enable logging from AWS services", "Logs sent to Amazon S3". A bucket policy of
the template that comes later than the first of these logs cannot be created (aws-cdk issue 18985, pull request 23889).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
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
    for target in dict.fromkeys(reference.owner[1] for reference in template.references_to(bucket.id)):
        other = template.resources.get(str(target))
        # Where the bucket is not, a reference to it is broken already, and a DependsOn would be, too.
        if other is None or other.type not in _DELIVERED or not template.implies(other.condition, bucket.condition):
            continue
        path = (*other.path, "DependsOn")
        held = other.body.get("DependsOn")
        if held is None:
            yield Insert(path, policy, after("Type"))
        else:
            yield Append(path, policy) if isinstance(held, list) else Set(path, [held, policy])
