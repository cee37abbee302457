"""One fix for people to decide on: what is wrong, what the fix does, how safe it is, its diff."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from fixer.model import Finding, Fix, Impact, Safety
from fixer.report.diff import hunks
from fixer.report.text import clean

_IMPACTS = {
    Impact.NONE: ("No resource of a live stack changes.", None),
    Impact.NO_INTERRUPTION: ("An update of a live stack does not interrupt it.", None),
    Impact.SOME_INTERRUPTION: ("An update of a live stack interrupts it for a while.", "yellow"),
    Impact.REPLACEMENT: ("An update of a live stack REPLACES the resource.", "red"),
}
_COLORS = {"+": "green", "-": "red", "@": "cyan"}


def proposal(location: str, finding: Finding, fix: Fix, *, width: int) -> Iterator[str]:
    """What is proposed, but for its diff, in lines of ``width`` columns."""
    place = f"{clean(location)}:{finding.line}:{finding.column}"
    yield click.style(finding.transform, bold=True) + f" at {place}"
    yield from _wrapped(finding.message, width)
    yield from _wrapped(f"Fix: {fix.title}", width)
    if fix.safety is Safety.SAFE:
        yield from _wrapped("Safe.", width, "green")
    else:
        yield from _wrapped(f"UNSAFE: {finding.reason}" if finding.reason else "UNSAFE.", width, "yellow")
    words, color = _IMPACTS[fix.impact]
    if finding.replaces:
        words = words.replace("the resource", f"its {finding.replaces}")
    yield from _wrapped(words, width, color)


def diff(before: str, after: str, *, most: int | None = None) -> Iterator[str]:
    """The lines of the diff, styled, at most ``most`` of them and one that tells how many are left out."""
    lines = [line.rstrip("\r\n") for hunk in hunks(before, after) for line in hunk.removesuffix("\n").split("\n")]
    shown = lines if most is None or len(lines) <= most + 1 else lines[:most]
    for line in shown:
        color = _COLORS.get(line[:1])
        yield click.style(clean(line), fg=color) if color else clean(line)
    if len(shown) < len(lines):
        yield click.style(f"... {len(lines) - len(shown)} more lines; v shows them", dim=True)


def _wrapped(text: str, width: int, color: str | None = None) -> Iterator[str]:
    for line in textwrap.wrap(clean(text), width - 2, break_long_words=False, break_on_hyphens=False):
        yield "  " + (click.style(line, fg=color) if color else line)
