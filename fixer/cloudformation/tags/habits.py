"""How a template tags: the spelling of a key and the value on which its tags agree, and whether a value fits."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.tags.known_parameters import fits_tag, is_tag_value
from fixer.cloudformation.tags.resource_tags import ResourceTags, is_void
from fixer.cloudformation.template import Template
from fixer.model import Value

_PSEUDO = frozenset(f"AWS::{name}" for name in ("AccountId", "Partition", "Region", "StackName", "URLSuffix"))
"""Pseudo parameters that are a text, and admissible in a tag."""


def common_key(known: Iterable[ResourceTags], names: Collection[str]) -> str | None:
    """The one spelling of all keys that, folded, are any of the names; None if there is none, or more than one."""
    spellings = {tag.name for tags in known for tag in tags.tags if tag.is_any(names)}
    return next(iter(spellings)) if len(spellings) == 1 else None


def common_value(
    template: Template, known: Iterable[ResourceTags], names: Collection[str], *, literals: int = 1
) -> Value | None:
    """The one value of all tags whose keys, folded, are any of the names, if it fits every resource; else None.

    What only a conditional tag or a conditional resource has does not. ``literals``: how many resources have to have a
    value that is the same in every stack.
    """
    found = [(tags, tag) for tags in known for tag in tags.tags if tag.is_any(names) and not is_void(tag.value)]
    if len({json.dumps(tag.value, sort_keys=True, default=str) for _, tag in found}) != 1:
        return None
    if all(tag.conditional or tags.resource.condition for tags, tag in found):
        return None
    value = found[0][1].value
    if isinstance(value, str) and len(found) < literals:
        return None
    return value if _fits_all(template, value) else None


def why_not(template: Template, resource: Resource, key: str, value: Value) -> str:
    """Why a value that was written without a look at the template cannot be a tag of the resource, or ""."""
    what = f"the value set for {key}"
    if is_void(value) or value == "":
        return f"{what} is empty"
    for found in Template({"Outputs": {"Tag": {"Value": value}}}).references:
        target, section = found.target, found.section
        if section == "Resources" and (target in template.parameters or target.startswith("AWS::")):
            continue
        if target not in (template.resources if section == "Resources" else template.section(section)):
            return f"{what} refers to {target}, which this template does not have"
        if section == "Resources" and template.reaches(target, resource.id):
            return f"{what} refers to {target}, which depends on the resource itself"
        if section == "Resources" and not template.holds_at(resource.path, template.resources[target].condition):
            return f"{what} refers to {target}, which is not always there"
    return ""


def _fits_all(template: Template, value: Value) -> bool:
    body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
    if isinstance(body, list) and len(body) == 3:
        return all(_fits_all(template, branch) for branch in body[1:])
    parts = expression(value) if isinstance(value, str | dict) else None
    if not parts:
        return False
    variables = [part.name for part in parts if isinstance(part, Variable)]
    text = "".join("x" if isinstance(part, Variable) else part for part in parts)
    return is_tag_value(text) and all(
        name in _PSEUDO or (name in template.parameters and fits_tag(template, template.parameters[name]))
        for name in variables
    )
