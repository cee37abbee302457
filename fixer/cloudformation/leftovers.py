"""What nobody uses any more once some values are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fixer.cloudformation.template import Template
from fixer.model import Path


def unused_conditions(template: Template, gone: Collection[Path]) -> Iterator[str]:
    """The conditions that only the values at ``gone`` use, and those that only such conditions use.

    None where a macro works on the template: what it uses is not seen. cfn-lint calls the others unused (W8001).
    """
    if template.has_macros:
        return
    dead = set(gone)
    waiting = [name for path in gone for name in _used_at(template, path)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        path = ("Conditions", name)
        uses = template.references_to(name, "Conditions")
        if name in found or name not in template.conditions or not all(_is_below(use.path, dead) for use in uses):
            continue
        found.add(name)
        dead.add(path)
        waiting += _used_at(template, path)
        yield name


def _used_at(template: Template, path: Path) -> Iterator[str]:
    for use in template.references_of(path[:2]):
        if use.section == "Conditions" and _is_below(use.path, {path}):
            yield use.target


def _is_below(path: Path, places: Collection[Path]) -> bool:
    return any(path[: len(place)] == place for place in places)
