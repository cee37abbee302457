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
