"""More cases of join-without-delimiter."""

from fixer.model import Case

INVALID = (
    Case(
        "wherever functions stand",
        before="""\
Parameters:
  Env: {Type: String}
Conditions:
  IsLive: !Equals [!Join ['', [!Ref Env, -, !Ref AWS::Region]], live-eu-west-1]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLive
    Properties:
      DisplayName: !Join [' ', [!Join ["", ["a: ", !Ref Env]], orders]]
      TopicName: !If [IsLive, !Join ['', [!Ref Env, '-live']], test]
      Tags:
        - {Key: A, Value: !Join ['', [!Ref Env, '#1']]}
        - Key: B
          Value: !Sub ['${C}!', {C: !Join ['', [c, !Ref Env]]}]
Outputs:
  Name:
    Value: !Join ['', [!GetAtt Topic.TopicName, '{', '}']]
    Condition: IsLive
    Export:
      Name: !Join ['', [!Ref AWS::StackName, ':name']]
""",
        after="""\
Parameters:
  Env: {Type: String}
Conditions:
  IsLive: !Equals [!Sub '${Env}-${AWS::Region}', live-eu-west-1]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLive
    Properties:
      DisplayName: !Join [' ', [!Sub 'a: ${Env}', orders]]
      TopicName: !If [IsLive, !Sub '${Env}-live', test]
      Tags:
        - {Key: A, Value: !Sub '${Env}#1'}
        - Key: B
          Value: !Sub ['${C}!', {C: !Sub 'c${Env}'}]
Outputs:
  Name:
    Value: !Sub ${Topic.TopicName}{}
    Condition: IsLive
    Export:
      Name: !Sub ${AWS::StackName}:name
""",
    ),
    Case(
        "a brace that two parts make",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', ['$', '{name', '}', !Ref AWS::Region, !Sub '${!b}']]
      TopicName: !Join ['', [!Sub '${!c}', '${d}']]
""",
        after="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub '${!name}${AWS::Region}${!b}'
      TopicName: '${c}${d}'
""",
    ),
    Case(
        "AWS SAM",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      FunctionName: !Join ['', [orders-, !Ref AWS::StackName]]
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      FunctionName: !Sub orders-${AWS::StackName}
""",
    ),
    Case(
        "a loop without its variable",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Join ['', [orders-, !Ref AWS::StackName]]
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Sub orders-${AWS::StackName}
""",
    ),
    Case(
        "a layer and a macro",
        unsafe=True,
        before="""\
Transform: [Explode, AWS::Serverless-2016-10-31]
Resources:
  Layer:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: s3://code/layer.zip
      Description: !Join ['', [for, !Ref AWS::StackName]]
""",
        after="""\
Transform: [Explode, AWS::Serverless-2016-10-31]
Resources:
  Layer:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: s3://code/layer.zip
      Description: !Sub for${AWS::StackName}
""",
    ),
)

VALID = (
    Case(
        "the lines of a script in JSON",
        before="""\
{
  "Resources": {
    "Instance": {
      "Type": "AWS::EC2::Instance",
      "Properties": {
        "UserData": {
          "Fn::Base64": {
            "Fn::Join": [
              "",
              [
                "#!/bin/bash\\n",
                "cfn-signal --stack ",
                {"Ref": "AWS::StackName"},
                "\\n"
              ]
            ]
          }
        }
      }
    }
  }
}
""",
        unsafe=True,
        says="its parts are the lines of a text",
    ),
    Case(
        "no list, no text, and what nobody resolves",
        before="""\
Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', !Ref Names]
      TopicName: !Join ['', [!Sub ['${A}', {A: a}], b]]
      Tags:
        - {Key: A, Value: !Join ['', []]}
        - {Key: B, Value: !Join ['', [[a], b]]}
        - {Key: C, Value: !Join ['', [!Select [0, !Ref Names], b]]}
        - {Key: D, Value: !Join ['']}
        - {Key: E, Value: !Join a}
Metadata:
  Note: !Join ['', [a, b]]
""",
        unsafe=True,
    ),
    Case(
        "made by the CDK",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: {'aws:cdk:path': a/b}
    Properties:
      TopicName: !Join ['', [orders-, !Ref AWS::StackName]]
""",
        unsafe=True,
    ),
    Case(
        "a reference to nothing",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Join ['', [orders-, !Ref Nothing]]
""",
        unsafe=True,
        says="it refers to something that the template does not have",
    ),
    Case(
        "a number",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Join ['', [!Ref AWS::StackName, 0x10]]
""",
        unsafe=True,
        says="a part is a number or a boolean",
    ),
    Case(
        "nothing",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Join ['', [a, !Ref AWS::NoValue]]
""",
        unsafe=True,
        says="a part is AWS::NoValue",
    ),
    Case(
        "names that Sub does not take",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', [a, !GetAtt Custom.some-value]]
      TopicName: !Join ['', [a, !GetAtt [Custom, !Ref AWS::Region]]]
  Custom:
    Type: Custom::Names
    Properties: {ServiceToken: !Ref AWS::StackName}
""",
        unsafe=True,
        says="a part is a reference that Fn::Sub does not take",
    ),
    Case(
        "a function of a function, as SAM has it",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', [a, !Ref Function.Version]]
  Function:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Join ['', [a, b]]
""",
        unsafe=True,
        says="AWS SAM treats a plain string in its own way",
    ),
    Case(
        "a Sub that is missing",
        before="""\
Parameters:
  Env: {Type: String}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', ['${Env}', -, !Ref AWS::Region]]
""",
        unsafe=True,
        says="a part names Env in ${} without Fn::Sub, which may be missing",
    ),
    Case(
        "a brace around a reference",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', ['${', !Ref AWS::Region, '}']]
""",
        unsafe=True,
        says="a part has a ${ that would mean something else",
    ),
    Case(
        "a module",
        before="""\
Resources:
  Topic:
    Type: Acme::Topic::Standard::MODULE
    Properties:
      Name: !Join ['', [a, !Ref AWS::Region]]
""",
        unsafe=True,
        says="it is inside a module",
    ),
    Case(
        "the variable of a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Join ['', [orders-, !Ref Name]]
          TopicName: !Join ['', ['orders-${Name}', !Ref AWS::Region]]
""",
        unsafe=True,
        says="a loop puts its variable into it",
    ),
)
