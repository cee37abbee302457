"""An ARN names the partition `aws` literally.

## Why
Such a template cannot be deployed in China or GovCloud, whose ARNs begin with `arn:aws-cn:` and `arn:aws-us-gov:`: IAM
refuses the policy ("Partition "aws" is not valid for resource"), or the ARN never matches (cfn-lint I3042).

## Repair
`arn:aws:` becomes `arn:${AWS::Partition}:` in plain strings, in `Fn::Sub` and in the parts of `Fn::Join`. A plain
string becomes a `Fn::Sub`, and a `${` that it holds, such as the IAM policy variable `${aws:username}`, is escaped as
`${!`. Only where functions are allowed: in properties, output values, export names and SAM's Globals. In the
AllowedPattern of a parameter, which takes no function, it becomes `arn:aws[a-z-]*:`: that admits what it did and the
ARNs of other partitions.

Reported only:

- a program or a nested template with a `${` of its own, each of which would need an escape;
- a string that names a parameter or resource in `${}` without `Fn::Sub`, which may be missing there, or, in a loop, its
  variable;
- modules, the parameters of a macro, and the location of a serverless application, which AWS SAM wants as a literal;
- the defaults of parameters, and mappings that are not by Region.

## Safety
Safe: in the partition `aws` every value stays the same, and elsewhere the literal ARNs name nothing that a stack can
reach. Unsafe if the template goes through a macro that is not known here, which may work on the plain texts.

## Impact
None: CloudFormation compares values after it has resolved the functions. Replacing `aws` by `${AWS::Partition}` in a
live stack updates nothing (tried in https://github.com/aws/serverless-application-model/issues/1590).

No interruption for an API of AWS SAM: a hash of its definition names the deployment, so that a new one is made of the
same API (`ApiGatewayDeployment.make_auto_deployable` in samtranslator/model/apigateway.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.places.regions import is_region
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Insertion, Text, hindrance, texts
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, Set, transform

INVALID = (
    Case(
        "plain strings and Sub",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/ReadOnlyAccess  # look, but do not touch
        - !Sub 'arn:aws:iam::${AWS::AccountId}:policy/orders'
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess  # look, but do not touch
        - !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/orders'
""",
    ),
    Case(
        "a policy variable is escaped",
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: "arn:aws:s3:::home/${aws:username}/*"
""",
        after="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: !Sub "arn:${AWS::Partition}:s3:::home/${!aws:username}/*"
""",
    ),
    Case(
        "JSON, parts of a Join",
        before="""\
{
  "Resources": {
    "Policy": {
      "Type": "AWS::IAM::ManagedPolicy",
      "Properties": {
        "PolicyDocument": {
          "Statement": [
            {"Resource": {"Fn::Join": ["", ["arn:aws:s3:::", {"Ref": "Bucket"}, "/*"]]}}
          ]
        }
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Policy": {
      "Type": "AWS::IAM::ManagedPolicy",
      "Properties": {
        "PolicyDocument": {
          "Statement": [
            {"Resource": {"Fn::Join": ["", [{"Fn::Sub": "arn:${AWS::Partition}:s3:::"}, {"Ref": "Bucket"}, "/*"]]}}
          ]
        }
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "where no function is allowed",
        before="""\
Description: Reads arn:aws:s3:::orders
Metadata:
  Bucket: arn:aws:s3:::orders
Parameters:
  Policy:
    Type: String
    Default: arn:aws:iam::aws:policy/ReadOnlyAccess
Mappings:
  Policies:
    arn:aws:
      Read: arn:aws:iam::aws:policy/ReadOnlyAccess
Conditions:
  ReadsOnly: !Equals [!Ref Policy, 'arn:aws:iam::aws:policy/ReadOnlyAccess']
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata:
      For: arn:aws:s3:::orders
Outputs:
  Topic:
    Description: arn:aws:sns
    Value: !Ref Topic
""",
    ),
)

_ARN = re.compile(r"(?<![\w-])arn:(aws):")
_ANY = "aws[a-z-]*"
"""Every partition, as a pattern that has no group of its own."""
_NEGATIVE = re.compile(r"\(\?<?!|\\Q")
"""Parts of a pattern in which more means less, or nothing means anything."""
_MESSAGE = "An ARN names the partition aws"
_UNKNOWN = "\0"
"""In place of a part that is only known when a stack is made."""


@transform(lint_rules=("I3042",), valid=VALID, invalid=INVALID)
def hard_coded_partition(template: Template, options: Options) -> Iterator[Finding]:
    literal = texts(template)
    for text in literal:
        found = [Insertion(*match.span(1), "AWS::Partition") for match in _ARN.finditer(text.text)]
        insertions = [insertion for insertion in found if text.outside_braces(insertion.start, insertion.end)]
        if insertions:
            why_not = hindrance(template, text)
            yield _finding(template, text.path, None if why_not else text.with_variables(insertions), why_not)
    yield from _joined(template, literal)
    yield from _in_parameters(template)
    for name, body in template.mappings.items():
        for path, value in walk(body, ("Mappings", name)):
            # What is under a Region is of its partition.
            if isinstance(value, str) and _ARN.search(value) and not any(map(is_region, path)):
                yield Finding(_MESSAGE, path, reason="no function may stand in a mapping")


def _in_parameters(template: Template) -> Iterator[Finding]:
    for parameter in template.parameters.values():
        pattern = parameter.body.get("AllowedPattern")
        found = list(_ARN.finditer(pattern)) if isinstance(pattern, str) else []
        if isinstance(pattern, str) and found:
            message = f"The pattern of the parameter {parameter.id} names the partition aws"
            path = (*parameter.path, "AllowedPattern")
            if _NEGATIVE.search(pattern) or any(
                pattern.rfind("[", 0, m.start()) > pattern.rfind("]", 0, m.start()) for m in found
            ):
                yield Finding(
                    message, path, reason="what else it would admit or refuse with another partition is not known"
                )
            else:
                operation = Set(path, _ARN.sub(f"arn:{_ANY}:", pattern))
                yield Finding(message, path, Fix("Admit every partition", (operation,), Safety.SAFE, Impact.NONE))
        for key in ("Default", "AllowedValues"):
            if _ARN.search(str(parameter.body.get(key))):
                reason = "no function may stand in a parameter; in another partition, pass another value"
                yield Finding(_MESSAGE, (*parameter.path, key), reason=reason)


def _joined(template: Template, literal: Sequence[Text]) -> Iterator[Finding]:
    """ARNs that a Join puts together: ``!Join [':', [arn, aws, s3, ...]]``, ``!Join ['', ['arn:aws', ':s3:::']]``."""
    plain = {text.path: text for text in literal if not text.is_sub}
    for path, body in template.functions("Fn::Join"):
        if not (isinstance(body, list) and len(body) == 2 and isinstance(body[0], str) and isinstance(body[1], list)):
            continue
        items = [plain.get((*path, "Fn::Join", 1, index)) for index in range(len(body[1]))]
        whole = body[0].join(_UNKNOWN if item is None else item.text for item in items)
        for match in _ARN.finditer(whole):
            end = 0
            for item in items:
                start, end = end, end + len(_UNKNOWN if item is None else item.text)
                is_inside = start <= match.start(1) and match.end(1) <= end
                if item is not None and is_inside and not (start <= match.start() and match.end() <= end):
                    insertion = Insertion(match.start(1) - start, match.end(1) - start, "AWS::Partition")
                    why_not = hindrance(template, item)
                    yield _finding(template, item.path, None if why_not else item.with_variables([insertion]), why_not)
                end += len(body[0])


def _finding(template: Template, path: Path, operation: Set | None, why_not: str = "") -> Finding:
    if operation is None:
        return Finding(_MESSAGE, path, reason=why_not)
    macros = template.has_macros and path[0] != "Outputs"
    owner = template.resource_at(path)
    impact = Impact.NO_INTERRUPTION if owner and owner.type == "AWS::Serverless::Api" else Impact.NONE
    fix = Fix("Use ${AWS::Partition}", (operation,), Safety.UNSAFE if macros else Safety.SAFE, impact)
    return Finding(
        _MESSAGE, path, fix, "the template goes through a macro, which may read the plain text" if macros else ""
    )
