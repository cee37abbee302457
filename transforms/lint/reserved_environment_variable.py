"""A Lambda function sets an environment variable that Lambda sets itself.

## Why
`AWS_REGION`, `AWS_LAMBDA_FUNCTION_NAME`, `AWS_ACCESS_KEY_ID` and some others are reserved: Lambda refuses a function
that sets one of them (cfn-lint E3663).

## Repair
The variable goes, and its `Environment` with the last one. The Globals of AWS SAM and branches of `Fn::If` count. Code
that reads the variable finds what Lambda puts there.

## Safety
Unsafe: what Lambda puts there may not be what the template meant, as with the Region of something elsewhere or the keys
of another user.

## Impact
No interruption (provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.functions.variables import reserved_variables, variables, without
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Options, Safety, transform

INVALID = (
    Case(
        "one of several, and the only one",
        before="""\
Resources:
  One:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref Role
      Environment:
        Variables:
          AWS_REGION: !Ref AWS::Region # where it runs
          TABLE: orders
  Other:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref Role
      Environment:
        Variables:
          AWS_DEFAULT_REGION: eu-west-1
""",
        after="""\
Resources:
  One:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref Role
      Environment:
        Variables:
          # where it runs
          TABLE: orders
  Other:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref Role
""",
        unsafe=True,
    ),
    Case(
        "JSON, Globals",
        before="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Globals": {
    "Function": {
      "Timeout": 10,
      "Environment": {"Variables": {"AWS_REGION": "eu-west-1"}}
    }
  },
  "Resources": {"Function": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "a"}}}
}
""",
        after="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Globals": {
    "Function": {
      "Timeout": 10
    }
  },
  "Resources": {"Function": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "a"}}}
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "not unless asked for",
        before="""\
Resources:
  One: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {AWS_ACCESS_KEY_ID: a, REGION: b}}}}
""",
        says="the function then works with the credentials of its role",
    ),
)

_KEYS = frozenset({"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})


@transform(lint_rules=("E3663",), valid=VALID, invalid=INVALID)
def reserved_environment_variable(template: Template, options: Options) -> Iterator[Finding]:
    for path, held in variables(template):
        names = [name for name in held if name in reserved_variables()]
        if not names:
            continue
        said = ", ".join(names)
        place = (*path, names[0])
        fix = Fix(f"Remove {said}", without(template, path, names), Safety.UNSAFE, impact_at(template, place))
        reason = "Lambda sets it itself, and what it sets may not be what is meant here"
        if not _KEYS.isdisjoint(names):
            reason = "the function then works with the credentials of its role"
        yield Finding(f"{said} is among the variables of a Lambda function", place, fix, reason)
