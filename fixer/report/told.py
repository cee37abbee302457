"""What the reports say of a finding, in the same words everywhere: its state, and a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

from msgspec import Struct

from fixer.model import Finding, Impact
from fixer.report import Result, Run, word

IMPACTS = {
    Impact.NONE: "no resource changes",
    Impact.NO_INTERRUPTION: "no interruption",
    Impact.SOME_INTERRUPTION: "some interruption",
    Impact.REPLACEMENT: "replacement",
}
"""What an update does to a live stack, for people."""

_UNPRINTABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_LONE = r"[\ud800-\udfff]"


class State(Enum):
    """What became of a finding."""

    WOULD_REPAIR = "would-repair"
    REPAIRED = "repaired"
    UNSAFE = "unsafe"
    """Held back; `--unsafe-fixes` applies it."""
    ABOVE = "above-max-impact"
    """Held back, as its impact on a live stack is above what the settings allow."""
    LEFT = "not-repaired"


class Told(Struct, frozen=True):
    """A finding, and what is said of it."""

    finding: Finding
    state: State
    held: str = ""
    """Why it is not repaired, in full."""

    @property
    def is_due(self) -> bool:
        """Whether a run that writes would repair it: then a dry run ends with exit status 1."""
        return self.state is State.WOULD_REPAIR

    @property
    def said(self) -> str:
        """The problem, and what is done about it."""
        finding, fix = self.finding, self.finding.fix
        sentence = _sentence(finding.message)
        if self.state in (State.WOULD_REPAIR, State.REPAIRED):
            done = "Repair" if self.state is State.WOULD_REPAIR else "Repaired"
            return f"{sentence} {done}: {fix.title} ({IMPACTS[fix.impact]})." if fix else sentence
        return f"{sentence} Not repaired: {_sentence(self.held)}" if self.held else sentence


def told(run: Run, result: Result) -> Iterator[Told]:
    """All findings of a template: those that are repaired, then those that are not."""
    for finding in result.outcome.applied:
        yield Told(finding, State.WOULD_REPAIR if run.dry_run else State.REPAIRED)
    for finding in result.outcome.remaining:
        reason = finding.reason
        if result.unsafe(finding):
            hint = "unsafe, --unsafe-fixes applies it"
            yield Told(finding, State.UNSAFE, f"{reason} ({hint})" if reason else hint)
        elif result.above(finding) and finding.fix is not None and result.max_impact is not None:
            hint = f"an update would mean {IMPACTS[finding.fix.impact]}, above {word(result.max_impact)}"
            yield Told(finding, State.ABOVE, f"{hint}; {reason}" if reason else hint)
        else:
            yield Told(finding, State.LEFT, reason)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."


def printable(text: str) -> str:
    """Text without the control characters that templates and file names may hold, and that no report format bears."""
    return re.sub(_UNPRINTABLE, "\ufffd", text)


def dumps(data: Any) -> str:
    """JSON on one line, in UTF-8 even where a file name is not."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    return re.sub(_LONE, lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
