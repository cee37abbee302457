"""More cases of hard-coded-account-id."""

from fixer.model import Case

INVALID = (
    Case(
        "the account of a program that a condition chooses",
        unsafe=True,
        before="""\
Conditions:
  Here: !Equals [!Ref AWS::StackName, here]
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - Name: AWS_ACCOUNT_ID
            Value: !If [Here, '111122223333', !Ref AWS::NoValue]
""",
        after="""\
Conditions:
  Here: !Equals [!Ref AWS::StackName, here]
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - Name: AWS_ACCOUNT_ID
            Value: !If [Here, !Ref AWS::AccountId, !Ref AWS::NoValue]
""",
    ),
    Case(
        "where programs are told their account",
        unsafe=True,
        before="""\
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {Name: AWS_ACCOUNT_ID, Value: '111122223333'}
          - {Name: PHONE, Value: '111122223333'}
""",
        after="""\
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {Name: AWS_ACCOUNT_ID, Value: !Ref AWS::AccountId}
          - {Name: PHONE, Value: '111122223333'}
""",
    ),
    Case(
        "an account of AWS beside, several in one text",
        unsafe=True,
        before="""\
Resources:
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Function
      SourceAccount: "111122223333"
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          - Principal: {AWS: 'arn:aws:iam::127311923021:root'}
            Resource: arn:aws:s3:::logs/AWSLogs/111122223333/*
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        uri: arn:aws:apigateway:us-east-1:lambda:x/arn:aws:lambda:*:111122223333:function:${stageVariables.f}
        credentials: arn:aws:iam::111122223333:role/a,arn:aws:iam::111122223333:role/b
""",
        after="""\
Resources:
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Function
      SourceAccount: !Ref AWS::AccountId
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          - Principal: {AWS: 'arn:aws:iam::127311923021:root'}
            Resource: arn:aws:s3:::logs/AWSLogs/111122223333/*
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        uri: !Sub arn:aws:apigateway:us-east-1:lambda:x/arn:aws:lambda:*:${AWS::AccountId}:function:${!stageVariables.f}
        credentials: !Sub arn:aws:iam::${AWS::AccountId}:role/a,arn:aws:iam::${AWS::AccountId}:role/b
""",
    ),
    Case(
        "AWS SAM",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    PermissionsBoundary: arn:aws:iam::111122223333:policy/bound
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/orders
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    PermissionsBoundary: !Sub arn:aws:iam::${AWS::AccountId}:policy/bound
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/orders
""",
    ),
)
VALID = (
    Case(
        "several accounts",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource: arn:aws:iam::111122223333:role/a
          - Resource: arn:aws:iam::444455556666:role/b
""",
        says="the template also names 444455556666",
    ),
    Case(
        "an account that is trusted too",
        unsafe=True,
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Principal: {AWS: 'arn:aws:iam::111122223333:root'}
      Policies:
        - PolicyName: a
          PolicyDocument:
            Statement:
              - Resource: arn:aws:iam::111122223333:role/a
""",
        says="it may be another one on purpose",
    ),
)
