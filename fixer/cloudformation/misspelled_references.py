"""References to what is not in the template, and to attributes that are not there, beside the names that are close."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from fixer.cloudformation.closeness import Close, close
from fixer.cloudformation.intrinsics import map_sub, sub_body
from fixer.cloudformation.references import Reference
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import PROGRAMS
from fixer.cloudformation.types.schemas import ResourceSchema, schema
from fixer.model import Operation, Path, Set

_PSEUDO = frozenset(
    f"AWS::{name}"
    for name in ("AccountId", "NoValue", "NotificationARNs", "Partition", "Region", "StackId", "StackName", "URLSuffix")
)
_KINDS = {"FindInMap": "mapping", "If": "condition", "Condition": "condition"}


class Misspelled(Struct, frozen=True):
    """A reference whose name, or whose attribute, is not there."""

    path: Path
    name: str
    what: str
    """What there is none of: "resource or parameter", "condition" ..."""
    close: Close
    operation: Operation | None = None
    """The operation that writes the only close name."""


def misspelled_references(template: Template) -> Iterator[Misspelled]:
    """Every such reference, once for each text in which it stands.

    There are none where names come up that are not known here: behind macros and modules and, for resources, loops.
    """
    if template.has_macros:
        return
    done: set[tuple[Path, str]] = set()
    for reference in template.references:
        if reference.opaque or reference.kind in ("Id", "ValueOf"):
            continue
        found = _target(template, reference) or _attribute(template, reference)
        if found is not None and (reference.name_path, found.name) not in done:
            done.add((reference.name_path, found.name))
            yield found


def _target(template: Template, reference: Reference) -> Misspelled | None:
    target, what = reference.target, _KINDS.get(reference.kind, "resource or parameter")
    there: Collection[str]
    if reference.section == "Conditions":
        there = template.section("Conditions")
    elif reference.section == "Mappings":
        there = template.section("Mappings")
    else:
        if reference.path[0] == "Conditions" or reference.path[0] == "Rules":
            there = [*template.parameters, *_PSEUDO]
            what = "parameter"
        elif reference.kind == "DependsOn" or reference.attribute is not None:
            there = [*template.resources]
            what = "resource"
        else:
            there = [*template.resources, *template.parameters, *_PSEUDO]
        if _is_known(template, target):
            return None
    if target in there or any(str(name).startswith("Fn::") for name in there):
        return None
    own = _own_variables(template, reference)
    valid = [name for name in map(str, there) if name.isalnum() or name in _PSEUDO]
    near = close(target, [*valid, *own], plurals=False)
    if reference.kind in ("GetAtt", "Sub") and reference.attribute is not None and near.only not in own:
        near = Close(tuple(name for name in near.names if _has(template, name, reference.attribute)))
    if reference.kind == "Sub" and not PROGRAMS.isdisjoint(reference.path):
        near = Close(())
    new = near.only
    operation = _renamed(template, reference, new, reference.attribute) if new else None
    return Misspelled(reference.path, target, what, near, operation)


def _is_known(template: Template, target: str) -> bool:
    """Whether a name is there, or may come out of a loop, a module or AWS SAM."""
    if target in template.resources or target in template.parameters or target in _PSEUDO or template.opaque:
        return True
    made = (r.id for r in template.resources.values() if r.type.startswith("AWS::Serverless::"))
    return (template.is_sam and target.startswith("Serverless")) or any(target.startswith(name) for name in made)


def _attribute(template: Template, reference: Reference) -> Misspelled | None:
    known = _schema(template, reference.target)
    attribute = reference.attribute
    if known is None or attribute is None or reference.kind not in ("GetAtt", "Sub") or known.has_attribute(attribute):
        return None
    if known.type_name.startswith("AWS::Serverless::") or "${" in attribute:
        return None
    near = close(attribute, [name for name in known.attributes if "*" not in name])
    operation = _renamed(template, reference, reference.target, near.only) if near.only else None
    name = f"{reference.target}.{attribute}"
    return Misspelled(reference.path, name, f"attribute of {known.type_name}", near, operation)


def _has(template: Template, name: str, attribute: str) -> bool:
    known = _schema(template, name)
    return known is None or known.has_attribute(attribute)


def _schema(template: Template, name: str) -> ResourceSchema | None:
    resource = template.resources.get(name)
    return schema(resource.type) if resource and resource.type else None


def _own_variables(template: Template, reference: Reference) -> Collection[str]:
    if reference.kind != "Sub":
        return ()
    path = reference.path[:-1] if reference.path[-1] == 0 else reference.path
    _, own = sub_body(template.value_at(path[:-1])) or ("", {})
    return own


def _renamed(template: Template, reference: Reference, target: str, attribute: str | None) -> Operation | None:
    """The operation that makes a reference name something else."""
    path = reference.name_path
    text = template.value_at(path)
    if not isinstance(text, str):
        return None
    whole = target if attribute is None else f"{target}.{attribute}"
    if reference.kind == "Sub":
        new = map_sub(
            text,
            lambda part: (
                "${" + whole + "}" if part.name == reference.target and part.attribute == reference.attribute else None
            ),
        )
        return Set(path, new)
    if reference.kind == "GetAtt" and path[-1] == 0:
        rest = template.value_at(path[:-1])
        if target != reference.target:
            return Set(path, target)
        return Set((*path[:-1], 1), attribute) if len(rest) == 2 else None
    return Set(path, whole if reference.kind == "GetAtt" else target)
