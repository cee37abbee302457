"""``cfnfix rule [NAME]``: what the transforms are for, from their own docstrings and cases."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from fixer.cli import completion
from fixer.cli.delivery import color_of, line_width
from fixer.model import Case, CfnfixError, Transform
from fixer.report.diff import hunks

DEFAULT = "default"
_SAFETY = re.compile(r"^\W*Safety\b\W*(\w[\w-]*)", re.MULTILINE)


@click.command("rule", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", required=False, shell_complete=completion.transforms)
@click.option(
    "--color",
    metavar="WHEN",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours: auto, always, never; auto heeds NO_COLOR.",
)
def rule(name: str | None, color: str) -> None:
    """Explain the transform NAME with its cases; list those of the group NAME, or all.

    \b
    Examples:
      cfnfix rule                      which there are, and which are on
      cfnfix rule security             those of a group
      cfnfix rule missing-tags         what one does, why, and how safe it is
    """
    from fixer.api import selected
    from fixer.settings.file import find_settings, load_settings
    from fixer.settings.model import Settings

    file = find_settings(Path())
    plugins = load_settings(file).plugins if file else ()
    every = selected(Settings(select=("all",), plugins=plugins))
    groups = {group for one in every for group in one.groups}
    if name is None or name == "all" or name in groups:
        lines = listed([one for one in every if name is None or name == "all" or name in one.groups])
    else:
        lines = explained(_named(name, every))
    click.echo("\n".join(lines), color=color_of(color))


def _named(name: str, transforms: Sequence[Transform]) -> Transform:
    known = {transform.name: transform for transform in transforms}
    if name not in known:
        close = difflib.get_close_matches(name, known, 1)
        raise CfnfixError(
            f"there is no transform {name!r}; " + (f"did you mean {close[0]}?" if close else "`cfnfix rule` lists all")
        )
    return known[name]


def listed(transforms: Sequence[Transform]) -> Iterator[str]:
    """A line for each transform, in the order of application."""
    column = max((len(transform.name) for transform in transforms), default=0)
    for transform in transforms:
        on = click.style("on ", fg="green") if DEFAULT in transform.groups else "off"
        groups = ", ".join(sorted(transform.groups - {DEFAULT}))
        yield f"{click.style(f'{transform.name:{column}}', bold=True)}  {on}  {safety(transform):12}  {groups}".rstrip()
    yield ""
    yield "on: applied unless --select says otherwise. `cfnfix rule NAME` explains one."


def safety(transform: Transform) -> str:
    """The first word of the section Safety of a transform's docstring: safe, unsafe, display-only."""
    found = _SAFETY.search(transform.doc)
    return found.group(1).lower() if found else ""


def explained(transform: Transform) -> Iterator[str]:
    """The docstring, what it serves, and every case as a diff."""
    yield click.style(transform.name, bold=True)
    groups = sorted(transform.groups - {DEFAULT})
    facts = ["applied by default" if DEFAULT in transform.groups else "applied if selected"]
    facts += [f"groups: {', '.join(groups)}"] if groups else []
    facts += [f"cfn-lint: {', '.join(transform.lint_rules)}"] if transform.lint_rules else []
    yield "; ".join(facts)
    yield ""
    yield from _prose(textwrap.dedent(transform.doc).strip())
    for case in (*transform.invalid, *transform.valid):
        yield ""
        yield from _case(case)


def _prose(doc: str) -> Iterator[str]:
    """The lines of a docstring, its paragraphs and list items filled anew for the terminal, its headings bold."""
    width = line_width()
    for paragraph in re.split(r"\n(?=\n|#|[-*] |\d+\. )", doc):
        head, _, body = paragraph.lstrip("\n").partition("\n")
        if not paragraph or paragraph.startswith("\n"):
            yield ""
        if head.startswith("#"):
            yield click.style(head.lstrip("# "), bold=True)
            head = ""
        text = " ".join(f"{head} {body}".split())
        mark = re.match(r"[-*] |\d+\. ", text)
        hang = " " * len(mark[0]) if mark else ""
        if text:
            yield textwrap.fill(text, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)


def _case(case: Case) -> Iterator[str]:
    told = " (with --unsafe-fixes)" if case.unsafe else ""
    yield click.style(f"{case.name}{told}", bold=True)
    if case.after is None:
        yield textwrap.indent(case.before.strip("\n"), "    ")
        yield "  is left alone" + (f": {case.says}" if case.says else "")
        return
    for line in hunks(case.before, case.after, context=1000):
        if not line.startswith("@@"):
            color = {"+": "green", "-": "red"}.get(line[0])
            yield "  " + click.style(line.rstrip("\n").replace("\n", "\n  "), fg=color)
