"""A property is given the name of a resource where its ARN is due, or the ARN where the name is.

## Why
`Role: !Ref Role` is the role's name, and Lambda asks for the ARN: the stack fails (cfn-lint E1041). So it does on
`S3BucketName: !GetAtt Logs.Arn`, where a trail asks for the name (E1040). Ids of networks, subnets, security groups
and keys, and the names of log groups, likewise.

## Repair
What the provider schemas call so: `!GetAtt Role.Arn`, `!Ref Logs`, `!GetAtt SecurityGroup.GroupId`. A property says
by its format what is due, and `Ref` and each attribute say what they give. Where there is no format, as at the `Role` of
a function, a pattern may ask for an ARN. Branches of `Fn::If` count, and properties of AWS SAM that become such a
property.

Told of, and left alone: a resource that has nothing of the kind, as a user where a role is due; and one that knows
another which is, as a network its default security group, since that may not be meant. What custom resources, nested
stacks and parameters give is not known, and neither is what goes through a macro.

## Safety
Unsafe: what is there fails, or is another thing, and somebody has to say that the resource is the right one.

## Impact
As the provider schema says of the property.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.due_arns import arn_attributes, asks_for_arn
from fixer.cloudformation.entries import Resource
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import get_att, get_att_parts, ref, ref_target
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.descent import Described, described
from fixer.cloudformation.types.formats import attribute_formats, attributes_of, due_formats, is_about, ref_formats
from fixer.model import Case, Finding, Fix, Options, Safety, Set, Value, transform

INVALID = (
    Case(
        "a role, a bucket, a security group",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: of the function}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      Code: {ZipFile: "def handler(event, context): pass"}
      Role: !Ref Role # may write logs
      VpcConfig:
        SubnetIds: [subnet-0123456789abcdef0]
        SecurityGroupIds: [!Ref Group]
  Logs:
    Type: AWS::S3::Bucket
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !GetAtt Logs.Arn
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: of the function}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      Code: {ZipFile: "def handler(event, context): pass"}
      Role: !GetAtt Role.Arn # may write logs
      VpcConfig:
        SubnetIds: [subnet-0123456789abcdef0]
        SecurityGroupIds: [!GetAtt Group.GroupId]
  Logs:
    Type: AWS::S3::Bucket
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !Ref Logs
""",
        unsafe=True,
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Logs": {"Type": "AWS::Logs::LogGroup"},
    "Filter": {
      "Type": "AWS::Logs::MetricFilter",
      "Properties": {
        "FilterPattern": "ERROR",
        "LogGroupName": {"Fn::GetAtt": ["Logs", "Arn"]},
        "MetricTransformations": [{"MetricName": "Errors", "MetricNamespace": "App", "MetricValue": "1"}]
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Logs": {"Type": "AWS::Logs::LogGroup"},
    "Filter": {
      "Type": "AWS::Logs::MetricFilter",
      "Properties": {
        "FilterPattern": "ERROR",
        "LogGroupName": {"Ref": "Logs"},
        "MetricTransformations": [{"MetricName": "Errors", "MetricNamespace": "App", "MetricValue": "1"}]
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
        "not unless asked for",
        before="""\
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Function: {Type: AWS::Lambda::Function, Properties: {Role: !Ref Role, Code: {ZipFile: a}}}
""",
        says="somebody has to say that this resource is meant",
    ),
    Case(
        "another resource that knows one",
        before="""\
Resources:
  Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: a}
      Role: !GetAtt Network.VpcId
      VpcConfig: {SecurityGroupIds: [!Ref Network], SubnetIds: [a]}
""",
        unsafe=True,
        says="its DefaultSecurityGroup would be one, and whether that is meant is not known",
    ),
)

_MEANT = "the stack fails on what is there, and somebody has to say that this resource is meant"


@transform(lint_rules=("E1040", "E1041"), valid=VALID, invalid=INVALID)
def ref_for_arn(template: Template, options: Options) -> Iterator[Finding]:
    for resource in (*template.resources.values(), *template.looped):
        for one in described(resource):
            finding = _at(template, resource, one)
            if finding is not None:
                yield finding


def _at(template: Template, resource: Resource, one: Described) -> Finding | None:
    name, parts = ref_target(one.value), get_att_parts(one.value)
    target = template.resources.get(name or (parts[0] if parts else ""))
    if target is None or "array" in one.types:
        return None
    due = due_formats(one)
    if not due:
        return _by_pattern(template, resource, one, target) if name else None
    given = attribute_formats(target, parts[1]) if parts else ref_formats(target)
    if given is None or not given.isdisjoint(due):
        return None
    said = f"Ref {name}" if parts is None else f"GetAtt {'.'.join(parts)}"
    message = f"{one.pointer} of {resource.id} is {said}, where {' or '.join(sorted(due))} is due"
    return _finding(template, one, message, _meant(target, due))


def _by_pattern(template: Template, resource: Resource, one: Described, target: Resource) -> Finding | None:
    if not asks_for_arn(one, target):
        return None
    found = arn_attributes(target)
    message = f"{one.pointer} of {resource.id} is Ref {target.id}, where an ARN is due"
    value = get_att(target.id, found[0]) if len(found) == 1 else f"it may be {' or '.join(found)}"
    return _finding(template, one, message, value)


def _finding(template: Template, one: Described, message: str, value: Value) -> Finding:
    """``value``: what is meant, or the reason why that is not known."""
    if isinstance(value, str) or template.has_macros:
        reason = value if isinstance(value, str) else "a macro may work on it first"
        return Finding(message, one.path, reason=reason)
    title = "Use Ref" if "Ref" in value else f"Use {value['Fn::GetAtt'][1]}"
    fix = Fix(title, (Set(one.path, value),), Safety.UNSAFE, impact_at(template, one.path))
    return Finding(message, one.path, fix, _MEANT)


def _meant(target: Resource, due: frozenset[str]) -> Value:
    """The function that gives what is due of a resource, or the reason why none is it."""
    own = frozenset(format for format in due if is_about(format, target))
    if not due.isdisjoint(ref_formats(target) or ()) and own:
        return ref(target.id)
    found = list(attributes_of(target, own or due))
    if not found:
        return f"nothing that {target.type} gives is known to be one"
    if len(found) > 1:
        return f"it may be {' or '.join(found)}"
    return (
        get_att(target.id, found[0]) if own else f"its {found[0]} would be one, and whether that is meant is not known"
    )
