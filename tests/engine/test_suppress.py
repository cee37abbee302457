"""Ignores: where they stand, what they cover, and what is said of those that suppress nothing."""

from __future__ import annotations

import json

import pytest

from fixer.api import fix_text
from fixer.engine.suppress import UNUSED
from fixer.model import Outcome
from fixer.settings.model import Settings

ROLES = """\
Resources:
  One:{on_resource}
    Type: AWS::IAM::Role
    Properties:
      RoleName: one{on_line}
      Path: /
{above}
  Two:
    Type: AWS::IAM::Role
    Properties:
      RoleName: two
      Path: /
"""


def fixed(on_resource: str = "", on_line: str = "", above: str = "", before: str = "") -> Outcome:
    text = before + ROLES.format(on_resource=on_resource, on_line=on_line, above=above)
    return fix_text(text, Settings(select=("explicit-iam-name",), validate="none"))


def names(outcome: Outcome) -> list[str]:
    return [word for word in ("one", "two") if f"RoleName: {word}" in outcome.after]


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        ({}, []),
        ({"on_line": "  # cfnfix: ignore[explicit-iam-name] known to the audit"}, ["one"]),
        ({"on_line": "  # cfnfix: ignore"}, ["one"]),
        ({"on_resource": " # cfnfix:ignore[missing-tags, explicit-iam-name]"}, ["one"]),
        ({"above": "  # cfnfix: ignore[explicit-iam-name]"}, ["two"]),
        ({"above": "  # cfnfix: ignore[explicit-iam-name]\n  # and more words"}, ["two"]),
        ({"before": "# cfnfix: ignore-file\n"}, ["one", "two"]),
        ({"before": "# cfnfix: ignore-file[explicit-iam-name] all of it is old\n"}, ["one", "two"]),
        ({"before": "Metadata: {cfnfix: {ignore: [explicit-iam-name]}}\n"}, ["one", "two"]),
        ({"on_resource": "\n    Metadata:\n      cfnfix: {ignore: explicit-iam-name}"}, ["one"]),
        ({"on_line": "  # cfnfix: ignore[missing-tags]"}, []),
        ({"on_resource": "\n    Metadata:\n      #\n      cfnfix:\n        ignore: [explicit-iam-name]"}, ["one"]),
        ({"on_line": "  # cfnfix: ignore[explicit-iam-name"}, ["one"]),
        ({"on_line": "  # cfnfix: ignore[missing-tags", "above": "  # [see above]"}, []),
    ],
)
def test_where_it_stands(places: dict[str, str], kept: list[str]) -> None:
    outcome = fixed(**places)
    assert names(outcome) == kept
    assert not outcome.remaining


def test_json_has_the_metadata() -> None:
    role = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "one", "Path": "/"}}
    ignored = {**role, "Metadata": {"cfnfix": {"ignore": ["explicit-iam-name"]}}}
    text = json.dumps({"Resources": {"One": ignored, "Two": role}}, indent=2)
    outcome = fix_text(text, Settings(select=("explicit-iam-name",), validate="none"))
    assert outcome.after.count("RoleName") == 1


def test_what_suppresses_nothing_is_told() -> None:
    text = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic  # cfnfix: ignore[explicit-iam-name] why\n"
    (finding,) = fix_text(text, Settings(select=("explicit-iam-name",), validate="none")).remaining
    assert finding.transform == UNUSED
    assert (finding.line, finding.column) == (3, 28)
    assert "explicit-iam-name" in finding.message


def test_nothing_is_told_of_transforms_that_did_not_run() -> None:
    text = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic  # cfnfix: ignore[missing-tags]\n"
    assert not fix_text(text, Settings(select=("explicit-iam-name",), validate="none")).remaining


def test_it_holds_in_the_second_round_too() -> None:
    """Lines shift while other fixes are applied; the ignore goes with its entry."""
    text = "# cfnfix: ignore-file[missing-parameter-outputs]\n" + ROLES.format(
        on_resource="", on_line="  # cfnfix: ignore", above=""
    )
    outcome = fix_text(text, Settings(validate="none"))
    assert names(outcome) == ["one"]
    assert "CostCenter:\n    Description" not in outcome.after
