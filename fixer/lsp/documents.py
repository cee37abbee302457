"""Open documents: their text as the editor has it, and the way between its positions and ours.

Inside, a place is an offset in code points. Lines, and columns in the unit that the editor counts in, exist only here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from lsprotocol import types
from msgspec import Struct
from pygls.uris import to_fs_path
from pygls.workspace import PositionCodec

from fixer.lsp.validation import Problem
from fixer.model import Finding, InputError, Span
from fixer.report.edits import Edit
from fixer.settings.model import Settings

_BREAK = re.compile(r"\r\n|\n|\r")
_MEANT = re.compile(r"""AWSTemplateFormatVersion|\bType["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::""")
MOST_CHARACTERS = 2_000_000
"""More than any template may have (1 MB): such a file is something else."""


class Positions:
    """The positions of one text. A byte order mark is part of the first line, as it is for the editor."""

    def __init__(self, text: str, codec: PositionCodec) -> None:
        self.text = text
        self.codec = codec
        self.starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def position(self, offset: int) -> types.Position:
        line = bisect_right(self.starts, offset) - 1
        return types.Position(line, self.codec.client_num_units(self.text[self.starts[line] : offset]))

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.position(start), self.position(end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one beyond the end of its line, or of the text, means that end."""
        if position.line >= len(self.starts):
            return len(self.text)
        start = self.starts[position.line]
        line = self.text[start : self.line_end(start)]
        found = self.codec.position_from_client_units([line + "\n"], types.Position(0, position.character))
        return start + min(found.character, len(line))

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its line break."""
        number = bisect_right(self.starts, offset)
        if number == len(self.starts):
            return len(self.text)
        end = self.starts[number]
        return end - 2 if self.text[end - 2 : end] == "\r\n" else end - 1


class Document(Struct):
    """One open document. Its text is replaced by ``change`` only, and then ``version`` is another."""

    uri: str
    text: str
    version: int
    codec: PositionCodec
    findings: tuple[Finding, ...] = ()
    """What is wrong in ``checked``."""
    checked: str | None = None
    """The text that ``findings`` speaks of."""
    settings: Settings | None = None
    """The settings by which it was checked."""
    error: InputError | None = None
    """Why ``checked`` is no template."""
    problems: tuple[Problem, ...] = ()
    """What the validator found when the document was saved; they move along with the text."""
    _positions: Positions | None = None

    @property
    def path(self) -> Path | None:
        """The file, if there is one."""
        name = to_fs_path(self.uri) if self.uri.startswith("file:") else None
        return Path(name) if name else None

    @property
    def positions(self) -> Positions:
        if self._positions is None or self._positions.text is not self.text:
            self._positions = Positions(self.text, self.codec)
        return self._positions

    @property
    def may_be_template(self) -> bool:
        """Whether it is worth to read the text."""
        return "Resources" in self.text and len(self.text) <= MOST_CHARACTERS

    @property
    def is_meant(self) -> bool:
        """Whether the text means to be a template, however broken."""
        return self.may_be_template and _MEANT.search(self.text) is not None

    def change(self, version: int, changes: Iterable[types.TextDocumentContentChangeEvent]) -> None:
        """Take over what the editor tells."""
        for one in changes:
            if isinstance(one, types.TextDocumentContentChangePartial):
                start, end = (self.positions.offset(place) for place in (one.range.start, one.range.end))
                edit = Edit(start, max(start, end), one.text)
                self.text = self.text[: edit.start] + edit.text + self.text[edit.end :]
                self.problems = tuple(moved for problem in self.problems if (moved := _moved(problem, edit)))
            else:
                self.text, self.problems = one.text, ()
        self.version = version

    def text_edits(self, changes: Iterable[Edit]) -> list[types.TextEdit]:
        """Edits of the present text in the editor's words."""
        return [types.TextEdit(self.positions.range(edit.start, edit.end), edit.text) for edit in changes]

    def span(self, finding: Finding) -> Span:
        """Where a finding is shown: from its place to the end of the line, so that no screen is full of marks."""
        if finding.span is not None:
            start, end = finding.span.start, finding.span.end
        else:
            line = self.positions.starts[min(finding.line, len(self.positions.starts)) - 1]
            start = end = min(line + finding.column - 1, self.positions.line_end(line))
        last = self.positions.line_end(start)
        return Span(start, min(end, last) if end > start else last)


def same_uri(uri: str) -> str:
    """The key of a document: editors do not agree on what is escaped."""
    return unquote(uri)


def _moved(problem: Problem, edit: Edit) -> Problem | None:
    """A problem where it stands after an edit; None if the edit was made to its place."""
    if edit.end <= problem.start:
        return problem.shifted(len(edit.text) - (edit.end - edit.start))
    return problem if edit.start >= problem.end else None
