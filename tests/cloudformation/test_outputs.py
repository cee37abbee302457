"""New outputs in the manner of the template's own."""

from __future__ import annotations

import pytest

from fixer.cloudformation.outputs.new_outputs import NewOutputs, is_url, parameters_given
from fixer.cloudformation.template import Template
from fixer.model import Value


def new(outputs: dict[str, Value], export: bool | None = None) -> NewOutputs:
    return NewOutputs(Template({"Resources": {}, "Outputs": outputs}), export)


@pytest.mark.parametrize(
    ("own", "keys"),
    [
        ({}, ["Condition", "Description", "Value"]),
        ({"A": {"Value": "x", "Description": "x"}}, ["Condition", "Value", "Description"]),
        ({"A": {"Description": "x", "Value": "x", "Condition": "C"}}, ["Description", "Value", "Condition"]),
        ({"A": {"Value": "x"}}, ["Condition", "Value"]),
        ({"A": {"Value": "x"}, "B": {"Description": "x", "Value": "x"}}, ["Condition", "Description", "Value"]),
    ],
)
def test_keys_as_in_its_own(own: dict[str, Value], keys: list[str]) -> None:
    assert list(new(own).insert("New", "a text", "x", "C").value) == keys


def test_names_are_new() -> None:
    outputs = new({"A": {"Value": "x"}})
    assert [outputs.insert("A", "", "x").path[1] for _ in range(2)] == ["A2", "A3"]
    assert outputs.room == 197


def test_exports_are_new() -> None:
    outputs = new({"A": {"Value": "x", "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-B"}}}})
    assert outputs.insert("B", "", "x").value["Export"] == {"Name": {"Fn::Sub": "${AWS::StackName}-B2"}}
    assert "Export" not in outputs.insert("C", "", "x", export=False).value


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"Ref": "P"}, True),
        ({"Fn::Sub": "${P}"}, True),
        ({"Fn::Sub": ["${X}", {"X": {"Ref": "P"}}]}, True),
        ({"Fn::Join": [",", {"Ref": "P"}]}, True),
        ({"Fn::If": ["C", {"Ref": "P"}, "none"]}, True),
        ({"Fn::Sub": "a-${P}"}, False),
        ({"Fn::Select": [0, {"Ref": "P"}]}, False),
        ({"Ref": "Q"}, False),
        ("P", False),
        (None, False),
    ],
)
def test_parameters_given(value: Value, answer: bool) -> None:
    assert ("P" in parameters_given(value)) is answer


def test_is_url() -> None:
    assert is_url({"Fn::Join": ["", ["https://", {"Ref": "Api"}]]})
    assert not is_url({"Ref": "Api"})
