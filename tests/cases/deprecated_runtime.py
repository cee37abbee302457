from __future__ import annotations

from fixer.model import Case

FUNCTION = """\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: {runtime}
      Handler: index.handler
      Role: !Ref Role
      Code:
        ZipFile: |
{code}
"""


def inline(runtime: str, *lines: str) -> str:
    return FUNCTION.format(runtime=runtime, code="\n".join(f"          {line}" for line in lines))


INVALID = (
    Case(
        "branches, mappings, Sub without variables",
        unsafe=True,
        before="""\
Conditions:
  New: !Equals [!Ref AWS::Region, eu-west-1]
Mappings:
  Runtimes:
    Node:
      old: nodejs12.x # nobody knows why
      new: 'nodejs24.x'
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties: {Runtime: !If [New, python3.12, "python3.8"], Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  B:
    Type: AWS::Lambda::Function
    Properties: {Runtime: !FindInMap [Runtimes, Node, !Ref Age], Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  C:
    Type: AWS::Lambda::Function
    Properties: {Runtime: !Sub ruby2.7, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
""",
        after="""\
Conditions:
  New: !Equals [!Ref AWS::Region, eu-west-1]
Mappings:
  Runtimes:
    Node:
      old: nodejs24.x # nobody knows why
      new: 'nodejs24.x'
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties: {Runtime: !If [New, python3.12, "python3.14"], Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  B:
    Type: AWS::Lambda::Function
    Properties: {Runtime: !FindInMap [Runtimes, Node, !Ref Age], Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  C:
    Type: AWS::Lambda::Function
    Properties: {Runtime: !Sub ruby4.0, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
""",
    ),
    Case(
        "in a loop, with a build method",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Metadata:
          BuildMethod: python3.9
        Properties:
          Runtime: python3.9
          Handler: a.b
          Role: r
          Code: src
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Metadata:
          BuildMethod: python3.14
        Properties:
          Runtime: python3.14
          Handler: a.b
          Role: r
          Code: src
""",
    ),
    Case(
        "modules that Python no longer has",
        unsafe=True,
        before=inline("python3.8", "import cgi", "def handler(event, context): return cgi.parse_header('a')"),
        after=inline("python3.12", "import cgi", "def handler(event, context): return cgi.parse_header('a')"),
    ),
    Case(
        "a module that is tried",
        unsafe=True,
        before=inline("python3.8", "try: import imp", "except ImportError: imp = None"),
        after=inline("python3.14", "try: import imp", "except ImportError: imp = None"),
    ),
    Case(
        "a handler that answers by promise",
        unsafe=True,
        before=inline("nodejs20.x", "exports.handler = async (event, context) => ({statusCode: 200});"),
        after=inline("nodejs24.x", "exports.handler = async (event, context) => ({statusCode: 200});"),
    ),
    Case(
        "answers of a custom resource",
        unsafe=True,
        before=inline("nodejs18.x", "const r = require('cfn-response');", "exports.handler = (e, c) => r.send(e, c);"),
        after=inline("nodejs22.x", "const r = require('cfn-response');", "exports.handler = (e, c) => r.send(e, c);"),
    ),
    Case(
        "Java, .NET, and what one builds on",
        unsafe=True,
        before="""\
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties: {Runtime: java8, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  B:
    Type: AWS::Lambda::Function
    Properties: {Runtime: dotnetcore3.1, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  C:
    Type: AWS::Lambda::Function
    Properties: {Runtime: provided.al2, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
""",
        after="""\
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties: {Runtime: java25, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  B:
    Type: AWS::Lambda::Function
    Properties: {Runtime: dotnet10, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  C:
    Type: AWS::Lambda::Function
    Properties: {Runtime: provided.al2023, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
""",
    ),
)
PARAMETER = """\
Parameters:
  Runtime: {body}
Conditions:
  Old: {condition}
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: !Ref Runtime, Role: r, Handler: a.b, Code: {{S3Bucket: c, S3Key: k}}}}
"""
VALID = (
    Case(
        "code for Python 2",
        inline("python2.7", "def handler(event, context):", "    print 'hello'"),
        unsafe=True,
        says="its code cannot be read as Python 3",
    ),
    Case(
        "requests that botocore no longer brings",
        inline("python3.7", "from botocore.vendored import requests", "def handler(event, context): pass"),
        unsafe=True,
        says="its code imports botocore.vendored, which newer runtimes do not bring",
    ),
    Case(
        "Go",
        unsafe=True,
        before="""\
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties: {Runtime: go1.x, Role: r, Handler: main, Code: {S3Bucket: c, S3Key: k}}
""",
        says="its program has to be built anew for provided.al2023",
    ),
    Case(
        "a parameter that a condition asks for",
        PARAMETER.format(body="{Type: String, Default: python3.8}", condition="!Equals [!Ref Runtime, python3.8]"),
        unsafe=True,
        says="a condition, a rule or a mapping asks for the value of Runtime",
    ),
    Case(
        "a pattern that keeps the new one out",
        PARAMETER.format(
            body=r"{Type: String, Default: python3.8, AllowedPattern: python3\.\d}", condition="!Equals [a, b]"
        ),
        unsafe=True,
        says="the AllowedPattern of the parameter does not admit python3.14",
    ),
    Case(
        "at the edge",
        unsafe=True,
        before="""\
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties: {Runtime: nodejs16.x, Role: r, Handler: a.b, Code: {S3Bucket: c, S3Key: k}}
  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref A}}
  D:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          LambdaFunctionAssociations: [{EventType: viewer-request, LambdaFunctionARN: !Ref V}]
""",
        says="A runs at the edge, where CloudFront takes fewer runtimes",
    ),
    Case(
        "SnapStart of what nobody publishes",
        unsafe=True,
        before="""\
Resources:
  A:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java25
      Role: r
      Handler: a.b
      Code: {S3Bucket: c, S3Key: k}
      SnapStart: {ApplyOn: PublishedVersions}
""",
        says="the template publishes no version of it",
    ),
    Case(
        "what is fine, unknown or no function",
        unsafe=True,
        before="""\
Parameters:
  Given: {Type: 'AWS::SSM::Parameter::Value<String>', Default: python3.8}
Resources:
  A: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.14}}
  B: {Type: AWS::Lambda::Function, Properties: {Runtime: !Ref Given}}
  C: {Type: AWS::Lambda::Function, Properties: {Runtime: cobol85}}
  D: {Type: AWS::Lambda::LayerVersion, Properties: {CompatibleRuntimes: [python3.8]}}
  E: {Type: AWS::Lambda::Function, Properties: {PackageType: Image}}
  F: {Type: AWS::Lambda::Function, Properties: {Runtime: [python3.8]}}
""",
    ),
)
