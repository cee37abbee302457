"""The reference of the settings, from the class that reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from fixer.settings.model import IMPACTS, Settings
from fixer.settings.schema import SettingsFile, values

_REF = "#/definitions/{name}"
_DEFAULTS = values(Settings())


def tables() -> str:
    """A table of the keys at the top, and one for each table below it."""
    _, definitions = msgspec.json.schema_components([SettingsFile], ref_template=_REF)
    top = definitions.pop("SettingsFile")
    parts = ["\n".join(_keys(top, definitions, ()))]
    for key, held in top["properties"].items():
        inner = _table(held, definitions)
        if inner is not None:
            several = held.get("type") == "array"
            own = {name: one for name, one in inner["properties"].items() if name not in top["properties"]}
            brackets = f"[[{key}]]" if several else f"[{key}]"
            more = ["", "Besides, each may hold any of the keys and tables of this page."] if several else []
            rows = _keys({"properties": own}, definitions, (key,))
            parts.append("\n".join([f"## `{brackets}`", "", _about(inner), "", *rows, *more]))
    return "\n\n".join(parts)


def _keys(table: Mapping[str, Any], definitions: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    yield "| key | value | default | |"
    yield "|---|---|---|---|"
    for key, held in table["properties"].items():
        if _table(held, definitions) is None:
            yield f"| `{key}` | {_kind(held)} | {_default((*above, key))} | {_about(held)} |"


def _table(held: Mapping[str, Any], definitions: Mapping[str, Any]) -> Any:
    """The definition of a key that holds a table or a list of tables, or None."""
    of = held.get("items", held) if held.get("type") == "array" else held
    found = [one["$ref"] for one in (of, *of.get("anyOf", ())) if isinstance(one, dict) and "$ref" in one]
    return definitions[found[0].rpartition("/")[2]] if found else None


def _kind(held: Mapping[str, Any]) -> str:
    choices = [one for one in held.get("anyOf", (held,)) if one.get("type") != "null"]
    return " or ".join(_one_kind(one) for one in choices)


def _one_kind(held: Mapping[str, Any]) -> str:
    if "enum" in held:
        order = list(IMPACTS) if set(held["enum"]) == set(IMPACTS) else held["enum"]  # a schema has its own, by letter
        return ", ".join(f'`"{value}"`' for value in order if value is not None)
    return {
        "array": "list of strings",
        "boolean": "`true` or `false`",
        "integer": "whole number",
        "object": "table of strings",
        "string": "string",
    }[held["type"]]


def _default(path: tuple[str, ...]) -> str:
    value = _DEFAULTS.get(path)
    if value is None:
        return "not set"
    return f"`{msgspec.json.encode(value).decode()}`"


def _about(held: Mapping[str, Any]) -> str:
    return " ".join(str(held.get("description", "")).split()).replace("|", "\\|")
