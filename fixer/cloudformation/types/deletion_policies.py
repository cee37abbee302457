"""What CloudFormation does with a resource that is deleted or replaced, by default and as a template may say.

Sources: CloudFormation Template Reference, "DeletionPolicy attribute" and "UpdateReplacePolicy attribute"; the types
that take snapshots are those of cfn-lint (``helpers.valid_snapshot_types``, E3035).
"""

from __future__ import annotations

from msgspec import Struct

from fixer.cloudformation.entries import Resource, as_text

DELETION_POLICIES = ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot")
UPDATE_REPLACE_POLICIES = ("Delete", "Retain", "Snapshot")

SNAPSHOT_TYPES = frozenset(
    {
        "AWS::DocDB::DBCluster",
        "AWS::EC2::Volume",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::Neptune::DBCluster",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::Redshift::Cluster",
    }
)
_MEMBERS = frozenset({"AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance"})
_DATABASE = "AWS::RDS::DBInstance"


class Policies(Struct, frozen=True):
    """Both policies of a resource."""

    deletion: str
    update_replace: str


def is_member(resource: Resource) -> bool:
    """Whether a database instance belongs to a cluster, which has its data and takes the snapshots."""
    return resource.type in _MEMBERS or (resource.type == _DATABASE and "DBClusterIdentifier" in resource.properties)


def takes_snapshots(resource: Resource) -> bool:
    """Whether the policies of a resource may be ``Snapshot``. Memcached has nothing to take one of."""
    if resource.type == "AWS::ElastiCache::CacheCluster":
        return str(as_text(resource.get("Engine"))).lower() in ("redis", "valkey")
    return resource.type in SNAPSHOT_TYPES and not is_member(resource)


def default_policies(resource: Resource) -> Policies:
    """What CloudFormation does if the template does not say."""
    snapshot = resource.type == "AWS::RDS::DBCluster" or (resource.type == _DATABASE and not is_member(resource))
    return Policies("Snapshot" if snapshot else "Delete", "Delete")


def careful_policies(resource: Resource, deletion: str | None = None, update_replace: str | None = None) -> Policies:
    """Policies that keep what a resource holds: a snapshot, where there is such a thing, or else the resource itself.

    ``deletion``, ``update_replace``: what a user wants instead; the second is the first if it is not said. Where there
    are no snapshots the resource is retained in their place. The members of a cluster hold nothing.
    """
    if is_member(resource):
        return Policies("Delete", "Delete")
    kept = "Snapshot" if takes_snapshots(resource) else "Retain"
    wanted = deletion or kept
    replaced = update_replace or ("Retain" if wanted == "RetainExceptOnCreate" else wanted)
    return Policies(*(kept if policy == "Snapshot" else policy for policy in (wanted, replaced)))
