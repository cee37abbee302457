"""More cases of unused-mapping."""

from fixer.model import Case

INVALID = (
    Case(
        "all of several",
        unsafe=True,
        before="""\
Mappings: {A: {a: {b: c}}, B: {a: {b: c}}}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        after="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
    ),
)

VALID = (
    Case(
        "used wherever",
        unsafe=True,
        before="""\
Mappings:
  A: {a: {b: c}}
  B: {a: {b: c}}
  C: {a: {b: c}}
Conditions:
  IsA: !Equals [!FindInMap [A, a, b], c]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsA
    Properties:
      DisplayName: !Sub ['${B}', {B: !FindInMap [B, a, b]}]
Outputs:
  C:
    Value: !FindInMap [C, a, b]
""",
    ),
    Case(
        "mappings that a macro brings",
        unsafe=True,
        before="""\
Mappings:
  A: {a: {b: c}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="a macro or an include",
    ),
)
