"""Which lines of two texts are the same, for whoever reads what has changed.

difflib takes lines that come often (`Properties:`, a blank one) for junk, and so shows lines as changed that are as
they were. Here lines that come once in both texts are found first, and difflib sees only what lies between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

_MOST_COMPARED = 250_000
"""So many pairs of lines are compared with each other; beyond that, difflib's junk saves time."""


def opcodes(one: list[str], other: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What turns one list into another, as ``difflib.SequenceMatcher.get_opcodes`` has it."""
    at, to = 0, 0
    for i, j, size in _runs(sorted(_pairs(one, other)), len(one), len(other)):
        if at < i or to < j:
            yield "replace" if at < i and to < j else "delete" if at < i else "insert", at, i, to, j
        if size:
            yield "equal", i, i + size, j, j + size
        at, to = i + size, j + size


def _runs(pairs: list[tuple[int, int]], end: int, other_end: int) -> Iterator[tuple[int, int, int]]:
    """Pairs that follow each other as one run of lines; the last is empty, at the ends."""
    start, size = (0, 0), 0
    for i, j in pairs:
        if size and (i, j) != (start[0] + size, start[1] + size):
            yield *start, size
            size = 0
        if not size:
            start = i, j
        size += 1
    if size:
        yield *start, size
    yield end, other_end, 0


def _pairs(one: list[str], other: list[str]) -> Iterator[tuple[int, int]]:
    """The numbers of lines that are the same, in no order; none of them cross."""
    todo = [(0, len(one), 0, len(other))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        while i < i_end and j < j_end and one[i] == other[j]:
            yield i, j
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and one[i_end - 1] == other[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            yield i_end, j_end
        if i == i_end or j == j_end:
            continue
        anchors = _anchors(one[i:i_end], other[j:j_end])
        if not anchors:
            few = (i_end - i) * (j_end - j) <= _MOST_COMPARED
            matcher = SequenceMatcher(None, one[i:i_end], other[j:j_end], autojunk=not few)
            for a, b, size in matcher.get_matching_blocks():
                yield from ((i + a + n, j + b + n) for n in range(size))
            continue
        last = i, j
        for a, b in anchors:
            yield i + a, j + b
            todo.append((last[0], i + a, last[1], j + b))
            last = i + a + 1, j + b + 1
        todo.append((last[0], i_end, last[1], j_end))


def _anchors(one: list[str], other: list[str]) -> list[tuple[int, int]]:
    """The lines that come once in both, as many as have the same order in both (patience sorting)."""
    count, other_count = Counter(one), Counter(other)
    place = {line: number for number, line in enumerate(other) if other_count[line] == 1 == count[line]}
    ends: list[int] = []
    piles: list[tuple[int, int, int]] = []
    tops: list[int] = []
    for a, line in enumerate(one):
        b = place.get(line)
        if b is None:
            continue
        pile = bisect_left(ends, b)
        piles.append((a, b, tops[pile - 1] if pile else -1))
        ends[pile : pile + 1], tops[pile : pile + 1] = [b], [len(piles) - 1]
    found: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        a, b, at = piles[at]
        found.append((a, b))
    return found[::-1]
