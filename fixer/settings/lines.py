"""On which lines of a TOML file its keys stand; readers of TOML do not tell."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from fixer.model import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def line_of(text: str, path: Path) -> int | None:
    """The line, from 1, on which the key at ``path`` begins, or the nearest key above it; None if there is none."""
    known = key_lines(text)
    return next((known[path[:end]] for end in range(len(path), 0, -1) if path[:end] in known), None)


def key_lines(text: str) -> Mapping[Path, int]:
    """Each key of valid TOML to its line, tables included.

    The text is cut into statements, each of which is TOML by itself: a header, or a key with its value.
    """
    found: dict[Path, int] = {}
    number_of: dict[Path, int] = {}
    table: Path = ()
    statement, begin = "", 1
    for line, rest in enumerate(text.split("\n"), 1):
        statement += rest + "\n"
        try:
            data = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue  # the value goes on
        if statement.lstrip().startswith("["):
            table = _header(data, number_of)
            for end in range(1, len(table) + 1):
                found.setdefault(table[:end], begin)
        else:
            for path in _paths(data):
                found.setdefault((*table, *path), begin)
        statement, begin = "", line + 1
    return found


def _header(data: Any, number_of: dict[Path, int]) -> Path:
    """The path of a table by its header, which alone gives ``data``; ``number_of``: the last of each list of tables."""
    path: Path = ()
    while data:
        ((key, data),) = data.items()
        path = (*path, key)
        if isinstance(data, list):
            number_of[path] = number_of.get(path, -1) + 1
            data = data[0]
        if path in number_of:
            path = (*path, number_of[path])
    return path


def _paths(data: Any) -> Iterator[Path]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (key,)
        yield from ((key, *path) for path in _paths(value))
