"""JSON text to the same tree as YAML. The standard library's decoder gives no places, so only its string scanner is
used.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import cast

from fixer.model import InputError, Value
from fixer.syntax.nodes import MOST_LEVELS, Entry, Item, Leaf, Mapping, Node, Scalar, Sequence, Style
from fixer.syntax.source import BOM, position

_BLANK = re.compile(rf"[ \t\r\n{BOM}]*")
_ATOM = re.compile(
    r"(?:(?P<word>true|false|null)|(?P<number>-?(?:0|[1-9]\d*)(?P<float>(?:\.\d+)?(?:[eE][-+]?\d+)?)))(?![\w.+-])"
)
_STRINGS = {
    "Invalid control character at": "a line break or another control character stands inside a string",
    "Unterminated string starting at": "unterminated string",
}
"""The standard library's messages that read badly behind a place."""
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}


class JsonError(Exception):
    """Text that is not JSON: why, and at which offset."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


def parse_json(text: str) -> tuple[Node, list[Leaf]]:
    """The tree of a JSON text, and all scalars in the order of the text.

    Raises JsonError; InputError for a key that is there twice.
    """
    reader = _Reader(text)
    node = reader.value(reader.skip(0))
    rest = reader.skip(node.end)
    if rest < len(text):
        raise reader.error("text after the end of the document", rest)
    return node, reader.leaves


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        self.leaves: list[Leaf] = []

    def skip(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def value(self, at: int) -> Node:
        first = self.text[at : at + 1]
        if first in ("{", "["):
            self.depth += 1
            if self.depth > MOST_LEVELS:
                raise InputError(f"the file has more than {MOST_LEVELS} levels", *position(self.text, at))
            node = self.mapping(at) if first == "{" else self.sequence(at)
            self.depth -= 1
            return node
        if first == '"':
            return self.string(at)
        found = _ATOM.match(self.text, at)
        if found is None:
            raise self.error("a value was expected", at)
        raw = found.group()
        value: Value = _WORDS[raw] if found["word"] else float(raw) if found["float"] else int(raw)
        return self.leaf(Scalar(at, found.end(), at, Style.PLAIN, value, raw))

    def string(self, at: int) -> Scalar:
        try:
            value, end = cast("tuple[str, int]", scanstring(self.text, at + 1, True))
        except JSONDecodeError as error:
            raise JsonError(_STRINGS.get(error.msg, error.msg[:1].lower() + error.msg[1:]), error.pos) from None
        return self.leaf(Scalar(at, end, at, Style.DOUBLE, value, value))

    def leaf(self, scalar: Scalar) -> Scalar:
        self.leaves.append(scalar)
        return scalar

    def mapping(self, start: int) -> Mapping:
        entries: list[Entry] = []
        seen: dict[str, int] = {}
        at = self.skip(start + 1)
        while self.text[at : at + 1] != "}":
            if entries:
                at = self.skip(self.expect(",", at, "'}' or ','"))
            if self.text[at : at + 1] != '"':
                raise self.error("a key in double quotes was expected", at)
            key = self.string(at)
            if key.text in seen:
                line, _ = position(self.text, seen[key.text])
                raise InputError(
                    f"the key {key.text!r} is there twice, first in line {line}; remove or rename one of them",
                    *position(self.text, at),
                )
            seen[key.text] = at
            head = self.expect(":", self.skip(key.end), "':'")
            value = self.value(self.skip(head))
            entries.append(Entry(key.start, key, head, value))
            at = self.skip(value.end)
        return Mapping(start, at + 1, start, Style.FLOW, tuple(entries))

    def sequence(self, start: int) -> Sequence:
        items: list[Item] = []
        at = self.skip(start + 1)
        while self.text[at : at + 1] != "]":
            if items:
                at = self.skip(self.expect(",", at, "']' or ','"))
            value = self.value(at)
            items.append(Item(value.start, value.start, value))
            at = self.skip(value.end)
        return Sequence(start, at + 1, start, Style.FLOW, tuple(items))

    def expect(self, char: str, at: int, what: str) -> int:
        if self.text[at : at + 1] != char:
            raise self.error(f"{what} was expected", at)
        return at + 1

    def error(self, reason: str, at: int) -> JsonError:
        """The error of what stands at an offset, where something else was expected."""
        found = self.text[at : at + 2]
        if not found:
            reason = "the text ends too early"
        elif found in ("//", "/*") or found[0] == "#":
            reason = "a comment, which JSON does not have"
        elif found[0] == "'":
            reason = "single quotes, where JSON takes double quotes only"
        elif found[0] in "]}" and self.text[:at].rstrip().endswith(","):
            reason = f"a comma stands before '{found[0]}'"
        return JsonError(reason, at)
