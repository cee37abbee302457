"""A database of RDS lives in one Availability Zone.

## Why
When the zone or the host fails, or is maintained, the database is away until RDS has built it anew from its storage.

## Repair
`MultiAZ: true`, which keeps a standby in another zone. RDS takes no `AvailabilityZone` beside it, so that this goes.
What an intrinsic decides stays as it is. Members of clusters (Aurora, and clusters of three) and read replicas have
their own ways and are left alone. Reported only: SQL Server Express, which has no standby; SQL Server Web, which has
one in some versions only; SQL Server without backups; RDS Custom, which has to be prepared for it; and an engine that
is not known here.

## Safety
Unsafe: the standby costs as much as the database, and a write waits for both.

## Impact
Replacement, if only under circumstances that the provider schema does not name (`conditionalCreateOnlyProperties`).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.intrinsics import intrinsic, ref_target
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Insert, Operation, Options, Remove, Safety, Set, Value, transform

INVALID = (
    Case(
        "in a zone of the author's choice",
        before="""\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      AvailabilityZone: eu-west-1a # near the servers
      MultiAZ: false
""",
        after="""\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      # near the servers
      MultiAZ: true
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{"Resources": {"Orders": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "sqlserver-se"}}}}
""",
        after="""\
{"Resources": {"Orders": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "sqlserver-se", "MultiAZ": true}}}}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "engines without a standby",
        before="""\
Resources:
  Express:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: sqlserver-ex}
  Member:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster}
""",
        unsafe=True,
        says="sqlserver-ex has no standby",
    ),
)

_TYPE = "AWS::RDS::DBInstance"
_OTHER_WAYS = (
    "DBClusterIdentifier",
    "DBClusterSnapshotIdentifier",
    "SourceDBInstanceIdentifier",
    "SourceDBClusterIdentifier",
)
_OBSTACLES = {
    "aurora": "the engine {} has its standbys in a cluster",
    "custom-": "RDS Custom ({}) has to be prepared for a standby",
    "sqlserver-ex": "the engine {} has no standby",
    "sqlserver-web": "the engine {} has a standby in some versions only",
}
"""Beginning of the name of an engine, and why it cannot have a standby without more ado: Amazon RDS User Guide,
"Multi-AZ deployments for Microsoft SQL Server" and "Managing a Multi-AZ deployment for RDS Custom for SQL Server"; that
a standby needs backups is in "Determining a recovery model for your Microsoft SQL Server database".
"""


@transform(valid=VALID, invalid=INVALID)
def single_zone_database(template: Template, options: Options) -> Iterator[Finding]:
    known = schema(_TYPE)
    impact = known.impact(("MultiAZ",)) if known else Impact.REPLACEMENT
    for database in template.written(_TYPE):
        multi_az = database.get("MultiAZ", default=False)
        if any(name in database.properties for name in _OTHER_WAYS) or str(multi_az).lower() != "false":
            continue
        message = f"Database {database.id} lives in one Availability Zone"
        reason = _obstacle(template, database)
        if reason:
            yield Finding(message, database.path, reason=reason)
            continue
        path = database.property_path("MultiAZ")
        operations: list[Operation] = [Set(path, True) if "MultiAZ" in database.properties else Insert(path, True)]
        if "AvailabilityZone" in database.properties:
            operations.append(Remove(database.property_path("AvailabilityZone")))
        fix = Fix("Keep a standby in another zone", tuple(operations), Safety.UNSAFE, impact)
        yield Finding(message, database.path, fix, "the standby costs as much as the database")


def _obstacle(template: Template, database: Resource) -> str:
    """Why the database cannot have a standby, or ""."""
    if not database.has_known_properties:
        return UNKNOWN_PROPERTIES
    engines = _engines(template, database.get("Engine"))
    if not engines:
        return "its engine is not known here"
    for engine in engines:
        for begin, reason in _OBSTACLES.items():
            if engine.startswith(begin):
                return reason.format(engine)
        if engine.startswith("sqlserver-") and str(database.get("BackupRetentionPeriod")) == "0":
            return "SQL Server has no standby without backups"
    if intrinsic(database.get("AvailabilityZone")) == "Fn::If":
        return "a condition decides on its zone"
    return ""


def _engines(template: Template, engine: Value) -> list[str]:
    """The engines that the property may name; none where this is not known."""
    parameter = template.parameters.get(ref_target(engine) or "")
    values = [engine] if parameter is None else [*parameter.allowed_values]
    return [value.lower() for value in values] if all(isinstance(value, str) for value in values) else []
