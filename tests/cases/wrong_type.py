from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "numbers that are texts",
        unsafe=True,
        json_differs=True,
        before="""\
Parameters:
  Account: {Type: String, Default: 012345670123, AllowedValues: [012345670123, 111111111111]}
  Size: {Type: Number, Default: 010}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          ACCOUNT: 012345670123 # ours
          START: 12:30
          COUNT: 10
          DEBUG: yes
  Value:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: 0x1F}
""",
        after="""\
Parameters:
  Account: {Type: String, Default: "012345670123", AllowedValues: ["012345670123", 111111111111]}
  Size: {Type: Number, Default: 010}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          ACCOUNT: "012345670123" # ours
          START: "12:30"
          COUNT: 10
          DEBUG: yes
  Value:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: "0x1F"}
""",
    ),
    Case(
        "lists and their items",
        unsafe=True,
        before="""\
Parameters:
  Subnet: {Type: 'AWS::EC2::Subnet::Id'}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: [mine]
      VpcConfig:
        SubnetIds: !If [One, !Ref Subnet, !Ref Subnets]
        SecurityGroupIds: !GetAtt Group.GroupId # its own
      Tags: {Key: a, Value: b}
""",
        after="""\
Parameters:
  Subnet: {Type: 'AWS::EC2::Subnet::Id'}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: mine
      VpcConfig:
        SubnetIds: !If [One, [!Ref Subnet], !Ref Subnets]
        SecurityGroupIds: # its own
          - !GetAtt Group.GroupId
      Tags:
        - Key: a
          Value: b
""",
    ),
    Case(
        "in a loop, in branches, with separators",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
        Properties:
          FifoQueue: !If [One, "No", false]
          VisibilityTimeout: 1,000
""",
        after="""\
Transform: AWS::LanguageExtensions
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
        Properties:
          FifoQueue: !If [One, false, false]
          VisibilityTimeout: 1000
""",
    ),
)
VALID = (
    Case(
        "equal values alone are safe",
        before="""\
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {FifoQueue: 'yes'}}
""",
        says="somebody has to say that this is meant",
    ),
    Case(
        "several in one text",
        unsafe=True,
        before="""\
Resources:
  Function: {Type: AWS::Lambda::Function, Properties: {Layers: 'arn:one,arn:two', FunctionName: [a, b], MemorySize: 1.5}}
""",
        says="it may hold several items",
    ),
    Case(
        "what AWS SAM takes as it is",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: live, EndpointConfiguration: {Type: REGIONAL}}}
""",
    ),
    Case(
        "what a macro works on",
        unsafe=True,
        before="""\
Transform: Mine
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: '30.0'}}
""",
        says="a macro may work on it first",
    ),
    Case(
        "code and templates that are packaged, references, words in any case, custom resources",
        unsafe=True,
        before="""\
Resources:
  Function: {Type: AWS::Lambda::Function, Properties: {Code: ./src, Layers: !Ref Layers, VpcConfig: {SubnetIds: !ImportValue s}}}
  Stack: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./a.yaml, Parameters: {A: 'yes'}}}
  Custom: {Type: Custom::Thing, Properties: {Count: '30s'}}
  Secret: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: '{{resolve:ssm:delay}}'}}
""",
    ),
)
