"""Facts of resource types, read as data from the provider schemas that cfn-lint bundles.

cfn-lint is found but never imported, which would cost a second; each type's file is read once, when it is first asked
for. Layout of the data, for cfn-lint from 1.58 on: ``data/schemas/providers/REGION.json`` maps a type to the name of
its file in ``data/schemas/resources``; ``providers/sam.json`` does so for the types of AWS SAM.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias
from urllib.parse import unquote

from msgspec import Struct

from fixer.cloudformation.tags.shapes import TagSpec, tag_spec
from fixer.cloudformation.types.attributes import OUTPUTS, attribute_names
from fixer.cloudformation.types.bundled import data_folder, read_data, region_files
from fixer.model import CfnfixError, Impact, Path

Pointer: TypeAlias = "tuple[str, ...]"
"""Names below ``Properties``, without indexes and ``*``: ``("VpcConfig", "SubnetIds")``."""
Node: TypeAlias = "Mapping[str, Any]"
"""A part of a provider schema. It is shared: not to be changed."""

_SAM_GENERATES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "AWS::Serverless::Api": ("AWS::ApiGateway::RestApi", {}),
    "AWS::Serverless::Application": ("AWS::CloudFormation::Stack", {}),
    "AWS::Serverless::Function": ("AWS::Lambda::Function", {}),
    "AWS::Serverless::GraphQLApi": ("AWS::AppSync::GraphQLApi", {}),
    "AWS::Serverless::HttpApi": ("AWS::ApiGatewayV2::Api", {}),
    "AWS::Serverless::LayerVersion": ("AWS::Lambda::LayerVersion", {"Content": "ContentUri"}),
    "AWS::Serverless::SimpleTable": ("AWS::DynamoDB::Table", {"KeySchema": "PrimaryKey"}),
    "AWS::Serverless::StateMachine": (
        "AWS::StepFunctions::StateMachine",
        {"StateMachineName": "Name", "StateMachineType": "Type"},
    ),
    "AWS::Serverless::WebSocketApi": ("AWS::ApiGatewayV2::Api", {}),
}
"""SAM type to the type that it becomes and the properties that are called otherwise there (SAM specification)."""

_DOMAIN = (("Domain", "BasePath"), ("Domain", "DomainName"), ("Domain", "Route53"))
_SAM_MAKES_ANEW: Mapping[str, tuple[Pointer, ...]] = {
    "AWS::Serverless::Api": (*_DOMAIN, ("StageName",), ("Auth", "Authorizers")),
    "AWS::Serverless::Function": (("AutoPublishAlias",), ("Events",), ("RolePath",), ("VersionDescription",)),
    "AWS::Serverless::HttpApi": (*_DOMAIN, ("StageName",), ("Auth", "Authorizers")),
    "AWS::Serverless::StateMachine": (("AutoPublishAlias",), ("Events",), ("RolePath",)),
    "AWS::Serverless::WebSocketApi": (*_DOMAIN, ("StageName",), ("Routes",)),
}
"""Properties of SAM types that become create-only properties, or the logical ids, of what SAM makes besides: event
source mappings, subscriptions, permissions, roles, aliases, domains, stages (as samtranslator does it).
"""
_UNTYPED = frozenset({"AWS::CloudFormation::CustomResource", "Module"})


class ResourceSchema(Struct, frozen=True, eq=False):
    """What the provider schema of one resource type says."""

    type_name: str
    properties: frozenset[str]
    """Names of all properties, the read-only ones included."""
    required: frozenset[str]
    """Properties that a resource must have whatever else it has."""
    create_only: frozenset[Pointer]
    """A change of one of these replaces the resource."""
    conditional_create_only: frozenset[Pointer]
    """A change of one of these may replace the resource, depending on the values."""
    read_only: frozenset[Pointer]
    primary_identifier: tuple[Pointer, ...]
    """What identifies a resource; often, not always, what Ref returns: see ``identifiers.ref_returns``."""
    immutable: bool
    """Whether any change replaces the resource, for want of an update handler."""
    replacement_strategy: str
    """``create_then_delete`` or ``delete_then_create``: what happens first in a replacement."""
    attributes: frozenset[str]
    """What Fn::GetAtt accepts, dotted: ``Endpoint.Address``; a part ``*`` stands for anything, as in ``Outputs.*``."""
    tags: TagSpec | None
    """How the type is tagged; None: see ``untaggable``."""
    untaggable: str
    """Why resources of the type cannot be tagged; empty if they can."""
    document: Node
    """The schema itself."""

    def impact(self, path: Path) -> Impact:
        """What a change at ``path`` (below ``Properties``) does to a live resource.

        REPLACEMENT also where replacement depends on the values (``conditional_create_only``). The schemas do not tell
        some from no interruption, so SOME_INTERRUPTION is never the answer.
        """
        return _impact(_names(path), self.create_only | self.conditional_create_only, self.immutable)

    def spares(self, path: Path) -> bool:
        """Whether a change at ``path`` replaces at most what AWS SAM makes besides the resource itself."""
        besides = frozenset(_SAM_MAKES_ANEW.get(self.type_name, ()))
        own = (self.create_only | self.conditional_create_only) - besides
        return bool(besides) and _impact(_names(path), own, self.immutable) is not Impact.REPLACEMENT

    def property_schema(self, path: Path) -> Node | None:
        """The schema of the value at ``path`` (below ``Properties``), its ``$ref`` resolved; None if there is no such
        place.

        An index of the path steps into the items of a list. Of several alternatives the first that knows the place
        counts.
        """
        node: Node | None = self.top
        for step in path:
            node = None if node is None else self.below(node, step)
        return node

    @property
    def top(self) -> Node:
        """The schema of all properties together."""
        return {"properties": self.document["properties"]}

    def below(self, node: Node, step: str | int) -> Node | None:
        """The schema of the value at ``step`` in one that ``node`` describes; see ``property_schema``."""
        return next(self._steps(node, step), None)

    def all_below(self, node: Node, step: str | int) -> tuple[Node, ...]:
        """What the alternatives that know a step say of the value there, each once."""
        found: list[Node] = []
        for below in self._steps(node, step):
            if below not in found:
                found.append(below)
        return tuple(found)

    def views(self, node: Node) -> tuple[Node, ...]:
        """A schema and all alternatives and parts of it, with their ``$ref`` resolved."""
        return tuple(self._views(node))

    def types(self, path: Path) -> frozenset[str]:
        """JSON types that the value at ``path`` may have, such as ``string``; empty if the schema does not say."""
        return self.types_of(self.property_schema(path) or {})

    def types_of(self, node: Node) -> frozenset[str]:
        """JSON types that a value may have which ``node`` describes; empty if it does not say."""
        return frozenset(self._types(node))

    def has_attribute(self, name: str) -> bool:
        """Whether Fn::GetAtt accepts the attribute."""
        return name in self.attributes or any(
            "*" in attribute and _matches(name.split("."), attribute.split(".")) for attribute in self.attributes
        )

    def attribute_types(self, name: str) -> frozenset[str]:
        """JSON types that the attribute may have; empty if it does not exist or the schema does not say."""
        if not self.has_attribute(name):
            return frozenset()
        if OUTPUTS in self.attributes and name.startswith("Outputs."):
            return frozenset({"string"})
        return self.types(tuple(name.split(".")))

    def attribute_is_list(self, name: str) -> bool:
        """Whether Fn::GetAtt returns a list for the attribute."""
        return "array" in self.attribute_types(name)

    def _steps(self, node: Node, step: str | int) -> Iterator[Node]:
        for view in self._views(node):
            if isinstance(step, int):
                if isinstance(view.get("items"), dict):
                    yield _resolve(self.document, view["items"])
                continue
            if step in view.get("properties", {}):
                yield _resolve(self.document, view["properties"][step])
            elif step == "*" and "items" in view:
                yield _resolve(self.document, view["items"])
            else:
                # The patterns are loose and in a foreign dialect: each is taken to match.
                yield from (_resolve(self.document, inner) for inner in view.get("patternProperties", {}).values())
                if isinstance(view.get("additionalProperties"), dict):
                    yield _resolve(self.document, view["additionalProperties"])

    def _views(self, node: Node, depth: int = 8) -> Iterator[Node]:
        """The node and all alternatives and parts of it, resolved."""
        node = _resolve(self.document, node)
        yield node
        if depth:
            for keyword in ("allOf", "anyOf", "oneOf"):
                for part in node.get(keyword, ()):
                    yield from self._views(part, depth - 1)

    def _types(self, node: Node) -> Iterator[str]:
        for view in self._views(node):
            kinds = view.get("type", ())
            yield from (kinds,) if isinstance(kinds, str) else kinds
            if "type" not in view and ("properties" in view or "patternProperties" in view):
                yield "object"


@cache
def schema(type_name: str) -> ResourceSchema | None:
    """The schema of a resource type, from us-east-1 or else the first Region that has it.

    None: the type is not known, or has no schema: custom resources and modules take any property and give any
    attribute. The types of AWS SAM have one; what a change does is taken from the resource that they become.
    """
    if type_name.startswith("Custom::") or type_name.endswith("::MODULE") or type_name in _UNTYPED:
        return None
    name = _main_index().get(type_name) or _elsewhere(type_name)
    if name is None:
        return None
    document = read_data(data_folder() / "schemas" / "resources" / f"{name}.json")
    create_only, conditional, immutable = _update_behaviour(type_name, document)

    def resolve(node: Node) -> Node:
        return _resolve(document, node)

    def impact(name: str) -> Impact:
        return _impact((name,), create_only | conditional, immutable)

    tags = tag_spec(type_name, document, resolve, {pointer[0] for pointer in create_only}, impact)
    return ResourceSchema(
        type_name=type_name,
        properties=frozenset(document["properties"]),
        required=frozenset(document.get("required", ())),
        create_only=create_only,
        conditional_create_only=conditional,
        read_only=_pointers(document.get("readOnlyProperties", ())),
        primary_identifier=tuple(_pointer(p) for p in document.get("primaryIdentifier", ())),
        immutable=immutable,
        replacement_strategy=document.get("replacementStrategy", "create_then_delete"),
        attributes=attribute_names(type_name, document, resolve),
        tags=tags if isinstance(tags, TagSpec) else None,
        untaggable=tags if isinstance(tags, str) else "",
        document=document,
    )


def generated_type(type_name: str) -> tuple[str, Mapping[str, str]] | None:
    """The type that one of AWS SAM becomes, and its properties that SAM calls otherwise; None for other types."""
    return _SAM_GENERATES.get(type_name)


@cache
def resource_types() -> frozenset[str]:
    """All types that any Region knows, those of AWS SAM included."""
    return frozenset(_main_index()).union(*map(read_data, region_files()))


@cache
def stateful_types() -> frozenset[str]:
    """Types whose resources hold data that is lost with them (cfn-lint's ``StatefulResources.json``)."""
    return frozenset(read_data(data_folder() / "AdditionalSpecs" / "StatefulResources.json")["ResourceTypes"])


def _update_behaviour(type_name: str, document: Node) -> tuple[frozenset[Pointer], frozenset[Pointer], bool]:
    """Create-only and conditionally create-only properties, and whether there is no update at all.

    A type without an update handler "must instead be replaced" (DescribeType, ProvisioningType IMMUTABLE).
    """
    if type_name in _SAM_GENERATES:
        target, renamed = _SAM_GENERATES[type_name]
        generated = schema(target)
        if generated is None:
            return frozenset(), frozenset(), False
        first, second = (
            frozenset((renamed.get(p[0], p[0]), *p[1:]) for p in pointers)
            for pointers in (generated.create_only, generated.conditional_create_only)
        )
        return first, second.union(_SAM_MAKES_ANEW.get(type_name, ())), generated.immutable
    handlers = document.get("handlers", {})
    return (
        _pointers(document.get("createOnlyProperties", ())),
        _pointers(document.get("conditionalCreateOnlyProperties", ())),
        "create" in handlers and "update" not in handlers,
    )


def _impact(names: Pointer, create_only: Iterable[Pointer], immutable: bool) -> Impact:
    """Above or below a create-only property, a change may be one of it."""
    if immutable or any(names[: len(p)] == p[: len(names)] for p in create_only):
        return Impact.REPLACEMENT
    return Impact.NO_INTERRUPTION


def _names(path: Path) -> Pointer:
    return tuple(step for step in path if isinstance(step, str))


def _pointer(text: str) -> Pointer:
    """``/properties/A/*/B`` as ``("A", "B")``: some schemas leave out the ``*`` of a list, so none keeps it."""
    return tuple(part for part in text.split("/")[2:] if part != "*")


def _pointers(texts: Iterable[str]) -> frozenset[Pointer]:
    return frozenset(_pointer(text) for text in texts)


def _matches(parts: list[str], pattern: list[str]) -> bool:
    return len(parts) == len(pattern) and all(p in ("*", part) for part, p in zip(parts, pattern, strict=True))


def _resolve(document: Node, node: Node) -> Node:
    """The node behind a chain of ``$ref``; what stands beside a ``$ref`` is kept."""
    for _ in range(8):
        if "$ref" not in node:
            return node
        target: Any = document
        for part in unquote(str(node["$ref"]).lstrip("#/")).split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        beside = {key: value for key, value in node.items() if key != "$ref"}
        node = {**target, **beside} if beside else target
    return {}


@cache
def _main_index() -> Mapping[str, str]:
    """Type to file name, for us-east-1 and AWS SAM."""
    providers = data_folder() / "schemas" / "providers"
    index: dict[str, str] = {}
    for name in ("us-east-1.json", "sam.json"):
        if (providers / name).exists():
            index.update(read_data(providers / name))
    if not index:
        raise CfnfixError(f"No provider schemas in {providers}: cfn-lint 1.58 or newer is needed.")
    return index


def _elsewhere(type_name: str) -> str | None:
    """The file of a type that us-east-1 does not have; a misspelled one is in none, so that few are parsed."""
    name = f'"{type_name}"'.encode()
    files = (file for file in region_files() if name in file.read_bytes())
    return next((index[type_name] for index in map(read_data, files) if type_name in index), None)
