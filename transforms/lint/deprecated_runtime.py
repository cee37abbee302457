"""A Lambda function has a runtime that Lambda no longer looks after.

## Why
A deprecated runtime gets no security patches (cfn-lint W2531). Some months later Lambda refuses to make functions with
it (E2531), then to update those that are there (E2533), and with them the stack.

## Repair
The newest supported runtime of the same language, from cfn-lint's table of dates, held against today's. What runtime a
function has is followed through `Fn::If`, mappings, and parameters: their `Default` and their `AllowedValues`. AWS SAM's
Globals and the `BuildMethod` of a function's metadata go along.

Inline code is looked at. What cannot run on the newest runtime gets the newest one that it can run on: handlers of
Node.js with a callback end with 22, modules of Python like `imp` and `cgi` ended with 3.11 and 3.12. Where there is
none the finding says why: code for Python 2, `aws-sdk` and `botocore.vendored`, which newer runtimes do not bring.

`go1.x` is only told of: its programs must be built anew for `provided.al2023`. So are functions at the edge, which
take fewer runtimes, and SnapStart without a published version, which does nothing (W2530).

## Safety
Unsafe: code has to be tested with a new version of its language, and native modules and layers be built for it.

## Impact
No interruption (provider schema). A parameter or a mapping counts as the functions that may get its value.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.functions.runtimes import deprecated_on
from fixer.cloudformation.functions.used_runtimes import Used, snap_start_findings, successor, used_runtimes
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.origins import rewriting
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Safety, Set, transform

INVALID = (
    Case(
        "a function, a parameter, inline code with a callback",
        before="""\
Parameters:
  Runtime:
    Type: String
    Default: python3.8 # as on the old machine
    AllowedValues: [python3.8, python3.9, python3.14]
Resources:
  Report:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Runtime
      Handler: report.main
      Role: !Ref Role
      Code: {S3Bucket: code, S3Key: report.zip}
  Answer:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs16.x
      Handler: index.handler
      Role: !Ref Role
      Code:
        ZipFile: |
          exports.handler = (event, context, callback) => callback(null, 'yes');
""",
        after="""\
Parameters:
  Runtime:
    Type: String
    Default: python3.14 # as on the old machine
    AllowedValues: [python3.14]
Resources:
  Report:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Runtime
      Handler: report.main
      Role: !Ref Role
      Code: {S3Bucket: code, S3Key: report.zip}
  Answer:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !Ref Role
      Code:
        ZipFile: |
          exports.handler = (event, context, callback) => callback(null, 'yes');
""",
        unsafe=True,
    ),
    Case(
        "JSON, the Globals of AWS SAM",
        before="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Globals": {"Function": {"Runtime": "nodejs14.x"}},
  "Resources": {
    "Web": {
      "Type": "AWS::Serverless::Function",
      "Properties": {"CodeUri": "web", "Handler": "app.handler"}
    }
  }
}
""",
        after="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Globals": {"Function": {"Runtime": "nodejs24.x"}},
  "Resources": {
    "Web": {
      "Type": "AWS::Serverless::Function",
      "Properties": {"CodeUri": "web", "Handler": "app.handler"}
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "inline code that no newer runtime can run",
        before="""\
Resources:
  Old:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs14.x
      Handler: index.handler
      Role: !Ref Role
      Code:
        ZipFile: |
          const AWS = require('aws-sdk');
          exports.handler = async () => new AWS.S3().listBuckets().promise();
""",
        unsafe=True,
        says="its code needs aws-sdk, which nodejs24.x does not bring",
    ),
    Case(
        "not unless asked for",
        before="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.8, Handler: a.b, Role: !Ref Role, Code: {S3Bucket: code, S3Key: report.zip}}
""",
        says="its code has to be tested with python3.14",
    ),
)


@transform(lint_rules=("W2531", "E2531", "E2533", "W2530"), valid=VALID, invalid=INVALID)
def deprecated_runtime(template: Template, options: Options) -> Iterator[Finding]:
    for used in used_runtimes(template):
        old = [text for _, text in used.texts if deprecated_on(text)]
        if old:
            yield _finding(template, used, old)
    yield from snap_start_findings(template)


def _finding(template: Template, used: Used, old: list[str]) -> Finding:
    message = f"{used.what} is {', '.join(dict.fromkeys(old))}, deprecated on {deprecated_on(old[0])}"
    chosen: dict[str, str] = {}
    for text in old:
        chosen[text], why_not = successor(template, used, text)
        if why_not:
            return Finding(message, used.path, reason=why_not)
    operations: list[Operation] = [*rewriting(template, used.path, chosen)]
    for function in used.functions:
        build = (*function.path, "Metadata", "BuildMethod")
        if template.value_at(build) in chosen:
            operations.append(Set(build, chosen[template.value_at(build)]))
    unique = tuple(dict.fromkeys(operations))
    names = ", ".join(dict.fromkeys(chosen.values()))
    impact = max((impact_at(template, place) for place in used.places), default=Impact.NONE)
    return Finding(message, used.path, Fix(f"Use {names}", unique, Safety.UNSAFE, impact), used.to_test(names))
