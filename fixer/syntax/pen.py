"""Collects text edits against one document and writes the new text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fixer.model import EditRefused
from fixer.syntax.document import Document
from fixer.syntax.layout import Layout, measure


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of a half-open range. ``whole_lines``: the text is lines of its own, whatever stands before it."""

    start: int
    end: int
    text: str
    whole_lines: bool = False


class Pen:
    """Edits are noted in the order of the text; at one offset, what was noted first is written first."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.lines = document.lines
        self.layout: Layout = measure(document)
        self.edits: list[Edit] = []
        self._commented: set[tuple[int, str]] = set()

    @property
    def is_json(self) -> bool:
        return self.document.format == "json"

    def replace(self, start: int, end: int, text: str) -> None:
        self.edits.append(Edit(start, end, text))

    def add_lines(self, offset: int, lines: Iterable[str]) -> None:
        """Insert whole lines where a line begins, or at the end of the text."""
        newline = self.lines.newline(max(offset - 1, 0))
        text = "".join(line + newline for line in lines)
        self.edits.append(Edit(offset, offset, text, whole_lines=True))

    def cut_lines(self, start: int, end: int, keep: Iterable[str] = ()) -> None:
        """Remove whole lines, but for the lines to ``keep``."""
        newline = self.lines.newline(start)
        self.edits.append(Edit(start, end, "".join(line + newline for line in keep)))

    def column(self, offset: int) -> int:
        """The column of an offset, from 0."""
        start = self.lines.start(offset)
        return offset - start - (1 if self.text.startswith("\ufeff") and start == 0 else 0)

    def starts_line(self, offset: int) -> bool:
        """Whether only blanks stand before an offset on its line."""
        return not self.text[self.lines.start(offset) : offset].strip(" \t\ufeff")

    def comments(self, start: int, end: int) -> list[str]:
        """The comments that begin in a range."""
        return [self.text[c.start : c.end] for c in self.document.comments if start <= c.start < end]

    def is_comment_line(self, line: int) -> bool:
        """Whether the line that begins at ``line`` is a comment of its own. Text of a block scalar never is."""
        begin = line + len(self.text[line : self.lines.end(line)]) - len(self.text[line : self.lines.end(line)].lstrip())
        return begin < len(self.text) and self.text[begin] == "#" and any(c.start == begin for c in self.document.comments)

    def comment_above(self, offset: int, comments: Iterable[str]) -> None:
        """Write comments above the entry that begins at an offset; those that are there already are left out."""
        if self.is_json:
            return
        above = self.lines_above(offset)
        fresh = [f"# {text}".rstrip() for text in comments]
        fresh = [c for c in fresh if c not in above and (offset, c) not in self._commented]
        self._commented.update((offset, c) for c in fresh)
        if not fresh:
            return
        margin = " " * self.column(offset)
        if self.starts_line(offset):
            self.add_lines(self.lines.start(offset), [margin + c for c in fresh])
        else:
            newline = self.lines.newline(offset)
            self.replace(offset, offset, "".join(c + newline + margin for c in fresh))

    def lines_above(self, offset: int) -> list[str]:
        """The comments directly above the entry that begins at an offset."""
        found: list[str] = []
        line = self.top(offset)
        while line < self.lines.start(offset):
            found.append(self.text[line : self.lines.end(line)].strip())
            line = self.lines.next(line)
        return found

    def top(self, offset: int) -> int:
        """Where the entry's lines begin, together with the comments directly above it that stand as far in as it does."""
        line = self.lines.start(offset)
        column = self.column(offset)
        while line > 0:
            previous = self.lines.start(line - 1)
            content = self.text[previous : self.lines.end(previous)]
            if len(content) - len(content.lstrip()) != column or not self.is_comment_line(previous):
                break
            line = previous
        return line

    def result(self) -> str:
        """The new text. Raises EditRefused if two edits overlap."""
        out: list[str] = []
        at = 0
        ends_line = True
        for edit in sorted(self.edits, key=lambda e: (e.start, e.end)):
            if edit.start < at:
                raise EditRefused("two edits overlap")
            piece = self.text[at : edit.start]
            if piece:
                out.append(piece)
                ends_line = piece[-1] in "\r\n\ufeff"
            if edit.text:
                if edit.whole_lines and not ends_line:
                    out.append(self.lines.newline(edit.start))
                out.append(edit.text)
                ends_line = edit.text[-1] in "\r\n"
            at = edit.end
        out.append(self.text[at:])
        text = "".join(out)
        if self.text[-1:] not in "\r\n" and text.endswith(("\n", "\r")) and at == len(self.text):
            text = text.removesuffix("\n").removesuffix("\r") if not text.endswith("\r\n") else text[:-2]
        return text
