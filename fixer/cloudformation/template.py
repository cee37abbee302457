"""A template with its meaning: sections, resources, parameters, outputs, and what refers to what.

Built from plain long-form data of any shape but a circle of aliases, which no document can hold. What has not the
shape that CloudFormation asks for is not seen; nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from fixer.cloudformation import references
from fixer.cloudformation.conditions import Conditions, Literal
from fixer.cloudformation.entries import Output, Parameter, Resource, as_text
from fixer.cloudformation.intrinsics import children, collections, intrinsic, rename_variable, sub_body, value_at
from fixer.cloudformation.limits import ENTRIES, NAME_LENGTH, Section
from fixer.cloudformation.loops import end_of_entry, loop_entries, loop_names
from fixer.cloudformation.references import Reference
from fixer.model import Path, Remarks, Set, Value

__all__ = ["Output", "Parameter", "Reference", "Resource", "Template"]

_T = TypeVar("_T")

_OF_ENTRIES = frozenset({"Resources", "Outputs", "Parameters", "Conditions", "Mappings", "Rules"})
_SAM = "AWS::Serverless-"
_KNOWN_TRANSFORMS = (
    r"AWS::(Serverless-.*|LanguageExtensions|CodeDeployBlueGreen|CodeStar|SecretsManager-.*|ServiceCatalog)"
)
"""Transforms of AWS that bring in nothing which a template could not know of. ``AWS::Include`` does."""


class Template:
    """A template's plain data, and what it means. The data must not change while it is in use."""

    def __init__(
        self,
        data: Value,
        *,
        format: str = "yaml",
        remarks: Callable[[Path], Remarks] | None = None,
        written: Callable[[Path], str | None] | None = None,
        like: Template | None = None,
    ) -> None:
        """``format``: how the template is written, "yaml" or "json"; ``remarks``: gives the comments at a path;
        ``written``: gives a scalar as it stands in the text; ``like``: a template of which parts may be the same.
        """
        self.data = data
        self.format = format
        self._remarks = remarks
        self._written = written
        self._seen: dict[tuple[Any, Path], tuple[Value, Any, Any]] = {} if like is None else like._seen

    def after(self, data: Value) -> Template:
        """The template with new data. What was found in parts that both share is not looked for again."""
        return Template(data, format=self.format, remarks=self._remarks, written=self._written, like=self)

    def apart(self) -> Template:
        """The template without its text: nothing is known of comments and of how values are written."""
        return Template(self.data, format=self.format, like=self)

    def seen(self, look: Callable[..., _T], path: Path, value: Value, *given: Any) -> _T:
        """``look(path, value, *given)``, remembered as long as the value at ``path`` is the same object."""
        known = self._seen.get((look, path))
        if known is not None and known[0] is value and known[1] == given:
            found: _T = known[2]
            return found
        found = look(path, value, *given)
        self._seen[look, path] = value, given, found
        return found

    def remarks_at(self, path: Path) -> Remarks:
        """The comments about what lies at ``path``."""
        return self._remarks(path) if self._remarks else Remarks()

    def written_at(self, path: Path) -> str | None:
        """The scalar at ``path`` as its author wrote it, without quotes: ``1.10`` where the value is 1.1; None if that
        is not known.
        """
        return self._written(path) if self._written else None

    def value_at(self, path: Path, default: Value = None) -> Value:
        """What lies at ``path``; ``default`` if there is no such place."""
        return value_at(self.data, path, default)

    def section(self, name: str) -> Mapping[Any, Value]:
        """A section as it is, loops and macros included; empty where it is missing or no mapping."""
        found = value_at(self.data, (name,))
        return found if isinstance(found, dict) else {}

    def room_for(self, section: Section) -> int:
        """How many more entries a section may hold, at least 0. What a loop or macro will add is not known, and
        counts as one.
        """
        return max(0, ENTRIES[section] - len(self.section(section)))

    def _entries(self, section: str) -> Iterator[tuple[str, Value]]:
        for key, body in self.section(section).items():
            if isinstance(key, str) and not key.startswith("Fn::"):
                yield key, body

    def entries(self) -> Iterator[tuple[Path, Value]]:
        """All of the template: the entries of sections that have some, and the other sections as they are."""
        for key, section in children(self.data):
            if key in _OF_ENTRIES and isinstance(section, dict):
                for name, body in section.items():
                    yield (key, name), body
            else:
                yield (key,), section

    # -- sections

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """Without what is ``opaque``."""
        return {
            key: Resource(key, as_text(body.get("Type")) or "", body, ("Resources", key))
            for key, body in self._entries("Resources")
            if isinstance(body, dict) and key not in self.opaque
        }

    @cached_property
    def opaque(self) -> Mapping[str, Path]:
        """Entries of Resources whose resources are not known here: loops, macros and modules."""
        return {
            key: ("Resources", key)
            for key, body in self.section("Resources").items()
            if isinstance(key, str) and (key.startswith("Fn::") or references.is_module(body))
        }

    @cached_property
    def looped(self) -> tuple[Resource, ...]:
        """The resources that loops make, each once and as the loop writes it: its id holds the loop's variable.

        Nobody can refer to one by that id. Modules and macros write no resources.
        """
        return tuple(resource for name in self.opaque for resource in self.loop_entries(self.opaque[name]))

    def loop_entries(self, path: Path) -> Iterator[Resource]:
        """The entries of the loop at ``path``, and of the loops in it, each as it is written; outputs have no type."""
        return loop_entries(path, self.value_at(path))

    def written(self, *types: str) -> tuple[Resource, ...]:
        """The resources of any of the types, and those that loops make, each as the loop writes it."""
        looped = (resource for resource in self.looped if resource.type in types)
        return (*self.resources_of(*types), *looped)

    def resource_at(self, path: Path) -> Resource | None:
        """The resource that ``path`` lies in, or leads to, if it is one that stands in the template or a loop in it."""
        if path[:1] != ("Resources",) or len(path) < 2:
            return None
        end = end_of_entry(path)
        return self.resources.get(str(path[1])) if end == 2 else self._looped_at.get(path[:end])

    @cached_property
    def _looped_at(self) -> Mapping[Path, Resource]:
        return {resource.path: resource for resource in self.looped}

    def resources_of(self, *types: str) -> tuple[Resource, ...]:
        """The resources of any of the types, in document order."""
        return tuple(resource for resource in self.resources.values() if resource.type in types)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        return {
            key: Parameter(key, as_text(body.get("Type")) or "", body, ("Parameters", key))
            for key, body in self._entries("Parameters")
            if isinstance(body, dict)
        }

    @cached_property
    def outputs(self) -> Mapping[str, Output]:
        return {
            key: Output(
                key,
                body.get("Value"),
                value_at(body, ("Export", "Name")),
                as_text(body.get("Condition")),
                body,
                ("Outputs", key),
            )
            for key, body in self._entries("Outputs")
            if isinstance(body, dict)
        }

    @cached_property
    def conditions(self) -> Mapping[str, Value]:
        """The expressions by name."""
        return dict(self._entries("Conditions"))

    @cached_property
    def mappings(self) -> Mapping[str, Value]:
        return {key: body for key, body in self._entries("Mappings") if isinstance(body, dict)}

    # -- transforms

    @cached_property
    def transforms(self) -> tuple[str, ...]:
        """Names in the Transform section, in order."""
        found = value_at(self.data, ("Transform",))
        names = (value_at(item, ("Name",), item) for item in (found if isinstance(found, list) else [found]))
        return tuple(name for name in names if isinstance(name, str))

    @cached_property
    def is_sam(self) -> bool:
        return any(name.startswith(_SAM) for name in self.transforms)

    @cached_property
    def has_macros(self) -> bool:
        """Whether CloudFormation will work on a template with parts that are not seen here: macros and includes."""
        if any(not re.fullmatch(_KNOWN_TRANSFORMS, name) for name in self.transforms):
            return True
        sections = [("", self.data), *children(self.data)] if isinstance(self.data, dict) else []
        return any(isinstance(section, dict) and "Fn::Transform" in section for _, section in sections)

    # -- references

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference, in document order, but for those in the template's Metadata: nobody resolves them."""
        # A fragment may lack the Transform, and its SAM resources still refer as those do.
        sam = self.is_sam or any(resource.type.startswith("AWS::Serverless::") for resource in self.resources.values())
        ids = self.resources.keys() if sam else None
        parts = (self.seen(references.collect, path, value, ids) for path, value in self.entries())
        return tuple(reference for part in parts for reference in part)

    @cached_property
    def _by_target(self) -> Mapping[tuple[str, str], list[Reference]]:
        found: dict[tuple[str, str], list[Reference]] = {}
        for reference in self.references:
            found.setdefault((reference.section, reference.target), []).append(reference)
        return found

    @cached_property
    def _by_owner(self) -> Mapping[Path, list[Reference]]:
        found: dict[Path, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.owner, []).append(reference)
        return found

    def references_to(self, target: str, section: str = "Resources") -> tuple[Reference, ...]:
        """References to a name of a namespace: "Resources" (with all parameters), "Conditions" or "Mappings"."""
        return tuple(self._by_target.get(("Resources" if section == "Parameters" else section, target), ()))

    def references_of(self, owner: Path) -> tuple[Reference, ...]:
        """References inside the entry ``owner``: ``("Outputs", "Url")``; longer paths mean their entry."""
        return tuple(self._by_owner.get(owner[:2], ()))

    def rename_references(self, old: str, new: str, section: str = "Resources") -> tuple[Set, ...]:
        """Operations that make every reference to ``old`` name ``new``; the entry itself is left to the caller."""
        operations: dict[Path, Set] = {}
        for reference in self.references_to(old, section):
            path = reference.name_path
            text = self.value_at(path)
            if reference.kind == "Sub":
                end = path.index("Fn::Sub", len(path) - 2)
                _, bound = sub_body(self.value_at(path[:end])) or ("", {})
                text = rename_variable(text, old, new, bound=bound)
            else:
                text = new + text[len(old) :]
            operations[path] = Set(path, text)
        return tuple(operations.values())

    def functions(self, name: str) -> tuple[tuple[Path, Value], ...]:
        """Path and argument of every function of a name, ``"Fn::Select"``, wherever it stands, in document order."""
        return tuple(self._functions.get(name, ()))

    @cached_property
    def _functions(self) -> Mapping[str, list[tuple[Path, Value]]]:
        found: dict[str, list[tuple[Path, Value]]] = {}
        for path, value in self.entries():
            for name, place, body in self.seen(_functions_in, path, value):
                found.setdefault(name, []).append((place, body))
        return found

    # -- the graph of resources

    @cached_property
    def dependencies(self) -> Mapping[str, frozenset[str]]:
        """Each resource, and each opaque entry, with those that it refers to itself.

        What comes out of a loop or macro is not known: a reference to an unknown name counts as one to each of them. A
        name that SAM makes of a resource's own (``FunctionRole``) counts as one to that resource.
        """
        names = {*self.resources, *self.opaque}
        return {
            name: frozenset(
                target
                for reference in self.references_of(("Resources", name))
                if reference.section == "Resources"
                for target in self._targets(reference.target, names)
            )
            for name in names
        }

    def _targets(self, target: str, names: Collection[str]) -> Iterator[str]:
        if target in names:
            yield target
        elif target not in self.parameters and not target.startswith("AWS::"):
            yield from self.opaque
            for name, resource in self.resources.items():
                if resource.type.startswith("AWS::Serverless::") and target.startswith(name):
                    yield name

    def reaches(self, a: str, b: str) -> bool:
        """Whether ``a`` is, or depends on, ``b``: then ``b`` cannot refer to ``a`` without making a circle."""
        return a == b or b in _closure(a, self.dependencies)

    # -- conditions

    @cached_property
    def _logic(self) -> Conditions:
        return Conditions(self.conditions)

    def condition_of(self, path: Path) -> str | None:
        """The condition of the resource or output that ``path`` lies in, or leads to."""
        if len(path) < 2 or path[0] not in ("Resources", "Outputs"):
            return None
        return as_text(self.value_at((*path[: end_of_entry(path)], "Condition")))

    def conditions_on(self, path: Path) -> frozenset[Literal]:
        """What is true wherever the value at ``path`` is used.

        That is the condition of its owner, and those of the branches of ``Fn::If`` around it.
        """
        owner = self.condition_of(path)
        found = {(owner, True)} if owner else set()
        for index, key in enumerate(path[:-1]):
            branch = path[index + 1]
            if key == "Fn::If" and branch in (1, 2):
                name = self.value_at((*path[: index + 1], 0))
                if isinstance(name, str):
                    found.add((name, branch == 1))
        return frozenset(found)

    def implies(self, a: str | None, b: str | None) -> bool:
        """Whether condition ``b`` is true wherever ``a`` is; None is always true. False also means "not known"."""
        return self._logic.implies(a, b)

    def holds_at(self, path: Path, condition: str | None, truth: bool = True) -> bool:
        """Whether ``condition`` certainly is ``truth`` wherever the value at ``path`` is used; None is always true."""
        return truth if condition is None else self._logic.hold(self.conditions_on(path), condition, truth)

    def is_certain(self, known: Collection[Literal], condition: str, truth: bool) -> bool:
        """Whether ``condition`` certainly is ``truth`` wherever all of ``known`` is."""
        return self._logic.hold(known, condition, truth)

    # -- names

    def fresh_id(self, wanted: str, section: str = "Resources", taken: Collection[str] = ()) -> str:
        """A name for a new entry of ``section``: ``wanted`` made alphanumeric, and unique by a number.

        Resources and parameters share one namespace (cfn-lint E3007), together with loops and with names that are
        referred to although they are not there, as those that SAM makes. ``taken``: further names not to use.
        """
        used = {str(key) for key in self.section(section)} | set(taken)
        if section in ("Resources", "Parameters"):
            used |= self._loop_names
            used |= {str(key) for other in ("Resources", "Parameters") for key in self.section(other)}
        namespace = "Resources" if section == "Parameters" else section
        used |= {target for space, target in self._by_target if space == namespace}
        base = re.sub(r"[^A-Za-z0-9]", "", wanted)[:NAME_LENGTH] or section.rstrip("s")
        name, number = base, 1
        while name in used:
            number += 1
            name = f"{base[: NAME_LENGTH - len(str(number))]}{number}"
        return name

    @cached_property
    def _loop_names(self) -> set[str]:
        """Names of loops and of their variables."""
        return {name for path, value in self.entries() for name in self.seen(loop_names, path, value)}


def _functions_in(path: Path, value: Value) -> list[tuple[str, Path, Value]]:
    places = collections(value, path)
    return [(name, place, item[name]) for place, item in places if (name := intrinsic(item)) is not None]


def _closure(start: str, edges: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """All that can be reached from ``start`` in one step or more."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = edges.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)
