"""The reference of the command line, from the options themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from textwrap import dedent

import click

from fixer.cli.command import SUBCOMMANDS, cli, subcommand
from fixer.cli.options import SETTING


def options() -> str:
    """The options of the command that repairs, a table for each heading of its help."""
    sections: dict[str, list[click.Option]] = {}
    with click.Context(cli, info_name="cfnfix", **cli.context_settings) as context:
        for one in cli.get_params(context):
            if isinstance(one, click.Option):
                sections.setdefault(getattr(one, "section", "Others"), []).append(one)
        return "\n\n".join(f"### {title}\n\n" + "\n".join(_table(ones, context)) for title, ones in sections.items())


def commands() -> str:
    """The other commands."""
    return "\n\n".join("\n".join(_command(name)) for name in SUBCOMMANDS)


def _command(name: str) -> Iterator[str]:
    command = subcommand(name)
    with click.Context(command, info_name=f"cfnfix {name}", **command.context_settings) as context:
        yield f"## `cfnfix {SUBCOMMANDS[name][1]}`"
        yield ""
        yield from _prose(command.help or "")
        every = [one for one in command.get_params(context) if isinstance(one, click.Option)]
        own = [one for one in every if one not in SETTING]
        if own:
            yield ""
            yield from _table(own, context)
        if len(own) < len(every):
            yield ""
            yield "It also takes the options above that say what is repaired, `--config` and `--isolated`."


def _prose(help: str) -> Iterator[str]:
    """Help as click has it: paragraphs, and behind a line with a backspace what keeps its lines."""
    for paragraph in cleandoc(help).split("\n\n"):
        mark, _, kept = paragraph.partition("\n")
        yield ""
        if mark == "\b":
            title, _, lines = kept.partition("\n")
            yield from (title, "", "```text", dedent(lines), "```")
        else:
            yield " ".join(paragraph.split())


def _table(ones: Iterable[click.Option], context: click.Context) -> Iterator[str]:
    yield "| option | |"
    yield "|---|---|"
    for one in ones:
        record = one.get_help_record(context)
        if record is not None:
            names, about = (" ".join(text.split()).replace("|", "&#124;") for text in record)
            yield f"| <code>{names}</code> | {about} |"
