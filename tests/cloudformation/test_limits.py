from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation import limits
from fixer.cloudformation.template import Template


@pytest.mark.parametrize(
    ("data", "room"),
    [
        ({}, 200),
        (None, 200),
        ({"Outputs": []}, 200),
        ({"Outputs": {"A": {"Value": 1}, "Fn::ForEach::Loop": []}}, 198),
        ({"Outputs": {f"A{number}": {} for number in range(200)}}, 0),
        ({"Outputs": {f"A{number}": {} for number in range(250)}}, 0),
    ],
)
def test_room_for_outputs(data: Any, room: int) -> None:
    assert Template(data).room_for("Outputs") == room


def test_room_for_resources() -> None:
    assert Template({"Resources": {"A": {}}}).room_for("Resources") == 499


def test_size_counts_bytes() -> None:
    assert limits.size("aé😀") == 7
    assert limits.fits_request("a" * 51_200)
    assert not limits.fits_request("a" * 51_199 + "é")


def test_limits_agree_with_cfn_lint() -> None:
    known = pytest.importorskip("cfnlint.helpers").LIMITS
    assert known["Resources"]["number"] == limits.RESOURCES
    assert known["Parameters"]["number"] == limits.PARAMETERS
    assert known["Outputs"]["number"] == limits.OUTPUTS
    assert known["Mappings"]["number"] == limits.MAPPINGS
    assert {known[section]["name"] for section in ("Resources", "Parameters", "Outputs", "Mappings")} == {
        limits.NAME_LENGTH
    }
    assert known["template"]["body"] == limits.S3_BODY_BYTES
