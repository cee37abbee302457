"""What is told of a live stack whose resources are replaced: what goes with them, and what stands in the way."""

from __future__ import annotations

import pytest

from fixer import Settings, fix_text
from fixer.cloudformation.replacement import fixed_name, replaced_along
from fixer.cloudformation.template import Template
from fixer.engine.loader import load

TEMPLATE = """\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: eks
      AssumeRolePolicyDocument: {}
  Cluster:
    Type: AWS::EKS::Cluster
    Properties:
      Name: prod
      RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/eks
      ResourcesVpcConfig: {SubnetIds: [a, b]}
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: !Ref Cluster
      NodeRole: !ImportValue nodes
      Subnets: [a]
  Function:
    Type: AWS::Lambda::Function
    DependsOn: Nodes
    Properties:
      FunctionName: x
      Role: !GetAtt Role.Arn
      Environment: {Variables: {CLUSTER: !Ref Cluster}}
Outputs:
  Cluster: {Value: !Ref Cluster}
"""


def notes(text: str, *names: str) -> tuple[str, ...]:
    return fix_text(text, Settings(select=names, validate="none", unsafe_fixes=True)).notes


def test_what_refers_to_it_for_good_goes_with_it() -> None:
    """The cluster mentions the role by its name, and refers to it from now on."""
    template = Template(load(fix_text(TEMPLATE, Settings(("explicit-iam-name",), validate="none")).after, "yaml"))
    assert replaced_along(template, ["Role"]) == {"Cluster": "RoleArn", "Nodes": "ClusterName"}
    assert replaced_along(template, ["Function"]) == {}
    along, fixed, _ = notes(TEMPLATE, "explicit-iam-name")
    assert (
        along
        == "Replaced with it, because of a reference in a create-only property: Cluster (RoleArn), Nodes (ClusterName)."
    )
    assert fixed == "What has a fixed name cannot be replaced; rename it in the same update: Cluster (Name)."


def test_nothing_is_told_where_nothing_is_replaced() -> None:
    assert notes(TEMPLATE, "missing-tags", "hard-coded-partition") == ()


def test_what_sam_makes_besides_is_not_the_resource() -> None:
    """The domain of an API gets another logical id; the API stays, and the function that it calls."""
    text = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {Name: {Type: String}}
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain: {DomainName: !Ref Name, CertificateArn: !ImportValue certificate}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Any: {Type: HttpApi, Properties: {ApiId: !Ref Api}}
Outputs:
  Api: {Value: !Ref Api, Export: {Name: api}}
"""
    assert notes(text, "unconditional-domain") == ()
    assert replaced_along(Template(load(text, "yaml")), ["Api"]) == {}


def test_exports_of_what_is_replaced() -> None:
    """Whether it was a reference before or a name; what is exported anew nobody imports yet."""
    text = """\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: orders-api, AssumeRolePolicyDocument: {}}
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  RoleName: {Value: orders-api, Export: {Name: name}}
  RoleArn: {Value: !GetAtt Role.Arn, Export: {Name: arn}}
  RoleId: {Value: !GetAtt Role.RoleId}
  TopicArn: {Value: !Ref Topic, Export: {Name: topic}}
"""
    said = "CloudFormation refuses to change an export that another stack imports; these change: RoleName, RoleArn."
    assert said in notes(text, "explicit-iam-name")
    alone = text.replace(", Export: {Name: arn}", "").replace(", Export: {Name: name}", "")
    assert not any("refuses" in note for note in notes(alone, "explicit-iam-name"))


def test_what_a_repair_adds_is_not_live() -> None:
    text = "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: x\n"
    assert not any("Replaced" in note for note in notes(text, "all"))


@pytest.mark.parametrize(
    ("type_name", "properties", "name"),
    [
        ("AWS::RDS::DBInstance", {"DBInstanceIdentifier": "orders"}, "DBInstanceIdentifier"),
        ("AWS::RDS::DBInstance", {"Engine": "postgres"}, None),
        ("AWS::EC2::Subnet", {"VpcId": "vpc-1"}, None),
        ("AWS::S3::Bucket", {"BucketName": {"Ref": "Name"}}, "BucketName"),
        ("AWS::ApiGateway::Stage", {"StageName": "v1", "RestApiId": {"Ref": "Api"}}, None),
        ("Custom::Thing", {"Name": "x"}, None),
    ],
)
def test_fixed_names(type_name: str, properties: dict[str, object], name: str | None) -> None:
    template = Template({"Resources": {"It": {"Type": type_name, "Properties": properties}}})
    assert fixed_name(template.resources["It"]) == name
