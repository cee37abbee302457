"""S3 buckets, the bucket policies that name them, and what the statements of these say.

Sources: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage" (section "The meaning of public"),
"Policies and permissions in Amazon S3" and "Bucket policies" (one policy a bucket); IAM User Guide, "Policy elements".
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.conditions import Conditions
from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, Variable, alternatives, expression
from fixer.cloudformation.intrinsics import intrinsic, walk
from fixer.cloudformation.template import Template
from fixer.model import Value

BUCKET, POLICY = "AWS::S3::Bucket", "AWS::S3::BucketPolicy"

_FIXED = frozenset(
    {
        "aws:principalorgid",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
    }
)
"""Condition keys that make a policy non-public if their values are fixed ("The meaning of public")."""
_OPERATORS = ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress")


def names(bucket: Resource) -> frozenset[Expression]:
    """What gives the bucket's name: a reference to it, or the name that the template gives it."""
    return frozenset({(Variable(bucket.id),), *alternatives(bucket.properties.get("BucketName"))})


def policies(template: Template, bucket: Resource) -> tuple[Resource, ...]:
    """The bucket policies of the template that are, on all ways or some, for the bucket."""
    known = names(bucket)
    return tuple(
        policy for policy in template.resources_of(POLICY) if known.intersection(alternatives(policy.get("Bucket")))
    )


def opaque_policy(template: Template) -> str | None:
    """A loop, macro or module among the resources that makes bucket policies, nobody knows for which buckets."""
    for name, path in template.opaque.items():
        if any(value == POLICY and place[-1] == "Type" for place, value in walk(template.value_at(path), path)):
            return name
    return None


def always_one(template: Template, bucket: Resource, found: tuple[Resource, ...]) -> bool:
    """Whether, wherever the bucket is, one of the policies certainly is, too."""
    logic = Conditions(template.conditions)
    given = [(bucket.condition, True)] if bucket.condition else []
    for policy in found:
        others = [(other.condition, False) for other in found if other is not policy and other.condition]
        if policy.condition is None or logic.hold([*given, *others], policy.condition):
            return True
    return False


def statements(document: Value) -> Iterator[dict[str, Value]]:
    """All statements of a policy document, those in the branches of a ``Fn::If`` included."""
    if isinstance(document, dict):
        for _, value in walk(document.get("Statement")):
            if isinstance(value, dict) and "Effect" in value:
                yield value


def is_readable(document: Value) -> bool:
    """Whether the template shows what the policy document says: no text, no intrinsic for the whole of it."""
    if not isinstance(document, dict) or intrinsic(document) is not None or "Fn::Transform" in document:
        return False
    found = document.get("Statement")
    return isinstance(found, list) or (isinstance(found, dict) and intrinsic(found) is None)


def is_public(statement: dict[str, Value]) -> bool:
    """Whether S3 may take a policy with this statement for public.

    True also for a condition that S3 does not count, however narrow it is, and for values with wildcards.
    """
    if statement.get("Effect") != "Allow":
        return False
    everybody = "NotPrincipal" in statement or any(item == "*" for _, item in walk(statement.get("Principal")))
    return everybody and not _is_narrowed(statement.get("Condition"))


def _is_narrowed(condition: Value) -> bool:
    """Whether the condition lets nobody in but those with fixed values of a key that counts."""
    for operator, tests in condition.items() if isinstance(condition, dict) else ():
        if not isinstance(tests, dict) or str(operator).lower().removeprefix("foranyvalue:") not in _OPERATORS:
            continue
        for key, values in tests.items():
            if str(key).lower() in _FIXED and all(_is_fixed(value) for _, value in walk(values)):
                return True
    return False


def _is_fixed(value: Value) -> bool:
    return not isinstance(value, str) or not ("*" in value or "?" in value or value.endswith("/0"))


def demands_tls(statement: dict[str, Value], bucket: Resource) -> bool:
    """Whether the statement denies every request to the bucket and its objects that comes without TLS."""
    actions = statement.get("Action")
    everything = {"*", "s3:*"}.intersection(item for _, item in walk(actions) if isinstance(item, str))
    return (
        statement.get("Effect") == "Deny"
        and statement.get("Principal") in ("*", {"AWS": "*"}, {"AWS": ["*"]})
        and bool(everything)
        and _is_without_tls(statement.get("Condition"))
        and _covers(statement.get("Resource"), bucket)
    )


def _is_without_tls(condition: Value) -> bool:
    """Whether the condition is that aws:SecureTransport is false, and no other."""
    if not isinstance(condition, dict) or len(condition) != 1:
        return False
    ((operator, tests),) = condition.items()
    if str(operator).lower() not in ("bool", "boolifexists") or not isinstance(tests, dict) or len(tests) != 1:
        return False
    ((key, value),) = tests.items()
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return str(key).lower() == "aws:securetransport" and str(value).lower() == "false"


def _covers(resources: Value, bucket: Resource) -> bool:
    """Whether the resources are the bucket and all of its objects; True also if that cannot be told."""
    items = resources if isinstance(resources, list) else [resources]
    covered: set[str] = set()
    for item in items:
        found = alternatives(item)
        if not found:
            return True
        for arn in found:
            covered |= _parts(arn, bucket)
    return covered == {"bucket", "objects"}


def _parts(arn: Expression, bucket: Resource) -> set[str]:
    """What of the bucket a pattern of ARNs is for."""
    if arn in (("*",), ("arn:aws:s3:::*",)):
        return {"bucket", "objects"}
    for name in ((Variable(f"{bucket.id}.Arn"),), *names(bucket)):
        for tail, parts in (("", {"bucket"}), ("/*", {"objects"}), ("*", {"bucket", "objects"})):
            if _ends(arn, _append(name, tail)):
                return parts
    return set()


def _append(name: Expression, tail: str) -> Expression:
    if not tail:
        return name
    return (*name[:-1], name[-1] + tail) if isinstance(name[-1], str) else (*name, tail)


def _ends(arn: Expression, wanted: Expression) -> bool:
    """Whether the ARN ends in what is wanted, and what is before is but the head of an ARN."""
    if arn == wanted:
        return True
    last = len(arn) - len(wanted)
    if last < 0 or arn[last + 1 :] != wanted[1:]:
        return False
    first, head = wanted[0], arn[last]
    if isinstance(first, str):
        return isinstance(head, str) and head.endswith(f":::{first}")
    return head == first and last > 0 and str(arn[last - 1]).endswith(":::")


def text_name(bucket: Resource) -> str | None:
    """The bucket's name, where it is a plain text."""
    found = expression(bucket.properties.get("BucketName"))
    return found[0] if found and len(found) == 1 and isinstance(found[0], str) else None
