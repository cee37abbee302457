"""What holds of every template and every batch of operations, tried on random ones.

``CFNFIX_EXAMPLES=5000`` tries more of them; a failure names the seed, which is the template and the operations.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixer.engine.batch import Batch
from fixer.engine.loader import load
from fixer.model import EditRefused, Finding, Fix, InputError, Insert, Operation, Path, Remove
from fixer.syntax.compare import differences, same
from fixer.syntax.document import Document
from fixer.syntax.edit import edit
from fixer.syntax.nodes import Mapping, Style, find
from fixer.syntax.parse import parse
from tests.syntax.author import Author
from tests.syntax.invariants import broken
from tests.syntax.reviser import Reviser

EXAMPLES = int(os.environ.get("CFNFIX_EXAMPLES", "0"))
bounded = settings(max_examples=EXAMPLES or 150, derandomize=not EXAMPLES, deadline=None, database=None)
seeds = st.integers(0, 2**32 - 1)


def template(rng: Random, form: str) -> Document | None:
    """A random template; None for the few that a careless author gets wrong."""
    text = Author(rng).json_text() if form == "json" else Author(rng).yaml_text()
    try:
        return parse(text)
    except InputError:
        assert form == "yaml"
        return None


def batch(reviser: Reviser, size: int) -> list[Operation]:
    """Random operations that go together, as the engine puts them together."""
    chosen = Batch()
    for number in range(size):
        operation = reviser.operation()
        chosen.add(Finding(str(number), operation.path, Fix("random", (operation,))))
    return chosen.operations


@pytest.mark.parametrize("form", ["yaml", "json"])
@bounded
@given(seed=seeds)
def test_edits_are_proved_and_leave_the_rest(form: str, seed: int) -> None:
    rng = Random(seed)
    document = template(rng, form)
    if document is None:
        return
    assert same(load(document.text, document.format), document.data)
    assert edit(document, []) == document.text
    reviser = Reviser(rng, document.data)
    for size in (1, 1, 2, 5):
        operations = batch(reviser, size)
        try:
            text = edit(document, operations)
        except EditRefused:
            continue
        assert broken(document, text, operations) is None


@pytest.mark.parametrize("form", ["yaml", "json"])
@bounded
@given(seed=seeds)
def test_what_is_put_in_and_taken_out_leaves_no_trace(form: str, seed: int) -> None:
    rng = Random(seed)
    document = template(rng, form)
    if document is None or not document.text.endswith(("\n", "\r")):
        return
    reviser = Reviser(rng, document.data)
    hosts = [path for path, old in reviser.hosts if old and is_whole_mapping(document, path)]
    path = rng.choice(hosts)
    addition = reviser.addition(path, {})
    if not isinstance(addition, Insert) or len(addition.path) != len(path) + 1:
        return
    try:
        text = edit(document, [addition])
        back = edit(parse(text), [Remove(addition.path)])
    except EditRefused:
        return
    assert without_blank_lines(back) == without_blank_lines(document.text)
    if form == "json":
        assert back == document.text


def is_whole_mapping(document: Document, path: Path) -> bool:
    """Whether a mapping stands at a path, and not a single pair that gets braces when it grows."""
    node = find(document.root, path)
    return isinstance(node, Mapping) and (node.style is Style.BLOCK or document.text[node.content] == "{")


def without_blank_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def test_differences_rebuild_the_list() -> None:
    rng = Random(1)
    for _ in range(300):
        one, other = (["abcdefgh"[rng.randrange(8)] for _ in range(rng.randrange(12))] for _ in range(2))
        made = list(one)
        for _, i1, i2, j1, j2 in reversed(list(differences(one, other))):
            made[i1:i2] = other[j1:j2]
        assert made == other
    long = [str(number) for number in range(5000)]
    assert len(list(differences(long, long[::2]))) == 1
