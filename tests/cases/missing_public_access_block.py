"""Further cases of missing-public-access-block: what is public, what only may be, and blocks that are there."""

from __future__ import annotations

from fixer.model import Case

_BLOCK = """\
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
"""
_BUCKET = """\
Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-assets
"""
_POLICY = """\
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: acme-assets
      PolicyDocument:
        Statement:
"""


def _with(*lines: str) -> str:
    return "".join(f"          {line}\n" for line in lines)


_NARROW = _POLICY + _with(
    "- Effect: Deny",
    "  Principal: '*'",
    "- Effect: Allow",
    "  Principal: '*'",
    "  Condition: {StringEquals: {'aws:SourceVpc': !Ref Vpc}}",
    "- Effect: Allow",
    "  Principal: {AWS: '*'}",
    "  Condition: {ForAnyValue:ArnLike: {'aws:sourcearn': [!GetAtt Topic.Arn]}}",
    "- Effect: Allow",
    "  Principal: {Service: cloudfront.amazonaws.com}",
    "- !If",
    "  - IsNew",
    "  - Effect: Allow",
    "    Principal: {AWS: !Ref Account}",
    "  - !Ref AWS::NoValue",
)

_LOOP = """\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [Orders, Bills]
    - ${Name}Bucket:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: !Sub acme-${Name}
"""
_LOOPED = "".join(f"    {line}\n" for line in _BLOCK.splitlines())

INVALID = (
    Case(
        "a policy for everybody in a network, from a topic, with a condition",
        before=_BUCKET + _NARROW,
        after=_BUCKET + _BLOCK + _NARROW,
    ),
    Case(
        "a policy that cannot be read",
        before=_BUCKET
        + """\
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Assets
      PolicyDocument: !Ref Document
""",
        after=_BUCKET
        + _BLOCK
        + """\
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Assets
      PolicyDocument: !Ref Document
""",
        unsafe=True,
    ),
    Case(
        "no value, an empty block, SAM, and an access control list that is not public",
        before="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Acl:
    Type: String
    AllowedValues: [Private, LogDeliveryWrite]
Resources:
  None:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: !Ref AWS::NoValue
      AccessControl: !Ref Acl
  Empty:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: {}
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Acl:
    Type: String
    AllowedValues: [Private, LogDeliveryWrite]
Resources:
  None:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
      AccessControl: !Ref Acl
  Empty:
    Type: AWS::S3::Bucket
    Properties:
"""
        + _BLOCK,
        unsafe=True,
    ),
    Case("in a loop", before=_LOOP, after=_LOOP + _LOOPED),
)
VALID = (
    Case(
        "a macro works on the whole bucket",
        before="""\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://acme/bucket.yaml}}
""",
        says="its properties are made by an intrinsic, a loop or a macro",
    ),
    Case(
        "a website",
        before=_BUCKET + "      WebsiteConfiguration: {IndexDocument: index.html}\n",
        says="public on purpose: it has a WebsiteConfiguration",
    ),
    Case(
        "a public access control list",
        before=_BUCKET + "      AccessControl: AuthenticatedRead\n",
        says="its AccessControl is AuthenticatedRead",
    ),
    Case(
        "an access control list that may be public",
        before=_BUCKET + "      AccessControl: !If [IsOpen, PublicRead, Private]\n",
        says="its AccessControl may be PublicRead",
    ),
    Case(
        "an access control list that is not known",
        before="Parameters:\n  Acl: {Type: String, Default: Private}\n" + _BUCKET + "      AccessControl: !Ref Acl\n",
        says="its AccessControl is not known here",
    ),
    Case(
        "a network of all addresses, and everybody but one",
        before=_BUCKET
        + _POLICY
        + _with("- Effect: Allow", "  Principal: '*'", "  Condition: {IpAddress: {'aws:SourceIp': 0.0.0.0/0}}"),
        says="its policy Policy lets everybody in",
    ),
    Case(
        "everybody but one",
        before=_BUCKET + _POLICY.rstrip() + " {Effect: Allow, NotPrincipal: {AWS: '123456789012'}}\n",
        says="its policy Policy lets everybody in",
    ),
    Case(
        "not on the word of a missing flag alone",
        before=_BUCKET + "      PublicAccessBlockConfiguration: {BlockPublicAcls: true}\n",
        says="somebody may count on that",
    ),
    Case(
        "flags that are off",
        before=_BUCKET + _BLOCK.replace("BlockPublicPolicy: true", "BlockPublicPolicy: 'false'"),
        unsafe=True,
        says="leaves BlockPublicPolicy false",
    ),
    Case(
        "a block on a condition",
        before=_BUCKET
        + "      PublicAccessBlockConfiguration: !If [IsOpen, !Ref AWS::NoValue, {BlockPublicAcls: true}]\n",
        unsafe=True,
        says="on a condition only",
    ),
    Case(
        "a block from elsewhere, and other buckets",
        before=_BUCKET
        + """\
      PublicAccessBlockConfiguration: !If [IsOpen, {BlockPublicAcls: false}, {BlockPublicAcls: true}]
  Fast:
    Type: AWS::S3Express::DirectoryBucket
""",
        unsafe=True,
    ),
    Case(
        "in a loop beside a policy",
        before=_LOOP + _POLICY.replace("acme-assets", "!Ref OrdersBucket") + _with("- Effect: Deny"),
        says="a policy of the template may be for it",
    ),
    Case(
        "properties from a macro",
        before="""\
Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      Fn::Transform: {Name: Bucket}
""",
        says="its properties are made by an intrinsic, a loop or a macro",
    ),
)
