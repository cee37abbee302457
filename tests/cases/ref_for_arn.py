from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "branches, names of groups, AWS SAM",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
  Queue: {Type: AWS::SQS::Queue}
  Open: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: open}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      InlineCode: "def handler(event, context): pass"
      Role: !If
        - IsLive
        - !Ref Role # as the others
        - arn:aws:iam::123456789012:role/other
      KmsKeyArn: {"Ref": "Key"}
  Source:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Function
      EventSourceArn: !Ref Queue
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      SecurityGroups: [!GetAtt Open.GroupId]
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
  Queue: {Type: AWS::SQS::Queue}
  Open: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: open}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      InlineCode: "def handler(event, context): pass"
      Role: !If
        - IsLive
        - !GetAtt Role.Arn # as the others
        - arn:aws:iam::123456789012:role/other
      KmsKeyArn: {"Fn::GetAtt": [Key, Arn]}
  Source:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Function
      EventSourceArn: !GetAtt Queue.Arn
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      SecurityGroups: [!Ref Open]
""",
    ),
    Case(
        "a loop, another attribute",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Fn::ForEach::Machines:
    - Name
    - [One, Two]
    - Machine${Name}:
        Type: AWS::StepFunctions::StateMachine
        Properties:
          DefinitionString: '{}'
          RoleArn: !GetAtt
            - Role
            - RoleId
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Fn::ForEach::Machines:
    - Name
    - [One, Two]
    - Machine${Name}:
        Type: AWS::StepFunctions::StateMachine
        Properties:
          DefinitionString: '{}'
          RoleArn: !GetAtt
            - Role
            - Arn
""",
    ),
)
VALID = (
    Case(
        "what is right, and what is not known",
        unsafe=True,
        before="""\
Parameters:
  RoleArn: {Type: String}
Conditions:
  HasNetwork: !Equals [!Ref RoleArn, a]
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Made: {Type: Custom::Role, Properties: {ServiceToken: a}}
  Stack: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a}}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/a, TargetKeyId: a}}
  Published: {Type: AWS::Lambda::Version, Properties: {FunctionName: a}}
  Closed: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: vpc-1}}
  Either:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: a, VpcId: !If [HasNetwork, vpc-1, !Ref AWS::NoValue]}
  One: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !Ref RoleArn}}
  Two: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !Ref Made}}
  Three: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Stack.Outputs.Role}}
  Four: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !Sub "arn:aws:iam::1:role/${Role}"}}
  Policy: {Type: AWS::IAM::RolePolicy, Properties: {RoleName: !Ref Role, PolicyName: a}}
  Database: {Type: AWS::RDS::DBInstance, Properties: {KmsKeyId: !Ref Alias, VPCSecurityGroups: [!Ref Closed, !Ref Either]}}
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties: {SecretId: a, RotationLambdaARN: !Ref Published}
""",
    ),
    Case(
        "a stream has an ARN of its own",
        unsafe=True,
        before="""\
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: KEYS_ONLY}}}
  Source:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: a, EventSourceArn: !Ref Table}
""",
        says="it may be Arn or StreamArn",
    ),
    Case(
        "a user is no role",
        unsafe=True,
        before="""\
Resources:
  User: {Type: AWS::IAM::User}
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt User.Arn}}
""",
        says="nothing that AWS::IAM::User gives is known to be one",
    ),
    Case(
        "a group of a network has no name to be known by",
        unsafe=True,
        before="""\
Resources:
  Closed: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: vpc-1}}
  Instance: {Type: AWS::EC2::Instance, Properties: {SecurityGroups: [!Ref Closed]}}
""",
        says="nothing that AWS::EC2::SecurityGroup gives is known to be one",
    ),
    Case(
        "a macro",
        unsafe=True,
        before="""\
Transform: Shorthand
Resources:
  Role: {Type: AWS::IAM::Role}
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !Ref Role}}
""",
        says="a macro may work on it first",
    ),
)
