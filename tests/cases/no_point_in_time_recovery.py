"""More cases of no-point-in-time-recovery."""

from fixer.model import Case

INVALID = (
    Case(
        "in a loop",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Table${Name}:
        Type: AWS::DynamoDB::Table
        Properties:
          BillingMode: PAY_PER_REQUEST
      Everywhere${Name}:
        Type: AWS::DynamoDB::GlobalTable
        Properties:
          Replicas:
            - Region: !Ref AWS::Region
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Table${Name}:
        Type: AWS::DynamoDB::Table
        Properties:
          BillingMode: PAY_PER_REQUEST
          PointInTimeRecoverySpecification:
            PointInTimeRecoveryEnabled: true
      Everywhere${Name}:
        Type: AWS::DynamoDB::GlobalTable
        Properties:
          Replicas:
            - Region: !Ref AWS::Region
              PointInTimeRecoverySpecification:
                PointInTimeRecoveryEnabled: true
""",
    ),
    Case(
        "a table, a replica, a simple table",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  A:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
  B:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - Region: !Ref AWS::Region
        - !If [IsProd, {Region: eu-west-1}, !Ref AWS::NoValue]
  C:
    Type: AWS::Serverless::SimpleTable
  D:
    Type: AWS::DynamoDB::Table
    Properties:
      PointInTimeRecoverySpecification: {RecoveryPeriodInDays: 7}
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  A:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification:
        PointInTimeRecoveryEnabled: true
  B:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - Region: !Ref AWS::Region
          PointInTimeRecoverySpecification:
            PointInTimeRecoveryEnabled: true
        - !If [IsProd, {Region: eu-west-1}, !Ref AWS::NoValue]
  C:
    Type: AWS::Serverless::SimpleTable
    Properties:
      PointInTimeRecoverySpecification:
        PointInTimeRecoveryEnabled: true
  D:
    Type: AWS::DynamoDB::Table
    Properties:
      PointInTimeRecoverySpecification: {RecoveryPeriodInDays: 7, PointInTimeRecoveryEnabled: true}
""",
        unsafe=True,
    ),
)
