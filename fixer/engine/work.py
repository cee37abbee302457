"""A template on its way: what the transforms find, which fixes are made, what becomes of the text."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TypeAlias

from msgspec.structs import replace

from fixer.cloudformation.limits import overfull
from fixer.cloudformation.template import Template
from fixer.engine.batch import Batch
from fixer.engine.draft import Draft
from fixer.engine.proof import prove, prove_all
from fixer.engine.suppress import Ignore, ignores
from fixer.model import TRACEBACK, EditRefused, Finding, InputError, Operation, Path, Remarks, Safety, Transform
from fixer.settings.model import Settings
from fixer.syntax.document import Document
from fixer.syntax.edit import edit
from fixer.syntax.layout import Layout, measure
from fixer.syntax.parse import parse
from fixer.syntax.remarks import remarks, written

PASSES = 10
"""More passes of one transform than it has findings: for what a fix brings up anew."""

_TOGETHER = "it goes only together with another one, which is to be ignored"

Key: TypeAlias = "tuple[str, Path, str]"
"""What makes a finding the same finding in a later round: transform, path, message."""


class Unsettled(Exception):
    """The repairs undo each other, or never end; the message names the transforms that were still at work."""


class DraftRefused(Exception):
    """What several transforms agreed on cannot be written in one edit."""


class Care(Enum):
    """How small the steps are. The larger ones take less time; where one fails, only smaller ones find the culprit."""

    ROUND = "all that a round repairs is written in one edit, and all edits are proved together at the end"
    TRANSFORM = "what one transform repairs is written in one edit, and all edits are proved together at the end"
    PROOF = "what one transform repairs is written in one edit, and proved"


def key(finding: Finding) -> Key:
    return (finding.transform, finding.path, finding.message)


class Work:
    """A template on its way, from its original to what is repaired so far."""

    def __init__(self, document: Document, settings: Settings, withheld: Mapping[Key, str], care: Care) -> None:
        self.original = document
        self.settings = settings
        self.withheld = withheld
        self.care = care
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
        self.template = Template(document.data, format=document.format, remarks=self.remarks, written=self.written)
        self.adopt(document)

    def adopt(self, document: Document) -> None:
        """Go on from a new text, that of the template as it is now."""
        self.document = document
        self.draft = Draft(self.template.data)
        self.ignores: tuple[Ignore, ...] = ignores(document)
        self.seen.add(document.text)

    def round(self, transforms: Sequence[Transform]) -> bool:
        """Run all transforms once; whether they changed anything. Raises Unsettled and DraftRefused."""
        self.remaining = []
        self.busy = []
        self.refused = {}
        before = len(self.batches)
        for transform in transforms:
            self.run(transform)
        self.write()
        return len(self.batches) > before

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
        left, shared = [], set()
        for finding in named:
            if not self.is_ignored(finding):
                left.append(finding)
            elif finding.fix is not None:
                shared.add(id(finding.fix))
        return [replace(f, fix=None, reason=_TOGETHER) if id(f.fix) in shared else f for f in left]

    def remarks(self, path: Path) -> Remarks:
        """The comments about what lies at ``path`` of the template. They are in the text, so that what waits is written
        first where it could have moved them.
        """
        if not self.document.comments:
            return Remarks()
        if not self.draft.keeps(path):
            self.write()
        return remarks(self.document, path)

    def written(self, path: Path) -> str | None:
        """The scalar at ``path`` of the template as it stands in the text."""
        if not self.draft.keeps_value(path):
            self.write()
        return written(self.document, path)

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
        batch = _gathered(findings)
        if self.drafted(batch):
            self.template = self.template.after(self.draft.data)
        else:
            self.write()
            document, _ = self.attempt(batch)
            if document is None:
                batch, document = self.salvage(findings)
            if document is None:
                return 0
            if document.text in self.seen:
                raise Unsettled(findings[0].transform)
            self.template = self.template.after(document.data)
            self.adopt(document)
        self.applied += batch.findings
        self.batches.append(tuple(batch.operations))
        return len(batch.findings)

    def drafted(self, batch: Batch) -> bool:
        """Whether a batch can wait to be written with others. What the author says in comments is read from the text,
        so that there none can.
        """
        if self.care is not Care.ROUND or self.ignores:
            return False
        return self.draft.take(batch.operations)

    def write(self) -> None:
        """Write what waits. Raises DraftRefused."""
        if not self.draft.operations:
            return
        document, _ = self.edited(self.draft.operations)
        if document is None:
            raise DraftRefused
        if document.text in self.seen:
            raise Unsettled(", ".join(self.busy))
        self.adopt(document)

    def is_proved(self) -> bool:
        """Whether all that was done is what was declared."""
        done = self.care is Care.PROOF or not self.batches
        return done or prove_all(self.original, self.document, self.batches) is None

    def salvage(self, findings: list[Finding]) -> tuple[Batch, Document | None]:
        """A batch without the culprits, which are withheld with the reason; and what it gives. Half by half, so that a
        few culprits among many take few attempts.
        """
        batch, document = Batch(), None
        groups = [findings]
        while groups:
            group = groups.pop()
            trial = _gathered([*batch.findings, *group])
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
        new, reason = self.edited(batch.operations)
        if new is None:
            return None, reason
        full = overfull(self.document.data, new.data)
        if full:
            return None, full
        failure = prove(self.document, new, batch.operations) if self.care is Care.PROOF else None
        return (new, "") if failure is None else (None, f"the proof failed: {failure}; please report this")

    def edited(self, operations: Sequence[Operation]) -> tuple[Document | None, str]:
        """The document after operations, or None and the reason why it cannot be written."""
        self.layout = self.layout or measure(self.original)
        try:
            text = edit(self.document, operations, self.layout)
            return (None, "the fix changes nothing") if text == self.document.text else (parse(text), "")
        except EditRefused as refused:
            return None, str(refused)
        except InputError as error:
            return None, f"the proof failed: the new text cannot be read, {error}"


def _gathered(findings: Sequence[Finding]) -> Batch:
    batch = Batch()
    for finding in findings:
        batch.add(finding)
    return batch
