"""Findings and problems as diagnostics."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lsprotocol import types

from fixer.lsp.documents import Document
from fixer.lsp.validation import Problem
from fixer.model import Finding, Impact, Safety

DOCS = "https://cfnfix.readthedocs.io/reference/repairs/{name}/"
"""Where a transform is documented."""

SOURCE = "cfnfix"
BROKEN = "invalid-template"
"""The code of the diagnostic for a template that cannot be read."""

_SEVERITIES = {
    Safety.SAFE: types.DiagnosticSeverity.Warning,
    Safety.UNSAFE: types.DiagnosticSeverity.Information,
    Safety.DISPLAY_ONLY: types.DiagnosticSeverity.Hint,
}
_LINTED = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}
IMPACTS = {
    Impact.NONE: "no resource changes",
    Impact.NO_INTERRUPTION: "no interruption",
    Impact.SOME_INTERRUPTION: "some interruption",
    Impact.REPLACEMENT: "replaces the resource",
}


def safety(finding: Finding) -> Safety:
    """How far the finding's fix may be trusted; what has none is for display."""
    return finding.fix.safety if finding.fix else Safety.DISPLAY_ONLY


def of_finding(document: Document, finding: Finding) -> types.Diagnostic:
    """The diagnostic of a finding in the present text."""
    span = document.span(finding)
    message = finding.message + (f"\n{finding.reason}" if finding.reason else "")
    return types.Diagnostic(
        range=document.positions.range(span.start, span.end),
        message=message,
        severity=_SEVERITIES[safety(finding)],
        code=finding.transform,
        code_description=types.CodeDescription(DOCS.format(name=finding.transform)),
        source=SOURCE,
    )


def all_of(document: Document) -> Iterator[types.Diagnostic]:
    """All diagnostics of a document: ours, why it cannot be read, and what the validator found."""
    if document.error is not None and document.is_meant and document.error.line is not None:
        yield _broken(document)
    for finding in document.findings:
        yield of_finding(document, finding)
    for problem in document.problems:
        yield _of_problem(document, problem)


def within(document: Document, place: types.Range, among: Collection[Finding]) -> list[Finding]:
    """The findings whose mark touches a range."""
    start, end = document.positions.offset(place.start), document.positions.offset(place.end)
    spans = ((finding, document.span(finding)) for finding in among)
    return [finding for finding, span in spans if span.start <= end and start <= span.end]


def _broken(document: Document) -> types.Diagnostic:
    error = document.error
    assert error is not None
    starts = document.positions.starts
    line = starts[min(error.line or 1, len(starts)) - 1]
    end = document.positions.line_end(line)
    start = min(line + (error.column or 1) - 1, end)
    return types.Diagnostic(
        range=document.positions.range(start, end),
        message=error.message,
        severity=types.DiagnosticSeverity.Error,
        code=BROKEN,
        source=SOURCE,
    )


def _of_problem(document: Document, problem: Problem) -> types.Diagnostic:
    return types.Diagnostic(
        range=document.positions.range(problem.start, problem.end),
        message=problem.message,
        severity=_LINTED.get(problem.severity, types.DiagnosticSeverity.Information),
        code=problem.rule,
        code_description=types.CodeDescription(problem.link) if problem.link else None,
        source=problem.source,
    )
