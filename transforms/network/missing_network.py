"""A function, a service or, if asked for, a REST API is in no network of its own.

## Why
What runs outside of a VPC reaches the whole internet and no private database, no flow log sees its traffic, and no
security group limits it. A REST API outside of one is open to the world.

## Repair
Each Lambda function that is in no VPC gets a `VpcConfig`, and its role AWSLambdaVPCAccessExecutionRole (AWS SAM
adds that to the roles that it makes); each ECS service whose tasks have a network of their own (awsvpc, Fargate), a
network configuration.

- A template without a VPC gets one: two private subnets in two zones, a route table, gateway endpoints for S3 and
  DynamoDB and a security group that lets out HTTPS alone. The addresses come from the new parameter `VpcCidr`.
- `network.nat = true` adds the way out: public subnets, an internet gateway and, for each zone, a NAT gateway and a
  route table. A service is put into a new network only with it: its tasks could not fetch their images otherwise.
- In a template's own VPC the private subnets are used, one a zone: those without a route to an internet gateway
  that give no public addresses, and of them those with a way out, if there are any. The security group is a new one
  of that VPC.
- `network.private_api = true`: REST APIs get an interface endpoint with private DNS, the endpoint type PRIVATE and
  a resource policy that admits this endpoint alone.

Left alone, with the reason: functions at the edges of a distribution, providers of custom resources where there is
no way out (a stack would wait for their answer), APIs with a custom domain, and templates that are given a network
by parameters or are in one that they do not make. The network has no condition; what uses it may have one.

## Safety
Unsafe: without a way out, a function no longer reaches the internet and most services of AWS; a private API cannot
be called from outside, and in its network private DNS hides all public APIs. NAT gateways and interface endpoints
cost money.

## Impact
No interruption for functions, services and APIs (provider schemas), though a new policy of an API counts only once
it is deployed again.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.functions.functions import LAMBDA, SAM
from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.network import members, private_apis
from fixer.cloudformation.network.find_network import find_network
from fixer.cloudformation.outputs.invoke_urls import implicit_apis
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Options, Safety, transform

INVALID = (
    Case(
        "a function alone",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn # of the orders
""",
        after="""\
Parameters:
  VpcCidr:
    Type: String
    Description: Addresses of the network
    Default: 10.0.0.0/16
    AllowedPattern: ([0-9]{1,3}[.]){3}[0-9]{1,3}/(1[6-9]|2[0-2])
    ConstraintDescription: A CIDR block of IPv4 from /16 to /22
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn # of the orders
      VpcConfig:
        SubnetIds:
          - !Ref PrivateSubnet1
          - !Ref PrivateSubnet2
        SecurityGroupIds:
          - !GetAtt PrivateSecurityGroup.GroupId
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !Ref VpcCidr
      EnableDnsSupport: true
      EnableDnsHostnames: true
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 0.0.0.0/0
          Description: HTTPS
  PrivateSubnet1:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
      AvailabilityZone: !Select [0, !GetAZs ""]
  PrivateSubnet2:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
      AvailabilityZone: !Select [1, !GetAZs ""]
  PrivateRouteTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Vpc
  PrivateSubnet1Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref PrivateSubnet1
      RouteTableId: !Ref PrivateRouteTable
  PrivateSubnet2Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref PrivateSubnet2
      RouteTableId: !Ref PrivateRouteTable
  S3Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      RouteTableIds:
        - !Ref PrivateRouteTable
  DynamoDbEndpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.${AWS::Region}.dynamodb
      RouteTableIds:
        - !Ref PrivateRouteTable
""",
        unsafe=True,
    ),
    Case(
        "JSON, AWS SAM, with a network and a group that are there",
        before="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Resources": {
    "Orders": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "Runtime": "python3.13"
      }
    },
    "Vpc": {"Type": "AWS::EC2::VPC"},
    "PrivateSubnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}}},
    "PrivateSecurityGroup": {
      "Type": "AWS::EC2::SecurityGroup",
      "Properties": {
        "GroupDescription": "HTTPS to the outside, nothing from it",
        "VpcId": {"Ref": "Vpc"},
        "SecurityGroupEgress": [
          {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0", "Description": "HTTPS"}
        ]
      }
    }
  }
}
""",
        after="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Resources": {
    "Orders": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "Runtime": "python3.13",
        "VpcConfig": {
          "SubnetIds": [{"Ref": "PrivateSubnet"}],
          "SecurityGroupIds": [{"Fn::GetAtt": ["PrivateSecurityGroup", "GroupId"]}]
        }
      }
    },
    "Vpc": {"Type": "AWS::EC2::VPC"},
    "PrivateSubnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}}},
    "PrivateSecurityGroup": {
      "Type": "AWS::EC2::SecurityGroup",
      "Properties": {
        "GroupDescription": "HTTPS to the outside, nothing from it",
        "VpcId": {"Ref": "Vpc"},
        "SecurityGroupEgress": [
          {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0", "Description": "HTTPS"}
        ]
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
        "a network from elsewhere",
        before="""\
Parameters:
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
""",
        unsafe=True,
        says="the parameter Subnets gives the template a network",
    ),
)

_PUBLIC = "it cannot be called from outside of the network any more, nor can public APIs be called from inside"


@transform(valid=VALID, invalid=INVALID)
def missing_network(template: Template, options: Options) -> Iterator[Finding]:
    outside = list(members.outside(template))
    apis = list(private_apis.public_apis(template)) if options.private_api else []
    yield from _in_loops(template)
    if options.private_api:
        for api in template.resources_of(private_apis.HTTP_API, "AWS::ApiGatewayV2::Api"):
            yield Finding(f"{api.type} {api.id} is public", api.path, reason="an API of this type cannot be private")
        for implicit in implicit_apis(template):
            reason = "AWS SAM makes it for the events of functions: only one that the template declares can be private"
            yield Finding(f"API {implicit.id} is public", implicit.path, reason=reason)
    if not outside and not apis:
        return
    network = find_network(template, nat=options.nat)
    for member in outside:
        message = f"{member.type} {member.id} is in no network"
        reason = network if isinstance(network, str) else members.obstacle(template, member, network)
        if isinstance(network, str) or reason:
            yield Finding(message, member.path, reason=reason)
            continue
        operations = tuple(members.join(template, member, network))
        impact = _impact(member.type, "NetworkConfiguration" if member.type == members.SERVICE else "VpcConfig")
        fix = Fix(f"Put it into the network {network.vpc}", operations, Safety.UNSAFE, impact)
        yield Finding(message, member.path, fix, members.losses(template, member, network))
    for api in apis:
        message = f"{api.type} {api.id} is public"
        reason = network if isinstance(network, str) else private_apis.obstacle(template, api, network)
        if isinstance(network, str) or reason:
            yield Finding(message, api.path, reason=reason)
            continue
        operations = tuple(private_apis.close(template, api, network))
        impact = _impact(api.type, "EndpointConfiguration")
        fix = Fix(f"Make it private to the network {network.vpc}", operations, Safety.UNSAFE, impact)
        yield Finding(message, api.path, fix, _PUBLIC)


def _impact(type_name: str, name: str) -> Impact:
    known = schema(type_name)
    return known.impact((name,)) if known else Impact.REPLACEMENT


def _in_loops(template: Template) -> Iterator[Finding]:
    """Functions that a loop makes: which network they belong into is left to whoever wrote the loop."""
    for name, place in template.opaque.items():
        for path, value in walk(template.value_at(place), place):
            if path[-1] == "Type" and value in (LAMBDA, SAM):
                inside = template.value_at((*path[:-1], "Properties"))
                if not (isinstance(inside, dict) and "VpcConfig" in inside):
                    reason = "the loop makes its properties, which are not known here"
                    yield Finding(f"{value} in {name} is in no network", path[:-1], reason=reason)
