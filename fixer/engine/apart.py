"""Each repair of a template on its own: what its author would get who takes this one and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixer.engine.proof import prove
from fixer.engine.run import key, read_template, template_of
from fixer.model import EditRefused, Finding, InputError, Options, Transform
from fixer.syntax.edit import edit
from fixer.syntax.layout import measure
from fixer.syntax.parse import parse


def apart(
    text: str, findings: Sequence[Finding], transforms: Sequence[Transform], options: Options
) -> Iterator[str | None]:
    """For each finding that was repaired in ``text``, the text with its fix alone, proved as always.

    None where the fix cannot be had alone: it builds upon others, or its edit is refused.
    """
    document = read_template(text)
    template = template_of(document)
    layout = measure(document)
    fresh = {
        (one.name, found.path, found.message): found for one in transforms for found in one.check(template, options)
    }
    for finding in findings:
        # The operations of a finding speak of the text in which it was found; only those of this text can be used.
        found = fresh.get(key(finding))
        if found is None or found.fix is None:
            yield None
            continue
        operations = list(found.fix.operations)
        try:
            after = edit(document, operations, layout)
            proved = prove(document, parse(after), operations) is None
        except (EditRefused, InputError):
            proved = False
        yield after if proved else None
