"""What applies to a template, and where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from fixer.settings.lines import line_of
from fixer.settings.model import FileSettings, Overrides, Settings
from fixer.settings.schema import keys, values
from fixer.settings.toml import table_prefix

_ADDING = ("extend_select", "ignore", "plugins")


class Origin(Struct, frozen=True):
    """A place that has a word on a setting."""

    kind: str
    """"default", "file", "override" or "command line"."""
    line: int | None = None
    """The line in the settings file."""
    number: int | None = None
    """Which override it is, from 1."""


class Traced(Struct, frozen=True):
    """A setting: its key's path in a settings file, its value (None: unset), and who said so, the last one last."""

    path: tuple[str, ...]
    value: Any
    origins: tuple[Origin, ...]


def traced(held: FileSettings | None, template: Path, over: Overrides) -> list[Traced]:
    """The settings of a template: the defaults, a settings file over them, its overrides, the command line."""
    text = held.file.read_bytes().decode("utf-8-sig") if held else ""
    settings = Settings()
    now = values(settings)
    origins: dict[tuple[str, ...], tuple[Origin, ...]] = {}
    for kind, number, said in _layers(held, template, over):
        settings = said.over(settings)
        old, now = now, values(settings)
        for path in now:
            if _says(said, path) or now[path] != old.get(path):
                line = _line(held, text, path, number) if held and kind in ("file", "override") else None
                before = origins.get(path, ()) if _name(path) in _ADDING and not said.says("select") else ()
                origins[path] = (*before, Origin(kind, line, number))
    return [Traced(path, value, origins.get(path, (Origin("default"),))) for path, value in now.items()]


def _layers(held: FileSettings | None, template: Path, over: Overrides) -> Iterator[tuple[str, int | None, Overrides]]:
    if held is not None:
        yield "file", None, held.said
        for index in held.matching(template):
            yield "override", index + 1, held.overrides[index].said
    yield "command line", None, over


def _name(path: tuple[str, ...]) -> str:
    return next(name for above, name, _ in keys() if path[: len(above)] == above)


def _says(said: Overrides, path: tuple[str, ...]) -> bool:
    name = _name(path)
    return path[-1] in said.tags if name == "tags" else said.says(name)


def _line(held: FileSettings, text: str, path: tuple[str, ...], number: int | None) -> int | None:
    """The line of a key; where it is not written, as its value has changed by another, that of the override."""
    above = () if number is None else ("overrides", number - 1)
    return line_of(text, (*table_prefix(held.file), *above, *path))


def override_line(held: FileSettings, index: int) -> int | None:
    """The line on which an override begins."""
    text = held.file.read_bytes().decode("utf-8-sig")
    return line_of(text, (*table_prefix(held.file), "overrides", index))
