"""A policy names an action that does not exist.

## Why
`dynamodb:PutItems`, `s3:GetBucketEncryption`: IAM takes what it does not know, and allows nothing by it, so that the
call is denied long after the stack is up (cfn-lint W3037). In a statement that denies, nothing is denied.

## Repair
The one action of the service that is close, from the Service Authorization Reference: `dynamodb:PutItem`. An operation
of S3, Lambda or KMS that is called otherwise than the action which it needs becomes that action:
`s3:GetEncryptionConfiguration`. A service that does not exist becomes the one that is called so, if it has the action:
`stepfunctions:StartExecution` becomes `states:StartExecution`. What the statement has already is not named twice.

Policies of identities and resources and trust policies count, and branches of `Fn::If`. A name between two is told of
and left alone, and so is what is close to none, as it may be newer than the data; patterns are never touched.

## Safety
Unsafe: the statement then allows, or denies, what it did not before.

## Impact
As the provider schema says of the property: a policy is changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.iam.authorization import expand, is_pattern
from fixer.cloudformation.iam.misspelled_actions import exists, meant
from fixer.cloudformation.iam.policies import items
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import collections
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Operation, Options, Path, Remove, Safety, Set, Value, transform

INVALID = (
    Case(
        "a slip, an operation, a service",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: lambda.amazonaws.com}
            Action: sts:AsumeRole
      Policies:
        - PolicyName: data
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action:
                  - dynamodb:PutItems # of the day
                  - 's3:GetBucketEncryption'
                  - stepfunctions:StartExecution
                  - logs:CreateLogStream
                Resource: '*'
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: lambda.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: data
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action:
                  - dynamodb:PutItem # of the day
                  - 's3:GetEncryptionConfiguration'
                  - states:StartExecution
                  - logs:CreateLogStream
                Resource: '*'
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Policy": {
      "Type": "AWS::IAM::ManagedPolicy",
      "Properties": {
        "PolicyDocument": {
          "Version": "2012-10-17",
          "Statement": [{"Effect": "Allow", "Action": "sqs:SendMesage", "Resource": "*"}]
        }
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Policy": {
      "Type": "AWS::IAM::ManagedPolicy",
      "Properties": {
        "PolicyDocument": {
          "Version": "2012-10-17",
          "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]
        }
      }
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "never a guess between two",
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 'ssm:GetParametr', Resource: '*'}]}}
""",
        unsafe=True,
        says="it may be ssm:GetParameter or ssm:GetParameters",
    ),
    Case(
        "not unless asked for",
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 'sns:Publsh', Resource: '*'}]}}
""",
        says="the statement then allows, or denies, what it did not before",
    ),
)

_THEN = "the statement then allows, or denies, what it did not before"


@transform(lint_rules=("W3037",), valid=VALID, invalid=INVALID)
def misspelled_action(template: Template, options: Options) -> Iterator[Finding]:
    for resource in (*template.resources.values(), *template.looped):
        for path, value in collections(resource.properties, resource.property_path()):
            if isinstance(value, dict) and value.get("Effect") in ("Allow", "Deny"):
                for key in ("Action", "NotAction"):
                    yield from _statement(template, (*path, key), value.get(key))


def _statement(template: Template, path: Path, held: Value) -> Iterator[Finding]:
    actions = [(place, item) for place, item in items(held, path) if isinstance(item, str)]
    there = {item.lower() for _, item in actions}
    for place, item in actions:
        if is_pattern(item.partition(":")[0]) or "${" in item or exists(item):
            continue
        message = f"There is no action {item}"
        if is_pattern(item):
            if not expand(item):
                message = f"There is no action that {item} matches"
                yield Finding(message, place, reason="what a pattern should match is not known")
            continue
        found = meant(item)
        if found.only is None:
            yield Finding(message, place, reason=found.reason)
            continue
        operation: Operation = Set(place, found.only)
        title = f"Write {found.only}"
        if found.only.lower() in there and isinstance(place[-1], int) and place[:-1] == path:
            operation, title = Remove(place), f"Remove it beside {found.only}"
        there.add(found.only.lower())
        yield Finding(message, place, Fix(title, (operation,), Safety.UNSAFE, impact_at(template, place)), _THEN)
