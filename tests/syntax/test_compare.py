"""Whether two values are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixer.model import Value
from fixer.syntax.compare import copied, same

SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 2) | st.integers() | st.text(max_size=2) | st.sampled_from([0.5, 1.0])
)
KEYS = st.sampled_from(["a", "b", "1", "\ud800", 1, True, None])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


def shown(value: Value) -> str:
    """A value as text that tells all apart, whatever the order of keys."""
    if isinstance(value, dict):
        return "{" + ",".join(sorted(f"{key!r}:{shown(inner)}" for key, inner in value.items())) + "}"
    return "[" + ",".join(map(shown, value)) + "]" if isinstance(value, list) else repr(value)


@given(VALUES, VALUES)
def test_values_are_the_same_if_they_look_the_same(one: Value, other: Value) -> None:
    assert same(one, other) is (shown(one) == shown(other))
    assert same(one, copied(one))


@pytest.mark.parametrize("other", [1.0, True, "1", 2, None, [1]])
@pytest.mark.parametrize("key", ["a", 7], ids=["plain keys", "other keys"])
def test_types_are_told_apart(key: str | int, other: Value) -> None:
    assert same({key: [1], "b": 0}, {"b": 0, key: [1]})
    assert not same({key: [1]}, {key: [other]})
    assert not same(1, other)


def test_integers_of_any_size() -> None:
    assert same([2**70, "a"], [2**70, "a"])
    assert not same([2**70], [2**70 + 1])
