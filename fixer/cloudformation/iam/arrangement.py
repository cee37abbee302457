"""The order of the parts of a statement that is taken apart, so that a line diff shows what changed and nothing else.

Diff tools match the longest run of equal lines. If an action that moves to a new statement stood before one that stays,
they show the one that stays as deleted and written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from fixer.model import Value

T = TypeVar("T")


def arranged(
    parts: Sequence[T], old: Value, around: tuple[list[Value], list[Value]], make: Callable[[T, bool], Value]
) -> tuple[T, ...]:
    """The parts in the order whose diff is smallest; in their own order if that is as good.

    ``old``: the statement, which the first part takes over; ``around``: the statements before and behind it;
    ``make``: what becomes of a part, and whether it is the first.
    """
    before, behind = (list(_lines(value)) for value in around)
    lines = list(_lines(old))
    best, least = tuple(parts), len(lines) + 1
    for order in _orders(parts):
        made = [make(part, index == 0) for index, part in enumerate(order)]
        new = [line for each in made for line in _lines(each)]
        kept = [*[True] * len(before), *_kept(old, made[0]), *[True] * len(behind)]
        lost = _lost([*before, *lines, *behind], [*before, *new, *behind], kept)
        if lost < least:
            best, least = order, lost
        if not lost:
            break
    return best


def _orders(parts: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Each part as the first, in turn."""
    for index, first in enumerate(parts):
        yield (first, *parts[:index], *parts[index + 1 :])


def _lost(old: list[str], new: list[str], kept: list[bool]) -> int:
    """How many lines that are kept a diff shows as deleted."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    matched = {line for block in blocks for line in range(block.a, block.a + block.size)}
    return sum(keeps and line not in matched for line, keeps in enumerate(kept))


def _kept(old: Value, new: Value) -> list[bool]:
    """For each line of the old statement, whether it is in the new one at the same place."""
    found: list[bool] = []
    for key, value in old.items():
        if key == "Action" and isinstance(value, list):
            found += [True, *(item in new["Action"] for item in value)]
        else:
            found += [value == new.get(key)] * len(list(_lines({key: value})))
    return found


def _lines(value: Value, indent: str = "") -> Iterator[str]:
    """A value as lines, about as they are written."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list) and inner:
                yield f"{indent}{key}:"
                yield from _lines(inner, indent + "  ")
            else:
                yield f"{indent}{key}: {inner}"
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner, indent + "  ") if isinstance(inner, dict | list) else (f"{indent}- {inner}",)
