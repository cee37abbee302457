"""How a resource type is tagged: the property, the shape of its value, and what an update of it does.

All of it is read from the provider schema of the type; the tables below hold only what the schemas do not say or say
wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from fixer.model import Impact, Value

_TAG_SPECIFICATIONS = "TagSpecifications"

_RESOURCE_TYPES = {
    "AWS::EC2::CapacityReservation": "capacity-reservation",
    "AWS::EC2::CapacityReservationFleet": "capacity-reservation-fleet",
    "AWS::EC2::ClientVpnEndpoint": "client-vpn-endpoint",
    "AWS::EC2::EC2Fleet": "fleet",
    "AWS::EC2::LaunchTemplate": "launch-template",
    "AWS::WorkspacesInstances::Volume": "volume",
}
"""The ResourceType by which tag specifications name the resource itself (user guide, TagSpecification)."""

_TAGGABLE_DESPITE_SCHEMA = frozenset(
    {
        "AWS::EC2::EC2Fleet",
        "AWS::EC2::LaunchTemplate",
        "AWS::EC2::SpotFleet",
        "AWS::Glue::CustomEntityType",
        "AWS::WorkspacesInstances::Volume",
    }
)
"""Their schemas say ``taggable: false``, which speaks of stack-level tags; their own tag property works."""


class TagShape(Enum):
    """The shape of a tag property's value."""

    LIST = "list"
    """``[{Key, Value}]``"""
    PROPAGATE = "propagate"
    """``[{Key, Value, PropagateAtLaunch}]``"""
    ITEMS = "items"
    """``{Items: [{Key, Value}]}``"""
    SPECIFICATIONS = "specifications"
    """``[{ResourceType, Tags: [{Key, Value}]}]``"""
    MAP = "map"
    """``{key: value}``"""
    JSON = "json"
    """``{key: value}``, where the schema takes any object, or its JSON text"""


class TagSpec(Struct, frozen=True):
    """How resources of one type carry their tags."""

    property_name: str
    """Name of the property, such as ``Tags`` or ``UserPoolTags``."""
    shape: TagShape
    key_name: str = "Key"
    value_name: str = "Value"
    """What the entries of a list call the tag's key and value."""
    resource_type: str = ""
    """SPECIFICATIONS only: the ResourceType that stands for the resource itself."""
    max_items: int | None = None
    """Most tags that the schema admits; None: it does not say."""
    create_only: bool = False
    """Whether the schema lists the property, or a part of it, among ``createOnlyProperties``."""
    impact: Impact = Impact.NO_INTERRUPTION
    """What a change of the tags does to a live resource; a few types that are not ``create_only`` are replaced, too."""
    updatable: bool = True
    """False: the provider ignores or refuses changes of tags after creation (``tagUpdatable``). Most of such types have
    no update without replacement either, which ``impact`` says.
    """
    required: bool = False

    @property
    def is_mapping(self) -> bool:
        """Whether the tags are entries of a mapping, not items of a list."""
        return self.shape in (TagShape.MAP, TagShape.JSON)

    @property
    def list_path(self) -> tuple[str, ...]:
        """Where, below ``Properties``, the list of a list shape is; that of SPECIFICATIONS lists specifications."""
        return (self.property_name, "Items") if self.shape is TagShape.ITEMS else (self.property_name,)

    def entry(self, key: str, value: Value) -> dict[str, Value]:
        """One tag as an item of a list (of the inner one, for SPECIFICATIONS)."""
        entry: dict[str, Value] = {self.key_name: key, self.value_name: value}
        if self.shape is TagShape.PROPAGATE:
            # Tags of the group are wanted on the instances that cost.
            entry["PropagateAtLaunch"] = True
        return entry

    def value(self, tags: Mapping[str, Value]) -> Value:
        """The value of the whole property for these tags, in their order."""
        if self.is_mapping:
            return dict(tags)
        entries = [self.entry(key, value) for key, value in tags.items()]
        if self.shape is TagShape.ITEMS:
            return {"Items": entries}
        if self.shape is TagShape.SPECIFICATIONS:
            return [{"ResourceType": self.resource_type, "Tags": entries}]
        return entries


def tag_spec(
    type_name: str,
    document: Mapping[str, Any],
    resolve: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    create_only: Container[str],
    impact: Callable[[str], Impact],
) -> TagSpec | str:
    """How the type is tagged, or the reason why it cannot be.

    ``document`` is its provider schema, ``resolve`` follows the ``$ref`` of a part of it, ``create_only`` holds the
    properties that are create-only at least in part, ``impact`` tells what a change of a property does.
    """
    tagging: Mapping[str, Any] = document.get("tagging", {})
    # Schemas without the object `tagging` may have the older flag; the default of both is true.
    taggable = tagging.get("taggable", document.get("taggable", True)) or type_name in _TAGGABLE_DESPITE_SCHEMA
    name = _property_name(tagging, document["properties"])
    if name is None:
        return f"{type_name} has no property for tags"
    if not taggable:
        return f"the provider schema of {type_name} says that it is not taggable"
    shape, item, limited = _shape(resolve(document["properties"][name]), resolve)
    if shape is None:
        return f"the shape of {name} of {type_name} is not known"
    if shape is TagShape.SPECIFICATIONS and type_name not in _RESOURCE_TYPES:
        return f"the resource type that tag specifications of {type_name} name is not known"
    names = {str(key).lower(): str(key) for key in item}
    limit = limited.get("maxItems", limited.get("maxProperties"))
    return TagSpec(
        property_name=name,
        shape=shape,
        key_name=names.get("key", "Key"),
        value_name=names.get("value", "Value"),
        resource_type=_RESOURCE_TYPES[type_name] if shape is TagShape.SPECIFICATIONS else "",
        max_items=limit if isinstance(limit, int) else None,
        create_only=name in create_only,
        impact=impact(name),
        updatable=tagging.get("tagUpdatable", True) is not False,
        required=name in document.get("required", ()),
    )


def _property_name(tagging: Mapping[str, Any], properties: Mapping[str, Any]) -> str | None:
    pointer = str(tagging.get("tagProperty", "/properties/Tags")).split("/")
    named = pointer[2] if len(pointer) > 2 else "Tags"
    # EC2 fleets and reservations are said to have Tags, but have tag specifications.
    return next((name for name in (named, "Tags", _TAG_SPECIFICATIONS) if name in properties), None)


def _shape(
    node: Mapping[str, Any], resolve: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> tuple[TagShape | None, Mapping[str, Any], Mapping[str, Any]]:
    """The shape, the properties of one entry of a list, and the part of the schema that may limit the number."""
    kinds = node.get("type", "object")
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    if "array" in kinds:
        item = _properties(resolve(node.get("items", {})), resolve)
        if {"ResourceType", "Tags"} <= item.keys():
            tags = resolve(item["Tags"])
            return TagShape.SPECIFICATIONS, _properties(resolve(tags.get("items", {})), resolve), tags
        names = {str(key).lower() for key in item}
        if not {"key", "value"} <= names:
            return None, {}, {}
        return TagShape.PROPAGATE if "PropagateAtLaunch" in item else TagShape.LIST, item, node
    if "string" in kinds:
        return (TagShape.JSON if "object" in kinds else None), {}, node
    properties = node.get("properties", {})
    if "Items" in properties:
        inner = resolve(properties["Items"])
        shape, item, limited = _shape(inner, resolve)
        return (TagShape.ITEMS if shape is TagShape.LIST else None), item, limited
    return (None if properties else TagShape.MAP), {}, node


def _properties(
    node: Mapping[str, Any], resolve: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Properties of one entry; of several ways to write it, the first, which is the one that is not deprecated."""
    for alternatives in (node.get("oneOf"), node.get("anyOf")):
        if alternatives and "properties" not in node:
            return _properties(resolve(alternatives[0]), resolve)
    properties: Mapping[str, Any] = node.get("properties", {})
    return properties
