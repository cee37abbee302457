"""For those who write transforms of their own: what their cases promise, held against what happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from fixer.api import fix_text
from fixer.model import Case, Outcome, Transform
from fixer.settings.model import Settings

__all__ = ["case_failures"]


def case_failures(transform: Transform) -> list[str]:
    """What the cases of a transform promise and do not keep, a sentence each; empty if all is well.

    Each is repaired by this transform alone: the result must be the text that the case expects, its proof must hold,
    a second run must change nothing, and what the case says must be among the findings that remain.
    """
    return [
        f"{case.name}: {said}" for case in (*transform.invalid, *transform.valid) for said in _failures(transform, case)
    ]


def _failures(transform: Transform, case: Case) -> Iterator[str]:
    outcome = _repaired(transform, case, case.before)
    expected = case.before if case.after is None else case.after
    if outcome.error is not None:
        yield f"the template cannot be repaired: {outcome.error}"
        return
    if outcome.after != expected:
        yield f"the result is\n{outcome.after}and not\n{expected}"
    left = [f"{finding.message}: {finding.reason}" for finding in outcome.remaining]
    yield from (said for said in left if "please report" in said)
    if case.says not in "\n".join(left):
        yield f"{case.says!r} is not said; the findings that remain are {left}"
    if _repaired(transform, case, outcome.after).changed:
        yield "a second run changes something"


def _repaired(transform: Transform, case: Case, text: str) -> Outcome:
    with TemporaryDirectory() as folder:
        for name, content in case.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="")
        options = replace(case.options, code_root=case.options.code_root or folder)
        settings = Settings(unsafe_fixes=case.unsafe, validate="none", options=options)
        return fix_text(text, settings, transforms=[transform])
