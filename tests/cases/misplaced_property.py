from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "attributes among the properties, into what is there, out of one level",
        unsafe=True,
        before="""\
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic, DisplayName: orders}
  Bucket:
    Type: AWS::S3::Bucket
    UpdateReplacePolicy: Retain
    Properties:
      # it holds the orders
      DeletionPolicy: Retain # for good
      BucketName: orders-0815
      DependsOn:
        - Topic # first
      PublicAccessBlockConfiguration: {BlockPublicAcls: true}
      BlockPublicPolicy: true
      RestrictPublicBuckets: "true"
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: a, AttributeType: S}]
      KeySchema: [{AttributeName: a, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification: !If [IsTest, true, {PointInTimeRecoveryEnabled: false}]
      StreamSpecification: NEW_IMAGE
  Queue: {Type: AWS::SQS::Queue}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: a}
      Role: arn:aws:iam::123456789012:role/function
      DeadLetterConfig: !GetAtt Queue.Arn
      SubnetIds: [subnet-0123456789abcdef0]
      SecurityGroupIds: [sg-0123456789abcdef0]
""",
        after="""\
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: orders}}
  Bucket:
    Type: AWS::S3::Bucket
    DependsOn:
      - Topic # first
    # it holds the orders
    DeletionPolicy: Retain # for good
    UpdateReplacePolicy: Retain
    Properties:
      BucketName: orders-0815
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: "true"}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: a, AttributeType: S}]
      KeySchema: [{AttributeName: a, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification: !If [IsTest, {PointInTimeRecoveryEnabled: true}, {PointInTimeRecoveryEnabled: false}]
      StreamSpecification:
        StreamViewType: NEW_IMAGE
  Queue: {Type: AWS::SQS::Queue}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: a}
      Role: arn:aws:iam::123456789012:role/function
      DeadLetterConfig:
        TargetArn: !GetAtt Queue.Arn
      VpcConfig:
        SubnetIds: [subnet-0123456789abcdef0]
        SecurityGroupIds: [sg-0123456789abcdef0]
""",
    ),
    Case(
        "a loop",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [One, Two]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        # for people
        DisplayName: !Sub "topic ${Name}"
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [One, Two]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          # for people
          DisplayName: !Sub "topic ${Name}"
""",
    ),
)
VALID = (
    Case(
        "what has no place, no schema, or a place of its own",
        unsafe=True,
        before="""\
Resources:
  Made: {Type: Custom::Thing, Tags: [a], Properties: {ServiceToken: a, DeletionPolicy: Retain}}
  Topic: {Type: AWS::SNS::Topic, TopicArn: a, Properties: {Anything: 1, QueueName: a}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {CorsConfiguration: a, VersioningConfiguration: "on"}}
  Either: !If [a, {Type: AWS::SNS::Topic, DisplayName: a}, b]
  Function: {Type: AWS::Serverless::Function, Properties: {Tracing: Active, Tags: {a: b}}}
""",
    ),
    Case(
        "a place that is taken",
        unsafe=True,
        before="""\
Resources:
  Topic: {Type: AWS::SNS::Topic, DisplayName: a, Properties: {DisplayName: b}}
""",
        says="its properties have a DisplayName already",
    ),
    Case(
        "several places",
        unsafe=True,
        before="""\
Resources:
  Stream:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {BucketARN: a, RoleARN: b}
""",
        says="it may belong into",
    ),
    Case(
        "a macro",
        unsafe=True,
        before="""\
Transform: Shorthand
Resources:
  Topic: {Type: AWS::SNS::Topic, DisplayName: a}
""",
        says="a macro may work on it first",
    ),
)
