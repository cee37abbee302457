"""How one text mentions the name of an IAM resource: as a name, as the end of an ARN, in a pattern, or inside another
text.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from fixer.cloudformation.expressions import Expression, Variable, find, find_all
from fixer.model import Path

ARN_KINDS = {
    "AWS::IAM::Role": "role",
    "AWS::IAM::User": "user",
    "AWS::IAM::Group": "group",
    "AWS::IAM::ManagedPolicy": "policy",
    "AWS::IAM::InstanceProfile": "instance-profile",
}
"""What stands before the path and name in the ARN (IAM user guide, "IAM identifiers")."""
_NAME_KEYS = {
    "AWS::IAM::Role": re.compile("role", re.I),
    "AWS::IAM::User": re.compile("user", re.I),
    "AWS::IAM::Group": re.compile("^groups?(name)?$|iam_?group", re.I),
    "AWS::IAM::InstanceProfile": re.compile("profile|^InstanceRole$|^JobFlowRole$", re.I),
}
"""Keys whose values are names of these, as ``Ref`` gives them. The ``Ref`` of a managed policy is its ARN."""
_PROFILES = frozenset({"InstanceRole", "JobFlowRole"})
"""Keys of AWS Batch and Amazon EMR that say role and mean an instance profile (CloudFormation template reference,
"ComputeResources" and "JobFlowInstancesConfig").
"""
_ARN_HEAD = r"arn:(?:aws[\w-]*|\$\{AWS::Partition\}):iam::(\$\{[A-Za-z0-9:]+\}|\d{12}):[a-z-]+/(?:[\w+=,.@${}:-]+/)*"
_LOCAL_KEYS = r"^(Service|Execution|Task)?Role$|RoleA(rn|RN)$|^ManagedPolicyArns$|^PermissionsBoundary$"
_SAMPLES = frozenset({"123456789012", "111122223333", "444455556666", *(digit * 12 for digit in "0123456789")})
"""Accounts of the documentation."""
_GOES_ON = re.compile(r"[\w@-]|\.\w")
_COMES_FROM = re.compile(r"([\w@-]|\w\.)$")
"""Names may hold +, = and a comma too, which are found between names and around them."""
_SPECIFIC = 8
"""A text with so many literal characters of a name is not the same by chance."""


class MentionKind(Enum):
    """How a name is mentioned."""

    NAME = auto()
    ARN = auto()
    LIKELY_ARN = auto()
    """An ARN whose account may not be the stack's own, although a resource of another account could not stand there."""
    UNSURE = auto()
    """The name is there, but what it means there is not known."""


def mention_kind(type_name: str, name: Expression, path: Path, text: Expression) -> MentionKind | None:
    """How ``text``, which stands at ``path``, mentions the name of a resource of that type; None if it does not."""
    literal = sum(len(part) if isinstance(part, str) else _SPECIFIC * (part.name[0] == "{") for part in name)
    if text == name:
        return _whole(type_name, literal, len(name), path)
    places = (found for found in find_all(name, text) if not _continues(found[0], -1) and not _continues(found[1], 0))
    found = next(places, None)
    if found is None:
        return MentionKind.UNSURE if _matches(ARN_KINDS[type_name], name, text) else None
    before, behind = found
    kind = _arn_kind(before)
    if kind is not None:
        if kind == "assumed-role" and type_name == "AWS::IAM::Role":
            return MentionKind.UNSURE
        if kind != ARN_KINDS[type_name]:
            return None
        account = _account(before) if not behind else ""
        if account == "${AWS::AccountId}":
            return MentionKind.ARN
        return MentionKind.LIKELY_ARN if account and (account in _SAMPLES or _is_local(path)) else MentionKind.UNSURE
    if literal >= _SPECIFIC:
        return MentionKind.UNSURE
    around = str(before)[-40:] + str(behind)[:40]
    return MentionKind.UNSURE if literal and re.search(ARN_KINDS[type_name], around, re.I) else None


def _whole(type_name: str, literal: int, parts: int, path: Path) -> MentionKind | None:
    keys = [key for key in path if isinstance(key, str) and not key.startswith("Fn::")]
    expected = _NAME_KEYS.get(type_name)
    key = keys[1] if path[0] == "Outputs" else keys[-2] if keys[-1] == "Name" else keys[-1]
    if key in _PROFILES and path[0] == "Resources" and type_name != "AWS::IAM::InstanceProfile":
        return None
    if path[0] in ("Resources", "Outputs") and expected is not None and expected.search(key):
        return MentionKind.NAME
    made_up = path[0] == "Outputs" and parts > 1  # of a parameter and a text, which is the same by no chance
    return MentionKind.UNSURE if literal >= _SPECIFIC or made_up else None


def _continues(text: Expression, end: int) -> bool:
    """Whether the text beside a name continues it, so that it is part of a longer name. ``end``: the end of ``text``
    that touches the name, 0 behind it and -1 before it.
    """
    if not text:
        return False
    part = text[end]
    if isinstance(part, Variable):
        return True
    if end == 0:
        return bool(_GOES_ON.match(part))
    return bool(_COMES_FROM.search(part[-3:])) and not part.endswith("arn:")


def _arn_kind(before: Expression) -> str | None:
    """The kind of resource whose ARN a name would complete: ``role`` for ``arn:...:role/path/``."""
    found = re.search(r":([a-z-]+)/(?:[\w+=,.@${}:-]+/)*$", _written(before))
    return found[1] if found else None


def _account(before: Expression) -> str:
    """The account in the head of an IAM ARN; empty if there is none."""
    found = re.fullmatch(_ARN_HEAD, _written(before))
    return found[1] if found else ""


def _is_local(path: Path) -> bool:
    """Whether the ARN at ``path`` has to be in the stack's own account: the role of a resource, a policy of a role."""
    keys = [key for key in path if isinstance(key, str) and not key.startswith("Fn::")]
    return path[0] == "Resources" and "Variables" not in keys and bool(re.search(_LOCAL_KEYS, keys[-1]))


def _written(text: Expression) -> str:
    return "".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in text)


def _matches(kind: str, name: Expression, text: Expression) -> bool:
    """Whether a text is a pattern of ARNs that the name matches and that a generated name may not match."""
    for number, part in enumerate(text):
        if not isinstance(part, str):
            continue
        found = re.search(rf":{kind}/([^*?]*)(.?)", part)
        if found is None:
            continue
        prefix: Expression = (found[1],) if found[1] else ()
        rest = text[number + 1 :]
        if not found[2] and rest:
            for other in rest:
                literal = other.split("*")[0].split("?")[0] if isinstance(other, str) else other
                prefix += (literal,) if literal else ()
                if literal != other:
                    break
            else:
                return False
        elif not found[2]:
            return False
        generated = prefix[:1] == (Variable("AWS::StackName"),) and prefix[1:] in ((), ("-",))
        return bool(prefix) and not generated and _begins(name, prefix)
    return False


def _begins(name: Expression, prefix: Expression) -> bool:
    found = find(prefix, name)
    return found is not None and found[0] == ()
