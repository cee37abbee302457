"""``cfnfix config``: what may be set, what applies to a template, and where each value comes from."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fixer.cli import completion, options
from fixer.cli.delivery import color_of, line_width
from fixer.cli.session import Configuration
from fixer.settings.model import FileSettings, Settings

if TYPE_CHECKING:
    from fixer.settings.trace import Origin, Traced

ABOUT = """\
Show the settings: what may be set; with --show, what applies to the template FILE, and where each value comes from: the
defaults, a settings file, an override in it, or the options here.

\b
Examples:
  cfnfix config                               every key, with its default
  cfnfix config --show api.yaml               what applies to a template
  cfnfix config --show api.yaml --deployed    ... with these options
  cfnfix config --schema > schema.json        for the editor of settings
"""

_OVERRIDES = (
    "What holds for some templates alone: those whose path, from the folder of this file on, matches a glob as in"
    " .gitignore; with any of the keys above. The last override that matches wins."
)
_EXCLUDE = (
    "Passed over in folders and editors: globs as in .gitignore, from the folder of this file on. What is named"
    " on the command line is repaired all the same, but with --templates-only."
)
_COLUMN = 40
"""Where the comments stand behind the values."""


def config(show: str | None, schema: bool, output_format: str, color: str, **given: Any) -> None:
    """Print the settings of one template, the schema of the settings file, or every key."""
    options.check_setting(given)
    options.not_both("--show", "--schema", show is not None, schema)
    lines: Iterable[str]
    if schema:
        lines = [json_schema().rstrip("\n")]
    elif show is None:
        lines = reference()
    else:
        path, held, found = _applying(show, given)
        lines = as_json(path, held, found) if output_format == "json" else as_toml(path, held, found)
    click.echo("\n".join(lines), color=color_of(color))


def _applying(name: str, given: options.Given) -> tuple[Path, FileSettings | None, list[Traced]]:
    """A template, its settings file, and its settings."""
    path = Path(name)
    if path.is_dir():
        raise click.UsageError(f"{name} is a folder; --show takes a template, which need not be there")
    file = Path(given["config"]) if given["config"] else None
    configuration = Configuration(options.overrides(given), file, given["isolated"])
    configuration.of(path)  # raises what is wrong with it
    held = configuration.held(path.parent)
    from fixer.settings.trace import traced

    return path, held, traced(held, path, configuration.overrides)


def json_schema() -> str:
    """The JSON schema of the settings file, as it is kept in ``schemas/cfnfix.schema.json``."""
    from fixer import api
    from fixer.settings import schema

    return json.dumps(schema.json_schema(api.names()), indent=2) + "\n"


def reference() -> Iterator[str]:
    """Each key with its default, and what it is for."""
    from fixer.settings.schema import TABLES, keys, values

    defaults, table = values(Settings()), ""
    for path, _, about in keys():
        if path[0] in TABLES and path[0] != table:
            table = path[0]
            yield from ("", f"[{table}]")
        default = defaults.get(path)
        yield f"# {path[-1]} is unset" if default is None else f"{path[-1]} = {_toml(default)}"
        yield from _about(about)
        if path == ("ignore",):  # it is of the whole file, and no setting of a template
            yield "exclude = []"
            yield from _about(_EXCLUDE)
    yield from ("", "# [[overrides]]", '# paths = ["legacy/**"]')
    yield from _about(_OVERRIDES)


def _about(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, line_width() - 6, initial_indent="    # ", subsequent_indent="    # ")


def as_toml(template: Path, held: FileSettings | None, found: Iterable[Traced]) -> Iterator[str]:
    """What applies to a template, as a settings file, with comments that say where each value comes from."""
    yield from _comment(f"What applies to {template}")
    yield from _comment(f"Settings file: {held.file if held else 'none'}")
    if held is not None and held.excludes(template):
        yield from _comment(f"Excluded: {', '.join(held.exclude)}")
    for number, globs, line, applies in _overrides(template, held):
        yield from _comment(f"Override {number}, line {line}, {'applies' if applies else 'does not apply'}: {globs}")
    yield ""
    table: tuple[str, ...] = ()
    for one in found:
        if one.path[:-1] != table:
            table = one.path[:-1]
            yield from ("", f"[{'.'.join(table)}]")
        key = one.path[-1] if re.fullmatch(r"[\w-]+", one.path[-1], re.ASCII) else json.dumps(one.path[-1])
        entry = f"# {key} is unset" if one.value is None else f"{key} = {_toml(one.value)}"
        yield from _behind(entry, ", ".join(_said(origin, held) for origin in one.origins))


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, line_width() - 2, subsequent_indent="  ", break_long_words=False):
        yield click.style(f"# {line}", dim=True)


def _behind(entry: str, comment: str) -> Iterator[str]:
    """An entry with a comment behind it, or below it if there is no room."""
    room = line_width() - _COLUMN - 2
    first, *more = textwrap.wrap(comment, room, break_long_words=False, break_on_hyphens=False)
    if len(entry) >= _COLUMN:
        yield from _folded(entry)
        entry = ""
    yield f"{entry:{_COLUMN}}" + click.style(f"# {first}", dim=True)
    for line in more:
        yield " " * _COLUMN + click.style(f"# {line}", dim=True)


def _folded(entry: str) -> Iterator[str]:
    """An entry that is a list too long for a line, over several."""
    begin, opening, rest = entry.partition("[")
    if len(entry) <= line_width() or not opening:
        yield entry
        return
    yield begin + opening
    items = rest.removesuffix("]")
    yield from textwrap.wrap(
        items,
        line_width(),
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield "]"


def _said(origin: Origin, held: FileSettings | None) -> str:
    if held is None or origin.kind in ("default", "command line"):
        return origin.kind
    place = held.file.name + (f":{origin.line}" if origin.line else "")
    return place if origin.number is None else f"override {origin.number} ({place})"


def _overrides(template: Path, held: FileSettings | None) -> Iterator[tuple[int, str, int | None, bool]]:
    """Of each override its number, its globs, its line, and whether it speaks of a template."""
    if held is None:
        return
    from fixer.settings.trace import override_line

    matching = held.matching(template)
    for index, one in enumerate(held.overrides):
        yield index + 1, ", ".join(one.paths), override_line(held, index), index in matching


def as_json(template: Path, held: FileSettings | None, found: Iterable[Traced]) -> Iterator[str]:
    """The same for machines."""
    data = {
        "version": 1,
        "file": str(template),
        "settings-file": str(held.file) if held else None,
        "excluded": held is not None and held.excludes(template),
        "overrides": [
            {"number": number, "line": line, "paths": list(held.overrides[number - 1].paths), "applies": applies}
            for number, _, line, applies in _overrides(template, held)
            if held is not None
        ],
        "settings": [
            {
                "key": list(one.path),
                "value": _intrinsic(one.value),
                "from": [
                    {"kind": origin.kind, "line": origin.line, "override": origin.number} for origin in one.origins
                ],
            }
            for one in found
        ],
    }
    yield json.dumps(data, indent=2)


def _toml(value: Any) -> str:
    """A value as it stands in TOML; JSON's strings, lists and booleans are TOML's."""
    return json.dumps(_intrinsic(value), ensure_ascii=False)


def _intrinsic(value: Any) -> Any:
    """The value of a tag as it is set: an intrinsic in short form."""
    if not isinstance(value, dict) or not value:
        return value
    ((name, argument),) = value.items()
    if name == "Fn::GetAtt" and isinstance(argument, list):
        argument = ".".join(argument)
    plain = isinstance(argument, str) and re.fullmatch(r"[\w.:-]+", argument)
    return f"!{name.removeprefix('Fn::')} {argument if plain else json.dumps(argument)}"


command = click.Command(
    "config",
    callback=config,
    help=ABOUT,
    params=[
        click.Option(
            ["--show"],
            metavar="FILE",
            shell_complete=completion.files,
            help="What applies to this template, which need not be there.",
        ),
        click.Option(["--schema"], is_flag=True, help="The JSON schema of the settings file."),
        click.Option(
            ["--output-format"],
            metavar="FORMAT",
            type=click.Choice(["text", "json"]),
            default="text",
            help="How --show prints: text or json.",
        ),
        options.COLOR,
        *options.SETTING,
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)
