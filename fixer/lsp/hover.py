"""What a finding is about, in Markdown: its transform's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fixer import api
from fixer.lsp.diagnostics import IMPACTS, safety
from fixer.model import Finding, Safety
from fixer.report import DOCS
from fixer.settings.model import Settings

SECTIONS = ("Why", "Safety", "Impact")
_SECTION = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_SAFETIES = {Safety.SAFE: "safe", Safety.UNSAFE: "unsafe", Safety.DISPLAY_ONLY: "no fix"}


def markdown(findings: Iterable[Finding], plugins: tuple[str, ...] = ()) -> str:
    """The findings at one place, each transform explained once."""
    docs = {one.name: one.doc for one in api.selected(Settings(select=("all",), plugins=plugins))}
    by_name: dict[str, list[Finding]] = {}
    for finding in findings:
        by_name.setdefault(finding.transform, []).append(finding)
    return "\n\n---\n\n".join("\n\n".join(_explained(group, docs.get(name, ""))) for name, group in by_name.items())


def sections(doc: str) -> dict[str, str]:
    """The sections of a transform's docstring, by heading."""
    return {found[1]: found[2].strip() for found in _SECTION.finditer(doc)}


def _explained(findings: list[Finding], doc: str) -> Iterator[str]:
    name = findings[0].transform
    yield f"**[{name}]({DOCS.format(name=name)})**"
    for finding in findings:
        yield finding.message + (f": {finding.reason}" if finding.reason else "")
        if finding.fix is not None:
            yield f"Fix: {finding.fix.title} ({_SAFETIES[safety(finding)]}, {IMPACTS[finding.fix.impact]})"
    told = sections(doc)
    for heading in SECTIONS:
        if heading in told:
            yield f"**{heading}**\n\n{told[heading]}"
