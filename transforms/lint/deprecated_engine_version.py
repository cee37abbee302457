"""A database has a version of its engine that RDS makes no new databases with.

## Why
A stack with such a version cannot be made anew (cfn-lint W3690, W3691), neither in another Region nor after a failure,
and what RDS no longer knows cannot be updated either (E3690, E3691).

## Repair
The newest version of the same major that cfn-lint lists, for RDS instances and clusters, in the place where it is
written: a branch, a mapping, a parameter's `Default` and `AllowedValues`. It is never an older one. Instances of Aurora
and their cluster get the same version, which both of them take. A build under Extended Support is taken where the major
has no other.

Told of, and left alone: a major without versions left, as a new major has to be planned; a version that leaves the
minor one to RDS (`16`); a version newer than all that are listed; several engines at one place; members of global
databases, which are upgraded in an order of their own; replicas of what is elsewhere, which have its version; and engine
modes like `serverless`, which take few versions.

## Safety
Unsafe: an engine cannot go back, an application has to be tested with the new one, and the instance class has to be
one that it runs on.

## Impact
Some interruption: RDS restarts the database for it (Amazon RDS User Guide, "Upgrading a DB instance engine version");
the provider schema does not tell that from none.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import value_at
from fixer.cloudformation.origins import not_admitted, origins, parameter_at, rewriting, texts_at, why_fixed
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.engine_versions import CLUSTER, INSTANCE, is_extended, is_prefix, newest, problem
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, transform

INVALID = (
    Case(
        "instances and a cluster",
        before="""\
Parameters:
  Version:
    Type: String
    Default: 8.0.mysql_aurora.3.02.0 # since the move
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: '14.7'
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      EngineVersion: !Ref Version
  Member:
    Type: AWS::RDS::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Cluster
      Engine: aurora-mysql
      EngineVersion: !Ref Version
""",
        after="""\
Parameters:
  Version:
    Type: String
    Default: 8.0.mysql_aurora.3.13.0 # since the move
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: '14.24'
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      EngineVersion: !Ref Version
  Member:
    Type: AWS::RDS::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Cluster
      Engine: aurora-mysql
      EngineVersion: !Ref Version
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Database": {
      "Type": "AWS::RDS::DBInstance",
      "Properties": {"Engine": "MySQL", "EngineVersion": "8.0.35"}
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Database": {
      "Type": "AWS::RDS::DBInstance",
      "Properties": {"Engine": "MySQL", "EngineVersion": "8.0.46"}
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a major without versions left",
        before="""\
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, EngineVersion: '9.6.24'}
""",
        unsafe=True,
        says="no newer version of its major is supported, and a new major has to be planned",
    ),
    Case(
        "not unless asked for",
        before="""\
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, EngineVersion: 8.0.35}
""",
        says="an engine cannot go back",
    ),
)

_UNSAFE = "an engine cannot go back: the application and the instance class have to be tested with it"


@transform(lint_rules=("W3690", "W3691", "E3690", "E3691"), valid=VALID, invalid=INVALID)
def deprecated_engine_version(template: Template, options: Options) -> Iterator[Finding]:
    users: dict[Path, list[Resource]] = {}
    for database in template.written(INSTANCE, CLUSTER):
        path = database.property_path("EngineVersion")
        for place in dict.fromkeys(origins(template, template.value_at(path), path)):
            users.setdefault(place, []).append(database)
    for place, databases in users.items():
        yield from _at(template, place, databases)


def _at(template: Template, place: Path, databases: list[Resource]) -> Iterator[Finding]:
    engines = {engine for database in databases for engine in _engines(template, database, place)}
    found: dict[str, str] = {}
    for _, version in texts_at(template, place):
        wrong = {problem(database.type, engine, version) for database in databases for engine in engines} - {""}
        if wrong:
            found[version] = " or ".join(sorted(wrong))
    if not found:
        return
    # RDS takes the default minor version of a prefix, and that is never one of the deprecated.
    full = {
        version: wrong
        for version, wrong in found.items()
        if not any(is_prefix(database.type, engine, version) for database in databases for engine in engines)
    }
    found = full or found
    names = ", ".join(dict.fromkeys(database.id for database in databases))
    said = ", ".join(f"{version}, which is {wrong}" for version, wrong in found.items())
    message = f"Engine {' or '.join(sorted(engines))} of {names} has version {said}"
    why_not = why_fixed(template, place) or ("it is the version of several engines" if len(engines) > 1 else "")
    why_not = why_not or next((why for d in databases if (why := _hindrance(template, d))), "")
    if why_not:
        yield Finding(message, place, reason=why_not)
        return
    (engine,) = engines
    types = {INSTANCE, CLUSTER} if engine.startswith("aurora") else {database.type for database in databases}
    chosen: dict[str, str] = {}
    for version in found:
        if not full:
            why_not = "RDS takes the default minor version of it, which is one that it supports"
            continue
        new = newest(types, engine, version)
        if new is None:
            why_not = "no newer version of its major is supported, and a new major has to be planned"
            continue
        why_not = why_not or not_admitted(parameter_at(template, place), new)
        chosen[version] = new
    if why_not:
        yield Finding(message, place, reason=why_not)
        return
    title = f"Use {', '.join(dict.fromkeys(chosen.values()))}"
    fix = Fix(title, rewriting(template, place, chosen), Safety.UNSAFE, Impact.SOME_INTERRUPTION)
    reason = _UNSAFE
    if any(is_extended(new) for new in chosen.values()):
        reason += "; its major is under Extended Support, which costs"
    if any(_replicates(template, database) for database in databases):
        reason += "; live replicas have to be upgraded before their source"
    yield Finding(message, place, fix, reason)


def _engines(template: Template, database: Resource, place: Path) -> set[str]:
    """The engines that a database may have where its version is the one at ``place``."""
    path = database.property_path("Engine")
    there = template.conditions_on(place)
    places = [
        other
        for other in origins(template, template.value_at(path), path)
        if not any((name, not truth) in there for name, truth in template.conditions_on(other))
    ]
    if place[0] == "Mappings":
        beside = [other for other in places if other[:3] == place[:3]]
        places = beside or places
    return {text.lower() for other in places for _, text in texts_at(template, other)}


def _hindrance(template: Template, database: Resource) -> str:
    if "GlobalClusterIdentifier" in database.properties:
        return f"{database.id} is a member of a global database, whose members are upgraded in an order of their own"
    mode = database.get("EngineMode")
    if mode is not None and mode != "provisioned":
        return f"{database.id} has an engine mode that takes few versions"
    for name in ("SourceDBInstanceIdentifier", "SourceDBClusterIdentifier", "ReplicationSourceIdentifier"):
        source = database.properties.get(name)
        if source is not None and not _names_own(template, database, name):
            return f"{database.id} has the version of its source, which is not in the template"
    return ""


def _names_own(template: Template, database: Resource, name: str) -> bool:
    """Whether a property names a database of the template."""
    path = database.property_path(name)
    return any(
        reference.path[: len(path)] == path
        for other in template.resources_of(INSTANCE, CLUSTER)
        for reference in template.references_to(other.id)
    )


def _replicates(template: Template, database: Resource) -> bool:
    """Whether a database is a replica, or something replicates it."""
    names = ("SourceDBInstanceIdentifier", "SourceDBClusterIdentifier", "ReplicationSourceIdentifier")
    if any(value_at(database.properties, (name,)) is not None for name in names):
        return True
    return any(name in reference.path for reference in template.references_to(database.id) for name in names)
