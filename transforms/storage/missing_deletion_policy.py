"""A resource that holds data does not say what becomes of them when it is deleted or replaced.

## Why
CloudFormation deletes what leaves a stack, and what an update replaces, together with the data in it, unless both
`DeletionPolicy` and `UpdateReplacePolicy` say otherwise (cfn-lint I3011). Whoever has set one of them has seldom meant
to leave the other out (W3011).

## Repair
Where one of the two is there, the other becomes the same: `UpdateReplacePolicy` knows no `RetainExceptOnCreate`, and
becomes `Retain`. Where neither is, both become `Snapshot` if the type takes snapshots, else `Retain`; the settings
`deletion-policy` and `update-replace-policy` say it otherwise. The instances of a database cluster hold no data of
their own, and a snapshot of one cannot be taken: theirs become `Delete`.

The types that hold data are those of cfn-lint, and the simple table of AWS SAM. Buckets are not among them: one that
holds anything is not deleted. Versions of functions and layers may have one policy alone.

## Safety
Safe where one policy is copied, or where the policies say what CloudFormation does anyway. Else unsafe: what is kept
stays, and costs, after the stack is gone, and its name is taken.

## Impact
None: the policies are no properties of a resource.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.deletion_policies import (
    DELETION,
    UPDATE_REPLACE,
    Policies,
    as_update_replace,
    careful_policies,
    default_policies,
    holds_data,
    is_policy,
)
from fixer.model import Case, Finding, Fix, Impact, Insert, Options, Safety, transform

INVALID = (
    Case(
        "a table, a database, a policy alone",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table # what was ordered
    Properties:
      BillingMode: PAY_PER_REQUEST
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table # what was ordered
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: postgres
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
""",
        unsafe=True,
    ),
    Case(
        "JSON, a policy alone",
        before="""\
{
  "Resources": {
    "Orders": {
      "Type": "AWS::SQS::Queue",
      "UpdateReplacePolicy": "Retain"
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Orders": {
      "Type": "AWS::SQS::Queue",
      "DeletionPolicy": "Retain",
      "UpdateReplacePolicy": "Retain"
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "nothing is kept unless asked for",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
""",
        says="what is kept stays, and costs money, after the stack is gone",
    ),
    Case(
        "both, a bucket, a version, a function",
        before="""\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, DeletionPolicy: Delete, UpdateReplacePolicy: Retain}
  Files: {Type: AWS::S3::Bucket}
  Version: {Type: AWS::Lambda::Version, DeletionPolicy: Retain}
  Group: {Type: AWS::EC2::SecurityGroup, DeletionPolicy: Delete}
  Function: {Type: AWS::Lambda::Function}
""",
        unsafe=True,
    ),
)

_MAY_DIFFER = frozenset({"AWS::Lambda::LayerVersion", "AWS::Lambda::Version"})
_KEPT = "what is kept stays, and costs money, after the stack is gone"


@transform(lint_rules=("I3011", "W3011"), valid=VALID, invalid=INVALID)
def missing_deletion_policy(template: Template, options: Options) -> Iterator[Finding]:
    for resource in (*template.resources.values(), *template.looped):
        held = [name for name in (DELETION, UPDATE_REPLACE) if resource.body.get(name) is not None]
        if len(held) == 2 or any(name in resource.body and name not in held for name in (DELETION, UPDATE_REPLACE)):
            continue  # an empty policy is an error that somebody has to think about
        if held:
            yield from _half(resource, held[0], holds_data(resource.type))
        elif holds_data(resource.type):
            yield _neither(resource, options)


def _half(resource: Resource, name: str, stateful: bool) -> Iterator[Finding]:
    """The finding about a resource that has one of the policies, ``name``."""
    policy = resource.body[name]
    if resource.type in _MAY_DIFFER or (policy == "Delete" and not stateful):
        return
    other = UPDATE_REPLACE if name == DELETION else DELETION
    message = f"{resource.type} {resource.id} has {name}, but no {other}"
    if not isinstance(policy, str):
        yield Finding(message, resource.path, reason=f"its {name} is known only when a stack is made")
    elif not is_policy(resource, name, policy):
        yield Finding(message, resource.path, reason=f"its {name} is {policy}, which it cannot have")
    else:
        value = as_update_replace(policy)
        insertion = Insert((*resource.path, other), value)
        yield Finding(message, resource.path, Fix(f"Add {other}: {value}", (insertion,), Safety.SAFE, Impact.NONE))


def _neither(resource: Resource, options: Options) -> Finding:
    message = f"{resource.type} {resource.id} has no {DELETION} and no {UPDATE_REPLACE}"
    policies = careful_policies(resource, options.deletion_policy, options.update_replace_policy)
    operations = (
        Insert((*resource.path, DELETION), policies.deletion),
        Insert((*resource.path, UPDATE_REPLACE), policies.update_replace),
    )
    title = f"Say {_said(policies)}"
    if policies == default_policies(resource):
        return Finding(message, resource.path, Fix(title, operations, Safety.SAFE, Impact.NONE))
    return Finding(message, resource.path, Fix(title, operations, Safety.UNSAFE, Impact.NONE), _KEPT)


def _said(policies: Policies) -> str:
    same = policies.deletion == policies.update_replace
    return policies.deletion if same else f"{policies.deletion}, and {policies.update_replace} on replacement"
