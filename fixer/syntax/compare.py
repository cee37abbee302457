"""Whether values are the same, where lists differ, and copies that share nothing."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.msgpack import Encoder

from fixer.model import Value

_MOST_COMPARED = 250_000


def copied(value: Value) -> Value:
    """A copy in which no part is shared, as aliases make it be."""
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [copied(inner) for inner in value]
    return value


def same(one: Value, other: Value) -> bool:
    """Equality that tells 1, 1.0, True and "1" apart."""
    if not isinstance(one, dict | list):
        return type(one) is type(other) and bool(one == other)
    try:
        return _encode(one) == _encode(other)
    except (TypeError, ValueError, OverflowError):  # keys that are no strings, lone surrogates, integers of 65 bits
        return _same(one, other)


_encode = Encoder(order="deterministic").encode
"""A value to bytes, which are the same for the same value whatever the order of its keys."""


def _same(one: Value, other: Value) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


def differences(one: list[str], other: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What turns one list into another: "replace", "delete" or "insert", with the ranges in both.

    Between long lists that have little in common at their ends only one difference is seen: to look for more takes
    quadratic time.
    """
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((at for at in range(shorter - head) if one[-1 - at] != other[-1 - at]), shorter - head)
    old, new = one[head : len(one) - tail], other[head : len(other) - tail]
    what = "replace" if old and new else "insert" if new else "delete" if old else "equal"
    opcodes: list[tuple[str, int, int, int, int]] = [(what, 0, len(old), 0, len(new))]
    if what == "replace" and len(old) * len(new) <= _MOST_COMPARED:
        from difflib import SequenceMatcher

        opcodes = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    for what, i1, i2, j1, j2 in opcodes:
        if what != "equal":
            yield what, head + i1, head + i2, head + j1, head + j2
