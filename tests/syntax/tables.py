"""Tables of edits: operations that are tried on one template in every style, and how their results are written down."""

from __future__ import annotations

from difflib import unified_diff

import pytest

from fixer.model import FIRST, Append, Comment, EditRefused, Insert, Operation, Remove, Rename, Set, after, before
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse
from tests.syntax.invariants import broken

A = ("Resources", "A")
B = ("Resources", "B")
PROPERTIES = (*A, "Properties")
TAGS = (*PROPERTIES, "Tags")
TOPIC = {"Type": "AWS::SNS::Topic", "Properties": {"Name": {"Ref": "A"}}}
TAG = {"Key": "m", "Value": "n"}

OPERATIONS: dict[str, list[Operation]] = {
    "set a scalar": [Set((*PROPERTIES, "Name"), "new")],
    "set a function": [Set((*PROPERTIES, "Name"), {"Fn::Sub": "${AWS::StackName}-a"})],
    "set a mapping": [Set((*PROPERTIES, "Name"), {"Fn::If": ["C", {"a": "b"}, {"Ref": "AWS::NoValue"}]})],
    "set a scalar for a mapping": [Set((*TAGS, 0), "x")],
    "set deep in a list": [
        Set(TAGS, [{"Key": "k", "Value": "w"}, {"Key": "l", "Value": {"Ref": "P"}}, TAG]),
    ],
    "insert last": [Insert((*PROPERTIES, "Last"), {"a": 1, "b": [True, "yes"]})],
    "insert first": [Insert((*PROPERTIES, "First"), "1", FIRST)],
    "insert before": [Insert((*PROPERTIES, "New"), {"Fn::GetAtt": ["B", "Arn"]}, before("Tags"))],
    "insert after": [Insert((*PROPERTIES, "New"), [], after("Name"))],
    "insert a resource": [Insert(("Resources", "C"), TOPIC)],
    "insert a resource between": [Insert(("Resources", "C"), {"Type": "AWS::SNS::Topic"}, after("A"))],
    "insert sections": [
        Insert(("Conditions", "C"), {"Fn::Equals": [{"Ref": "P"}, ""]}),
        Insert(("Parameters", "P"), {"Type": "String"}),
    ],
    "insert missing Properties": [Append((*B, "Properties", "Tags"), TAG), Insert((*B, "DeletionPolicy"), "Retain")],
    "insert into an item": [Insert((*TAGS, 0, "New"), 1, FIRST)],
    "append": [Append(TAGS, {"Key": "m", "Value": {"Ref": "AWS::StackName"}})],
    "append first": [Append(TAGS, TAG, FIRST)],
    "append between": [Append(TAGS, TAG, before(1))],
    "remove first": [Remove((*PROPERTIES, "Name"))],
    "remove last": [Remove(TAGS)],
    "remove all": [Remove((*PROPERTIES, "Name")), Remove(TAGS)],
    "remove a resource": [Remove(A)],
    "remove an item": [Remove((*TAGS, 0))],
    "remove the last item": [Remove((*TAGS, 1))],
    "remove within an item": [Remove((*TAGS, 0, "Key"))],
    "rename": [Rename(A, "Topic"), Rename((*TAGS, 1, "Value"), "yes")],
    "comment": [Comment(TAGS, "why\nso"), Comment((*TAGS, 1), "the other")],
    "remove and append": [Remove((*TAGS, 0)), Append(TAGS, TAG), Insert((*PROPERTIES, "New"), 1, before("Name"))],
}


def cases(template: str, table: str) -> list[object]:
    """The parameters of ``check``: of each "## name" in the table, with what follows as the difference."""
    written = dict(entry.split("\n", 1) for entry in table.split("## ")[1:])
    assert list(written) == list(OPERATIONS)
    return [pytest.param(template, OPERATIONS[name], expected, id=name) for name, expected in written.items()]


def check(template: str, operations: list[Operation], expected: str) -> None:
    """Edit a template and compare what changed with the table, with one line around it; or with why it is refused."""
    document = parse(template)
    if expected.startswith("refused: "):
        with pytest.raises(EditRefused) as refused:
            edit(document, operations)
        assert f"refused: {refused.value}\n" == expected
        return
    text = edit(document, operations)
    assert difference(template, text) == expected
    assert broken(document, text, operations) is None


def difference(one: str, other: str) -> str:
    lines = list(unified_diff(one.split("\n"), other.split("\n"), lineterm="", n=1))[3:]
    return "".join(("..." if line.startswith("@@") else line if line != " " else "") + "\n" for line in lines) + "\n"
