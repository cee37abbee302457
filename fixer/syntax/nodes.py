"""The tree of a template's text: what stands where, and in which style.

Offsets are code points of the decoded text. A node's ``start`` includes its tag and anchor, ``content`` does not;
``end`` is the offset after its last character, never after the blank lines and comments that follow it.

Nobody changes a node. That the classes are not frozen saves a tenth of the time of parsing.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from fixer.model import Path, Value

_LONG = re.compile(r"Ref\Z|Fn::\w+\Z")


class Style(Enum):
    """How a node is written."""

    BLOCK = "block"
    FLOW = "flow"
    PLAIN = ""
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"

    __hash__ = object.__hash__  # Enum's own is written in Python, and styles are counted by the thousand


class Scalar(Struct):
    """A scalar; ``value`` is its plain data as YAML 1.1 resolves it."""

    start: int
    end: int
    content: int
    style: Style
    value: Value
    text: str
    """The scalar's own characters, before they are resolved: ``"08"`` for ``08``."""
    anchor: str | None = None


class Alias(Struct):
    """A use of an anchor, ``*name``."""

    start: int
    end: int
    target: Node


class Entry(Struct):
    """A key and its value. ``start`` is where the key begins, or the ``?`` before it; ``head`` is after the colon, or
    after the key.
    """

    start: int
    key: Scalar
    head: int
    value: Node

    @property
    def end(self) -> int:
        return max(self.head, self.value.end)


class Item(Struct):
    """An item of a sequence. ``start`` is where its dash or its value begins; ``head`` is after the dash."""

    start: int
    head: int
    value: Node

    @property
    def end(self) -> int:
        return max(self.head, self.value.end)


class Mapping(Struct):
    start: int
    end: int
    content: int
    style: Style
    entries: tuple[Entry, ...]
    anchor: str | None = None


class Sequence(Struct):
    start: int
    end: int
    content: int
    style: Style
    items: tuple[Item, ...]
    anchor: str | None = None


class Intrinsic(Struct):
    """A function in its short form, ``!Sub text``. Its data is a mapping of one entry: ``name`` (``Fn::Sub``) to the
    argument.
    """

    start: int
    end: int
    content: int
    name: str
    argument: Node
    anchor: str | None = None

    @property
    def style(self) -> Style:
        return Style.PLAIN if isinstance(self.argument, Alias) else self.argument.style


Node: TypeAlias = "Scalar | Mapping | Sequence | Intrinsic | Alias"
Leaf: TypeAlias = "Scalar | Alias"
Part: TypeAlias = "Entry | Item"

MERGE = "<<"
_WORD = re.compile(r"[^ \r\n]")
MOST_LEVELS = 150
"""Collections within each other; every walk over a tree is recursive. No real template has 30."""


def key_of(entry: Entry) -> str:
    """The entry's key as it stands in the plain data: a string, except for keys such as ``1`` and ``yes``."""
    value: str = entry.key.value
    return value


def is_merge(entry: Entry) -> bool:
    return is_merge_key(entry.key)


def is_merge_key(key: Scalar) -> bool:
    return key.text == MERGE and key.style is Style.PLAIN


def is_long_call(node: Node) -> bool:
    """Whether a node calls a function by its long name, as the only key of a mapping."""
    return isinstance(node, Mapping) and len(node.entries) == 1 and bool(_LONG.match(node.entries[0].key.text))


def plain(node: Node) -> Value:
    """The long-form plain data of a node."""
    match node:
        case Scalar():
            return node.value
        case Mapping():
            own = {entry.key.value: plain(entry.value) for entry in node.entries}
            return own if MERGE not in own else _merged(node)
        case Sequence():
            return [plain(item.value) for item in node.items]
        case Intrinsic():
            return {node.name: argument_of(node)}
    return plain(node.target)


def _merged(node: Mapping) -> dict[str, Value]:
    """The data of a mapping with all that its merge keys bring in, which its own entries go before."""
    merged: dict[str, Value] = {}
    own: dict[str, Value] = {}
    for entry in node.entries:
        if is_merge(entry):
            sources = plain(entry.value)
            for source in reversed(sources if isinstance(sources, list) else [sources]):
                if isinstance(source, dict):
                    merged.update(source)
        else:
            own[key_of(entry)] = plain(entry.value)
    return {**merged, **own}


def argument_of(node: Intrinsic) -> Value:
    """The argument's plain data; the text after ``!GetAtt`` is split into logical id and attribute."""
    argument = plain(node.argument)
    if node.name == "Fn::GetAtt" and isinstance(argument, str):
        return argument.split(".", 1)
    return argument


def child(node: Node, key: str | int) -> Node | None:
    """The node under one step of a path, or None. Merge keys and aliases are looked through."""
    match node:
        case Alias():
            return child(node.target, key)
        case Intrinsic():
            return node.argument if key == node.name else None
        case Sequence():
            return node.items[key].value if isinstance(key, int) and 0 <= key < len(node.items) else None
        case Mapping():
            entry = entry_of(node, key)
            if entry is not None:
                return entry.value
            for merge in node.entries:
                if is_merge(merge):
                    found = _merged_child(merge.value, key)
                    if found is not None:
                        return found
    return None


def _merged_child(node: Node, key: str | int) -> Node | None:
    node = node.target if isinstance(node, Alias) else node
    if isinstance(node, Sequence):
        return next((found for item in node.items if (found := _merged_child(item.value, key)) is not None), None)
    return child(node, key)


def entry_of(node: Mapping, key: str | int) -> Entry | None:
    """The mapping's own entry of that key; merged ones do not count."""
    return next((e for e in node.entries if key_of(e) == key and not is_merge(e)), None)


def find(node: Node, path: Path) -> Node | None:
    """The node at a path below ``node``, or None."""
    for key in path:
        found = child(node, key)
        if found is None:
            return None
        node = found
    return node


def block_column(text: str, start: int, end: int, value: str) -> int:
    """The column of the text of a block scalar whose lines, behind its header, stand from ``start`` on; 1 if it has
    none.
    """
    first, own = _WORD.search(text, start, end), _WORD.search(value)
    if first is None or own is None:
        return 1
    begin = max(text.rfind("\n", 0, first.start()), text.rfind("\r", 0, first.start())) + 1
    return first.start() - begin - (own.start() - value.rfind("\n", 0, own.start()) - 1)


def parts(node: Node) -> tuple[Part, ...]:
    """The entries or items of a collection; none for anything else."""
    match node:
        case Mapping():
            return node.entries
        case Sequence():
            return node.items
    return ()
