"""A `Fn::Join` puts texts together with nothing in between.

## Why
What comes out is easier to read in one piece, with `Fn::Sub` (cfn-lint I1022).

## Repair
`Fn::Sub` of the same value: a `Ref` becomes `${Name}`, a `Fn::GetAtt` becomes `${Name.Attribute}`, a `Fn::Sub` without
variables of its own is merged, and a `${` in a literal part is escaped as `${!`. Literal parts alone become a plain
string, and a single function becomes that function. Comments between the parts move above.

Only what cfn-lint asks for: a Join with other functions among its parts is left alone, and so is a template that the
AWS CDK made. A finding without a fix: numbers and booleans, whose text is not known for sure; `AWS::NoValue`; a name
that `Fn::Sub` does not take; a literal `${Name}` of something in the template, which looks like a missing `Fn::Sub`; a
module; the variable of a loop; in JSON a text of several lines, which would stand on one;
a reference to nothing.

## Safety
Safe: the value is the same, and all that is referred to still is. Unsafe if the template goes through a macro that is
not known here, and in a layer of AWS SAM, which makes a new version of it.

## Impact
None: CloudFormation compares values after it has resolved the functions. AWS SAM names some of what it makes by a hash
of the properties: no interruption for an API, a state machine and a function with `AutoPublishAlias`, replacement for a
layer.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.fragments import may_be_of_a_loop, worker
from fixer.cloudformation.impacts import respelling_impact
from fixer.cloudformation.intrinsics import get_att_parts, ref_target
from fixer.cloudformation.joins import is_plain_join, without_join
from fixer.cloudformation.plain_strings import why_not_plain
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import known_variable
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, Set, Value, transform

INVALID = (
    Case(
        "parts of every kind",
        before="""\
Parameters:
  Env: {Type: String}
Resources:
  Orders:
    Type: AWS::S3::Bucket
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: !Join ['', [what the, ' ', function may]] # and nothing else
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource:
              - !Join ['', [!GetAtt Orders.Arn, /home/, '${aws:username}', /*]]
              - Fn::Join:
                  - ''
                  - - !Sub arn:${AWS::Partition}:s3:::orders-
                    - !Ref Env
                    - /*
""",
        after="""\
Parameters:
  Env: {Type: String}
Resources:
  Orders:
    Type: AWS::S3::Bucket
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: what the function may # and nothing else
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource:
              - !Sub ${Orders.Arn}/home/${!aws:username}/*
              - !Sub arn:${AWS::Partition}:s3:::orders-${Env}/*
""",
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {
        "DisplayName": {"Fn::Join": ["", [{"Ref": "AWS::StackName"}]]},
        "TopicName": {
          "Fn::Join": [
            "",
            ["orders-", {"Ref": "AWS::StackName"}]
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
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {
        "DisplayName": {"Ref": "AWS::StackName"},
        "TopicName": {"Fn::Sub": "orders-${AWS::StackName}"}
      }
    }
  }
}
""",
    ),
    Case(
        "a script and its comments",
        json_differs=True,
        before="""\
Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Join
          - ''
          - - |
              #!/bin/bash
              cd ${HOME}
            # tell the stack
            - cfn-signal --stack
            - ' '
            - !Ref AWS::StackName
""",
        after="""\
Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        # tell the stack
        Fn::Base64: !Sub |-
          #!/bin/bash
          cd ${!HOME}
          cfn-signal --stack ${AWS::StackName}
""",
    ),
)
VALID = (
    Case(
        "a delimiter, and other functions",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', [orders, !ImportValue name]]
      TopicName: !Join ['-', [orders, !Ref AWS::StackName]]
""",
    ),
)

_MACRO = "the template goes through a macro, which may read the function"
_LAYER = "AWS SAM names a layer's version by what is written, and makes a new one"


@transform(lint_rules=("I1022",), valid=VALID, invalid=INVALID)
def join_without_delimiter(template: Template, options: Options) -> Iterator[Finding]:
    if _is_made_by_cdk(template):
        return
    for path, body in template.functions("Fn::Join"):
        by = worker(template, path)
        if path[0] not in ("Resources", "Outputs", "Conditions") or by == "a macro" or not is_plain_join(body):
            continue
        message = "Fn::Join has no delimiter"
        joined = without_join(body[1])
        why_not = joined.reason or _hindrance(template, path, body[1], joined.value, by)
        if why_not:
            yield Finding(message, path, reason=why_not)
            continue
        impact = respelling_impact(template, path)
        reason = _MACRO if template.has_macros and path[0] != "Outputs" else ""
        reason = _LAYER if impact is Impact.REPLACEMENT else reason
        title = "Write the plain string" if isinstance(joined.value, str) else "Use Fn::Sub"
        title = "Take the function itself" if len(body[1]) == 1 and isinstance(joined.value, dict) else title
        fix = Fix(title, (Set(path, joined.value),), Safety.UNSAFE if reason else Safety.SAFE, impact)
        yield Finding(message, path, fix, reason)


def _hindrance(template: Template, path: Path, items: list[Value], value: Value, by: str) -> str:
    """Why ``value`` cannot take the place of the Join at ``path``, on which ``by`` works first; "" if it can."""
    text = value if isinstance(value, str) else str(value.get("Fn::Sub", ""))
    if template.format == "json" and "\n" in text.rstrip("\n"):
        return "its parts are the lines of a text, which JSON could only write on one line"
    if isinstance(value, str):
        resource = template.resource_at(path)
        sam = resource is not None and resource.type.startswith("AWS::Serverless::")
        return "AWS SAM treats a plain string in its own way" if sam else why_not_plain(template, path, value)
    if by == "a module":
        return "it is inside a module"
    plain = "".join(item if isinstance(item, str) else "\0" for item in items)
    unknown = any(_is_unknown(template, item) for item in items)
    if by == "a loop" and (may_be_of_a_loop(plain) or unknown):
        return "a loop puts its variable into it"
    if unknown and not (template.is_sam or template.opaque or template.has_macros):
        return "it refers to something that the template does not have"
    known = known_variable(template, plain)
    return f"a part names {known} in ${{}} without Fn::Sub, which may be missing" if known else ""


def _is_unknown(template: Template, item: Value) -> bool:
    """Whether a function names nothing of the template, as the variable of a loop does."""
    attribute = get_att_parts(item)
    target = attribute[0] if attribute else ref_target(item)
    known = target is None or target in template.resources or target in template.parameters
    return not known and not str(target).startswith("AWS::")


def _is_made_by_cdk(template: Template) -> bool:
    """As cfn-lint decides (``is_cdk_template`` in cfnlint/template/template.py)."""
    for name, resource in template.resources.items():
        metadata = resource.body.get("Metadata")
        if name == "CDKMetadata" or resource.type == "AWS::CDK::Metadata":
            return True
        if isinstance(metadata, dict) and "aws:cdk:path" in metadata:
            return True
    return False
