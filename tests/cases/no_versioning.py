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
