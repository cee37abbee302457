"""Resources wait for each other in a circle, most often security groups that name each other in their rules.

## Why
CloudFormation makes a resource after those that it refers to; where they refer to each other, it refuses the template:
"Circular dependency between resources" (cfn-lint E3004).

## Repair
What makes the circle moves to a resource of its own, which waits for both sides and for which nobody waits:

- rules of a security group become `AWS::EC2::SecurityGroupIngress` and `AWS::EC2::SecurityGroupEgress`, with the
  group's condition and policies. A group that is left without egress rules gets the one for 127.0.0.1 that AWS
  advises, because EC2 allows all traffic out of a group without any (reference of AWS::EC2::SecurityGroup, "Remove
  default rule");
- statements of the inline policies of a role, user or group become an `AWS::IAM::Policy`; the others stay.

As few move as will do; ingress before egress rules, and what has no comments before what has, because comments stay
where they are.

Told of, and left alone: circles without such a part; rules that an intrinsic such as `Fn::If` makes as a whole, which
would need a condition each; and what conditions may keep from becoming a circle. What AWS SAM makes is not looked into.

## Safety
Unsafe: who uses a group or a role waits for it, and no longer for the rules and statements that moved; what connects as
soon as it starts may be refused then.

## Impact
No interruption: the group or role is updated in place. As long as there is the circle, the template can be in no stack;
in a stack of an earlier version, the group gives up the rule before the new resource, which waits for it, adds it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fixer.cloudformation.circles import Circle, circles, fewest, way_round
from fixer.cloudformation.fragments import worker
from fixer.cloudformation.iam.inline_policies import extract_statements, statement_at
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import get_att, intrinsic
from fixer.cloudformation.limits import full
from fixer.cloudformation.macros import macro_attribute
from fixer.cloudformation.references import Reference
from fixer.cloudformation.scenarios import Scenarios
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import (
    Case,
    Finding,
    Fix,
    Insert,
    Operation,
    Options,
    Path,
    Remove,
    Safety,
    Set,
    Value,
    after,
    transform,
)

INVALID = (
    Case(
        "two groups",
        before="""\
Resources:
  App:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the application
      VpcId: vpc-1
      SecurityGroupEgress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          DestinationSecurityGroupId: !Ref Database
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the database
      VpcId: vpc-1
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          SourceSecurityGroupId: !Ref App
          Description: from the application
        - IpProtocol: tcp # for administrators
          FromPort: 5432
          ToPort: 5432
          CidrIp: 10.0.0.0/24
""",
        after="""\
Resources:
  App:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the application
      VpcId: vpc-1
      SecurityGroupEgress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          DestinationSecurityGroupId: !Ref Database
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the database
      VpcId: vpc-1
      SecurityGroupIngress:
        - IpProtocol: tcp # for administrators
          FromPort: 5432
          ToPort: 5432
          CidrIp: 10.0.0.0/24
  DatabaseIngressFromApp:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !GetAtt Database.GroupId
      IpProtocol: tcp
      FromPort: 5432
      ToPort: 5432
      SourceSecurityGroupId: !Ref App
      Description: from the application
""",
        unsafe=True,
    ),
    Case(
        "JSON, a role and its bucket",
        before="""\
{
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {},
        "Policies": [
          {
            "PolicyName": "all",
            "PolicyDocument": {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"},
                {"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::Sub": "${Bucket.Arn}/*"}}
              ]
            }
          }
        ]
      }
    },
    "Bucket": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "ReplicationConfiguration": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Rules": []}
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {},
        "Policies": [
          {
            "PolicyName": "all",
            "PolicyDocument": {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}
              ]
            }
          }
        ]
      }
    },
    "RolePolicy": {
      "Type": "AWS::IAM::Policy",
      "Properties": {
        "PolicyName": "RolePolicy",
        "Roles": [{"Ref": "Role"}],
        "PolicyDocument": {
          "Version": "2012-10-17",
          "Statement": [
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::Sub": "${Bucket.Arn}/*"}}
          ]
        }
      }
    },
    "Bucket": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "ReplicationConfiguration": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Rules": []}
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
        "no circle",
        before="""\
Resources:
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: the application}}
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the database
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref App}
""",
        unsafe=True,
    ),
    Case(
        "nothing that can move",
        before="""\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    DependsOn: Permission
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: orders
      Principal: s3.amazonaws.com
      SourceArn: !GetAtt Bucket.Arn
""",
        unsafe=True,
        says="it has no rule of a security group and no statement of an inline policy that could move",
    ),
)

_GROUP = "AWS::EC2::SecurityGroup"
_RULES = {
    "SecurityGroupIngress": ("AWS::EC2::SecurityGroupIngress", "IngressFrom"),
    "SecurityGroupEgress": ("AWS::EC2::SecurityGroupEgress", "EgressTo"),
}
"""Properties with rules, each to the type of a rule of its own and a word for its logical id."""
_NOWHERE: Value = {"IpProtocol": "-1", "CidrIp": "127.0.0.1/32", "Description": "Instead of the default, all traffic"}
_ALONG = ("Condition", "DeletionPolicy", "UpdateReplacePolicy")
_UNSAFE = "what uses {0} waits for that, and no longer for what moves; if it needs it as soon as it starts, it may fail"


@transform(lint_rules=("E3004",), valid=VALID, invalid=INVALID)
def circular_security_groups(template: Template, options: Options) -> Iterator[Finding]:
    for circle in circles(template):
        way = " -> ".join(way_round(circle.references))
        path: Path = ("Resources", circle.members[0])
        message = f"Resources wait for each other: {way}"
        found = _repair(template, circle)
        if isinstance(found, str):
            yield Finding(message, path, reason=found)
            continue
        operations, moved = found
        owners = ", ".join(dict.fromkeys(str(place[1]) for place in moved))
        removed = [operation.path for operation in operations if isinstance(operation, Remove | Set)]
        impact = max(impact_at(template, place) for place in removed)
        title = f"Move {_what(moved)} of {owners} out of the circle"
        yield Finding(message, path, Fix(title, operations, Safety.UNSAFE, impact), _UNSAFE.format(owners))


def _repair(template: Template, circle: Circle) -> tuple[tuple[Operation, ...], tuple[Path, ...]] | str:
    """The operations and what they move, or the reason why there are none."""
    literals = frozenset().union(*(template.conditions_on(reference.path) for reference in circle.references))
    if literals and Scenarios(template).can_be(literals) is not True:
        return "conditions may keep the circle from closing"
    movable = {r: place for r in circle.references if (place := _movable(template, r)) is not None}

    def price(places: Sequence[Path]) -> Any:
        egress = [place for place in places if place[3] == "SecurityGroupEgress"]
        emptied = sum(_goes_whole(template, place[:4], places) for place in {place[:4]: place for place in egress})
        return emptied, sum(template.remarks_at(place).there for place in places), len(egress)

    moved = fewest(circle, movable, price)
    if not moved:
        rest = way_round([reference for reference in circle.references if reference not in movable])
        way = "it" if rest == way_round(circle.references) else " -> ".join(rest)
        return f"{way} has no rule of a security group and no statement of an inline policy that could move"
    rules = [place for place in moved if len(place) == 5 and place[3] in _RULES]
    targets = {place: r.target for r, place in reversed(movable.items())}
    policies = extract_statements(template, [place for place in moved if place not in rules])
    operations = (*_move_rules(template, rules, targets), *policies.operations)
    if template.room_for("Resources") < sum(isinstance(operation, Insert) for operation in operations):
        return full("Resources")
    return operations, moved


def _movable(template: Template, reference: Reference) -> Path | None:
    """The rule or statement in which a reference stands, if it can stand in a resource of its own."""
    owner = template.resources[str(reference.path[1])]
    if worker(template, reference.path) or macro_attribute(template, owner):
        return None
    place = reference.path[:5]
    if owner.type != _GROUP or len(reference.path) < 6 or place[3] not in _RULES or not isinstance(place[4], int):
        return statement_at(template, reference.path)
    rule, known = template.value_at(place), schema(_RULES[place[3]][0])
    if (
        not isinstance(rule, dict)
        or intrinsic(rule) is not None
        or known is None
        or not rule.keys() <= known.properties
    ):
        return None
    return place if place[2] == "Properties" and "GroupId" not in rule and "GroupName" not in rule else None


def _goes_whole(template: Template, listed: Path, places: Sequence[Path]) -> bool:
    return sum(place[:4] == listed for place in places) == len(template.value_at(listed))


def _move_rules(template: Template, places: Sequence[Path], targets: dict[Path, str]) -> Iterator[Operation]:
    for listed in dict.fromkeys(place[:4] for place in places):
        if not _goes_whole(template, listed, places):
            yield from (Remove(place) for place in places if place[:4] == listed)
        elif listed[3] == "SecurityGroupEgress":
            yield Set(listed, [dict(_NOWHERE)])
        else:
            yield Remove(listed)
    names: list[str] = []
    for place in places:
        group, (kind, word) = template.resources[str(place[1])], _RULES[str(place[3])]
        other = "Itself" if targets[place] == group.id else targets[place]
        names.append(template.fresh_id(f"{group.id}{word}{other}", "Resources", names))
        body = {"Type": kind, **{key: group.body[key] for key in _ALONG if key in group.body}}
        body["Properties"] = {"GroupId": get_att(group.id, "GroupId"), **template.value_at(place)}
        yield Insert(("Resources", names[-1]), body, after(group.id))


def _what(moved: Sequence[Path]) -> str:
    rules = sum(place[3] in _RULES for place in moved)
    words = [(rules, "rule"), (len(moved) - rules, "statement")]
    return " and ".join(f"{number} {word}{'s' * (number > 1)}" for number, word in words if number)
