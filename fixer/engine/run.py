"""The way of a template: each transform in order, its fixes edited and proved, again until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from fixer.cloudformation.replacement import spares
from fixer.cloudformation.template import Template
from fixer.engine.suppress import ignores, unused
from fixer.engine.work import Care, DraftRefused, Key, Unsettled, Work, key
from fixer.model import Finding, Impact, InputError, Transform
from fixer.settings.model import Settings
from fixer.syntax.document import Document
from fixer.syntax.parse import parse
from fixer.syntax.remarks import remarks, written

__all__ = ["Key", "Repair", "Unsettled", "key", "positions", "read_template", "repair", "template_of"]

ROUNDS = 20
"""More rounds over all transforms than any real template needs; each round repairs whole kinds at once."""


class Repair(Struct, frozen=True):
    """A template after its repairs."""

    before: Document
    after: Document
    applied: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    template: Template
    """What it means now, but for what only the text says. What the checks found in it is remembered."""


def read_template(text: str) -> Document:
    """The document of a template. Raises InputError for what is none."""
    document = parse(text)
    resources = document.data.get("Resources")
    if not isinstance(resources, dict):
        found = (
            "there is no Resources section"
            if "Resources" not in document.data
            else "its Resources section is empty or no mapping"
        )
        raise InputError(f"not a CloudFormation template: {found}", *document.position(("Resources",)))
    return document


def template_of(document: Document) -> Template:
    """What a document means to the transforms."""
    return Template(
        document.data, format=document.format, remarks=partial(remarks, document), written=partial(written, document)
    )


def repair(
    text: str, transforms: Sequence[Transform], settings: Settings, withheld: Mapping[Key, str] | None = None
) -> Repair:
    """Repair one template. ``withheld``: findings that are not to be fixed, with the reason.

    Raises InputError if the text is no template, and Unsettled if the repairs come to no end.
    """
    document = read_template(text)
    work = _settled(document, transforms, settings, withheld or {})
    template = work.template.apart()
    del work.template  # it refers back to the work; without the circle both go at once
    ignored = unused(ignores(document), work.used, [transform.name for transform in transforms])
    original = template_of(document)
    applied, remaining = (
        [_located(document, original, finding) for finding in found] for found in (work.applied, work.remaining)
    )
    return Repair(document, work.document, tuple(applied), (*remaining, *ignored), template)


def _settled(
    document: Document, transforms: Sequence[Transform], settings: Settings, withheld: Mapping[Key, str]
) -> Work:
    """All rounds, with as little care as is enough. Raises Unsettled."""
    for care in Care:
        work = Work(document, settings, withheld, care)
        try:
            _run(work, transforms)
        except DraftRefused:
            continue
        if work.is_proved():
            break
    return work


def _run(work: Work, transforms: Sequence[Transform]) -> None:
    """Round after round, until nothing changes. Raises Unsettled and DraftRefused."""
    for _ in range(ROUNDS):
        if not work.round(transforms):
            return
    raise Unsettled(", ".join(work.busy))


def _located(document: Document, template: Template, finding: Finding) -> Finding:
    span = document.span(finding.path)
    line, column = document.lines.position(span.start)
    replaces = ""
    if finding.fix and finding.fix.impact is Impact.REPLACEMENT and spares(template, finding.path):
        replaces = str(finding.path[3])
    return replace(finding, span=span, line=line, column=column, replaces=replaces)


def positions(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of the text."""
    return sorted(findings, key=lambda finding: (finding.line, finding.column))
