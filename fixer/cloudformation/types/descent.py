"""The values of a resource beside the parts of the provider schema that describe them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.types.conversions import fits
from fixer.cloudformation.types.schemas import Node, ResourceSchema, schema
from fixer.model import Path, Value


class Described(Struct, frozen=True):
    """A value below ``Properties``, or all of them, and what the schema says of it."""

    path: Path
    value: Value
    node: Node
    known: ResourceSchema

    @property
    def pointer(self) -> str:
        """The names that lead to it, dotted, without functions and indexes."""
        names = self.path[self.path.index("Properties") + 1 :]
        return ".".join(str(name) for name in names if isinstance(name, str) and not name.startswith("Fn::"))

    @property
    def is_variable(self) -> bool:
        """Whether it is an environment variable of a Lambda function: a text, although the schema admits anything."""
        return self.path[-2:-1] == ("Variables",) and self.known.type_name.endswith("::Function")

    @property
    def types(self) -> frozenset[str]:
        """JSON types that it may have; empty if the schema does not say."""
        return self.known.types_of(self.node) - {"null"}


def described(resource: Resource) -> Iterator[Described]:
    """The properties of a resource, as one value and each by itself, as far in as the schema knows them.

    Branches of ``Fn::If`` count in its place; no other function is looked into. Custom resources, modules and types
    without a schema have none, and so has what a macro or a loop makes of the properties.
    """
    known = schema(resource.type) if resource.type else None
    if known is not None and resource.has_known_properties and isinstance(resource.body.get("Properties"), dict):
        yield from _inside(resource.property_path(), resource.properties, known.top, known)


def _inside(path: Path, value: Value, node: Node, known: ResourceSchema) -> Iterator[Described]:
    name = intrinsic(value)
    body = value[name] if name else None
    if name == "Fn::If" and isinstance(body, list) and len(body) == 3:
        for index in (1, 2):
            yield from _inside((*path, name, index), body[index], node, known)
        return
    yield Described(path, value, node, known)
    if any(_takes_any_object(view) for view in known.views(node)):
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            for below in _only(known, node, index):
                yield from _inside((*path, index), item, below, known)
    elif isinstance(value, dict) and name is None:
        for key, item in value.items():
            for below in _only(known, node, key) if isinstance(key, str) else ():
                yield from _inside((*path, key), item, below, known)


def _only(known: ResourceSchema, node: Node, step: str | int) -> tuple[Node, ...]:
    """What the schema says of the value at ``step``; nothing where alternatives say different things of it."""
    found = known.all_below(node, step)
    return found if len(found) == 1 else ()


def _takes_any_object(view: Node) -> bool:
    """Whether a schema, or one alternative of it, says of an object nothing but that it is one."""
    says = {"properties", "patternProperties", "additionalProperties", "required", "anyOf", "oneOf", "allOf"}
    return view.get("type") == "object" and says.isdisjoint(view)


def names_taken(one: Described) -> frozenset[str] | None:
    """The names of the entries that an object takes, read-only ones excepted; None if it takes others, or is none."""
    return _names(one.known, one.node, is_top=one.path[-1] == "Properties" and one.pointer == "")


def names_of(known: ResourceSchema, node: Node) -> frozenset[str] | None:
    """The same of an object that may be somewhere below the properties, as the schema has it."""
    return _names(known, node, is_top=False)


def _names(known: ResourceSchema, node: Node, *, is_top: bool) -> frozenset[str] | None:
    views = known.views(known.document if is_top else node)
    closed = any(view.get("additionalProperties") is False for view in views)
    if not closed or any("patternProperties" in view for view in views):
        return None
    names = {name for view in views for name in view.get("properties", ())}
    return frozenset(names - {pointer[0] for pointer in known.read_only if is_top and len(pointer) == 1})


def may_be(known: ResourceSchema, node: Node | None, value: Value) -> bool:
    """Whether a value may be one that ``node`` describes, as far as its shape tells."""
    types = known.types_of(node) - {"null"} if node is not None else frozenset()
    if not types or intrinsic(value):
        return True
    if isinstance(value, dict):
        return "object" in types
    if isinstance(value, list):
        return "array" in types
    return value is None or (not types <= {"object", "array"} and fits(value, types))
