"""Names that are nearly the same: what somebody meant who wrote another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SHORTEST, _LONG = 5, 8
"""Letters of a word from which on one of them may be wrong, and two."""
_UNITS = ("Seconds", "InSeconds", "Minutes", "InMinutes", "Hours", "InHours", "Days", "InDays", "InMB", "InGB")


class Close(Struct, frozen=True):
    """The names that may be meant; one is an answer, several are none."""

    names: tuple[str, ...]

    @property
    def only(self) -> str | None:
        return self.names[0] if len(self.names) == 1 else None


def words(name: str) -> list[str]:
    """The words of a name in camel case, with numbers and abbreviations as words of their own."""
    return _WORD.findall(name)


def close(name: str, candidates: Iterable[str], *, units: bool = False, plurals: bool = True) -> Close:
    """The candidates that ``name`` may stand for by a slip of the pen.

    Those that differ in case and separators alone are closer than all others. Else one word of the name has a wrong,
    missing, additional or turned letter, or two if it is long. What tells names apart on purpose is no slip: numbers,
    words of one letter, and words that are there or are not.

    ``units``: a name may lack the unit at its end; ``plurals``: it may lack an s there, or have one too many.
    """
    names = sorted({other for other in candidates if other != name})
    same = [other for other in names if _plain(other) == _plain(name)]
    if same:
        return Close(tuple(same))
    found = [other for other in names if _is_slip(name, other) or (units and _lacks_unit(name, other))]
    if not plurals:
        found = [other for other in found if name not in (f"{other}s", other.removesuffix("s"))]
    return Close(tuple(found))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _lacks_unit(name: str, other: str) -> bool:
    return any(other == name + unit for unit in _UNITS)


def _is_slip(name: str, other: str) -> bool:
    one, two = (words(text) for text in (name, other))
    if len(one) != len(two) or len(one) == 0:
        return False
    differing = [(a.lower(), b.lower()) for a, b in zip(one, two, strict=True) if a.lower() != b.lower()]
    if len(differing) != 1:
        return False
    ((a, b),) = differing
    if not (a + b).isalpha() or abs(len(a) - len(b)) > 2:
        return False
    most = 2 if min(len(a), len(b)) >= _LONG else 1
    distance = _distance(a, b)
    if distance > most:
        return False
    # A short word with another letter is another word; with one too many, too few or turned it may be the same.
    return min(len(a), len(b)) >= (_SHORTEST if len(a) == len(b) and sorted(a) != sorted(b) else _SHORTEST - 1)


def _distance(a: str, b: str) -> int:
    """How many letters have to be put in, left out, changed or turned with their neighbour."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
