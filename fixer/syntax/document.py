"""A parsed template: its text, its tree, and what can be asked of both together."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from fixer.model import Path, Span, Value
from fixer.syntax.nodes import Alias, Entry, Leaf, Mapping, Node, Scalar, Style, child, is_merge, key_of, plain
from fixer.syntax.source import Lines

_COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")
_BLANK = " \t\r\n\x85\u2028\u2029\ufeff"


class Document:
    """One template. Nothing of it ever changes; what is derived from it is computed when first asked for."""

    def __init__(self, text: str, form: str, root: Mapping, leaves: list[Leaf]) -> None:
        self.text = text
        self.format = form
        """``"yaml"`` or ``"json"``."""
        self.root = root
        self.leaves = leaves
        """Every scalar and alias, keys included, in the order of the text."""
        self._indexes: dict[int, dict[str | int, Entry]] = {}

    @cached_property
    def data(self) -> dict[str, Value]:
        """The long-form plain data."""
        data: dict[str, Value] = plain(self.root)
        return data

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """Every comment, from its ``#`` to the end of its line."""
        if self.format == "json":
            return ()
        starts = [leaf.start for leaf in self.leaves]
        found: list[Span] = []
        at = self.text.find("#")
        while at >= 0:
            end = at + 1
            before = bisect_right(starts, at) - 1
            leaf = self.leaves[before] if before >= 0 else None
            if leaf is not None and at < leaf.end and not self._is_head(leaf, at):
                end = leaf.end
            elif at == 0 or self.text[at - 1] in _BLANK:
                comment = _COMMENT.match(self.text, at)
                assert comment is not None
                end = comment.end()
                found.append(Span(at, end))
            at = self.text.find("#", end)
        return tuple(found)

    def _is_head(self, leaf: Leaf, offset: int) -> bool:
        """Whether an offset is on the line on which a block scalar begins, before its text."""
        is_block = isinstance(leaf, Scalar) and leaf.style in (Style.LITERAL, Style.FOLDED)
        return is_block and leaf.start <= offset < self.lines.end(leaf.start)

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Every use of an anchor, in the order of the text."""
        return tuple(leaf for leaf in self.leaves if isinstance(leaf, Alias)) if "*" in self.text else ()

    @cached_property
    def aliased(self) -> frozenset[int]:
        """Where the values begin that are used by an alias."""
        return frozenset(alias.target.start for alias in self.aliases)

    def span(self, path: Path) -> Span:
        """The place of a path: its key and value, or those of the nearest parent that is there."""
        node: Node = self.root
        span = Span(node.start, node.start)
        for key in path:
            entry = self._entries(node).get(key) if isinstance(node, Mapping) else None
            below = child(node, key) if entry is None else entry.value
            if below is None:
                break
            start = below.start if entry is None else entry.key.start
            span = Span(start, max(start, below.end))
            node = below
        return span

    def _entries(self, mapping: Mapping) -> dict[str | int, Entry]:
        """The entries of a mapping by their keys, for one lookup after the other."""
        index = self._indexes.get(mapping.start)
        if index is None:
            index = {key_of(entry): entry for entry in mapping.entries if not is_merge(entry)}
            self._indexes[mapping.start] = index
        return index

    def position(self, path: Path) -> tuple[int, int]:
        """Line and column of a path, from 1."""
        return self.lines.position(self.span(path).start)
