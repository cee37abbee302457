"""The tags that a resource has, in whatever shape its type has them, and the operations that add to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, expression
from fixer.cloudformation.intrinsics import NO_VALUE, intrinsic
from fixer.cloudformation.limits import TAGS
from fixer.cloudformation.tags.known_parameters import fold, fold_whole
from fixer.cloudformation.tags.shapes import TagShape, TagSpec
from fixer.cloudformation.template import Template
from fixer.model import Append, Insert, Operation, Path, Set, Value

_SAM = "AWS::Serverless::"
_HTTP_API = "AWS::Serverless::HttpApi"
_APPLICATION = "AWS::Serverless::Application"


class Unknown(Exception):
    """What tags a resource has cannot be told, or none can be added; the message is the reason."""


class Tag(Struct, frozen=True):
    """One tag of a resource."""

    key: Expression
    value: Value
    path: Path | None
    """Where its value stands, if it is the resource's own and always there; else None."""
    conditional: bool = False
    """Whether it is there under a condition only."""

    @property
    def name(self) -> str | None:
        """The key, if it is literal."""
        return self.key[0] if len(self.key) == 1 and isinstance(self.key[0], str) else None

    def is_any(self, names: Collection[str]) -> bool:
        """Whether the key, folded, is one of the names for sure."""
        return self.name is not None and fold(self.name) in names

    def may_be_any(self, names: Collection[str]) -> bool:
        """Whether the key is known only when a stack is made, and may be one of the names then."""
        if self.name is not None:
            return False
        pattern = "".join(re.escape(fold_whole(part)) if isinstance(part, str) else ".*" for part in self.key)
        return any(re.fullmatch(pattern, name) for name in names)


class ResourceTags(Struct, frozen=True):
    """The tags of one resource."""

    resource: Resource
    spec: TagSpec
    tags: tuple[Tag, ...]
    """Those of SAM's ``Globals`` included."""

    @property
    def path(self) -> Path:
        """Where the tag property is, or the resource if it has none."""
        name = self.spec.property_name
        return self.resource.property_path(name) if name in self.resource.properties else self.resource.path

    @property
    def room(self) -> int:
        """How many more tags the resource may have."""
        return max(0, min(TAGS, self.spec.max_items or TAGS) - len(self.tags) - self._from_sam)

    @property
    def _from_sam(self) -> int:
        """Tags that SAM adds, such as ``lambda:createdBy`` (samtranslator, ``_construct_tag_list``)."""
        if self.resource.type == _APPLICATION:
            return 3
        return 1 if self.resource.type.startswith(_SAM) else 0

    def has(self, names: Collection[str]) -> bool:
        """Whether one of the names, folded, is a key with a value, be it under a condition."""
        return any(tag.is_any(names) and (tag.conditional or not is_void(tag.value)) for tag in self.tags)

    def void(self, names: Collection[str]) -> Path | None:
        """Where the value of a tag with one of the names is null or removed: it waits for one."""
        return next((t.path for t in self.tags if t.path and t.is_any(names) and is_void(t.value)), None)

    def add(self, new: Mapping[str, Value]) -> Iterator[Operation]:
        """The operations that add tags behind those that are there. The keys must be new."""
        spec, resource = self.spec, self.resource
        path = resource.property_path(spec.property_name)
        found: Value = resource.get(spec.property_name)
        entries = [spec.entry(key, value) for key, value in new.items()]
        if not new:
            return
        if spec.property_name not in resource.properties:
            yield Insert(path, spec.value(new))
        elif is_void(found):
            yield Set(path, spec.value(new))
        elif spec.is_mapping:
            yield from (Insert((*path, key), value) for key, value in new.items())
        elif spec.shape is not TagShape.SPECIFICATIONS:
            yield from _append(resource.property_path(*spec.list_path), resource.get(*spec.list_path), entries)
        else:
            own = next((i for i, item in enumerate(found) if _names(item, spec)), None)
            if own is None:
                yield Append(path, spec.value(new)[0])
            else:
                yield from _append((*path, own, "Tags"), found[own].get("Tags"), entries)


def resource_tags(template: Template, resource: Resource, spec: TagSpec) -> ResourceTags:
    """The tags of a resource whose type has them as ``spec`` says. Raises Unknown."""
    if not resource.has_known_properties:
        raise Unknown("a macro, a loop or an intrinsic makes its properties")
    if resource.type == _HTTP_API:
        _check_http_api(resource)
    found = resource.get(spec.property_name)
    path = resource.property_path(spec.property_name)
    if spec.shape is TagShape.SPECIFICATIONS:
        own = _specified(found, path, spec)
    elif spec.shape is TagShape.ITEMS and not is_void(found):
        own = _listed(_mapping(found, path).get("Items"), (*path, "Items"), spec)
    else:
        own = _mapped(found, path) if spec.is_mapping else _listed(found, path, spec)
    return ResourceTags(resource, spec, (*own, *_global_tags(template, resource, spec)))


def is_void(value: Value) -> bool:
    """Whether a value is null or removed."""
    return value is None or bool(value == NO_VALUE)


def _global_tags(template: Template, resource: Resource, spec: TagSpec) -> Iterator[Tag]:
    """Those that SAM merges in from ``Globals`` (SAM specification, "Globals section")."""
    if resource.type.startswith(_SAM):
        path = ("Globals", resource.type.removeprefix(_SAM), spec.property_name)
        for tag in _mapped(template.value_at(path), path):
            yield Tag(tag.key, tag.value, None)


def _check_http_api(resource: Resource) -> None:
    """SAM writes the tags of an HTTP API into its definition (samtranslator, ``HttpApiGenerator._add_tags``)."""
    definition = resource.get("DefinitionBody")
    if not is_void(resource.get("DefinitionUri")):
        raise Unknown("SAM takes no tags of an HTTP API together with DefinitionUri")
    if definition is None:
        return
    known = isinstance(definition, dict) and isinstance(definition.get("paths"), dict)
    if not known or not str(definition.get("openapi")).startswith("3"):
        raise Unknown("SAM writes the tags into the DefinitionBody, and that is no OpenAPI 3 with paths here")


def _mapping(value: Value, path: Path) -> dict[str, Value]:
    name = intrinsic(value)
    if name is not None or (isinstance(value, dict) and "Fn::Transform" in value):
        raise Unknown(f"{name or 'Fn::Transform'} makes its {path[-1]}")
    if not isinstance(value, dict):
        raise Unknown(f"its {path[-1]} is not the mapping that its type expects")
    return value


def _mapped(value: Value, path: Path) -> Iterator[Tag]:
    if not is_void(value):
        for key, content in _mapping(value, path).items():
            if str(key).startswith("Fn::"):
                raise Unknown(f"{key} makes some of its {path[-1]}")
            yield Tag((str(key),), content, (*path, key))


def _list(value: Value, path: Path) -> list[Value]:
    name = intrinsic(value)
    if name is not None:
        raise Unknown(f"{name} makes its {path[-1]}")
    if not isinstance(value, list):
        raise Unknown(f"its {path[-1]} is not the list that its type expects")
    return value


def _listed(value: Value, path: Path, spec: TagSpec) -> Iterator[Tag]:
    if not is_void(value):
        for index, item in enumerate(_list(value, path)):
            yield from _item(item, (*path, index, spec.value_name), spec)


def _item(item: Value, path: Path | None, spec: TagSpec) -> Iterator[Tag]:
    """The tags that an item of a list comes to; ``path`` is None below a condition."""
    name = intrinsic(item)
    if is_void(item):
        return
    if name == "Fn::If" and isinstance(item[name], list) and len(item[name]) == 3:
        for branch in item[name][1:]:
            yield from _item(branch, None, spec)
        return
    if name is not None:
        raise Unknown(f"{name} makes some of its tags")
    key = expression(item.get(spec.key_name)) if isinstance(item, dict) else None
    if key is None:
        raise Unknown(f"the {spec.key_name} of one of its tags cannot be read")
    # Without an entry for the value there is nothing to set.
    yield Tag(key, item.get(spec.value_name, ""), path if spec.value_name in item else None, path is None)


def _specified(value: Value, path: Path, spec: TagSpec) -> Iterator[Tag]:
    if is_void(value):
        return
    for index, item in enumerate(_list(value, path)):
        kind = item.get("ResourceType") if isinstance(item, dict) else None
        if not isinstance(kind, str):
            raise Unknown("one of its tag specifications does not say for which resources it is")
        if _names(item, spec):
            yield from _listed(item.get("Tags"), (*path, index, "Tags"), spec)


def _names(item: Value, spec: TagSpec) -> bool:
    return isinstance(item, dict) and item.get("ResourceType") == spec.resource_type


def _append(path: Path, found: Value, entries: list[Value]) -> Iterator[Operation]:
    if found is None or isinstance(found, list):
        yield from (Append(path, entry) for entry in entries)
    else:
        yield Set(path, entries)
