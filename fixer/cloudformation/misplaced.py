"""Properties that stand at a place which does not take them, and the places that do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from fixer.cloudformation.closeness import close, words
from fixer.cloudformation.entries import ATTRIBUTES, ATTRIBUTES_OF_SAM, Resource
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.conversions import matches
from fixer.cloudformation.types.descent import Described, described, may_be, names_of, names_taken
from fixer.cloudformation.types.schemas import ResourceSchema, schema
from fixer.model import Path, Value

_TEXTS = frozenset({"Condition", "DeletionPolicy", "UpdateReplacePolicy"})
_OBJECTS = frozenset({"Metadata", "CreationPolicy", "UpdatePolicy"})


class Misplaced(Struct, frozen=True):
    """Entries of one mapping that all belong into another one. ``reason``: why that is not sure."""

    path: Path
    """Of the mapping in which they stand."""
    keys: tuple[str, ...]
    place: Path = ()
    """Of the mapping into which they belong; it may not be there yet."""
    reason: str = ""


def misplaced_properties(template: Template, resource: Resource) -> Iterator[Misplaced]:
    """Those of a resource, for which the schema has one place one level up or down from where they are.

    What stands beside ``Properties`` counts, and attributes of the resource among its properties.
    """
    known = schema(resource.type) if resource.type else None
    if known is None or not resource.has_known_properties:
        return
    yield from _beside(resource, known)
    found = {one.path: one for one in described(resource)}
    for one in found.values():
        names = names_taken(one) if isinstance(one.value, dict) and not intrinsic(one.value) else None
        if names is None:
            continue
        if one.path == resource.property_path():
            names |= known.properties & one.value.keys()
            attributes = [key for key in one.value if _is_attribute(template, resource, key, one.value[key], names)]
            yield from (Misplaced(one.path, (key,), resource.path) for key in attributes)
            names |= set(attributes)
        strange = [key for key in one.value if isinstance(key, str) and key not in names and _is_name(key)]
        strange = [key for key in strange if not close(key, names, units=True).names]
        yield from _placed(one, found.get(one.path[:-1]), strange) if strange else ()


def _is_name(key: str) -> bool:
    return not key.startswith("Fn::") and "${" not in key


def _beside(resource: Resource, known: ResourceSchema) -> Iterator[Misplaced]:
    for key in resource.body:
        if key in ATTRIBUTES or key in ATTRIBUTES_OF_SAM or key not in known.properties or (key,) in known.read_only:
            continue
        if may_be(known, known.below(known.top, key), resource.body[key]):
            there = key in resource.properties
            reason = f"its properties have a {key} already" if there else ""
            yield Misplaced(resource.path, (key,), resource.property_path(), reason)


def _is_attribute(template: Template, resource: Resource, key: Value, value: Value, names: frozenset[str]) -> bool:
    """Whether an entry among the properties is an attribute of the resource, which has none of the name."""
    if key in names or key in resource.body:
        return False
    if key == "DependsOn":
        listed = value if isinstance(value, list) else [value]
        return bool(listed) and all(isinstance(name, str) and name in template.resources for name in listed)
    if key == "Condition":
        return isinstance(value, str) and value in template.conditions
    return (key in _TEXTS and isinstance(value, str)) or (key in _OBJECTS and isinstance(value, dict))


def _placed(one: Described, above: Described | None, strange: list[str]) -> Iterator[Misplaced]:
    places: dict[str, list[str | None]] = {key: list(_places(one, above, key)) for key in strange}
    together = [key for key in strange if any(place is not None for place in places[key])]
    groups: dict[str | None, list[str]] = {}
    for key, found in places.items():
        # Of several objects that take one of the entries, the one that takes all of them is meant.
        all_taking = [p for p in found if p is not None and all(p in places[other] for other in together)]
        best = found if len(found) < 2 or None in found or len(all_taking) != 1 else all_taking
        if len(best) == 1:
            groups.setdefault(best[0], []).append(key)
        elif best:
            names = " or ".join("one level up" if place is None else place for place in best)
            yield Misplaced(one.path, (key,), reason=f"it may belong into {names}")
    for place, keys in groups.items():
        target = one.path[:-1] if place is None else (*one.path, place)
        yield Misplaced(one.path, tuple(keys), target, _doubt(one, above, place, keys))


def _places(one: Described, above: Described | None, key: str) -> Iterator[str | None]:
    """The objects among the properties of ``one`` that take an entry, and None for the object around it."""
    value, known = one.value[key], one.known
    if above is not None and isinstance(above.value, dict) and isinstance(one.path[-1], str):
        taken = names_taken(above)
        if taken is not None and key in taken and may_be(known, known.below(above.node, key), value):
            yield None
    for name in sorted(names_taken(one) or ()):
        inner = known.below(one.node, name)
        taken = names_of(known, inner) if inner is not None and known.types_of(inner) == {"object"} else None
        if inner is not None and taken and key in taken and may_be(known, known.below(inner, key), value):
            yield name


def _doubt(one: Described, above: Described | None, place: str | None, keys: list[str]) -> str:
    """Why the place may not be the right one; "" if it is."""
    named = "one level up" if place is None else place
    there = above.value if place is None and above is not None else one.value.get(place, {})
    if not isinstance(there, Mapping) or intrinsic(there):
        return f"{named} is made by a function"
    taken = [key for key in keys if key in there]
    if taken:
        return f"there is a {taken[0]} {'' if place is None else 'in '}{named} already"
    if len(keys) == 1 and keys[0] != "Tags" and len(words(keys[0])) == 1:
        return f"it would have its place {'' if place is None else 'in '}{named}, and many things are called so"
    node = one.known.below(one.node, place) if place is not None and place not in one.value else None
    views = one.known.views(node) if node is not None else ()
    lacking = sorted({name for view in views[:1] for name in view.get("required", ())}.difference(keys))
    return f"{named} would need {lacking[0]}, too" if lacking else ""


def only_entry(one: Described) -> str | None:
    """The one entry that a scalar or a function must be meant for where an object is due; None if that is not sure.

    That is the object's only property, or the only one of its properties that takes such a value: the only boolean, or
    the only enumeration that has the word.
    """
    names = names_of(one.known, one.node)
    if not names or one.types != {"object"}:
        return None
    required = {name for view in one.known.views(one.node) for name in view.get("required", ())}
    found = [name for name in sorted(names) if _takes(one, name, len(names) == 1)]
    return found[0] if len(found) == 1 and required <= set(found) else None


def _takes(one: Described, name: str, alone: bool) -> bool:
    node = one.known.below(one.node, name) or {}
    types, value = one.known.types_of(node) - {"null"}, one.value
    if isinstance(value, bool):
        return types == {"boolean"}
    if isinstance(value, int | float):
        return bool(types) and types <= {"integer", "number"} and (types != {"integer"} or value == int(value))
    if types != {"string"}:
        return False
    if isinstance(value, str) and "enum" in node:
        return value in node["enum"]
    return alone and (not isinstance(value, str) or matches(value, node.get("pattern")))
