"""Where a template says which runtimes its Lambda functions have, and what may take their place there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.functions.functions import LAMBDA, SAM
from fixer.cloudformation.functions.runtimes import runtimes, supported_successors, unfit
from fixer.cloudformation.intrinsics import intrinsic, sub_body, value_at
from fixer.cloudformation.origins import not_admitted, origins, parameter_at, texts_at, why_fixed
from fixer.cloudformation.template import Template
from fixer.model import Finding, Path, Value


class Used(Struct, frozen=True):
    """A place that says a runtime: a property, an entry of a mapping, or a parameter."""

    what: str
    path: Path
    texts: tuple[tuple[Path, str], ...]
    """Path and text of each runtime there: one, or the default and the allowed values of a parameter."""
    functions: tuple[Resource, ...]
    """The functions that have it."""
    places: tuple[Path, ...]
    """The properties that it gets into."""
    shared: Value = None
    """What SAM's Globals say about functions."""
    fixed: str = ""
    """Why it cannot be changed; empty if it can."""

    def to_test(self, new: str) -> str:
        """Why a change of the runtime is unsafe."""
        layers = any(_property(f, self.shared, "Layers") for f in self.functions)
        built = any(isinstance(_property(f, self.shared, "CodeUri"), str) for f in self.functions)
        said = f"its code has to be tested with {new}"
        if layers or built:
            said += ", and native modules " + ("and layers " if layers else "") + "be built for it"
        return said + (
            "; a stack that has the old value as its parameter needs a new one" if self._is_parameter else ""
        )

    @property
    def _is_parameter(self) -> bool:
        return self.path[0] == "Parameters"


def used_runtimes(template: Template) -> Iterator[Used]:
    """All such places, each once, in the order of the functions."""
    shared = value_at(template.data, ("Globals", "Function"))
    found: dict[Path, list[tuple[str, Resource | None, Path]]] = {}
    for path, function in _properties(template, shared):
        for place in dict.fromkeys(origins(template, template.value_at(path), path)):
            name = f"The runtime of {function.id}" if function else "The runtime in Globals"
            found.setdefault(place, []).append((name, function, path))
    for place, users in found.items():
        functions = _once(f for _, f, _ in users)
        if place[:2] == ("Globals", "Function"):
            functions = _global_users(template)
        parameter, texts = parameter_at(template, place), texts_at(template, place)
        what = users[0][0]
        if place[0] in ("Parameters", "Mappings"):
            what = f"The runtime in {place[0].lower().rstrip('s')} {place[1]}"
        fixed = why_fixed(template, place)
        places = tuple(path for _, _, path in users)
        if parameter:
            places += tuple(reference.path for reference in template.references_to(parameter.id, "Parameters"))
        yield Used(what, place, texts, functions, places, shared, fixed)


def successor(template: Template, used: Used, old: str) -> tuple[str, str]:
    """The newest supported runtime that all functions can run on, and why there is none; one of both is empty."""
    if used.fixed:
        return "", used.fixed
    candidates = supported_successors(old)
    if not candidates:
        other = runtimes()[old].successor
        return "", f"its program has to be built anew for {other}" if other else "no runtime is known to take its place"
    at_edge = sorted(f.id for f in used.functions if _is_at_edge(template, f))
    if at_edge or old.endswith("-edge"):
        return "", f"{', '.join(at_edge) or 'it'} runs at the edge, where CloudFront takes fewer runtimes"
    problems = []
    for candidate in candidates:
        found = [p for f in used.functions if (p := _problem(f, used, old, candidate.name))]
        if not found:
            break
        problems += found
    else:
        return "", problems[0]
    wrong = (
        not_admitted(template.parameters.get(str(used.path[1])), candidate.name) if used.path[0] == "Parameters" else ""
    )
    return ("", wrong) if wrong else (candidate.name, "")


def snap_start_findings(template: Template) -> Iterator[Finding]:
    """Functions with SnapStart of which the template publishes no version."""
    shared = value_at(template.data, ("Globals", "Function"))
    for function in template.resources_of(LAMBDA, SAM):
        if function.get("SnapStart", "ApplyOn") != "PublishedVersions":
            continue
        users = (template.resources.get(str(r.owner[1])) for r in template.references_to(function.id))
        if any(user and user.type == "AWS::Lambda::Version" for user in users):
            continue
        if function.type == SAM and _property(function, shared, "AutoPublishAlias") is not None:
            continue
        if template.opaque or template.has_macros:
            continue
        yield Finding(
            f"{function.type} {function.id} has SnapStart, which works for published versions alone",
            function.property_path("SnapStart"),
            reason="the template publishes no version of it, and who calls the function has to call that version",
        )


def _properties(template: Template, shared: Value) -> Iterator[tuple[Path, Resource | None]]:
    if value_at(shared, ("Runtime",)) is not None:
        yield ("Globals", "Function", "Runtime"), None
    for function in template.written(LAMBDA, SAM):
        if function.properties.get("Runtime") is not None:
            yield function.property_path("Runtime"), function


def _global_users(template: Template) -> tuple[Resource, ...]:
    return tuple(f for f in template.written(SAM) if "Runtime" not in f.properties and f.get("PackageType") != "Image")


def _problem(function: Resource, used: Used, old: str, new: str) -> str:
    code = function.get("InlineCode") if function.type == SAM else function.get("Code", "ZipFile")
    text = _code(code)
    layers = bool(_property(function, used.shared, "Layers"))
    return unfit(text, old, new, has_layers=layers) if text else ""


def _code(value: Value) -> str:
    """Inline code as far as it is known, with something harmless for what is not."""
    if isinstance(value, str):
        return value
    found = sub_body(value)
    if found is not None:
        return re.sub(r"\$\{!?([^}]*)\}", "x", found[0])
    body = value["Fn::Join"] if intrinsic(value) == "Fn::Join" else None
    if isinstance(body, list) and len(body) == 2 and isinstance(body[0], str) and isinstance(body[1], list):
        return body[0].join(part if isinstance(part, str) else "x" for part in body[1])
    return ""


def _is_at_edge(template: Template, function: Resource) -> bool:
    """Whether a distribution of the template has the function, or a version of it, in its associations."""
    names = [function.id, f"{function.id}.Version"]
    for reference in template.references_to(function.id):
        user = template.resources.get(str(reference.owner[1]))
        if user is not None and user.type in ("AWS::Lambda::Version", "AWS::Lambda::Alias"):
            names.append(user.id)
    found = (reference for name in names for reference in template.references_to(name))
    return any("LambdaFunctionAssociations" in reference.path for reference in found)


def _property(function: Resource, shared: Value, name: str) -> Value:
    """A property of a function, its own or that of SAM's Globals."""
    common = shared if function.type == SAM else None
    return function.properties.get(name, value_at(common, (name,)))


def _once(functions: Iterable[Resource | None]) -> tuple[Resource, ...]:
    return tuple({function.path: function for function in functions if function}.values())
