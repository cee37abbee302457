"""The report as workflow commands of GitHub Actions, which become annotations of a commit
(https://docs.github.com/actions/reference/workflow-commands-for-github-actions).

An input that failed is an error, what is or would be repaired a warning, what is not a notice: GitHub shows ten of
each a step. A mark covers the first line of its finding only, as GitHub shows an annotation below its last line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fixer.report import Result, Run
from fixer.report.places import Lines, named, top
from fixer.report.told import State, Told, printable, told


def render(run: Run) -> str:
    """A line for each finding and each failure."""
    root = top()
    return "".join(f"{line}\n" for result in run.results for line in _of_file(run, result, root))


def _of_file(run: Run, result: Result, root: Path) -> Iterator[str]:
    outcome = result.outcome
    name = named(outcome.location, root)
    if outcome.error is not None:
        error = outcome.error
        place: dict[str, object] = {"file": name}
        if error.line is not None:
            place |= {"line": error.line, "col": error.column or 1}
        yield _command("error", {**place, "title": "cfnfix"}, error.message)
        return
    lines = Lines(outcome.before)
    for one in told(run, result):
        level = "warning" if one.state in (State.WOULD_REPAIR, State.REPAIRED) else "notice"
        yield _command(level, {"file": name, **_place(lines, one), "title": one.finding.transform}, one.said)


def _place(lines: Lines, one: Told) -> dict[str, object]:
    finding = one.finding
    place: dict[str, object] = {"line": finding.line, "endLine": finding.line, "col": finding.column}
    span = finding.span
    if span is not None and span.end > span.start:
        line, column = lines.place(span.end)
        end = column if line == finding.line else lines.last_column(finding.line)
        if end > finding.column:
            place["endColumn"] = end
    return place


def _command(level: str, properties: dict[str, object], message: str) -> str:
    given = ",".join(f"{name}={_property(printable(str(value)))}" for name, value in properties.items())
    return f"::{level} {given}::{_data(printable(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
