"""The repairs of what cfn-lint finds, against cfn-lint: what they repair is found before and not after, and nothing is
found instead.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fixer.model import Case
from tests.test_transforms import CASES

REPAIRS = {
    "deprecated-runtime": {"W2531", "E2531", "E2533"},
    "deprecated-engine-version": {"W3690", "W3691", "E3690", "E3691"},
    "misspelled-name": {"E3002", "E3003", "E3006", "E1010", "E1019", "E1020", "E3001"},
    "reserved-environment-variable": {"E3663"},
    "missing-retention": {"I3013"},
    "secret-output": {"W2010"},
    "wrong-type": {"E3012", "E3030"},
}
ADVICE = {"I2530", "I3011", "I3013", "W1020", "W3005"}
"""What cfn-lint finds as soon as a value is right: advice on what it did not understand before."""
SILENT = {"numbers that are texts", "the longest that logs may be kept"}
"""Cases that cfn-lint does not find fault with, by name."""


def found(text: str) -> set[tuple[str, str, str]]:
    """Rule, place and message of all that cfn-lint finds."""
    from cfnlint.api import lint
    from cfnlint.config import ManualArgs

    matches = lint(text, config=ManualArgs(regions=["us-east-1"], include_checks=["I"], ignore_checks=["I1002"]))
    return {(m.rule.id, "/".join(map(str, m.path or ())), m.message) for m in matches}


def repaired() -> Iterator[object]:
    for parameter in CASES:
        transform, case = parameter.values
        if transform.name in REPAIRS and case.after is not None and case.unsafe:
            yield pytest.param(transform.name, case, id=f"{transform.name}: {case.name}")


@pytest.mark.parametrize(("name", "case"), list(repaired()))
def test_what_cfn_lint_found_is_gone(name: str, case: Case) -> None:
    before, after = found(case.before), found(str(case.after))
    if case.name not in SILENT:
        assert {rule for rule, _, _ in before} & REPAIRS[name], "cfn-lint does not find it"
    assert not {rule for rule, _, _ in after} & REPAIRS[name]
    assert {rule for rule, _, _ in after} - ADVICE <= {rule for rule, _, _ in before}, "something new is found"


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
    import re

    from fixer.cloudformation.types.engine_versions import newest

    found = newest(types, engine, version)
    assert found is None if wanted is None else re.fullmatch(wanted, str(found))
