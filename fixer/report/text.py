"""The summary for people: what was repaired, what it does to a live stack, what was held back, and how to allow it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

import click

from fixer.model import Finding, Impact, Outcome
from fixer.report import Result, word
from fixer.report.told import IMPACTS

MANY = 10
"""With more files than this each has one line, and one table at the end speaks for all."""

_PLACES = 3
_NO_BREAK = "\u00a0"
"""A blank at which no line is broken: ``at`` alone on a line is ugly."""
_COLORS = {Impact.SOME_INTERRUPTION: "yellow", Impact.REPLACEMENT: "red"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def error(outcome: Outcome) -> str:
    """The line for an input that could not be repaired: ``cfnfix: path:line:column: message``."""
    problem = outcome.error
    assert problem is not None
    where = _place(outcome)
    joint = ":" if problem.line is not None else ": "
    return click.style("cfnfix", fg="red", bold=True) + ": " + f"{where}{joint}{clean(str(problem))}"


def summary(results: Sequence[Result], *, dry_run: bool = False, verbose: bool = False, width: int = 80) -> str:
    """The whole summary, styled for a terminal, with the totals as its last line. No line is wider than it must be."""
    good = [result for result in results if result.outcome.error is None]
    blocks: list[str] = []
    if len(good) > MANY and not verbose:
        lines = [_heading(r, dry_run, short=True) for r in good if r.outcome.changed or r.outcome.remaining]
        blocks.append("\n".join(lines))
        blocks.append("\n".join(_tables(good, width)))
    else:
        told = [r for r in good if verbose or r.outcome.changed or r.outcome.remaining or r.outcome.notes]
        blocks += ["\n".join(_block(result, dry_run, verbose, width)) for result in told]
    if len(results) > 1 or good:
        blocks.append(total(results, dry_run=dry_run, width=width))
    return "\n\n".join(block for block in blocks if block)


def total(results: Sequence[Result], *, dry_run: bool = False, width: int = 80) -> str:
    """``3 templates: 2 repaired (41 fixes), 1 unchanged. 7 more fixes with --unsafe-fixes.``"""
    outcomes = [result.outcome for result in results]
    failed = sum(outcome.error is not None for outcome in outcomes)
    changed = [outcome for outcome in outcomes if outcome.error is None and outcome.changed]
    fixes = sum(len(outcome.applied) for outcome in changed)
    same = len(outcomes) - failed - len(changed)
    parts = []
    if changed:
        done = f"{len(changed)} {'to repair' if dry_run else 'repaired'}"
        parts.append(click.style(done, fg="green", bold=True) + f" ({_count(fixes, 'fix', 'fixes')})")
    if same:
        parts.append(f"{same} unchanged")
    if failed:
        parts.append(click.style(f"{failed} failed", fg="red", bold=True))
    line = f"{_count(len(outcomes), 'template')}: {', '.join(parts)}."
    more = sum(result.unsafe(finding) for result in results for finding in result.outcome.remaining)
    if not more:
        return line
    hint = f"{_count(more, 'more fix', 'more fixes')} with --unsafe-fixes."
    return line + (" " if len(click.unstyle(line)) + len(hint) < width else "\n") + hint


def _heading(result: Result, dry_run: bool, *, short: bool = False) -> str:
    outcome = result.outcome
    fixes = len(outcome.applied)
    if outcome.changed:
        said = click.style(f"{'would repair' if dry_run else 'repaired'} {fixes}", fg="green")
    else:
        said = "unchanged"
    if short:
        if outcome.changed and outcome.impact > Impact.NO_INTERRUPTION:
            said += ", " + _impact(outcome.impact)
        if outcome.remaining:
            said += f", {len(outcome.remaining)} left"
    if result.destination:
        said += f", written to {clean(result.destination)}"
    return f"{click.style(_place(outcome), bold=True)}: {said}"


def _place(outcome: Outcome) -> str:
    return "standard input" if outcome.location == "-" else clean(outcome.location)


def _block(result: Result, dry_run: bool, verbose: bool, width: int) -> Iterator[str]:
    outcome = result.outcome
    yield _heading(result, dry_run)
    yield from _each([result], width) if verbose else _tables([result], width)
    replaced = _replaced(outcome.applied)
    if replaced:
        names = ", ".join(replaced[:4]) + (f" and {len(replaced) - 4} more" if len(replaced) > 4 else "")
        said = f"An update of a live stack replaces {names}; --deployed holds such fixes back."
        yield from _wrapped(said, width, "  ", fg="red")
    for note in outcome.notes:
        yield from _wrapped(f"note: {note}", width, "  ", hang="        ", fg="cyan")


def _tables(results: Sequence[Result], width: int) -> Iterator[str]:
    """The fixes grouped by transform, then what remains grouped by transform and reason."""
    applied: dict[tuple[str, Impact], int] = {}
    for result in results:
        for finding in result.outcome.applied:
            key = (finding.transform, finding.fix.impact if finding.fix else Impact.NONE)
            applied[key] = applied.get(key, 0) + 1
    sections = list(_remaining(results))
    names = [name for name, _ in applied] + [f.transform for _, rows in sections for _, f in rows]
    column = max(map(len, names), default=0)
    for (name, impact), number in applied.items():
        yield f"  {name:{column}} {number:5}  {_impact(impact)}"
    for title, rows in sections:
        yield from _wrapped(f"{len(rows)} {title}", width, "  ", fg="yellow")
        groups: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
        for location, finding in rows:
            groups.setdefault((finding.transform, finding.reason or finding.message), []).append((location, finding))
        for (name, reason), group in groups.items():
            lead = f"  {name:{column}} {len(group):5}  "
            blank = " " * len(lead)
            yield from _wrapped(reason, width, lead, hang=blank)
            yield from _wrapped(_places(group), width, blank, hang=blank, dim=True)


def _each(results: Sequence[Result], width: int) -> Iterator[str]:
    """Every finding on its own, with its place."""
    applied = [(result.outcome.location, f) for result in results for f in result.outcome.applied]
    sections = list(_remaining(results))
    every = [f for _, f in applied] + [f for _, rows in sections for _, f in rows]
    column = max((len(f"{f.line}:{f.column}") for f in every), default=0)

    def entry(finding: Finding, text: str) -> Iterator[str]:
        place = f"{finding.line}:{finding.column}"
        lead = f"  {place:{column}}  "
        yield from _wrapped(f"{finding.transform}: {text}", width, lead, hang=" " * len(lead))

    for _, finding in applied:
        fix = finding.fix
        # Why a fix is unsafe is what to look at after it was applied.
        why = f"; {finding.reason}" if finding.reason else ""
        said = f"{fix.title} ({IMPACTS[fix.impact]}{why})" if fix else finding.message
        yield from entry(finding, said)
    for title, rows in sections:
        yield from _wrapped(f"{len(rows)} {title}", width, "  ", fg="yellow")
        for _, finding in rows:
            yield from entry(finding, finding.message + (f" ({finding.reason})" if finding.reason else ""))


def _remaining(results: Iterable[Result]) -> Iterator[tuple[str, list[tuple[str, Finding]]]]:
    """What remains, in sections: title, and location with finding."""
    sections: dict[str, list[tuple[str, Finding]]] = {}
    for result in results:
        for finding in result.outcome.remaining:
            if result.unsafe(finding):
                title = "held back as unsafe; --unsafe-fixes applies them:"
            elif result.above(finding) and result.max_impact is not None:
                title = f"held back, as their impact is above {word(result.max_impact)}:"
            else:
                title = "not repaired:"
            sections.setdefault(title, []).append((result.outcome.location, finding))
    for title in sorted(sections):  # held back first
        yield title, sections[title]


def _places(group: Sequence[tuple[str, Finding]]) -> str:
    said, last = [], None
    for location, finding in group[:_PLACES]:
        place = f"{finding.line}:{finding.column}"
        said.append(place if location in (last, "-") else f"{clean(location)}:{place}")
        last = location
    more = len(group) - len(said)
    return f"at{_NO_BREAK}" + ", ".join(said) + (f" and{_NO_BREAK}{more}{_NO_BREAK}more" if more > 0 else "")


def _replaced(findings: Iterable[Finding]) -> list[str]:
    """What an update with these fixes replaces: logical ids, and ``Api's Domain`` where AWS SAM makes more of it."""
    names = {
        f"{f.path[1]}'s {f.replaces}" if f.replaces else str(f.path[1]): None
        for f in findings
        if f.fix and f.fix.impact is Impact.REPLACEMENT and len(f.path) > 1 and f.path[0] == "Resources"
    }
    return list(names)


def _impact(impact: Impact) -> str:
    color = _COLORS.get(impact)
    return click.style(IMPACTS[impact], fg=color) if color else click.style(IMPACTS[impact], dim=True)


def _wrapped(
    text: str, width: int, lead: str, *, hang: str | None = None, fg: str | None = None, dim: bool = False
) -> Iterator[str]:
    room = max(24, width - len(lead))
    lines = textwrap.wrap(clean(text), room, break_long_words=False, break_on_hyphens=False) or [""]
    follow = lead if hang is None else hang
    for number, line in enumerate(lines):
        line = line.replace(_NO_BREAK, " ")
        yield (follow if number else lead) + (click.style(line, fg=fg, dim=dim or None) if fg or dim else line)


def clean(text: str) -> str:
    """Text of a template without what would steer the terminal."""
    return _CONTROL.sub("\ufffd", text)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
