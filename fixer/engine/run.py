"""The way of a template: each transform in order, its fixes edited and proved, again until nothing changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from fixer.cloudformation.limits import overfull
from fixer.cloudformation.template import Template
from fixer.engine.batch import Batch
from fixer.engine.proof import prove, prove_all
from fixer.engine.settings import Settings
from fixer.engine.suppress import Ignore, ignores, unused
from fixer.model import TRACEBACK, EditRefused, Finding, InputError, Operation, Path, Safety, Transform
from fixer.syntax.document import Document
from fixer.syntax.edit import edit
from fixer.syntax.layout import Layout, measure
from fixer.syntax.parse import parse
from fixer.syntax.remarks import remarks

ROUNDS = 20
"""More rounds over all transforms than any real template needs; each round repairs whole kinds at once."""
PASSES = 10
"""More passes of one transform than it has findings: for what a fix brings up anew."""

Key: TypeAlias = "tuple[str, Path, str]"
"""What makes a finding the same finding in a later round: transform, path, message."""


class Repair(Struct, frozen=True):
    """A template after its repairs."""

    before: Document
    after: Document
    applied: tuple[Finding, ...]
    remaining: tuple[Finding, ...]


class Unsettled(Exception):
    """The repairs undo each other, or never end; the message names the transforms that were still at work."""


def key(finding: Finding) -> Key:
    return (finding.transform, finding.path, finding.message)


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
    return Template(document.data, format=document.format, remarks=partial(remarks, document))


def repair(
    text: str, transforms: Sequence[Transform], settings: Settings, withheld: Mapping[Key, str] | None = None
) -> Repair:
    """Repair one template. ``withheld``: findings that are not to be fixed, with the reason.

    Raises InputError if the text is no template, and Unsettled if the repairs come to no end.
    """
    document = read_template(text)
    work = _settled(_Work(document, settings, dict(withheld or {})), transforms)
    if not work.is_proved():  # again, with a proof of every step, so that only the culprits are withheld
        work = _settled(_Work(document, settings, dict(withheld or {}), stepwise=True), transforms)
    ignored = unused(ignores(document), work.used, [transform.name for transform in transforms])
    remaining = (*(_located(document, finding) for finding in work.remaining), *ignored)
    return Repair(document, work.document, tuple(work.applied), remaining)


def _settled(work: _Work, transforms: Sequence[Transform]) -> _Work:
    """Round after round, until nothing changes. Raises Unsettled."""
    for _ in range(ROUNDS):
        start = work.document
        work.begin()
        for transform in transforms:
            work.run(transform)
        if work.document is start:
            return work
    raise Unsettled(", ".join(work.busy))


class _Work:
    """A template on its way. ``stepwise``: whether every step is proved on its own; else all of them together at the
    end, which takes half the time.
    """

    def __init__(
        self, document: Document, settings: Settings, withheld: dict[Key, str], *, stepwise: bool = False
    ) -> None:
        self.original = document
        self.settings = settings
        self.withheld = withheld
        self.stepwise = stepwise
        self.batches: list[tuple[Operation, ...]] = []
        self.refused: dict[Key, str] = {}
        """What could not be applied in this round; another text may allow it."""
        self.layout: Layout | None = None
        """How the author of the original writes; measured when the first fix is written."""
        self.applied: list[Finding] = []
        self.remaining: list[Finding] = []
        self.busy: list[str] = []
        self.used: set[tuple[Path, frozenset[str]]] = set()
        self.seen: set[str] = set()
        self.adopt(document)

    def adopt(self, document: Document) -> None:
        self.document = document
        self.template = template_of(document)
        self.ignores: tuple[Ignore, ...] = ignores(document)
        self.seen.add(document.text)

    def begin(self) -> None:
        """Begin a round over all transforms."""
        self.remaining = []
        self.busy = []
        self.refused = {}

    def run(self, transform: Transform) -> None:
        """Apply one transform until it has nothing more to fix. Each pass repairs at least one finding of the first.

        What all of its fixes together leave behind is looked at in the next round, and not at once.
        """
        findings = self.check(transform)
        for _ in range(len(findings) + PASSES):
            fixable = [finding for finding in findings if self.allowed(finding)]
            done = self.apply(fixable) if fixable else 0
            if not done:
                self.remaining += [self.held(finding) for finding in findings]
                return
            self.busy.append(transform.name)
            if done == len(fixable):
                return
            findings = self.check(transform)
        raise Unsettled(transform.name)

    def check(self, transform: Transform) -> list[Finding]:
        """The findings of a transform; a check that fails is a finding itself."""
        try:
            found = list(transform.check(self.template, self.settings.options))
        except Exception as error:
            if os.environ.get(TRACEBACK):
                raise
            reason = f"the check itself failed ({type(error).__name__}: {error}); please report this"
            found = [Finding("could not be checked", (), reason=reason)]
        named = [replace(finding, transform=transform.name) for finding in found]
        return [finding for finding in named if not self.is_ignored(finding)]

    def is_ignored(self, finding: Finding) -> bool:
        covering = [ignore for ignore in self.ignores if ignore.covers(finding)]
        self.used.update(ignore.key for ignore in covering)
        return bool(covering)

    def allowed(self, finding: Finding) -> bool:
        fix, settings = finding.fix, self.settings
        if fix is None or not fix.operations or key(finding) in self.withheld or key(finding) in self.refused:
            return False
        wanted = Safety.UNSAFE if settings.unsafe_fixes else Safety.SAFE
        return fix.safety >= wanted and (settings.max_impact is None or fix.impact <= settings.max_impact)

    def held(self, finding: Finding) -> Finding:
        reason = self.withheld.get(key(finding)) or self.refused.get(key(finding))
        return finding if reason is None else replace(finding, fix=None, reason=reason)

    def apply(self, findings: list[Finding]) -> int:
        """Apply as many fixes as go together, and say how many."""
        batch = Batch()
        for finding in findings:
            batch.add(finding)
        document, _ = self.attempt(batch)
        if document is None:
            batch, document = self.salvage(findings)
        if document is None:
            return 0
        if document.text in self.seen:
            raise Unsettled(findings[0].transform)
        self.applied += [_located(self.original, finding) for finding in batch.findings]
        self.batches.append(tuple(batch.operations))
        self.adopt(document)
        return len(batch.findings)

    def is_proved(self) -> bool:
        """Whether all that was done is what was declared."""
        return self.stepwise or not self.batches or prove_all(self.original, self.document, self.batches) is None

    def salvage(self, findings: list[Finding]) -> tuple[Batch, Document | None]:
        """A batch without the culprits, which are withheld with the reason; and what it gives. Half by half, so that a
        few culprits among many take few attempts.
        """
        batch, document = Batch(), None
        groups = [findings]
        while groups:
            group = groups.pop()
            trial = Batch()
            for finding in (*batch.findings, *group):
                trial.add(finding)
            if len(trial.findings) == len(batch.findings):
                continue
            result, reason = self.attempt(trial)
            if result is not None:
                batch, document = trial, result
            elif len(group) > 1:
                groups += [group[len(group) // 2 :], group[: len(group) // 2]]
            else:
                self.refused[key(group[0])] = reason
        return batch, document

    def attempt(self, batch: Batch) -> tuple[Document | None, str]:
        """The document after a batch of fixes, or None and the reason why it cannot be had."""
        self.layout = self.layout or measure(self.original)
        try:
            text = edit(self.document, batch.operations, self.layout)
            if text == self.document.text:
                return None, "the fix changes nothing"
            new = parse(text)
        except EditRefused as refused:
            return None, str(refused)
        except InputError as error:
            return None, f"the proof failed: the new text cannot be read, {error}"
        full = overfull(self.document.data, new.data)
        if full:
            return None, full
        failure = prove(self.document, new, batch.operations) if self.stepwise else None
        return (new, "") if failure is None else (None, f"the proof failed: {failure}; please report this")


def _located(document: Document, finding: Finding) -> Finding:
    span = document.span(finding.path)
    line, column = document.lines.position(span.start)
    return replace(finding, span=span, line=line, column=column)


def positions(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of the text."""
    return sorted(findings, key=lambda finding: (finding.line, finding.column))
