"""What a diff shows of a statement that is taken apart."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import permutations

import pytest

from fixer.engine.run import Repair, repair
from fixer.settings.model import Settings
from transforms.iam.wildcard_iam_resource import wildcard_iam_resource

TABLE = ("dynamodb:GetItem", "dynamodb:PutItem")
QUEUE = ("sqs:SendMessage",)
FREE = ("xray:PutTraceSegments", "xray:PutTelemetryRecords", "ec2:DescribeVpcs")
OTHER = """\
              - Effect: Allow
                Action:
                  - ses:SendEmail
                  - sts:AssumeRole
                Resource: '*'
"""


SURROUNDINGS = {"alone": ("", ""), "the first": ("", OTHER), "the last": (OTHER, ""), "between": (OTHER, OTHER)}
ORDERS = [*permutations((*TABLE, *FREE[:2])), *list(permutations((*TABLE, *QUEUE, *FREE)))[::60]]


def template(actions: tuple[str, ...], around: str) -> str:
    before, behind = SURROUNDINGS[around]
    listed = "".join(f"                  - {action}\n" for action in actions)
    return f"""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Queue:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
{before}              - Effect: Allow
                Action:
{listed}                Resource: '*'
{behind}      Path: /
"""


def repaired(text: str) -> Repair:
    return repair(text, [wildcard_iam_resource], Settings(unsafe_fixes=True))


def deleted(before: str, after: str) -> Counter[str]:
    """The lines that a diff shows as deleted."""
    old, new = before.splitlines(), after.splitlines()
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Counter(line.strip() for kind, i, end, _, _ in codes if kind != "equal" for line in old[i:end])


def changed(actions: tuple[str, ...], around: str, result: Repair) -> Counter[str]:
    """The lines of the statement whose values are others in the statement that now stands in its place."""
    listed = result.after.data["Resources"]["Role"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    others = [index for index, statement in enumerate(listed) if "ses:SendEmail" in statement["Action"]]
    start = others[0] + 1 if SURROUNDINGS[around][0] else 0
    mine = next(statement for statement in listed[start:] if "ses:SendEmail" not in statement["Action"])
    if not isinstance(mine["Action"], list):
        gone = ["Action:", *(f"- {action}" for action in actions)]
    else:
        gone = [f"- {action}" for action in actions if action not in mine["Action"]]
    return Counter([*gone, *(["Resource: '*'"] if mine["Resource"] != "*" else [])])


@pytest.mark.parametrize("around", SURROUNDINGS)
def test_a_diff_shows_no_line_as_changed_that_stays(around: str) -> None:
    for actions in ORDERS:
        before = template(actions, around)
        result = repaired(before)
        assert deleted(before, result.after.text) <= changed(actions, around, result), actions


def test_only_a_statement_that_is_alone_may_be_left_as_it_is() -> None:
    """Namely if many actions that need * stand before many that do not. In the order that the finding asks for it is
    taken apart.
    """
    many = (*TABLE, "dynamodb:UpdateItem", "dynamodb:DeleteItem")
    free = (*FREE, "ec2:DescribeSubnets")
    left = {around for around in SURROUNDINGS if not repaired(template((*free, *many), around)).applied}
    assert left == {"alone"}
    said = " ".join(finding.reason for finding in repaired(template((*free, *many), "alone")).remaining)
    assert f"list {', '.join(free)} last" in said
    assert repaired(template((*many, *free), "alone")).applied
    assert all(repaired(template(actions, "alone")).applied for actions in ORDERS)
