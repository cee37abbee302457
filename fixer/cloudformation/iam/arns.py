"""ARNs of the template's resources as values: by reference, or by explicit name where that would make a circle."""

from __future__ import annotations

import re

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, Variable, expression
from fixer.cloudformation.iam.graph import Graph
from fixer.cloudformation.iam.scopes import ARNS
from fixer.cloudformation.intrinsics import escape_sub, get_att, if_, ref, sub
from fixer.cloudformation.template import Template
from fixer.model import Path, Value


class Target(Struct, frozen=True):
    """One ARN for a Resource list."""

    value: Value
    resource: str = ""
    """Logical id of the resource; empty for a log group by its name."""
    needs: frozenset[str] = frozenset()
    """Resources that the value refers to."""
    condition: str | None = None
    """The condition under which the resource exists, where the policy is not under it itself."""

    @property
    def guarded(self) -> Value:
        return self.value if self.condition is None else if_(self.condition, self.value)


def target(graph: Graph, holder: Resource, resource: Resource, form: str, path: Path) -> list[Target]:
    """The ARNs of a resource in a form of ``scopes.Scope``, for a statement at ``path`` in ``holder``.

    Empty if there are none without a circle; several where a leading slash of the name makes a difference.
    """
    template = graph.template
    facts = ARNS[resource.type]
    if not graph.reaches(resource.id, holder.id):
        condition = resource.condition
        guard = None if template.holds_at(path, condition) else condition
        texts = [_fill(form, base) for base in _references(facts.reference, resource)]
        values = [_value(text.replace("${@", f"${{{resource.id}")) for text in texts]
        return [Target(value, resource.id, frozenset({resource.id}), guard) for value in values]
    name = expression(resource.get(facts.name_property)) if facts.name_property in resource.properties else None
    if not name or not facts.named or "${@." in form.replace("${@.Name}", ""):
        return []
    if not can_refer(graph, holder, name):
        return []
    if resource.type == "AWS::SSM::Parameter" and isinstance(name[0], str):
        name = (name[0].removeprefix("/"), *name[1:])
    text = re.sub(r"\$\{@(\.Name)?\}", "@", form) if "{@" in form else _fill(form, facts.named)
    return [named(template, text, name, resource.id)]


def named(template: Template, text: str, name: Expression, resource: str = "") -> Target:
    """The ARN in which ``@`` stands for a name."""
    written = "".join(f"${{{part.name}}}" if isinstance(part, Variable) else escape_sub(part) for part in name)
    heads = {part.name.partition(".")[0] for part in name if isinstance(part, Variable)}
    return Target(_value(text.replace("@", written)), resource, frozenset(heads.intersection(template.resources)))


def can_refer(graph: Graph, holder: Resource, name: Expression) -> bool:
    """Whether a name may stand in ``holder`` without making a circle."""
    return not any(isinstance(part, Variable) and _circles(graph, holder, part) for part in name)


def _fill(form: str, arn: str) -> str:
    """The form with the ARN in place of each ``@`` that is no reference."""
    return re.sub(r"(?<!\{)@", lambda _: arn, form)


def _circles(graph: Graph, holder: Resource, part: Variable) -> bool:
    other = part.name.partition(".")[0]
    return other in graph.template.resources and graph.reaches(other, holder.id)


def _references(reference: str, resource: Resource) -> list[str]:
    """A parameter's name has a leading slash if it is a hierarchy, which its ARN does not double."""
    if resource.type != "AWS::SSM::Parameter":
        return [reference]
    name = expression(resource.get("Name")) if "Name" in resource.properties else ("CFN",)
    hierarchy = reference.replace("parameter/", "parameter")
    if name and isinstance(name[0], str):
        return [hierarchy if name[0].startswith("/") else reference]
    return [hierarchy, reference]


def _value(text: str) -> Value:
    """The value that a Sub string stands for, in the simplest way."""
    alone = re.fullmatch(r"\$\{([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?\}", text)
    if alone:
        return get_att(alone[1], alone[2]) if alone[2] else ref(alone[1])
    return sub(text) if "${" in text else text
