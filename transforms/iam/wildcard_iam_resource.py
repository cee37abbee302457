"""A policy allows an action on every resource, although the action could be limited to those that are meant.

## Why
A function that may read every table of the account gives away all of them when its code is at fault. Most actions can
be limited to resources by their ARN; only those that support no resource-level permission need `*`.

## Repair
An Allow statement on `*` is split with the service authorization data that cfn-lint bundles. Actions without
resource-level permissions stay on `*`. The others name the template's resources of their types that the principal uses:
what its functions, tasks, pipelines and so on refer to (environment variables, definitions, event sources,
integrations), or all resources of the type if that cannot be told. The ARNs have the forms that the actions need:
objects of buckets, indexes of tables, versions of functions, executions of state machines. What a function logs goes to
its own log group. Where a reference would make a circle, the ARN is made of the resource's explicit name. A pattern
such as `sqs:*` is scoped if at most four of its actions need `*`; those are then named. The Condition of a statement
stays on all parts.

New statements stand right behind the old one or at an end of the list, so that a diff shows no line as changed that
stays; where no order achieves that, the finding says how to order the actions. A comment behind an action goes along
with it, and one above several actions stays with those that stay.

An action stays on `*`, with the reason, if the template has no such resource, if a parameter may name one outside of
it, if a circle leaves no way, or if Lambda needs the action for network interfaces in a VPC. Reported only:

- a statement in which a comment would be left behind, or whose `*` has a comment that may say why it is there (and is
  no TODO);
- `Action: '*'`, NotAction, NotResource, and managed policies with full access;
- the policies that loops make.

The policies of keys, buckets, queues and topics are never touched.

## Safety
Unsafe, because code may use resources that the template does not mention: it would be denied.

## Impact
No interruption: policies are updated in place (provider schemas of AWS::IAM::Role and others).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import alternatives
from fixer.cloudformation.iam.authorization import scopable
from fixer.cloudformation.iam.policies import Statement, managed_policies, policies, policies_in_loops, statements
from fixer.cloudformation.iam.scoping import Placed, Scoping, Stays
from fixer.cloudformation.iam.splitting import Split, commented, parts, spelled, take_apart
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Path, Safety, transform

INVALID = (
    Case(
        "a function, its table and its log group",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Sid: Work
                Effect: Allow
                Action:
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                  - dynamodb:Query  # by customer
                  - xray:PutTraceSegments
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      FunctionName: fn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Sid: Work
                Effect: Allow
                Action:
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                Resource: !Sub 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/fn:*'
              - Sid: Work2
                Effect: Allow
                Action: dynamodb:Query  # by customer
                Resource:
                  - !GetAtt Orders.Arn
                  - !Sub ${Orders.Arn}/index/*
              - Sid: Work3
                Effect: Allow
                Action: xray:PutTraceSegments
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      FunctionName: fn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        unsafe=True,
    ),
    Case(
        "JSON, one of the buckets",
        before="""\
{
  "Resources": {
    "Site": {"Type": "AWS::S3::Bucket"},
    "Logs": {"Type": "AWS::S3::Bucket"},
    "Policy": {
      "Type": "AWS::IAM::Policy",
      "Properties": {
        "Roles": [{"Ref": "Role"}],
        "PolicyDocument": {
          "Statement": {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:ListAllMyBuckets"],
            "Resource": "*"
          }
        }
      }
    },
    "Role": {"Type": "AWS::IAM::Role"},
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Role": {"Fn::GetAtt": ["Role", "Arn"]},
        "Environment": {"Variables": {"SITE": {"Ref": "Site"}}}
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Site": {"Type": "AWS::S3::Bucket"},
    "Logs": {"Type": "AWS::S3::Bucket"},
    "Policy": {
      "Type": "AWS::IAM::Policy",
      "Properties": {
        "Roles": [{"Ref": "Role"}],
        "PolicyDocument": {
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["s3:GetObject"],
              "Resource": {"Fn::Sub": "${Site.Arn}/*"}
            },
            {
              "Effect": "Allow",
              "Action": "s3:ListAllMyBuckets",
              "Resource": "*"
            }
          ]
        }
      }
    },
    "Role": {"Type": "AWS::IAM::Role"},
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Role": {"Fn::GetAtt": ["Role", "Arn"]},
        "Environment": {"Variables": {"SITE": {"Ref": "Site"}}}
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
        "a table of another stack",
        before="""\
Parameters:
  TableName: {Type: String}
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref TableName}
""",
        unsafe=True,
        says="TableName may name one that is not of this template",
    ),
)

_UNSAFE = "whatever else the code uses, outside of this template or by a name made at run time, would be denied"
_TO_DO = re.compile(r"\W*(todo|fixme|xxx)\b", re.I)
_SHORT = 60
_SURROUNDINGS = ("AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::SecurityGroup")
"""Where a consumer is, and nothing that its own calls are about."""
_FULL = re.compile(r"(AdministratorAccess\S*|PowerUserAccess|IAMFullAccess|\w*FullAccess(V2|_v2)?|\w+_FullAccess)$")


@transform(valid=VALID, invalid=INVALID)
def wildcard_iam_resource(template: Template, options: Options) -> Iterator[Finding]:
    scoping = Scoping(template)
    for policy in policies(template):
        splits: list[Split] = []
        for statement in statements(policy):
            if statement.body.get("Effect") == "Allow":
                yield from _of_statement(template, scoping, statement, splits)
        for split, operations in zip(splits, take_apart(template, splits), strict=True):
            yield _scoped(split, operations)
    yield from _in_loops(template)
    for holder, path, value in managed_policies(template):
        names = ["".join(part for part in name if isinstance(part, str)) for name in alternatives(value)]
        name = next((found[1] for text in names if (found := _FULL.search(text.rpartition("/")[2]))), None)
        if name:
            yield Finding(f"{holder.type} {holder.id} has {name}", path, reason=_broad(scoping, holder))


def _in_loops(template: Template) -> Iterator[Finding]:
    for policy in policies_in_loops(template):
        for statement in statements(policy):
            actions = [str(item) for _, item in statement.actions if scopable(item)]
            if actions and statement.allows_everywhere and statement.body.get("Effect") == "Allow":
                message = f"{policy.holder.type} {policy.holder.id} allows {_list(actions)} on *"
                reason = "a loop makes it: who gets the policy, and what they use, is not known here"
                yield Finding(message, (*statement.path, "Resource"), reason=reason)


def _of_statement(template: Template, scoping: Scoping, statement: Statement, splits: list[Split]) -> Iterator[Finding]:
    """What is said of a statement; what is to be taken apart goes to ``splits``."""
    holder = statement.holder
    who = f"{holder.type} {holder.id}"
    if "NotAction" in statement.body or "NotResource" in statement.body:
        key = "NotAction" if "NotAction" in statement.body else "NotResource"
        yield Finding(f"{who} allows all but some with {key}", (*statement.path, key), reason=_broad(scoping, holder))
        return
    if not statement.allows_everywhere:
        if statement.may_allow_everywhere and any(scopable(item) for _, item in statement.actions):
            message = f"{who} allows {_list([str(item) for _, item in statement.actions])} on * under a condition"
            yield Finding(message, (*statement.path, "Resource"), reason="a condition chooses between * and resources")
        return
    placed: dict[Path, Placed] = {}
    staying: dict[str, list[tuple[Path, str]]] = {}
    for path, item in statement.actions:
        if item in ("*", "*:*"):
            yield Finding(f"{who} allows every action on every resource", path, reason=_broad(scoping, holder))
            return
        known = isinstance(item, str)
        found = scoping.place(statement, item) if known else Stays("the action is made by an intrinsic function")
        if isinstance(found, Placed):
            placed[path] = found
        elif found.reason:
            staying.setdefault(found.reason, []).append((path, item if known else str(intrinsic(item))))
    if placed:
        split = Split(statement, parts(statement, placed, partial(spelled, template)), commented(template, statement))
        hindrance = _remark(template, statement) or split.hindrance(template)
        if hindrance:
            yield _scoped(split, hindrance)
        else:
            scoping.accept(statement, placed.values())
            splits.append(split)
    for reason, actions in staying.items():
        yield Finding(f"{who} allows {_list([name for _, name in actions])} on *", actions[0][0], reason=reason)


def _remark(template: Template, statement: Statement) -> str:
    """The reason why a ``*`` stays about which the author says something; "" if he does not, or means to change it."""
    path, found = (*statement.path, "Resource"), statement.body["Resource"]
    paths = [path, (*path, found.index("*"))] if isinstance(found, list) else [path]
    said = next((text for place in paths for text in template.remarks_at(place).all if not _TO_DO.match(text)), "")
    short = said if len(said) <= _SHORT else f"{said[:_SHORT]}..."
    return f"a comment may say why it has to be *: {short}" if said else ""


def _scoped(split: Split, operations: tuple[Operation, ...] | str) -> Finding:
    """The finding of what can be limited; a text says why it is not."""
    holder = split.statement.holder
    names = _list([str(item) for part in split.parts if part.where for _, item in part.items])
    message = f"{holder.type} {holder.id} allows {names} on every resource"
    path = (*split.statement.path, "Resource")
    if isinstance(operations, str):
        return Finding(message, path, reason=operations)
    known = schema(holder.type)
    impact = known.impact(path[3:]) if known else Impact.NO_INTERRUPTION
    return Finding(message, path, Fix("Name the resources", operations, Safety.UNSAFE, impact), _UNSAFE)


def _broad(scoping: Scoping, holder: Resource) -> str:
    """Why there is no repair, with what could be named instead."""
    uses = scoping.principal(holder).uses
    used = sorted(name for name in uses if scoping.template.resources[name].type not in _SURROUNDINGS)
    return "only the author knows which actions are needed" + (
        f"; in this template it uses {_list(used)}" if used else ""
    )


def _list(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
