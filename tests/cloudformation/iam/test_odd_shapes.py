"""Broken shapes are not seen; nothing raises."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.template import Template
from fixer.model import Options
from transforms.iam.wildcard_iam_resource import wildcard_iam_resource

ODD: tuple[Any, ...] = (
    None,
    1,
    "",
    "x",
    [],
    [None],
    [[]],
    {},
    {"": None},
    {"Ref": "R"},
    {"Fn::If": ["C"]},
    {"Fn::If": "C"},
)
KEYS = ("Effect", "Action", "Resource", "NotAction", "Condition", "Sid")


def findings(resources: dict[str, Any]) -> int:
    return len(list(wildcard_iam_resource.check(Template({"Resources": resources}), Options())))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_values(odd: Any) -> None:
    good = {"Effect": "Allow", "Action": ["s3:GetObject", "logs:PutLogEvents"], "Resource": "*"}
    bucket = {"Type": "AWS::S3::Bucket", "Properties": odd}
    for key in KEYS:
        policy = {"PolicyDocument": {"Statement": [{**good, key: odd}]}}
        findings({"R": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy]}}, "B": bucket})
    for policies in (odd, [odd], [{"PolicyDocument": odd}], [{"PolicyDocument": {"Statement": odd}}]):
        for type_name in ("AWS::IAM::Role", "AWS::Serverless::Function"):
            properties = {
                "Policies": policies,
                "ManagedPolicyArns": odd,
                "Events": odd,
                "AssumeRolePolicyDocument": odd,
            }
            findings({"R": {"Type": type_name, "Properties": properties}, "B": bucket})
    role = {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyDocument": {"Statement": good}}]}}
    for key in ("FunctionName", "LoggingConfig", "Environment", "VpcConfig"):
        function = {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Ref": "R"}, key: odd}}
        assert findings({"R": role, "F": function, "B": {"Type": "AWS::S3::Bucket"}}) > 0
