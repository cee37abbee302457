"""The report as JSON, on one line. ``version`` grows when a key changes its meaning or goes; keys may be added.

Every key is explained in docs/reference/json.md.
"""

from __future__ import annotations

from typing import Any

from fixer.model import Finding
from fixer.report import Result, Run, titled, word
from fixer.report.told import dumps

VERSION = 1


def render(run: Run) -> str:
    """The report of all files."""
    return dumps({"version": VERSION, "dry_run": run.dry_run, "files": [_file(result) for result in run.results]})


def _file(result: Result) -> dict[str, Any]:
    outcome = result.outcome
    error = outcome.error
    return {
        "path": outcome.location,
        "changed": outcome.changed,
        "error": None if error is None else {"message": error.message, "line": error.line, "column": error.column},
        "impact": word(outcome.impact),
        "applied": [_finding(finding) for finding in outcome.applied],
        "remaining": [_finding(finding) for finding in outcome.remaining],
        "notes": list(outcome.notes),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    return {
        "transform": finding.transform,
        "message": finding.message,
        "path": list(finding.path),
        "line": finding.line,
        "column": finding.column,
        "title": None if fix is None else titled(fix),
        "safety": None if fix is None else word(fix.safety),
        "impact": None if fix is None else word(fix.impact),
        "reason": finding.reason,
    }
