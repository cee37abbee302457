"""Which functions give lists of texts, and which give one text."""

from __future__ import annotations

from fixer.cloudformation.intrinsics import children, get_att_parts, intrinsic, ref_target
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Value

_LISTS = frozenset({"Fn::Split", "Fn::GetAZs", "Fn::Cidr"})


def gives_list(template: Template, value: Value) -> bool:
    """Whether a function certainly gives a list of texts; False also if that is not known, and for ``Fn::If``."""
    name, target, attribute = intrinsic(value), ref_target(value), get_att_parts(value)
    if target is not None:
        parameter = template.parameters.get(target)
        return target == "AWS::NotificationARNs" or (parameter is not None and parameter.is_list)
    if attribute is not None:
        resource = template.resources.get(attribute[0])
        known = schema(resource.type) if resource and resource.type else None
        if known is None or known.attribute_types(attribute[1]) != {"array"}:
            return False
        items = known.types((*attribute[1].split("."), 0))
        return bool(items) and items.isdisjoint({"array", "object"})
    return name in _LISTS or (name == "Fn::FindInMap" and _finds_list(template, value[name]))


def _finds_list(template: Template, body: Value) -> bool:
    """Whether all that a ``Fn::FindInMap`` may find is lists of texts."""
    if not isinstance(body, list) or len(body) != 3 or not isinstance(body[0], str):
        return False
    top = template.mappings.get(body[0], {})
    rows = [top.get(body[1])] if isinstance(body[1], str) else list(top.values())
    found = [
        value for row in rows for key, value in children(row) if not isinstance(body[2], str) or str(key) == body[2]
    ]
    return bool(found) and all(isinstance(value, list) and all(map(is_scalar, value)) for value in found)


def gives_text(template: Template, value: Value) -> bool:
    """Whether a function certainly gives one text, and no list."""
    name, target, attribute = intrinsic(value), ref_target(value), get_att_parts(value)
    if target is not None:
        parameter = template.parameters.get(target)
        if parameter is not None:
            return not parameter.is_list
        return target in template.resources or target in ("AWS::Region", "AWS::AccountId", "AWS::StackName")
    if attribute is not None:
        resource = template.resources.get(attribute[0])
        known = schema(resource.type) if resource else None
        return known is not None and known.attribute_types(attribute[1]) == {"string"}
    return name in ("Fn::Sub", "Fn::Join")


def is_scalar(value: Value) -> bool:
    """Whether it is a text, a number or a boolean."""
    return isinstance(value, bool | int | float | str)
