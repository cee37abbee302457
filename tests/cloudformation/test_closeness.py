"""What is a slip of the pen, and what is another name."""

from __future__ import annotations

import pytest

from fixer.cloudformation.closeness import close
from fixer.cloudformation.types.schemas import resource_types, schema


@pytest.mark.parametrize(
    ("name", "candidates", "wanted"),
    [
        ("BucketNmae", "BucketName BucketArn", "BucketName"),
        ("Propertes", "Properties", "Properties"),
        ("bucket_name", "BucketName", "BucketName"),
        ("RoleArn", "RoleARN RoleArns", "RoleARN"),
        ("Tpye", "Type", "Type"),
        ("Versionning", "Versioning", "Versioning"),
        ("AWS:S3:Bucket", "AWS::S3::Bucket AWS::S3::BucketPolicy", "AWS::S3::Bucket"),
        ("Timeout", "TimeoutSeconds", "TimeoutSeconds"),
        ("SubnetC", "SubnetA SubnetB", ""),
        ("Subnet", "Subnet1", ""),
        ("MinSize", "MaxSize", ""),
        ("Test", "Text", ""),
        ("InboundRule", "OutboundRule", ""),
        ("SecurityGroupEgress", "SecurityGroupIngress", ""),
        ("Role", "LambdaRole", ""),
        ("WebRales", "WebRoles WebRules", "WebRoles WebRules"),
    ],
)
def test_close(name: str, candidates: str, wanted: str) -> None:
    assert close(name, candidates.split(), units=True).names == tuple(wanted.split())


def test_an_s_may_tell_names_apart() -> None:
    assert close("Subnet", ["Subnets"]).only == "Subnets"
    assert close("Subnet", ["Subnets"], plurals=False).only is None
    assert close("Subnets", ["Subnet"], plurals=False).only is None


def test_names_of_aws_are_hardly_ever_close_to_each_other() -> None:
    """But for plurals: what is a slip is not what AWS tells apart."""
    pairs = {
        (name, other)
        for kind in resource_types()
        if (known := schema(kind))
        for name in known.properties
        for other in close(name, known.properties, plurals=False).names
    }
    assert pairs <= {
        (a, b) for x, y in (("Includes", "Excludes"), ("Description", "Decryption")) for a, b in ((x, y), (y, x))
    }
