"""Code actions: which are offered for a range, and, when one is taken, the text that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from threading import Event
from typing import Any

from lsprotocol import types

from fixer.engine.run import key
from fixer.engine.suppress import UNUSED
from fixer.lsp import repairs
from fixer.lsp.diagnostics import IMPACTS, of_finding, safety
from fixer.lsp.documents import Document
from fixer.model import CfnfixError, Finding, Impact, Safety
from fixer.settings.model import Settings

FIX_ALL = "source.fixAll.cfnfix"
KINDS: Sequence[str] = (types.CodeActionKind.QuickFix, FIX_ALL)


class NoEdit(CfnfixError):
    """An action that leads to nothing; the message says why."""


def offered(
    document: Document, settings: Settings, here: Collection[Finding], only: Collection[str] | None
) -> Iterator[types.CodeAction]:
    """The actions for the findings ``here`` and for the whole document. Their edits are computed when one is taken."""
    if _wanted(types.CodeActionKind.QuickFix, only):
        for finding in here:
            if finding.fix is not None and finding.fix.safety > Safety.DISPLAY_ONLY:
                yield _action(document, _title(finding), "fix", finding)
        yield from _of_kinds(document, settings, here)
        for finding in here:
            if finding.transform != UNUSED and (finding.path or repairs.comment_fits(document.text, finding)):
                yield _action(document, f"Ignore {finding.transform} here", "ignore", finding)
    if _wanted(FIX_ALL, only):
        count = sum(repairs.is_saved(finding, settings) for finding in document.findings)
        if count:
            title = f"Fix all safely fixable problems of cfnfix ({count})"
            yield types.CodeAction(title, kind=FIX_ALL, data=_data(document, "fix-all"))


def edited(document: Document, settings: Settings, data: Mapping[str, Any]) -> Callable[[Event], str]:
    """How to get the text after an action, by its ``data``: to be called in a thread. Both raise NoEdit."""
    text, what = document.text, data["do"]
    if what == "fix-all":
        return lambda stop: repairs.repaired(text, settings, stop).after
    transform, path, message = data["finding"]
    wanted = (transform, tuple(path), message)
    finding = next((one for one in document.findings if key(one) == wanted), None)
    if finding is None:
        raise NoEdit(f"{transform} is not found here any more")

    def fixed(stop: Event) -> str:
        outcome = repairs.repaired_alone(text, settings, finding, stop)
        if not outcome.changed:
            reasons = [one.reason for one in outcome.remaining if one.reason]
            reason = reasons[0] if reasons else str(outcome.error or "nothing changes")
            raise NoEdit(f"{finding.transform} cannot be fixed here: {reason}")
        return outcome.after

    def ignored(stop: Event) -> str:
        new = repairs.ignored(text, settings, finding, stop)
        if new is None:
            raise NoEdit(f"{finding.transform} cannot be ignored here; name it under ignore in the settings")
        return new

    kind = finding.transform
    return {
        "fix": fixed,
        "fix-kind": lambda stop: repairs.repaired_kind(text, settings, kind, stop).after,
        "ignore": ignored,
    }[what]


def _of_kinds(document: Document, settings: Settings, here: Collection[Finding]) -> Iterator[types.CodeAction]:
    """For each kind of finding here: all of them, if there are several and they are safe."""
    for name in dict.fromkeys(finding.transform for finding in here):
        same = [one for one in document.findings if one.transform == name and repairs.is_saved(one, settings)]
        if len(same) > 1:
            yield _action(document, f"Fix all {name} ({len(same)})", "fix-kind", same[0], about=same)


def _title(finding: Finding) -> str:
    fix = finding.fix
    assert fix is not None
    marks = ["unsafe"] if fix.safety is Safety.UNSAFE else []
    if fix.impact >= Impact.SOME_INTERRUPTION:
        marks.append(IMPACTS[fix.impact])
    return fix.title + (f" ({', '.join(marks)})" if marks else "")


def _action(
    document: Document, title: str, what: str, finding: Finding, about: Sequence[Finding] | None = None
) -> types.CodeAction:
    return types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[of_finding(document, one) for one in about or [finding]],
        is_preferred=True if what == "fix" and safety(finding) is Safety.SAFE else None,
        data={**_data(document, what), "finding": [finding.transform, list(finding.path), finding.message]},
    )


def _data(document: Document, what: str) -> dict[str, Any]:
    return {"uri": document.uri, "version": document.version, "do": what}


def _wanted(kind: str, only: Collection[str] | None) -> bool:
    """Whether an editor that wants ``only`` some kinds wants this one; a kind includes those below it."""
    return not only or any(kind == one or kind.startswith(one + ".") or not one for one in only)
