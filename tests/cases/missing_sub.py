"""More cases of missing-sub."""

from fixer.model import Case

INVALID = (
    Case(
        "wherever functions stand",
        unsafe=True,
        before="""\
Parameters:
  Env: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Env, live]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsLive
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/machine
      DefinitionString: '{"Resource": "${Function}", "Env": "${Env}"}'
      DefinitionSubstitutions: {Function: a}
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: |
          #!/bin/bash
          # tells the stack
          cfn-signal --stack ${AWS::StackName} --region ${AWS::Region} ${HOME}
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['-', ['${Env}', "a-${Env}"]]
      TopicName: !If [IsLive, '${Queue.QueueName}', test]
      Tags: [{Key: A, Value: '${Env}'}]
Outputs:
  Name:
    Value: '${Topic.TopicName}'
    Export: {Name: '${AWS::StackName}:name'}
""",
        after="""\
Parameters:
  Env: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Env, live]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsLive
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/machine
      DefinitionString: !Sub '{"Resource": "${!Function}", "Env": "${Env}"}'
      DefinitionSubstitutions: {Function: a}
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          # tells the stack
          cfn-signal --stack ${AWS::StackName} --region ${AWS::Region} ${!HOME}
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['-', [!Ref Env, !Sub "a-${Env}"]]
      TopicName: !If [IsLive, !GetAtt Queue.QueueName, test]
      Tags: [{Key: A, Value: !Ref Env}]
Outputs:
  Name:
    Value: !GetAtt Topic.TopicName
    Export: {Name: !Sub '${AWS::StackName}:name'}
""",
    ),
    Case(
        "not both of two that would make a circle",
        unsafe=True,
        before="""\
Resources:
  A:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: 'with ${B}'}
  B:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: 'with ${A}'}
""",
        after="""\
Resources:
  A:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !Sub 'with ${B}'}
  B:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: 'with ${A}'}
""",
    ),
    Case(
        "AWS SAM",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Env: {Type: String}
Globals:
  Function:
    Environment:
      Variables: {ENV: 'e-${Env}'}
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      Description: in ${AWS::Region}
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Env: {Type: String}
Globals:
  Function:
    Environment:
      Variables: {ENV: !Sub 'e-${Env}'}
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      Description: !Sub in ${AWS::Region}
""",
    ),
)


def _topic(name: str, properties: str, says: str, more: str = "") -> Case:
    before = f"{more}Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: {{{properties}}}\n"
    return Case(name, before, unsafe=True, says=says)


VALID = (
    Case(
        "nothing of the template, and what others replace",
        unsafe=True,
        before="""\
Parameters:
  Env: {Type: String}
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: '{"Env": "${Env}"}'
      DefinitionSubstitutions: {Env: a}
  Stack:
    Type: Custom::Stack
    Properties:
      TemplateBody: ${Env}
      A: '${env} ${aws:username} ${AWS::Nothing} ${Stack.Arn} ${!Env} ${Machine.Nothing}'
      B: !Sub ['${A}', {A: '${Env}'}]
""",
    ),
    _topic("a circle", "DisplayName: 'I am ${Topic}'", "a reference to Topic would make a circle"),
    _topic(
        "a list",
        "DisplayName: 'in ${Zones}'",
        "${Zones} is no text",
        "Parameters:\n  Zones: {Type: CommaDelimitedList}\n",
    ),
    _topic("a brace of its own", "DisplayName: '${ in ${AWS::Region}'", "a ${ that begins no variable"),
    _topic("a macro", "DisplayName: 'in ${AWS::Region}'", "which may put it in", "Transform: Explode\n"),
    _topic(
        "a macro's parameters",
        "Fn::Transform: {Name: M, Parameters: {A: '${AWS::Region}'}}",
        "a macro or a loop works on it first",
    ),
    Case(
        "where no function stands",
        unsafe=True,
        before="""\
Parameters:
  Env: {Type: String, Default: '${AWS::Region}'}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: {Note: '${Env}'}
""",
        says="no function is put there",
    ),
    Case(
        "not always there",
        unsafe=True,
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsLive
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: about ${Queue.QueueName}
""",
        says="Queue is not there whenever the string is",
    ),
    Case(
        "the name of an export",
        unsafe=True,
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  Topic:
    Value: !Ref Topic
    Export: {Name: '${Topic.TopicName}'}
""",
        says="the name of an export cannot refer to a resource",
    ),
    Case(
        "a resource in Globals",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Environment: {Variables: {TOPIC: '${Topic}'}}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="every function would refer to Topic",
    ),
    Case(
        "a loop",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties: {DisplayName: 'in ${AWS::Region}'}
""",
        says="a loop may put its variable into the text",
    ),
    Case(
        "a build",
        unsafe=True,
        before="""\
Parameters:
  Env: {Type: String}
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: NO_SOURCE
        BuildSpec: |
          phases: {build: {commands: [echo ${Env}]}}
""",
        says="${Env} may be a variable of the program that reads it",
    ),
)
