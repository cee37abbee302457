"""What cannot be edited without loss, or makes no sense, is refused with a reason that a finding can show."""

from __future__ import annotations

import pytest

from fixer.model import Append, Comment, EditRefused, Insert, Operation, Remove, Rename, Set
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse

ANCHOR = "A: &a\n  x: 1\n  y: [2]\nB: *a\nC:\n  <<: *a\n  z: 3\n"
ELSEWHERE = "has an anchor that is used elsewhere; a change would reach those places too (&a)"
ALIAS = "the value is an alias; a change would reach every place that uses its anchor"
MERGED = "x comes from a merge key (<<); a change would reach every place that uses its anchor"
FLOW = "F: [\n  a,  # one\n  {k: v,  # two\n   l: w}  # three\n]\n"
COMMENT = "a comment stands inside the value that would be written anew"
TEXT = "A: {x: 1}\nL: [1]\nS: s\nN:\n"

CASES = [
    pytest.param(ANCHOR, [Set(("A", "x"), 2)], f"the value {ELSEWHERE}", id="inside an anchored value"),
    pytest.param(ANCHOR, [Append(("A", "y"), 3)], f"the value {ELSEWHERE}", id="deep inside an anchored value"),
    pytest.param(ANCHOR, [Rename(("A", "x"), "n")], f"the value {ELSEWHERE}", id="a key of an anchored value"),
    pytest.param(ANCHOR, [Set(("A",), "x")], "the value is used by an alias (&a)", id="the anchored value"),
    pytest.param(
        ANCHOR, [Remove(("A",))], "the value holds an anchor that is used elsewhere (*a)", id="removal of the anchor"
    ),
    pytest.param(
        "P:\n  A: &a 1\nB: *a\n",
        [Set(("P",), "x")],
        "the value holds an anchor that is used elsewhere (*a)",
        id="a value around the anchor",
    ),
    pytest.param(
        "A: &a 1\nB: &a 2\nC: *a\n",
        [Remove(("B",))],
        "the value holds an anchor that is used elsewhere (*a)",
        id="the second anchor of one name",
    ),
    pytest.param(ANCHOR, [Set(("B", "x"), 2)], ALIAS, id="through an alias"),
    pytest.param(ANCHOR, [Insert(("B", "n"), 2)], ALIAS, id="into an alias"),
    pytest.param(ANCHOR, [Set(("C", "x"), 2)], MERGED, id="a merged entry"),
    pytest.param(ANCHOR, [Remove(("C", "x"))], MERGED, id="removal of a merged entry"),
    pytest.param(
        "A: &a {x: 1}\nC:\n  <<: *a\n  x: 2\n", [Remove(("C", "x"))], MERGED, id="an own entry that hides a merged one"
    ),
    pytest.param("A: &a {x: 1}\nC: {<<: *a, z: 1}\n", [Rename(("C", "x"), "n")], MERGED, id="a merged entry in flow"),
    pytest.param(FLOW, [Set(("F", 1), "x")], COMMENT, id="a flow item with comments"),
    pytest.param(FLOW, [Remove(("F", 1))], COMMENT, id="the last flow item, with comments"),
    pytest.param(
        "A: |+\n  x\n\nB: 1",
        [Remove(("B",))],
        "the last value ends with a line break, and the file does not",
        id="what stands behind a block that keeps its line breaks",
    ),
    pytest.param(
        "A: 1\n", [Remove(("A",)), Insert(("B",), 1)], "nothing of the template would stay", id="all sections go"
    ),
    pytest.param("A: 1\n# tail\n", [Remove(("A",))], "nothing of the template would stay", id="the last section goes"),
    pytest.param(TEXT, [Set(("X",), 1)], "X is not there", id="set of nothing"),
    pytest.param(TEXT, [Set(("L", 1), 1)], "L.1 is not there", id="set of no item"),
    pytest.param(TEXT, [Set(("S", "x"), 1)], "S.x is not there", id="set inside a string"),
    pytest.param(TEXT, [Remove(("A", "y"))], "A.y is not there", id="removal of nothing"),
    pytest.param(TEXT, [Comment(("Y",), "x")], "Y is not there", id="comment on nothing"),
    pytest.param(TEXT, [Rename(("A", "y"), "n")], "A.y is not there", id="rename of nothing"),
    pytest.param(TEXT, [Rename(("A",), "L")], "the template has the key L already", id="rename to a key that is there"),
    pytest.param(
        TEXT, [Insert(("M",), 1), Rename(("A",), "M")], "the template has the key M already", id="rename to a new key"
    ),
    pytest.param(TEXT, [Rename(("A",), "M"), Insert(("M",), 1)], "M is there already", id="insertion of a renamed key"),
    pytest.param(TEXT, [Insert(("A", "x"), 2)], "A.x is there already", id="insertion of what is there"),
    pytest.param(
        TEXT, [Insert(("A", "n"), 1), Insert(("A", "n"), 2)], "A.n is there already", id="two insertions that differ"
    ),
    pytest.param(
        TEXT, [Insert(("M", "n"), 1), Insert(("M", "n"), 2)], "M.n is there already", id="the same in a new parent"
    ),
    pytest.param(
        TEXT, [Insert(("M",), None), Insert(("M", "n"), 1)], "M is not there", id="insertion into new nothing"
    ),
    pytest.param(TEXT, [Insert(("S", "n"), 1)], "S is not a mapping", id="insertion into a string"),
    pytest.param(TEXT, [Insert(("L", "n"), 1)], "L is not a mapping", id="insertion into a list"),
    pytest.param(TEXT, [Insert(("S", "n", "m"), 1)], "S is not a mapping", id="a missing parent in a string"),
    pytest.param(TEXT, [Append(("A",), 1)], "A is not a sequence", id="an item for a mapping"),
    pytest.param(TEXT, [Append(("S",), 1)], "S is not a sequence", id="an item for a string"),
    pytest.param(
        TEXT,
        [Append(("N",), 1), Insert(("N", "x"), 1)],
        "N cannot be both a mapping and a sequence",
        id="items and entries in nothing",
    ),
    pytest.param(
        TEXT,
        [Append(("M", "x"), 1), Insert(("M", "x", "y"), 1)],
        "M.x is not a mapping",
        id="the same in a new parent 2",
    ),
    pytest.param(TEXT, [Insert(("M", "x", "y"), 1), Append(("M", "x"), 1)], "M.x is not a sequence", id="and turned"),
]


@pytest.mark.parametrize(("text", "operations", "reason"), CASES)
def test_refused(text: str, operations: list[Operation], reason: str) -> None:
    with pytest.raises(EditRefused) as refused:
        edit(parse(text), operations)
    assert str(refused.value) == reason
