"""What a user has to know about a repaired template as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixer.cloudformation.iam.capabilities import NAMED_IAM, capabilities
from fixer.cloudformation.replacement import changed_exports, fixed_name, replaced_along, spares
from fixer.cloudformation.template import Template
from fixer.engine.size import size_note
from fixer.model import Finding, Impact
from fixer.syntax.document import Document

_MOST = 4
"""Resources that a sentence names; the others are counted."""


def notes(before: Document, after: Document, applied: Sequence[Finding], result: Template) -> Iterator[str]:
    """Sentences about what goes along with the repairs, what stands in their way, and how to deploy the result.

    ``result``: what ``after`` means.
    """
    if not applied:
        return
    old = Template(before.data, format=before.format)
    yield from _replacements(old, result, applied)
    yield from _capabilities(old, result)
    large = size_note(before.text, after.text)
    if large:
        yield large


def _replacements(before: Template, after: Template, applied: Iterable[Finding]) -> Iterator[str]:
    """What goes with the resources that are replaced, and which cannot be. ``before``: what is live."""
    replaced = [
        str(finding.path[1])
        for finding in applied
        if finding.fix is not None and finding.fix.impact is Impact.REPLACEMENT and finding.path[:1] == ("Resources",)
        if not spares(before, finding.path)
    ]
    replaced = [name for name in dict.fromkeys(replaced) if name in before.resources and name in after.resources]
    along = {name: key for name, key in replaced_along(after, replaced).items() if name in before.resources}
    if along:
        said = _listed([f"{name} ({key})" for name, key in along.items()])
        whom = "it" if len(replaced) == 1 else "them"
        yield f"Replaced with {whom}, because of a reference in a create-only property: {said}."
    outputs = [name for name in changed_exports(after, (*replaced, *along)) if name in before.outputs]
    exports = [name for name in outputs if before.outputs[name].export is not None]
    if exports:
        them = _listed(exports)
        yield f"CloudFormation refuses to change an export that another stack imports; these change: {them}."
    named = [(name, fixed_name(after.resources[name])) for name in (*replaced, *along)]
    fixed = [f"{name} ({key})" for name, key in named if key is not None]
    if fixed:
        yield f"What has a fixed name cannot be replaced; rename it in the same update: {_listed(fixed)}."


def _capabilities(before: Template, after: Template) -> Iterator[str]:
    old, new = capabilities(before), capabilities(after)
    if old != new and NAMED_IAM in old:
        needed = " and ".join(new) if new else "no capability"
        suffice = "suffice" if len(new) > 1 else "suffices"
        yield f"{needed} now {suffice} to deploy it; {NAMED_IAM} is no longer needed."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f" and {more} more" if more > 0 else "")
