from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fixer.cloudformation import intrinsics
from fixer.cloudformation.intrinsics import (
    NO_VALUE,
    SubPart,
    escape_sub,
    get_att,
    get_att_parts,
    if_,
    intrinsic,
    literal_text,
    map_sub,
    parse_sub,
    ref,
    ref_target,
    rename_variable,
    sub,
    sub_body,
    value_at,
    walk,
)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
KEYS = st.sampled_from(["Ref", "Condition", "Fn::Sub", "Fn::GetAtt", "Fn::If"]) | st.text(max_size=4) | st.integers()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
SUB_TEXTS = st.text(alphabet="${}!aB.: \n", max_size=30)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (ref("A"), {"Ref": "A"}),
        (get_att("A", "B.C"), {"Fn::GetAtt": ["A", "B.C"]}),
        (sub("${A}"), {"Fn::Sub": "${A}"}),
        (sub("${A}", {"A": 1}), {"Fn::Sub": ["${A}", {"A": 1}]}),
        (intrinsics.join(",", ["a"]), {"Fn::Join": [",", ["a"]]}),
        (if_("C", 1), {"Fn::If": ["C", 1, {"Ref": "AWS::NoValue"}]}),
        (if_("C", 1, None), {"Fn::If": ["C", 1, None]}),
        (intrinsics.equals("a", ref("B")), {"Fn::Equals": ["a", {"Ref": "B"}]}),
        (intrinsics.not_(intrinsics.condition("C")), {"Fn::Not": [{"Condition": "C"}]}),
        (intrinsics.and_(1, 2), {"Fn::And": [1, 2]}),
    ],
)
def test_constructors(made: Any, expected: Any) -> None:
    assert made == expected


def test_no_value_is_not_shared_between_values() -> None:
    # A dumper would write an object that occurs twice as anchor and alias.
    assert if_("C", 1)["Fn::If"][2] is not NO_VALUE


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"Ref": "A"}, "Ref"),
        ({"Ref": {"Fn::Sub": "A"}}, "Ref"),
        ({"Fn::ForEach::Loop": []}, "Fn::ForEach::Loop"),
        ({"Condition": "C"}, "Condition"),
        ({"Condition": {"StringEquals": {}}}, None),
        ({"Ref": "A", "Other": 1}, None),
        ({"Reference": "A"}, None),
        ({1: "A"}, None),
        ({}, None),
        (["Ref"], None),
        ("Ref", None),
    ],
)
def test_intrinsic(value: Any, name: str | None) -> None:
    assert intrinsic(value) == name


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ({"Fn::GetAtt": ["A", "B.C"]}, ("A", "B.C")),
        ({"Fn::GetAtt": "A.B.C"}, ("A", "B.C")),
        ({"Fn::GetAtt": ["A", "Outputs", "B"]}, ("A", "Outputs.B")),
        ({"Fn::GetAtt": ["A", {"Ref": "B"}]}, None),
        ({"Fn::GetAtt": ["A"]}, None),
        ({"Fn::GetAtt": "A"}, None),
        ({"Fn::GetAtt": None}, None),
        ({"Ref": "A.B"}, None),
    ],
)
def test_get_att_parts(value: Any, parts: tuple[str, str] | None) -> None:
    assert get_att_parts(value) == parts


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ({"Fn::Sub": "a"}, ("a", {})),
        ({"Fn::Sub": ["a", {"B": 1}]}, ("a", {"B": 1})),
        ({"Fn::Sub": ["a"]}, ("a", {})),
        ({"Fn::Sub": ["a", None]}, ("a", {})),
        ({"Fn::Sub": []}, None),
        ({"Fn::Sub": {"Ref": "A"}}, None),
        ("a", None),
    ],
)
def test_sub_body(value: Any, body: Any) -> None:
    assert sub_body(value) == body


def test_parse_sub_tells_text_variables_attributes_and_escapes() -> None:
    assert parse_sub("a${B}${C.D.E}${!F}${ G }") == (
        SubPart("a", 0, 1),
        SubPart("${B}", 1, 5, name="B"),
        SubPart("${C.D.E}", 5, 13, name="C", attribute="D.E"),
        SubPart("${!F}", 13, 18, literal=True),
        SubPart("${ G }", 18, 24, name="G"),
    )


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("", []),
        ("${", []),
        ("${}", []),
        ("$A {A}", []),
        ("${ !A}", []),
        ("$${A}", ["A"]),
        ("${AWS::Region}", ["AWS::Region"]),
        ("${A.B}}", ["A.B"]),
        ("${VAR:-default}", ["VAR:-default"]),  # CloudFormation rejects it: it must not pass for text
        ("${Outer${Inner}}", ["Inner"]),
        ("${!Outer${Inner}}", ["Inner"]),
        ("${${Inner}}", ["Inner"]),
        ("${${!Inner}}", []),
        ("${\n A\n}", ["A"]),
    ],
)
def test_variables(text: str, variables: list[str]) -> None:
    assert [part.variable for part in parse_sub(text) if part.name is not None] == variables


@given(SUB_TEXTS)
def test_parts_cover_the_text_in_order(text: str) -> None:
    parts = parse_sub(text)
    assert "".join(part.text for part in parts) == text
    assert [(part.start, part.end) for part in parts] == [
        (end - len(part.text), end)
        for part, end in zip(parts, [sum(len(p.text) for p in parts[: i + 1]) for i in range(len(parts))], strict=True)
    ]
    assert map_sub(text, lambda part: None) == text


@given(SUB_TEXTS)
@example("${${}")
def test_an_escaped_text_gives_itself(text: str) -> None:
    assert literal_text(sub(escape_sub(text))) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain ${A}", "plain ${A}"),
        ({"Fn::Sub": "on"}, "on"),
        ({"Fn::Sub": "${!A.b} $"}, "${A.b} $"),
        ({"Fn::Sub": ["x", {"A": 1}]}, "x"),
        ({"Fn::Sub": "${A}"}, None),
        ({"Fn::Sub": ["${A}", {"A": "x"}]}, None),
        ({"Ref": "A"}, None),
        (None, None),
    ],
)
def test_literal_text(value: Any, text: str | None) -> None:
    assert literal_text(value) == text


def test_rename_variable_keeps_blanks_attributes_and_others() -> None:
    assert (
        rename_variable("${A} ${ A.Arn } ${AA} ${!A} ${B.A} A", "A", "New")
        == "${New} ${ New.Arn } ${AA} ${!A} ${B.A} A"
    )


def test_rename_variable_leaves_the_subs_own_variables() -> None:
    assert rename_variable("${A} ${A.Arn}", "A", "New", bound={"A": 1}) == "${A} ${New.Arn}"


def test_map_sub_may_turn_a_variable_into_anything() -> None:
    assert map_sub("a${A}${B}", lambda part: "${A.Arn}" if part.variable == "A" else None) == "a${A.Arn}${B}"


def test_walk_is_depth_first_in_document_order() -> None:
    assert [path for path, _ in walk({"b": [1, {"c": 2}], "a": 3}, ("R",))] == [
        ("R",),
        ("R", "b"),
        ("R", "b", 0),
        ("R", "b", 1),
        ("R", "b", 1, "c"),
        ("R", "a"),
    ]


@given(VALUES)
def test_what_walk_finds_lies_where_it_says(value: Any) -> None:
    before = copy.deepcopy(value)
    for path, found in walk(value):
        assert value_at(value, path, "missing") is found
    assert repr(before) == repr(value)


@pytest.mark.parametrize("path", [("a", "x"), ("a", 2), ("a", -1), ("a", "0"), ("b",), ("a", 0, 0), (0,)])
def test_value_at_answers_the_default(path: tuple[str | int, ...]) -> None:
    assert value_at({"a": ["x", None]}, path, "default") == "default"


def test_value_at_tells_null_from_missing() -> None:
    assert value_at({"a": None}, ("a",), "default") is None


@given(VALUES)
def test_nothing_raises(value: Any) -> None:
    for question in (intrinsic, ref_target, get_att_parts, sub_body, literal_text):
        question(value)
