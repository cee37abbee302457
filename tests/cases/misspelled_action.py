from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "blanks, a dot, hyphens, branches, a bucket's policy, what is there already",
        unsafe=True,
        before="""\
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            NotAction: [s3.GetObject, s3:DeleteObjects]
            Resource: !GetAtt Bucket.Arn
  Manage:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          Effect: Allow
          Action:
            - s3:GetObject
            # also without its content
            - s3:HeadObject
            - "kms:ReEncrypt"
            - !If [IsTest, 'logs: PutLogEvents', cloudwatch-logs:PutLogEvents]
            - sqs:delete-message
          Resource: '*'
""",
        after="""\
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            NotAction: ['s3:GetObject', 's3:DeleteObject']
            Resource: !GetAtt Bucket.Arn
  Manage:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          Effect: Allow
          Action:
            - s3:GetObject
            # also without its content
            - "kms:ReEncrypt*"
            - !If [IsTest, 'logs:PutLogEvents', 'logs:PutLogEvents']
            - sqs:DeleteMessage
          Resource: '*'
""",
    ),
)
VALID = (
    Case(
        "what exists, patterns, and what is no action",
        unsafe=True,
        before="""\
Parameters:
  Action: {Type: String}
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: ['*', '*:*', 's3:getobject', 's3:Get*', 'iam:PassRole', !Ref Action, !Sub 's3:${Action}'], Resource: '*'}
  Rule: {Type: AWS::WAFv2::WebACL, Properties: {DefaultAction: {Allow: {}}, Rules: [{Action: 'x:y'}]}}
""",
    ),
    Case(
        "a pattern that matches nothing",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:Gett*', Resource: '*'}]}}
""",
        says="what a pattern should match is not known",
    ),
    Case(
        "another verb is no slip",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:PutBucketPolicyStatus', Resource: '*'}]}}
""",
        says="no action of s3 has a name that is close",
    ),
    Case(
        "a newer service",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 'bedrock-next:InvokeModel', Resource: '*'}]}}
""",
        says="none is close that has such an action",
    ),
    Case(
        "another service",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 'cloudwatch:CreateLogGroup', Resource: '*'}]}}
""",
        says="logs has an action of this name",
    ),
)
