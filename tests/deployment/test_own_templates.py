"""Templates of this project, repaired in several ways: what is made of each deploys, and its outputs are right."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from fixer.api import fix_text
from fixer.model import Options
from fixer.settings.model import Settings
from tests.deployment.stacks import Stack
from tests.deployment.taught import client
from tests.deployment.templates import ROOT, loaded

ALL = ("network", "ha", "security", "lint")
ROLE = """\
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub ${AWS::StackName}-worker
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }
"""
WORKER = """\
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code:
        ZipFile: "def handler(event, context): pass"
"""


@dataclass(frozen=True)
class Own:
    """A template, and what its repaired stack has to have among its outputs."""

    text: str
    outputs: set[str] = field(default_factory=set)
    options: Options = field(default_factory=Options)
    given: dict[str, str] = field(default_factory=dict)
    deploys_before: bool = True


OWN = {
    "a network with a way out": Own(
        f"Resources:\n{ROLE}{WORKER}",
        {"VpcId", "PublicSubnet1Id", "PrivateSubnet2Id", "RoleArn", "WorkerArn", "VpcCidr"},
        Options(nat=True),
    ),
    "other addresses for the network": Own(
        f"Resources:\n{ROLE}{WORKER}", {"VpcCidr"}, given={"VpcCidr": "192.168.4.0/22"}
    ),
    "a network that is there": Own(
        f"""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {{ CidrBlock: 10.1.0.0/16 }}
  Inside:
    Type: AWS::EC2::Subnet
    Properties: {{ VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: us-east-1a }}
  InsideToo:
    Type: AWS::EC2::Subnet
    Properties: {{ VpcId: !Ref Vpc, CidrBlock: 10.1.2.0/24, AvailabilityZone: us-east-1c }}
{ROLE}{WORKER}""",
        {"VpcId", "InsideId", "PrivateSecurityGroupId"},
    ),
    "exports, and a bucket that is there on a condition": Own(
        """\
Parameters:
  Environment: { Type: String, Default: prod, AllowedValues: [dev, prod] }
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Archive:
    Type: AWS::S3::Bucket
    Condition: IsProd
  Events:
    Type: AWS::SQS::Queue
    Properties: { FifoQueue: true }
Outputs:
  EventsUrl:
    Value: !Ref Events
    Export: { Name: !Sub "${AWS::StackName}-EventsUrl" }
""",
        {"ArchiveName", "EventsUrl", "EventsDeadLetterQueueArn", "Environment"},
    ),
    "the same without the bucket": Own(
        """\
Parameters:
  Environment: { Type: String, Default: prod, AllowedValues: [dev, prod] }
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Archive:
    Type: AWS::S3::Bucket
    Condition: IsProd
  Notes: { Type: AWS::SNS::Topic }
""",
        {"NotesArn", "Environment"},
        given={"Environment": "dev"},
    ),
    "names of IAM that are mentioned": Own(
        f"""\
Resources:
{ROLE}
  Readers:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: readers
      Roles: [!Sub "${{AWS::StackName}}-worker"]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: [dynamodb:GetItem, dynamodb:ListTables]
            Resource: "*"
          - Effect: Allow
            Action: iam:PassRole
            Resource: !Sub arn:aws:iam::${{AWS::AccountId}}:role/${{AWS::StackName}}-worker
  Notes:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{ AttributeName: id, AttributeType: S }}]
      KeySchema: [{{ AttributeName: id, KeyType: HASH }}]
Outputs:
  Worker:
    Value: !Sub arn:aws:iam::${{AWS::AccountId}}:role/${{AWS::StackName}}-worker
""",
        {"Worker", "ReadersArn", "NotesArn", "NotesName"},
    ),
    "an alarm whose ARN is exported": Own(
        """\
Resources:
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Statistic: Average
      Period: 60
      EvaluationPeriods: 1
      Threshold: 90
      ComparisonOperator: GreaterThanThreshold
Outputs:
  BusyArn:
    Value: !GetAtt Busy.Arn
    Export: { Name: !Sub "${AWS::StackName}-busy" }
""",
        {"BusyName"},
    ),
    "a sample": Own(
        (ROOT / "samples" / "orders-api" / "template.yaml").read_text().replace("ci-role-name", "exported"),
        {"AlarmName", "CustomDomainStatus", "ApiEndpoint", "OrdersFunctionArn"},
        given={"AdminPassword": "correct-horse-battery"},
        deploys_before=False,
    ),
}
EXPORTING = """\
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] }
Outputs:
  Name:
    Value: !Ref Deployer
    Export: { Name: exported }
"""

pytestmark = pytest.mark.usefixtures("aws")


@pytest.mark.parametrize("own", [pytest.param(own, id=name) for name, own in OWN.items()])
def test_it_deploys_and_its_outputs_are_right(own: Own) -> None:
    Stack(loaded(EXPORTING), name="other").create()
    settings = Settings(extend_select=ALL, unsafe_fixes=True, options=own.options, validate="none")
    outcome = fix_text(own.text, settings)
    assert outcome.error is None
    assert outcome.changed
    template = loaded(outcome.after)
    given = {name: value for name, value in own.given.items() if name in template["Parameters"]}
    stack = Stack(template, given).create()
    outputs = stack.outputs
    assert outputs == stack.expected_outputs()
    assert stack.misnamed_outputs() == {}
    assert own.outputs <= set(outputs), own.outputs - set(outputs)


@pytest.mark.parametrize("own", [pytest.param(own, id=name) for name, own in OWN.items() if own.deploys_before])
def test_it_did_so_before_the_repair(own: Own) -> None:
    template = loaded(own.text)
    given = {name: value for name, value in own.given.items() if name in template.get("Parameters", {})}
    Stack(template, given).create()


def test_a_network_is_wired_as_it_should_be() -> None:
    """Private subnets in two zones, each with a way out of its own; a group that lets nothing in."""
    own = OWN["a network with a way out"]
    settings = Settings(extend_select=ALL, unsafe_fixes=True, options=own.options, validate="none")
    ids = Stack(loaded(fix_text(own.text, settings).after)).create().ids
    private = [ids["PrivateSubnet1"], ids["PrivateSubnet2"]]
    ec2 = client("ec2")
    subnets = ec2.describe_subnets(SubnetIds=private)["Subnets"]
    assert len({subnet["AvailabilityZone"] for subnet in subnets}) == 2
    ways = {}
    for table in ec2.describe_route_tables()["RouteTables"]:
        for subnet in {association.get("SubnetId") for association in table["Associations"]} & set(private):
            (out,) = (r["NatGatewayId"] for r in table["Routes"] if r.get("DestinationCidrBlock") == "0.0.0.0/0")
            ways[subnet] = out
    assert [ways[subnet] for subnet in private] == [ids["NatGateway1"], ids["NatGateway2"]]
    found = client("lambda").get_function(FunctionName=ids["Worker"])["Configuration"]["VpcConfig"]
    assert sorted(found["SubnetIds"]) == sorted(private)
    (group,) = ec2.describe_security_groups(GroupIds=found["SecurityGroupIds"])["SecurityGroups"]
    assert group["IpPermissions"] == []
