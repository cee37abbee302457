"""A bucket says who may use it by a canned access control list.

## Why
Since April 2023 the lists of a new bucket are off, and the creation of one with `AccessControl` fails unless its
`OwnershipControls` turn them on (cfn-lint E3045). Bucket policies say the same, and are all in one place (W3045).

## Repair
`Private`, which every bucket is without, and `BucketOwnerRead` and `BucketOwnerFullControl`, which are for objects and
which S3 ignores for a bucket, go. `LogDeliveryWrite` goes, too: a statement of the bucket's policy, or a new policy,
lets `logging.s3.amazonaws.com` put objects, from the account and, where the template shows them all, from the buckets
that log there. Lists that others read by (`PublicRead`, `PublicReadWrite`, `AuthenticatedRead`, `AwsExecRead`) stay, and
so does one that CloudFront writes its logs by: such a bucket gets the `OwnershipControls` that it lacks, with the
`ObjectWriter` of before 2023.

Told of, and left alone: a list that a function gives; lists with their `OwnershipControls`, since whom they are to let
in has to be said in a policy; and a bucket whose policy cannot be read or comes from elsewhere.

## Safety
Safe where nothing but a list without effect goes. Else unsafe: other accounts and distributions may write logs by the
list, and whether public lists get through is for the block of public access to say. In a live stack, S3 writes no logs
between the end of the list and the policy.

## Impact
No interruption (provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.expressions import alternatives
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import ref
from fixer.cloudformation.limits import full
from fixer.cloudformation.macros import macro_attribute
from fixer.cloudformation.storage.buckets import (
    BUCKET,
    POLICY,
    always_one,
    is_readable,
    opaque_policy,
    policies,
    statements,
)
from fixer.cloudformation.storage.log_delivery import wait_for_policy
from fixer.cloudformation.storage.server_logs import distributions, lets_logs_in, log_statement
from fixer.cloudformation.template import Template
from fixer.model import (
    Append,
    Case,
    Finding,
    Fix,
    Insert,
    Operation,
    Options,
    Path,
    Remove,
    Safety,
    Set,
    Value,
    after,
    transform,
)

INVALID = (
    Case(
        "logs of another bucket, a private bucket, a public one",
        before="""\
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: LogDeliveryWrite # of S3
      VersioningConfiguration: {Status: Enabled}
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: Private
      LoggingConfiguration: {DestinationBucketName: !Ref Logs}
  Site:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
""",
        after="""\
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      # of S3
      VersioningConfiguration: {Status: Enabled}
  LogsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: AllowServerAccessLogs
            Effect: Allow
            Principal:
              Service: logging.s3.amazonaws.com
            Action: s3:PutObject
            Resource: !Sub ${Logs.Arn}/*
            Condition:
              ArnLike:
                aws:SourceArn: !GetAtt Orders.Arn
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
  Orders:
    Type: AWS::S3::Bucket
    Properties:
      LoggingConfiguration: {DestinationBucketName: !Ref Logs}
  Site:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
      OwnershipControls:
        Rules:
          - ObjectOwnership: ObjectWriter
""",
        unsafe=True,
        says="whom the list is to let in has to be said in a bucket policy",
    ),
    Case(
        "JSON, the only property, which has no effect",
        before="""\
{
  "Resources": {
    "Bucket": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "AccessControl": "BucketOwnerFullControl"
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Bucket": {
      "Type": "AWS::S3::Bucket"
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "not unless asked for",
        before="""\
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {AccessControl: LogDeliveryWrite}}
""",
        says="other accounts or distributions may write logs by the list",
    ),
    Case(
        "a function gives it",
        before="""\
Parameters:
  List: {Type: String}
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {AccessControl: !Ref List}}
""",
        unsafe=True,
        says="a function gives it",
    ),
)

_SID = "AllowServerAccessLogs"
_WITHOUT_EFFECT = {
    "Private": "every bucket is private without it",
    "BucketOwnerRead": "S3 ignores it for a bucket",
    "BucketOwnerFullControl": "S3 ignores it for a bucket",
}
_READ_BY = ("PublicRead", "PublicReadWrite", "AuthenticatedRead", "AwsExecRead")
_POLICY = "whom the list is to let in has to be said in a bucket policy"


@transform(lint_rules=("W3045", "E3045"), valid=VALID, invalid=INVALID)
def legacy_access_control(template: Template, options: Options) -> Iterator[Finding]:
    work = _Work(template, template.room_for("Resources"))
    for bucket in template.written(BUCKET):
        path = bucket.property_path("AccessControl")
        held = bucket.get("AccessControl")
        message = f"{BUCKET} {bucket.id} has the access control list {held}"
        if held is None:
            continue
        if not isinstance(held, str):
            message = f"{BUCKET} {bucket.id} has an access control list"
            yield Finding(message, path, reason="a function gives it")
        elif template.has_macros:
            yield Finding(message, path, reason="a macro may work on it first")
        elif held in _WITHOUT_EFFECT:
            fix = Fix("Remove AccessControl", (_without(bucket),), Safety.SAFE, impact_at(template, path))
            yield Finding(f"{message}: {_WITHOUT_EFFECT[held]}", path, fix)
        elif held == "LogDeliveryWrite" and not any(distributions(template, bucket)):
            yield work.finding(bucket, message, path)
        elif held in _READ_BY or held == "LogDeliveryWrite":
            yield _owned(template, bucket, message, path)


def _without(bucket: Resource) -> Operation:
    """The removal of the list, or of the properties where there is no other."""
    return Remove(bucket.property_path() if len(bucket.properties) == 1 else bucket.property_path("AccessControl"))


def _owned(template: Template, bucket: Resource, message: str, path: Path) -> Finding:
    """The finding about a list that has to stay, and without which it cannot be set."""
    if "OwnershipControls" in bucket.properties:
        reason = "CloudFront writes its logs by it" if any(distributions(template, bucket)) else _POLICY
        return Finding(message, path, reason=reason)
    place = bucket.property_path("OwnershipControls")
    insert = Insert(place, {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}, after("AccessControl"))
    reason = "whether the list gets through is for the block of public access to say"
    fix = Fix("Add OwnershipControls", (insert,), Safety.UNSAFE, impact_at(template, place))
    return Finding(f"{message}, and no OwnershipControls that turn lists on", path, fix, reason)


class _Work(Struct):
    """One run: what it has added so far counts for names and for the limit."""

    template: Template
    room: int
    names: list[str] = field(default_factory=list)

    def finding(self, bucket: Resource, message: str, path: Path) -> Finding:
        """The finding about a list by which S3 delivers logs."""
        found = policies(self.template, bucket)
        reason = self._obstacle(bucket, found)
        if reason:
            return Finding(message, path, reason=reason)
        operations = self._policy(bucket, found[0] if found else None)
        title = "Let S3 deliver its logs by the bucket's policy"
        impact = impact_at(self.template, path)
        fix = Fix(title, (_without(bucket), *operations), Safety.UNSAFE, impact)
        return Finding(message, path, fix, "other accounts or distributions may write logs by the list")

    def _policy(self, bucket: Resource, policy: Resource | None) -> Iterator[Operation]:
        template = self.template
        if policy is None:
            name = template.fresh_id(f"{bucket.id}Policy", taken=self.names)
            self.names.append(name)
            self.room -= 1
            statement = log_statement(template, bucket, None, _SID)
            document = {"Version": "2012-10-17", "Statement": [statement]}
            body: dict[str, Value] = {"Type": POLICY}
            if bucket.condition is not None:
                body["Condition"] = bucket.condition
            body["Properties"] = {"Bucket": ref(bucket.id), "PolicyDocument": document}
            yield Insert(("Resources", name), body, after(bucket.id))
            yield from wait_for_policy(template, bucket, name)
            return
        document = policy.get("PolicyDocument")
        if lets_logs_in(document):
            return
        taken = {statement.get("Sid") for statement in statements(document)}
        numbered = (f"{_SID}{number}" for number in range(2, len(taken) + 3))
        sid = next(name for name in (_SID, *numbered) if name not in taken)
        added = log_statement(template, bucket, policy.id, sid)
        path, old = policy.property_path("PolicyDocument", "Statement"), document["Statement"]
        yield Append(path, added) if isinstance(old, list) else Set(path, [old, added])

    def _obstacle(self, bucket: Resource, found: tuple[Resource, ...]) -> str:
        """Why no policy can take the place of the list; "" if nothing stands in the way."""
        template = self.template
        if not bucket.has_known_properties:
            return UNKNOWN_PROPERTIES
        if bucket.id not in template.resources:
            return "a loop makes it: its policy has to stand in the same loop"
        if macro_attribute(template, bucket) or opaque_policy(template):
            return "a macro or a loop may make its policy"
        if not found:
            return "" if self.room else full("Resources")
        if len(found) > 1 or not always_one(template, bucket, found):
            return "it has a policy on some ways only"
        (policy,) = found
        if not is_readable(policy.get("PolicyDocument")) or len(alternatives(policy.get("Bucket"))) != 1:
            return f"what its policy {policy.id} says is not known"
        if template.reaches(bucket.id, policy.id):
            return "the bucket depends on its policy: a reference back would make a circle"
        return ""
