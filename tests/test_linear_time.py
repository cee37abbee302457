"""Four times the template takes about four times as long, whatever it is that there is more of."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import process_time

import pytest

from fixer.api import fix_text
from fixer.settings.model import Settings

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


def export_name(number: int) -> str:
    name = "".join(f"a{n}-${{AWS::Region}}-" for n in range(10 * number))
    outputs = f"Outputs:\n  O:\n    Value: x\n    Export: {{Name: !Sub '{name}'}}\n"
    return f"Resources:\n  T:\n    Type: AWS::SNS::Topic\n{outputs}"


@pytest.mark.parametrize("shape", [roles, roles_in_json, topics_and_two_aliases, script, items, comments, export_name])
def test_time_grows_with_the_template(shape: Callable[[int], str]) -> None:
    fix_text(shape(10), SETTINGS)  # what is loaded once is loaded now
    quarter = min(seconds(shape(120)) for _ in range(2))
    assert takes_less(shape(480), 9 * max(quarter, 0.05))


LONG = 20_000
TEXTS = {
    "letters": "a" * LONG,
    "host": "a" * LONG + ".amazonaws.com",
    "labels": "a." * (LONG // 2) + "amazonaws.com",
    "hosts": "s3.us-east-1.amazonaws.com." * (LONG // 27),
    "queues": "sqs." * (LONG // 4),
    "consoles": "console.aws.amazon.com/" * (LONG // 23),
    "arns": "arn:aws:s3:us-east-1:123456789012:" * (LONG // 34),
    "zones": "us-east-1-" * (LONG // 10),
    "dashes": "us-east-1-" + "a-" * (LONG // 2),
    "open variables": "${" * (LONG // 2),
    "open variable with blanks": "${a" + " " * LONG,
    "paths": "arn:aws:iam::123456789012:role/" + ":a/" * (LONG // 3) + "!",
    "many stars": "s3:" + "*a" * 12 + "*x",
}
"""Texts at which a pattern that tries again from every place takes for ever."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_long_text_takes_no_long_time(name: str) -> None:
    text = TEXTS[name]
    stars = {"Effect": "Allow", "Action": [text, "s3:GetObject"], "Resource": "*"}
    policy = {"PolicyName": "p", "PolicyDocument": {"Statement": [stars]}}
    properties = {"TopicName": {"Fn::Sub": text}, "DisplayName": text, "Tags": [{"Key": "us-east-1", "Value": text}]}
    resources = {
        "Role": {**ROLE, "Properties": {"RoleName": "a", **ROLE["Properties"], "Policies": [policy]}},  # type: ignore[dict-item]
        "Topic": {"Type": "AWS::SNS::Topic", "Properties": properties},
        "Other": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": f"us-east-1 {text}"}},
    }
    outputs = {str(n): {"Value": text, "Export": {"Name": f"{n}{text[:255]}"}} for n in range(3)}
    fix_text(roles(1), SETTINGS)  # what is loaded once is loaded now
    assert takes_less(json.dumps({"Resources": resources, "Outputs": outputs}), 5)


@pytest.mark.parametrize("style", ["|", "|-", "|+", ">", ">-", ">+"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_blank_lines_inside_a_block_take_no_long_time(style: str, newline: str) -> None:
    blank = "\n" * 5_000
    text = within(f"          one{blank}          two\n").replace("!Sub |", style).replace("\n", newline)
    assert takes_less(text, 5)


def takes_less(text: str, limit: float) -> bool:
    """Whether one of two runs does: the machine does other things too. The second is not made if it is not needed."""
    return any(seconds(text) < limit for _ in range(2))


def seconds(text: str) -> float:
    start = process_time()
    outcome = fix_text(text, SETTINGS)
    taken = process_time() - start
    assert outcome.error is None
    return taken
