"""Where the parts of statements that are taken apart go, so that a diff shows what changed and nothing else.

Two views of a change have to agree: a comparison of the data says which values changed, and a diff of the lines which
lines did. They may not: diff tools match the longest runs of equal lines, and where such a run moves past a line that
stays, that line is shown as deleted and written anew. So the parts are tried in every order, right behind the statement
and at either end of the list, and the arrangement is taken that touches the fewest lines.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from itertools import chain, permutations, product

from msgspec import Struct

from fixer.cloudformation.intrinsics import intrinsic
from fixer.model import Value

_MOST = 4
"""Up to so many parts are tried in every order; of more, each as the first."""
_AWAY = 4
"""So many lines more a diff may have, if only the new statements stand right behind the old one."""
_SWEEPS = 3
"""So often each statement is looked at again, with the others as they are by then."""


class Spot(Enum):
    """Where the new statements go."""

    BEHIND = "behind"
    """Right behind the one that was taken apart."""
    LAST = "last"
    FIRST = "first"


class Arrangement(Struct, frozen=True):
    """The parts by their indexes: the first takes over the statement, the others stand in new ones at ``spot``."""

    order: tuple[int, ...]
    spot: Spot = Spot.BEHIND


class Pieces(Struct, frozen=True):
    """What becomes of each part of a statement: in the place of the statement, and as a new one."""

    own: tuple[Value, ...]
    new: tuple[Value, ...]
    firsts: frozenset[int]
    """The parts that may take over the statement."""

    def arrangements(self) -> Iterator[Arrangement]:
        """All that are worth a trial, that with the parts in their own order first."""
        count = len(self.own)
        orders = permutations(range(count)) if count <= _MOST else _rotated(count)
        spots = Spot if count > 1 else (Spot.BEHIND,)
        yield from (Arrangement(order, spot) for order, spot in product(orders, spots) if order[0] in self.firsts)


def _rotated(count: int) -> Iterator[tuple[int, ...]]:
    for first in range(count):
        yield (first, *(index for index in range(count) if index != first))


def arranged(statements: Sequence[Value], pieces: Mapping[int, Pieces]) -> dict[int, Arrangement] | None:
    """The arrangement of each statement that is taken apart, by its index in the list; None if every one that was tried
    shows lines as changed that stay.
    """
    listing = _Listing(statements, pieces)
    chosen = {place: next(iter(found.arrangements())) for place, found in pieces.items()}
    least = listing.cost(chosen)
    for _ in range(_SWEEPS):
        start = least
        for place, found in pieces.items():
            for arrangement in found.arrangements():
                trial = {**chosen, place: arrangement}
                cost = listing.cost(trial)
                if cost < least:
                    chosen, least = trial, cost
        if least == start or not least[0]:
            break
    return None if least[0] else chosen


class _Listing(Struct, frozen=True):
    old: Sequence[Value]
    pieces: Mapping[int, Pieces]

    def cost(self, chosen: Mapping[int, Arrangement]) -> tuple[int, int]:
        """How many lines that stay a diff shows as deleted; how many it shows at all, and for each step away more."""
        new = self.new(chosen)
        pairs = tuple(_paired(self.old, [value for value, _ in new]))
        away = sum(arrangement.spot is not Spot.BEHIND for arrangement in chosen.values())
        lost, touched = 0, _AWAY * len(_WRITINGS) * away
        for writing in _WRITINGS:
            lines = [*_ABOVE, *writing.listed((value, False) for value in self.old), *_BELOW]
            others = [*_ABOVE, *writing.listed(new), *_BELOW]
            matched = _matched(lines, others)
            kept = chain(*(writing.kept(value, other) for value, other in pairs))
            lost += sum(keeps and line not in matched for line, keeps in enumerate(kept, len(_ABOVE)))
            touched += len(lines) + len(others) - 2 * len(matched)
        return lost, touched

    def new(self, chosen: Mapping[int, Arrangement]) -> list[tuple[Value, bool]]:
        """The list as it is from now on; of each statement, whether it is a new one."""
        added: dict[Spot, list[tuple[Value, bool]]] = {Spot.FIRST: [], Spot.LAST: []}
        middle: list[tuple[Value, bool]] = []
        for place, old in enumerate(self.old):
            arrangement = chosen.get(place)
            if arrangement is None:
                middle.append((old, False))
                continue
            first, *rest = arrangement.order
            middle.append((self.pieces[place].own[first], False))
            added.get(arrangement.spot, middle).extend((self.pieces[place].new[index], True) for index in rest)
        return [*added[Spot.FIRST], *middle, *added[Spot.LAST]]


_ABOVE, _BELOW = ([f"{side} {number}" for number in range(30)] for side in ("above", "below"))
"""Lines of the rest of the template, which are matched in any case."""


def _matched(old: list[str], new: list[str]) -> set[int]:
    """The lines that a diff shows as unchanged, or as changed in nothing but the comma at their end."""
    matched: set[int] = set()
    for kind, i, end, j, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        here = Counter(line.rstrip(",") for line in new[j:stop])
        for line in range(i, end):
            bare = old[line].rstrip(",")
            if kind == "equal" or here[bare]:
                here[bare] -= 1
                matched.add(line)
    return matched


def _paired(old: Sequence[Value], new: Sequence[Value]) -> Iterator[tuple[Value, Value]]:
    """Each old statement and the one that it is compared with: an equal one, else the next in the same place."""
    left, right = ([json.dumps(value, sort_keys=True, default=str) for value in values] for values in (old, new))
    for kind, i, end, j, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for offset in range(end - i):
            yield old[i + offset], new[j + offset] if kind != "delete" and j + offset < stop else None


class _Writing(Struct, frozen=True):
    """About how the lines of a policy are written, as far as it matters which of them are equal."""

    as_json: bool = False
    short: bool = False
    """Whether an intrinsic stands on one line."""
    alike: bool = True
    """Whether what is new is written as the old is; else its texts differ, by their quotes for instance."""

    def listed(self, statements: Iterable[tuple[Value, bool]]) -> list[str]:
        """The lines of a list of statements, each with whether it is new."""
        found = [self.lines(value, is_new) for value, is_new in statements]
        for lines in found[:-1] if self.as_json else ():
            lines[-1] += ","
        return list(chain(*found))

    def lines(self, value: Value, is_new: bool = False) -> list[str]:
        if self.as_json:
            return json.dumps(value, indent=1, default=str).split("\n")
        lines = self._yaml(value)
        return list(lines) if self.alike or not is_new else [x if x.endswith(":") else f"new {x}" for x in lines]

    def _yaml(self, value: Value, indent: str = "") -> Iterator[str]:
        if isinstance(value, list):
            for inner in value:
                yield from self._yaml(inner, f"{indent}- ")
        elif isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, dict | list) and not (self.short and intrinsic(inner)):
                    yield f"{indent}{key}:"
                    yield from self._yaml(inner, f"{indent}  ")
                else:
                    yield f"{indent}{key}: {inner}"
        else:
            yield f"{indent}{value}"

    def kept(self, old: Value, new: Value) -> list[bool]:
        """For each line of an old statement, whether its value is in the new one at the same place."""
        if old == new or not isinstance(old, dict) or not isinstance(new, dict):
            return [old == new] * len(self.lines(old))
        found: list[bool] = []
        for key, value in old.items():
            if key == "Action" and isinstance(value, list) and isinstance(new.get("Action"), list):
                inside = [item in new["Action"] for item in value]
                found += [True, *inside, True] if self.as_json else [True, *inside]
            else:
                found += [value == new.get(key)] * (len(self.lines({key: value})) - 2 * self.as_json)
        return [True, *found, True] if self.as_json else found


_WRITINGS = (_Writing(short=True), _Writing(alike=False), _Writing(as_json=True))
"""All count, however the template is written, so that its JSON twin is repaired to the same data."""
