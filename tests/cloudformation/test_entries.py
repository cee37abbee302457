"""What a parameter may be, as far as its body tells."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.conditional import admit_empty
from fixer.cloudformation.entries import Parameter, matches_empty


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", True),
        ("^$|[a-z]+", True),
        ("[a-z]*", True),
        ("[a-z]{0,63}", True),
        ("(?:a|b{00})", True),
        ("[a-z]{1,63}", False),
        ("[a-z]{3}", False),
        ("(?:a?){3}", True),
        (r"\{0}", False),
        ("[{0}]", False),
        ("(((a?){1000}){1000}){1000}", True),
        ("a{99999999999}", False),
        ("(" * 20_000, None),
        (r"\p{Alpha}+", None),
    ],
)
def test_whether_the_empty_text_matches(pattern: str, expected: bool | None) -> None:
    assert matches_empty(pattern) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, False),
        ({"MinLength": 1}, True),
        ({"MinLength": "1"}, True),
        ({"MinLength": "0"}, False),
        ({"MinLength": "²"}, False),
        ({"AllowedPattern": ".+"}, True),
        ({"AllowedPattern": ".*"}, False),
        ({"AllowedPattern": r"\p{Alpha}+"}, False),
        ({"AllowedPattern": ["x"]}, False),
    ],
)
def test_whether_it_is_never_empty(body: dict[str, Any], expected: bool) -> None:
    assert Parameter("P", "String", body, ("Parameters", "P")).is_never_empty is expected


def test_a_length_that_is_no_number_is_left_alone() -> None:
    assert admit_empty(Parameter("P", "String", {"MinLength": "²"}, ("Parameters", "P"))) == ()
