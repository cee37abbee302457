"""Four times the template takes about four times as long, whatever it is that there is more of."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import process_time

import pytest

from fixer.api import fix_text
from fixer.engine.settings import Settings

SETTINGS = Settings(select=("all",), unsafe_fixes=True, validate="none")
ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": []}}}


def roles(number: int) -> str:
    role = "  R{0}:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: my-role-{0}  # {0}\n"
    return "Resources:\n" + "".join(role.format(n) for n in range(number))


def roles_in_json(number: int) -> str:
    properties = ROLE["Properties"]
    named = {f"R{n}": {**ROLE, "Properties": {"RoleName": f"my-role-{n}", **properties}} for n in range(number)}  # type: ignore[dict-item]
    return json.dumps({"Resources": named}, indent=2)


def topics_and_two_aliases(number: int) -> str:
    used = "  A{0}:\n    Type: AWS::SNS::Topic\n    Properties: &p{0} {{}}\n    Metadata: {{p: *p{0}}}\n"
    topics = "".join(f"  T{n}:\n    Type: AWS::SNS::Topic\n" for n in range(number))
    return "Resources:\n" + used.format(1) + topics + used.format(2)


def within(lines: str) -> str:
    return (
        "Resources:\n  F:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n"
        f"        Fn::Base64: !Sub |\n{lines}"
    )


def script(number: int) -> str:
    return within("".join(f"          x={n} arn:aws:s3:::b ${{AWS::Region}}\n" for n in range(10 * number)))


def items(number: int) -> str:
    rules = "".join(f"        - CidrIp: 10.0.0.{n}/32\n          Description: a{n} # c\n" for n in range(5 * number))
    return "Resources:\n  S:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n" + rules


def comments(number: int) -> str:
    return "Resources:\n  T:\n    Type: AWS::SNS::Topic\n" + "    # comment\n\n" * (40 * number)


@pytest.mark.parametrize("shape", [roles, roles_in_json, topics_and_two_aliases, script, items, comments])
def test_time_grows_with_the_template(shape: Callable[[int], str]) -> None:
    fix_text(shape(10), SETTINGS)  # what is loaded once is loaded now
    assert seconds(shape(480)) < 9 * max(seconds(shape(120)), 0.05)


def seconds(text: str) -> float:
    """The least of two measurements, for a machine that does other things too."""
    times = []
    for _ in range(2):
        start = process_time()
        outcome = fix_text(text, SETTINGS)
        times.append(process_time() - start)
        assert outcome.error is None
    return min(times)
