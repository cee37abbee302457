"""The tables of the repairs of what cfn-lint finds, against the schemas and cfn-lint's own data."""

from __future__ import annotations

import re

import pytest


def test_the_tables_agree_with_the_schemas() -> None:
    from fixer.cloudformation.types.schemas import schema
    from transforms.lint.missing_retention import _KEPT

    for type_name, properties in _KEPT.items():
        known = schema(type_name)
        assert known is not None
        for kept in properties:
            node = known.property_schema((kept.name,))
            assert node is not None
            assert node.get("minimum", 0) <= kept.unset <= kept.most <= node.get("maximum", kept.most)


def test_passwords_are_those_of_cfn_lint() -> None:
    from cfnlint.rules.parameters.DynamicReferenceSecret import DynamicReferenceSecret

    from transforms.lint.secret_parameter import _GENERATED, _GIVEN

    paths = (keyword.split("/") for keyword in DynamicReferenceSecret().keywords)
    theirs = {(path[1], *(name for name in path[3:] if name != "*")) for path in paths}
    assert {*_GENERATED, *_GIVEN} == theirs


def test_a_rule_of_its_own_has_the_properties_of_one_in_a_group() -> None:
    from fixer.cloudformation.types.schemas import schema
    from transforms.lint.circular_security_groups import _GROUP, _RULES

    group = schema(_GROUP)
    assert group is not None
    for name, (type_name, _) in _RULES.items():
        node, rule = group.property_schema((name, 0)), schema(type_name)
        assert node is not None
        assert rule is not None
        assert node["properties"].keys() == rule.properties - {"GroupId", "GroupName", "Id"}


def test_successors_are_those_of_cfn_lint() -> None:
    """The newest supported runtime of a language, by dates and versions, is the one that cfn-lint advises."""
    from fixer.cloudformation.functions.runtimes import deprecated_on, runtimes, supported_successors

    for name, runtime in runtimes().items():
        if deprecated_on(name) and name != "go1.x":
            assert supported_successors(name)[0].name == runtime.successor, name
    assert supported_successors("go1.x") == []


@pytest.mark.parametrize(
    ("types", "engine", "version", "wanted"),
    [
        (["AWS::RDS::DBInstance"], "mysql", "8.0.35", r"8\.0\.\d+"),
        (["AWS::RDS::DBInstance"], "mysql", "5.7.38", r"5\.7\.44-rds\.\d+"),
        (["AWS::RDS::DBInstance"], "postgres", "14.7", r"14\.\d+"),
        (["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"], "aurora-postgresql", "16.4-limitless", r"16\.\d+-limitless"),
        (["AWS::RDS::DBCluster"], "aurora-mysql", "8.0.mysql_aurora.3.02.0", r"8\.0\.mysql_aurora\.3\.\d+\.\d+"),
        (["AWS::RDS::DBInstance"], "postgres", "14.99", None),
        (["AWS::RDS::DBInstance"], "postgres", "9.6.24", None),
        (["AWS::RDS::DBInstance"], "nothing", "1.0", None),
    ],
)
def test_newest_version(types: list[str], engine: str, version: str, wanted: str | None) -> None:
    from fixer.cloudformation.types.engine_versions import newest

    found = newest(types, engine, version)
    assert found is None if wanted is None else re.fullmatch(wanted, str(found))
