"""How CloudFormation updates a resource, for moto, which makes some anew on every update, loses those for which it has
no handler, and takes no notice of create-only properties.

A resource is replaced if a property has another value that its provider schema calls create-only, or create-only under
conditions, or if its type has no update handler at all; else it stays, and moto's own handler updates it in place where
there is one that does. Source: CloudFormation User Guide, "Update behaviors of stack resources"; "Resource type
definition schema" (createOnlyProperties, handlers).
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import moto.cloudformation.parsing as parsing
import pytest
from moto.cloudformation.models import Stack

UPDATES_IN_PLACE = {"AWS::IAM::Policy", "AWS::Lambda::Function", "AWS::SQS::Queue"}
"""Types for which moto's handler keeps the resource and changes it."""

_named = parsing.parse_resource_and_generate_name


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "parse_resource_and_generate_name", _remember)
    monkeypatch.setattr(parsing, "parse_and_update_resource", _update)
    monkeypatch.setattr(Stack, "parse_template", staticmethod(json.loads))  # stacks hands over JSON only


def _remember(logical_id: str, resource_json: dict[str, Any], resources_map: Any) -> Any:
    """moto's own, which resolves a resource's properties; they are kept for the next update."""
    found = _named(logical_id, resource_json, resources_map)
    properties = json.loads(json.dumps(found[1].get("Properties") or {}, default=repr))
    vars(resources_map).setdefault("resolved", {})[logical_id] = properties
    return found


def _update(logical_id: str, resource_json: dict[str, Any], resources_map: Any, **where: str) -> Any:
    condition = resource_json.get("Condition")
    if condition and not resources_map.lazy_condition_map[condition]:
        return None
    resolved = vars(resources_map).get("resolved", {})
    old, live = resolved.get(logical_id), resources_map[logical_id]
    if old is None:
        return live  # it was not there, and has just been made
    kind, body, name = _remember(logical_id, resource_json, resources_map)
    if is_replaced(resource_json["Type"], old, resolved[logical_id]):
        made = kind.create_from_cloudformation_json(name, body, **where)
    elif resource_json["Type"] in UPDATES_IN_PLACE:
        _archive(body["Properties"].get("Code", {}))
        made = kind.update_from_cloudformation_json(live, name, body, **where)
    else:
        made = live
    made.cf_resource_type, made.logical_resource_id = resource_json["Type"], logical_id
    return made


def _archive(code: dict[str, Any]) -> None:
    """In an update, moto takes inline code for an archive in base64; in a creation it takes it for what it is."""
    if "ZipFile" in code:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("index.py", code["ZipFile"])
        code["ZipFile"] = base64.b64encode(file.getvalue()).decode()


def is_replaced(kind: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether an update from these properties to those replaces a resource of this type."""
    schema = _schema(kind)
    if "update" not in schema.get("handlers", {"update": {}}):
        return old != new
    pointers = (*schema.get("createOnlyProperties", ()), *schema.get("conditionalCreateOnlyProperties", ()))
    paths = [pointer.split("/")[2:] for pointer in pointers]
    return any(_at(old, path) != _at(new, path) for path in paths)


def _at(value: Any, path: list[str]) -> Any:
    """What is at a pointer; for all items where the way leads through a list."""
    for number, key in enumerate(path):
        if isinstance(value, list):
            return [_at(item, path[number + (key == "*") :]) for item in value]
        value = value.get(key) if isinstance(value, dict) else None
    return value


@cache
def _schema(kind: str) -> dict[str, Any]:
    """The provider schema of a type, from the data that cfn-lint bundles."""
    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "data" / "schemas"
    file = json.loads((folder / "providers" / "us-east-1.json").read_text())[kind]
    found: dict[str, Any] = json.loads((folder / "resources" / f"{file}.json").read_text())
    return found
