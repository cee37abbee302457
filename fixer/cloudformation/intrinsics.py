"""Intrinsic functions as plain long-form values, and the strings of ``Fn::Sub``.

Nothing here raises on a value of a wrong shape: it answers None, or sees nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from msgspec import Struct

from fixer.model import Path, Value

NO_VALUE: Value = {"Ref": "AWS::NoValue"}
"""The pseudo parameter that removes a property inside ``Fn::If``."""


def ref(logical_id: str) -> Value:
    return {"Ref": logical_id}


def get_att(logical_id: str, attribute: str) -> Value:
    return {"Fn::GetAtt": [logical_id, attribute]}


def sub(text: str, variables: dict[str, Value] | None = None) -> Value:
    return {"Fn::Sub": [text, variables] if variables else text}


def join(delimiter: str, values: Value) -> Value:
    """``values`` is a list, or an intrinsic that gives one."""
    return {"Fn::Join": [delimiter, values]}


def if_(condition: str, then: Value, otherwise: Value = NO_VALUE) -> Value:
    return {"Fn::If": [condition, then, dict(NO_VALUE) if otherwise is NO_VALUE else otherwise]}


def condition(name: str) -> Value:
    """A condition by its name, as a member of And, Or and Not."""
    return {"Condition": name}


def equals(left: Value, right: Value) -> Value:
    return {"Fn::Equals": [left, right]}


def not_(expression: Value) -> Value:
    return {"Fn::Not": [expression]}


def and_(*expressions: Value) -> Value:
    """CloudFormation wants two to ten expressions."""
    return {"Fn::And": list(expressions)}


def intrinsic(value: Value) -> str | None:
    """The name of the intrinsic that ``value`` is: "Ref", "Condition", "Fn::Sub" ...; None if it is none.

    ``Condition`` is one only over a string: an IAM statement's condition is a mapping.
    """
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((name, body),) = value.items()
    if not isinstance(name, str):
        return None
    if name == "Ref" or name.startswith("Fn::") or (name == "Condition" and isinstance(body, str)):
        return name
    return None


def ref_target(value: Value) -> str | None:
    """What a ``Ref`` names; None for every other value."""
    target = value["Ref"] if intrinsic(value) == "Ref" else None
    return target if isinstance(target, str) else None


def get_att_parts(value: Value) -> tuple[str, str] | None:
    """Logical id and attribute of a ``Fn::GetAtt``, written as list or string; None if not both are literal."""
    body = value["Fn::GetAtt"] if intrinsic(value) == "Fn::GetAtt" else None
    parts = body.split(".", 1) if isinstance(body, str) else body
    if isinstance(parts, list) and len(parts) > 1 and all(isinstance(part, str) for part in parts):
        return parts[0], ".".join(parts[1:])
    return None


def sub_body(value: Value) -> tuple[str, dict[str, Value]] | None:
    """The string of a ``Fn::Sub`` and its own variables, empty where there are none."""
    body = value["Fn::Sub"] if intrinsic(value) == "Fn::Sub" else None
    if isinstance(body, list) and body:
        body, variables = body[0], body[1] if len(body) > 1 else None
    else:
        variables = None
    if not isinstance(body, str):
        return None
    return body, variables if isinstance(variables, dict) else {}


class SubPart(Struct, frozen=True):
    """A piece of a Sub string: text, a variable ``${Name}`` or ``${Name.Attribute}``, or an escaped ``${!Literal}``.

    ``start`` and ``end`` count code points of the whole string; the texts of all parts, joined, are that string.
    """

    text: str
    start: int
    end: int
    name: str | None = None
    attribute: str | None = None
    literal: bool = False

    @property
    def variable(self) -> str | None:
        """All that stands in the braces of a variable, blanks stripped."""
        return self.name if self.attribute is None else f"{self.name}.{self.attribute}"

    @property
    def value(self) -> str:
        """What CloudFormation makes of it; a variable stays as it is written."""
        return "${" + self.text[3:] if self.literal else self.text


# Blanks inside the braces are allowed, as in cfn-lint's REGEX_SUB_PARAMETERS. Unlike there, a variable ends before the
# next `${`, so that the inner one of `${Outer${Inner}}` is seen. A name that CloudFormation rejects is a variable too.
_INSIDE = r"(?:(?!\$\{)[^}])*"
_PART = re.compile(rf"\$\{{(?:(?P<escape>!){_INSIDE}|\s*(?!\$\{{)(?P<variable>[^!\s}}]{_INSIDE}))\}}")
_BRACES = re.compile(rf"\$\{{(?={_INSIDE}\}})")


@lru_cache(maxsize=4096)  # most are asked for by several checks; an editor's server sees texts without end
def parse_sub(text: str) -> tuple[SubPart, ...]:
    """The parts of a Sub string, in order and without gaps. Adjacent text is one part; the empty string has none."""
    parts = []
    done = 0
    for match in _PART.finditer(text):
        start, end = match.span()
        if done < start:
            parts.append(SubPart(text[done:start], done, start))
        variable = match["variable"]
        if variable is None:
            parts.append(SubPart(match[0], start, end, literal=True))
        else:
            name, dot, attribute = variable.rstrip().partition(".")
            parts.append(SubPart(match[0], start, end, name, attribute if dot else None))
        done = end
    if done < len(text):
        parts.append(SubPart(text[done:], done, len(text)))
    return tuple(parts)


def map_sub(text: str, replace: Callable[[SubPart], str | None]) -> str:
    """The Sub string with each variable replaced by what ``replace`` gives for it; None keeps it as it is."""
    out = []
    for part in parse_sub(text):
        new = None if part.name is None else replace(part)
        out.append(part.text if new is None else new)
    return "".join(out)


def rename_variable(text: str, old: str, new: str, *, bound: Collection[str] = ()) -> str:
    """The Sub string in which ``${old}`` and ``${old.Attribute}`` name ``new``.

    ``bound``: the Sub's own variables, which are left alone.
    """

    def rename(part: SubPart) -> str | None:
        if part.name != old or part.variable in bound:
            return None
        return part.text.replace(old, new, 1)

    return map_sub(text, rename)


def escape_sub(text: str) -> str:
    """A Sub string that gives ``text`` itself: ``${`` becomes ``${!`` wherever it would begin a variable."""
    return _BRACES.sub("${!", text)


def literal_text(value: Value) -> str | None:
    """The text that a plain string, or a Sub without variables, always gives; None for everything else."""
    if isinstance(value, str):
        return value
    body = sub_body(value)
    parts = None if body is None else parse_sub(body[0])
    if parts is None or any(part.name is not None for part in parts):
        return None
    return "".join(part.value for part in parts)


def children(value: Value) -> Iterator[tuple[str | int, Value]]:
    """Key or index and value of each entry of a collection; nothing for a scalar."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def walk(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """``value`` at ``path`` and all that is inside it, depth first, in document order."""
    stack: list[tuple[Path, Value]] = [(path, value)]
    while stack:
        place = stack.pop()
        yield place
        here, item = place
        if isinstance(item, dict):
            stack.extend([((*here, key), child) for key, child in item.items()][::-1])
        elif isinstance(item, list):
            stack.extend([((*here, index), child) for index, child in enumerate(item)][::-1])


def collections(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """The mappings and lists among what ``walk`` gives."""
    stack: list[tuple[Path, Value]] = [(path, value)] if isinstance(value, dict | list) else []
    while stack:
        place = stack.pop()
        yield place
        here, item = place
        pairs = item.items() if isinstance(item, dict) else enumerate(item)
        stack += [((*here, key), child) for key, child in pairs if isinstance(child, dict | list)][::-1]


def value_at(value: Value, path: Path, default: Value = None) -> Value:
    """What lies at ``path`` inside ``value``; ``default`` if there is no such place."""
    for key in path:
        if isinstance(value, dict):
            if key not in value:
                return default
            value = value[key]
        elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            return default
    return value
