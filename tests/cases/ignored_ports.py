"""More cases of ignored-ports."""

from fixer.model import Case

INVALID = (
    Case(
        "in branches and loops, and one port alone",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Conditions:
  IsOpen: !Equals [!Ref AWS::StackName, open]
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupIngress:
        - !If
          - IsOpen
          - IpProtocol: "-1"
            FromPort: 0
            ToPort: 0
            CidrIp: 10.0.0.0/8
          - !Ref AWS::NoValue
      SecurityGroupEgress: !If
        - IsOpen
        - - {ToPort: 0, IpProtocol: 47, CidrIp: 10.0.0.0/8}
        - []
  Fn::ForEach::Rules:
    - Name
    - [A, B]
    - Rule${Name}:
        Type: AWS::EC2::SecurityGroupEgress
        Properties:
          GroupId: !Ref Group
          CidrIp: 10.0.0.0/8
          IpProtocol: -1
          FromPort: -1
          ToPort: -1
""",
        after="""\
Transform: AWS::LanguageExtensions
Conditions:
  IsOpen: !Equals [!Ref AWS::StackName, open]
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupIngress:
        - !If
          - IsOpen
          - IpProtocol: "-1"
            CidrIp: 10.0.0.0/8
          - !Ref AWS::NoValue
      SecurityGroupEgress: !If
        - IsOpen
        - - {IpProtocol: 47, CidrIp: 10.0.0.0/8}
        - []
  Fn::ForEach::Rules:
    - Name
    - [A, B]
    - Rule${Name}:
        Type: AWS::EC2::SecurityGroupEgress
        Properties:
          GroupId: !Ref Group
          CidrIp: 10.0.0.0/8
          IpProtocol: -1
""",
    ),
)

VALID = (
    Case(
        "a name that EC2 does not know",
        unsafe=True,
        before="""\
Resources:
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: sg-1, IpProtocol: esp, FromPort: 0, ToPort: 0, CidrIp: 10.0.0.0/8}
""",
        says="esp is no protocol that EC2 knows by name",
    ),
    Case(
        "what a macro works on, and other shapes",
        unsafe=True,
        before="""\
Resources:
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      Fn::Transform: {Name: Macro}
      IpProtocol: -1
      FromPort: 0
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress: !Ref Rule
      SecurityGroupEgress: [{IpProtocol: true, FromPort: 0}, {FromPort: 0}, all]
""",
    ),
)
