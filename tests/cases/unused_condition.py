"""More cases of unused-condition."""

from fixer.model import Case

INVALID = (
    Case(
        "one in use, one that the author keeps",
        json_differs=True,
        unsafe=True,
        before="""\
Conditions:
  # cfnfix: ignore[unused-condition] for the next release
  IsNext: !Equals [!Ref AWS::StackName, next]
  IsLive: !Equals [!Ref AWS::StackName, live]
  IsTest: !Not [!Condition IsLive]
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        after="""\
Conditions:
  # cfnfix: ignore[unused-condition] for the next release
  IsNext: !Equals [!Ref AWS::StackName, next]
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
    ),
    Case(
        "beside a function that is broken",
        unsafe=True,
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::StackName, live]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [!Equals [!Ref AWS::Region, eu-west-1], a, b]
""",
        after="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [!Equals [!Ref AWS::Region, eu-west-1], a, b]
""",
    ),
    Case(
        "two that use a third",
        unsafe=True,
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::StackName, live]
  IsTest: !Not [!Condition IsLive]
  IsOther: !Or [!Condition IsLive, !Equals [!Ref AWS::Region, eu-west-1]]
  IsUsed: !Equals [!Ref AWS::Region, eu-west-2]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsUsed, a, b]
""",
        after="""\
Conditions:
  IsUsed: !Equals [!Ref AWS::Region, eu-west-2]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsUsed, a, b]
""",
    ),
)

VALID = (
    Case(
        "used wherever",
        unsafe=True,
        before="""\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Conditions:
  A: !Equals [!Ref AWS::StackName, a]
  B: !Equals [!Ref AWS::StackName, b]
  C: !Equals [!Ref AWS::StackName, c]
  D: !Equals [!Ref AWS::StackName, d]
  E: !Equals [!Ref AWS::StackName, e]
Metadata:
  Note: !If [A, b, c]
Globals:
  Function:
    Timeout: !If [B, 3, 30]
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Condition: C
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [D, a, b]
Outputs:
  Topic:
    Condition: E
    Value: !Ref Topic
""",
    ),
    Case(
        "a loop's",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Conditions:
  IsA: !Equals [!Ref AWS::StackName, a]
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Condition: Is${Name}
""",
        says="it may be this one",
    ),
    Case(
        "a macro's",
        unsafe=True,
        before="""\
Conditions:
  IsA: !Equals [!Ref AWS::StackName, a]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}
""",
        says="a macro or an include",
    ),
)
