"""More cases of no-dead-letter-queue."""

from fixer.model import Case

INVALID = (
    Case(
        "called through an alias, in a condition",
        before="""\
Conditions:
  HasMail: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: HasMail
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: mail
          PolicyDocument: {}
  Mail:
    Type: AWS::Lambda::Function
    Condition: HasMail
    Properties:
      Role: !GetAtt Role.Arn
  Live:
    Type: AWS::Lambda::Alias
    Condition: HasMail
    Properties: {FunctionName: !Ref Mail, FunctionVersion: $LATEST, Name: live}
  Inbox:
    Type: AWS::S3::Bucket
    Condition: HasMail
    Properties:
      NotificationConfiguration: {LambdaConfigurations: [{Event: 's3:ObjectCreated:*', Function: !Ref Live}]}
""",
        after="""\
Conditions:
  HasMail: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: HasMail
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: mail
          PolicyDocument: {}
        - PolicyName: MailDeadLetterQueue
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: sqs:SendMessage
                Resource: !GetAtt MailDeadLetterQueue.Arn
  MailDeadLetterQueue:
    Type: AWS::SQS::Queue
    Condition: HasMail
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      MessageRetentionPeriod: 1209600
  Mail:
    Type: AWS::Lambda::Function
    Condition: HasMail
    Properties:
      Role: !GetAtt Role.Arn
      DeadLetterConfig:
        TargetArn: !GetAtt MailDeadLetterQueue.Arn
  Live:
    Type: AWS::Lambda::Alias
    Condition: HasMail
    Properties: {FunctionName: !Ref Mail, FunctionVersion: $LATEST, Name: live}
  Inbox:
    Type: AWS::S3::Bucket
    Condition: HasMail
    Properties:
      NotificationConfiguration: {LambdaConfigurations: [{Event: 's3:ObjectCreated:*', Function: !Ref Live}]}
""",
        unsafe=True,
    ),
    Case(
        "a role that is always there",
        before="""\
Conditions:
  HasMail: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Mail:
    Type: AWS::Serverless::Function
    Condition: HasMail
    Properties:
      Role: !GetAtt Role.Arn
      Events:
        Posted: {Type: SNS, Properties: {Topic: !ImportValue Topic}}
""",
        after="""\
Conditions:
  HasMail: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: MailDeadLetterQueue
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: sqs:SendMessage
                Resource: !GetAtt MailDeadLetterQueue.Arn
  MailDeadLetterQueue:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      MessageRetentionPeriod: 1209600
  Mail:
    Type: AWS::Serverless::Function
    Condition: HasMail
    Properties:
      Role: !GetAtt Role.Arn
      Events:
        Posted: {Type: SNS, Properties: {Topic: !ImportValue Topic}}
      DeadLetterQueue:
        Type: SQS
        TargetArn: !GetAtt MailDeadLetterQueue.Arn
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "a function of a loop, called in the loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Jobs:
    - Name
    - [Mail, Bill]
    - Job${Name}:
        Type: AWS::Lambda::Function
        Properties: {Role: !ImportValue Role}
      Rule${Name}:
        Type: AWS::Events::Rule
        Properties:
          ScheduleExpression: rate(1 day)
          Targets: [{Id: job, Arn: !GetAtt 'Job${Name}.Arn'}]
""",
        unsafe=True,
        says="Function Job${Name}, which EventBridge calls, has no dead-letter queue and no destination on failure: "
        "a loop makes it",
    ),
    Case(
        "functions of a loop of AWS SAM",
        before="""\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Resources:
  Fn::ForEach::Jobs:
    - Name
    - [Mail, Bill]
    - Job${Name}:
        Type: AWS::Serverless::Function
        Properties:
          Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}
""",
        unsafe=True,
        says="a loop makes it",
    ),
    Case(
        "served, or called synchronously",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SNS}}}
      Events: {Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}
  B:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Read: {Type: Api, Properties: {Path: /, Method: get}}
        Queued: {Type: SNS, Properties: {Topic: !ImportValue Topic, SqsSubscription: true}}
  C:
    Type: AWS::Lambda::Function
  Config:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: {FunctionName: !Ref C, DestinationConfig: {OnFailure: {Destination: !ImportValue Q}}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref C, Principal: events.amazonaws.com, Action: lambda:InvokeFunction}
  D:
    Type: AWS::Lambda::Function
  Public:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref D, Principal: apigateway.amazonaws.com, Action: lambda:InvokeFunction}
""",
        unsafe=True,
    ),
)
