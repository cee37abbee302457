"""Values of parameters under which conditions come out as asked: what can be, where ``conditions`` says what must be.

A parameter takes its allowed values; else the texts that conditions compare it with, and others. What a function other
than ``Ref`` gives, and a condition that is not known, may be anything.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from math import prod
from typing import TypeAlias

from msgspec import Struct, field

from fixer.cloudformation.conditions import Literal, as_text, equation, is_text, split
from fixer.cloudformation.entries import Parameter
from fixer.cloudformation.intrinsics import ref_target, walk
from fixer.cloudformation.template import Template
from fixer.model import Value

_MOST = 1000
"""Combinations of values that are tried."""

_Name: TypeAlias = str
"""A side of an equation that is no text, or a condition that is not known, as JSON."""


class Scenarios(Struct):
    """The values that the parameters of a template may have, as far as its conditions ask for them."""

    template: Template
    more: Mapping[str, Value] = field(default_factory=dict)
    """Conditions beside those of the template."""
    known: dict[frozenset[Literal], bool | None] = field(default_factory=dict)

    def can_be(self, wanted: Collection[Literal]) -> bool | None:
        """Whether all of ``wanted`` can be at once; None: not known, as there are too many combinations or a circle."""
        key = frozenset(wanted)
        if key not in self.known:
            self.known[key] = _can_be({**self.template.conditions, **self.more}, self.template.parameters, key)
        return self.known[key]


def _can_be(
    definitions: Mapping[str, Value], parameters: Mapping[str, Parameter], wanted: Collection[Literal]
) -> bool | None:
    try:
        domains = _domains(definitions, parameters, [name for name, _ in wanted])
        if prod(map(len, domains.values())) > _MOST:
            return None
        for values in product(*domains.values()):
            given = dict(zip(domains, values, strict=True))
            if all(_holds({"Condition": name}, definitions, given) is truth for name, truth in wanted):
                return True
    except RecursionError:
        return None
    return False


def deciding(template: Template, names: Collection[str]) -> frozenset[str]:
    """What the conditions ``names`` come down to: parameters and pseudo parameters."""
    found = (walk(expression) for expression in _reached(template.conditions, names))
    return frozenset(target for each in found for _, value in each if (target := ref_target(value)))


def _domains(
    definitions: Mapping[str, Value], parameters: Mapping[str, Parameter], names: Collection[str]
) -> dict[_Name, tuple[str, ...]]:
    """The values to try for each side of an equation that is no text, and for each condition that is not known."""
    texts: dict[_Name, set[str]] = {}
    beside: dict[_Name, set[_Name]] = {}
    found: dict[_Name, tuple[str, ...]] = {}
    for expression in _reached(definitions, names):
        sides = _sides(expression)
        if sides is None:
            found[_key(expression)] = ("", "true")
            continue
        variables = [side for side in sides if not is_text(side)]
        for side in variables:
            texts.setdefault(side, set()).update(json.loads(other) for other in sides if is_text(other))
            beside.setdefault(side, set()).update(variables)
    owners = {side: parameters.get(ref_target(json.loads(side)) or "") for side in texts}
    allowed = {side: _allowed(owner) for side, owner in owners.items() if owner and _allowed(owner)}
    for side, owner in owners.items():
        group = _connected(side, beside)
        every = {text for each in group for text in allowed.get(each, texts[each])}
        if owner and owner.is_never_empty:
            every.discard("")
        # A value of its own, and that of each side beside it, so that they may be equal.
        found[side] = allowed.get(side) or (*sorted(every), *(f"\0{each}" for each in sorted(group)))
    return found


def _allowed(parameter: Parameter) -> tuple[str, ...]:
    if parameter.is_ssm:
        return ()
    return tuple(str(as_text(value)) for value in parameter.allowed_values if isinstance(value, str | int | float))


def _connected(start: _Name, beside: Mapping[_Name, Collection[_Name]]) -> set[_Name]:
    found, waiting = {start}, [start]
    while waiting:
        new = set(beside[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


def _reached(definitions: Mapping[str, Value], names: Collection[str]) -> Iterator[Value]:
    """The equations, and what is not known, that conditions come down to."""
    seen: set[str] = set()
    waiting: list[Value] = [{"Condition": name} for name in names]
    while waiting:
        expression = waiting.pop()
        function, members = split(expression)
        if function == "Condition" and members and members[0] in definitions:
            if members[0] not in seen:
                seen.add(members[0])
                waiting.append(definitions[members[0]])
        elif function in ("Fn::And", "Fn::Or", "Fn::Not") and members:
            waiting += members
        else:
            yield expression


def _holds(expression: Value, definitions: Mapping[str, Value], given: Mapping[_Name, str]) -> bool:
    function, members = split(expression)
    if function == "Condition" and members and members[0] in definitions:
        return _holds(definitions[members[0]], definitions, given)
    if function in ("Fn::And", "Fn::Or", "Fn::Not") and members:
        found = [_holds(member, definitions, given) for member in members]
        return all(found) if function == "Fn::And" else any(found) is not (function == "Fn::Not")
    sides = _sides(expression)
    if sides is None:
        return given[_key(expression)] != ""
    left, right = (json.loads(side) if is_text(side) else given[side] for side in sides)
    return bool(left == right)


def _sides(expression: Value) -> tuple[str, str] | None:
    """The sides of an equation; None also if one is a number, as how CloudFormation writes that is not known."""
    sides = equation(expression)
    return None if sides is None or any(side[0] in "-0123456789" for side in sides) else sides


def _key(expression: Value) -> _Name:
    return json.dumps(expression, sort_keys=True, default=str)
