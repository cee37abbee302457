from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "in a branch, in a join; some conditions stay",
        unsafe=True,
        before="""\
Parameters:
  Key: {Type: String, NoEcho: 'TRUE'}
Conditions:
  HasKey: !Not [!Equals [!Ref Key, '']]
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsTest, Properties: {DisplayName: !Ref Key}}
Outputs:
  A: {Value: !If [HasKey, !Ref Key, none]}
  B: {Value: !Join ['-', [a, !Ref Key]], Condition: IsTest}
  C: {Value: !If [IsTest, a, b]}
""",
        after="""\
Parameters:
  Key: {Type: String, NoEcho: 'TRUE'}
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsTest, Properties: {DisplayName: !Ref Key}}
Outputs:
  C: {Value: !If [IsTest, a, b]}
""",
    ),
    Case(
        "two, and no other",
        unsafe=True,
        before="""\
Parameters:
  Key: {Type: String, NoEcho: true}
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Key}}
Outputs:
  A: {Value: !Ref Key}
  B: {Value: !Sub "${Key}"}
""",
        after="""\
Parameters:
  Key: {Type: String, NoEcho: true}
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Key}}
""",
    ),
)
VALID = (
    Case(
        "metadata of a resource",
        unsafe=True,
        before="""\
Parameters:
  Key: {Type: String, NoEcho: true}
Resources:
  Topic: {Type: AWS::SNS::Topic, Metadata: {Key: !Ref Key}}
""",
        says="Metadata of Topic shows parameter Key, which has NoEcho",
    ),
    Case(
        "a loop, and a condition about it",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  Key: {Type: String, NoEcho: true}
Conditions:
  HasKey: !Not [!Equals [!Ref Key, '']]
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Key}}
Outputs:
  Has: {Value: !If [HasKey, 'yes', 'no']}
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Output${Name}:
        Value: !Ref Key
""",
        says="a loop makes it",
    ),
)
