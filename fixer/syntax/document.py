"""A parsed template: its text, its tree, and what can be asked of both together."""

from __future__ import annotations

import re
from functools import cached_property

from fixer.model import Path, Span, Value
from fixer.syntax.nodes import Alias, Mapping, Scalar, Style, child, find, leaves, plain
from fixer.syntax.source import Lines

_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n\x85\u2028\u2029\ufeff]))#[^\r\n\x85\u2028\u2029]*")


class Document:
    """One template. Nothing of it ever changes; what is derived from it is computed when first asked for."""

    def __init__(self, text: str, form: str, root: Mapping) -> None:
        self.text = text
        self.format = form
        """``"yaml"`` or ``"json"``."""
        self.root = root

    @cached_property
    def data(self) -> dict[str, Value]:
        """The long-form plain data."""
        data: dict[str, Value] = plain(self.root)
        return data

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def leaves(self) -> list[Scalar | Alias]:
        """Every scalar and alias, keys included, in the order of the text."""
        return leaves(self.root)

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """Every comment, from its ``#`` to the end of its line."""
        if self.format == "json":
            return ()
        found: list[Span] = []
        at = 0
        for leaf in self.leaves:
            self._comments_between(at, leaf.start, found)
            at = leaf.end
            if isinstance(leaf, Scalar) and leaf.style in (Style.LITERAL, Style.FOLDED):
                self._comments_between(leaf.content, self.lines.end(leaf.content), found)
        self._comments_between(at, len(self.text), found)
        return tuple(found)

    def _comments_between(self, start: int, end: int, found: list[Span]) -> None:
        if self.text.find("#", start, end) >= 0:
            found.extend(Span(match.start(), match.end()) for match in _COMMENT.finditer(self.text, start, end))

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
        while path:
            parent = find(self.root, path[:-1])
            node = child(parent, path[-1]) if parent is not None else None
            if node is not None and parent is not None:
                start = node.start
                if isinstance(parent, Mapping):
                    start = next((e.key.start for e in parent.entries if e.value is node), start)
                return Span(start, max(start, node.end))
            path = path[:-1]
        return Span(self.root.start, self.root.start)

    def position(self, path: Path) -> tuple[int, int]:
        """Line and column of a path, from 1."""
        return self.lines.position(self.span(path).start)
