from __future__ import annotations

import pytest

from fixer.cloudformation.iam.authorization import expand
from fixer.cloudformation.iam.misspelled_actions import _OPERATIONS, exists, meant


@pytest.mark.parametrize("service", _OPERATIONS)
def test_an_operation_is_no_action_and_becomes_one(service: str) -> None:
    for name, action in _OPERATIONS[service].items():
        assert not exists(f"{service}:{name}"), name
        assert expand(f"{service}:{action}"), action


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("s3:GetObjects", "s3:GetObject"),
        ("s3:getobjct", "s3:getobject"),
        ("kms:GenerateDataKeys", "kms:GenerateDataKey"),
        ("dynamobd:PutItem", "dynamodb:PutItem"),
        ("cognito:AdminGetUser", "cognito-idp:AdminGetUser"),
        ("ssm:GetParameterByPath", "ssm:GetParametersByPath"),
        ("secretsmanager:GetSecretsValue", "secretsmanager:GetSecretValue"),
        ("s3:PutBucketPolicyStatus", None),
        ("s3:putbucketpolicystatus", None),
        ("kms:Ecrypt", None),
        ("foo:InvokeFunction", None),
        ("a:b:c", None),
        ("", None),
    ],
)
def test_the_action_that_is_meant(written: str, wanted: str | None) -> None:
    assert meant(written).only == wanted
