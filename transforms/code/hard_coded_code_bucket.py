"""The code of a Lambda function or layer comes from a bucket whose name is written into the template.

## Why
The bucket has to be in the Region of the function (AWS::Lambda::Function Code, "S3Bucket"), and a name exists once in
the world: the template serves one Region of one account.

## Repair
The name moves to a parameter `CodeBucket`, with the name as its default and a description that says where the bucket
has to be; further buckets get parameters of their own. A parameter that has the name for its default already is taken.
`Code` of functions and `Content` of layers are looked at, `CodeUri` and `ContentUri` of AWS SAM, and its Globals. SAM
splits an address `s3://bucket/key` only if it is a plain text (`parse_s3_uri` of samtranslator): it becomes a mapping
of Bucket, Key and Version.

A name of which the template makes a part of parameters, mappings, imports or dynamic references is no problem. One that
is made of the Region or the account, and one that is the name of a bucket of the template, are reported only.

## Safety
Unsafe: whoever passes another bucket has to see to it that the code is there. Where the name is mentioned elsewhere
too, such as in a policy, it stays there.

## Impact
None, as the value stays the same. That of a change, as the provider schema says, where a parameter is taken that was
there: a live stack may have given it another value. Replacement for the layers of AWS SAM, which makes the logical id
of a layer version of its properties (`_construct_lambda_layer` of samtranslator).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.functions.code_buckets import code_buckets, is_code
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.limits import full
from fixer.cloudformation.parameters import addition
from fixer.cloudformation.storage.buckets import BUCKET, text_name
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Options, Path, Safety, transform

INVALID = (
    Case(
        "functions with code in two buckets",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: acme-code, S3Key: orders.zip}
  Tools:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content:
        S3Bucket: acme-layers  # versioned
        S3Key: tools.zip
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Sub acme-code, S3Key: billing.zip}
""",
        after="""\
Parameters:
  CodeBucket:
    Type: String
    Description: Bucket that holds the code of Lambda functions; it must exist in the Region of the stack
    Default: acme-code
  CodeBucket2:
    Type: String
    Description: Bucket that holds the code of Lambda functions; it must exist in the Region of the stack
    Default: acme-layers
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Ref CodeBucket, S3Key: orders.zip}
  Tools:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content:
        S3Bucket: !Ref CodeBucket2  # versioned
        S3Key: tools.zip
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Ref CodeBucket, S3Key: billing.zip}
""",
        unsafe=True,
    ),
    Case(
        "JSON, SAM",
        before="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Resources": {
    "Orders": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "CodeUri": "s3://acme-code/v1/orders.zip?versionId=3"
      }
    }
  }
}
""",
        after="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Parameters": {
    "CodeBucket": {
      "Type": "String",
      "Description": "Bucket that holds the code of Lambda functions; it must exist in the Region of the stack",
      "Default": "acme-code"
    }
  },
  "Resources": {
    "Orders": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "CodeUri": {
          "Bucket": {
            "Ref": "CodeBucket"
          },
          "Key": "v1/orders.zip",
          "Version": "3"
        }
      }
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a bucket that the template makes",
        before="""\
Resources:
  Packages:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-code
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: acme-code, S3Key: orders.zip}
""",
        unsafe=True,
        says="the code cannot be in it before the stack is made",
    ),
)

_DESCRIPTION = "Bucket that holds the code of Lambda functions; it must exist in the Region of the stack"
_DOUBT = "whoever passes another bucket has to put the code there"


@transform(valid=VALID, invalid=INVALID)
def hard_coded_code_bucket(template: Template, options: Options) -> Iterator[Finding]:
    own = {text_name(bucket) for bucket in template.resources_of(BUCKET)}
    names = {str(p.default): p.id for p in template.parameters.values() if p.type == "String" and not p.is_secret}
    added: list[str] = []
    for place in code_buckets(template):
        bucket = place.name
        if bucket is None:
            message = f"{place.owner} takes the code from a bucket whose name is made here"
            reason = f"it is made with {place.pseudo}, which the default of a parameter cannot be"
            yield Finding(message, place.path, reason=reason)
            continue
        message = f"{place.owner} takes the code from the bucket {bucket}, whose name is hard-coded"
        if bucket in own:
            reason = "the template makes that bucket: the code cannot be in it before the stack is made"
            yield Finding(message, place.path, reason=reason)
            continue
        if bucket not in names:
            if len(added) >= template.room_for("Parameters"):
                yield Finding(message, place.path, reason=full("Parameters"))
                continue
            names[bucket] = template.fresh_id("CodeBucket", "Parameters", added)
            added.append(names[bucket])
        name = names[bucket]
        body = {"Type": "String", "Description": _DESCRIPTION, "Default": bucket}
        parameter = addition(template, name, body) if name in added else ()
        operations = (*parameter, place.taken_from(name))
        # A live stack may have given a parameter that is there another value.
        impact = place.impact if parameter else max(place.impact, impact_at(template, place.path))
        fix = Fix(f"Take the bucket from the parameter {name}", operations, Safety.UNSAFE, impact)
        yield Finding(message, place.path, fix, _doubt(template, bucket, place.path))


def _doubt(template: Template, bucket: str, place: Path) -> str:
    """Why somebody should look: the name may be mentioned elsewhere."""
    for path, text in walk(template.data):
        mentioned = isinstance(text, str) and bucket in text and path[:2] != place[:2] and not is_code(path)
        if mentioned and path[0] in ("Resources", "Outputs", "Mappings", "Conditions"):
            return f"{_DOUBT}; {'.'.join(map(str, path))} mentions it too"
    return _DOUBT
