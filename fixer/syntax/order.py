"""The customary order of a template's sections and of a resource's attributes, for what is inserted without a place of
its own.

Source of the order: the section list of the template anatomy page in the CloudFormation user guide.
"""

from __future__ import annotations

from collections.abc import Iterable

from fixer.model import LAST, Path, Place, after, before

_SECTIONS = (
    "AWSTemplateFormatVersion",
    "Description",
    "Transform",
    "Metadata",
    "Globals",
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Hooks",
    "Resources",
    "Outputs",
)
_RESOURCE = ("Type", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Properties", "Metadata")
_OUTPUT = ("Condition", "Description", "Value", "Export")


def customary_rank(parent: Path, key: str) -> int:
    """The place of a key in the customary order of its siblings, from 0; -1 where there is no custom."""
    order = _order(parent)
    return order.index(key) if key in order else -1


def customary_place(parent: Path, key: str, siblings: Iterable[str]) -> Place:
    """Where a new entry belongs among its siblings, by custom; last where there is no custom."""
    order = _order(parent)
    if key not in order:
        return LAST
    there = [sibling for sibling in order if sibling in set(siblings)]
    earlier = [sibling for sibling in there if order.index(sibling) < order.index(key)]
    later = [sibling for sibling in there if order.index(sibling) > order.index(key)]
    if earlier:
        return after(earlier[-1])
    return before(later[0]) if later else LAST


def _order(parent: Path) -> tuple[str, ...]:
    if parent == ():
        return _SECTIONS
    if len(parent) == 2:
        return {"Resources": _RESOURCE, "Outputs": _OUTPUT}.get(str(parent[0]), ())
    return ()
