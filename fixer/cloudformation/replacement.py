"""What an update replaces because it replaces something else, and what it cannot replace.

Source: CloudFormation user guide, "Update behaviors of stack resources" and "Name type" ("You can't perform an update
that causes a custom-named resource to be replaced").
"""

from __future__ import annotations

from collections.abc import Iterable

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Impact, Path


def replaced_along(template: Template, replaced: Iterable[str]) -> dict[str, str]:
    """Logical ids of the resources that refer to ``replaced``, or to each other, in create-only properties, each to
    the property. What an attribute gives may stay the same; then its resource stays, too.
    """
    waiting = list(replaced)
    known = set(waiting)
    found: dict[str, str] = {}
    while waiting:
        for reference in template.references_to(waiting.pop(0)):
            path, name = reference.path, str(reference.owner[1])
            if path[0] != "Resources" or path[2:3] != ("Properties",) or name in known or reference.opaque:
                continue
            if impact_at(template, path) is Impact.REPLACEMENT and not spares(template, path):
                known.add(name)
                waiting.append(name)
                found[name] = str(path[3])
    return found


def spares(template: Template, path: Path) -> bool:
    """Whether a change at ``path`` replaces no resource of the template, but what AWS SAM makes besides one: the domain
    of an API, the permissions for the events of a function.
    """
    resource = template.resources.get(str(path[1])) if path[:1] == ("Resources",) and len(path) > 3 else None
    known = schema(resource.type) if resource else None
    return known is not None and known.spares(path[3:])


def changed_exports(template: Template, replaced: Iterable[str]) -> list[str]:
    """Ids of the exported outputs that refer to ``replaced``. A stack cannot change an export that another one imports
    (CloudFormation user guide, "Outputs").
    """
    return list(
        dict.fromkeys(
            str(reference.owner[1])
            for name in replaced
            for reference in template.references_to(name)
            if reference.path[0] == "Outputs" and reference.path[2:3] == ("Value",) and not reference.opaque
            if template.outputs[str(reference.owner[1])].export is not None
        )
    )


def fixed_name(resource: Resource) -> str | None:
    """The property by which a template names a resource, so that a second one cannot be made beside it."""
    known = schema(resource.type)
    if known is None or known.replacement_strategy == "delete_then_create" or len(known.primary_identifier) != 1:
        return None
    pointer = known.primary_identifier[0]
    named = len(pointer) == 1 and pointer in known.create_only and pointer not in known.read_only
    return pointer[0] if named and pointer[0] in resource.properties else None
