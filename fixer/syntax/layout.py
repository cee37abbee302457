"""How the author writes: indentation, quotes, intrinsics, blank lines. Measured once from the tree, by majority."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct

from fixer.syntax.document import Document
from fixer.syntax.nodes import Alias, Intrinsic, Mapping, Node, Part, Scalar, Sequence, Style, is_long_call, parts

_T = TypeVar("_T")
_NON_BLANK = re.compile(r"\S")
_ONE_LINE = (Style.PLAIN, Style.SINGLE, Style.DOUBLE)


class Layout(Struct, frozen=True):
    """The author's habits. Widths are in columns; ``blank_lines`` is by depth of the entries, 0 for sections."""

    indent: int = 2
    sequence_offset: int = 2
    """How far the dash of a block sequence stands in from its key."""
    dash: int = 2
    """From a dash to what follows it."""
    short: bool = True
    """Intrinsics in short form."""
    flow_calls: bool = False
    """Those in long form as flow mappings: ``{"Ref": "Id"}``."""
    quote: Style = Style.DOUBLE
    """For strings that need quotes."""
    key_quote: Style = Style.PLAIN
    """Of keys in block style."""
    flow_indent: int = 2
    """Of what stands on lines of its own in a flow collection, from the line of its bracket."""
    quote_strings: bool = False
    """Whether strings that need no quotes have them all the same."""
    call_quotes: dict[str, Style] = {}
    """Of the text that a function takes, by its long name: ``Fn::Sub``; PLAIN: none, if it needs none."""
    known: dict[str, Style] = {}
    """The quotes of strings that the author has written already."""
    blocks: bool = True
    """Whether texts of several lines are written as literal blocks."""
    flat_items: bool = False
    """Whether items that are small mappings stand on one line each, in braces."""
    blank_lines: tuple[int, ...] = ()
    braces: str = ""
    """Blanks inside the braces of a mapping on one line."""
    brackets: str = ""
    json_indent: str = "  "
    json_colon: str = ": "
    json_comma: str = ", "
    """Between entries that share a line."""
    json_short: bool = False
    """Whether a function's call and a list of scalars stand on one line."""


def measure(document: Document) -> Layout:
    """The layout of a document; the defaults where it shows no habit."""
    return _json(document) if document.format == "json" else _Survey(document).layout()


def _json(document: Document) -> Layout:
    text = document.text
    indents: Counter[str] = Counter()
    colons: Counter[str] = Counter()
    commas: Counter[str] = Counter()
    short: Counter[bool] = Counter()
    flat: Counter[bool] = Counter()
    inner: dict[type[Node], Counter[str]] = {Mapping: Counter(), Sequence: Counter()}
    stack: list[Node] = [document.root]
    while stack:
        node = stack.pop()
        count_inner(text, node, inner)
        if _is_small(node):
            short[_on_one_line(document, node)] += 1
        if isinstance(node, Sequence):
            flat.update(_on_one_line(document, item.value) for item in node.items if _is_record(item.value))
        for number, part in enumerate(parts(node)):
            if number == 0:
                own, parent = _margin(document, part.start), _margin(document, node.start)
                if own is not None and parent is not None and own.startswith(parent) and own != parent:
                    indents[own[len(parent) :]] += 1
            else:
                gap = text[parts(node)[number - 1].end : part.start]
                if "\n" not in gap and "\r" not in gap:
                    commas[gap] += 1
            if isinstance(node, Mapping):
                colon = text[node.entries[number].key.end : part.value.start]
                if "\n" not in colon and "\r" not in colon:
                    colons[colon] += 1
            stack.append(part.value)
    colon = colons.most_common(1)[0][0] if colons else ": "
    default = ", " if colon.endswith(" ") or not commas else ","
    return Layout(
        braces=_mode(inner[Mapping], ""),
        brackets=_mode(inner[Sequence], ""),
        json_indent=indents.most_common(1)[0][0] if indents else "  ",
        json_colon=colon,
        json_comma=commas.most_common(1)[0][0] if commas else default,
        json_short=short[True] > short[False],
        flat_items=flat[True] > flat[False],
        short=False,
    )


def count_inner(text: str, node: Node, counters: dict[type[Node], Counter[str]]) -> None:
    """Count the blanks that stand inside the braces or brackets of a flow collection that begins on their line."""
    if isinstance(node, Mapping | Sequence) and node.style is Style.FLOW and parts(node):
        blank = text[node.content + 1 : parts(node)[0].start]
        if not blank.strip(" "):
            counters[type(node)][blank] += 1


def _is_small(node: Node) -> bool:
    """Whether a collection is one that some write on one line: a single entry, or items, that are scalars."""
    inner = parts(node)
    return 0 < len(inner) <= (1 if isinstance(node, Mapping) else 4) and all(isinstance(p.value, Scalar) for p in inner)


def _is_record(node: Node) -> bool:
    """Whether a node is a mapping of a few scalars and calls of functions, such as a tag."""
    values = [part.value for part in parts(node)]
    simple = all(isinstance(value, Scalar | Intrinsic) or is_long_call(value) for value in values)
    return isinstance(node, Mapping) and 2 <= len(values) <= 4 and simple


def _on_one_line(document: Document, node: Node) -> bool:
    return document.lines.number(node.start) == document.lines.number(node.end)


def _margin(document: Document, offset: int) -> str | None:
    """The blanks that begin the line of an offset; None if its line begins the text's only line."""
    start = document.lines.start(offset)
    found = _NON_BLANK.search(document.text, start)
    return document.text[start : found.start()] if found else None


class _Survey:
    """One walk over a YAML tree that counts habits."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.indents: Counter[int] = Counter()
        self.offsets: Counter[int] = Counter()
        self.dashes: Counter[int] = Counter()
        self.short: Counter[bool] = Counter()
        self.flow_calls: Counter[bool] = Counter()
        self.flat: Counter[bool] = Counter()
        self.quotes: Counter[Style] = Counter()
        self.strings: Counter[bool] = Counter()
        self.keys: Counter[Style] = Counter()
        self.flow_indents: Counter[int] = Counter()
        self.calls: dict[str, Counter[Style]] = {}
        self.known: Counter[tuple[str, Style]] = Counter()
        self.blanks: dict[int, Counter[int]] = {}
        self.inner: dict[type[Node], Counter[str]] = {Mapping: Counter(), Sequence: Counter()}

    def layout(self) -> Layout:
        self.visit(self.document.root, 0)
        depth = max(self.blanks, default=-1)
        return Layout(
            indent=_mode(self.indents, _mode(self.dashes, 2)),
            sequence_offset=_mode(self.offsets, _mode(self.indents, 2)),
            dash=_mode(self.dashes, 2),
            braces=_mode(self.inner[Mapping], ""),
            brackets=_mode(self.inner[Sequence], ""),
            short=_mode(self.short, True),
            flow_calls=self.flow_calls[True] > self.flow_calls[False],
            flat_items=self.flat[True] > self.flat[False],
            quote=_mode(self.quotes, _mode(self.other_quotes(), Style.DOUBLE)),
            key_quote=_mode(self.keys, Style.PLAIN),
            flow_indent=_mode(self.flow_indents, _mode(self.indents, 2)),
            quote_strings=self.strings[True] > 2 * self.strings[False],
            call_quotes={name: _mode(styles, Style.PLAIN) for name, styles in self.calls.items()},
            known=dict(pair for pair, _ in reversed(self.known.most_common())),
            blank_lines=tuple(_mode(self.blanks.get(d, Counter()), 0) for d in range(depth + 1)),
        )

    def visit(self, node: Node, depth: int) -> None:
        match node:
            case Scalar():
                self.count_string(node)
            case Mapping():
                self.count_collection(node)
                self.count_entries(node, depth)
            case Sequence():
                self.count_collection(node)
                block = node.style is Style.BLOCK
                for item in node.items:
                    if block and item.value.start > item.head:
                        self.dashes[item.value.start - item.start] += 1
                    self.visit(item.value, depth + 1)
            case Intrinsic():
                self.short[True] += 1
                if isinstance(node.argument, Scalar):
                    self.count_call(node.name, node.argument)
                else:
                    self.visit(node.argument, depth + 1)
            case Alias():
                pass

    def count_string(self, node: Scalar) -> None:
        if node.value and isinstance(node.value, str) and node.style in _ONE_LINE:
            quoted = node.style is not Style.PLAIN
            self.strings[quoted] += 1
            self.known[node.value, node.style] += 1
            if quoted:
                self.quotes[node.style] += 1

    def count_collection(self, node: Mapping | Sequence) -> None:
        if node.style is Style.FLOW:
            count_inner(self.document.text, node, self.inner)
            self.count_flow_indent(node)
            return
        for part in parts(node):
            if isinstance(part.value, Mapping) and is_long_call(part.value):
                self.flow_calls[part.value.style is Style.FLOW] += 1
        if isinstance(node, Sequence):
            records = [item.value for item in node.items if _is_record(item.value)]
            self.flat.update(isinstance(item, Mapping) and item.style is Style.FLOW for item in records)

    def count_entries(self, node: Mapping, depth: int) -> None:
        block, call = node.style is Style.BLOCK, is_long_call(node)
        if block:
            self.count_blanks(node, depth)
        for entry in node.entries:
            if block and entry.key.style in _ONE_LINE:
                self.keys[entry.key.style] += 1
            if call:
                # The short form of a transform is none of this: it gives a value, and takes no entries along.
                self.short[False] += entry.key.text != "Fn::Transform"
                if isinstance(entry.value, Scalar):
                    self.count_call(entry.key.text, entry.value)
                    continue
            if block:
                self.count_indent(node, entry.value)
            self.visit(entry.value, depth + 1)

    def count_call(self, name: str, text: Scalar) -> None:
        if text.style in _ONE_LINE:
            self.calls.setdefault(name, Counter())[text.style] += 1

    def other_quotes(self) -> Counter[Style]:
        """The quotes around keys and the texts of functions."""
        styles = sum(self.calls.values(), Counter(self.keys))
        return Counter({style: count for style, count in styles.items() if style is not Style.PLAIN})

    def count_indent(self, parent: Mapping, value: Node) -> None:
        """Count how far a block collection stands in from its key."""
        if not isinstance(value, Mapping | Sequence) or value.style is not Style.BLOCK or not parts(value):
            return
        column, own = self.column(parts(value)[0]), self.column(parent.entries[0])
        (self.indents if isinstance(value, Mapping) else self.offsets)[column - own] += 1

    def column(self, part: Part) -> int:
        return self.document.lines.position(part.start)[1]

    def count_flow_indent(self, node: Mapping | Sequence) -> None:
        if parts(node):
            own, parent = _margin(self.document, parts(node)[0].start), _margin(self.document, node.start)
            if own is not None and parent is not None and len(own) > len(parent):
                self.flow_indents[len(own) - len(parent)] += 1

    def count_blanks(self, node: Mapping, depth: int) -> None:
        counter = self.blanks.setdefault(depth, Counter())
        counter.update(gaps(self.document, node.entries))


def gaps(document: Document, siblings: tuple[Part, ...]) -> list[int]:
    """How many blank lines stand between siblings, one figure a gap. Gaps behind one-liners count only if there are no
    others, and those between two one-liners only then again.
    """
    if len(siblings) < 2:
        return []
    number = document.lines.number
    pairs = list(pairwise((number(part.start), number(part.end)) for part in siblings))
    long = [pair for pair in pairs if pair[0][0] != pair[0][1]]
    before_long = [] if long else [pair for pair in pairs if pair[1][0] != pair[1][1]]
    return [_blank_lines(document, one[1], other[0]) for one, other in long or before_long or pairs]


def _blank_lines(document: Document, one: int, other: int) -> int:
    """How many of the lines between two, given by their numbers, are blank."""
    starts = document.lines.starts
    return sum(1 for n in range(one + 1, other) if not document.text[starts[n] : starts[n + 1]].strip())


def _mode(counter: Counter[_T], default: _T) -> _T:
    return counter.most_common(1)[0][0] if counter else default
