"""A settings file as TOML: what it says, and its errors in words for people."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_origin

import msgspec

from fixer import model
from fixer.model import CfnfixError
from fixer.settings.model import FileSettings, Overrides, PathOverride, is_glob
from fixer.settings.schema import TABLES, Keys, Override, SettingsFile, key_names, said

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def has_table(file: Path) -> bool:
    """Whether a pyproject.toml has a table [tool.cfnfix]."""
    tool = _load(file).get("tool")
    return isinstance(tool, dict) and "cfnfix" in tool


def read(file: Path) -> FileSettings:
    """What a file says. Raises CfnfixError."""
    data = _table(file)
    try:
        held = msgspec.convert(data, SettingsFile)
    except msgspec.ValidationError as error:
        path, said = explain(str(error), data, ".".join(table_prefix(file)))
        raise CfnfixError(f"{_place(file, path)}: {said}") from None
    for glob in held.exclude:
        _check_glob(file, ("exclude",), glob)
    overrides = []
    for number, one in enumerate(held.overrides):
        above: model.Path = ("overrides", number)
        for glob in one.paths:
            _check_glob(file, (*above, "paths"), glob)
        overrides.append(PathOverride(one.paths, _said(file, one, above)))
    return FileSettings(file, _said(file, held, ()), tuple(overrides), held.exclude)


def complaint(file: Path, path: model.Path, message: str) -> CfnfixError:
    """The error about the value of a key: with the file, its line and the key."""
    over, rest = _split(path)
    lead = f"override {over[-1] + 1}: " if over else ""
    return CfnfixError(f"{_place(file, path)}: {lead}{_dotted(rest)}: {message}")


def _said(file: Path, held: Keys, above: model.Path) -> Overrides:
    try:
        return said(held, file.parent)
    except CfnfixError as error:
        raise complaint(file, (*above, "tags"), str(error)) from None


def _check_glob(file: Path, path: model.Path, glob: str) -> None:
    if not is_glob(glob):
        raise complaint(file, path, f'{_shown(glob)} is no glob; one like "legacy/**" is expected')


def _table(file: Path) -> dict[str, Any]:
    """The data of a settings file, not checked. Raises CfnfixError for what is no TOML, or has no table of ours."""
    data: Any = _load(file)
    if not table_prefix(file):
        return cast("dict[str, Any]", data)
    tool = data.get("tool")
    data = tool.get("cfnfix") if isinstance(tool, dict) else None
    if data is None:
        raise CfnfixError(f"{file}: there is no table [tool.cfnfix]")
    return cast("dict[str, Any]", data)


def _place(file: Path, path: model.Path) -> str:
    """``file:line`` of a key in a settings file, or ``file`` if the line is not known."""
    from fixer.settings.lines import line_of

    try:
        line = line_of(file.read_bytes().decode("utf-8-sig"), (*table_prefix(file), *path))
    except (OSError, UnicodeDecodeError):
        line = None
    return f"{file}:{line}" if line else str(file)


def table_prefix(file: Path) -> tuple[str, ...]:
    """The path of our table in a settings file."""
    return ("tool", "cfnfix") if file.name == "pyproject.toml" else ()


def _load(file: Path) -> dict[str, Any]:
    text = ""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text)
    except OSError as error:
        raise CfnfixError(f"{file}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise CfnfixError(f"{file}: the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        reason, line, column = found.groups() if found else (str(error), None, None)
        where = f"{line}:{column}" if line else str(len(text.splitlines()))  # the end of the document
        raise CfnfixError(f"{file}:{where}: invalid TOML: {reason}") from None


_WHERE = re.compile(r"(.*?)(?: - at `\$\.?(.*)`)?", re.DOTALL)
_NOUNS: Mapping[str, str] = {
    "str": "a string",
    "bool": "true or false",
    "array": "a list of strings",
    "object": "a table",
    "int": "a whole number from 1 on",
    "float": "a number",
}


def explain(text: str, data: Any, prefix: str = "") -> tuple[model.Path, str]:
    """msgspec's error in our words: the path of the key; and the key, what was found there, what is expected, the
    closest known key. ``prefix``: the table that holds ``data``.
    """
    parts = _WHERE.fullmatch(text)
    message, where = (parts.group(1), parts.group(2) or "") if parts else (text, "")
    path, found = _locate(where, data)
    over, rest = _split(path)
    lead = f"override {over[-1] + 1}" if over else ""
    if not over:
        rest = (*prefix.split("."), *rest) if prefix else rest
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", message, re.DOTALL)
    if unknown:
        table = f" in [{_dotted(rest)}]" if rest else ""
        name = unknown.group(1)
        return (*path, name), f"{lead and lead + ': '}unknown key {name}{table}{_closest_key(name, _holder(path))}"
    if message == "Object missing required field `paths`":
        return path, f'{lead} has no paths; globs are expected, like paths = ["legacy/**"]'
    lead += ": " if lead else ""
    if message.startswith("Expected `array` of length"):
        return path, f'{lead}{_dotted(rest)} is empty; globs are expected, like ["legacy/**"]'
    kind = re.match(r"Expected `([a-z]+)", message)
    choices = _choices(path)
    if choices:
        expected = "one of " + ", ".join(choices)
    elif path == ("overrides",):
        expected = "a list of tables, each under [[overrides]],"
    else:
        expected = _NOUNS.get(kind.group(1), kind.group(1)) if kind else message
    if over and not rest:
        return path, f"{lead}{_shown(found)} was found; a table is expected"
    return path, f"{lead}{_dotted(rest)} is {_shown(found)}; {expected} is expected{_closest(found, choices)}"


def _split(path: model.Path) -> tuple[tuple[Any, ...], model.Path]:
    """The path of an override, or nothing; and the rest."""
    is_over = path[:1] == ("overrides",) and len(path) > 1
    return (path[:2], path[2:]) if is_over else ((), path)


def _holder(path: model.Path) -> type[msgspec.Struct]:
    over, rest = _split(path)
    return TABLES[str(rest[-1])] if rest else Override if over else SettingsFile


def _choices(path: model.Path) -> Sequence[str]:
    """The words that a key takes, if it takes no others."""
    waiting: list[Any] = [f.type for f in msgspec.structs.fields(Keys) if path and f.encode_name == path[-1]]
    while waiting:
        part = waiting.pop()
        if get_origin(part) is Literal:
            return get_args(part)
        waiting += get_args(part)
    return ()


def _closest_key(name: str, holder: type[msgspec.Struct]) -> str:
    known = key_names(holder)
    return _closest(name.replace("_", "-").lower(), known) or "; known are " + ", ".join(known)


def _closest(found: Any, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(found, known, 1) if isinstance(found, str) else []
    return f"; did you mean {close[0]}?" if close else ""


def _locate(where: str, data: Any) -> tuple[model.Path, Any]:
    """The path of an error and the value there. msgspec says ``tags[...]`` for "some key of the table"."""
    path: model.Path = ()
    for part in re.findall(r"[^.\[\]]+|\[\.\.\.\]|\[\d+\]", where):
        key: str | int = part
        if part == "[...]":
            key = next((k for k, v in data.items() if not isinstance(v, str)), "")
        elif part.startswith("["):
            key = int(part[1:-1])
        data = data[key] if isinstance(key, int) else data.get(key)
        path = (*path, key)
    return path, data


def _dotted(path: model.Path) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".")


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
