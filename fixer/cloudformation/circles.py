"""Circles of resources that wait for each other, and the fewest movable parts without which none is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from msgspec import Struct

from fixer.cloudformation.references import Reference
from fixer.cloudformation.template import Template
from fixer.model import Path

_SAM = "AWS::Serverless::"
_FEW = 10
"""Of so many movable parts all choices are tried."""


class Circle(Struct, frozen=True):
    """Resources each of which depends on all others, or one that depends on itself."""

    members: tuple[str, ...]
    references: tuple[Reference, ...]
    """Those among them."""


def circles(template: Template) -> tuple[Circle, ...]:
    """The circles of a template, in document order.

    What a loop, a macro or AWS SAM makes is not known here, and makes none: SAM takes resources apart (cfn-lint E3004).
    """
    known = [resource.id for resource in template.resources.values() if not resource.type.startswith(_SAM)]
    names = frozenset(known)
    references = [
        reference
        for reference in template.references
        if reference.path[0] == "Resources"
        and reference.section == "Resources"
        and reference.path[1] in names
        and reference.target in names
    ]
    inside: dict[str, list[Reference]] = {}
    of = _components(known, _edges(references))
    for reference in references:
        if of[str(reference.path[1])] == of[reference.target]:
            inside.setdefault(of[reference.target], []).append(reference)
    found: dict[str, list[str]] = {}
    for name in known:
        if of[name] in inside:
            found.setdefault(of[name], []).append(name)
    return tuple(Circle(tuple(members), tuple(inside[key])) for key, members in found.items())


def way_round(references: Collection[Reference]) -> tuple[str, ...]:
    """A shortest way round among references, with its first resource also at its end; empty if there is none."""
    edges = _edges(references)
    for start in edges:
        came: dict[str, str] = {}
        waiting = [start]
        for name in waiting:  # grows on the way
            for other in edges.get(name, ()):
                if other == start:
                    way = [start]
                    while name != start:
                        way.append(name)
                        name = came[name]
                    return (start, *reversed(way[1:]), start)
                if other not in came:
                    came[other] = name
                    waiting.append(other)
    return ()


def fewest(
    circle: Circle, movable: Mapping[Reference, Path], price: Callable[[Sequence[Path]], Any]
) -> tuple[Path, ...]:
    """The parts, of those that ``movable`` gives for some references, without which no circle is left: the fewest, and
    of these the ones with the lowest ``price``. Empty if there is one without any of them.
    """
    numbers = {part: number for number, part in enumerate(dict.fromkeys(movable.values()))}
    parts = list(numbers)
    edges = [(str(r.path[1]), r.target, numbers[movable[r]] if r in movable else -1) for r in circle.references]

    def opens(gone: Collection[int]) -> bool:
        rest: dict[str, list[str]] = {}
        for owner, target, number in edges:
            if number not in gone:
                rest.setdefault(owner, []).append(target)
        return _is_open(rest)

    if not opens(frozenset(numbers.values())):
        return ()
    if len(parts) <= _FEW:
        for many in range(1, len(parts) + 1):
            choices = [c for c in combinations(parts, many) if opens([numbers[part] for part in c])]
            if choices:
                return min(choices, key=price)
    going = set(numbers.values())
    for part in sorted(parts, key=lambda part: price([part]), reverse=True):
        going.discard(numbers[part])
        if not opens(going):
            going.add(numbers[part])
    return tuple(part for part in parts if numbers[part] in going)


def _edges(references: Iterable[Reference]) -> dict[str, list[str]]:
    edges: dict[str, dict[str, None]] = {}
    for reference in references:
        edges.setdefault(str(reference.path[1]), {})[reference.target] = None
    return {name: list(targets) for name, targets in edges.items()}


def _is_open(edges: Mapping[str, Collection[str]]) -> bool:
    """Whether there is no way round (A. B. Kahn)."""
    waited = Counter(target for targets in edges.values() for target in targets)
    free = [name for name in edges if not waited[name]]
    for name in free:  # grows on the way
        for target in edges.get(name, ()):
            waited[target] -= 1
            if not waited[target]:
                free.append(target)
    return not any(waited.values())


def _components(names: Iterable[str], edges: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Each name with one that stands for its strongly connected component (S. R. Kosaraju)."""
    back: dict[str, list[str]] = {}
    for name, targets in edges.items():
        for target in targets:
            back.setdefault(target, []).append(name)
    done: set[str] = set()
    order = [found for name in names for found in _post_order(name, edges, done)]
    done = set()
    return {found: name for name in reversed(order) for found in _post_order(name, back, done)}


def _post_order(start: str, edges: Mapping[str, Collection[str]], done: set[str]) -> Iterator[str]:
    """What is reached from ``start`` and was not yet ``done``, each after what it leads to."""
    if start in done:
        return
    done.add(start)
    stack = [(start, iter(edges.get(start, ())))]
    while stack:
        name, targets = stack[-1]
        new = next((target for target in targets if target not in done), None)
        if new is None:
            stack.pop()
            yield name
        else:
            done.add(new)
            stack.append((new, iter(edges.get(new, ()))))
