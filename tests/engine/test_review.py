"""The review without a terminal: states and decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from fixer.api import fix_text, selected
from fixer.cloudformation.template import Template
from fixer.engine.review import Decision, Review, State
from fixer.model import Finding, Fix, Impact, Insert, Options, Remove, Safety, Set, Transform
from fixer.settings.model import Settings

TEXT = """\
Resources:
  One:
    Type: AWS::IAM::Role
    Properties:
      RoleName: one
  Two:
    Type: AWS::IAM::Role
    Properties:
      RoleName: two
  Bucket:
    Type: AWS::S3::Bucket
"""
REAL = Settings(select=("explicit-iam-name", "missing-tags", "missing-resource-outputs"), validate="none")
Y, N, A, D = Decision.YES, Decision.NO, Decision.ALL, Decision.NEVER


def named(template: Template, options: Options) -> Iterator[Finding]:
    """Names of roles go: the first is safe to remove, the others are not, and but for the third replace."""
    for number, (name, resource) in enumerate(template.resources.items()):
        if resource.type == "AWS::IAM::Role" and "RoleName" in (template.value_at(resource.path) or {})["Properties"]:
            path = (*resource.path, "Properties", "RoleName")
            safety = Safety.SAFE if name == "One" else Safety.UNSAFE
            impact = Impact.REPLACEMENT if name == "Two" else Impact.NONE
            yield Finding(f"{number} named", path, Fix("Remove", (Remove(path),), safety, impact), reason="why")


def noted(template: Template, options: Options) -> Iterator[Finding]:
    """What has no description gets one; what cannot be repaired is told."""
    if template.value_at(("Description",)) is None:
        yield Finding("no description", (), Fix("Describe", (Insert(("Description",), "d"),), Safety.SAFE))
    yield Finding("no fix", ("Resources",), reason="none is known")
    fix = Fix("Impossible", (Set(("Resources", "None", "Type"), "x"),), Safety.SAFE)
    yield Finding("impossible", ("Resources",), fix)


TRANSFORMS = (Transform("named", named, ""), Transform("noted", noted, ""))


def reviewed(*decisions: Decision, text: str = TEXT, **more: bool) -> State:
    rules = Review(TRANSFORMS, Settings(), **more)
    state = rules.begin(text)
    for decision in decisions:
        state = rules.decide(state, decision)
    return state


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [one.message for one in findings]


def shown(state: State) -> str | None:
    return state.proposal.finding.message if state.proposal else None


def test_proposals_come_in_order_and_change_one_thing() -> None:
    state = reviewed()
    assert state.proposal
    assert (shown(state), state.left, state.text) == ("0 named", 3, TEXT)
    assert state.proposal.after == TEXT.replace("Properties:\n      RoleName: one\n", "Properties: {}\n")
    assert (state.proposal.finding.line, state.proposal.finding.column) == (5, 7)
    assert messages(state.others) == ["no fix"]


def test_yes_takes_it_and_no_leaves_it() -> None:
    state = reviewed(N, Y)
    assert "RoleName: one" in state.text
    assert "RoleName: two" not in state.text
    assert (messages(state.accepted), messages(state.declined)) == (["1 named"], ["0 named"])
    assert shown(state) == "no description"
    last = reviewed(N, Y, Y)
    assert (last.proposal, messages(last.refused)) == (None, ["impossible"])
    assert last.refused[0].reason
    assert last.text.startswith("Description: d\n")
    with pytest.raises(ValueError, match="nothing is proposed"):
        reviewed(N, Y, Y, Y)


def test_all_takes_no_less_safe_ones() -> None:
    assert messages(reviewed(A).accepted) == ["0 named"]
    state = reviewed(A)
    assert (shown(state), "RoleName: two" in state.text) == ("1 named", True)
    more = TEXT + "  Three:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: three\n"
    assert messages(reviewed(A, text=more).accepted) == ["0 named"]
    assert messages(reviewed(N, A, text=more).accepted) == ["1 named", "3 named"]
    assert "RoleName: one" in reviewed(N, A, text=more).text
    assert messages(reviewed(N, N, A, text=more).accepted) == ["3 named"]


def test_never_writes_the_ignore() -> None:
    state = reviewed(D)
    assert state.text == TEXT.replace("RoleName: one\n", "RoleName: one  # cfnfix: ignore[named]\n")
    assert (shown(state), messages(state.ignored), state.accepted) == ("1 named", ["0 named"], ())
    assert shown(reviewed(text=state.text)) == "1 named"


def test_never_in_json_writes_metadata() -> None:
    text = '{"Resources": {"One": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "one"}}}}\n'
    state = reviewed(D, text=text)
    assert json.loads(state.text)["Resources"]["One"]["Metadata"] == {"cfnfix": {"ignore": ["named"]}}
    assert shown(state) == "no description"


def test_unsafe_ones_and_those_above_an_impact_can_be_left_out() -> None:
    assert messages(reviewed(unsafe=False).others) == ["1 named", "no fix"]
    rules = Review(TRANSFORMS, Settings(max_impact=Impact.NO_INTERRUPTION))
    state = rules.decide(rules.begin(TEXT), A)
    assert (shown(state), messages(state.others)) == ("no description", ["1 named", "no fix"])


def test_yes_to_all_is_what_a_run_does() -> None:
    """Later fixes see the earlier ones: the outputs of what has been repaired."""
    rules = Review(selected(REAL), REAL)
    state = rules.begin(TEXT)
    for _ in range(40):
        if state.proposal is None:
            break
        state = rules.decide(state, Y)
    whole = fix_text(TEXT, replace(REAL, unsafe_fixes=True)).after
    assert state.proposal is None
    assert len(state.accepted) > 4
    assert sorted(state.text.splitlines()) == sorted(whole.splitlines())
    assert fix_text(state.text, replace(REAL, unsafe_fixes=True)).after == state.text


def test_what_cannot_be_made_is_told_once() -> None:
    rules = Review(TRANSFORMS[::-1], Settings())
    state = rules.decide(rules.begin(TEXT), Y)
    assert (shown(state), messages(state.refused)) == ("0 named", ["impossible"])
    assert messages(rules.decide(state, Y).refused) == ["impossible"]


def test_to_undo_is_to_go_on_from_an_earlier_state() -> None:
    rules = Review(TRANSFORMS, Settings())
    begin = rules.begin(TEXT)
    assert rules.decide(begin, Y) == rules.decide(begin, Y)
    assert rules.decide(begin, N).text == begin.text == TEXT
