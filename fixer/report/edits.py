"""Two texts to the few edits that lead from one to the other, so that cursors, folds and marks survive in an editor,
and a reader of a report sees what changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from fixer.report.alike import opcodes

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_TOKEN = re.compile(r"\r\n|\w+|\W")
_ALIKE = 0.5
"""Two lines that have less in common than this are not edited within but replaced."""


class Edit(Struct, frozen=True):
    """Replace a half-open range of the old text, in code points."""

    start: int
    end: int
    text: str


def edits(before: str, after: str) -> list[Edit]:
    """The edits that turn ``before`` into ``after``: in the order of the text, apart from each other, none empty."""
    one, other = lines(before), lines(after)
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    old, new = one[head : len(one) - tail], other[head : len(other) - tail]
    start = sum(map(len, one[:head]))
    starts = [start]
    for line in old:
        starts.append(starts[-1] + len(line))
    found: list[Edit] = []
    for what, i1, i2, j1, j2 in opcodes(old, new):
        if what == "equal":
            continue
        if i2 - i1 == j2 - j1:
            for number in range(i2 - i1):
                found += _within(starts[i1 + number], old[i1 + number], new[j1 + number])
        else:
            found += _trimmed(starts[i1], "".join(old[i1:i2]), "".join(new[j1:j2]))
    return list(_addressable(before, found))


def apply(text: str, changes: Iterable[Edit]) -> str:
    """The text after edits that do not overlap."""
    for change in sorted(changes, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def lines(text: str) -> list[str]:
    """The lines with their ends: LF, CR LF or CR and nothing else, as the protocol has it."""
    return _LINE.findall(text)


def _common(one: list[str], other: list[str]) -> int:
    """How many lines both begin with."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def _within(start: int, old: str, new: str) -> Iterator[Edit]:
    """Edits of one line, word by word."""
    if old == new:
        return
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield from _trimmed(start, old, new)
        return
    starts = [start]
    for token in one:
        starts.append(starts[-1] + len(token))
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what != "equal":
            yield Edit(starts[i1], starts[i2], "".join(other[j1:j2]))


def _trimmed(start: int, old: str, new: str) -> Iterator[Edit]:
    """One edit, without what both texts begin and end with."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    if head + tail < max(len(old), len(new)):
        yield Edit(start + head, start + len(old) - tail, new[head : len(new) - tail])


def _addressable(text: str, found: Iterable[Edit]) -> Iterator[Edit]:
    """The same edits, none of which begins or ends between CR and LF: no position of the protocol points there.

    An edit that grew may touch the one before it; then both become one.
    """
    last: Edit | None = None
    for edit in found:
        start, end, new = edit.start, edit.end, edit.text
        if text[start - 1 : start + 1] == "\r\n" and start:
            start, new = start - 1, "\r" + new
        if text[end - 1 : end + 1] == "\r\n" and end:
            end, new = end + 1, new + "\n"
        if last is not None and start < last.end:
            edit = Edit(last.start, max(end, last.end), last.text[: len(last.text) - (last.end - start)] + new)
        else:
            if last is not None:
                yield last
            edit = Edit(start, end, new)
        last = edit
    if last is not None:
        yield last
