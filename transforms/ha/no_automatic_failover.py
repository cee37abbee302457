"""A replication group of ElastiCache does not fail over by itself.

## Why
When the primary node fails, writing stops until somebody promotes a replica, if there is one.

## Repair
`AutomaticFailoverEnabled` and `MultiAZEnabled`, which also spreads the nodes over zones. Both need a replica: where
there is only one node in a shard, `NumCacheClusters` becomes 2, or `ReplicasPerNodeGroup` 1. What an intrinsic
decides stays as it is. Reported only: numbers of nodes that are not known here, zones that are listed node by node,
shards that are described one by one with no replica, nodes of the type T1 (Amazon ElastiCache API Reference,
"ReplicationGroup": automatic failover is not supported on T1 nodes), a subnet group of one subnet, and groups made of
an existing cluster or in several Regions.

## Safety
Unsafe: a new replica costs as much as the node, and a failover may lose the last writes.

## Impact
No interruption (provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.intrinsics import intrinsic, ref_target
from fixer.cloudformation.network.subnets import may_be_list
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Insert, Operation, Options, Safety, Set, Value, transform

INVALID = (
    Case(
        "one node",
        before="""\
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      NumCacheClusters: 1 # for now
      AutomaticFailoverEnabled: false
""",
        after="""\
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      NumCacheClusters: 2 # for now
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
""",
        unsafe=True,
    ),
    Case(
        "JSON, shards",
        before="""\
{
  "Resources": {
    "Cache": {
      "Type": "AWS::ElastiCache::ReplicationGroup",
      "Properties": {
        "NumNodeGroups": 2
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Cache": {
      "Type": "AWS::ElastiCache::ReplicationGroup",
      "Properties": {
        "NumNodeGroups": 2,
        "AutomaticFailoverEnabled": true,
        "MultiAZEnabled": true,
        "ReplicasPerNodeGroup": 1
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
        "nodes that a parameter counts",
        before="""\
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {NumCacheClusters: !Ref Nodes}
""",
        unsafe=True,
        says="how many nodes it has is not known here",
    ),
)

_TYPE = "AWS::ElastiCache::ReplicationGroup"
_SWITCHES = ("AutomaticFailoverEnabled", "MultiAZEnabled")
_OTHER_WAYS = ("PrimaryClusterId", "GlobalReplicationGroupId")


@transform(valid=VALID, invalid=INVALID)
def no_automatic_failover(template: Template, options: Options) -> Iterator[Finding]:
    known = schema(_TYPE)
    for group in template.written(_TYPE):
        off = [name for name in _SWITCHES if str(group.get(name, default=False)).lower() == "false"]
        if not off or any(intrinsic(group.get(name)) for name in _SWITCHES):
            continue
        what = "does not fail over by itself" if _SWITCHES[0] in off else "may have all of its nodes in one zone"
        message = f"Replication group {group.id} {what}"
        more = _replica(template, group)
        if isinstance(more, str):
            yield Finding(message, group.path, reason=more)
            continue
        operations: list[Operation] = [_put(group, name, True) for name in off]
        operations += [_put(group, name, value) for name, value in more.items()]
        names = [*off, *more]
        impact = max(known.impact((name,)) for name in names) if known else Impact.REPLACEMENT
        fix = Fix("Fail over by itself", tuple(operations), Safety.UNSAFE, impact)
        reason = "a new replica costs as much as the node" if more else "a failover may lose the last writes"
        yield Finding(message, group.path, fix, reason)


def _put(group: Resource, name: str, value: Value) -> Operation:
    path = group.property_path(name)
    return Set(path, value) if name in group.properties else Insert(path, value)


def _replica(template: Template, group: Resource) -> dict[str, int] | str:
    """The property that gives each shard a replica, none if they have one; or why it cannot be given.

    ElastiCache API Reference, ``CreateReplicationGroup``: NumCacheClusters counts the nodes of the one shard and is 1
    by itself; with several shards ReplicasPerNodeGroup counts.
    """
    if not group.has_known_properties:
        return UNKNOWN_PROPERTIES
    if any(name in group.properties for name in _OTHER_WAYS):
        return "it is made of an existing cluster, or is part of a group in several Regions"
    if str(group.get("CacheNodeType")).startswith("cache.t1."):
        return "nodes of the type T1 do not fail over"
    subnet_group = template.resources.get(ref_target(group.get("CacheSubnetGroupName")) or "")
    subnets = subnet_group.get("SubnetIds") if subnet_group else None
    if isinstance(subnets, list) and len(subnets) == 1 and not may_be_list(template, subnets[0]):
        return "its subnet group has one subnet, and so one zone"
    shards = group.get("NodeGroupConfiguration")
    if shards is not None:
        replicas = (
            [s.get("ReplicaCount") for s in shards if isinstance(s, dict)] if isinstance(shards, list) else [None]
        )
        many = all((_number(count) or 0) > 0 for count in replicas)
        return {} if many else "its shards are described one by one, and not all have a replica"
    sharded = any(name in group.properties for name in ("NumNodeGroups", "ReplicasPerNodeGroup"))
    name, least = ("ReplicasPerNodeGroup", 1) if sharded else ("NumCacheClusters", 2)
    count = _number(group.get(name, default=least - 1))
    if count is None:
        return "how many nodes it has is not known here"
    if count >= least:
        return {}
    if "PreferredCacheClusterAZs" in group.properties:
        return "its zones are listed node by node, and that of a new one is not known here"
    return {name: least}


def _number(value: Value) -> int | None:
    return int(str(value)) if str(value).isdecimal() else None
