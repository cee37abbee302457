"""More cases of redundant-depends-on."""

from fixer.model import Case

INVALID = (
    Case(
        "the branch that the conditions choose",
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
  IsNot: !Not [!Condition IsLive]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsLive
  Other:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsNot
    DependsOn: [Other]
    Properties:
      DisplayName: !If [IsLive, !Ref AWS::NoValue, !Ref Other]
  Second:
    Type: AWS::SNS::Topic
    DependsOn: Queue
    Properties:
      DisplayName: !If [IsLive, !Ref Queue, none]
  Third:
    Type: AWS::SNS::Topic
    DependsOn: Other
    Properties:
      DisplayName: !If [IsLive, !If [IsNot, a, !Ref Other], !Sub '${Other}']
""",
        after="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
  IsNot: !Not [!Condition IsLive]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsLive
  Other:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsNot
    Properties:
      DisplayName: !If [IsLive, !Ref AWS::NoValue, !Ref Other]
  Second:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsLive, !Ref Queue, none]
  Third:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsLive, !If [IsNot, a, !Ref Other], !Sub '${Other}']
""",
    ),
    Case(
        "in metadata, in a variable of Sub, twice",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: [Queue, Queue]
    Metadata:
      Of: !Ref Queue
  Second:
    Type: AWS::SNS::Topic
    DependsOn: ['Queue', "Topic"]
    Properties:
      DisplayName: !Sub ['${A}', {A: !Ref Queue}]
""",
        after="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    Metadata:
      Of: !Ref Queue
  Second:
    Type: AWS::SNS::Topic
    DependsOn: ["Topic"]
    Properties:
      DisplayName: !Sub ['${A}', {A: !Ref Queue}]
""",
    ),
    Case(
        "a function of AWS SAM",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Table:
    Type: AWS::Serverless::SimpleTable
  Queue:
    Type: AWS::SQS::Queue
  Function:
    Type: AWS::Serverless::Function
    DependsOn: [Table, Queue]
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      Policies:
        - SQSSendMessagePolicy: {QueueName: !GetAtt Queue.QueueName}
      Environment:
        Variables: {TABLE: !Ref Table}
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Table:
    Type: AWS::Serverless::SimpleTable
  Queue:
    Type: AWS::SQS::Queue
  Function:
    Type: AWS::Serverless::Function
    DependsOn: [Queue]
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
      Policies:
        - SQSSendMessagePolicy: {QueueName: !GetAtt Queue.QueueName}
      Environment:
        Variables: {TABLE: !Ref Table}
""",
    ),
    Case(
        "in a loop, and on what one makes",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
      Topic${Name}:
        Type: AWS::SNS::Topic
        DependsOn: Queue${Name}
        Properties:
          DisplayName: !GetAtt Queue${Name}.QueueName
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: QueueA
    Properties:
      DisplayName: !GetAtt QueueA.QueueName
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
      Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !GetAtt Queue${Name}.QueueName
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !GetAtt QueueA.QueueName
""",
    ),
    Case(
        "a macro",
        unsafe=True,
        before="""\
Transform: Explode
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic, DependsOn: Queue, Properties: {DisplayName: !Ref Queue}}
""",
        after="""\
Transform: Explode
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Queue}}
""",
    ),
)

VALID = (
    Case(
        "not what a macro or an empty loop makes",
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Queue
    Properties:
      Tags:
        Fn::Transform: {Name: Macro, Parameters: {Queue: !Ref Queue}}
  Second:
    Type: AWS::SNS::Topic
    DependsOn: Queue
    Properties:
      Fn::ForEach::Names:
        - Name
        - !Ref Names
        - '${Name}': !Ref Queue
""",
        unsafe=True,
    ),
    Case(
        "other resources of AWS SAM, modules, itself",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Machine:
    Type: AWS::Serverless::StateMachine
    DependsOn: Queue
    Properties:
      Definition: {StartAt: !Ref Queue}
  Module:
    Type: Acme::Topic::Standard::MODULE
    DependsOn: Queue
    Properties: {Queue: !Ref Queue}
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: [Topic, Module, Gone]
    Properties: {DisplayName: !Ref Module, TopicName: !Ref Gone}
""",
        unsafe=True,
    ),
    Case(
        "an update policy",
        before="""\
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Alias:
    Type: AWS::Lambda::Alias
    DependsOn: Queue
    UpdatePolicy:
      CodeDeployLambdaAliasUpdate: {ApplicationName: !Ref Queue}
""",
        unsafe=True,
        says="whether a reference in UpdatePolicy makes it wait is not known",
    ),
    Case(
        "a list with something else",
        before="""\
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: [Queue, !Ref Queue]
    Properties: {DisplayName: !Ref Queue}
""",
        unsafe=True,
        says="the list holds something else than names",
    ),
)
