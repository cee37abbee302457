"""What is told of the outcomes: the summary for people, the diff, and reports for machines.

A report format is a module of this package with ``render(run) -> str``, named in FORMATS; it is imported when it is
asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import cast

from msgspec import Struct

from fixer.model import Finding, Fix, Impact, Outcome, Safety, Transform

FORMATS: Mapping[str, str] = {
    "json": "fixer.report.json",
    "sarif": "fixer.report.sarif",
    "github": "fixer.report.github",
    "markdown": "fixer.report.markdown",
    "junit": "fixer.report.junit",
}
"""Report format to module. Text is no report: there, standard output carries the templates themselves."""

HOME = "https://cfnfix.readthedocs.io/"
DOCS = HOME + "reference/repairs/{name}/"
"""Where a transform is documented."""


def _nothing() -> Sequence[str | None]:
    return ()


def _unknown(names: Sequence[str]) -> Sequence[Transform]:
    return ()


class Result(Struct, frozen=True):
    """An outcome, and what its settings allowed: that tells how to get the fixes that were held back."""

    outcome: Outcome
    unsafe_fixes: bool = False
    max_impact: Impact | None = None
    destination: str = ""
    """The file to which the template was written, if it is another one."""
    alone: Callable[[], Sequence[str | None]] = _nothing
    """For each applied finding the template with its fix and no other; None where that cannot be had."""

    def above(self, finding: Finding) -> bool:
        """Whether a remaining finding's fix was held back because of its impact on a live stack."""
        fix = finding.fix
        return fix is not None and self.max_impact is not None and fix.impact > self.max_impact

    def unsafe(self, finding: Finding) -> bool:
        """Whether `--unsafe-fixes` would apply a remaining finding's fix."""
        fix = finding.fix
        return fix is not None and fix.safety is Safety.UNSAFE and not self.unsafe_fixes and not self.above(finding)


class Run(Struct, frozen=True):
    """All that a report may tell."""

    results: Sequence[Result]
    dry_run: bool = True
    """Nothing was written."""
    transforms: Callable[[Sequence[str]], Sequence[Transform]] = _unknown
    """The transforms of these names, with their docs; looked up only by the formats that show them."""


def render(format: str, run: Run) -> str:
    """The report in one of FORMATS."""
    return cast(str, import_module(FORMATS[format]).render(run))


def titled(fix: Fix) -> str:
    """The title of a fix as people read it, with a capital: it begins with a verb."""
    return fix.title[:1].upper() + fix.title[1:]


def word(level: Impact | Safety) -> str:
    """The name of a level as it is written in settings and reports: ``no-interruption``, ``display-only``."""
    return level.name.lower().replace("_", "-")
