"""Actions of IAM that do not exist, and those that their authors meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from fixer.cloudformation.closeness import close, words
from fixer.cloudformation.iam.authorization import actions_of, services

_ACTION = re.compile(r"\s*(?P<service>[A-Za-z0-9-]+)\s*(?:::?|\.)\s*(?P<name>[A-Za-z0-9_-]+)\s*")
_VERB = 3

_OPERATIONS: Mapping[str, Mapping[str, str]] = {
    "kms": {"ReEncrypt": "ReEncrypt*"},  # ReEncryptFrom of one key, ReEncryptTo of the other
    "lambda": {"Invoke": "InvokeFunction"},
    "s3": {
        "CompleteMultipartUpload": "PutObject",
        "CreateMultipartUpload": "PutObject",
        "DeleteBucketEncryption": "PutEncryptionConfiguration",
        "DeleteBucketLifecycle": "PutLifecycleConfiguration",
        "DeleteBucketReplication": "PutReplicationConfiguration",
        "DeleteBucketTagging": "PutBucketTagging",
        "DeleteObjects": "DeleteObject",
        "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
        "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
        "GetBucketAnalyticsConfiguration": "GetAnalyticsConfiguration",
        "GetBucketEncryption": "GetEncryptionConfiguration",
        "GetBucketIntelligentTieringConfiguration": "GetIntelligentTieringConfiguration",
        "GetBucketInventoryConfiguration": "GetInventoryConfiguration",
        "GetBucketLifecycle": "GetLifecycleConfiguration",
        "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
        "GetBucketMetricsConfiguration": "GetMetricsConfiguration",
        "GetBucketNotificationConfiguration": "GetBucketNotification",
        "GetBucketReplication": "GetReplicationConfiguration",
        "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
        "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
        "HeadBucket": "ListBucket",
        "HeadObject": "GetObject",
        "ListBuckets": "ListAllMyBuckets",
        "ListMultipartUploads": "ListBucketMultipartUploads",
        "ListObjects": "ListBucket",
        "ListObjectsV2": "ListBucket",
        "ListObjectVersions": "ListBucketVersions",
        "ListParts": "ListMultipartUploadParts",
        "PutBucketAccelerateConfiguration": "PutAccelerateConfiguration",
        "PutBucketAnalyticsConfiguration": "PutAnalyticsConfiguration",
        "PutBucketEncryption": "PutEncryptionConfiguration",
        "PutBucketIntelligentTieringConfiguration": "PutIntelligentTieringConfiguration",
        "PutBucketInventoryConfiguration": "PutInventoryConfiguration",
        "PutBucketLifecycle": "PutLifecycleConfiguration",
        "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
        "PutBucketMetricsConfiguration": "PutMetricsConfiguration",
        "PutBucketNotificationConfiguration": "PutBucketNotification",
        "PutBucketReplication": "PutReplicationConfiguration",
        "PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
        "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
        "SelectObjectContent": "GetObject",
        "UploadPart": "PutObject",
    },
}
"""Operations that are called otherwise than the action which they need (Amazon S3 User Guide, "Required permissions for
Amazon S3 API operations"; Lambda and KMS API references, "Invoke" and "ReEncrypt").
"""
_CALLED = {
    "bedrock-agent-runtime": "bedrock",
    "bedrock-runtime": "bedrock",
    "configservice": "config",
    "elbv2": "elasticloadbalancing",
    "eventbridge": "events",
    "efs": "elasticfilesystem",
    "emr": "elasticmapreduce",
    "opensearch": "es",
    "sfn": "states",
    "stepfunctions": "states",
}
"""Services by other names than their prefix (AWS CLI reference; Service Authorization Reference)."""
_ALIKE = 4


class Meant(Struct, frozen=True):
    """The actions that may be meant; one is an answer, several are none. ``reason``: why there is none."""

    actions: tuple[str, ...] = ()
    reason: str = ""

    @property
    def only(self) -> str | None:
        return self.actions[0] if len(self.actions) == 1 else None


def exists(action: str) -> bool:
    service, colon, name = action.lower().partition(":")
    return bool(colon) and _has(service, name)


def meant(action: str) -> Meant:
    """What somebody meant who wrote ``action``, which does not exist and is no pattern.

    That is the one whose name has a slip of the pen less, that which an operation of the name needs, or the same of the
    service whose prefix is like the one that is written. Letters keep the case in which they are written, as IAM does
    not mind.
    """
    parts = _ACTION.fullmatch(action)
    if parts is None:
        return Meant(reason="it has not the form of an action")
    service, name = parts["service"], parts["name"]
    if service.lower() in services():
        found = tuple(f"{service}:{other}" for other in _names(service.lower(), name))
        if found:
            return Meant(found, "" if len(found) == 1 else _several(found))
        others = [other for other in sorted(services()) if _has(other, name.lower())]
        if len(others) == 1:
            return Meant(reason=f"{others[0]} has an action of this name")
        return Meant(reason=f"no action of {service} has a name that is close")
    found = tuple(f"{other}:{name}" for other in _services(service.lower()) if _has(other, name.lower()))
    if found:
        return Meant(found, "" if len(found) == 1 else _several(found))
    return Meant(reason=f"there is no service {service}, and none is close that has such an action")


def _several(found: tuple[str, ...]) -> str:
    return f"it may be {' or '.join(found)}"


def _has(service: str, name: str) -> bool:
    return any(action.name == name for action in actions_of(service))


def _services(written: str) -> Iterator[str]:
    """The services whose prefix is close, ends what is written, or begins with it.

    What only begins with a prefix is a newer service as likely: ``bedrock-agentcore`` is not ``bedrock``.
    """
    if written in _CALLED:
        yield _CALLED[written]
        return
    near = set(close(written, services()).names)
    plain = written.replace("-", "")
    for service in sorted(services()):
        other = service.replace("-", "")
        alike = (len(other) >= _ALIKE and plain.endswith(other)) or (len(plain) >= _ALIKE and other.startswith(plain))
        if service in near or alike:
            yield service


def _names(service: str, written: str) -> list[str]:
    """The names of the service's actions that are close, each with the letters as they are written."""
    known = {key.lower(): value for key, value in _OPERATIONS.get(service, {}).items()}
    if written.lower() in known:
        return [known[written.lower()]]
    found = words(written)
    plain = "".join(found)
    if plain != written and _has(service, plain.lower()):
        return ["".join(word[0].upper() + word[1:] for word in found)]
    if _has(service, written.lower()):
        return [written]
    slips = (_slip(found, action.name) for action in actions_of(service))
    return sorted({name for name in slips if name is not None})


def _slip(written: list[str], name: str) -> str | None:
    """The name of an action in the case of the words, if all are its own but one, which is close; None otherwise.

    The data has names in lower case, so that where a word ends is known of what is written only. A verb is never
    another one.
    """
    for index, word in enumerate(written):
        before, behind = "".join(written[:index]), "".join(written[index + 1 :])
        inside = name[len(before) : len(name) - len(behind)]
        if not inside or name != before.lower() + inside + behind.lower():
            continue
        if len(written) == 1 and name[:_VERB] != word[:_VERB].lower():
            continue
        if (
            close(word.lower(), [inside]).only is not None
            or f"{inside}s" == word.lower()
            or f"{word.lower()}s" == inside
        ):
            return before + (inside.capitalize() if word[0].isupper() else inside) + behind
    return None
