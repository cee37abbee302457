"""Where results go: templates, diffs, reports to standard output or files; all that is said, to standard error."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from fixer.cli.failures import DONE, FAILED, INTERRUPTED, WOULD_CHANGE, unwritten
from fixer.model import CfnfixError, InputError, Outcome
from fixer.report import Result, Run, render, text


class Mode(Enum):
    """What becomes of the repaired templates."""

    PRINT = auto()
    OUTPUT = auto()
    WRITE = auto()
    DIFF = auto()
    CHECK = auto()
    REPORT = auto()
    """A report alone: a dry run."""


class Order(Struct, frozen=True):
    """What the user wants to get."""

    mode: Mode
    output: Path | None = None
    format: str = "text"
    reports: tuple[tuple[str, Path], ...] = ()
    """Reports that go to files besides: format and file."""
    quiet: bool = False
    verbose: bool = False
    color: bool | None = None
    """None: if it is a terminal."""

    @property
    def dry_run(self) -> bool:
        return self.mode in (Mode.DIFF, Mode.CHECK, Mode.REPORT)


def color_of(choice: str) -> bool | None:
    """What ``--color`` means: always, never, or None: as the stream allows (https://no-color.org)."""
    if choice == "auto":
        return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None
    return choice == "always"


def line_width() -> int:
    """How wide what is said may be: the terminal, within what can be read."""
    import shutil

    return max(50, min(100, shutil.get_terminal_size((80, 24)).columns))


def deliver(results: Iterator[Result], order: Order) -> int:
    """Hand out what was ordered, tell what was done, and give the exit status: the worst of all."""
    done: list[Result] = []
    interrupted = False
    try:
        for result in results:  # what was done before an interruption is told
            done.append(_written(result, order.output) if order.output is not None else result)
    except KeyboardInterrupt:
        interrupted = True
        if order.mode is not Mode.WRITE:
            raise
    _file_reports(done, order)
    _hand_out(done, order)
    _tell(done, order)
    if interrupted:
        number = sum(result.outcome.changed and result.outcome.error is None for result in done)
        told = f"{number} {'template' if number == 1 else 'templates'} had been written, and " if number else ""
        click.echo(f"cfnfix: interrupted; {told}what was at work may be written as well", err=True)
        return INTERRUPTED
    if any(result.outcome.error is not None for result in done):
        return FAILED
    return WOULD_CHANGE if order.dry_run and any(result.outcome.changed for result in done) else DONE


def _written(result: Result, output: Path) -> Result:
    """The result after its text went to ``output``, repaired or not; or with the error that prevented it."""
    outcome = result.outcome
    if outcome.error is not None:
        return result
    from fixer.cli.convert import convert
    from fixer.syntax.source import write_atomic

    try:
        converted, note = convert(outcome.after, output)
    except InputError as error:
        return replace(result, outcome=replace(outcome, after=outcome.before, applied=(), error=error))
    except CfnfixError as error:
        return replace(result, outcome=_failed(outcome, str(error)))
    origin = Path(outcome.location)
    like = output if output.exists() else origin if origin.is_file() else None
    try:
        write_atomic(output, converted, like)
    except InputError as error:
        return replace(result, outcome=_failed(outcome, f"{output} {error.message}"))
    notes = (*outcome.notes, note) if note else outcome.notes
    return replace(result, outcome=replace(outcome, notes=notes), destination=str(output))


def _failed(outcome: Outcome, message: str) -> Outcome:
    return replace(outcome, after=outcome.before, applied=(), error=InputError(message))


def _file_reports(results: Sequence[Result], order: Order) -> None:
    """Write the reports that go to files. Raises CfnfixError."""
    from fixer.syntax.source import write_atomic

    for form, file in order.reports:
        text = render(form, _run(results, order))
        try:
            write_atomic(file, text)
        except InputError as error:
            raise CfnfixError(f"{file} {error.message}") from None


def _run(results: Sequence[Result], order: Order) -> Run:
    from fixer.cli.apart import transforms

    plugins = tuple(dict.fromkeys(name for result in results for name in result.plugins))
    return Run(results, order.dry_run, partial(transforms, plugins=plugins))


def _hand_out(results: Sequence[Result], order: Order) -> None:
    product = _product(results, order)
    if not product:
        return
    if sys.stdout is None:
        raise CfnfixError("standard output is closed")
    try:
        sys.stdout.flush()
        left = memoryview(product.encode("utf-8", "surrogateescape"))
        while left:  # with PYTHONUNBUFFERED the stream is raw, and may take a part only
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritten(error) from None


def _product(results: Sequence[Result], order: Order) -> str:
    """What standard output carries, and nothing else does."""
    if order.format != "text":
        return render(order.format, _run(results, order))
    good = [result.outcome for result in results if result.outcome.error is None]
    if order.mode is Mode.PRINT:
        return "".join(outcome.after for outcome in good)
    if order.mode is Mode.CHECK:
        name = text.clean if sys.stdout is not None and sys.stdout.isatty() else str  # a program gets the name as it is
        return "".join(name(outcome.location) + "\n" for outcome in good if outcome.changed)
    if order.mode is Mode.DIFF:
        return _patch([outcome for outcome in good if outcome.changed], order)
    return ""


def _patch(outcomes: Sequence[Outcome], order: Order) -> str:
    """The patch of these files. If it is for another folder than this one, standard error says how to apply it."""
    from fixer.report.diff import unified
    from fixer.report.places import is_top, named, patch_root

    if not outcomes:
        return ""
    color = sys.stdout.isatty() if order.color is None else order.color
    root = patch_root([outcome.location for outcome in outcomes])
    elsewhere = root != Path.cwd()
    if elsewhere and not order.quiet:
        click.echo(f"cfnfix: to apply the patch: git -C {shlex.quote(text.clean(str(root)))} apply", err=True)
    from_top = elsewhere and is_top(root)
    return "".join(
        unified(named(one.location, root), one.before, one.after, color=color, from_top=from_top) for one in outcomes
    )


def _tell(results: Sequence[Result], order: Order) -> None:
    for result in results:
        if result.outcome.error is not None:
            click.echo(text.error(result.outcome), err=True, color=order.color)
    if order.quiet or order.format != "text":
        return
    said = text.summary(results, dry_run=order.dry_run, verbose=order.verbose, width=line_width())
    if said:
        click.echo(said, err=True, color=order.color)
