"""What a settings file may hold, and its errors in words for people."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from fixer.cloudformation.deletion_policies import DELETION_POLICIES, UPDATE_REPLACE_POLICIES
from fixer.engine.settings import IMPACTS, VALIDATORS, Settings, tag
from fixer.model import CfnfixError, Options

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


class Outputs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The outputs that are added."""

    export: Annotated[bool | None, Meta(description="Export them; unset: only if the template's own are exported.")] = (
        None
    )


class Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The network that is added where there is none."""

    nat: Annotated[bool, Meta(description="A way out: public subnets and a NAT gateway in each zone.")] = False
    private_api: Annotated[bool, Meta(description="REST APIs are reached from within the network only.")] = False


class SettingsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`.cfnfix.toml`, or `[tool.cfnfix]` of `pyproject.toml`."""

    select: Annotated[tuple[str, ...], Meta(description="Transforms or groups to apply.")] = ("default",)
    extend_select: Annotated[tuple[str, ...], Meta(description="Transforms or groups to apply besides.")] = ()
    ignore: Annotated[tuple[str, ...], Meta(description="Transforms or groups to leave out.")] = ()
    unsafe_fixes: Annotated[bool, Meta(description="Apply unsafe fixes too.")] = False
    max_impact: Annotated[
        Literal["none", "no-interruption", "some-interruption", "replacement"] | None,
        Meta(description="No fix above this impact on a live stack."),
    ] = None
    validate: Annotated[Literal["cfn-lint", "fast", "none"], Meta(description="What judges the result.")] = "cfn-lint"
    code_root: Annotated[
        str | None, Meta(description="Folder with the sources of Lambda functions, relative to this file.")
    ] = None
    fetch_code: Annotated[
        bool, Meta(description="Read the code of Lambda functions from S3, where its source is not at hand.")
    ] = False
    deletion_policy: Annotated[
        Literal["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"] | None,
        Meta(description="DeletionPolicy of what holds data; unset: a snapshot where there is one, else Retain."),
    ] = None
    update_replace_policy: Annotated[
        Literal["Delete", "Retain", "Snapshot"] | None,
        Meta(description="UpdateReplacePolicy of what holds data; unset: as its DeletionPolicy."),
    ] = None
    tags: Annotated[
        dict[str, str], Meta(description="Tag key to value; a value may be an intrinsic such as '!Ref Environment'.")
    ] = {}
    outputs: Outputs = Outputs()
    network: Network = Network()


def has_table(file: Path) -> bool:
    """Whether a pyproject.toml has a table [tool.cfnfix]."""
    tool = _load(file).get("tool")
    return isinstance(tool, dict) and "cfnfix" in tool


def read(file: Path) -> Settings:
    """The settings of a file. Raises CfnfixError."""
    data: Any = _load(file)
    prefix = ""
    if file.name == "pyproject.toml":
        prefix = "tool.cfnfix"
        tool = data.get("tool")
        data = tool.get("cfnfix") if isinstance(tool, dict) else None
        if data is None:
            raise CfnfixError(f"{file}: there is no table [tool.cfnfix]")
    try:
        held = msgspec.convert(data, SettingsFile)
    except msgspec.ValidationError as error:
        raise CfnfixError(f"{file}: {_explain(str(error), data, prefix)}") from None
    try:
        tags = {key: tag(key, text) for key, text in held.tags.items()}
    except CfnfixError as error:
        raise CfnfixError(f"{file}: {error}") from None
    return Settings(
        select=held.select,
        extend_select=held.extend_select,
        ignore=held.ignore,
        unsafe_fixes=held.unsafe_fixes,
        max_impact=None if held.max_impact is None else IMPACTS[held.max_impact],
        validate=held.validate,
        fetch_code=held.fetch_code,
        options=Options(
            tags=tags,
            export=held.outputs.export,
            code_root=None if held.code_root is None else str(file.parent / held.code_root),
            nat=held.network.nat,
            private_api=held.network.private_api,
            deletion_policy=held.deletion_policy,
            update_replace_policy=held.update_replace_policy,
        ),
    )


def _load(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CfnfixError(f"{file}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise CfnfixError(f"{file}: the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        reason, line, column = found.groups() if found else (str(error), None, None)
        where = f"{line}:{column}: " if line else ""
        raise CfnfixError(f"{file}:{where or ' '}invalid TOML: {reason}") from None


_WHERE = re.compile(r"(.*?)(?: - at `\$\.?(.*)`)?", re.DOTALL)
_CHOICES: Mapping[str, Sequence[str]] = {
    "max-impact": tuple(IMPACTS),
    "validate": VALIDATORS,
    "deletion-policy": DELETION_POLICIES,
    "update-replace-policy": UPDATE_REPLACE_POLICIES,
}
_NOUNS: Mapping[str, str] = {
    "str": "a string",
    "bool": "true or false",
    "array": "a list of strings",
    "object": "a table",
    "int": "a whole number",
    "float": "a number",
}


def _explain(text: str, data: Any, prefix: str) -> str:
    """msgspec's error in our words: the key, what was found there, what is expected, the closest known key."""
    parts = _WHERE.fullmatch(text)
    message, where = (parts.group(1), parts.group(2) or "") if parts else (text, "")
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", message, re.DOTALL)
    if unknown:
        tables: dict[str, type[msgspec.Struct]] = {"outputs": Outputs, "network": Network}
        holder = tables.get(where, SettingsFile)
        return _unknown_key(unknown.group(1), _dotted(prefix, where), holder)
    key, found = _locate(where, data)
    kind = re.match(r"Expected `([a-z]+)", message)
    choices = _CHOICES.get(key, ())
    if choices:
        expected = "one of " + ", ".join(choices)
    else:
        expected = _NOUNS.get(kind.group(1), kind.group(1)) if kind else message
    return f"{_dotted(prefix, key)} is {_shown(found)}; {expected} is expected{_closest(found, choices)}"


def _unknown_key(name: str, table: str, holder: type[msgspec.Struct]) -> str:
    known = [f.encode_name for f in msgspec.structs.fields(holder)]
    where = f" in [{table}]" if table else ""
    hint = _closest(name.replace("_", "-").lower(), known)
    return f"unknown key {name}{where}" + (hint or "; known are " + ", ".join(known))


def _closest(found: Any, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(found, known, 1) if isinstance(found, str) else []
    return f"; did you mean {close[0]}?" if close else ""


def _locate(where: str, data: Any) -> tuple[str, Any]:
    """The key of an error and the value there. msgspec says ``tags[...]`` for "some key of the table"."""
    key = ""
    for part in re.findall(r"[^.\[\]]+|\[\.\.\.\]|\[\d+\]", where):
        if part == "[...]":
            name, data = next(((k, v) for k, v in data.items() if not isinstance(v, str)), ("", data))
            key = f"{key}.{name}"
        elif part.startswith("["):
            data = data[int(part[1:-1])]
            key += part
        else:
            data = data.get(part)
            key = f"{key}.{part}" if key else part
    return key, data


def _dotted(prefix: str, key: str) -> str:
    return ".".join(part for part in (prefix, key) if part)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return str(value)
