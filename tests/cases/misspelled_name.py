from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "every kind of reference",
        unsafe=True,
        before="""\
Parameters:
  Environment: {Type: String}
Mappings:
  Settings:
    Live: {Size: 10}
Conditions:
  IsLive: !Equals [!Ref Enviroment, live]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLivee
    DependsOn: [Quene]
    Properties:
      DisplayName: !Sub ["${AWS::AcountId} ${Queue.ARN} ${Lable} ${Label}", {Label: !Ref Environment}]
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: !FindInMap [Setings, Live, Size]
      QueueName: !If [Islive, !Ref 'AWS::Novalue', a]
Outputs:
  A: {Value: !GetAtt [Queue, QueuName]}
  B: {Value: {'Fn::GetAtt': Queue.arn}}
""",
        after="""\
Parameters:
  Environment: {Type: String}
Mappings:
  Settings:
    Live: {Size: 10}
Conditions:
  IsLive: !Equals [!Ref Environment, live]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLive
    DependsOn: [Queue]
    Properties:
      DisplayName: !Sub ["${AWS::AccountId} ${Queue.Arn} ${Label} ${Label}", {Label: !Ref Environment}]
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: !FindInMap [Settings, Live, Size]
      QueueName: !If [IsLive, !Ref 'AWS::NoValue', a]
Outputs:
  A: {Value: !GetAtt [Queue, QueueName]}
  B: {Value: {'Fn::GetAtt': Queue.Arn}}
""",
    ),
    Case(
        "inside properties, in branches, in a loop",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Bucket${Name}:
        Type: AWS::S3::Buckets
        Propertys:
          VersioningConfiguration: !If [One, {status: Enabled}, !Ref AWS::NoValue]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      HealthCheckInterval: 30 # twice a minute
""",
        after="""\
Transform: AWS::LanguageExtensions
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Bucket${Name}:
        Type: AWS::S3::Bucket
        Properties:
          VersioningConfiguration: !If [One, {Status: Enabled}, !Ref AWS::NoValue]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      HealthCheckIntervalSeconds: 30 # twice a minute
""",
    ),
)
VALID = (
    Case(
        "the right name is there as well",
        unsafe=True,
        before="""\
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: a, QueueNmae: b}}
""",
        says="QueueName is there already",
    ),
    Case(
        "two that may mean one",
        unsafe=True,
        before="""\
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueNamee: a, QueueNmae: b}}
""",
        says="another name beside it may mean QueueName, too",
    ),
    Case(
        "a value of another kind",
        unsafe=True,
        before="""\
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {Tag: a}}
""",
    ),
    Case(
        "a type with other properties",
        unsafe=True,
        before="""\
Resources:
  Queue: {Type: AWS::SQS::Queues, Properties: {Something: a}}
""",
        says="AWS::SQS::Queue is close, but has no property Something",
    ),
    Case(
        "scripts, SAM, custom resources, types of others",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function: {Type: AWS::Serverless::Function, Properties: {CodeUri: a, Handler: b, Runtime: python3.14}}
  InstanceId: {Type: 'Custom::Thing', Properties: {ServicToken: a}}
  Other: {Type: 'Acme::Thing::Thng', Properties: {Nmae: a}}
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          instance_id=$(id)
          echo ${instance_id}
  Tags: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref FunctionRole}}
Outputs:
  Url: {Value: !Ref ServerlessRestApi}
""",
    ),
    Case(
        "what a macro may add",
        unsafe=True,
        before="""\
Transform: Mine
Resources:
  Queue: {Type: AWS::SQS::Queues, Properties: {QueueNmae: !Ref Queu}}
""",
    ),
)
