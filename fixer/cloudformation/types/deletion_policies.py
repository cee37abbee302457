"""What CloudFormation does with a resource that is deleted or replaced, by default and as a template may say.

Sources: CloudFormation Template Reference, "DeletionPolicy attribute" and "UpdateReplacePolicy attribute"; the types
that take snapshots are those of cfn-lint (``helpers.valid_snapshot_types``, E3035).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fixer.cloudformation.entries import Resource, as_text
from fixer.cloudformation.types.schemas import stateful_types
from fixer.model import Options, Value

DELETION, UPDATE_REPLACE = "DeletionPolicy", "UpdateReplacePolicy"
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
EMPTY_FIRST = frozenset({"AWS::S3::Bucket"})
"""Types of which CloudFormation deletes only what is empty."""
_MEMBERS = frozenset({"AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance"})
_DATABASE = "AWS::RDS::DBInstance"


class Policies(Struct, frozen=True):
    """Both policies of a resource."""

    deletion: str
    update_replace: str


def holds_data(type_name: str) -> bool:
    """Whether data are lost with a resource of the type, unless both of its policies say otherwise (cfn-lint I3011)."""
    return type_name in stateful_types() - EMPTY_FIRST or type_name == "AWS::Serverless::SimpleTable"


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
    replaced = update_replace or as_update_replace(wanted)
    return Policies(*(kept if policy == "Snapshot" else policy for policy in (wanted, replaced)))


def is_policy(resource: Resource, name: str, policy: Value) -> bool:
    """Whether the policy ``name`` of a resource may be this literal value."""
    known = DELETION_POLICIES if name == DELETION else UPDATE_REPLACE_POLICIES
    return policy in known and (policy != "Snapshot" or takes_snapshots(resource))


def as_update_replace(deletion: str) -> str:
    """The UpdateReplacePolicy that says what a DeletionPolicy says."""
    return "Retain" if deletion == "RetainExceptOnCreate" else deletion


def with_policies(
    body: Mapping[str, Value], options: Options, like: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """The body of a new resource, with both policies in front of its properties if it holds data.

    They are those of ``like``, the body of a resource that it belongs to, as far as it has any that fit; the second
    follows the first. Else they are the careful ones.
    """
    new = Resource("", as_text(body.get("Type")) or "", dict(body), ())
    if not holds_data(new.type):
        return dict(body)
    said = {name: (like or {}).get(name) for name in (DELETION, UPDATE_REPLACE)}
    found = {name: policy for name, policy in said.items() if isinstance(policy, str) and is_policy(new, name, policy)}
    if DELETION in found:
        found.setdefault(UPDATE_REPLACE, as_update_replace(found[DELETION]))
    elif UPDATE_REPLACE in found:
        found[DELETION] = found[UPDATE_REPLACE]
    careful = careful_policies(new, options.deletion_policy, options.update_replace_policy)
    policies: dict[str, Value] = {DELETION: careful.deletion, UPDATE_REPLACE: careful.update_replace, **found}
    # What an intrinsic chooses is chosen for the new one as well.
    policies |= {name: policy for name, policy in said.items() if isinstance(policy, dict)}
    rest = {key: value for key, value in body.items() if key != "Properties"}
    return {**rest, **policies, **{key: value for key, value in body.items() if key == "Properties"}}
