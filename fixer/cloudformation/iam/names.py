"""Where a template mentions IAM resources by their names instead of by references."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice, product

from msgspec import Struct

from fixer.cloudformation.expressions import OPAQUE, Expression, Part, Variable, alternatives, expression, merged
from fixer.cloudformation.iam.capabilities import NAME_PROPERTIES
from fixer.cloudformation.iam.mentions import ARN_KINDS, MentionKind, mention_kind
from fixer.cloudformation.intrinsics import children, intrinsic
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

_LABELS = ("Key", "PolicyName", "Sid", "Type")
_FILES = ("Code", "CodeUri", "ContentUri", "DefinitionUri", "Handler", "S3Key")
"""Where files are, and modules in them, which are often called like the role of the function."""
_READINGS = 32
"""At most so many values of one name are looked for."""


class Mention(Struct, frozen=True):
    """A place at which a template mentions an IAM resource by its name."""

    path: Path
    kind: MentionKind
    is_guess: bool = False
    """Whether the resource is likely to be meant, but not certainly: the mention has the value that a default or an
    allowed value gives the name, or an account in digits.
    """


class NameIndex:
    """An index of a template's texts, in which names are looked for without reading every text for every name."""

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
        for number in self._candidates(ARN_KINDS[type_name], name):
            path, text = self._texts[number]
            kind = mention_kind(type_name, name, path, text) if path[: len(own)] != own else None
            if kind is MentionKind.UNSURE and text == name and name in self._others:
                continue
            if kind is not None:
                yield Mention(path, kind, kind is MentionKind.LIKELY_ARN)
        sources = tuple(_source(part.name) for part in name if isinstance(part, Variable))
        for reading in readings(self._template, name):
            for number in self._candidates(ARN_KINDS[type_name], reading):
                path, text = self._texts[number]
                if path[: len(own)] == own or path[:2] in sources:
                    continue
                kind = mention_kind(type_name, reading, path, text)
                if kind is not None and (kind is not MentionKind.UNSURE or len(name) > 1):
                    yield Mention(path, kind, is_guess=True)

    def _candidates(self, kind: str, name: Expression) -> list[int]:
        """The numbers of the texts that may mention a name: those with its longest part, and all ARNs of its kind."""
        literal = max((part for part in name if isinstance(part, str)), key=len, default=None)
        found = self._holders(f":{kind}/")
        found |= (
            {n for part in name for n in self._variables.get(part, ())} if literal is None else self._holders(literal)
        )
        return sorted(found)

    def _holders(self, literal: str) -> set[int]:
        """The numbers of the texts that hold a literal."""
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
    index = NameIndex(template) if named else None
    return tuple(
        (mention.path, resource.id)
        for resource in named
        for name in alternatives(resource.properties[NAME_PROPERTIES[resource.type]], opaque=True)
        for mention in (index.mentions(resource.type, name, resource.path) if index else ())
        if mention.kind is not MentionKind.UNSURE
    )


def readings(template: Template, name: Expression) -> Iterator[Expression]:
    """What a name becomes with the defaults and allowed values of parameters, and with the values of mappings."""
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
    """Section and key of the parameter or mapping that gives a variable its value."""
    body = json.loads(name).get("Fn::FindInMap") if name.startswith("{") else None
    if isinstance(body, list) and len(body) > 2 and isinstance(body[0], str):
        return "Mappings", body[0]
    return "Parameters", name


def _texts(value: Value, path: Path) -> Iterator[tuple[Path, Expression]]:
    """The outermost values that make a string, each with its path; and what is inside functions whose result is not
    known.
    """
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
    """The names of resources other than those of IAM: a value that is one of them may be meant as such."""
    for resource in template.resources.values():
        for key, value in resource.properties.items():
            if not resource.type.startswith("AWS::IAM::") and str(key).endswith("Name"):
                name = expression(value, opaque=True)
                if name is not None:
                    yield name


def _labels(template: Template, path: Path) -> bool:
    """Whether what stands at ``path`` names or labels something else: a tag, a policy, a file, a resource by its own
    name.
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
