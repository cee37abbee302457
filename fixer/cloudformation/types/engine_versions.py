"""The versions of database engines that RDS knows, and those that it makes no new databases with.

Source: cfn-lint's ``engine_version.json`` and ``engine_version_deprecated.json`` of instances and clusters (E3690,
E3691, W3690, W3691), which hold what DescribeDBEngineVersions answers. An engine without versions there is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from fixer.cloudformation.types.bundled import data_folder, read_data

INSTANCE, CLUSTER = "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"
_FOLDERS = {INSTANCE: "aws_rds_dbinstance", CLUSTER: "aws_rds_dbcluster"}
_EXTENDED = "rds"
"""How the suffix of a build begins that is made under RDS Extended Support, as in 5.7.44-rds.20260902."""


@cache
def _lists(type_name: str, deprecated: bool) -> Mapping[str, frozenset[str]]:
    name = "engine_version_deprecated.json" if deprecated else "engine_version.json"
    document = read_data(data_folder() / "schemas" / "extensions" / _FOLDERS[type_name] / name)
    found: dict[str, frozenset[str]] = {}
    for rule in document.get("allOf", ()):
        asked = rule["if"]["properties"]
        node = asked if deprecated else (rule["then"] or {}).get("properties", {})
        versions = node.get("EngineVersion", {}).get("enum")
        if versions and "const" in asked.get("Engine", {}):
            found[asked["Engine"]["const"]] = frozenset(map(str, versions))
    return found


def problem(type_name: str, engine: str, version: str) -> str:
    """What is wrong with the version of a literal engine: "deprecated", "not known", or nothing."""
    listed = _lists(type_name, False).get(engine, frozenset())
    if not listed:
        return ""
    if version in _lists(type_name, True).get(engine, ()):
        return "deprecated"
    return "" if version in listed else "not known"


def is_prefix(type_name: str, engine: str, version: str) -> bool:
    """Whether a version leaves the minor one to RDS, which takes its default: ``8.0``, ``16``."""
    return any(other.startswith(f"{version}.") for other in _lists(type_name, False).get(engine, ()))


def newest(type_names: Iterable[str], engine: str, version: str) -> str | None:
    """The newest version of the same major that all of the types take and that is not deprecated.

    None if there is none, or none that is newer. Builds under Extended Support are taken where there is no other.
    """
    suffix = _suffix(version)
    common = frozenset.intersection(
        *(
            _lists(name, False).get(engine, frozenset()) - _lists(name, True).get(engine, frozenset())
            for name in type_names
        )
    )
    fitting = [
        other
        for other in common
        if _major(engine, other) == _major(engine, version)
        and _numbers(other) > _numbers(version)
        and not is_prefix(INSTANCE, engine, other)
        and not is_prefix(CLUSTER, engine, other)
        and _suffix(other) in {suffix, "" if suffix == _EXTENDED else suffix, suffix or _EXTENDED}
    ]
    plain = [other for other in fitting if _suffix(other) == ""]
    return max(plain or fitting, key=_numbers, default=None)


def is_extended(version: str) -> bool:
    """Whether a build is made under RDS Extended Support, which costs."""
    return _suffix(version) == _EXTENDED


def _suffix(version: str) -> str:
    return re.sub(r"[^a-z].*", "", version.partition("-")[2])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def _major(engine: str, version: str) -> tuple[int, ...]:
    """One number for PostgreSQL from 10 on, else two."""
    numbers = _numbers(version)
    return numbers[:1] if "postgres" in engine and numbers >= (10,) else numbers[:2]
