"""The report as JSON, on one line. ``version`` grows when a key changes its meaning or goes; keys may be added.

::

    {"version": 1,
     "dry_run": true,                         nothing was written
     "files": [{
       "path": "api.yaml",                    as it was given, or found below a folder that was; "-" is standard input
       "changed": true,
       "error": null,                         or {"message": ..., "line": 3, "column": 1}; line and column may be null
       "impact": "replacement",               the worst of what was applied: none, no-interruption,
                                              some-interruption, replacement
       "applied": [FINDING, ...],             repaired, in the order in which they were
       "remaining": [FINDING, ...],           not repaired
       "notes": ["..."]
     }, ...]}

    FINDING: {"transform": "explicit-iam-name", "message": ..., "path": ["Resources", "Role", "Properties", "RoleName"],
              "line": 12, "column": 7,        in the original text, from 1; columns count code points
              "title": ...,                   what the fix does; title, safety and impact are null where there is no fix
              "safety": "safe",               safe, unsafe, display-only
              "impact": "replacement",
              "reason": ...}                  why there is no fix, or why it was held back; may be ""
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fixer.model import Finding
from fixer.report import Result, word

VERSION = 1


def render(results: Sequence[Result], *, dry_run: bool) -> str:
    """The report of all files."""
    report = {"version": VERSION, "dry_run": dry_run, "files": [_file(result) for result in results]}
    return json.dumps(report, ensure_ascii=False, default=str) + "\n"


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
        "title": None if fix is None else fix.title,
        "safety": None if fix is None else word(fix.safety),
        "impact": None if fix is None else word(fix.impact),
        "reason": finding.reason,
    }
