from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "a policy that is there, one that has the statement, a bucket that logs to itself, CloudFront",
        unsafe=True,
        before="""\
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite}}
  LogsRules:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          Effect: Deny
          Principal: '*'
          Action: s3:DeleteObject
          Resource: !Sub "${Logs.Arn}/*"
  Orders: {Type: AWS::S3::Bucket, Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs}}}
  Drafts:
    Type: AWS::S3::Bucket
    Condition: IsTest
    Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs}}
  Done: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite, BucketName: done-0815}}
  DoneRules:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: done-0815
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: logging.s3.amazonaws.com}, Action: 's3:PutObject', Resource: '*'}
  Own:
    Type: AWS::S3::Bucket
    Condition: IsTest
    Properties:
      AccessControl: LogDeliveryWrite
      LoggingConfiguration: {LogFilePrefix: own/}
  Cdn: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite}}
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}
        Origins: [{Id: a, DomainName: example.com}]
        Logging: {Bucket: !GetAtt Cdn.DomainName}
""",
        after="""\
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Logs: {Type: AWS::S3::Bucket}
  LogsRules:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: s3:DeleteObject
            Resource: !Sub "${Logs.Arn}/*"
          - Sid: AllowServerAccessLogs
            Effect: Allow
            Principal:
              Service: logging.s3.amazonaws.com
            Action: 's3:PutObject'
            Resource: !Sub "${Logs.Arn}/*"
            Condition:
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
  Orders: {Type: AWS::S3::Bucket, Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs}}}
  Drafts:
    Type: AWS::S3::Bucket
    Condition: IsTest
    Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs}}
  Done: {Type: AWS::S3::Bucket, Properties: {BucketName: done-0815}}
  DoneRules:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: done-0815
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: logging.s3.amazonaws.com}, Action: 's3:PutObject', Resource: '*'}
  Own:
    Type: AWS::S3::Bucket
    Condition: IsTest
    Properties:
      LoggingConfiguration: {LogFilePrefix: own/}
  OwnPolicy:
    Type: AWS::S3::BucketPolicy
    Condition: IsTest
    Properties:
      Bucket: !Ref Own
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: AllowServerAccessLogs
            Effect: Allow
            Principal:
              Service: logging.s3.amazonaws.com
            Action: 's3:PutObject'
            Resource: !Sub "${Own.Arn}/*"
            Condition:
              ArnLike:
                aws:SourceArn: !GetAtt Own.Arn
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
  Cdn: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}}}
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}
        Origins: [{Id: a, DomainName: example.com}]
        Logging: {Bucket: !GetAtt Cdn.DomainName}
""",
        says="CloudFront writes its logs by it",
    ),
    Case(
        "a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [One, Two]
    - Bucket${Name}:
        Type: AWS::S3::Bucket
        Properties:
          # of the shop
          AccessControl: Private
          VersioningConfiguration: {Status: Enabled}
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [One, Two]
    - Bucket${Name}:
        Type: AWS::S3::Bucket
        Properties:
          # of the shop
          VersioningConfiguration: {Status: Enabled}
""",
    ),
)
VALID = (
    Case(
        "none, and something else of the name",
        unsafe=True,
        before="""\
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Point: {Type: AWS::S3::AccessPoint, Properties: {Bucket: a, AccessControl: Private}}
""",
    ),
    Case(
        "a policy that cannot be read",
        unsafe=True,
        before="""\
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite}}
  Rules: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Logs, PolicyDocument: '{}'}}
""",
        says="what its policy Rules says is not known",
    ),
    Case(
        "a policy on some ways only",
        unsafe=True,
        before="""\
Conditions: {IsTest: !Equals [!Ref AWS::Region, a]}
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite}}
  Rules:
    Type: AWS::S3::BucketPolicy
    Condition: IsTest
    Properties: {Bucket: !Ref Logs, PolicyDocument: {Statement: []}}
""",
        says="it has a policy on some ways only",
    ),
    Case(
        "a loop makes the target of logs",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [One, Two]
    - Bucket${Name}: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite}}
""",
        says="a loop makes it",
    ),
)
