"""The command line: dispatch. The options are in `options`, a run in `session`, its products in `delivery`.

A further subcommand is a line in SUBCOMMANDS and a click command in a module of its own, imported when it is called.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click

from fixer.cli import completion, failures, options
from fixer.model import TRACEBACK

SUBCOMMANDS = {
    "rule": ("fixer.cli.explain:rule", "rule [NAME]", "Explain a transform, or list all."),
    "review": ("fixer.cli.review:command", "review TEMPLATE", "Decide on the fixes one by one."),
    "config": ("fixer.cli.config:command", "config [--show FILE]", "Show the settings, and where they come from."),
    "completion": (
        "fixer.cli.completion:completion",
        "completion SHELL",
        "For bash, zsh or fish: print the script.",
    ),
    "lsp": ("fixer.lsp.command:lsp", "lsp", "Serve an editor on standard input and output."),
}
"""A subcommand's name to where it is, and its line in the help."""

ABOUT = "Repair CloudFormation templates: files, folders, or - for standard input."

EXAMPLES = """
Examples:
  cfnfix api.yaml -o fixed.yaml    repair into another file
  cfnfix --diff templates          see what would change, as a patch
  cfnfix -w --deployed templates   in place, and no interruption of a live stack

Exit status: 0 done; 1 a dry run would change something; 2 an input has failed.
"""


class Cli(click.Command):
    """The command that repairs. A first argument that names a subcommand goes there; such a file is ``./rule``."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args and args[0] in SUBCOMMANDS:
            return subcommand(args[0]).make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)
        except BrokenPipeError:  # click would make it status 1, which has a meaning of its own here
            raise failures.PipeClosed from None

    def main(self, args: Sequence[str] | None = None, *more: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """As click's, but every failure ends in one line and in an exit status of ours."""
        if completion.VARIABLE in os.environ:
            completion.register()
        run: Callable[..., Any] = super().main
        status = failures.guarded(lambda: run(args, *more, standalone_mode=False, **extra))
        return sys.exit(status) if standalone_mode else status

    @property
    def subcommands(self) -> dict[str, str]:
        """The name of each subcommand to what it does."""
        return {name: about for name, (_, _, about) in SUBCOMMANDS.items()}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows: dict[str, list[tuple[str, str]]] = {"Output": [], "Repairs": [], "Others": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record is not None:
                rows[getattr(param, "section", "Others")].append(record)
        rows["Commands"] = [(usage, about) for _, usage, about in SUBCOMMANDS.values()]
        for title, records in rows.items():
            formatter.write(f"\n{title}:\n")
            for names, about in records:
                formatter.write(f"  {names:<27} {about}\n")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(EXAMPLES)


def subcommand(name: str) -> click.Command:
    """A command of SUBCOMMANDS, imported now."""
    module, attribute = SUBCOMMANDS[name][0].split(":")
    return cast(click.Command, getattr(import_module(module), attribute))


def repair(paths: tuple[str, ...], **given: Any) -> int:
    """Repair the templates that ``paths`` name, and give the exit status."""
    options.check(paths, given)
    if given["verbose"] > 1:
        os.environ[TRACEBACK] = "1"  # so that worker processes know as well
    from fixer.cli.delivery import deliver
    from fixer.cli.discover import discover
    from fixer.cli.session import Configuration, default_jobs, process
    from fixer.settings.model import match, relative

    config = Path(given["config"]) if given["config"] else None
    configuration = Configuration(options.overrides(given), config, given["isolated"])
    inputs = discover(
        paths,
        keep=_wanted(paths, given["since"]),
        exclude=lambda one: configuration.excludes(one) or match(given["exclude"], relative(one, Path())),
        templates_only=given["templates_only"],
        write=given["write"],
    )
    order = options.order(given, inputs)
    if not inputs:
        configuration.of(None)  # whose errors are told all the same
    results = process(
        inputs,
        configuration,
        write=given["write"],
        jobs=given["jobs"] or default_jobs(),
        stdin_name=given["stdin_filename"],
        progress=not given["quiet"] and sys.stderr.isatty(),
    )
    if not inputs and not given["quiet"] and given["since"] is not None:
        click.echo(f"cfnfix: no template has changed since {given['since']}", err=True)
    return deliver(results, order)


def _wanted(paths: tuple[str, ...], since: str | None) -> Callable[[Path], bool] | None:
    """Which files are looked at; None: all of them. Raises CfnfixError."""
    if since is None:
        return None
    from fixer.cli.since import changed

    return changed(paths, since)


cli = Cli(
    "cfnfix",
    callback=repair,
    params=options.PARAMETERS,
    help=ABOUT,
    options_metavar="[OPTIONS]",
    context_settings={"help_option_names": ["-h", "--help"]},
)
