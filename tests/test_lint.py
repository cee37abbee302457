"""The repairs of what cfn-lint finds, against cfn-lint: what is repaired is not found any more, and nothing else is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fixer.api import fix_text
from fixer.engine.loader import load
from fixer.model import Case, Transform
from fixer.settings.model import Settings
from tests.linted import matches
from tests.test_transforms import TRANSFORMS, cases, run

REPAIRS = [entry for entry in TRANSFORMS if entry.check.__module__.startswith("transforms.lint.")]
PAIRS = [(one, case) for one in REPAIRS for case in cases(one) if case.after]
INVALID = [pytest.param(one, case, id=f"{one.name}: {case.name}") for one, case in PAIRS]

UNSEEN = {
    ("sub-without-variables", "what is no resource of AWS SAM"): "cfn-lint passes over templates of AWS SAM",
    ("sub-without-variables", "a loop has nothing to put in"): "cfn-lint resolves what a loop makes itself",
    ("unused-parameter", "AWS SAM"): "cfn-lint says nothing about templates with a transform",
    ("wrong-type", "numbers that are texts"): "cfn-lint lets CloudFormation convert them, which loses characters",
    ("missing-retention", "the longest that logs may be kept"): "cfn-lint does not know their longest",
}
"""Cases that cfn-lint has no finding of the rule about, and why they are repaired all the same."""
REVEALED = frozenset({"I2530", "I3011", "I3013", "W1020", "W3005"})
"""Advice that cfn-lint gives as soon as it understands a value."""
REVEALING = frozenset({"deprecated-runtime", "invalid-logical-id", "misspelled-name", "wrong-type"})


def found(text: str) -> Counter[str]:
    """How often each rule of cfn-lint is broken."""
    return Counter(str(match.rule.id) for match in matches(text))


@pytest.mark.parametrize(("transform", "case"), INVALID)
def test_the_finding_is_gone(transform: Transform, case: Case, tmp_path: Path) -> None:
    before, after = found(case.before), found(run(transform, case, case.before, tmp_path).after)
    own = set(transform.lint_rules)
    if (transform.name, case.name) not in UNSEEN:
        assert any(before[rule] for rule in own), before
        assert sum(after[rule] for rule in own) < sum(before[rule] for rule in own)
    allowed = REVEALED if transform.name in REVEALING else frozenset()
    assert (after - before).keys() <= allowed, "the repair brings a new finding"


CHAIN = """\
Parameters:
  Environment: {Type: String}
  Which: {Type: String}
Mappings:
  Names:
    eu-west-1: {Name: orders}
Conditions:
  IsOrders: !Equals [!FindInMap [Names, !Ref AWS::Region, Name], !Ref Which]
Resources:
  Topic:
    Type: AWS::SNS::Topic
"""


def test_what_nobody_uses_goes_before_its_value_is_put_out_and_after_tags_took_it_up() -> None:
    settings = Settings(extend_select=("lint",), unsafe_fixes=True, validate="none")
    data = load(fix_text(CHAIN, settings).after, "yaml")
    assert list(data["Parameters"]) == ["Environment", "CostCenter", "DataClassification"]
    assert not {"Mappings", "Conditions"} & data.keys()
    assert {"Environment", "Which"} & data["Outputs"].keys() == {"Environment"}
