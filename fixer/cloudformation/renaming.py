"""Giving an entry of a template another name, together with all that refers to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial

from fixer.cloudformation.intrinsics import SubPart, get_att_parts, map_sub, sub_body, walk
from fixer.cloudformation.parameters import shown
from fixer.cloudformation.template import Template
from fixer.model import Operation, Path, Rename, Set

_SAM = "AWS::Serverless::"
_HELPERS = re.compile(r"cfn-(init|signal|hup|get-metadata)")
"""Scripts on instances that take a logical id (CloudFormation template reference, "helper scripts")."""


def renaming(template: Template, path: Path, new: str) -> tuple[Operation, ...]:
    """Operations that rename the entry at ``path``, ``("Resources", "my-role")``: every reference goes along, names
    that AWS SAM makes of it, and the console's form.
    """
    section, old = str(path[0]), str(path[1])
    operations: list[Operation] = [Rename(path, new)]
    if section == "Outputs":
        return tuple(operations)
    operations += template.rename_references(old, new, section)
    resource = template.resources.get(old) if section == "Resources" else None
    if resource and resource.type.startswith(_SAM):
        for made in dict.fromkeys(reference.target for reference in template.references):
            if made.startswith(old) and made != old and made not in template.resources:
                operations += template.rename_references(made, new + made[len(old) :])
    if section == "Parameters":
        operations += (
            Set(place, new) if isinstance(place[-1], int) else Rename(place, new) for place in shown(template, old)
        )
    if section in ("Resources", "Parameters") and "." in old:
        operations += _dotted(template, old, new)
    return tuple(operations)


def _dotted(template: Template, old: str, new: str) -> Iterator[Operation]:
    """A dot in a name is taken for that before an attribute."""
    for path, _ in template.functions("Fn::GetAtt"):
        whole = ".".join(get_att_parts(template.value_at(path)) or ())
        if whole.startswith(f"{old}."):
            yield Set((*path, "Fn::GetAtt"), [new, whole[len(old) + 1 :]])
    for path, body in template.functions("Fn::Sub"):
        text, own = sub_body({"Fn::Sub": body}) or ("", {})
        changed = map_sub(text, partial(_named, old=old, new=new, own=own))
        if changed != text:
            yield Set((*path, "Fn::Sub", 0) if isinstance(body, list) else (*path, "Fn::Sub"), changed)


def _named(part: SubPart, old: str, new: str, own: Collection[str]) -> str | None:
    name = part.variable or ""
    return "${" + new + name[len(old) :] + "}" if name not in own and f"{name}.".startswith(f"{old}.") else None


def helper_scripts(template: Template) -> list[tuple[Path, str]]:
    """Texts in which a helper script of CloudFormation may be told a logical id."""
    found = walk(dict(template.section("Resources")), ("Resources",))
    return [(path, value) for path, value in found if isinstance(value, str) and _HELPERS.search(value)]


def is_told(name: str, text: str) -> bool:
    """Whether a name stands in a text as a word."""
    return name in text and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
