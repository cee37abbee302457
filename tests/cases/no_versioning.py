"""More cases of no-versioning."""

from fixer.model import Case

VALID = (
    Case(
        "kept already",
        before="""\
Resources:
  A:
    Type: AWS::S3::Bucket
    Properties: {VersioningConfiguration: {Status: Enabled}}
  B:
    Type: AWS::S3::Bucket
    Properties: {VersioningConfiguration: !Ref AWS::NoValue}
""",
        unsafe=True,
    ),
)

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
    - Bucket${Name}:
        Type: AWS::S3::Bucket
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Bucket${Name}:
        Type: AWS::S3::Bucket
        Properties:
          VersioningConfiguration:
            Status: Enabled
""",
    ),
)
