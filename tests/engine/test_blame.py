"""Of the fixes that were applied, as few as possible are withheld for a new error."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from msgspec.structs import replace

from fixer.engine.blame import TRIES, acquit
from fixer.engine.run import Key, Repair, key, read_template, template_of
from fixer.engine.validate import Problem
from fixer.model import Finding, Fix, Insert

DOCUMENT = read_template("Resources:\n  A: {}\n")
FINDINGS = tuple(
    Finding(f"{name} lacks", ("Resources", name), Fix("x", (Insert(("Resources", name, "X"), 1),)), transform="one")
    for name in "ABCDEFGHIJKL"
)
REPAIR = Repair(DOCUMENT, DOCUMENT, FINDINGS, (), template_of(DOCUMENT))


def withheld(guilty: Collection[str], *problems: Problem, hopeless: bool = False) -> set[str] | None:
    """Whose fixes are withheld if the problems are there as long as one of the guilty is repaired."""
    tried = []

    def again(without: Mapping[Key, str]) -> tuple[Repair, list[Problem]]:
        tried.append(without)
        applied = tuple(finding for finding in FINDINGS if key(finding) not in without)
        bad = hopeless or any(str(finding.path[1]) in guilty for finding in applied)
        return replace(REPAIR, applied=applied), list(problems) if bad else []

    best = acquit(REPAIR, list(problems), again)
    assert len(tried) <= TRIES
    return None if best is None else {str(f.path[1]) for f in FINDINGS} - {str(f.path[1]) for f in best.applied}


def at(*path: str) -> Problem:
    return Problem("E1", path, "is wrong")


@pytest.mark.parametrize("guilty", ["A", "F", "L", "CD", "AL"])
def test_only_the_guilty_are_withheld(guilty: str) -> None:
    assert withheld(guilty, at()) == set(guilty)
    assert withheld(guilty, *(at("Resources", name, "X") for name in guilty)) == set(guilty)


def test_who_did_not_touch_the_place_may_be_guilty() -> None:
    assert withheld("B", at("Resources", "K")) == {"B"}
    assert withheld("B", at("Outputs", "K")) == {"B"}


def test_an_error_that_is_nobodys_fault() -> None:
    assert withheld("", at("Resources", "A"), hopeless=True) is None
