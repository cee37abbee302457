"""The new text in the making, and how a block scalar is kept from what comes to stand below it."""

from __future__ import annotations

import re

from msgspec import Struct

from fixer.syntax.nodes import Scalar, block_column

_KEEPS = re.compile(r"[|>]\d?\+")
_BREAK = re.compile(r"[\r\n]")
_NO_TEXT = re.compile(r"([ \t]*)(?:(#[^\r\n]*)(\r\n|\n|\r|\Z)|(\r\n|\n|\r))")


class Guard(Struct, frozen=True):
    """What a block scalar would take for its own: comments from ``column`` on, blanks beyond it, and with ``keeps``
    blank lines.
    """

    column: int
    keeps: bool = False


def guard_of(text: str, block: Scalar) -> Guard:
    """The guard of a block scalar that is in a text already."""
    body = _BREAK.search(text, block.content, block.end)
    column = block_column(text, body.start() if body else block.end, block.end, block.text)
    return Guard(column, _KEEPS.match(text, block.content) is not None)


class Pieces:
    """Takes the pieces of the new text one by one. ``guard``: that of the block scalar which has just ended."""

    def __init__(self, indent: int) -> None:
        self.pieces: list[str] = []
        self.indent = indent
        self.ends_line = True
        self.guard: Guard | None = None

    def write(self, text: str, last: bool = False) -> None:
        if self.guard is not None:
            text = self._guarded(text, self.guard, last)
        if text:
            self.pieces.append(text)
            self.ends_line = text[-1] in "\r\n\ufeff"

    def _guarded(self, text: str, guard: Guard, last: bool) -> str:
        """The text with its leading blank lines cut and its leading comments moved left where they have to be."""
        lines: list[str] = []
        at, commented = 0, False
        while found := _NO_TEXT.match(text, at):
            blanks, comment, newline = found[1], found[2], found[3] or found[4] or ""
            if comment is None and commented:
                break
            if comment is not None and len(blanks) < guard.column:
                break
            if comment is not None:
                lines.append(" " * max(guard.column - self.indent, 0) + comment + newline)
                commented = True
            elif not guard.keeps:
                lines.append((blanks if len(blanks) <= guard.column else "") + newline)
            at = found.end()
        rest = text[at:]
        if rest or commented:
            self.guard = None
        return "".join(lines) + (rest if not last or rest.strip(" ") or len(rest) <= guard.column else "")
