"""The options of the command that repairs, and what they mean together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import click

from fixer.cli import completion
from fixer.cli.delivery import Mode, Order, color_of
from fixer.cli.discover import STDIN, Input
from fixer.model import CfnfixError, Outcome
from fixer.report import FORMATS
from fixer.settings.model import IMPACTS, VALIDATORS, Overrides, is_glob, tag

Given: TypeAlias = "Mapping[str, Any]"
"""The values of the options, by name."""

_COLORS = ("auto", "always", "never")


class Option(click.Option):
    """An option that knows under which heading of the help it stands."""

    def __init__(self, *args: Any, section: str = "Other", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None:
            return None
        shown = f"--[no-]{self.opts[0][2:]}" if self.secondary_opts else record[0]
        return shown, self.help or ""


def _names(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _tags(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> dict[str, Any]:
    tags = {}
    for value in values:
        key, equals, text = value.partition("=")
        if not equals:
            raise click.BadParameter(f"{value!r} has no '='; expected is KEY=VALUE, like Team=payments", ctx, param)
        try:
            tags[key.strip()] = tag(key.strip(), text)
        except CfnfixError as error:
            raise click.BadParameter(str(error), ctx, param) from None
    return tags


def _reports(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    pairs = [value.partition("=") for value in values]
    for form, equals, file in pairs:
        if form in FORMATS and file == STDIN:
            raise click.BadParameter(
                f"it writes to files; --output-format {form} writes to standard output", ctx, param
            )
        if form not in FORMATS or not equals or not file:
            known = ", ".join(FORMATS)
            raise click.BadParameter(f"{form + equals + file!r} is not FORMAT=FILE; formats are {known}", ctx, param)
    return tuple((form, Path(file)) for form, _, file in pairs)


def _globs(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    for value in values:
        if not is_glob(value):
            raise click.BadParameter(f"{value!r} is no glob; one like 'legacy/**' is expected", ctx, param)
    return tuple(values)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"cfnfix {version('cfnfix')}")
        except PackageNotFoundError:
            click.echo("cfnfix (not installed)")
        ctx.exit()


def _options() -> list[Option]:
    def output(*names: str, **more: Any) -> Option:
        return Option(names, section="Output", **more)

    def repairs(*names: str, **more: Any) -> Option:
        return Option(names, section="Repairs", **more)

    def others(*names: str, **more: Any) -> Option:
        return Option(names, section="Others", **more)

    def words(section: Callable[..., Option], *names: str, choices: Sequence[str], **more: Any) -> Option:
        more.setdefault("metavar", "|".join(choices))
        return section(*names, type=click.Choice(choices), **more)

    several: dict[str, Any] = {
        "multiple": True,
        "callback": _names,
        "metavar": "NAME,...",
        "shell_complete": completion.names,
    }
    folder = click.Path(exists=True, file_okay=False)
    file = click.Path(exists=True, dir_okay=False)
    dry = "Dry run: {}; exit 1 if any."
    return [
        output(
            "-o",
            "--output",
            metavar="FILE",
            shell_complete=completion.files,
            help="Where to, if not standard output; may convert.",
        ),
        output("-w", "--write", is_flag=True, help="Write in place."),
        output("--diff", is_flag=True, help=dry.format("changes as a patch")),
        output("--check", is_flag=True, help=dry.format("files to repair")),
        words(
            output,
            "--output-format",
            choices=("text", *FORMATS),
            default="text",
            metavar="FORMAT",
            help=f"A report: {', '.join(FORMATS)}.",
        ),
        output(
            "--report",
            "reports",
            multiple=True,
            callback=_reports,
            metavar="FORMAT=FILE",
            help="A report into a file, besides; repeatable.",
        ),
        output("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        output("-v", "--verbose", count=True, help="Say every finding, with its place."),
        words(output, "--color", choices=_COLORS, default="auto", help="Colours; auto heeds NO_COLOR."),
        repairs("--select", **several, help="These transforms or groups, and no others."),
        repairs("--extend-select", **several, help="These besides."),
        repairs("--ignore", **several, help="Not these."),
        repairs("--unsafe-fixes/--no-unsafe-fixes", default=None, help="Apply unsafe fixes too."),
        words(
            repairs,
            "--max-impact",
            choices=tuple(IMPACTS),
            metavar="LEVEL",
            help="Highest impact: none, no-interruption, ...",
        ),
        repairs("--deployed", is_flag=True, help="The same as --max-impact no-interruption."),
        repairs(
            "--tag",
            "tags",
            multiple=True,
            callback=_tags,
            metavar="KEY=VALUE",
            help="A tag; VALUE may be like '!Ref Environment'.",
        ),
        repairs("--code-root", metavar="DIR", type=folder, help="Where the sources of Lambda functions are."),
        repairs("--fetch-code/--no-fetch-code", default=None, help="Read their code from S3 (AWS credentials)."),
        words(
            repairs,
            "--validate",
            choices=VALIDATORS,
            metavar="WITH",
            help="The judge: cfn-lint, fast, none (--no-validate).",
        ),
        repairs("--no-validate", is_flag=True, hidden=True),
        others("--config", metavar="FILE", type=file, help="Instead of .cfnfix.toml, pyproject.toml."),
        others("--isolated", is_flag=True, help="Heed no settings file."),
        others(
            "--exclude",
            multiple=True,
            callback=_globs,
            metavar="GLOB",
            help="Not these templates in folders; as in .gitignore.",
        ),
        others("--since", metavar="REF", help="Only templates that changed since a git ref."),
        others("--templates-only", is_flag=True, help="Pass over named files that are no templates."),
        others(
            "--stdin-filename",
            metavar="NAME",
            shell_complete=completion.files,
            help="What to call standard input, and where it is.",
        ),
        others("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Files at a time (the number of cores)."),
        others(
            "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
        ),
    ]


OPTIONS = _options()
PARAMETERS: list[click.Parameter] = [
    click.Argument(["paths"], nargs=-1, metavar="PATH...", shell_complete=completion.paths),
    *OPTIONS,
]


SETTING = [one for one in OPTIONS if one.section == "Repairs" or one.name in ("config", "isolated")]
"""The options that say what is repaired, which other subcommands take as well."""

COLOR = click.Option(
    ["--color"],
    metavar="WHEN",
    type=click.Choice(_COLORS),
    default="auto",
    help="Colours: auto, always, never; auto heeds NO_COLOR.",
)
"""The one that other subcommands take; that of the repair itself stands in a section of the help."""


def not_both(one: str, other: str, first: Any, second: Any) -> None:
    """Raise UsageError if two options are given that contradict each other."""
    if first and second:
        raise click.UsageError(f"{one} and {other} contradict each other")


def check_setting(given: Given) -> None:
    """Raise UsageError if those of SETTING contradict each other."""
    not_both("--deployed", "--max-impact", given["deployed"], given["max_impact"])
    not_both("--validate", "--no-validate", given["validate"] not in (None, "none"), given["no_validate"])
    not_both("--config", "--isolated", given["config"], given["isolated"])


def check(paths: Sequence[str], given: Given) -> None:
    """Raise UsageError for options that contradict each other."""
    dry = "--diff" if given["diff"] else "--check"
    not_both("-o", "-w", given["output"], given["write"])
    not_both("-o", dry, given["output"], given["diff"] or given["check"])
    not_both("-w", dry, given["write"], given["diff"] or given["check"])
    not_both("-q", "-v", given["quiet"], given["verbose"])
    check_setting(given)
    report = given["output_format"]
    not_both("--diff", f"--output-format {report}", given["diff"], report != "text")
    if not paths:
        raise click.UsageError("a PATH is needed: a template, a folder, or - for standard input")
    if given["since"] is not None and STDIN in paths:
        raise click.UsageError("--since takes files and folders of a git repository, and no standard input")
    if given["write"] and STDIN in paths:
        raise click.UsageError("standard input cannot be written in place; leave -w out")


def order(given: Given, inputs: Sequence[Input]) -> Order:
    """What the user wants to get. Raises UsageError where several inputs would go to one place."""
    output = None if given["output"] in (None, STDIN) else Path(given["output"])
    mode = (
        Mode.OUTPUT if output else
        Mode.WRITE if given["write"] else
        Mode.DIFF if given["diff"] else
        Mode.CHECK if given["check"] else
        Mode.REPORT if given["output_format"] != "text" or given["reports"] else
        Mode.PRINT
    )  # fmt: skip
    if len(inputs) > 1 and mode in (Mode.OUTPUT, Mode.PRINT):
        for one in inputs:  # a word that names nothing is the likelier mistake
            if isinstance(one, Outcome):
                raise CfnfixError(f"{one.location}: {one.error}")
        number = len(inputs)
        raise click.UsageError(
            f"-o takes one template, and there are {number}; -w writes each in place"
            if mode is Mode.OUTPUT
            else f"there are {number} templates: -w repairs them in place, --diff and --check show what would change"
        )
    return Order(
        mode,
        output=output,
        format=given["output_format"],
        reports=given["reports"],
        quiet=given["quiet"],
        verbose=given["verbose"] > 0,
        color=color_of(given["color"]),
    )


def overrides(given: Given) -> Overrides:
    """What the command line says about the repairs, to go over a settings file."""
    impact = "no-interruption" if given["deployed"] else given["max_impact"]
    return Overrides(
        select=given["select"] or None,
        extend_select=given["extend_select"],
        ignore=given["ignore"],
        unsafe_fixes=given["unsafe_fixes"],
        max_impact=IMPACTS[impact] if impact else None,
        validate="none" if given["no_validate"] else given["validate"],
        tags=given["tags"],
        code_root=given["code_root"],
        fetch_code=given["fetch_code"],
    )
