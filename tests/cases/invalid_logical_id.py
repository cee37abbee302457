"""More cases of invalid-logical-id."""

from fixer.model import Case

INVALID = (
    Case(
        "AWS SAM, rules, a loop, quotes",
        before="""\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  'the stage': {Type: String}
Rules:
  Known:
    Assertions:
      - Assert: !Contains [[test, prod], !Ref 'the stage']
Resources:
  get_order:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        Get: {Type: Api, Properties: {RestApiId: !Ref "the-api", Path: /, Method: get}}
  "the-api":
    Type: AWS::Serverless::Api
    Properties: {StageName: !Sub "${the stage}"}
  Fn::ForEach::Queues:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
        DependsOn: get_order
Outputs:
  Role:
    Value: !GetAtt get_orderRole.Arn
""",
        after="""\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  'TheStage': {Type: String}
Rules:
  Known:
    Assertions:
      - Assert: !Contains [[test, prod], !Ref 'TheStage']
Resources:
  GetOrder:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        Get: {Type: Api, Properties: {RestApiId: !Ref "TheApi", Path: /, Method: get}}
  "TheApi":
    Type: AWS::Serverless::Api
    Properties: {StageName: !Sub "${TheStage}"}
  Fn::ForEach::Queues:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
        DependsOn: GetOrder
Outputs:
  Role:
    Value: !GetAtt GetOrderRole.Arn
""",
        unsafe=True,
    ),
    Case(
        "dots",
        before="""\
Parameters:
  a.b: {Type: String}
Resources:
  the.topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub ['${a.b} ${x.y}', {x.y: !Ref a.b}]}}
  Other: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub '${the.topic.TopicName} ${the.topic} ${!the.topic}'}}
""",
        after="""\
Parameters:
  AB: {Type: String}
Resources:
  TheTopic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub ['${AB} ${x.y}', {x.y: !Ref AB}]}}
  Other: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub '${TheTopic.TopicName} ${TheTopic} ${!the.topic}'}}
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "not unless asked for",
        before="""\
Parameters:
  my-name: {Type: String}
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref my-name}}
""",
        says="who passes the parameter by its name has to use the new one",
    ),
    Case(
        "a script",
        before="""\
Resources:
  web-server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          cfn-signal --stack ${AWS::StackName} --resource web-server
""",
        unsafe=True,
        says="a script at Resources.web-server.Properties.UserData.Fn::Base64.Fn::Sub may tell it to CloudFormation",
    ),
    Case(
        "a dot that may be that of an attribute",
        before="""\
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Topic.TopicName: {Type: AWS::SNS::Topic}
Outputs:
  Name: {Value: !GetAtt Topic.TopicName}
""",
        unsafe=True,
        says="what refers to it may as well mean an attribute of Topic",
    ),
    Case(
        "comments in JSON",
        before="""\
{
  "Resources": {
    "/* ---- queues ---- */": {},
    "Queue": {"Type": "AWS::SQS::Queue"}
  }
}
""",
        unsafe=True,
        says="nothing of the kind stands there; it may be meant as a comment",
    ),
)
