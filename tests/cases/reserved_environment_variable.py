from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "branches and loops",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties:
      Role: r
      Environment: !If [One, {Variables: {AWS_REGION: a}}, !Ref AWS::NoValue]
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Properties:
          Role: r
          Environment:
            Variables: !If
              - One
              - {LAMBDA_TASK_ROOT: a, AWS_EXECUTION_ENV: b, MINE: c}
              - {MINE: d}
""",
        after="""\
Transform: AWS::LanguageExtensions
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties:
      Role: r
      Environment: !If [One, !Ref AWS::NoValue, !Ref AWS::NoValue]
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Properties:
          Role: r
          Environment:
            Variables: !If
              - One
              - {MINE: c}
              - {MINE: d}
""",
    ),
)
VALID = (
    Case(
        "other variables, other services",
        unsafe=True,
        before="""\
Resources:
  A: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {REGION: a, AWS_NODEJS_CONNECTION_REUSE_ENABLED: 1}}}}
  B: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: !Ref Variables}}}
  C:
    Type: AWS::CodeBuild::Project
    Properties: {Environment: {EnvironmentVariables: [{Name: AWS_REGION, Value: a}]}}
""",
    ),
)
