"""A Lambda function takes its code from an object in S3 instead of having it in the template.

## Why
Such a stack can only be made where somebody has put the right archive into the right bucket before, in the stack's own
Region, and an update does not notice other code unless key or version change. A small function is easier to read and to
try inline.

## Repair
`Code: {S3Bucket, S3Key}` becomes `Code: {ZipFile}`, `CodeUri` of a SAM function becomes `InlineCode`, and `Handler`
becomes `index.<function>`, as CloudFormation calls the file `index`. The source is looked for in the code root (by
default the template's folder): a folder, file or archive with the base name of the S3 key that holds the handler's
module, or else that module itself. It has to be one file of Python or CommonJS that needs nothing but the runtime and
has the handler's function; else the finding says what stands in the way. It is taken over byte by byte.

Where there is no source, a placeholder logs the request id and answers 501 (to a custom resource: that it failed, at
once). The old location is kept in a comment above, and in the placeholder itself. `Code: ./folder` belongs to
`aws cloudformation package` (cfn-lint W3002), which does the upload: it is inlined only if unsafe fixes are asked for,
and never replaced by a placeholder. `CodeUri: ./folder` is how SAM projects are built, and no problem.

## Safety
Safe if the source is at hand: names point to it, it is the only one, whole, and has the function. That the object in S3
was made of this very file is taken on trust, as nothing in a template could tell: look at the diff. Unsafe if only a
common module name such as `index` points to the file, if it is named otherwise than the handler says, if a layer has to
bring a module, if another version of the SDK was asked for, and for code that `package` would upload. Unsafe always:
the placeholder, as it does nothing.

## Impact
No interruption: neither `Code` nor `Handler` is create-only (`createOnlyProperties` of the provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.functions.functions import PackagedFunction, inlining, packaged_functions
from fixer.cloudformation.functions.languages import Handler, Language, language_of, parse_handler
from fixer.cloudformation.functions.placeholders import placeholder
from fixer.cloudformation.functions.source_tree import Tree, walk_tree
from fixer.cloudformation.functions.sources import Source, Unusable, Wanted, find_source, package_names
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.schemas import schema
from fixer.cloudformation.template import Template
from fixer.model import Case, Comment, Finding, Fix, Impact, Operation, Options, Safety, transform

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
      # in every Region
      Code:
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
        "SAM, with a package for all",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Handler: app.handler
    CodeUri: s3://packages/orders.zip
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 128
  Billing:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri:
        Bucket: packages
        Key: billing.zip
      Handler: billing.run
  Local:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./local
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Handler: app.handler
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 128
      InlineCode: exports.handler = async () => 1;
      Handler: index.handler
  Billing:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.run = async () => 2;
      Handler: index.run
  Local:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./local
""",
        files={
            "orders/app.js": "exports.handler = async () => 1;",
            "billing/billing.js": "exports.run = async () => 2;",
        },
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
        "no placeholder unless asked for",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: app.handler
      Runtime: nodejs20.x
""",
        says="a placeholder would stand in for it",
    ),
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
    Case(
        "inline code and images",
        before="""\
Resources:
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: 'def handler(event, context): ...'
      Handler: index.handler
      Runtime: python3.12
  Image:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code: {ImageUri: !Ref Image}
""",
        unsafe=True,
    ),
)


@transform(lint_rules=("W3002",), valid=VALID, invalid=INVALID)
def uninlined_lambda_code(template: Template, options: Options) -> Iterator[Finding]:
    functions = list(packaged_functions(template))
    if not functions:
        return
    tree = walk_tree(options.code_root) if options.code_root is not None else None
    answers = {function.id: _answer(template, function, tree) for function in functions}
    for path in dict.fromkeys(function.path for function in functions):
        sharing = [function for function in functions if function.path == path]
        names = " and ".join(f"{function.resource.type} {function.id}" for function in sharing)
        message = f"{names} {'take' if len(sharing) > 1 else 'takes'} the code from {sharing[0].where}"
        found = [_unrivalled(template, function, functions, answers) for function in sharing]
        reason = next((answer for answer in found if isinstance(answer, str)), None)
        if reason is not None:
            yield Finding(message, path, reason=reason)
            continue
        sources = [answer for answer in found if isinstance(answer, Source)]
        doubts = list(dict.fromkeys(source.doubt for source in sources if source.doubt))
        safety = Safety.UNSAFE if doubts else Safety.SAFE
        yield Finding(message, path, _fix(template, sharing, sources, safety), "; ".join(doubts))


def _answer(template: Template, function: PackagedFunction, tree: Tree | None) -> Source | str:
    """The code to inline, or the reason why there is none."""
    language = language_of(function.get("Runtime"))
    if language is None:
        runtime = function.get("Runtime")
        known = runtime if isinstance(runtime, str) else "not literal" if runtime else "missing"
        return f"only nodejs and python runtimes take inline code, and its Runtime is {known}"
    if function.get("CodeSigningConfigArn") is not None:
        return "its code signing configuration asks for a signed package, and inline code is not signed"
    if intrinsic(function.code) == "Fn::If":
        return "a condition chooses where its code comes from"
    handler = parse_handler(function.get("Handler"), language)
    if handler is None:
        return "its Handler is missing, or not a literal module and function"
    names = () if function.local is not None else package_names(function.key, template)
    wanted = Wanted(names, handler, language, function.local, function.get("Layers") is not None)
    found = find_source(tree, wanted) if tree is not None else None
    if isinstance(found, Unusable):
        return found.reason
    if function.local is None:
        return found or _placeholder(template, function, language, handler)
    if found is None:
        return "its source is not at hand; aws cloudformation package would upload it"
    return Source(found.text, found.file, found.doubt or "aws cloudformation package would upload it")


def _placeholder(template: Template, function: PackagedFunction, language: Language, handler: Handler) -> Source:
    references = template.references_to(function.id)
    is_custom = any(reference.path[2:4] == ("Properties", "ServiceToken") for reference in references)
    text = placeholder(language, handler.function, function.where, custom_resource=is_custom)
    return Source(text, "", "its source is not at hand: a placeholder would stand in for it")


def _unrivalled(
    template: Template, function: PackagedFunction, functions: list[PackagedFunction], answers: dict[str, Source | str]
) -> Source | str:
    """The answer for a function, unless the same file would be the code of another object as well."""
    answer = answers[function.id]
    if isinstance(answer, str) or not answer.file:
        return answer
    for other in functions:
        rival = answers[other.id]
        if not isinstance(rival, Source) or rival.file != answer.file or other.package == function.package:
            continue
        if answer.doubt or not rival.doubt:
            return f"{answer.file} may be the code of {other.id} as well, which is another object"
    if answer.doubt and function.local is None:
        for resource in template.resources.values():
            if answer.text in (resource.get("Code", "ZipFile"), resource.get("InlineCode")):
                return f"{answer.file} is the code of {resource.id} already"
    return answer


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
