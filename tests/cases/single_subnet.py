"""More cases of single-subnet."""

from fixer.model import Case

_ZONES = """\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [0, !GetAZs '']}
  B:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [1, !GetAZs '']}
"""
_LIVING = """\
  Service:
    Type: AWS::ECS::Service
    Properties:
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [!Ref A{more}]
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties: {{Subnets: [!Ref A{more}], ClusterName: x, NodeRole: y}}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [!Ref A{more}]
        SecurityGroupIds: [!GetAtt Vpc.DefaultSecurityGroup]
  Other:
    Type: AWS::Lambda::Function
"""
_GROUP = """\
  Group:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {{DBSubnetGroupDescription: x, SubnetIds: [!Ref A{more}]}}
"""

INVALID = (
    Case(
        "the subnet that is called alike",
        before="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  AppA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Sub '${AWS::Region}a'}
  CacheB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Sub '${AWS::Region}b'}
  AppB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Sub '${AWS::Region}b'}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      VPCZoneIdentifier: [!Ref AppA]
  Classic:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets:
        - !Ref AppA # the first
""",
        after="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  AppA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Sub '${AWS::Region}a'}
  CacheB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Sub '${AWS::Region}b'}
  AppB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Sub '${AWS::Region}b'}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      VPCZoneIdentifier: [!Ref AppA, !Ref AppB]
  Classic:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets:
        - !Ref AppA # the first
        - !Ref AppB
""",
        unsafe=True,
    ),
    Case(
        "services, node groups and functions",
        before=_ZONES + _LIVING.format(more=""),
        after=_ZONES + _LIVING.format(more=", !Ref B"),
        unsafe=True,
    ),
    Case(
        "a subnet group, which holds databases in one of the subnets alone",
        before=_ZONES + _GROUP.format(more=""),
        after=_ZONES + _GROUP.format(more=", !Ref B"),
        unsafe=True,
    ),
)

VALID = (
    Case(
        "lists, and a subnet from elsewhere",
        before="""\
Parameters:
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Subnet: {Type: AWS::EC2::Subnet::Id}
Resources:
  A:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {VPCZoneIdentifier: !Ref Subnets}
  B:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {VPCZoneIdentifier: [!Ref Subnets]}
  C:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {VPCZoneIdentifier: [!Ref Subnet]}
""",
        unsafe=True,
        says="the template does not make the subnet",
    ),
    Case(
        "mapped to an address",
        before="""\
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Type: network, SubnetMappings: [{SubnetId: subnet-1, AllocationId: !GetAtt Address.AllocationId}]}
""",
        unsafe=True,
        says="a mapping of a subnet may name an address",
    ),
    Case(
        "of another network, or in the same zone",
        before="""\
Resources:
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, AvailabilityZone: eu-west-1a}
  B:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-2, AvailabilityZone: eu-west-1b}
  C:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, AvailabilityZone: eu-west-1a}
  D:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, AvailabilityZone: !Select [1, !GetAZs '']}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {VPCZoneIdentifier: [!Ref A]}
""",
        unsafe=True,
        says="has no other private subnet of its VPC in another zone",
    ),
)
