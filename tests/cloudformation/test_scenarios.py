"""What values of parameters may make of conditions."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.intrinsics import and_, condition, equals, not_, ref
from fixer.cloudformation.scenarios import Scenarios, deciding
from fixer.cloudformation.template import Template

CONDITIONS: dict[str, Any] = {
    "IsA": equals(ref("Env"), "a"),
    "IsB": equals("b", ref("Env")),
    "IsC": equals(ref("Env"), "c"),
    "Same": equals(ref("Env"), ref("Other")),
    "OtherIsA": equals(ref("Other"), "a"),
    "Two": and_(condition("IsA"), not_(condition("OtherIsA"))),
    "Given": equals(ref("Name"), ""),
    "Mapped": equals({"Fn::FindInMap": ["M", ref("Env"), "K"]}, "x"),
    "Broken": {"Fn::Or": "a"},
    "Round": not_(condition("Round")),
    "Three": equals(ref("Number"), 3),
    "ThreeText": equals(ref("Number"), "3"),
}
PARAMETERS = {
    "Env": {"Type": "String", "AllowedValues": ["a", "b"]},
    "Other": {"Type": "String"},
    "Name": {"Type": "String", "MinLength": 1},
    "Number": {"Type": "Number"},
}


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        ({"IsA": True, "IsB": True}, False),
        ({"IsA": False, "IsB": False}, False),  # of the allowed values one is left
        ({"IsC": True}, False),
        ({"IsA": True}, True),
        ({"Same": True, "IsA": True, "OtherIsA": False}, False),
        ({"Same": True, "OtherIsA": False}, True),
        ({"Same": False, "OtherIsA": False}, True),
        ({"Two": True, "IsB": False}, True),
        ({"Two": True, "Same": True}, False),
        ({"Given": True}, False),
        ({"Mapped": True, "IsA": True}, True),
        ({"Mapped": False, "IsA": True}, True),
        ({"Broken": True}, True),
        ({"Broken": False, "Unknown": False}, True),
        ({"Round": True}, None),
        ({"Three": True, "ThreeText": False}, True),  # how a number is written is not known
    ],
)
def test_can_be(wanted: dict[str, bool], answer: bool | None) -> None:
    template = Template({"Parameters": PARAMETERS, "Conditions": CONDITIONS})
    assert Scenarios(template).can_be(wanted.items()) is answer


def test_too_many_values() -> None:
    conditions = {f"C{number}": equals(ref(f"P{number}"), "a") for number in range(20)}
    template = Template({"Conditions": {**conditions, "All": {"Fn::And": [condition(name) for name in conditions]}}})
    assert Scenarios(template).can_be([("All", True)]) is None


def test_deciding() -> None:
    template = Template({"Conditions": CONDITIONS})
    assert deciding(template, ["Two", "Mapped"]) == {"Env", "Other"}
    assert deciding(template, ["Broken", "Round", "Unknown"]) == frozenset()
