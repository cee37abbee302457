"""The keys of a settings file, each with its type and description: what checks it, and documents it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import FieldInfo

from fixer.model import Impact
from fixer.settings.model import IMPACTS, NAMED, Overrides, Settings, tag


class Outputs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """The outputs that are added."""

    export: Annotated[
        bool | UnsetType, Meta(description="Export them; unset: only if the template's own are exported.")
    ] = UNSET


class Network(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """The network that is added where there is none."""

    nat: Annotated[bool | UnsetType, Meta(description="A way out: public subnets and a NAT gateway in each zone.")] = (
        UNSET
    )
    private_api: Annotated[
        bool | UnsetType, Meta(description="REST APIs are reached from within the network only.")
    ] = UNSET


class Keys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """What may be set for all templates, and for some of them by their paths. A key here, or in one of the tables, has
    the name of its field in ``Overrides``.
    """

    select: Annotated[tuple[str, ...] | UnsetType, Meta(description="Transforms or groups to apply.")] = UNSET
    extend_select: Annotated[
        tuple[str, ...] | UnsetType, Meta(description="Transforms or groups to apply besides.")
    ] = UNSET
    ignore: Annotated[tuple[str, ...] | UnsetType, Meta(description="Transforms or groups to leave out.")] = UNSET
    unsafe_fixes: Annotated[bool | UnsetType, Meta(description="Apply unsafe fixes too.")] = UNSET
    max_impact: Annotated[
        Literal["none", "no-interruption", "some-interruption", "replacement"] | UnsetType,
        Meta(description="No fix above this impact on a live stack; unset: any."),
    ] = UNSET
    validate: Annotated[
        Literal["cfn-lint", "fast", "none"] | UnsetType, Meta(description="What judges the result.")
    ] = UNSET
    code_root: Annotated[
        str | UnsetType,
        Meta(
            description="Folder with the sources of Lambda functions, relative to this file; unset: the template's own."
        ),
    ] = UNSET
    fetch_code: Annotated[
        bool | UnsetType,
        Meta(description="Read the code of Lambda functions from S3, where its source is not at hand."),
    ] = UNSET
    deletion_policy: Annotated[
        Literal["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"] | UnsetType,
        Meta(description="DeletionPolicy of what holds data; unset: a snapshot where there is one, else Retain."),
    ] = UNSET
    update_replace_policy: Annotated[
        Literal["Delete", "Retain", "Snapshot"] | UnsetType,
        Meta(description="UpdateReplacePolicy of what holds data; unset: as its DeletionPolicy."),
    ] = UNSET
    retention_days: Annotated[
        Annotated[int, Meta(ge=1)] | UnsetType,
        Meta(description="How many days logs, backups, messages and records are kept that do not say it."),
    ] = UNSET
    plugins: Annotated[
        tuple[str, ...] | UnsetType,
        Meta(description="Modules with transforms of your own, as Python imports them; they are on by default."),
    ] = UNSET
    tags: Annotated[
        dict[str, str] | UnsetType,
        Meta(description="Tag key to value; a value may be an intrinsic such as '!Ref Environment'."),
    ] = UNSET
    outputs: Annotated[Outputs | UnsetType, Meta(description="The outputs that are added.")] = UNSET
    network: Annotated[Network | UnsetType, Meta(description="The network that is added where there is none.")] = UNSET


class Override(Keys, frozen=True):
    """What is set for some templates alone, over what is set for all."""

    paths: Annotated[
        tuple[str, ...],
        Meta(
            min_length=1,
            description="The templates: globs as in .gitignore, relative to the folder of this file; '!' takes back.",
        ),
    ]


class SettingsFile(Keys, frozen=True):
    """`.cfnfix.toml`, or `[tool.cfnfix]` of `pyproject.toml`."""

    exclude: Annotated[
        tuple[str, ...],
        Meta(
            description="Passed over in folders and editors: globs as in .gitignore, from the folder of this file on."
        ),
    ] = ()
    overrides: Annotated[
        tuple[Override, ...], Meta(description="What holds for some templates alone; the last that matches wins.")
    ] = ()


def keys() -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each key that may be set, as its path in the file; its field in ``Overrides``; and its description."""
    for path, one in _keys_of(Keys, ()):
        yield path, one.name, _meta(one.type).description or ""


def key_names(table: type[msgspec.Struct]) -> list[str]:
    """The keys of a table as they are written; those of all templates first."""
    own = [one.encode_name for one in msgspec.structs.fields(table)]
    shared = [one.encode_name for one in msgspec.structs.fields(Keys) if one.encode_name in own]
    return [*shared, *(name for name in own if name not in shared)]


def values(settings: Settings) -> dict[tuple[str, ...], Any]:
    """What settings come to, as it would stand in a file: the path of each key to its value, None if it is unset.

    Tags have a path each; a value that is an intrinsic is in long form.
    """
    found: dict[tuple[str, ...], Any] = {}
    for path, name, _ in keys():
        value = getattr(settings if hasattr(settings, name) else settings.options, name)
        if isinstance(value, Impact):
            value = value.name.lower().replace("_", "-")
        if isinstance(value, Mapping):
            found.update({(*path, key): one for key, one in value.items()})
        else:
            found[path] = list(value) if isinstance(value, tuple) else value
    return found


def json_schema(names: Sequence[str]) -> dict[str, Any]:
    """The JSON schema of a settings file, in draft 7, which editors of TOML read.

    ``names``: the transforms and groups that may be named.
    """
    reference = "#/definitions/{name}"
    (top,), tables = msgspec.json.schema_components([SettingsFile], ref_template=reference)
    schema = tables.pop(str(top["$ref"]).rpartition("/")[2])
    for table in (schema, tables["Override"]):
        for name in NAMED:
            table["properties"][name.replace("_", "-")]["items"] = {"enum": list(names)}
    for path, value in values(Settings()).items():
        table = schema if len(path) == 1 else tables[TABLES[path[0]].__name__]
        if value is not None:
            table["properties"][path[-1]]["default"] = value
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of cfnfix",
        "description": "`.cfnfix.toml`, or the table [tool.cfnfix] of pyproject.toml.",
        "type": "object",
        "properties": {name: schema["properties"][name] for name in key_names(SettingsFile)},
        "additionalProperties": False,
        "definitions": {
            name: {**table, "properties": {key: table["properties"][key] for key in key_names(_STRUCTS[name])}}
            for name, table in tables.items()
        },
    }


def _keys_of(table: type[msgspec.Struct], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    for one in msgspec.structs.fields(table):
        path = (*above, one.encode_name)
        if one.encode_name in TABLES:
            yield from _keys_of(TABLES[one.encode_name], path)
        else:
            yield path, one


def _meta(annotated: Any) -> Meta:
    found = [extra for extra in getattr(annotated, "__metadata__", ()) if isinstance(extra, Meta)]
    return found[0] if found else Meta()


TABLES: Mapping[str, type[msgspec.Struct]] = {"outputs": Outputs, "network": Network}
"""A key that holds further keys to its type."""

_ALL: tuple[type[msgspec.Struct], ...] = (Override, *TABLES.values())
_STRUCTS = {one.__name__: one for one in _ALL}


def said(held: Keys, folder: Path) -> Overrides:
    """What the keys say; paths are relative to ``folder``. Raises CfnfixError for a tag that AWS would refuse."""
    given: dict[str, Any] = {}
    for path, name, _ in keys():
        value: Any = held
        for key in path:
            value = getattr(value, key.replace("-", "_"), UNSET)
        if value is not UNSET:
            given[name] = value
    if "max_impact" in given:
        given["max_impact"] = IMPACTS[given["max_impact"]]
    if "code_root" in given:
        given["code_root"] = str(folder / given["code_root"])
    if "tags" in given:
        given["tags"] = {key: tag(key, text) for key, text in given["tags"].items()}
    return Overrides(**given)
