"""What follows from conditions: sound, not complete. "No" means "not known"."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from fixer.cloudformation.intrinsics import intrinsic
from fixer.model import Value

Literal: TypeAlias = "tuple[str, bool]"
"""A condition by its name, and whether it is true."""

_Atom: TypeAlias = "str | tuple[str, str]"
"""A condition's name, or the two sides of an equation in canonical form and order."""

_Facts: TypeAlias = "frozenset[tuple[_Atom, bool]]"

_DEPTH = 60
"""Levels of nesting that are looked into; below, nothing is known."""


class Conditions:
    """The conditions of a template by name, as a set of definitions to reason about."""

    def __init__(self, definitions: Mapping[str, Value]) -> None:
        self._definitions = definitions
        self._facts: dict[Literal, _Facts] = {}

    def implies(self, a: str | None, b: str | None) -> bool:
        """Whether ``b`` is certainly true wherever ``a`` is; None is the condition of what has none: always true."""
        return b is None or self.hold([] if a is None else [(a, True)], b)

    def hold(self, literals: Iterable[Literal], name: str, truth: bool = True) -> bool:
        """Whether, given the literals, the condition ``name`` is certainly ``truth``."""
        known: _Facts = frozenset().union(*(self._of_name(*literal, 0) for literal in literals))
        return _Proof(self._definitions, known).of_name(name, truth, 0)

    def _of_name(self, name: str, truth: bool, depth: int) -> _Facts:
        """All that is known once the condition is known to be ``truth``."""
        if (name, truth) not in self._facts:
            itself: _Facts = frozenset({(name, truth)})
            self._facts[name, truth] = itself  # stops a circle of definitions
            self._facts[name, truth] = itself | self._of(self._definitions.get(name), truth, depth + 1)
        return self._facts[name, truth]

    def _of(self, expression: Value, truth: bool, depth: int) -> _Facts:
        function, members = split(expression)
        if depth > _DEPTH or not members:
            return frozenset()
        if function == "Condition":
            return self._of_name(members[0], truth, depth)
        if function == "Fn::Not":
            return self._of(members[0], not truth, depth + 1)
        if function == "Fn::Equals":
            sides = equation(expression)
            return frozenset({(sides, truth)} if sides else ())
        found = [self._of(member, truth, depth + 1) for member in members]
        if truth is (function == "Fn::And"):
            return frozenset().union(*found)
        return found[0].intersection(*found[1:])


class _Proof:
    """One question, with what is known."""

    def __init__(self, definitions: Mapping[str, Value], known: _Facts) -> None:
        self._definitions = definitions
        self._known = known
        self._answers: dict[Literal, bool] = {}

    def of_name(self, name: str, truth: bool, depth: int) -> bool:
        if (name, truth) in self._known:
            return True
        if (name, truth) not in self._answers:
            self._answers[name, truth] = False  # stops a circle of definitions
            self._answers[name, truth] = self._of(self._definitions.get(name), truth, depth + 1)
        return self._answers[name, truth]

    def _of(self, expression: Value, truth: bool, depth: int) -> bool:
        function, members = split(expression)
        if depth > _DEPTH or not members:
            return False
        if function == "Condition":
            return self.of_name(members[0], truth, depth)
        if function == "Fn::Not":
            return self._of(members[0], not truth, depth + 1)
        if function == "Fn::Equals":
            sides = equation(expression)
            return sides is not None and self._of_equation(sides, truth)
        found = (self._of(member, truth, depth + 1) for member in members)
        return all(found) if truth is (function == "Fn::And") else any(found)

    def _of_equation(self, sides: tuple[str, str], truth: bool) -> bool:
        left, right = sides
        if left == right or (is_text(left) and is_text(right)):
            return (left == right) is truth
        if (sides, truth) in self._known:
            return True
        if truth or not is_text(left):  # a text sorts first
            return False
        others = (other for other, holds in self._known if holds and isinstance(other, tuple))
        return any(text != left and is_text(text) and rest == right for text, rest in others)


def split(expression: Value) -> tuple[str, list[Value]]:
    """A condition function and its members; no members where it is none or is broken."""
    function = intrinsic(expression)
    if function == "Condition":
        return function, [expression["Condition"]]
    if function in ("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals"):
        members = expression[function]
        wanted = {"Fn::Not": 1, "Fn::Equals": 2}.get(function)
        if isinstance(members, list) and (wanted is None or len(members) == wanted):
            return function, members
    return "", []


def equation(expression: Value) -> tuple[str, str] | None:
    """Both sides of an ``Fn::Equals`` as JSON, in an order of their own, a text first; None if it has no such form."""
    function, members = split(expression)
    if function != "Fn::Equals" or not members:
        return None
    try:
        sides = [json.dumps(as_text(side), sort_keys=True) for side in members]
    except (TypeError, ValueError, RecursionError):
        return None
    left, right = sorted(sides, key=lambda side: (not is_text(side), side))
    return left, right


def as_text(side: Value) -> Value:
    """CloudFormation compares texts, and reads a boolean as its JSON word."""
    return ("false", "true")[side] if isinstance(side, bool) else side


def is_text(side: str) -> bool:
    return side.startswith('"')
