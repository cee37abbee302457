"""Further cases of missing-bucket-policy: forms of policies, names, conditions, delivered logs, and what stays."""

from __future__ import annotations

from fixer.model import Case


def _policy(name: str, bucket: str, indent: str = " " * 8) -> str:
    """The policy that a bucket gets."""
    return f"""\
  {name}:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref {bucket}
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
{_statement(bucket, indent + "  ")}"""


def _statement(bucket: str, indent: str, sid: str = "DenyInsecureTransport") -> str:
    lines = (
        f"- Sid: {sid}",
        "  Effect: Deny",
        '  Principal: "*"',
        "  Action: s3:*",
        "  Resource:",
        f"    - !GetAtt {bucket}.Arn",
        f"    - !Sub ${{{bucket}.Arn}}/*",
        "  Condition:",
        "    Bool:",
        '      aws:SecureTransport: "false"',
    )
    return "".join(f"{indent}{line}\n" for line in lines)


_BUCKET = """\
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-logs
"""
_HEAD = """\
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
"""
_DELIVERIES = """\
  Firewall:
    Type: AWS::WAFv2::LoggingConfiguration
{firewall}    Properties:
      ResourceArn: !Ref Acl
      LogDestinationConfigs:
        - !Sub arn:aws:s3:::aws-waf-logs-${{AWS::AccountId}}
  Flow:
    Type: AWS::EC2::FlowLog
{flow}    Properties:
      LogDestination: !Sub arn:${{AWS::Partition}}:s3:::aws-waf-logs-${{AWS::AccountId}}/flow/
  Other:
    Type: AWS::EC2::FlowLog
    Properties:
      LogDestination: !Sub arn:${{AWS::Partition}}:s3:::aws-waf-logs-${{AWS::AccountId}}-other
"""
_GIVEN = """\
- Effect: Deny
  Principal: {AWS: "*"}
  Action: ["s3:*"]
  Resource:
    - !Sub arn:${AWS::Partition}:s3:::${Logs}*
  Condition: {BoolIfExists: {"AWS:SecureTransport": [false]}}
"""


def _indented(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in text.splitlines())


INVALID = (
    Case(
        "two buckets, a name that is taken, SAM",
        before="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  APolicy: {Type: String}
Resources:
  A:
    Type: AWS::S3::Bucket
  B:
    Type: AWS::S3::Bucket
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  APolicy: {Type: String}
Resources:
  A:
    Type: AWS::S3::Bucket
"""
        + _policy("APolicy2", "A")
        + """\
  B:
    Type: AWS::S3::Bucket
"""
        + _policy("BPolicy", "B"),
        unsafe=True,
    ),
    Case(
        "logs that AWS delivers wait for the policy",
        before=_BUCKET
        + """\
  Flow:
    Type: AWS::EC2::FlowLog
    Properties: {LogDestination: !GetAtt Logs.Arn}
  Queries:
    Type: AWS::Route53Resolver::ResolverQueryLoggingConfig
    DependsOn: Topic
    Properties: {DestinationArn: !GetAtt Logs.Arn}
  Topic:
    Type: AWS::SNS::Topic
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: {S3BucketName: !Ref Logs}
""",
        after=_BUCKET
        + _policy("LogsPolicy", "Logs")
        + """\
  Flow:
    Type: AWS::EC2::FlowLog
    DependsOn: LogsPolicy
    Properties: {LogDestination: !GetAtt Logs.Arn}
  Queries:
    Type: AWS::Route53Resolver::ResolverQueryLoggingConfig
    DependsOn:
      - Topic
      - LogsPolicy
    Properties: {DestinationArn: !GetAtt Logs.Arn}
  Topic:
    Type: AWS::SNS::Topic
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: {S3BucketName: !Ref Logs}
""",
        unsafe=True,
    ),
    Case(
        "logs that are delivered to the name of the bucket wait, too",
        before="""\
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Sub "aws-waf-logs-${AWS::AccountId}"}
"""
        + _DELIVERIES.format(firewall="", flow=""),
        after="""\
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Sub "aws-waf-logs-${AWS::AccountId}"}
"""
        + _policy("LogsPolicy", "Logs")
        + _DELIVERIES.format(firewall="    DependsOn: LogsPolicy\n", flow="    DependsOn: LogsPolicy\n"),
        unsafe=True,
    ),
    Case(
        "statements that do not deny enough, and a Sid that is taken",
        before=_BUCKET
        + _HEAD
        + """\
        Statement:
          # reads only
          - Sid: DenyInsecureTransport
            Effect: Deny
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub ${Logs.Arn}/*
            Condition: {Bool: {aws:SecureTransport: false}}
          # objects only
          - Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource: !Sub ${Logs.Arn}/*
            Condition: {Bool: {aws:SecureTransport: false}}
""",
        after=_BUCKET
        + _HEAD
        + """\
        Statement:
          # reads only
          - Sid: DenyInsecureTransport
            Effect: Deny
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub ${Logs.Arn}/*
            Condition: {Bool: {aws:SecureTransport: false}}
          # objects only
          - Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource: !Sub ${Logs.Arn}/*
            Condition: {Bool: {aws:SecureTransport: false}}
"""
        + _statement("Logs", " " * 10, "DenyInsecureTransport2"),
        unsafe=True,
    ),
    Case(
        "one statement as a mapping, in a policy for the bucket's name",
        before=_BUCKET
        + _HEAD.replace("!Ref Logs", "acme-logs")
        + """\
        Statement:
          Effect: Allow
          Principal: {Service: logging.s3.amazonaws.com}
          Action: s3:PutObject
          Resource: arn:aws:s3:::acme-logs/*
""",
        after=_BUCKET
        + _HEAD.replace("!Ref Logs", "acme-logs")
        + """\
        Statement:
          - Effect: Allow
            Principal:
              Service: logging.s3.amazonaws.com
            Action: s3:PutObject
            Resource: arn:aws:s3:::acme-logs/*
"""
        + _statement("Logs", " " * 10),
        unsafe=True,
    ),
    Case(
        "two policies, one for either case",
        before="""\
Conditions:
  IsNew: !Equals [!Ref AWS::Region, eu-west-1]
  IsOld: !Not [!Condition IsNew]
"""
        + _BUCKET
        + _HEAD.replace("    Properties", "    Condition: IsNew\n    Properties")
        + "        Statement:\n"
        + _indented(_GIVEN, " " * 10)
        + _HEAD.replace("    Properties", "    Condition: IsOld\n    Properties").replace("Policy:", "Other:", 1)
        + "        Statement: []\n",
        after="""\
Conditions:
  IsNew: !Equals [!Ref AWS::Region, eu-west-1]
  IsOld: !Not [!Condition IsNew]
"""
        + _BUCKET
        + _HEAD.replace("    Properties", "    Condition: IsNew\n    Properties")
        + "        Statement:\n"
        + _indented(_GIVEN, " " * 10)
        + _HEAD.replace("    Properties", "    Condition: IsOld\n    Properties").replace("Policy:", "Other:", 1)
        + "        Statement:\n"
        + _statement("Logs", " " * 10).replace("s3:*", '"s3:*"'),
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a loop makes the bucket",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Teams:
    - Team
    - [red, blue]
    - ${Team}Bucket:
        Type: AWS::S3::Bucket
""",
        says="a loop makes it: its policy has to stand in the same loop",
    ),
    Case(
        "a loop makes the bucket and a policy",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Teams:
    - Team
    - [red, blue]
    - ${Team}Bucket:
        Type: AWS::S3::Bucket
      ${Team}Policy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: {Ref: {'Fn::Sub': '${Team}Bucket'}}
          PolicyDocument: {Statement: []}
""",
    ),
    Case(
        "a policy with the statement",
        before=_BUCKET + _HEAD + "        Statement:\n" + _indented(_GIVEN, " " * 10),
        unsafe=True,
    ),
    Case(
        "a policy with the statement, on a condition, and ARNs that are written out",
        before=_BUCKET
        + _HEAD
        + """\
        Statement:
          - Fn::If:
              - IsNew
              - Effect: Deny
                Principal: '*'
                Action: '*'
                Resource: ['arn:aws:s3:::acme-logs', 'arn:aws:s3:::acme-logs/*']
                Condition: {Bool: {aws:SecureTransport: 'false'}}
              - !Ref AWS::NoValue
""",
        unsafe=True,
    ),
    Case("not without being asked for", before=_BUCKET, says="a bucket has but one"),
    Case(
        "a policy on a condition",
        before=_BUCKET
        + _HEAD.replace("    Properties", "    Condition: IsNew\n    Properties")
        + "        Statement:\n"
        + _indented(_GIVEN, " " * 10),
        unsafe=True,
        says="has a policy only where IsNew holds",
    ),
    Case(
        "a policy as a text", before=_BUCKET + _HEAD.rstrip() + " '{}'\n", unsafe=True, says="its statements are a text"
    ),
    Case(
        "statements from an intrinsic",
        before=_BUCKET + _HEAD + "        Statement: !If [IsNew, [], []]\n",
        unsafe=True,
        says="or come from an intrinsic",
    ),
    Case(
        "a policy for one of two buckets",
        before=_BUCKET + _HEAD.replace("!Ref Logs", "!If [IsNew, !Ref Logs, other]") + "        Statement: []\n",
        unsafe=True,
        says="a condition chooses the bucket",
    ),
    Case(
        "a bucket that waits for its policy",
        before=_BUCKET.replace("    Properties", "    DependsOn: Policy\n    Properties")
        + _HEAD.replace("!Ref Logs", "acme-logs")
        + "        Statement: []\n",
        unsafe=True,
        says="would make a circle",
    ),
    Case(
        "a policy that outlives the condition of the bucket",
        before=_BUCKET.replace("    Properties", "    Condition: IsNew\n    Properties")
        + _HEAD.replace("!Ref Logs", "acme-logs")
        + "        Statement: []\n",
        unsafe=True,
        says="it is there even where IsNew does not hold",
    ),
    Case(
        "a website with a policy",
        before=_BUCKET
        + "      WebsiteConfiguration: {IndexDocument: index.html}\n"
        + _HEAD
        + "        Statement: []\n",
        unsafe=True,
        says="website endpoints speak HTTP only",
    ),
    Case(
        "a loop that makes policies",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Logs:
    Type: AWS::S3::Bucket
  Fn::ForEach::Policies:
    - Name
    - [Logs]
    - ${Name}Policy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref
            Ref: Name
          PolicyDocument: {Statement: []}
""",
        unsafe=True,
        says="Fn::ForEach::Policies makes bucket policies",
    ),
    Case(
        "a macro that makes several of one",
        before="Transform: Count\n" + _BUCKET + "    Count: 3\n",
        unsafe=True,
        says="Count asks a macro to work on it",
    ),
    Case(
        "buckets of a loop, one with a policy",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Logs${Name}:
        Type: AWS::S3::Bucket
      Store${Name}:
        Type: AWS::S3::Bucket
      Policy${Name}:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: {Ref: !Sub 'Store${Name}'}
          PolicyDocument:
            Statement:
              - Effect: Deny
                Principal: '*'
                Action: s3:*
                Resource: '*'
                Condition: {Bool: {aws:SecureTransport: 'false'}}
""",
        unsafe=True,
        says="Logs${Name} has no bucket policy that refuses requests without TLS: a loop makes it",
    ),
)
