"""A value names the stack's own account literally.

## Why
An ARN with an account's id in it works in one account only, and often the id is one from documentation that works in
none.

## Repair
The id becomes `${AWS::AccountId}` in ARNs and in the addresses of registries and queues, and `!Ref AWS::AccountId` as
the account that a request has to come from (`SourceAccount`, `aws:SourceAccount`) and as a variable of a program
(`AWS_ACCOUNT_ID`).

Only if the template names one account altogether in such places. A finding without a fix: several accounts;
principals, which may be in another account on purpose, and an account that is also a principal; accounts of AWS, such
as those that deliver the access logs of load balancers; keys, certificates and layers, which are in one account.
Never in parameters, mappings and conditions.

## Safety
Unsafe: whether the account is meant to be the stack's own is not written anywhere.

## Impact
None for a stack that is in that account: its values stay the same. As it may be in another one, the impact is that of
a change, as the provider schema says for each property.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.places.literal_arns import accounts_in
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Insertion, hindrance, texts
from fixer.model import Case, Finding, Fix, Options, Safety, transform

INVALID = (
    Case(
        "ARNs of one account",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource: "arn:aws:sqs:*:111122223333:orders"
          - Resource: !Sub arn:${AWS::Partition}:iam::111122223333:role/${Name}
            Condition: {StringEquals: {'aws:SourceAccount': '111122223333'}}
""",
        after="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource: !Sub "arn:aws:sqs:*:${AWS::AccountId}:orders"
          - Resource: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Name}
            Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}
""",
    ),
    Case(
        "JSON, registries and queues",
        unsafe=True,
        before="""\
{
  "Resources": {
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Code": {"ImageUri": {"Fn::Sub": "111122223333.dkr.ecr.${AWS::Region}.amazonaws.com/orders"}},
        "Environment": {"Variables": {"QUEUE": {"Fn::Sub": "https://sqs.${AWS::Region}.amazonaws.com/111122223333/orders"}}}
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Code": {"ImageUri": {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/orders"}},
        "Environment": {"Variables": {"QUEUE": {"Fn::Sub": "https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/orders"}}}
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "principals and accounts of AWS",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          - Principal: {AWS: 'arn:aws:iam::127311923021:root'}
          - Principal: {AWS: 'arn:aws:iam::111122223333:root'}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - !Sub arn:aws:lambda:${AWS::Region}:580247275435:layer:LambdaInsightsExtension:14
        - !Sub arn:aws:lambda:${AWS::Region}:999988887777:layer:ours:1
""",
        says="an account of AWS itself",
    ),
)

_REASON = "whether this is meant to be the stack's own account is not written anywhere"


@transform(lint_rules=("I3042",), valid=VALID, invalid=INVALID)
def hard_coded_account_id(template: Template, options: Options) -> Iterator[Finding]:
    found = [(text, mention) for text in texts(template) for mention in accounts_in(template, text)]
    named = {mention.name for _, mention in found if not mention.foreign}
    elsewhere = {mention.name for _, mention in found if mention.foreign}
    for text in dict.fromkeys(text for text, _ in found):
        mentions = [mention for other, mention in found if other == text]
        for mention in mentions:
            if mention.foreign:
                yield Finding(f"Account {mention.name} is hard-coded", text.path, reason=mention.foreign)
        own = [
            mention for mention in mentions if not mention.foreign and text.outside_braces(mention.start, mention.end)
        ]
        if not own:
            continue
        message, others = f"Account {own[0].name} is hard-coded", sorted(named - {own[0].name})
        why_not = hindrance(template, text)
        if others:
            why_not = why_not or f"the template also names {', '.join(others)}"
        if own[0].name in elsewhere:
            why_not = (
                why_not or "the account is also that of a principal, a key or a layer: it may be another one on purpose"
            )
        if why_not:
            yield Finding(message, text.path, reason=why_not)
            continue
        operation = text.with_variables(Insertion(mention.start, mention.end, "AWS::AccountId") for mention in own)
        fix = Fix("Use ${AWS::AccountId}", (operation,), Safety.UNSAFE, impact_at(template, text.path))
        yield Finding(message, text.path, fix, _REASON)
