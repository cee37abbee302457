"""A DynamoDB table cannot be restored to a point in time.

## Why
Without it, a table that a faulty release has overwritten is as old as its last backup, if there is one.

## Repair
`PointInTimeRecoverySpecification` is switched on: of a table, of each replica of a global table, and of AWS SAM's
simple table. What an intrinsic decides stays as it is.

## Safety
Unsafe: the backups are paid for by the size of the table. Nothing else changes.

## Impact
No interruption (provider schemas).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.intrinsics import intrinsic, value_at
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Insert, Operation, Options, Path, Safety, Set, transform

INVALID = (
    Case(
        "switched off",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      PointInTimeRecoverySpecification:
        PointInTimeRecoveryEnabled: false
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      PointInTimeRecoverySpecification:
        PointInTimeRecoveryEnabled: true
""",
        unsafe=True,
    ),
    Case(
        "JSON, global table",
        before="""\
{"Resources": {"Orders": {"Type": "AWS::DynamoDB::GlobalTable", "Properties": {
  "Replicas": [
    {"Region": "eu-west-1"},
    {"Region": "eu-north-1", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}
  ]
}}}}
""",
        after="""\
{"Resources": {"Orders": {"Type": "AWS::DynamoDB::GlobalTable", "Properties": {
  "Replicas": [
    {"Region": "eu-west-1", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}},
    {"Region": "eu-north-1", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}
  ]
}}}}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a parameter decides",
        before="""\
Resources:
  Orders:
    Type: AWS::Serverless::SimpleTable
    Properties:
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: !Ref Recovery}
""",
        unsafe=True,
    ),
)

_NAME, _SWITCH = "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"
_GLOBAL = "AWS::DynamoDB::GlobalTable"
_TYPES = ("AWS::DynamoDB::Table", _GLOBAL, "AWS::Serverless::SimpleTable")


@transform(valid=VALID, invalid=INVALID)
def no_point_in_time_recovery(template: Template, options: Options) -> Iterator[Finding]:
    for table in template.written(*_TYPES):
        operations = tuple(op for path in _holders(table) for op in _switch_on(template, path))
        if not operations:
            continue
        message = f"Table {table.id} has no point-in-time recovery"
        if not table.has_known_properties:
            yield Finding(message, table.path, reason=UNKNOWN_PROPERTIES)
            continue
        known = schema(table.type)
        name = ("Replicas", _NAME) if table.type == _GLOBAL else (_NAME,)
        impact = known.impact(name) if known else Impact.REPLACEMENT
        fix = Fix("Switch on point-in-time recovery", operations, Safety.UNSAFE, impact)
        yield Finding(message, table.path, fix, "the backups cost money")


def _holders(table: Resource) -> Iterator[Path]:
    """The places that hold the specification: the properties, or each replica whose shape is known."""
    if table.type != _GLOBAL:
        yield table.property_path()
        return
    replicas = table.get("Replicas")
    for index, replica in enumerate(replicas if isinstance(replicas, list) else []):
        if isinstance(replica, dict) and intrinsic(replica) is None:
            yield table.property_path("Replicas", index)


def _switch_on(template: Template, holder: Path) -> Iterator[Operation]:
    path = (*holder, _NAME)
    found = value_at(template.data, path)
    if found is None:
        is_null = value_at(template.data, path, "") is None
        yield Set(path, {_SWITCH: True}) if is_null else Insert(path, {_SWITCH: True})
    elif isinstance(found, dict) and intrinsic(found) is None:
        if _SWITCH not in found:
            yield Insert((*path, _SWITCH), True)
        elif str(found[_SWITCH]).lower() == "false":
            yield Set((*path, _SWITCH), True)
