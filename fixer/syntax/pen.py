"""Collects text edits against one document and writes the new text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from fixer.model import EditRefused, Span
from fixer.syntax.document import Document
from fixer.syntax.layout import Layout
from fixer.syntax.nodes import Scalar, Style
from fixer.syntax.pieces import Guard, Pieces, guard_of

_BLOCKS = (Style.LITERAL, Style.FOLDED)


class Edit(Struct, frozen=True):
    """Replace the text of a half-open range. ``whole_lines``: it is lines of its own, whatever stands before it."""

    start: int
    end: int
    text: str
    whole_lines: bool = False
    guard: Guard | None = None
    """Of the block scalar that ends it."""


class Pen:
    """Edits are noted in the order of the text; at one offset, what was noted first is written first."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document = document
        self.text = document.text
        self.lines = document.lines
        self.layout = layout
        self.edits: list[Edit] = []
        self._commented: set[tuple[int, str]] = set()
        self._behind_all = False

    @contextmanager
    def in_long_form(self) -> Iterator[None]:
        """What is written meanwhile calls functions by their long names."""
        layout, self.layout = self.layout, replace(self.layout, short=False)
        try:
            yield
        finally:
            self.layout = layout

    @property
    def is_json(self) -> bool:
        return self.document.format == "json"

    def replace(self, start: int, end: int, text: str, guard: Guard | None = None) -> None:
        self.edits.append(Edit(start, end, text, guard=guard))

    def add_lines(self, offset: int, lines: Iterable[str], guard: Guard | None = None) -> None:
        """Insert whole lines where a line begins, or at the end of the text."""
        newline = self.lines.newline(max(offset - 1, 0))
        text = "".join(line + newline for line in lines)
        self.edits.append(Edit(offset, offset, text, True, guard))
        self._behind_all |= offset == len(self.text)

    def cut_lines(self, start: int, end: int, keep: Iterable[str] = ()) -> None:
        """Remove whole lines, but for the lines to ``keep``."""
        newline = self.lines.newline(start)
        self.edits.append(Edit(start, end, "".join(line + newline for line in keep)))

    def column(self, offset: int) -> int:
        """The column of an offset, from 0."""
        return offset - self.lines.start(offset)

    def starts_line(self, offset: int) -> bool:
        """Whether only blanks stand before an offset on its line."""
        return not self.text[self.lines.start(offset) : offset].strip(" \t")

    def comments(self, start: int, end: int) -> list[str]:
        """The comments that begin in a range."""
        spans = self.document.comments
        found = slice(bisect_left(spans, start, key=_start), bisect_left(spans, end, key=_start))
        return [self.text[c.start : c.end] for c in spans[found]]

    def comment_lines(self, start: int, end: int, column: int) -> list[str]:
        """The same as lines: those that have a line of their own stand where they stood, others at ``column``."""
        spans = self.document.comments
        found = spans[bisect_left(spans, start, key=_start) : bisect_left(spans, end, key=_start)]
        heads = [self.lines.start(c.start) if self.starts_line(c.start) else c.start for c in found]
        margins = ["" if head < c.start else " " * column for head, c in zip(heads, found, strict=True)]
        return [margin + self.text[head : c.end] for margin, head, c in zip(margins, heads, found, strict=True)]

    def margin(self, line: int) -> int:
        """How many blanks begin the line that begins at ``line``."""
        content = self.text[line : self.lines.end(line)]
        return len(content) - len(content.lstrip())

    def is_blank_line(self, line: int) -> bool:
        return not self.text[line : self.lines.end(line)].strip()

    def is_comment_line(self, line: int) -> bool:
        """Whether the line that begins at ``line`` is a comment of its own. Text of a block scalar never is."""
        content = self.text[line : self.lines.end(line)].lstrip()
        return content.startswith("#") and [content] == self.comments(line, self.lines.end(line))

    def comment_above(self, offset: int, comments: Iterable[str]) -> None:
        """Write comments above the entry that begins at an offset; those that are there already are left out."""
        if self.is_json:
            return
        above = self.lines_above(offset)
        fresh = [f"# {text}".rstrip() for text in comments]
        fresh = [c for c in fresh if c not in above and (offset, c) not in self._commented]
        self._commented.update((offset, c) for c in fresh)
        self.keep_above(offset, fresh)

    def keep_above(self, offset: int, comments: list[str]) -> None:
        """Write comments, as they are, above the entry that begins at an offset."""
        margin = " " * self.column(offset)
        if self.starts_line(offset):
            self.add_lines(self.lines.start(offset), [margin + c for c in comments])
        else:
            newline = self.lines.newline(offset)
            self.replace(offset, offset, "".join(c + newline + margin for c in comments))

    def lines_above(self, offset: int) -> list[str]:
        """The comments directly above the entry that begins at an offset."""
        found: list[str] = []
        line = self.top(offset)
        while line < self.lines.start(offset):
            found.append(self.text[line : self.lines.end(line)].strip())
            line = self.lines.next(line)
        return found

    def top(self, offset: int) -> int:
        """Where the entry's lines begin, with the comments directly above it that stand as far in as it does."""
        line = self.lines.start(offset)
        column = self.column(offset)
        while line > self.lines.starts[0]:
            previous = self.lines.start(line - 1)
            if self.margin(previous) != column or not self.is_comment_line(previous):
                break
            line = previous
        return line

    def result(self) -> str:
        """The new text. Raises EditRefused if two edits overlap that do not only remove, or an anchor would be lost."""
        goes = self._goes()
        self._refuse_lost_anchors(goes)
        guards = self._guards(goes)
        new = Pieces(self.layout.indent)
        at = 0
        wrote = False
        for edit in sorted([*self.edits, *self._stripped(goes)], key=lambda e: (e.start, e.end)):
            if edit.start < at:
                if edit.text or wrote:
                    raise EditRefused("two edits overlap")
                at = max(at, edit.end)
                continue
            wrote = bool(edit.text)
            new.write(self.text[at : edit.start])
            new.guard = guards.get(edit.start, new.guard)
            if edit.text and edit.whole_lines and not new.ends_line:
                new.write(self.lines.newline(edit.start))
            new.write(edit.text)
            new.guard = edit.guard or new.guard
            at = edit.end
        new.write(self.text[at:], last=True)
        return "".join(new.pieces)

    def _guards(self, goes: Callable[[int], bool]) -> dict[int, Guard]:
        """The guards of the block scalars that stay, by the offsets of edits that may change what stands below them."""
        starts = sorted({edit.start for edit in self.edits})
        ends_in_break = self.text.endswith(("\r", "\n"))
        found: dict[int, Guard] = {}
        for leaf in self.document.leaves:
            if isinstance(leaf, Scalar) and leaf.style in _BLOCKS and (leaf.end < len(self.text) or ends_in_break):
                below = end = self.lines.next(self.lines.before_break(leaf.end))
                while end < len(self.text) and self.is_blank_line(end):
                    end = self.lines.next(end)
                edited = starts[bisect_left(starts, below) : bisect_right(starts, end)]
                if edited and not goes(leaf.content):
                    found.update(dict.fromkeys(edited, guard_of(self.text, leaf)))
        return found

    def _goes(self) -> Callable[[int], bool]:
        """Whether what stands at an offset is replaced."""
        gone = sorted((edit.start, edit.end) for edit in self.edits if edit.start < edit.end)

        def goes(offset: int) -> bool:
            at = bisect_right(gone, (offset, len(self.text)))
            return at > 0 and offset < gone[at - 1][1]

        return goes

    def _refuse_lost_anchors(self, goes: Callable[[int], bool]) -> None:
        for alias in self.document.aliases:
            if goes(alias.target.start) and not goes(alias.start):
                name = self.text[alias.start : alias.end]
                raise EditRefused(f"the value holds an anchor that is used elsewhere ({name})")

    def _stripped(self, goes: Callable[[int], bool]) -> list[Edit]:
        """A block scalar that ends the text without a line break must not get one by what is written behind it."""
        if not self._behind_all or self.text[-1:] in "\r\n":
            return []
        last = self.document.leaves[-1]
        if not isinstance(last, Scalar) or last.end < len(self.text) or goes(last.content):
            return []
        header = re.compile(r"[|>]\d?([-+]?)").match(self.text, last.content)
        return [Edit(header.start(1), header.end(1), "-")] if header is not None and header[1] != "-" else []


def _start(span: Span) -> int:
    return span.start
