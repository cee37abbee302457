"""Where the value of a property is written: in its place, in a branch, a mapping, or a parameter; and how it is changed
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fixer.cloudformation.entries import Parameter
from fixer.cloudformation.intrinsics import intrinsic, literal_text, ref_target, value_at
from fixer.cloudformation.template import Template
from fixer.model import Operation, Path, Remove, Set, Value

_ALLOWED = "AllowedValues"


def origins(template: Template, value: Value, path: Path) -> Iterator[Path]:
    """Where the literals stand that the value at ``path`` comes from: paths of texts and numbers, and of parameters,
    whose defaults and allowed values they are. What cannot be followed has none.
    """
    name = intrinsic(value)
    body = value[name] if name else None
    parameter = template.parameters.get(ref_target(value) or "")
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        yield path
    elif parameter is not None:
        if not parameter.is_ssm:
            yield parameter.path
    elif name == "Fn::Sub" and literal_text(value) is not None and isinstance(body, str):
        yield (*path, name)
    elif name == "Fn::If" and isinstance(body, list):
        for index in range(1, len(body)):
            yield from origins(template, body[index], (*path, name, index))
    elif name == "Fn::FindInMap" and isinstance(body, list) and len(body) >= 3:
        yield from _in_mapping(template, body)
        if isinstance(body[-1], dict) and "DefaultValue" in body[-1]:
            yield from origins(template, body[-1]["DefaultValue"], (*path, name, len(body) - 1, "DefaultValue"))


def _in_mapping(template: Template, body: list[Value]) -> Iterator[Path]:
    mapping = template.mappings.get(body[0], {}) if isinstance(body[0], str) else {}
    for top, entries in mapping.items():
        if isinstance(body[1], dict) or str(top) == str(body[1]):
            for second, value in entries.items() if isinstance(entries, dict) else ():
                if isinstance(value, str | int | float) and (isinstance(body[2], dict) or str(second) == str(body[2])):
                    yield "Mappings", body[0], top, second


def texts_at(template: Template, place: Path) -> tuple[tuple[Path, str], ...]:
    """Path and text of each value at one of the ``origins``; numbers as texts."""
    parameter = parameter_at(template, place)
    found: list[tuple[Path, Value]] = [(place, template.value_at(place))]
    if parameter is not None:
        found = [((*parameter.path, "Default"), parameter.default)]
        found += [((*parameter.path, _ALLOWED, i), text) for i, text in enumerate(parameter.allowed_values)]
    return tuple((path, str(text)) for path, text in found if isinstance(text, str | int | float))


def parameter_at(template: Template, place: Path) -> Parameter | None:
    """The parameter that one of the ``origins`` is; None if it is something else."""
    return template.parameters.get(str(place[1])) if place[0] == "Parameters" else None


def why_fixed(template: Template, place: Path) -> str:
    """Why what is written at one of the ``origins`` cannot be changed: something asks for it. Empty if it can."""
    parameter = parameter_at(template, place)
    if parameter is not None:
        asked = any(
            reference.path[0] == "Conditions" or "Fn::FindInMap" in reference.path or "Fn::Equals" in reference.path
            for reference in template.references_to(parameter.id, "Parameters")
        )
        if asked or f"'{parameter.id}'" in repr(template.section("Rules")):
            return f"a condition, a rule or a mapping asks for the value of {parameter.id}"
    if place[0] == "Mappings":
        asking = template.functions("Fn::FindInMap")
        if any(path[0] == "Conditions" and value_at(body, (0,)) == place[1] for path, body in asking):
            return f"a condition asks for what is in {place[1]}"
    return ""


def not_admitted(parameter: Parameter | None, text: str) -> str:
    """What of a parameter's constraints keeps a text out, but for its allowed values; empty if nothing does."""
    body = parameter.body if parameter else {}
    if parameter and parameter.type == "Number" and not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return f"the parameter is a number, which {text} is not"
    pattern, longest = body.get("AllowedPattern"), str(body.get("MaxLength"))
    try:
        matches = pattern is None or re.fullmatch(str(pattern), text) is not None
    except (re.error, RecursionError, OverflowError):
        matches = False
    if not matches:
        return f"the AllowedPattern of the parameter does not admit {text}"
    return (
        f"the MaxLength of the parameter does not admit {text}"
        if longest.isdecimal() and len(text) > int(longest)
        else ""
    )


def rewriting(template: Template, place: Path, chosen: Mapping[str, str]) -> tuple[Operation, ...]:
    """The operations that put new texts for old ones at one of the ``origins``. Allowed values stay unique."""
    operations: list[Operation] = []
    texts = texts_at(template, place)
    kept = {text for path, text in texts if _ALLOWED in path[2:3] and text not in chosen}
    for path, text in texts:
        new = chosen.get(text)
        if new is None:
            continue
        allowed = place[0] == "Parameters" and _ALLOWED in path[2:3]
        operations.append(Remove(path) if allowed and new in kept else Set(path, new))
        kept |= {new} if allowed else set()
    return tuple(operations)
