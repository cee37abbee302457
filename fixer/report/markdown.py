"""The report as GitHub's Markdown: a page for the summary of a job, or for a comment.

Whatever comes from a template is escaped. A page may have 1 MiB (GitHub's limit for a step): the details of templates
end before that, the table of templates has at most MOST rows, and what is left out is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fixer.model import Impact, Outcome
from fixer.report import Result, Run
from fixer.report.places import named, top
from fixer.report.told import IMPACTS, State, Told, printable, told

BUDGET = 800_000
"""Bytes, after which no further template is told in detail."""
MOST = 500
"""Rows of a table."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$&@]|:(?=[a-z0-9_+-]+:))")
_REPAIRS = (State.WOULD_REPAIR, State.REPAIRED)


def render(run: Run) -> str:
    """The page."""
    root = top()
    good = [result for result in run.results if result.outcome.error is None]
    bad = [result for result in run.results if result.outcome.error is not None]
    notable = [result for result in good if result.outcome.applied or result.outcome.remaining or result.outcome.notes]
    parts = ["## cfnfix", _total(run)]
    if bad:
        rows = [(_code(_place(result.outcome, root)), _text(result.outcome.error.message)) for result in bad
                if result.outcome.error is not None]  # fmt: skip
        parts += ["### Failed", _table(("Template", "Why"), rows)]
    if notable:
        head = ("Template", "To repair" if run.dry_run else "Repaired", "Held back", "Not repaired", "Live stack")
        parts += ["### Templates", _table(head, [_row(run, result, root) for result in notable])]
    size = sum(len(part.encode()) for part in parts)
    for number, result in enumerate(notable):
        detail = _detail(run, result, root)
        size += len(detail.encode()) + 2
        if size > BUDGET:
            parts.append(f"The details of {len(notable) - number} more templates are left out.")
            break
        parts.append(detail)
    return "\n\n".join(parts) + "\n"


def _total(run: Run) -> str:
    outcomes = [result.outcome for result in run.results]
    changed = [outcome for outcome in outcomes if outcome.error is None and outcome.changed]
    failed = sum(outcome.error is not None for outcome in outcomes)
    fixes = sum(len(outcome.applied) for outcome in changed)
    same = len(outcomes) - len(changed) - failed
    said = [f"**{len(changed)} {'to repair' if run.dry_run else 'repaired'}** ({_many(fixes, 'fix', 'fixes')})"]
    parts = (said if changed else []) + ([f"{same} unchanged"] if same else [])
    parts += [f"**{failed} failed**"] if failed else []
    line = _many(len(outcomes), "template") + (f": {', '.join(parts)}." if parts else ".")
    unsafe = sum(result.unsafe(finding) for result in run.results for finding in result.outcome.remaining)
    return line + (f" {_many(unsafe, 'more fix', 'more fixes')} with `--unsafe-fixes`." if unsafe else "")


def _row(run: Run, result: Result, root: Path) -> tuple[str, ...]:
    states = [one.state for one in told(run, result)]
    counts = (_REPAIRS, (State.UNSAFE, State.ABOVE), (State.LEFT,))
    numbers = (str(sum(states.count(state) for state in group)) for group in counts)
    outcome = result.outcome
    impact = _impact(outcome.impact) if outcome.applied else ""
    return (_code(named(outcome.location, root)), *numbers, impact)


def _detail(run: Run, result: Result, root: Path) -> str:
    every = list(told(run, result))
    parts = [f"<details><summary>{_html(named(result.outcome.location, root))}</summary>"]
    fixed = [one for one in every if one.state in _REPAIRS]
    if fixed:
        title = "Repair" if run.dry_run else "Repaired"
        parts.append(_table(("Line", "Problem", title, "Live stack"), [_fixed(one) for one in fixed]))
    rest = [one for one in every if one.state not in _REPAIRS]
    if rest:
        parts.append(_table(("Line", "Problem", "Why it is not repaired"), [_left(one) for one in rest]))
    parts += [f"- {_text(note)}" for note in result.outcome.notes]
    return "\n\n".join([*parts, "</details>"])


def _fixed(one: Told) -> tuple[str, ...]:
    fix = one.finding.fix
    told_of = _text(fix.title) if fix else ""
    return (str(one.finding.line), _problem(one), told_of, _impact(fix.impact) if fix else "")


def _left(one: Told) -> tuple[str, ...]:
    return (str(one.finding.line), _problem(one), _text(one.held))


def _problem(one: Told) -> str:
    return f"{_code(one.finding.transform)} {_text(one.finding.message)}"


def _place(outcome: Outcome, root: Path) -> str:
    error, name = outcome.error, named(outcome.location, root)
    return name if error is None or error.line is None else f"{name}:{error.line}:{error.column}"


def _impact(impact: Impact) -> str:
    return f"**{IMPACTS[impact]}**" if impact > Impact.NO_INTERRUPTION else IMPACTS[impact]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_lines(head, rows))


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _line(head)
    yield _line(["---"] * len(head))
    yield from map(_line, rows[:MOST])
    if len(rows) > MOST:
        yield _line([f"and {len(rows) - MOST} more", *[""] * (len(head) - 1)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Text as it is, on one line, with nothing of it read as Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(printable(text).split()))


def _code(text: str) -> str:
    """Text in a code span within a table: there a pipe is escaped, and nothing else can be."""
    text = " ".join(printable(text).split(" ")).replace("\n", " ").replace("\r", " ").replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _html(text: str) -> str:
    from html import escape

    return escape(printable(text).replace("\n", " ").replace("\r", " "))


def _many(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
