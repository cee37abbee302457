"""More cases of circular-security-groups."""

from fixer.model import Case

INVALID = (
    Case(
        "comments, and an egress rule that is not the only one",
        before="""\
Resources:
  One:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: one
      SecurityGroupEgress:
        # there
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, DestinationSecurityGroupId: !Ref Two}
        - {IpProtocol: tcp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8}
  Two:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: two
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, DestinationSecurityGroupId: !Ref One}
        - {IpProtocol: tcp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8}
""",
        after="""\
Resources:
  One:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: one
      SecurityGroupEgress:
        # there
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, DestinationSecurityGroupId: !Ref Two}
        - {IpProtocol: tcp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8}
  Two:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: two
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8}
  TwoEgressToOne:
    Type: AWS::EC2::SecurityGroupEgress
    Properties:
      GroupId: !GetAtt Two.GroupId
      IpProtocol: tcp
      FromPort: 80
      ToPort: 80
      DestinationSecurityGroupId: !Ref One
""",
        unsafe=True,
        json_differs=True,
    ),
    Case(
        "egress alone, a condition, a policy of deletion",
        before="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  One:
    Type: AWS::EC2::SecurityGroup
    Condition: IsHere
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GroupDescription: one
      SecurityGroupEgress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          DestinationSecurityGroupId: !GetAtt Two.GroupId
  Two:
    Type: AWS::EC2::SecurityGroup
    Condition: IsHere
    Properties:
      GroupDescription: two
      SecurityGroupEgress:
        # back
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          DestinationSecurityGroupId: !GetAtt One.GroupId
""",
        after="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  One:
    Type: AWS::EC2::SecurityGroup
    Condition: IsHere
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GroupDescription: one
      SecurityGroupEgress:
        - IpProtocol: "-1"
          CidrIp: 127.0.0.1/32
          Description: Instead of the default, all traffic
  OneEgressToTwo:
    Type: AWS::EC2::SecurityGroupEgress
    Condition: IsHere
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GroupId: !GetAtt One.GroupId
      IpProtocol: tcp
      FromPort: 443
      ToPort: 443
      DestinationSecurityGroupId: !GetAtt Two.GroupId
  Two:
    Type: AWS::EC2::SecurityGroup
    Condition: IsHere
    Properties:
      GroupDescription: two
      SecurityGroupEgress:
        # back
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          DestinationSecurityGroupId: !GetAtt One.GroupId
""",
        unsafe=True,
    ),
    Case(
        "the fewest of several, and a group that names itself",
        before="""\
Resources:
  App:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the application
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Proxy}
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref Proxy}
        - {IpProtocol: "-1", SourceSecurityGroupId: !Ref App}
  Proxy:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the proxy
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 80, ToPort: 443, DestinationSecurityGroupId: !Ref App}
        - {IpProtocol: tcp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8}
""",
        after="""\
Resources:
  App:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the application
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Proxy}
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref Proxy}
  AppIngressFromItself:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !GetAtt App.GroupId
      IpProtocol: "-1"
      SourceSecurityGroupId: !Ref App
  Proxy:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the proxy
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8}
  ProxyEgressToApp:
    Type: AWS::EC2::SecurityGroupEgress
    Properties:
      GroupId: !GetAtt Proxy.GroupId
      IpProtocol: tcp
      FromPort: 80
      ToPort: 443
      DestinationSecurityGroupId: !Ref App
""",
        unsafe=True,
    ),
    Case(
        "a whole policy, and one with a statement that is no list",
        before="""\
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Action: "kms:*", Resource: "*", Principal: {AWS: !GetAtt Role.Arn}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: decrypt
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn}
        - PolicyName: encrypt
          PolicyDocument:
            Statement: {Effect: Allow, Action: kms:Encrypt, Resource: !GetAtt Key.Arn}
""",
        after="""\
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Action: "kms:*", Resource: "*", Principal: {AWS: !GetAtt Role.Arn}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  RolePolicy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: decrypt
      Roles:
        - !Ref Role
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Key.Arn}
  RolePolicy2:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: encrypt
      Roles:
        - !Ref Role
      PolicyDocument:
        Statement:
          Effect: Allow
          Action: kms:Encrypt
          Resource: !GetAtt Key.Arn
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "not unless asked for",
        before="""\
Resources:
  App:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the application
      SecurityGroupIngress:
        - {IpProtocol: "-1", SourceSecurityGroupId: !GetAtt App.GroupId}
""",
        says="what uses App waits for that, and no longer for what moves",
    ),
    Case(
        "a rule in a branch",
        before="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  App:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the application
      SecurityGroupIngress:
        - !If [IsHere, {IpProtocol: "-1", SourceSecurityGroupId: !GetAtt App.GroupId}, !Ref AWS::NoValue]
""",
        unsafe=True,
        says="it has no rule of a security group and no statement of an inline policy that could move",
    ),
    Case(
        "branches that never come together",
        before="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  One:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: one
      SecurityGroupIngress:
        - {IpProtocol: "-1", SourceSecurityGroupId: !If [IsHere, !GetAtt Two.GroupId, sg-1]}
  Two:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: two
      SecurityGroupIngress:
        - {IpProtocol: "-1", SourceSecurityGroupId: !If [IsHere, sg-1, !GetAtt One.GroupId]}
""",
        unsafe=True,
        says="conditions may keep the circle from closing",
    ),
    Case(
        "AWS SAM takes it apart",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody: {paths: {/: {get: {x-amazon-apigateway-integration: {uri: !Sub '${Function.Arn}'}}}}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /, Method: get}}
""",
        unsafe=True,
    ),
)
