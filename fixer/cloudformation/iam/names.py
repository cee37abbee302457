"""Where a template speaks of an IAM resource by its name: as a name, as the end of an ARN, in a pattern, or inside
another text.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from itertools import accumulate, islice, product

from msgspec import Struct

from fixer.cloudformation.expressions import (
    OPAQUE,
    Expression,
    Part,
    Variable,
    alternatives,
    expression,
    find,
    find_all,
    merged,
)
from fixer.cloudformation.iam.capabilities import NAME_PROPERTIES
from fixer.cloudformation.intrinsics import children, intrinsic
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
_ARN_HEAD = re.compile(
    r"arn:(?:aws[\w-]*|\$\{AWS::Partition\}):iam::(\$\{[A-Za-z0-9:]+\}|\d{12}):[a-z-]+/(?:[\w+=,.@${}:-]+/)*"
)
_LOCAL_KEYS = re.compile(r"^(Service|Execution|Task)?Role$|RoleA(rn|RN)$|^ManagedPolicyArns$|^PermissionsBoundary$")
_SAMPLES = frozenset({"123456789012", "111122223333", "444455556666", *(digit * 12 for digit in "0123456789")})
"""Accounts of the documentation."""
_GOES_ON = re.compile(r"[\w@-]|\.\w")
_COMES_FROM = re.compile(r"([\w@-]|\w\.)$")
"""Names may hold +, = and a comma too, which are found between names and around them."""
_LABELS = ("Key", "PolicyName", "Sid", "Type")
_FILES = ("Code", "CodeUri", "ContentUri", "DefinitionUri", "Handler", "S3Key")
"""Where files are, and modules in them, which are often called like the role of the function."""
_SPECIFIC = 8
"""So many literal characters make a name that stands for nothing else by chance."""
_READINGS = 32
"""So many values of one name are looked for at most."""


class Sort(Enum):
    """How a name is mentioned."""

    NAME = auto()
    ARN = auto()
    LIKELY_ARN = auto()
    """The account is not the stack's own for sure, but a resource of another one could not stand there."""
    UNSURE = auto()
    """It is there, but what it is there for cannot be known."""


class Mention(Struct, frozen=True):
    path: Path
    sort: Sort
    is_guess: bool = False
    """Whether the resource is meant in all likelihood, but not for sure: it is mentioned by what the name comes to with
    a default or an allowed value, or with an account in digits.
    """


class Speech:
    """All that a template says, in which names are looked for."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._others = frozenset(_other_names(template))
        self._texts = [
            (path, text)
            for section in ("Parameters", "Mappings", "Globals", "Resources", "Outputs")
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
            if sort is Sort.UNSURE and text == name and name in self._others:
                continue
            if sort is not None:
                yield Mention(path, sort, sort is Sort.LIKELY_ARN)
        sources = tuple(_source(part.name) for part in name if isinstance(part, Variable))
        for reading in readings(self._template, name):
            for number in self._candidates(_ARN_KINDS[type_name], reading):
                path, text = self._texts[number]
                if path[: len(own)] == own or path[:2] in sources:
                    continue
                sort = _sort(type_name, reading, path, text)
                if sort is not None and (sort is not Sort.UNSURE or len(name) > 1):
                    yield Mention(path, sort, is_guess=True)

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


@lru_cache(maxsize=1)
def named_references(template: Template) -> tuple[tuple[Path, str], ...]:
    """Where IAM resources are meant by name or ARN and not by a reference, each with the logical id."""
    named = [r for r in template.resources.values() if NAME_PROPERTIES.get(r.type) in r.properties]
    speech = Speech(template) if named else None
    return tuple(
        (mention.path, resource.id)
        for resource in named
        for name in alternatives(resource.properties[NAME_PROPERTIES[resource.type]], opaque=True)
        for mention in (speech.mentions(resource.type, name, resource.path) if speech else ())
        if mention.sort is not Sort.UNSURE
    )


def readings(template: Template, name: Expression) -> Iterator[Expression]:
    """What a name comes to with the defaults and allowed values of parameters, and the values of mappings."""
    choices = [_values(template, part) if isinstance(part, Variable) else [part] for part in name]
    for parts in islice(product(*choices), _READINGS):
        found = merged(parts)
        if found != name:
            yield found


def _values(template: Template, variable: Variable) -> list[Part]:
    section, key = _source(variable.name)
    if section == "Mappings":
        *_, second = json.loads(variable.name)["Fn::FindInMap"][:3]
        rows = [row for row in template.mappings.get(key, {}).values() if isinstance(row, dict)]
        found = [row[second] for row in rows if isinstance(second, str) and isinstance(row.get(second), str)]
    elif key in template.parameters:
        parameter = template.parameters[key]
        found = [value for value in (parameter.default, *parameter.allowed_values) if isinstance(value, str)]
    else:
        found = []
    return list(dict.fromkeys(found)) or [variable]


def _source(name: str) -> tuple[str, str]:
    """Section and key of the parameter or mapping that a variable is of."""
    body = json.loads(name).get("Fn::FindInMap") if name.startswith("{") else None
    if isinstance(body, list) and len(body) > 2 and isinstance(body[0], str):
        return "Mappings", body[0]
    return "Parameters", name


def _texts(value: Value, path: Path) -> Iterator[tuple[Path, Expression]]:
    """The outermost string-making values, each with its path; and what is inside of those that nothing is known of."""
    found = expression(value, opaque=True)
    if found is not None:
        yield path, found
    if found is None or intrinsic(value) in OPAQUE:
        for key, inner in children(value):
            yield from _texts(inner, (*path, key))
    elif expression(value) is None:
        yield from _in_parts(value, path)


def _in_parts(value: Value, path: Path) -> Iterator[tuple[Path, Expression]]:
    """The texts inside of the functions that are parts of a text."""
    for key, inner in children(value):
        if intrinsic(inner) in OPAQUE:
            for name, body in children(inner):
                yield from _texts(body, (*path, key, name))
        else:
            yield from _in_parts(inner, (*path, key))


def _other_names(template: Template) -> Iterator[Expression]:
    """The names of resources that are none of IAM's: a value may be one of these just as well."""
    for resource in template.resources.values():
        for key, value in resource.properties.items():
            if not resource.type.startswith("AWS::IAM::") and str(key).endswith("Name"):
                name = expression(value, opaque=True)
                if name is not None:
                    yield name


def _labels(template: Template, path: Path) -> bool:
    """Whether a place names or labels something else: a tag, a policy, a file, another resource by its own name
    property.
    """
    keys = [key for key in path if isinstance(key, str) and not key.startswith("Fn::")]
    if keys[-1] in (*_LABELS, *_FILES) or (keys[-1] == "Value" and any("Tags" in key for key in keys)):
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
    literal = sum(len(part) if isinstance(part, str) else _SPECIFIC * (part.name[0] == "{") for part in name)
    if text == name:
        return _whole(type_name, literal, path)
    places = (found for found in find_all(name, text) if not _continues(found[0], -1) and not _continues(found[1], 0))
    found = next(places, None)
    if found is None:
        return Sort.UNSURE if _matches(_ARN_KINDS[type_name], name, text) else None
    before, behind = found
    kind = _kind(before)
    if kind is not None:
        if kind == "assumed-role" and type_name == "AWS::IAM::Role":
            return Sort.UNSURE
        if kind != _ARN_KINDS[type_name]:
            return None
        account = _account(before) if not behind else ""
        if account == "${AWS::AccountId}":
            return Sort.ARN
        return Sort.LIKELY_ARN if account and (account in _SAMPLES or _is_local(path)) else Sort.UNSURE
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
    if end == 0:
        return bool(_GOES_ON.match(part))
    return bool(_COMES_FROM.search(part[-3:])) and not part.endswith("arn:")


def _kind(before: Expression) -> str | None:
    """The kind of resource whose ARN goes on with a name, ``role`` for ``arn:...:role/path/``."""
    found = re.search(r":([a-z-]+)/(?:[\w+=,.@${}:-]+/)*$", _written(before))
    return found[1] if found else None


def _account(before: Expression) -> str:
    """The account in the beginning of an ARN of IAM; empty if it is not known."""
    found = _ARN_HEAD.fullmatch(_written(before))
    return found[1] if found else ""


def _is_local(path: Path) -> bool:
    """Whether what stands there has to be of the account of the stack: the role of a resource, a policy of a role."""
    keys = [key for key in path if isinstance(key, str) and not key.startswith("Fn::")]
    return path[0] == "Resources" and "Variables" not in keys and bool(_LOCAL_KEYS.search(keys[-1]))


def _written(text: Expression) -> str:
    return "".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in text)


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
