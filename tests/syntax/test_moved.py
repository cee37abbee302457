"""Entries that go from one place to another keep their text and their comments."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pytest

from fixer.model import EditRefused, Insert, Operation, Path, Remove
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse

BLOCK = """\
Site:
  Config:
    Enabled: 'true' # always
    # who pays
    Tags: # two
      - Key: a # one
        Value: "0815"
      # second

      - Key: c
        Value: |
          x

          y
    Comment: none # at all
  Port: 443
"""
UP = """\
Site:
  Config:
    Enabled: 'true' # always
    Comment: none # at all
  Port: 443
  # who pays
  Tags: # two
    - Key: a # one
      Value: "0815"
    # second

    - Key: c
      Value: |
        x

        y
"""
DOWN = """\
Site:
  Config:
    Enabled: 'true' # always
    Comment: none # at all
  Port: 443
  New:
    Below:
      # who pays
      Tags: # two
        - Key: a # one
          Value: "0815"
        # second

        - Key: c
          Value: |
            x

            y
"""
JSON = """\
{
  "Site": {
    "Config": {
      "Tags": [{"Key": "a"},
        {"Key":  "b"}],
      "Enabled": true
    }
  }
}
"""
JSON_UP = """\
{
  "Site": {
    "Config": {
      "Enabled": true
    },
    "Tags": [{"Key": "a"},
      {"Key":  "b"}]
  }
}
"""
FLOW = "Site: {Config: {a: 1, Tags: ['x']}}\n"
FLOW_UP = "Site: {Config: {a: 1}, Tags: ['x']}\n"
TAGS: Path = ("Site", "Config", "Tags")


def moved(text: str, source: Path, target: Path) -> str:
    document = parse(text)
    value: Any = reduce(lambda data, key: data[key], source, document.data)
    operations: list[Operation] = [Remove(source), Insert(target, value, source=source)]
    return edit(document, operations)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "target", "after"),
    [
        pytest.param(BLOCK, ("Site", "Tags"), UP, id="up"),
        pytest.param(BLOCK, ("Site", "New", "Below", "Tags"), DOWN, id="down, into what is new"),
        pytest.param(JSON, ("Site", "Tags"), JSON_UP, id="JSON"),
        pytest.param(
            "Site: {Config: {a: 1, Tags: ['x']}}\n",
            ("Site", "Tags"),
            "Site: {Config: {a: 1}, Tags: ['x']}\n",
            id="flow",
        ),
    ],
)
def test_the_text_goes_along(before: str, target: Path, after: str, newline: str) -> None:
    text = moved(before.replace("\n", newline), TAGS, target)
    assert text == after.replace("\n", newline)


def test_a_comment_that_would_be_lost_keeps_the_entry_where_it_is() -> None:
    text = "Site:\n  Config:\n    a: 1\n    Tags: [x] # why\n  Other: {b: 1}\n"
    with pytest.raises(EditRefused, match="a comment stands inside the value that would move"):
        moved(text, TAGS, ("Site", "Other", "Tags"))


def test_an_alias_goes_along() -> None:
    text = "A: &a [1]\nSite:\n  Config:\n    a: 1\n    Tags:\n      - *a\n"
    assert moved(text, TAGS, ("Site", "Tags")).endswith("    a: 1\n  Tags:\n    - - 1\n")
