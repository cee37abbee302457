"""Batches that wait for each other: written together they give what they give one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

import pytest
from hypothesis import given

from fixer import api
from fixer.api import fix_text
from fixer.cloudformation import limits
from fixer.cloudformation.template import Template
from fixer.engine import work
from fixer.engine.draft import Draft, alike
from fixer.engine.proof import apply, prove_all
from fixer.model import (
    FIRST,
    Append,
    Comment,
    EditRefused,
    Finding,
    Fix,
    Insert,
    Operation,
    Options,
    Outcome,
    Remove,
    Rename,
    Safety,
    Set,
    Transform,
    before,
)
from fixer.settings.model import Settings
from fixer.syntax.compare import same
from fixer.syntax.document import Document
from fixer.syntax.edit import edit
from fixer.syntax.layout import Layout
from fixer.syntax.parse import parse
from tests.syntax.reviser import Reviser
from tests.syntax.test_properties import batch, bounded, seeds, template

DATA = {"Resources": {"A": {"Type": "T", "Tags": ["a", "b", "c"], "More": ["m"]}}, "Outputs": {"X": {"Value": 1}}}
TAGS, TYPE, LIST = ("Resources", "A", "Tags"), ("Resources", "A", "Type"), ("Resources", "A", "More")


@pytest.mark.parametrize("form", ["yaml", "json"])
@bounded
@given(seed=seeds)
def test_one_edit_is_as_good_as_several(form: str, seed: int) -> None:
    rng = Random(seed)
    document = template(rng, form)
    if document is None:
        return
    draft, batches = Draft(document.data), []
    for _ in range(4):
        operations = batch(Reviser(rng, draft.data), 4)
        if not draft.take(operations):
            break
        batches.append(operations)
    try:
        text = edit(document, draft.operations)
    except EditRefused:
        return
    new = parse(text)
    assert same(new.data, draft.data)  # what is put beside a merged key has another order in the text
    assert prove_all(document, new, batches) is None


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [
        pytest.param(Insert(("Outputs", "Y"), {}), Set(("Outputs", "Y"), {"Value": 2}), False, id="into what is new"),
        pytest.param(Insert(("Rules", "A"), {}), Insert(("Rules", "B"), {}), True, id="beside what is new"),
        pytest.param(Remove((*TAGS, 0)), Set((*TAGS, 0), "z"), False, id="an item that has another number now"),
        pytest.param(Append(TAGS, "z", FIRST), Append(TAGS, "y", before(1)), False, id="beside an item that moved"),
        pytest.param(Append(TAGS, "z", FIRST), Append(TAGS, "y"), True, id="at the other end of a list"),
        pytest.param(Append(TAGS, "z", FIRST), Comment((*TAGS, 1), "why"), False, id="a comment on an item"),
        pytest.param(
            Append(TAGS, "z", FIRST), Append(LIST, "y", remarks=(((), (*TAGS, 1)),)), False, id="with a comment"
        ),
        pytest.param(Set(TYPE, "U"), Comment(TYPE, "why"), True, id="a comment on a value"),
        pytest.param(Rename(("Outputs", "X"), "Y"), Set(("Outputs", "Y", "Value"), 2), False, id="by a new name"),
        pytest.param(Set(TAGS, "z"), Set(TAGS, ["z"]), False, id="twice the same value"),
        pytest.param(Remove(("Outputs", "X")), Insert(("Outputs", "X"), {}), False, id="gone and there again"),
    ],
)
def test_what_means_another_place_by_then_does_not_wait(first: Operation, second: Operation, waits: bool) -> None:
    draft = Draft(DATA)
    assert draft.take([first])
    assert draft.take([second]) is waits
    assert draft.operations == ((first, second) if waits else (first,))
    expected = apply(DATA, [first])
    assert same(draft.data, apply(expected, [second]) if waits else expected)


def test_what_cannot_be_done_or_does_nothing_is_not_taken() -> None:
    assert not Draft(DATA).take([Remove(("Outputs", "Nothing"))])
    assert not Draft(DATA).take([Set(("Outputs", "X", "Value"), 1)])
    assert Draft(DATA).take([Comment(("Outputs", "X"), "why")])


def test_what_would_be_too_many_is_not_taken() -> None:
    full = {"Resources": {}, "Outputs": {f"O{number}": {} for number in range(limits.OUTPUTS)}}
    assert not Draft(full).take([Insert(("Outputs", "Y"), {})])


def test_the_order_of_keys_is_part_of_what_is_alike() -> None:
    assert alike({"a": 1, "b": [1]}, {"a": 1, "b": [1]})
    assert not alike({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert not alike([1], [1.0])
    assert not alike([1], [1, 2])


TEXT = """\
Resources:
  Queue:
    Type: AWS::SQS::Queue
"""


def made(name: str, *operations: Operation) -> Transform:
    """A transform that adds an output of its name once, and does more."""

    def check(template: Template, options: Options) -> Iterator[Finding]:
        if name not in template.outputs:
            own = Insert(("Outputs", name), {"Value": name})
            yield Finding(name, ("Resources",), Fix(name, (own, *operations), Safety.SAFE))

    return Transform(name, check, doc="")


def edits(monkeypatch: pytest.MonkeyPatch, *transforms: Transform, text: str = TEXT) -> tuple[Outcome, list[int]]:
    """The outcome, and how many operations each edit had."""
    sizes: list[int] = []

    def counted(document: Document, operations: Iterable[Operation], layout: Layout) -> str:
        sizes.append(len(list(operations)))
        return edit(document, operations, layout)

    monkeypatch.setattr(api, "TRANSFORMS", transforms)
    monkeypatch.setattr(work, "edit", counted)
    return fix_text(text, Settings(select=("all",), validate="none")), sizes


def test_the_fixes_of_several_transforms_are_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, sizes = edits(monkeypatch, made("A"), made("B"), made("C"))
    assert list(parse(outcome.after).data["Outputs"]) == ["A", "B", "C"]
    assert sizes == [3]


def test_a_fix_of_what_is_new_is_written_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    second = made("B", Set(("Outputs", "A", "Value"), "b"))
    outcome, sizes = edits(monkeypatch, made("A"), second, made("C"))
    assert parse(outcome.after).data["Outputs"]["A"] == {"Value": "b"}
    assert [finding.transform for finding in outcome.applied] == ["A", "B", "C"]
    assert sizes == [1, 2, 1]


def test_where_the_author_ignores_each_transform_is_written_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, sizes = edits(monkeypatch, made("A"), made("B"), text=TEXT + "# cfnfix: ignore-file[other]\n")
    assert sizes == [1, 1]
    assert list(parse(outcome.after).data["Outputs"]) == ["A", "B"]


def test_what_cannot_be_written_holds_back_its_own_fix_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data would allow a change of what an alias repeats, and the text does not."""
    text = "Resources:\n  A: &a\n    Type: T\n  B: *a\n"
    bad = made("Bad", Set(("Resources", "B", "Type"), "U"))
    outcome, sizes = edits(monkeypatch, made("A"), bad, made("C"), text=text)
    assert [finding.transform for finding in outcome.applied] == ["A", "C"]
    assert [finding.transform for finding in outcome.remaining] == ["Bad"]
    assert "alias" in outcome.remaining[0].reason
    assert sizes[0] == 4


def test_what_an_author_says_is_read_where_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """An item that moved in the data has not moved in the text, unless it is written first."""
    text = TEXT + "    Properties:\n      Names:\n      - a # one\n      - b # two\n"
    names = ("Resources", "Queue", "Properties", "Names")
    told: list[str] = []

    def listen(template: Template, options: Options) -> Iterator[Finding]:
        told.extend(template.remarks_at((*names, index)).behind for index in range(len(template.value_at(names))))
        return iter(())

    outcome, sizes = edits(monkeypatch, made("A", Remove((*names, 0))), Transform("listen", listen, ""), text=text)
    assert told == ["two", "two"]
    assert sizes == [2]
    assert "one" in outcome.after


def test_what_has_not_changed_is_asked_about_without_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT + "    Properties:\n      Name: a # one\n"
    told: list[str] = []

    def listen(template: Template, options: Options) -> Iterator[Finding]:
        told.append(template.remarks_at(("Resources", "Queue", "Properties", "Name")).behind)
        return iter(())

    _, sizes = edits(monkeypatch, made("A"), Transform("listen", listen, ""), made("B"), text=text)
    assert told == ["one", "one"]
    assert sizes == [2]


def test_what_cannot_be_written_when_it_is_asked_for_is_no_failed_check(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Resources:\n  A: &a\n    Type: T # one\n    Names: [x, y]\n  B: *a\n"

    def listen(template: Template, options: Options) -> Iterator[Finding]:
        template.remarks_at(("Resources", "B", "Names", 0))
        return iter(())

    bad = made("Bad", Remove(("Resources", "B", "Names", 1)))
    outcome, _ = edits(monkeypatch, bad, Transform("listen", listen, ""), made("C"), text=text)
    assert [finding.transform for finding in outcome.applied] == ["C"]
    assert [finding.transform for finding in outcome.remaining] == ["Bad"]


def test_a_value_that_changed_is_written_before_somebody_asks_how(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT + "    Properties:\n      Version: 1.10\n      Other: 2.10\n"
    version = ("Resources", "Queue", "Properties", "Version")
    told: list[str | None] = []

    def listen(template: Template, options: Options) -> Iterator[Finding]:
        told.extend(template.written_at((*version[:-1], name)) for name in ("Other", "Version"))
        return iter(())

    _, sizes = edits(
        monkeypatch, made("A", Set(version, "3.10")), Transform("listen", listen, ""), made("B"), text=text
    )
    assert told[:2] == ["2.10", "3.10"]
    assert sizes == [2, 1]
