"""Where a template speaks of an IAM resource by its name: as a name, as the end of an ARN, in a pattern, or inside
another text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum, auto
from itertools import accumulate

from msgspec import Struct

from fixer.cloudformation.capabilities import NAME_PROPERTIES
from fixer.cloudformation.expressions import Expression, Part, Variable, expression, find
from fixer.cloudformation.intrinsics import children
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

_ARN_KINDS = {
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
    "AWS::IAM::InstanceProfile": re.compile("profile", re.I),
}
"""Keys whose values are names of these, as ``Ref`` gives them. The ``Ref`` of a managed policy is its ARN."""
_NAME_CHARACTER = re.compile(r"[\w+=,.@-]")
_SPECIFIC = 8
"""So many literal characters make a name that stands for nothing else by chance."""


class Sort(Enum):
    """How a name is mentioned."""

    NAME = auto()
    ARN = auto()
    UNSURE = auto()
    """It is there, but what it is there for cannot be known."""


class Mention(Struct, frozen=True):
    path: Path
    sort: Sort


class Speech:
    """All that a template says, in which names are looked for."""

    def __init__(self, template: Template) -> None:
        self._texts = [
            (path, text)
            for section in ("Parameters", "Mappings", "Resources", "Outputs")
            for path, text in _texts(template.section(section), (section,))
            if "Description" not in path and not _labels(template, path)
        ]
        literals = ["\0".join(part for part in text if isinstance(part, str)) + "\0" for _, text in self._texts]
        self._all = "".join(literals)
        self._starts = list(accumulate(map(len, literals), initial=0))[:-1]
        self._variables: dict[Part, list[int]] = {}
        for number, (_, text) in enumerate(self._texts):
            for part in text:
                if isinstance(part, Variable):
                    self._variables.setdefault(part, []).append(number)

    def mentions(self, type_name: str, name: Expression, own: Path) -> Iterator[Mention]:
        """The mentions of ``name``, the name of a resource of that type, outside of its own property at ``own``."""
        for number in self._candidates(_ARN_KINDS[type_name], name):
            path, text = self._texts[number]
            sort = _sort(type_name, name, path, text) if path[: len(own)] != own else None
            if sort is not None:
                yield Mention(path, sort)

    def _candidates(self, kind: str, name: Expression) -> list[int]:
        """The numbers of the texts that may mention a name: those that hold its longest part, and all ARNs of its kind.

        To look at every text for every name takes quadratic time.
        """
        literal = max((part for part in name if isinstance(part, str)), key=len, default=None)
        found = self._holders(f":{kind}/")
        found |= (
            {n for part in name for n in self._variables.get(part, ())} if literal is None else self._holders(literal)
        )
        return sorted(found)

    def _holders(self, literal: str) -> set[int]:
        found: set[int] = set()
        at = self._all.find(literal)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            found.add(number)
            following = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._all)
            at = self._all.find(literal, following)
        return found


def _texts(value: Value, path: Path) -> Iterator[tuple[Path, Expression]]:
    """The outermost string-making values, each with its path."""
    found = expression(value)
    if found is not None:
        yield path, found
        return
    for key, inner in children(value):
        yield from _texts(inner, (*path, key))


def _labels(template: Template, path: Path) -> bool:
    """Whether a place names or labels something else: a tag, a policy, another resource by its own name property."""
    keys = [key for key in path if isinstance(key, str) and not key.startswith("Fn::")]
    if keys[-1] in ("Key", "PolicyName", "Sid", "Type") or (keys[-1] == "Value" and any("Tags" in key for key in keys)):
        return True
    if path[0] == "Parameters":
        return keys[-1] != "Default"
    resource = template.resources.get(str(path[1])) if path[0] == "Resources" else None
    if resource is None or len(keys) != 4 or keys[2] != "Properties":
        return False
    own_name = NAME_PROPERTIES.get(resource.type)
    return (
        keys[3] == own_name if resource.type.startswith("AWS::IAM::") else keys[3] == "Name" or keys[3].endswith("Name")
    )


def _sort(type_name: str, name: Expression, path: Path, text: Expression) -> Sort | None:
    literal = sum(len(part) for part in name if isinstance(part, str))
    if text == name:
        return _whole(type_name, literal, path)
    found = find(name, text)
    if found is None:
        return Sort.UNSURE if _matches(_ARN_KINDS[type_name], name, text) else None
    before, behind = found
    if _continues(before, -1) or _continues(behind, 0):
        return Sort.UNSURE if _matches(_ARN_KINDS[type_name], name, text) else None
    kind = _kind(before)
    if kind is not None:
        if kind != _ARN_KINDS[type_name]:
            return None
        return Sort.ARN if not behind and _own_account(before) else Sort.UNSURE
    if literal >= _SPECIFIC:
        return Sort.UNSURE
    around = str(before)[-40:] + str(behind)[:40]
    return Sort.UNSURE if literal and re.search(_ARN_KINDS[type_name], around, re.I) else None


def _whole(type_name: str, literal: int, path: Path) -> Sort | None:
    keys = [key for key in path if isinstance(key, str) and not key.startswith("Fn::")]
    expected = _NAME_KEYS.get(type_name)
    key = keys[1] if path[0] == "Outputs" else keys[-2] if keys[-1] == "Name" else keys[-1]
    if path[0] in ("Resources", "Outputs") and expected is not None and expected.search(key):
        return Sort.NAME
    return Sort.UNSURE if literal >= _SPECIFIC else None


def _continues(text: Expression, end: int) -> bool:
    """Whether the name goes on at that end, so that it is another name; ``-1``: the text stands before it."""
    if not text:
        return False
    part = text[end]
    if isinstance(part, Variable):
        return True
    return bool(_NAME_CHARACTER.match(part[end])) and not (end == -1 and part.endswith("arn:"))


def _kind(before: Expression) -> str | None:
    """The kind of resource whose ARN goes on with a name, ``role`` for ``arn:...:role/path/``."""
    text = before[-1] if before else ""
    found = re.search(r":([a-z-]+)/(?:[\w+=,.@-]+/)*$", text) if isinstance(text, str) else None
    return found[1] if found else None


def _own_account(before: Expression) -> bool:
    """Whether an ARN's beginning is that of the stack's own account."""
    at = next((n for n, part in enumerate(before) if part == Variable("AWS::AccountId")), None)
    if at is None or at + 1 != len(before) - 1:
        return False
    head = "".join(part if isinstance(part, str) else "${}" for part in before[:at])
    return bool(re.fullmatch(r"arn:(aws[\w-]*|\$\{\}):iam::", head))


def _matches(kind: str, name: Expression, text: Expression) -> bool:
    """Whether a text is an ARN pattern that the name fits, and that a generated name may not fit."""
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
