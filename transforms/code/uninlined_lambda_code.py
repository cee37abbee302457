"""A Lambda function takes its code from an object in S3 instead of having it in the template.

## Why
Such a stack can only be created where somebody has put the right archive into the right bucket before, in the stack's
own Region, and an update does not notice other code unless key or version change. A small function is easier to read
and to try inline.

## Repair
`Code: {S3Bucket, S3Key}` becomes `Code: {ZipFile}`, `CodeUri` of a SAM function becomes `InlineCode`, and `Handler`
becomes `index.<function>`, as CloudFormation calls the file `index`. The source is looked for in the code root (by
default the template's folder): a folder, file or archive with the base name of the S3 key that holds the handler's
module, or else that module itself. It has to be one file of Python or CommonJS that needs nothing but the runtime and
has the handler's function; otherwise the finding says what stands in the way. It is taken over byte by byte.

Where there is no source, and the template says which object in S3 it is (perhaps by the defaults of parameters),
`--fetch-code` reads that object (version) with boto3 (extra `aws`) and takes the code out of it, under the same rules:
the archive has one code file, the handler's module. Without that option nobody goes to S3. What cannot be fetched is
reported with the reason, and stays.

Otherwise a placeholder takes the place of the code: it logs the request id and answers 501. To a custom resource it
answers that it failed. Where nobody reads the answer, it fails, so that no event is lost and nothing goes on without
the function: with events from a queue, a stream or a service that waits for no answer, and as a step of a workflow, a
pipeline or a sign-up. The old location is kept in a comment above, and in the placeholder itself.

`Code: ./folder` belongs to `aws cloudformation package` (cfn-lint W3002), which does the upload: it is inlined only if
unsafe fixes are asked for, and never replaced by a placeholder. `CodeUri: ./folder` is how SAM projects are built, and
no problem. The functions that a loop makes are reported only.

## Safety
Safe if the source is at hand: names point to it, it is the only one, whole, and has the function. That the object in S3
was made of this very file is taken on trust, as nothing in a template could tell: look at the diff. Safe too if it was
fetched, but for objects that the defaults of parameters name: a stack may have set others. Unsafe if only a common
module name such as `index` points to the file, if it is named otherwise than the handler says, if a layer has to bring
a module, if another version of the SDK was asked for, and for code that `package` would upload. Unsafe always: the
placeholder, as it does nothing.

## Impact
No interruption: neither `Code` nor `Handler` is create-only (`createOnlyProperties` of the provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fixer.cloudformation.functions.functions import PackagedFunction, inlining, packaged_functions, packaged_in_loops
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Comment, Finding, Fix, Impact, Operation, Options, Safety, transform

if TYPE_CHECKING:
    from fixer.cloudformation.functions.sources import Source

INVALID = (
    Case(
        "a folder with the name of the package",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: !Ref Packages  # in every Region
        S3Key: !Sub '${Stage}/orders.zip'
      Handler: app.handler
      Runtime: python3.12
""",
        after="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        # in every Region
        ZipFile: |
          def handler(event, context):
              return {"statusCode": 200}
      Handler: index.handler
      Runtime: python3.12
""",
        files={
            "src/orders/app.py": 'def handler(event, context):\n    return {"statusCode": 200}\n',
            "src/orders/requirements.txt": "# nothing but boto3\n",
            "src/orders/tests/test_app.py": "import app\n",
        },
    ),
    Case(
        "JSON, a file with the name of the package",
        before="""\
{
  "Resources": {
    "Orders": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Code": {"S3Bucket": "packages", "S3Key": "orders.zip", "S3ObjectVersion": "3"},
        "Handler": "orders.handler",
        "Runtime": "nodejs20.x"
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Orders": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Code": {
          "ZipFile": "exports.handler = async () => 1;\\n"
        },
        "Handler": "index.handler",
        "Runtime": "nodejs20.x"
      }
    }
  }
}
""",
        files={"orders.js": "exports.handler = async () => 1;\n"},
    ),
    Case(
        "no source at hand",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: packages
        S3Key: !Ref Key
      Handler: app.handler
      Runtime: python3.12
""",
        after="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      # was: s3://packages/<Key>
      Code:
        ZipFile: |
          # Placeholder. The code of this function was in s3://packages/<Key>
          import json


          def handler(event, context):
              print("Placeholder called, request %s" % context.aws_request_id)
              return {
                  "statusCode": 501,
                  "headers": {"Content-Type": "application/json"},
                  "body": json.dumps({"message": "Not implemented"}),
              }
      Handler: index.handler
      Runtime: python3.12
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "more than one file",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: app.handler
      Runtime: python3.12
""",
        unsafe=True,
        files={"orders/app.py": "import util\n", "orders/util.py": ""},
        says="orders has more than one code file: app.py, util.py",
    ),
)


@transform(lint_rules=("W3002",), valid=VALID, invalid=INVALID)
def uninlined_lambda_code(template: Template, options: Options) -> Iterator[Finding]:
    for function in packaged_in_loops(template):
        if function.path[0] == "Resources":
            message = f"{function.resource.type} {function.id} takes the code from {function.where}"
            yield Finding(
                message, function.path, reason="a loop makes it: only what stands outside of loops is inlined"
            )
    functions = list(packaged_functions(template))
    if not functions:
        return
    from fixer.cloudformation.functions.answers import answers  # reads zip files and JavaScript: few templates need it

    answered = answers(template, functions, options.code_root, options.fetch)
    for path in dict.fromkeys(function.path for function in functions):
        sharing = [function for function in functions if function.path == path]
        names = " and ".join(f"{function.resource.type} {function.id}" for function in sharing)
        message = f"{names} {'take' if len(sharing) > 1 else 'takes'} the code from {sharing[0].where}"
        found = [answered[function.id] for function in sharing]
        reason = next((answer for answer in found if isinstance(answer, str)), None)
        if reason is not None:
            yield Finding(message, path, reason=reason)
            continue
        sources = [answer for answer in found if not isinstance(answer, str)]
        doubts = list(dict.fromkeys(source.doubt for source in sources if source.doubt))
        safety = Safety.UNSAFE if doubts else Safety.SAFE
        yield Finding(message, path, _fix(template, sharing, sources, safety), "; ".join(doubts))


def _fix(template: Template, sharing: list[PackagedFunction], sources: list[Source], safety: Safety) -> Fix:
    operations: list[Operation] = []
    for function, source in zip(sharing, sources, strict=True):
        if not source.file:
            operations.append(Comment(function.commented, f"was: {function.where}"))
        new = inlining(template, function, source.text)
        operations += [operation for operation in new if operation not in operations]
    files = ", ".join(dict.fromkeys(source.file for source in sources if source.file))
    known = schema(sharing[0].resource.type)
    paths = (("Code", "ZipFile"), ("CodeUri",), ("InlineCode",), ("Handler",))
    impact = max(known.impact(path) for path in paths) if known else Impact.NO_INTERRUPTION
    return Fix(f"Inline {files}" if files else "Put a placeholder inline", tuple(operations), safety, impact)
