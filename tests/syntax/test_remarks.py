"""Comments: which entry or item they are about, and how they go along with an item that moves."""

from __future__ import annotations

import pytest

from fixer.model import Append, EditRefused, Path, Remarks, Remove, Value, after
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse
from fixer.syntax.remarks import remarks

TEXT = """\
# all
A: 1 # one
B: # two
  - x # x
  # above y
  #
  - y

  # far off

  - z
    # further in
  - {p: 1, q: 2} # both
C: [a, b] # c
D: [
  a, # first
  b
]
E:
  - - u # u
    - v
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "above", "behind"),
    [
        (("A",), ("all",), "one"),
        (("B",), (), "two"),
        (("B", 0), (), "x"),
        (("B", 1), ("above y", "#"), ""),
        (("B", 2), (), ""),
        (("B", 3), (), "both"),
        (("B", 3, "p"), (), ""),
        (("C",), (), "c"),
        (("C", 1), (), ""),
        (("D", 0), (), "first"),
        (("D", 1), (), ""),
        (("E", 0, 0), (), ""),
        (("E", 0, 1), (), ""),
        (("E", 7), (), ""),
        (("F", "G"), (), ""),
    ],
)
def test_what_a_comment_is_about(path: Path, above: tuple[str, ...], behind: str, newline: str) -> None:
    found = remarks(parse(TEXT.replace("\n", newline)), path)
    assert (found.above, found.behind) == (above, behind)


@pytest.mark.parametrize(
    ("path", "there"),
    [(("B",), True), (("B", 1), True), (("B", 2), False), (("D",), True), (("D", 1), False), (("E", 0), True)],
)
def test_whether_there_are_any(path: Path, there: bool) -> None:
    assert remarks(parse(TEXT), path).there is there


def test_json_has_none() -> None:
    assert remarks(parse('{"A": "# b"}'), ("A",)) == Remarks()


LIST = """\
S:
  - a:
      - x  # of x
      # above y
      - yy # of y
      - z # of z
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("gone", "value", "moves", "wanted"),
    [
        (
            [0],
            {"a": "x"},
            [(("a",), 0)],
            "S:\n  - a:\n      # above y\n      - yy # of y\n      - z # of z\n  - a: x  # of x\n",
        ),
        (
            [1, 2],
            {"b": 1, "a": ["yy", "z"]},
            [(("a", 0), 1), (("a", 1), 2)],
            "S:\n  - a:\n      - x  # of x\n      # above y\n  - b: 1\n    a:\n      - yy # of y\n      - z # of z\n",
        ),
        (
            [1, 2],
            {"a": ["yy", "z"]},
            [(("a",), 2)],
            "S:\n  - a:\n      - x  # of x\n      # above y\n      # of y\n  - a: # of z\n      - yy\n      - z\n",
        ),
    ],
)
def test_they_go_along(gone: list[int], value: Value, moves: list[tuple[Path, int]], wanted: str, newline: str) -> None:
    sources = tuple((place, ("S", 0, "a", number)) for place, number in moves)
    operations = [*(Remove(("S", 0, "a", number)) for number in gone), Append(("S",), value, after(0), sources)]
    assert edit(parse(LIST.replace("\n", newline)), operations) == wanted.replace("\n", newline)


@pytest.mark.parametrize(
    ("text", "source", "value", "place"),
    [
        ("S:\n  - a: [\n      x, # x\n      y]\n", ("S", 0, "a", 0), {"a": "x"}, ("a",)),
        ("S:\n  - a:\n      - x\n      - y\n", ("S", 0, "a", 0), {"a": "x"}, ("a",)),
        ("S:\n  - a:\n      - x # x\n      - y\n", ("S", 0, "a", 0), {"a": "x"}, ("b",)),
        ("S:\n  - a:\n      - x # x\n      - y\n", ("S", 0, "a", 0), {"a": "x\ny\n"}, ("a",)),
    ],
)
def test_where_they_cannot(text: str, source: Path, value: Value, place: Path) -> None:
    with pytest.raises(EditRefused, match="comment"):
        edit(parse(text), [Remove(source), Append(("S",), value, after(0), ((place, source),))])
