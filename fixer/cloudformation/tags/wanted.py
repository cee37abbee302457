"""The tags that every resource of a template should have, and their values.

They cover costs, data and environment, unless the settings ask for others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from fixer.cloudformation.intrinsics import ref
from fixer.cloudformation.parameters import addition
from fixer.cloudformation.tags.habits import common_key, common_value
from fixer.cloudformation.tags.known_parameters import (
    COST_CENTER,
    DATA_CLASSIFICATION,
    ENVIRONMENT,
    fold,
    fold_whole,
    known_parameter,
    synonyms,
)
from fixer.cloudformation.tags.resource_tags import ResourceTags
from fixer.cloudformation.template import Template
from fixer.model import Operation, Value

_DEFAULTS = {
    COST_CENTER: ("unassigned", "Cost center that pays for the resources"),
    DATA_CLASSIFICATION: ("internal", "Classification of the data in the resources"),
    ENVIRONMENT: ("unassigned", "Environment that the resources belong to"),
}
"""Key to the default and the description of a new parameter."""

_PATTERN = "[A-Za-z0-9 _.:/=+@-]{1,256}"


class Wanted(Struct, frozen=True):
    """A tag that every resource should have."""

    key: str
    value: Value
    names: frozenset[str]
    """Keys that stand for it, folded: its own and its synonyms."""
    parameter: tuple[Operation, ...] = ()
    """What adds the parameter that the value refers to, if it is new."""


def of_settings(tags: Mapping[str, Value]) -> list[Wanted]:
    """The tags of the settings. A synonym of a key that is asked for as well does not stand for that key."""
    asked = {fold(key) for key in tags}
    return [Wanted(key, value, synonyms(key) - asked | {fold(key)}) for key, value in tags.items()]


def of_template(template: Template, known: Sequence[ResourceTags]) -> list[Wanted]:
    """The default keys, in the template's own spelling, with values that it knows or new parameters."""
    wanted: list[Wanted] = []
    for concept in _DEFAULTS:
        names = synonyms(concept)
        key = common_key(known, names) or concept
        parameter = known_parameter(template, concept)
        # Data differ from resource to resource; who pays and the environment seldom do. What a single resource says of
        # them is no habit where a parameter says it for each stack anew.
        literals = 2 if parameter else 1
        value = None if concept == DATA_CLASSIFICATION else common_value(template, known, names, literals=literals)
        if value is None and parameter:
            value = ref(parameter.id)
        wanted.append(Wanted(key, value, names))
    new = [concept for concept, tag in zip(_DEFAULTS, wanted, strict=True) if tag.value is None]
    room = template.room_for("Parameters") >= len(new) and "Fn::Transform" not in template.section("Parameters")
    return [
        tag if concept not in new else _with_default(template, concept, tag, room)
        for concept, tag in zip(_DEFAULTS, wanted, strict=True)
    ]


def _with_default(template: Template, concept: str, tag: Wanted, room: bool) -> Wanted:
    default, description = _DEFAULTS[concept]
    if not room:
        return Wanted(tag.key, default, tag.names)
    taken = {fold_whole(name) for name in template.parameters}
    name = template.fresh_id(concept, "Parameters")
    if name != concept or fold_whole(concept) in taken:
        name = template.fresh_id(f"{concept}Tag", "Parameters")
    body = {"Type": "String", "Description": description, "Default": default, "AllowedPattern": _PATTERN}
    return Wanted(tag.key, ref(name), tag.names, addition(template, name, body))
