"""What is too large for a case beside a transform: limits of the template, impacts against the schemas."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.storage.buckets import is_public
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Finding, Impact, Insert, Options, Transform
from transforms.code.hard_coded_code_bucket import hard_coded_code_bucket
from transforms.outputs.alarm_arn_output import alarm_arn_output
from transforms.storage.missing_bucket_policy import missing_bucket_policy
from transforms.storage.missing_public_access_block import missing_public_access_block

BUCKET = {"Type": "AWS::S3::Bucket"}


def findings(transform: Transform, template: dict[str, Any]) -> list[Finding]:
    return list(transform.check(Template(template), Options()))


def topics(number: int) -> dict[str, Any]:
    return {f"Topic{n}": {"Type": "AWS::SNS::Topic"} for n in range(number)}


def test_room_for_policies() -> None:
    """Two buckets, and room for one policy: 500 resources are the most."""
    one, other = findings(missing_bucket_policy, {"Resources": {**topics(497), "A": BUCKET, "B": BUCKET}})
    assert one.fix is not None
    assert other.fix is None
    assert "500 resources" in other.reason


def test_room_for_parameters() -> None:
    """Two buckets with code, and room for one parameter; the same bucket needs no second one."""
    functions = {
        name: {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"S3Bucket": bucket, "S3Key": "x"}}}
        for name, bucket in (("A", "one"), ("B", "two"), ("C", "one"))
    }
    parameters = {f"P{n}": {"Type": "String"} for n in range(199)}
    a, b, c = findings(hard_coded_code_bucket, {"Parameters": parameters, "Resources": functions})
    assert a.fix is not None
    assert c.fix is not None
    assert a.fix.operations[0] == c.fix.operations[0]
    assert b.fix is None
    assert "200 parameters" in b.reason


def test_room_for_outputs() -> None:
    """An export stays alone in a full template."""
    outputs = {f"O{n}": {"Value": "x"} for n in range(199)}
    outputs["AlarmArn"] = {"Value": {"Fn::GetAtt": ["Alarm", "Arn"]}, "Export": {"Name": "alarm"}}  # type: ignore[dict-item]
    resources = {"Alarm": {"Type": "AWS::CloudWatch::Alarm"}}
    (only,) = findings(alarm_arn_output, {"Resources": resources, "Outputs": outputs})
    assert "export" in only.reason


def test_impacts() -> None:
    bucket, policy = schema("AWS::S3::Bucket"), schema("AWS::S3::BucketPolicy")
    assert bucket is not None
    assert policy is not None
    (block,) = findings(missing_public_access_block, {"Resources": {"A": BUCKET}})
    assert block.fix is not None
    assert block.fix.impact is bucket.impact(("PublicAccessBlockConfiguration",)) is Impact.NO_INTERRUPTION
    given = {"Bucket": {"Ref": "A"}, "PolicyDocument": {"Statement": []}}
    resources = {"A": BUCKET, "B": BUCKET, "P": {"Type": "AWS::S3::BucketPolicy", "Properties": given}}
    statement, new = findings(missing_bucket_policy, {"Resources": resources})
    assert statement.fix is not None
    assert new.fix is not None
    assert statement.fix.impact is policy.impact(("PolicyDocument", "Statement")) is Impact.NO_INTERRUPTION
    assert new.fix.impact is Impact.NONE


def test_the_policy_stands_behind_its_bucket() -> None:
    (finding,) = findings(missing_bucket_policy, {"Resources": {"A": BUCKET, **topics(1)}})
    assert finding.fix is not None
    (operation,) = finding.fix.operations
    assert isinstance(operation, Insert)
    assert operation.place.sibling == "A"


@pytest.mark.parametrize(
    ("condition", "public"),
    [
        (None, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, False),
        ({"StringLike": {"aws:PrincipalOrgID": "*"}}, True),
        ({"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}, True),
        ({"StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}}, True),
        ({"StringEquals": {"aws:Referer": "https://acme.org/"}}, True),
        ({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"]}}, False),
        ({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "::/0"]}}, True),
        ({"Bool": {"aws:SecureTransport": "true"}}, True),
        ("broken", True),
    ],
)
def test_the_meaning_of_public(condition: Any, public: bool) -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Condition": condition}
    assert is_public(statement) is public
    assert not is_public({**statement, "Effect": "Deny"})
    assert not is_public({**statement, "Principal": {"AWS": "123456789012"}})


WRONG: list[Any] = [None, [], "x", 1, True, {}, {"Fn::If": "x"}, {"Ref": ["x"]}, [{"Fn::Join": 1}]]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_broken_shapes(wrong: Any) -> None:
    """What has a shape that CloudFormation would refuse is not seen; nothing raises."""
    policy = {"Type": "AWS::S3::BucketPolicy"}
    template = {
        "Parameters": {"P": wrong},
        "Globals": {"Function": {"CodeUri": wrong}},
        "Resources": {
            "A": {**BUCKET, "Properties": wrong},
            "B": {**BUCKET, "Properties": {"PublicAccessBlockConfiguration": wrong, "AccessControl": wrong}},
            "C": {**BUCKET, "Properties": {"BucketName": wrong, "WebsiteConfiguration": wrong}, "Condition": wrong},
            "D": {**BUCKET, "Properties": {"BucketName": "d"}, "DependsOn": wrong},
            "P1": {**policy, "Properties": wrong},
            "P2": {**policy, "Properties": {"Bucket": wrong, "PolicyDocument": wrong}},
            "P3": {**policy, "Properties": {"Bucket": {"Ref": "B"}, "PolicyDocument": {"Statement": wrong}}},
            "P4": {
                **policy,
                "Properties": {"Bucket": "d", "PolicyDocument": {"Statement": [wrong, {"Effect": wrong}]}},
            },
            "P5": {
                **policy,
                "Properties": {
                    "Bucket": {"Ref": "D"},
                    "PolicyDocument": {
                        "Statement": {"Effect": "Deny", "Principal": wrong, "Action": wrong, "Condition": wrong}
                    },
                },
            },
            "F": {"Type": "AWS::Lambda::Function", "Properties": {"Code": wrong}},
            "G": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": {"Bucket": wrong}}},
            "Alarm": {"Type": "AWS::CloudWatch::Alarm"},
        },
        "Outputs": {
            "AArn": {"Value": wrong, "Description": wrong, "Export": wrong},
            "BArn": {"Value": {"Fn::GetAtt": ["Alarm", "Arn"]}, "Description": wrong, "Condition": wrong},
            "CArn": wrong,
        },
    }
    for transform in (
        alarm_arn_output,
        missing_public_access_block,
        missing_bucket_policy,
        hard_coded_code_bucket,
    ):
        findings(transform, template)
