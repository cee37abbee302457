"""What a template refers to, and where: ``Ref``, ``Fn::GetAtt``, ``Fn::Sub``, ``DependsOn``, conditions, mappings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from fixer.cloudformation.intrinsics import children, intrinsic, parse_sub, sub_body, value_at
from fixer.model import Path, Value

Kind: TypeAlias = Literal["Ref", "GetAtt", "Sub", "DependsOn", "Condition", "If", "FindInMap", "ValueOf", "Id"]

LOOP = "Fn::ForEach::"
"""Begin of the key of a loop; the loop's name follows."""

_COLLECTIONS = (dict, list)
_SAM_KEYS = frozenset({"RestApiId", "ApiId", "Id"})


class Reference(Struct, frozen=True):
    """One mention of a resource, parameter, pseudo parameter, condition or mapping.

    ``kind``: "Condition" is the attribute of a resource or output and the function of that name, "If" the condition of
    a ``Fn::If``, "Id" a logical id that SAM takes as plain text.
    ``path``: of the intrinsic; of the string for "Sub" (one reference a variable), "DependsOn", "Id" and the attribute
    "Condition".
    """

    kind: Kind
    target: str
    attribute: str | None
    path: Path
    name_path: Path
    """Path of the string that holds the name: alone, or in a Sub or before an attribute."""
    opaque: bool = False
    """Inside a loop, a module or a macro's parameters: what comes of it is known to CloudFormation only."""

    @property
    def owner(self) -> Path:
        """Section and name of the entry that refers: ``("Resources", "Role")``."""
        return self.path[:2]

    @property
    def section(self) -> str:
        """The namespace of the target: "Resources" (shared by parameters), "Conditions" or "Mappings"."""
        if self.kind in ("Condition", "If"):
            return "Conditions"
        return "Mappings" if self.kind == "FindInMap" else "Resources"


class _Role(Enum):
    ENTRIES = "the mapping of the resources, outputs or conditions"
    BODY = "the body of a resource or an output"
    DEPENDS_ON = "the value of DependsOn"
    CONDITION = "a place where a condition is due"
    VALUE = "any other value"


class _Place(Struct, frozen=True):
    path: Path
    value: Value
    role: _Role
    bound: frozenset[str] = frozenset()
    """Loop variables in scope."""
    opaque: bool = False

    def child(self, key: str | int, value: Value, role: _Role = _Role.VALUE, *, opaque: bool = False) -> _Place:
        return _Place((*self.path, key), value, role, self.bound, opaque or self.opaque)


def is_module(body: Value) -> bool:
    """Whether a resource's body calls a registered module."""
    kind = body.get("Type") if isinstance(body, dict) else None
    return isinstance(kind, str) and kind.endswith("::MODULE")


def collect(path: Path, value: Value, sam: Collection[str] | None) -> tuple[Reference, ...]:
    """Every reference in an entry of a template, ``("Resources", "Role")``, or in a section without entries, in
    document order.

    ``sam``: the logical ids of resources, where SAM takes such an id as plain text for a reference; None: it does not.
    """
    return tuple(found for place in _section(path, value) for found in _inside(place, sam, value))


def _inside(place: _Place, sam: Collection[str] | None, entry: Value) -> Iterator[Reference]:
    stack = [place]
    while stack:
        place = stack.pop()
        if isinstance(place.value, str):
            if place.role is _Role.DEPENDS_ON:
                yield _made("DependsOn", place.value, None, place, place.path)
            elif place.role is _Role.CONDITION:
                yield _made("Condition", place.value, None, place, place.path)
            elif sam is not None and place.value in sam and _is_sam_id(place.path, entry):
                yield _made("Id", place.value, None, place, place.path)
        else:
            name = intrinsic(place.value) if place.role in (_Role.VALUE, _Role.CONDITION) else None
            for found in _references(name, place) if name else ():
                if found.target not in place.bound:
                    yield found if sam is None else _with_sam_attribute(found, sam)
            if name is None or isinstance(place.value[name], dict | list):
                stack += _below(name, place)[::-1]


def _with_sam_attribute(found: Reference, resources: Collection[str]) -> Reference:
    """SAM has attributes of its own after a ``Ref``, such as ``!Ref Function.Version``."""
    head, _, rest = found.target.partition(".")
    return replace(found, target=head, attribute=rest) if found.kind == "Ref" and rest and head in resources else found


def _section(path: Path, value: Value) -> Iterator[_Place]:
    """The part of a section that an entry is, or all of it."""
    key = path[0]
    section = {path[1]: value} if len(path) > 1 else value
    if key in ("Resources", "Outputs", "Conditions"):
        yield _Place((key,), section, _Role.ENTRIES)
    elif key in ("Rules", "Hooks", "Globals"):
        yield _Place((key,), section, _Role.VALUE)
    elif key in ("Transform", "Fn::Transform"):
        yield _Place((key,), section, _Role.VALUE, opaque=True)
    elif isinstance(section, dict) and "Fn::Transform" in section:  # parameters and the like hold no other
        yield _Place((key, "Fn::Transform"), section["Fn::Transform"], _Role.VALUE, opaque=True)


def _below(name: str | None, place: _Place) -> list[_Place]:
    """The places inside ``place`` that may hold references."""
    if name in ("Fn::And", "Fn::Or", "Fn::Not", "Fn::If") and isinstance(place.value[name], list):
        body = place.child(name, place.value[name])
        due = (index == 0 if name == "Fn::If" else place.role is _Role.CONDITION for index in range(len(body.value)))
        # A string there is no function; the name in `Fn::If` is a reference of its own kind.
        return [
            body.child(index, item, _Role.CONDITION if is_due and isinstance(item, dict) else _Role.VALUE)
            for (index, item), is_due in zip(enumerate(body.value), due, strict=True)
        ]
    is_plain = place.role is _Role.VALUE
    found: list[_Place] = []
    for key, item in children(place.value):
        if isinstance(key, str) and key.startswith(LOOP) and isinstance(item, list) and len(item) > 2:
            found += _loop(place.child(key, item, opaque=True), place.role)
        elif is_plain:  # most of a template
            if isinstance(item, _COLLECTIONS) or key in _SAM_KEYS:
                opaque = place.opaque or key == "Fn::Transform"
                found.append(_Place((*place.path, key), item, _Role.VALUE, place.bound, opaque))
        else:
            role = _role(place, key, item)
            if role is not _Role.VALUE or isinstance(item, _COLLECTIONS):
                opaque = key == "Fn::Transform" or (role is _Role.BODY and is_module(item))
                found.append(place.child(key, item, role, opaque=opaque))
    return found


def _role(place: _Place, key: str | int, item: Value) -> _Role:
    if place.role is _Role.ENTRIES:
        if place.path[0] != "Conditions":
            return _Role.BODY
        return _Role.CONDITION if isinstance(item, dict) else _Role.VALUE
    if place.role is _Role.BODY and key == "Condition":
        return _Role.CONDITION
    if place.role is _Role.BODY and key == "DependsOn":
        return _Role.DEPENDS_ON
    return _Role.DEPENDS_ON if place.role is _Role.DEPENDS_ON and isinstance(item, str) else _Role.VALUE


def _loop(place: _Place, role: _Role) -> Iterator[_Place]:
    """A loop's collection, and its fragment, in which the loop's variables are no references."""
    variables, collection, fragment = place.value[:3]
    variables = variables if isinstance(variables, list) else [variables]
    names = frozenset(name for name in variables if isinstance(name, str))
    yield place.child(1, collection)
    inside = place.child(2, fragment, role)
    yield replace(inside, bound=inside.bound | names)


def _references(name: str, place: _Place) -> Iterator[Reference]:
    """The references that the intrinsic ``name`` at ``place`` is by itself."""
    body = place.value[name]
    at = (*place.path, name)
    first = body[0] if isinstance(body, list) and body else None
    if name == "Ref" and isinstance(body, str):
        yield _made("Ref", body, None, place, at)
    elif name == "Condition" and place.role is _Role.CONDITION:
        yield _made("Condition", body, None, place, at)
    elif name == "Fn::GetAtt" and isinstance(body, str):
        target, _, attribute = body.partition(".")
        yield _made("GetAtt", target, attribute or None, place, at)
    elif name == "Fn::GetAtt" and isinstance(first, str):
        rest = body[1:]
        literal = rest and all(isinstance(part, str) for part in rest)
        yield _made("GetAtt", first, ".".join(rest) if literal else None, place, (*at, 0))
    elif name == "Fn::If" and isinstance(first, str):
        yield _made("If", first, None, place, (*at, 0))
    elif name == "Fn::FindInMap" and isinstance(first, str):
        yield _made("FindInMap", first, None, place, (*at, 0))
    elif name == "Fn::ValueOf" and isinstance(first, str):
        yield _made("ValueOf", first, None, place, (*at, 0))
    elif name == "Fn::Sub":
        text, own = sub_body(place.value) or ("", {})
        where = (*at, 0) if isinstance(body, list) else at
        for part in parse_sub(text):
            if part.name is not None and part.variable not in own:
                yield replace(_made("Sub", part.name, part.attribute, place, where), path=where)


def _made(kind: Kind, target: str, attribute: str | None, place: _Place, name_path: Path) -> Reference:
    return Reference(kind, target, attribute, place.path, name_path, place.opaque)


def _is_sam_id(path: Path, entry: Value) -> bool:
    """Whether SAM takes the string at ``path`` for a logical id: the API of an event, an end of a connector."""
    if len(path) < 5 or path[0] != "Resources":
        return False
    if path[2:4] == ("Properties", "Events") and path[5:6] == ("Properties",):
        return path[6:] in (("RestApiId",), ("ApiId",))
    if path[2] == "Connectors":
        rest = path[4:]
    elif value_at(entry, ("Type",)) == "AWS::Serverless::Connector":
        rest = path[2:]
    else:
        return False
    ends = tuple(key for key in rest if not isinstance(key, int))
    return ends in (("Properties", "Source", "Id"), ("Properties", "Destination", "Id"))
