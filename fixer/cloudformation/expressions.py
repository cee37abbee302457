"""Values that make a string, compared by what they give: ``!Sub "${Env}-role"`` and ``!Join ["-", [!Ref Env, role]]``
are one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from fixer.cloudformation.intrinsics import NO_VALUE, get_att_parts, intrinsic, parse_sub, ref_target, sub_body
from fixer.model import Value


class Variable(Struct, frozen=True):
    """What is only known when a stack is made: a parameter, pseudo parameter, resource or attribute, ``Env`` or
    ``Role.Arn``.
    """

    name: str


Part: TypeAlias = "str | Variable"
Expression: TypeAlias = "tuple[Part, ...]"
"""Texts and variables in turn; no two texts are neighbours, none is empty."""


OPAQUE = frozenset({"Fn::FindInMap", "Fn::If", "Fn::ImportValue", "Fn::Select"})
"""Functions that give a text, which is known to be the same only where they are written in the same way."""


def expression(value: Value, *, opaque: bool = False) -> Expression | None:
    """The parts of a value that makes a string; None if it is not made of texts, Ref, GetAtt, Sub and Join alone.

    ``opaque``: what FindInMap, If, ImportValue and Select give is a variable too, with their JSON for a name.
    """
    if isinstance(value, str):
        return (value,) if value else ()
    parts = _parts(value, opaque)
    return None if parts is None else merged(parts)


def merged(parts: Iterable[Part]) -> Expression:
    """The parts as an expression, with neighbouring texts as one."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


def alternatives(value: Value, *, opaque: bool = False) -> list[Expression]:
    """The expressions that a value may come to through branches of ``Fn::If``; what is no expression is left out."""
    body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
    if isinstance(body, list) and len(body) == 3:
        return [found for branch in body[1:] for found in alternatives(branch, opaque=opaque)]
    found = expression(value, opaque=opaque)
    return [] if found is None or value == NO_VALUE else [found]


def _parts(value: Value, opaque: bool) -> list[Part] | None:
    if isinstance(value, str):
        return [value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [str(value)]
    name = intrinsic(value)
    if name == "Ref":
        target = ref_target(value)
        return None if target is None else [Variable(target)]
    if name == "Fn::GetAtt":
        attribute = get_att_parts(value)
        return None if attribute is None else [Variable(".".join(attribute))]
    if name == "Fn::Sub":
        body = sub_body(value)
        return None if body is None else _sub(*body, opaque)
    if name == "Fn::Join":
        return _join(value[name], opaque)
    return [Variable(json.dumps(value, sort_keys=True, default=str))] if opaque and name in OPAQUE else None


def _sub(text: str, own: dict[str, Value], opaque: bool) -> list[Part] | None:
    parts: list[Part] = []
    for part in parse_sub(text):
        if part.variable is None:
            parts.append(part.value)
        elif part.variable in own:
            inner = _parts(own[part.variable], opaque)
            if inner is None:
                return None
            parts += inner
        else:
            parts.append(Variable(part.variable))
    return parts


def _join(body: Value, opaque: bool) -> list[Part] | None:
    if not (isinstance(body, list) and len(body) == 2 and isinstance(body[0], str) and isinstance(body[1], list)):
        return None
    parts: list[Part] = []
    for number, item in enumerate(body[1]):
        inner = _parts(item, opaque)
        if inner is None:
            return None
        parts += [body[0], *inner] if number else inner
    return parts


def find(needle: Expression, hay: Expression) -> tuple[Expression, Expression] | None:
    """What stands before and behind the first place where one expression is a part of another, or None."""
    return next(find_all(needle, hay), None)


def find_all(needle: Expression, hay: Expression) -> Iterator[tuple[Expression, Expression]]:
    """What stands before and behind each place where one expression is a part of another."""
    if not needle:
        return
    first, last = needle[0], needle[-1]
    for start in range(len(hay) - len(needle) + 1):
        end = start + len(needle)
        if hay[start + 1 : end - 1] != needle[1:-1]:
            continue
        if len(needle) == 1:
            for before, behind in _within(first, hay[start]):
                yield (*hay[:start], *before), (*behind, *hay[end:])
            continue
        head, tail = _ends_with(hay[start], first), _starts_with(hay[end - 1], last)
        if head is not None and tail is not None:
            yield (*hay[:start], *head), (*tail, *hay[end:])


def _within(part: Part, hay: Part) -> Iterator[tuple[Expression, Expression]]:
    if part == hay:
        yield (), ()
    elif isinstance(part, str) and isinstance(hay, str):
        at = hay.find(part)
        while at >= 0:
            yield _text(hay[:at]), _text(hay[at + len(part) :])
            at = hay.find(part, at + 1)


def _ends_with(hay: Part, part: Part) -> Expression | None:
    if hay == part:
        return ()
    return _text(hay[: -len(part)]) if isinstance(hay, str) and isinstance(part, str) and hay.endswith(part) else None


def _starts_with(hay: Part, part: Part) -> Expression | None:
    if hay == part:
        return ()
    return _text(hay[len(part) :]) if isinstance(hay, str) and isinstance(part, str) and hay.startswith(part) else None


def _text(text: str) -> Expression:
    return (text,) if text else ()
