"""What an update does to a live stack, worked out from two templates and the provider schemas: a judge for what the
fixes say of themselves.

It shares nothing with the project: the schemas are read here once more, templates of AWS SAM go through AWS's own
translator (aws-sam-translator), and the values at the create-only places of both templates are held against each other,
where the project looks at the paths of operations. Sources: CloudFormation User Guide, "Update behaviors of stack
resources" (a resource is replaced if a create-only property is set, removed or changed) and the resource provider
definition schema (createOnlyProperties, conditionalCreateOnlyProperties, readOnlyProperties, handlers).
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PSEUDO = {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"}
"""Pseudo parameters that a repair may put in place of their value; a Region or an account may be another one."""


class Effect(IntEnum):
    NONE = 0
    UPDATE = 1
    MAY_REPLACE = 2
    REPLACE = 3
    """Also: the resource is deleted."""


@dataclass(frozen=True)
class Change:
    resource: str
    place: str
    effect: Effect


def changes(before: Any, after: Any, true: Collection[str] = ()) -> list[Change]:
    """What an update of a stack from one template to the other does to its resources.

    ``true``: conditions without which there can be no stack of the first template.
    """
    known = before.get("Parameters") or {}
    old, new = Stack(_translated(before, known)), Stack(_translated(after, known))
    old.live = new.live = old
    old.true = new.true = true
    return [change for name in old.resources for change in _resource(name, old, new)]


def read_only_writes(before: Any, after: Any) -> list[str]:
    """Read-only properties that the second template sets and the first did not."""
    old, new = (Stack(data) for data in (before, after))
    found = []
    for name, body in new.resources.items():
        for pointer in schema(_type(body)).get("readOnlyProperties", ()):
            values = list(_at(body.get("Properties", {}), pointer.split("/")[2:]))
            held = list(_at(old.resources.get(name, {}).get("Properties", {}), pointer.split("/")[2:]))
            if len(values) > len(held) and not _is_writable(_type(body), pointer):
                found.append(f"{name}: {pointer}")
    return found


def worst(found: list[Change]) -> Effect:
    return max((change.effect for change in found), default=Effect.NONE)


def _resource(name: str, old: Stack, new: Stack) -> Iterator[Change]:
    was, now = old.resources[name], new.resources.get(name)
    if now is None and _type(was) == "AWS::Lambda::Version" and was.get("DeletionPolicy") == "Retain":
        yield Change(name, "", Effect.UPDATE)  # AWS SAM publishes another, and keeps this one
        return
    if now is None or _type(was) != _type(now):
        yield Change(name, "", Effect.REPLACE)
        return
    exists, stays = old.condition(was.get("Condition", True)), new.condition(now.get("Condition", True))
    if exists is not False and stays != exists:
        yield Change(name, "Condition", Effect.REPLACE)
        return
    one = old.resolved(was.get("Properties", {}))
    other = new.resolved(now.get("Properties", {}))
    if one == other:
        return
    known = schema(_type(was))
    for keyword, effect in (
        ("createOnlyProperties", Effect.REPLACE),
        ("conditionalCreateOnlyProperties", Effect.MAY_REPLACE),
    ):
        for pointer in known.get(keyword, ()):
            parts = pointer.split("/")[2:]
            if list(_at(one, parts)) != list(_at(other, parts)):
                yield Change(name, pointer, effect)
    handlers = known.get("handlers", {})
    immutable = "create" in handlers and "update" not in handlers
    yield Change(name, "", Effect.REPLACE if immutable else Effect.UPDATE)


@dataclass
class Stack:
    """A template, and its values as a live stack resolves them.

    The live stack has the partition ``aws``; what it gave its parameters stays, and is empty only where that is the
    default; a parameter that the stack does not have yet takes its default. What else is not known equals itself.
    """

    data: Any
    live: Stack | None = field(default=None, repr=False)
    """The stack before the update."""
    true: Collection[str] = ()
    """Conditions that are true in it."""

    @property
    def resources(self) -> dict[str, Any]:
        return dict(_looped(self.data.get("Resources") or {}))

    def parameter(self, name: str) -> Any:
        """The default of a parameter that is new; else the parameter itself, as ``{"Ref": name}``."""
        body = (self.data.get("Parameters") or {}).get(name)
        if body is None or self.live is None or name in (self.live.data.get("Parameters") or {}):
            return {"Ref": name}
        default = body.get("Default", {"Ref": name})
        kind = str(body.get("Type"))
        if isinstance(default, str) and ("List" in kind):
            return default.split(",")
        return default if isinstance(default, dict) else str(default)

    def condition(self, value: Any) -> Any:
        """True, False or what it depends on."""
        if isinstance(value, str) and value in self.true:
            return True
        if isinstance(value, str):
            body = (self.data.get("Conditions") or {}).get(value)
            return value if body is None else self.condition(body)
        if not isinstance(value, dict) or len(value) != 1:
            return value
        ((name, body),) = value.items()
        if name == "Condition":
            return self.condition(body)
        if name == "Fn::Equals":
            one, other = (self.resolved(side) for side in body)
            if one == other:
                return True
            if not isinstance(one, dict) and not isinstance(other, dict):
                return False
            return False if self._is_given(one) and other == "" else {"=": [one, other]}
        if name == "Fn::Not":
            inner = self.condition(body[0])
            return not inner if isinstance(inner, bool) else {"not": inner}
        if name in ("Fn::And", "Fn::Or"):
            decides = name == "Fn::Or"
            parts = [self.condition(part) for part in body]
            if decides in parts:
                return decides
            parts = [part for part in parts if part is not (not decides)]
            return (not decides) if not parts else parts[0] if len(parts) == 1 else {name: parts}
        return value

    def _is_given(self, value: Any) -> bool:
        name = value.get("Ref") if isinstance(value, dict) else None
        body = (self.live.data.get("Parameters") or {}).get(name) if self.live else None
        return isinstance(body, dict) and body.get("Default") != ""

    def resolved(self, value: Any) -> Any:
        """A value as CloudFormation compares it; texts put together are ``{"text": [...]}`` unless all is known."""
        if isinstance(value, list):
            return [item for item in map(self.resolved, value) if item != {"Ref": "AWS::NoValue"}]
        if isinstance(value, dict) and len(value) == 1:
            ((name, body),) = value.items()
            if name == "Ref":
                return PSEUDO.get(body) or self.parameter(body)
            if name == "Fn::GetAtt":
                return {name: ".".join(body) if isinstance(body, list) and set(map(type, body)) == {str} else body}
            if name == "Fn::Sub":
                return self._sub(body)
            if name == "Fn::Join":
                delimiter, parts = body[0], self.resolved(body[1])
                if isinstance(parts, list):
                    between = [p for part in parts for p in (delimiter, part)][1:]
                    return _text(between)
                return {name: [delimiter, parts]}
            if name == "Fn::If":
                chosen = self.condition(body[0])
                if isinstance(chosen, bool):
                    return self.resolved(body[1 if chosen else 2])
                return {name: [chosen, *map(self.resolved, body[1:])]}
        if isinstance(value, dict):
            found = {key: self.resolved(inner) for key, inner in value.items()}
            return {key: inner for key, inner in found.items() if inner != {"Ref": "AWS::NoValue"}}
        if isinstance(value, bool):
            return str(value).lower()
        return str(value) if isinstance(value, int | float) else value

    def _sub(self, body: Any) -> Any:
        text, given = body if isinstance(body, list) else (body, {})
        parts: list[Any] = []
        while "${" in text:
            head, _, rest = text.partition("${")
            name, _, text = rest.partition("}")
            name = name.strip()
            if name.startswith("!"):
                parts += [head, "${" + name[1:] + "}"]
            elif name in given:
                parts += [head, self.resolved(given[name])]
            else:
                parts += [head, self.resolved({"Fn::GetAtt": name} if "." in name else {"Ref": name})]
        return _text([*parts, text])


def _text(parts: list[Any]) -> Any:
    flat: list[Any] = []
    for part in parts:
        for piece in part["text"] if isinstance(part, dict) and "text" in part else [part]:
            if isinstance(piece, str) and flat and isinstance(flat[-1], str):
                flat[-1] += piece
            elif piece != "":
                flat.append(piece)
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 else {"text": flat}


def _at(value: Any, parts: list[str]) -> Iterator[Any]:
    """The values at a pointer: through lists, through the branches of Fn::If, and up to a function that hides it."""
    if not parts:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _at(item, parts[1:] if parts[0] == "*" else parts)
    elif isinstance(value, dict):
        function = next(iter(value), "") if len(value) == 1 else ""
        if function == "Fn::If":
            yield value[function][0]
            for branch in value[function][1:]:
                yield from _at(branch, parts)
        elif function.startswith("Fn::") or function in ("Ref", "text"):
            yield value
        elif parts[0] == "*":
            for item in value.values():
                yield from _at(item, parts[1:])
        elif parts[0] in value:
            yield from _at(value[parts[0]], parts[1:])


def _type(body: Any) -> str:
    return str(body.get("Type", ""))


def _is_writable(type_name: str, pointer: str) -> bool:
    """Some schemas name a property both ways: it may be given, and comes out else."""
    known = schema(type_name)
    named = (*known.get("required", ()), *known.get("createOnlyProperties", ()))
    return pointer in named or pointer.split("/")[2] in named


def _data(*names: str) -> Any:
    """A file of the data that cfn-lint bundles."""
    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.submodule_search_locations
    return json.loads(Path(spec.submodule_search_locations[0], "data", "schemas", *names).read_text())


@cache
def _index() -> dict[str, str]:
    found: dict[str, str] = _data("providers", "us-east-1.json")
    return found


def type_names() -> list[str]:
    """All resource types of us-east-1."""
    return sorted(_index())


@cache
def schema(type_name: str) -> dict[str, Any]:
    """The provider schema of a type, straight from the file; empty if there is none."""
    found: dict[str, Any] = _data("resources", f"{_index()[type_name]}.json") if type_name in _index() else {}
    return found


def is_sam(data: Any) -> bool:
    named = data.get("Transform") or ()
    names = [named] if isinstance(named, str | dict) else named
    return "AWS::Serverless-2016-10-31" in names


def _looped(entries: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Resources, and those of loops under the names that hold the loop's variable."""
    for key, body in entries.items():
        if key.startswith("Fn::ForEach::") and isinstance(body, list):
            yield from _looped(body[2])
        elif isinstance(body, dict) and not key.startswith("Fn::"):
            yield key, body


def translated(data: Any, known: Mapping[str, Any]) -> Any:
    """A template as CloudFormation gets it: without AWS SAM's types. ``known``: parameters to which the live stack has
    given a value; others take their default. The translator puts the values in.
    """
    if not is_sam(data):
        return data
    from samtranslator.translator.transform import transform

    data = _complete(deepcopy(data))
    given = {
        name: f"given{name}" if name in known else body.get("Default", "")
        for name, body in (data.get("Parameters") or {}).items()
        if isinstance(body, dict)
    }
    result = transform(data, given, _NoPolicies())
    # A hash of its definition names the deployment of an API, so that there is a new one; the API and its stages stay.
    for name, body in list(result["Resources"].items()):
        if body.get("Type") == "AWS::ApiGateway::Deployment":
            fixed = f"Deployment of {body['Properties']['RestApiId']}"
            result["Resources"][fixed] = result["Resources"].pop(name)
            _replace(result["Resources"], name, fixed)
            body["Properties"]["Description"] = f"under the name {name}"
    return result


_TRANSLATED: dict[str, Any] = {}


def _translated(data: Any, known: Mapping[str, Any]) -> Any:
    """The same, for looking at only, and once: each fix of a template is compared with the same template before it."""
    key = repr((data, sorted(known), os.environ.get("AWS_DEFAULT_REGION")))
    if key not in _TRANSLATED:
        _TRANSLATED[key] = translated(data, known)
    return _TRANSLATED[key]


def _complete(data: Any) -> Any:
    """A template with what the translator insists on, as ``sam package`` would give it: addresses in S3 for paths."""
    shared = (data.get("Globals") or {}).get("Function") or {}
    bodies = [body for body in (data.get("Resources") or {}).values() if isinstance(body, dict)]
    for body in bodies:
        held = body.setdefault("Properties", {})
        if body.get("Type") == "AWS::Serverless::Function":
            for name, value in (("Runtime", "python3.12"), ("Handler", "index.handler")):
                if name not in shared:
                    held.setdefault(name, value)
            if "CodeUri" in held or "CodeUri" in shared:
                held.pop("InlineCode", None)
            elif "InlineCode" not in held:
                held["CodeUri"] = "s3://uploaded/code"
        elif body.get("Type") == "AWS::Serverless::LayerVersion":
            held.setdefault("ContentUri", "s3://uploaded/layer")
        elif body.get("Type") == "AWS::Serverless::Api":
            held.setdefault("StageName", "prod")
        elif body.get("Type") == "AWS::Serverless::Application":  # it would be fetched
            body["Type"] = "AWS::CloudFormation::Stack"
            held["Tags"] = [{"Key": key, "Value": value} for key, value in (held.get("Tags") or {}).items()]
    for held in (shared, *(body["Properties"] for body in bodies)):
        for name in ("CodeUri", "ContentUri", "DefinitionUri"):
            if isinstance(held.get(name), str) and not held[name].startswith("s3://"):
                held[name] = "s3://uploaded/" + held[name].strip("./")
    return data


def _replace(value: Any, name: str, other: str) -> None:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if inner == name:
            value[key] = other
        elif isinstance(inner, dict | list):
            _replace(inner, name, other)


class _NoPolicies:
    def load(self) -> dict[str, str]:
        return {}
