"""A resource does not say how long it keeps what expires.

## Why
Backups, messages and records are deleted after a time that the service chooses, for backups of a database a single day
(cfn-lint I3013). Logs are kept, and paid for, for ever.

## Repair
The time is written down. With the setting `retention-days` it is that, or the nearest that the service allows: backups
of RDS, DocumentDB and Redshift up to 35 days, messages of SQS up to 14, records of Kinesis up to 365; the logs of a log
group the next longer time that CloudWatch knows.

Without it, backups are kept for 7 days, as when a database is made in the console of RDS; messages for 4 days, records
for 24 hours and the runs of canaries for 31 days, as their services do anyway; and log groups are only told of: for how
long logs are needed, nobody else can know.

The members of clusters and read replicas have no backups of their own, and a log group of class DELIVERY has one day.

## Safety
Unsafe: longer costs more, and what is older is deleted. That holds for a live resource, too, which somebody may have
set to another time by hand.

## Impact
As the provider schema says: the backups of an RDS instance may replace it, all others without interruption.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.origins import origins, texts_at
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Insert, Options, Safety, transform

INVALID = (
    Case(
        "backups and messages",
        before="""\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres # as the others
  Queue:
    Type: AWS::SQS::Queue
""",
        after="""\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres # as the others
      BackupRetentionPeriod: 7
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: 345600
""",
        unsafe=True,
    ),
    Case(
        "JSON, as the settings say",
        before="""\
{
  "Resources": {
    "Logs": {
      "Type": "AWS::Logs::LogGroup"
    },
    "Stream": {
      "Type": "AWS::Kinesis::Stream",
      "Properties": {"ShardCount": 1}
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Logs": {
      "Type": "AWS::Logs::LogGroup",
      "Properties": {
        "RetentionInDays": 60
      }
    },
    "Stream": {
      "Type": "AWS::Kinesis::Stream",
      "Properties": {"ShardCount": 1, "RetentionPeriodHours": 1200}
    }
  }
}
""",
        options=Options(retention_days=50),
        unsafe=True,
    ),
)
VALID = (
    Case(
        "logs are for somebody to decide",
        before="""\
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
""",
        unsafe=True,
        says="the setting retention-days says how long logs are kept",
    ),
    Case(
        "members, replicas, what says it",
        before="""\
Resources:
  Member: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBClusterIdentifier: !Ref Cluster}}
  Aurora: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql}}
  Replica: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, SourceDBInstanceIdentifier: a}}
  Restored: {Type: AWS::RDS::DBInstance, Properties: {DBSnapshotIdentifier: a}}
  Queue: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 60}}
  Delivery: {Type: AWS::Logs::LogGroup, Properties: {LogGroupClass: DELIVERY}}
""",
        unsafe=True,
    ),
)


class _Kept(Struct, frozen=True):
    """A property that says how long something is kept."""

    name: str
    unset: int
    """What it is without a setting."""
    most: int
    a_day: int = 1
    """How many of its units make a day."""


_BACKUPS = _Kept("BackupRetentionPeriod", 7, 35)
_DATABASE, _LOGS = "AWS::RDS::DBInstance", "AWS::Logs::LogGroup"
_KEPT: Mapping[str, tuple[_Kept, ...]] = {
    _DATABASE: (_BACKUPS,),
    "AWS::RDS::DBCluster": (_BACKUPS,),
    "AWS::DocDB::DBCluster": (_BACKUPS,),
    "AWS::Redshift::Cluster": (_Kept("AutomatedSnapshotRetentionPeriod", 7, 35),),
    "AWS::Kinesis::Stream": (_Kept("RetentionPeriodHours", 24, 8760, 24),),
    "AWS::SQS::Queue": (_Kept("MessageRetentionPeriod", 345_600, 1_209_600, 86_400),),
    "AWS::Synthetics::Canary": (_Kept("SuccessRetentionPeriod", 31, 455), _Kept("FailureRetentionPeriod", 31, 455)),
}
"""The types of cfn-lint's I3013; bounds and defaults from the reference pages of the types."""
_REASON = "what is older is deleted, and longer costs more"


@transform(lint_rules=("I3013",), valid=VALID, invalid=INVALID)
def missing_retention(template: Template, options: Options) -> Iterator[Finding]:
    for resource in template.written(*_KEPT, _LOGS):
        if not resource.has_known_properties:
            continue
        if resource.type == _LOGS:
            yield from _logs(template, resource, options.retention_days)
        elif resource.type != _DATABASE or _has_backups(template, resource):
            for kept in _KEPT[resource.type]:
                if kept.name not in resource.properties:
                    days = options.retention_days
                    value = kept.unset if days is None else min(days * kept.a_day, kept.most)
                    yield _finding(template, resource, kept.name, value)


def _has_backups(template: Template, database: Resource) -> bool:
    path = database.property_path("Engine")
    engines = [
        text for place in origins(template, database.get("Engine"), path) for _, text in texts_at(template, place)
    ]
    others = ("DBClusterIdentifier", "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier")
    return bool(engines) and not any(
        [
            *(engine.lower().startswith("aurora") for engine in engines),
            *(name in database.properties for name in others),
        ]
    )


def _logs(template: Template, group: Resource, days: int | None) -> Iterator[Finding]:
    if "RetentionInDays" in group.properties or group.get("LogGroupClass") == "DELIVERY":
        return
    if days is None:
        message = f"Log group {group.id} keeps its logs for ever"
        yield Finding(message, group.path, reason="the setting retention-days says how long logs are kept")
        return
    known = schema(_LOGS)
    allowed = ((known.property_schema(("RetentionInDays",)) if known else None) or {}).get("enum", (days,))
    value = next((one for one in sorted(allowed) if one >= days), max(allowed))
    yield _finding(template, group, "RetentionInDays", value)


def _finding(template: Template, resource: Resource, name: str, value: int) -> Finding:
    path = resource.property_path(name)
    fix = Fix(f"Add {name}: {value}", (Insert(path, value),), Safety.UNSAFE, impact_at(template, path))
    return Finding(f"{resource.type} {resource.id} has no {name}", resource.path, fix, _REASON)
