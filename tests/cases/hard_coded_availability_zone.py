"""More cases of hard-coded-availability-zone."""

from fixer.model import Case

INVALID = (
    Case(
        "in a loop, in JSON",
        unsafe=True,
        before="""\
{
  "Transform": "AWS::LanguageExtensions",
  "Resources": {
    "Fn::ForEach::Subnets": ["Name", ["A", "B"], {
      "Subnet${Name}": {
        "Type": "AWS::EC2::Subnet",
        "Properties": {"AvailabilityZone": "us-east-1a", "VpcId": {"Ref": "Vpc"}}
      }
    }]
  }
}
""",
        after="""\
{
  "Transform": "AWS::LanguageExtensions",
  "Resources": {
    "Fn::ForEach::Subnets": ["Name", ["A", "B"], {
      "Subnet${Name}": {
        "Type": "AWS::EC2::Subnet",
        "Properties": {"AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "VpcId": {"Ref": "Vpc"}}
      }
    }]
  }
}
""",
    ),
    Case(
        "every way to write a zone",
        unsafe=True,
        before="""\
Resources:
  Joined:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !Join ['', [!Ref AWS::Region, b]]
  Quoted:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: "eu-west-1d"
  Optional:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !If [Pinned, !Sub 'eu-west-1b', !Ref AWS::NoValue]
  Balancer:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Listeners: []
      AvailabilityZones:
        - eu-west-1b  # first
        - !Sub "${AWS::Region}d"
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://example.com/x
      Parameters:
        Zones: eu-west-1b,eu-west-1d
Outputs:
  Zone:
    Value: eu-west-1d
""",
        after="""\
Resources:
  Joined:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !Select [0, !GetAZs ""]
  Quoted:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !Select [1, !GetAZs ""]
  Optional:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !If [Pinned, !Select [0, !GetAZs ""], !Ref AWS::NoValue]
  Balancer:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Listeners: []
      AvailabilityZones:
        - !Select [0, !GetAZs ""]  # first
        - !Select [1, !GetAZs ""]
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://example.com/x
      Parameters:
        Zones: !Join
          - ","
          - - !Select [0, !GetAZs ""]
            - !Select [1, !GetAZs ""]
Outputs:
  Zone:
    Value: !Select [1, !GetAZs ""]
""",
    ),
    Case(
        "zones that are selected already keep their numbers",
        unsafe=True,
        before="""\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: us-east-1b
""",
        after="""\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [1, !GetAZs '']
""",
    ),
    Case(
        "beside zones that are selected already, no number is higher than it has to be",
        unsafe=True,
        before="""\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs ""]
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: us-west-2b
  Third:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: us-west-2d
""",
        after="""\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs ""]
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [1, !GetAZs ""]
  Third:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [2, !GetAZs ""]
""",
    ),
    Case(
        "b alone stays the zone that it is",
        unsafe=True,
        before="""\
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: us-west-2b}
""",
        after="""\
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [1, !GetAZs ""]}
""",
    ),
    Case(
        "zones beside selected ones stay apart from them",
        unsafe=True,
        before="""\
Resources:
  First:
    Type: AWS::EC2::Volume
    Properties: {Size: 8, AvailabilityZone: us-west-2a}
  Second:
    Type: AWS::EC2::Volume
    Properties: {Size: 8, AvailabilityZone: us-west-2d}
  Third:
    Type: AWS::EC2::Volume
    Properties: {Size: 8, AvailabilityZone: !Select [1, !GetAZs {Ref: AWS::Region}]}
""",
        after="""\
Resources:
  First:
    Type: AWS::EC2::Volume
    Properties: {Size: 8, AvailabilityZone: !Select [0, !GetAZs ""]}
  Second:
    Type: AWS::EC2::Volume
    Properties: {Size: 8, AvailabilityZone: !Select [2, !GetAZs ""]}
  Third:
    Type: AWS::EC2::Volume
    Properties: {Size: 8, AvailabilityZone: !Select [1, !GetAZs {Ref: AWS::Region}]}
""",
    ),
    Case(
        "a mapping of lists, which goes altogether",
        unsafe=True,
        before="""\
Mappings:
  Zones:
    us-east-1:
      All: [us-east-1a, us-east-1b]
    eu-west-1:
      All: [eu-west-1a, eu-west-1b]
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !FindInMap [Zones, !Ref AWS::Region, All]]
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      AvailabilityZones: !FindInMap [Zones, !Ref AWS::Region, All]
""",
        after="""\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs ""]
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      AvailabilityZones:
        - !Select [0, !GetAZs ""]
        - !Select [1, !GetAZs ""]
""",
    ),
    Case(
        "a mapping by environment, in JSON",
        unsafe=True,
        before="""\
{
  "Mappings": {
    "Sizes": {"prod": {"Size": "8"}, "dev": {"Size": "4"}},
    "Zones": {"prod": {"Zone": "us-east-1c"}, "dev": {"Zone": "us-east-1c"}}
  },
  "Resources": {
    "Disk": {
      "Type": "AWS::EC2::Volume",
      "Properties": {
        "Size": {"Fn::FindInMap": ["Sizes", {"Ref": "Environment"}, "Size"]},
        "AvailabilityZone": {"Fn::FindInMap": ["Zones", {"Ref": "Environment"}, "Zone"]}
      }
    }
  }
}
""",
        after="""\
{
  "Mappings": {
    "Sizes": {"prod": {"Size": "8"}, "dev": {"Size": "4"}}
  },
  "Resources": {
    "Disk": {
      "Type": "AWS::EC2::Volume",
      "Properties": {
        "Size": {"Fn::FindInMap": ["Sizes", {"Ref": "Environment"}, "Size"]},
        "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "a loop over zones",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
  Fn::ForEach::Disks:
    - Zone
    - [us-east-1a, us-east-1b]
    - Disk&{Zone}:
        Type: AWS::EC2::Volume
        Properties: {AvailabilityZone: !Ref Zone, Size: 10}
""",
        unsafe=True,
        says="make the logical ids",
    ),
    Case(
        "not without being asked",
        before="""\
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: us-east-1a
""",
        says="the new zone may be another one",
    ),
    Case(
        "a mapping whose zones differ by letter",
        unsafe=True,
        before="""\
Mappings:
  Zones:
    us-east-1:
      Zone: us-east-1a
    us-west-1:
      Zone: us-west-1b
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !FindInMap [Zones, !Ref AWS::Region, Zone]
""",
        says="differ from key to key",
    ),
    Case(
        "a mapping that a condition or an unknown key looks up",
        unsafe=True,
        before="""\
Mappings:
  Zones:
    us-east-1:
      Zone: us-east-1a
Conditions:
  First: !Equals [!FindInMap [Zones, !Ref AWS::Region, Zone], us-east-1a]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !FindInMap [Zones, !Ref AWS::Region, Zone]
""",
        says="Conditions.First",
    ),
    Case(
        "a mapping whose attribute is not known",
        unsafe=True,
        before="""\
Mappings:
  Zones:
    us-east-1:
      Zone: us-east-1a
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Size: 8
      AvailabilityZone: !FindInMap [Zones, !Ref AWS::Region, !Ref Which]
""",
        says="only known when the stack is made",
    ),
    Case(
        "zones without a counterpart",
        unsafe=True,
        before="""\
Resources:
  Edge:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: us-west-2-lax-1a
  ById:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZoneId: use1-az1
""",
        says="no counterpart",
    ),
    Case(
        "a parameter's default, and names that only look like zones",
        unsafe=True,
        before="""\
Parameters:
  Zones:
    Type: List<AWS::EC2::AvailabilityZone::Name>
    Default: us-east-1a,us-east-1b
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !Ref Zones]
      Tags:
        - {Key: Name, Value: !Sub 'subnet-us-east-1a-${AWS::StackName}'}
        - {Key: Region, Value: us-east-1}
        - {Key: Any, Value: all}
""",
        says="has a zone as its default",
    ),
)
