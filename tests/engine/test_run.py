"""The way of a template: order, batches, withheld fixes, convergence, validation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from fixer import api
from fixer.api import fix_text
from fixer.cloudformation.template import Template
from fixer.engine import run, work
from fixer.engine.validate import Problem, Validator, new_problems
from fixer.model import (
    Finding,
    Fix,
    Impact,
    Insert,
    Operation,
    Options,
    Outcome,
    Remove,
    Safety,
    Set,
    Transform,
)
from fixer.settings.model import Settings
from fixer.syntax.document import Document
from fixer.syntax.edit import edit
from fixer.syntax.layout import Layout

TEXT = """\
Resources:
  Topic:
    Type: AWS::SNS::Topic
  Queue:
    Type: AWS::SQS::Queue
"""
OFF = Settings(select=("all",), validate="none")


def made(
    name: str, *operations: Operation, when: Callable[[Template], bool] = lambda template: True, **fix: object
) -> Transform:
    """A transform with one fix, proposed while ``when`` holds."""

    def check(template: Template, options: Options) -> Iterator[Finding]:
        if when(template):
            yield Finding(f"{name} finds", ("Resources",), Fix(name, operations, **{"safety": Safety.SAFE, **fix}))  # type: ignore[arg-type]

    return Transform(name, check, doc="")


def fixed(
    monkeypatch: pytest.MonkeyPatch, *transforms: Transform, text: str = TEXT, settings: Settings = OFF
) -> Outcome:
    monkeypatch.setattr(api, "TRANSFORMS", transforms)
    return fix_text(text, settings)


def lacks(*path: str) -> Callable[[Template], bool]:
    return lambda template: template.value_at(path) is None


def test_order_is_that_of_the_transforms(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made("first", Insert(("Outputs", "A"), {"Value": "1"}), when=lacks("Outputs", "A"))
    second = made("second", Insert(("Outputs", "B"), {"Value": "2"}), when=lacks("Outputs", "B"))
    outcome = fixed(monkeypatch, second, first)
    assert list(Template(run.read_template(outcome.after).data).outputs) == ["B", "A"]
    assert [f.transform for f in outcome.applied] == ["second", "first"]


def test_unsafe_is_held_back_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    unsafe = made("unsafe", Insert(("Outputs", "A"), {"Value": "1"}), when=lacks("Outputs", "A"), safety=Safety.UNSAFE)
    outcome = fixed(monkeypatch, unsafe)
    assert not outcome.changed
    assert [f.transform for f in outcome.remaining] == ["unsafe"]
    asked = fixed(monkeypatch, unsafe, settings=Settings(select=("all",), validate="none", unsafe_fixes=True))
    assert asked.changed


def test_display_only_is_never_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = made("shown", Insert(("Outputs", "A"), {"Value": "1"}), safety=Safety.DISPLAY_ONLY)
    outcome = fixed(monkeypatch, shown, settings=Settings(select=("all",), validate="none", unsafe_fixes=True))
    assert not outcome.changed


def test_impact_above_the_limit_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = made("heavy", Insert(("Outputs", "A"), {"Value": "1"}), impact=Impact.REPLACEMENT)
    settings = Settings(select=("all",), validate="none", max_impact=Impact.NO_INTERRUPTION)
    outcome = fixed(monkeypatch, heavy, settings=settings)
    assert not outcome.changed
    assert outcome.remaining


def test_fixes_that_undo_each_other_leave_the_original(monkeypatch: pytest.MonkeyPatch) -> None:
    def there(template: Template) -> bool:
        return template.value_at(("Outputs", "A")) is not None

    add = made("add", Insert(("Outputs", "A"), {"Value": "1"}), when=lacks("Outputs", "A"))
    drop = made("drop", Remove(("Outputs",)), when=there)
    outcome = fixed(monkeypatch, add, drop)
    assert outcome.after == TEXT
    assert outcome.error is not None
    assert "drop" in str(outcome.error)


def test_fixes_without_end_leave_the_original(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(template: Template, options: Options) -> Iterator[Finding]:
        number = len(template.outputs)
        fix = Fix("more", (Insert(("Outputs", f"Output{number}"), {"Value": "1"}),), Safety.SAFE)
        if number < 1000:
            yield Finding(f"needs number {number}", ("Outputs",), fix)

    outcome = fixed(monkeypatch, Transform("greedy", check, doc=""))
    assert outcome.after == TEXT
    assert outcome.error is not None
    assert "greedy" in str(outcome.error)


def test_a_fix_that_cannot_be_written_is_withheld_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Fix("good", (Insert(("Outputs", "A"), {"Value": "1"}),), Safety.SAFE)
    bad = Fix("bad", (Set(("Resources", "Nobody"), {}),), Safety.SAFE)

    def check(template: Template, options: Options) -> Iterator[Finding]:
        yield Finding("bad one", ("Resources",), bad)
        if template.value_at(("Outputs", "A")) is None:
            yield Finding("good one", ("Resources",), good)

    outcome = fixed(monkeypatch, Transform("mixed", check, doc=""))
    assert [f.message for f in outcome.applied] == ["good one"]
    assert [(f.message, f.reason) for f in outcome.remaining] == [("bad one", "Resources.Nobody is not there")]


def test_a_few_culprits_among_many_are_found_with_few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"T{number}" for number in range(200)]
    text = "Resources:\n" + "".join(f"  {name}:\n    Type: T\n" for name in names)
    culprits = {"T7", "T8", "T150"}

    def check(template: Template, options: Options) -> Iterator[Finding]:
        for name in names:
            if template.value_at(("Resources", name, "Metadata")) is None:
                own = Insert(("Resources", name, "Metadata"), {"a": 1})
                spoilt = (Set(("Resources", name, "Nothing"), 1),) if name in culprits else ()
                yield Finding(name, ("Resources", name), Fix("x", (own, *spoilt), Safety.SAFE))

    attempts = []
    attempt = work.Work.attempt
    monkeypatch.setattr(work.Work, "attempt", lambda own, batch: attempts.append(batch) or attempt(own, batch))
    outcome = fixed(monkeypatch, Transform("many", check, doc=""), text=text)
    assert [f.message for f in outcome.applied] == [name for name in names if name not in culprits]
    assert {f.message for f in outcome.remaining} == culprits
    assert len(attempts) < 60


def test_who_clashes_with_a_culprit_is_not_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Insert(("Outputs", "A"), {"Value": "1"})
    bad = Insert(("Outputs", "A"), {"Value": "2"})

    def check(template: Template, options: Options) -> Iterator[Finding]:
        if template.value_at(("Outputs", "A")) is None:
            yield Finding("bad", ("Resources",), Fix("x", (bad, Set(("Nowhere",), 1)), Safety.SAFE))
            yield Finding("good", ("Resources",), Fix("x", (good,), Safety.SAFE))

    outcome = fixed(monkeypatch, Transform("two", check, doc=""))
    assert [f.message for f in outcome.applied] == ["good"]


def test_a_wrong_edit_is_caught_and_the_other_fixes_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(document: Document, operations: Iterable[Operation], layout: Layout) -> str:
        operations = list(operations)
        text = edit(document, operations, layout)
        return text.replace("SQS::Queue", "SNS::Topic") if any(o.path[-1] == "Bad" for o in operations) else text

    monkeypatch.setattr(work, "edit", wrong)
    bad = made("bad", Insert(("Outputs", "Bad"), {"Value": "1"}), when=lacks("Outputs", "Bad"))
    good = made("good", Insert(("Outputs", "Good"), {"Value": "1"}), when=lacks("Outputs", "Good"))
    outcome = fixed(monkeypatch, bad, good)
    assert [f.transform for f in outcome.applied] == ["good"]
    assert "AWS::SQS::Queue" in outcome.after
    (withheld,) = outcome.remaining
    assert withheld.reason == (
        "the proof failed: the new text is not what the repair declares, at Resources.Queue.Type; please report this"
    )


def test_what_is_left_of_a_batch_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(template: Template, options: Options) -> Iterator[Finding]:
        for name in "ABCDE":
            if template.value_at(("Outputs", name)) is None:
                spoilt = (Set(("Nowhere",), 1),) if name == "B" else ()
                yield Finding(name, ("Outputs",), Fix("x", (Insert(("Outputs", name), {}), *spoilt), Safety.SAFE))

    outcome = fixed(monkeypatch, Transform("letters", check, doc=""))
    assert list(Template(run.read_template(outcome.after).data).outputs) == list("ACDE")


def test_a_fix_is_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    half = made("half", Insert(("Outputs", "A"), {"Value": "1"}), Set(("Resources", "Nobody"), {}))
    assert fixed(monkeypatch, half).after == TEXT


def test_clashing_fixes_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two fixes want one place; the second waits, and its check sees the new template."""

    def check(template: Template, options: Options) -> Iterator[Finding]:
        for number in (1, 2):
            if template.value_at(("Outputs", "A", "Value")) != str(number) and lacks("Outputs", f"Done{number}")(
                template
            ):
                done = Insert(("Outputs", f"Done{number}"), {"Value": "x"})
                there = template.value_at(("Outputs", "A")) is not None
                change = (
                    Set(("Outputs", "A", "Value"), str(number))
                    if there
                    else Insert(("Outputs", "A"), {"Value": str(number)})
                )
                yield Finding(f"number {number}", ("Resources",), Fix("x", (change, done), Safety.SAFE))

    outcome = fixed(monkeypatch, Transform("turns", check, doc=""))
    assert Template(run.read_template(outcome.after).data).value_at(("Outputs", "A", "Value")) == "2"


def test_identical_insertions_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Insert(("Parameters", "Shared"), {"Type": "String"})

    def check(template: Template, options: Options) -> Iterator[Finding]:
        for name in template.resources:
            if template.value_at(("Resources", name, "Metadata")) is None:
                own = Insert(("Resources", name, "Metadata"), {"By": {"Ref": "Shared"}})
                extra = () if "Shared" in template.parameters else (shared,)
                yield Finding(name, ("Resources", name), Fix("x", (*extra, own), Safety.SAFE))

    outcome = fixed(monkeypatch, Transform("sharing", check, doc=""))
    assert len(outcome.applied) == 2
    assert outcome.after.count("Shared:") == 1


def test_a_check_that_raises_becomes_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(template: Template, options: Options) -> Iterator[Finding]:
        raise ZeroDivisionError("oops")
        yield

    good = made("good", Insert(("Outputs", "A"), {"Value": "1"}), when=lacks("Outputs", "A"))
    outcome = fixed(monkeypatch, Transform("broken", check, doc=""), good)
    assert outcome.changed
    assert any("oops" in f.reason and f.transform == "broken" for f in outcome.remaining)


def test_a_fix_inside_a_used_anchor_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Resources:\n  A:\n    Type: T\n    Properties: &p\n      X: 1\n  B:\n    Type: T\n    Properties: *p\n"
    outcome = fixed(monkeypatch, made("change", Set(("Resources", "A", "Properties", "X"), 2)), text=text)
    assert outcome.after == text
    assert "anchor" in outcome.remaining[0].reason


@pytest.mark.parametrize("validate", ["cfn-lint", "fast"])
def test_never_worse(monkeypatch: pytest.MonkeyPatch, validate: str) -> None:
    """A fix that brings a new error is withheld by name; the others stay."""
    bad = made(
        "bad",
        Insert(("Resources", "Topic", "Properties", "Nonsense"), 1),
        when=lacks("Resources", "Topic", "Properties"),
    )
    good = made("good", Insert(("Outputs", "A"), {"Value": {"Ref": "Topic"}}), when=lacks("Outputs", "A"))
    outcome = fixed(monkeypatch, bad, good, settings=Settings(select=("all",), validate=validate))
    assert [f.transform for f in outcome.applied] == ["good"]
    (withheld,) = outcome.remaining
    assert withheld.transform == "bad"
    assert "new error" in withheld.reason
    assert "Nonsense" in withheld.reason


def test_errors_that_were_there_before_are_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT + "    Properties:\n      Nonsense: 1\n"
    good = made("good", Insert(("Outputs", "A"), {"Value": {"Ref": "Topic"}}), when=lacks("Outputs", "A"))
    assert fixed(monkeypatch, good, text=text, settings=Settings(select=("all",))).changed


def test_a_name_that_is_unknown_is_an_error_with_the_closest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "TRANSFORMS", (made("missing-tags"),))
    with pytest.raises(api.CfnfixError, match="did you mean missing-tags"):
        fix_text(TEXT, Settings(select=("mising-tags",)))


def test_what_was_refused_is_tried_again_on_another_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """The value with the anchor may be changed once nobody uses the anchor any more."""
    text = "Resources:\n  A:\n    Type: T\n    Properties:\n      X: &x old\n      Y: *x\n"

    def check(template: Template, options: Options) -> Iterator[Finding]:
        for name in ("X", "Y"):
            path = ("Resources", "A", "Properties", name)
            if template.value_at(path) == "old":
                yield Finding(name, path, Fix("x", (Set(path, "new"),), Safety.SAFE))

    outcome = fixed(monkeypatch, Transform("all", check, doc=""), text=text)
    repaired = Template(run.read_template(outcome.after).data)
    assert repaired.value_at(("Resources", "A", "Properties")) == {"X": "new", "Y": "new"}
    assert not outcome.remaining


def test_an_old_error_may_quote_a_new_value() -> None:
    def find(text: str) -> list[Problem]:
        return [Problem("E1", ("A",), f"{text!r} is wrong")] + [Problem("E1", ("B",), "new")] * text.count("worse")

    assert new_problems(Validator(find), "bad", "still bad") == []
    assert new_problems(Validator(find), "bad", "worse") == [Problem("E1", ("B",), "new")]
