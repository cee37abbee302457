"""New outputs in the manner of a template's own: names, descriptions, the order of the keys, exports."""

from __future__ import annotations

from fixer.cloudformation.expressions import Expression, Variable, alternatives, expression
from fixer.cloudformation.intrinsics import intrinsic, ref_target, walk
from fixer.cloudformation.outputs.exports import export_pattern, wants_exports
from fixer.cloudformation.template import Template
from fixer.model import Insert, Value

_KEYS = ("Condition", "Description", "Value", "Export")


class NewOutputs:
    """Makes outputs for one template. It remembers the names that it gave, so that each is new."""

    def __init__(self, template: Template, export: bool | None) -> None:
        """``export``: whether outputs are exported; None: as the template's own are."""
        self._template = template
        self._exports = wants_exports(template, export)
        self._pattern = export_pattern(template)
        self._keys = _key_order(template)
        self._describes = _describes(template)
        self._ids: set[str] = set()
        self._names: set[Expression] = {
            name for output in template.outputs.values() if (name := expression(output.export)) is not None
        }
        self.room = template.room_for("Outputs")
        """How many more outputs the template may have."""

    def insert(
        self, wanted: str, description: str, value: Value, condition: str | None = None, *, export: bool = True
    ) -> Insert:
        """The insertion of an output, named ``wanted`` if that is free. ``export``: whether it can be exported."""
        name = self._template.fresh_id(wanted, "Outputs", self._ids)
        self._ids.add(name)
        self.room -= 1
        body: dict[str, Value] = {"Value": value}
        if self._describes:
            body["Description"] = description
        if condition is not None:
            body["Condition"] = condition
        if self._exports and export:
            body["Export"] = {"Name": self._export_name(name)}
        return Insert(("Outputs", name), {key: body[key] for key in self._keys if key in body})

    def _export_name(self, output_id: str) -> Value:
        wanted, number = output_id, 1
        while self._pattern.expression(wanted) in self._names:
            number += 1
            wanted = f"{output_id}{number}"
        self._names.add(self._pattern.expression(wanted))
        return self._pattern.value(wanted)


def parameters_given(value: Value) -> frozenset[str]:
    """Names of which an output's value is that of one, as it is or a list joined, on all ways or some."""
    given = {found[0].name for found in alternatives(value) if len(found) == 1 and isinstance(found[0], Variable)}
    body = value["Fn::Join"] if intrinsic(value) == "Fn::Join" else None
    joined = ref_target(body[1]) if isinstance(body, list) and len(body) == 2 else None
    return frozenset(given if joined is None else {*given, joined})


def is_url(value: Value) -> bool:
    """Whether an output's value is a URL that is put together."""
    return any("://" in text for _, text in walk(value) if isinstance(text, str))


def _key_order(template: Template) -> tuple[str, ...]:
    """The keys in the order of the template's fullest output; those that it lacks at their customary places."""
    fullest = max((output.body for output in template.outputs.values()), key=len, default={})
    order = [key for key in fullest if key in _KEYS]
    for key in _KEYS:
        if key not in order:
            before = [order.index(other) for other in _KEYS[: _KEYS.index(key)] if other in order]
            order.insert(max(before, default=-1) + 1, key)
    return tuple(order)


def _describes(template: Template) -> bool:
    """Whether at least half of the template's own outputs have a description."""
    bodies = [output.body for output in template.outputs.values()]
    return 2 * sum("Description" in body for body in bodies) >= len(bodies)
