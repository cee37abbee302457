"""A cluster of Aurora has one instance.

## Why
The data of a cluster is in three zones, but with one instance nobody serves it when that instance or its zone fails:
Aurora has to make a new one first, which takes minutes where a second one takes over in seconds.

## Repair
A second instance with the properties of the first but for its name and its zone: Aurora chooses another one. Its
DeletionPolicy and UpdateReplacePolicy are those of the first, or else `Delete`: the cluster has the data. Clusters
without instances, clusters whose instances are made by a loop, and serverless ones of the first version are left alone.

## Safety
Unsafe: the instance costs as much as the first.

## Impact
None on the resources that are there.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import ref_target
from fixer.cloudformation.limits import full
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.deletion_policies import with_policies
from fixer.model import Case, Finding, Fix, Impact, Insert, Options, Safety, Value, after, transform

INVALID = (
    Case(
        "one instance",
        before="""\
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  Writer1:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: !Sub ${AWS::StackName}-writer
      DBClusterIdentifier: !Ref Cluster
      DBInstanceClass: db.r6g.large # enough
      Engine: aurora-postgresql
""",
        after="""\
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
  Writer1:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: !Sub ${AWS::StackName}-writer
      DBClusterIdentifier: !Ref Cluster
      DBInstanceClass: db.r6g.large # enough
      Engine: aurora-postgresql
  Writer2:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      DBClusterIdentifier: !Ref Cluster
      DBInstanceClass: db.r6g.large
      Engine: aurora-postgresql
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Cluster": {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "aurora-mysql"}},
    "Orders": {
      "Type": "AWS::RDS::DBInstance",
      "DeletionPolicy": "Delete",
      "Properties": {"DBClusterIdentifier": {"Ref": "Cluster"}, "AvailabilityZone": "eu-west-1a"}
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Cluster": {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "aurora-mysql"}},
    "Orders": {
      "Type": "AWS::RDS::DBInstance",
      "DeletionPolicy": "Delete",
      "Properties": {"DBClusterIdentifier": {"Ref": "Cluster"}, "AvailabilityZone": "eu-west-1a"}
    },
    "Orders2": {
      "Type": "AWS::RDS::DBInstance",
      "DeletionPolicy": "Delete",
      "UpdateReplacePolicy": "Delete",
      "Properties": {
        "DBClusterIdentifier": {"Ref": "Cluster"}
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
        "no Aurora",
        before="""\
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: mysql, DBClusterInstanceClass: db.m6gd.large}
""",
        unsafe=True,
    ),
)

_OWN = ("DBInstanceIdentifier", "AvailabilityZone")
"""What two instances cannot share, or should not."""
_BODY = ("Type", "Condition", "DependsOn")


@transform(valid=VALID, invalid=INVALID)
def single_instance_cluster(template: Template, options: Options) -> Iterator[Finding]:
    taken: list[str] = []
    for cluster in template.resources_of("AWS::RDS::DBCluster"):
        members = _members(template, cluster)
        if (
            not str(cluster.get("Engine")).startswith("aurora")
            or cluster.get("EngineMode") == "serverless"
            or not members
        ):
            continue
        if len(members) > 1 or any(reference.opaque for reference in template.references_to(cluster.id)):
            continue
        first = members[0]
        message = f"Aurora cluster {cluster.id} has one instance"
        if not first.has_known_properties:
            yield Finding(message, cluster.path, reason=f"the properties of {first.id} are made by a loop or a macro")
        elif len(taken) >= template.room_for("Resources"):
            yield Finding(message, cluster.path, reason=full("Resources"))
        else:
            name = template.fresh_id(first.id.rstrip("1") + "2", "Resources", taken)
            taken.append(name)
            insertion = Insert(("Resources", name), _twin(template, first, options), after(first.id))
            fix = Fix(f"Add the instance {name}", (insertion,), Safety.UNSAFE, Impact.NONE)
            yield Finding(message, cluster.path, fix, f"a second instance costs as much as {first.id}")


def _members(template: Template, cluster: Resource) -> list[Resource]:
    databases = template.resources_of("AWS::RDS::DBInstance")
    return [database for database in databases if ref_target(database.get("DBClusterIdentifier")) == cluster.id]


def _twin(template: Template, instance: Resource, options: Options) -> dict[str, Value]:
    """The body of a second instance. What its properties refer to needs no DependsOn (cfn-lint W3005)."""
    referred = {
        reference.target for reference in template.references_of(instance.path) if reference.kind != "DependsOn"
    }
    body = {key: value for key, value in instance.body.items() if key in _BODY}
    if not set(instance.depends_on) - referred:
        body.pop("DependsOn", None)
    body["Properties"] = {key: value for key, value in instance.properties.items() if key not in _OWN}
    return with_policies(body, options, instance.body)
