"""A bucket has no policy, or one that lets requests without TLS through.

## Why
Without a policy that denies it, whoever may read or write an object may do so over plain HTTP.

## Repair
A bucket that no policy of the template is for gets an `AWS::S3::BucketPolicy` that denies all requests to it and its
objects for which `aws:SecureTransport` is false, with the condition of the bucket. A policy without such a statement
gets it; a statement that denies less (some actions only, or the objects without the bucket) does not count.

Flow logs and other logs that AWS delivers to the bucket have to wait for the new policy, by a DependsOn: delivery
writes its own statement into the policy, and a policy that is there already cannot be created (aws-cdk issue 18985).

Reported only:

- a bucket with a website, as website endpoints speak HTTP only (Amazon S3 User Guide, "Website endpoints");
- a bucket that a loop makes, one that a loop or a module may give a policy, and one whose logical id a macro may
  change;
- a bucket whose policy exists under a condition only, as a bucket has but one policy;
- a policy that is a text or an intrinsic.

## Safety
Unsafe: somebody may use plain HTTP, such as a CloudFront distribution for viewers that do (CloudFront Developer Guide,
"Require HTTPS for communication between CloudFront and your Amazon S3 origin"). A bucket has one policy: where it has
one from outside of the template, from another stack or from the delivery of logs, a new one cannot be created
(cloudformation-coverage-roadmap issue 1068).

## Impact
None for a new policy. No interruption for a statement, as `PolicyDocument` is not create-only (`createOnlyProperties`
of the provider schema).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.expressions import alternatives
from fixer.cloudformation.intrinsics import NO_VALUE, get_att, ref, sub
from fixer.cloudformation.limits import full
from fixer.cloudformation.macros import macro_attribute
from fixer.cloudformation.storage.buckets import (
    BUCKET,
    POLICY,
    always_one,
    demands_tls,
    is_readable,
    opaque_policy,
    policies,
    statements,
)
from fixer.cloudformation.storage.log_delivery import wait_for_policy
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Append, Case, Finding, Fix, Impact, Insert, Options, Safety, Set, Value, after, transform

INVALID = (
    Case(
        "bucket without a policy",
        before="""\
Conditions:
  HasLogs: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Condition: HasLogs

  Topic:
    Type: AWS::SNS::Topic
""",
        after="""\
Conditions:
  HasLogs: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Condition: HasLogs

  LogsPolicy:
    Type: AWS::S3::BucketPolicy
    Condition: HasLogs
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: DenyInsecureTransport
            Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource:
              - !GetAtt Logs.Arn
              - !Sub ${Logs.Arn}/*
            Condition:
              Bool:
                aws:SecureTransport: "false"

  Topic:
    Type: AWS::SNS::Topic
""",
        unsafe=True,
    ),
    Case(
        "JSON, a policy without the statement",
        before="""\
{
  "Resources": {
    "Logs": {"Type": "AWS::S3::Bucket"},
    "Policy": {
      "Type": "AWS::S3::BucketPolicy",
      "Properties": {
        "Bucket": {"Ref": "Logs"},
        "PolicyDocument": {
          "Statement": [
            {
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:PutObject",
              "Resource": "*"
            }
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
    "Logs": {"Type": "AWS::S3::Bucket"},
    "Policy": {
      "Type": "AWS::S3::BucketPolicy",
      "Properties": {
        "Bucket": {"Ref": "Logs"},
        "PolicyDocument": {
          "Statement": [
            {
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:PutObject",
              "Resource": "*"
            },
            {
              "Sid": "DenyInsecureTransport",
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:*",
              "Resource": [{"Fn::GetAtt": ["Logs", "Arn"]}, {"Fn::Sub": "${Logs.Arn}/*"}],
              "Condition": {
                "Bool": {
                  "aws:SecureTransport": "false"
                }
              }
            }
          ]
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
        "a website",
        before="""\
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration: {IndexDocument: index.html}
""",
        unsafe=True,
        says="website endpoints speak HTTP only",
    ),
)

_SID = "DenyInsecureTransport"
_PLAIN = "somebody may use plain HTTP, which is denied from now on"
_ELSEWHERE = f"it may have a policy from outside of the template, and a bucket has but one; {_PLAIN}"


@transform(valid=VALID, invalid=INVALID)
def missing_bucket_policy(template: Template, options: Options) -> Iterator[Finding]:
    work = _Work(template, template.room_for("Resources"))
    for bucket in template.resources_of(BUCKET):
        yield from work.findings(bucket)
    for bucket in template.looped:
        if bucket.type == BUCKET and not _has_own_policy(template, bucket):
            message = f"{BUCKET} {bucket.id} has no bucket policy that refuses requests without TLS"
            reason = "a loop makes it: its policy has to stand in the same loop, and refer to it by the loop's variable"
            yield Finding(message, bucket.path, reason=reason)


def _has_own_policy(template: Template, bucket: Resource) -> bool:
    """Whether the loop that makes the bucket makes a policy for it that speaks of TLS."""
    beside = (other for other in template.looped if other.type == POLICY and other.path[:-1] == bucket.path[:-1])
    return any(bucket.id in str(one.get("Bucket")) and "aws:SecureTransport" in str(one.properties) for one in beside)


class _Work(Struct):
    """One run: what it has added so far counts for names and for the limit."""

    template: Template
    room: int
    names: list[str] = field(default_factory=list)

    def findings(self, bucket: Resource) -> Iterator[Finding]:
        found = policies(self.template, bucket)
        if not found:
            yield self.without_policy(bucket)
            return
        for policy in found:
            finding = self.with_policy(bucket, policy)
            if finding is not None:
                yield finding
        if not always_one(self.template, bucket, found):
            named = " and ".join(str(policy.condition) for policy in found)
            message = f"{BUCKET} {bucket.id} has a policy only where {named} holds"
            reason = "elsewhere it may have another one on purpose, from outside of the template"
            yield Finding(message, bucket.path, reason=reason)

    def without_policy(self, bucket: Resource) -> Finding:
        message = f"{BUCKET} {bucket.id} has no bucket policy"
        reason = self.obstacle(bucket)
        if reason:
            return Finding(message, bucket.path, reason=reason)
        if not self.room:
            return Finding(message, bucket.path, reason=full("Resources"))
        name = self.template.fresh_id(f"{bucket.id}Policy", taken=self.names)
        properties = {
            "Bucket": ref(bucket.id),
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [_statement(bucket.id, _SID)]},
        }
        body: dict[str, Value] = {"Type": POLICY, "Properties": properties}
        if bucket.condition is not None:
            body = {"Type": POLICY, "Condition": bucket.condition, "Properties": properties}
        self.names.append(name)
        self.room -= 1
        operations = (
            Insert(("Resources", name), body, after(bucket.id)),
            *wait_for_policy(self.template, bucket, name),
        )
        return Finding(message, bucket.path, Fix(f"Add {name}", operations, Safety.UNSAFE, Impact.NONE), _ELSEWHERE)

    def obstacle(self, bucket: Resource) -> str:
        """Why the bucket gets no policy; "" if nothing stands in the way."""
        if not bucket.has_known_properties:
            return f"{UNKNOWN_PROPERTIES}: it may be a website"
        foreign = macro_attribute(self.template, bucket)
        if foreign is not None:
            return f"{foreign} asks a macro to work on it, and its logical id may not stay"
        if bucket.get("WebsiteConfiguration", default=NO_VALUE) != NO_VALUE:
            return "it has a WebsiteConfiguration, and website endpoints speak HTTP only"
        opaque = opaque_policy(self.template)
        return f"{opaque} makes bucket policies, and one of them may be for it" if opaque else ""

    def with_policy(self, bucket: Resource, policy: Resource) -> Finding | None:
        document = policy.get("PolicyDocument")
        path = policy.property_path("PolicyDocument", "Statement")
        message = f"The policy {policy.id} of {BUCKET} {bucket.id} lets requests without TLS through"
        if any(demands_tls(statement, bucket) for statement in statements(document)):
            return None
        reason = self.hindrance(bucket, policy)
        if reason:
            return Finding(message, policy.path, reason=reason)
        taken = {statement.get("Sid") for statement in statements(document)}
        numbered = (f"{_SID}{number}" for number in range(2, len(taken) + 3))
        sid = next(name for name in (_SID, *numbered) if name not in taken)
        added = _statement(bucket.id, sid)
        old = document["Statement"]
        operation = Append(path, added) if isinstance(old, list) else Set(path, [old, added])
        known = schema(POLICY)
        impact = known.impact(path[3:]) if known else Impact.NO_INTERRUPTION
        return Finding(message, path, Fix(f"Add {sid} to {policy.id}", (operation,), Safety.UNSAFE, impact), _PLAIN)

    def hindrance(self, bucket: Resource, policy: Resource) -> str:
        """Why the policy gets no statement; "" if nothing stands in the way."""
        if bucket.get("WebsiteConfiguration", default=NO_VALUE) != NO_VALUE:
            return "the bucket has a WebsiteConfiguration, and website endpoints speak HTTP only"
        if not is_readable(policy.get("PolicyDocument")):
            return "its statements are a text, or come from an intrinsic or a macro"
        if len(alternatives(policy.get("Bucket"))) != 1:
            return "a condition chooses the bucket that it is for"
        if self.template.reaches(bucket.id, policy.id):
            return "the bucket depends on its policy: a reference back would make a circle"
        if not self.template.holds_at(policy.property_path("PolicyDocument"), bucket.condition):
            return f"it is there even where {bucket.condition} does not hold, and the bucket is not"
        return ""


def _statement(bucket: str, sid: str) -> dict[str, Value]:
    """The statement that Amazon S3's security best practices ask for ("Enforce encryption of data in transit")."""
    resources: Sequence[Value] = [get_att(bucket, "Arn"), sub(f"${{{bucket}.Arn}}/*")]
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": resources,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
