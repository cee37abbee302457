"""Adding a parameter to a template, and taking one out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fixer.cloudformation.intrinsics import children
from fixer.cloudformation.template import Template
from fixer.model import Append, Insert, Operation, Path, Remove, Value

_INTERFACE: Path = ("Metadata", "AWS::CloudFormation::Interface")


def addition(template: Template, name: str, body: Mapping[str, Value]) -> tuple[Operation, ...]:
    """Operations that add a parameter, and show it in the console's form if the template arranges that.

    It goes to the last of the groups, where the console would show it anyway, and gets a label if most have one.
    """
    operations: list[Operation] = [Insert(("Parameters", name), dict(body))]
    groups = template.value_at((*_INTERFACE, "ParameterGroups"))
    last = len(groups) - 1 if isinstance(groups, list) else -1
    members = template.value_at((*_INTERFACE, "ParameterGroups", last, "Parameters")) if last >= 0 else None
    if isinstance(members, list) and all(isinstance(member, str) for member in members):
        operations.append(Append((*_INTERFACE, "ParameterGroups", last, "Parameters"), name))
    labels = _labels(template)
    if labels and 2 * sum(known in labels for known in template.parameters) >= len(template.parameters):
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
        operations.append(Insert((*_INTERFACE, "ParameterLabels", name), {"default": words}))
    return tuple(operations)


def removal(template: Template, name: str) -> tuple[Remove, ...]:
    """Operations that remove a parameter, and the places in the console's form that show it (cfn-lint W4001).

    What would be left empty goes too. References to the parameter are for the caller to replace.
    """
    section = template.section("Parameters")
    entry: Path = ("Parameters", name) if len(section) > 1 else ("Parameters",)
    return (Remove(entry), *(Remove(path) for path in _widened(template, shown(template, name))))


def shown(template: Template, name: str) -> list[Path]:
    """The places in the console's form that name a parameter: keys of labels, and members of groups."""
    places: list[Path] = [(*_INTERFACE, "ParameterLabels", name)] if name in _labels(template) else []
    groups = template.value_at((*_INTERFACE, "ParameterGroups"))
    for index, group in enumerate(groups if isinstance(groups, list) else []):
        members = group.get("Parameters") if isinstance(group, dict) else None
        for number, member in enumerate(members if isinstance(members, list) else []):
            if member == name:
                places.append((*_INTERFACE, "ParameterGroups", index, "Parameters", number))
    return places


def _labels(template: Template) -> Value:
    found = template.value_at((*_INTERFACE, "ParameterLabels"))
    return found if isinstance(found, dict) else {}


def _widened(template: Template, places: list[Path]) -> Iterator[Path]:
    """The places, or what is around them where nothing else would be left in it.

    A group without members goes with its label.
    """
    gone = set(places)
    for depth in range(max(map(len, places), default=0) - 1, 0, -1):
        for parent in {path[:depth] for path in gone if len(path) == depth + 1}:
            inside = {(*parent, key) for key, _ in children(template.value_at(parent))}
            is_group = len(parent) == 4 and (*parent, "Parameters") in gone
            if inside <= gone or is_group:
                gone = {path for path in gone if path[:depth] != parent} | {parent}
    yield from sorted(gone, key=lambda path: tuple(map(str, path)))
