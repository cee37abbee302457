"""More cases of no-redrive."""

from fixer.model import Case

INVALID = (
    Case(
        "encrypted as the queue is",
        before="""\
Resources:
  Key:
    Type: AWS::KMS::Key
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref Key
""",
        after="""\
Resources:
  Key:
    Type: AWS::KMS::Key
  OrdersDeadLetterQueue:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      MessageRetentionPeriod: 1209600
      KmsMasterKeyId: !Ref Key
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref Key
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt OrdersDeadLetterQueue.Arn
        maxReceiveCount: 5
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "queues of a loop, one with a dead-letter queue",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
      Other${Name}:
        Type: AWS::SQS::Queue
        Properties:
          RedrivePolicy:
            deadLetterTargetArn: !GetAtt [!Sub 'Failed${Name}', Arn]
            maxReceiveCount: 3
      Failed${Name}:
        Type: AWS::SQS::Queue
""",
        unsafe=True,
        says="Queue${Name} has no dead-letter queue: a loop makes it",
    ),
    Case(
        "dead-letter queues of many kinds",
        before="""\
Resources:
  A:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt B.Arn, maxReceiveCount: 3}}
  B:
    Type: AWS::SQS::Queue
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt C.Arn}}
  C:
    Type: AWS::SQS::Queue
  Config:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: {DestinationConfig: {OnFailure: {Destination: !GetAtt D.Arn}}}
  D:
    Type: AWS::SQS::Queue
  OrdersDLQ:
    Type: AWS::SQS::Queue
  Named:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !Sub '${AWS::StackName}-dead-letter'}
""",
        unsafe=True,
    ),
)
