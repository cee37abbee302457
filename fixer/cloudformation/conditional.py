"""Making resources conditional, together with all that cannot be without them.

The answers are operations; nothing here changes a template. What does not allow it is answered as a text, the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct, field

from fixer.cloudformation.conditions import Conditions
from fixer.cloudformation.entries import Parameter, matches_empty
from fixer.cloudformation.intrinsics import and_, condition, if_, ref
from fixer.cloudformation.references import Reference
from fixer.cloudformation.scenarios import Scenarios
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.necessity import is_necessary
from fixer.model import Append, Insert, Operation, Path, Remove, Set, Value


class Switch(Struct, frozen=True):
    """A condition by its name, and what it is; it need not be in the template yet."""

    name: str
    expression: Value


class Conditional(Struct, frozen=True):
    """What it takes to make resources conditional."""

    operations: tuple[Operation, ...]
    resources: frozenset[str]
    """All resources that exist only where the condition is true, from now on or before."""
    guarded: frozenset[Path]
    """Values of other resources that a ``Fn::If`` now guards."""


def switch(template: Template, expression: Value, wanted: str, taken: Collection[str] = ()) -> Switch:
    """The template's own condition that means the same as ``expression``, else a new one, ``wanted`` made unique.

    ``taken``: further names not to use.
    """
    for name in template.conditions:
        logic = Conditions({**template.conditions, "": expression})
        if logic.implies(name, "") and logic.implies("", name):
            return Switch(name, template.conditions[name])
    return Switch(template.fresh_id(wanted, "Conditions", taken), expression)


def admit_empty(parameter: Parameter) -> tuple[Operation, ...]:
    """Let a parameter of type String take the empty value beside those that it took before.

    AllowedPattern has to match the whole value (CloudFormation user guide, "Parameters").
    """
    pattern, least = parameter.body.get("AllowedPattern"), str(parameter.body.get("MinLength", 0))
    values = parameter.body.get("AllowedValues")
    operations: list[Operation] = []
    if isinstance(values, list) and "" not in values:
        operations.append(Append((*parameter.path, "AllowedValues"), ""))
    shorter = least.isdecimal() and int(least) > 0
    if shorter:
        operations.append(Set((*parameter.path, "MinLength"), type(parameter.body["MinLength"])(0)))
    if isinstance(pattern, str) and (shorter or not matches_empty(pattern)):
        ahead = f"(?=.{{{least},}})" if shorter else ""
        operations.append(Set((*parameter.path, "AllowedPattern"), f"^$|{ahead}(?:{pattern})"))
    elif shorter and not isinstance(values, list):
        operations.append(Insert((*parameter.path, "AllowedPattern"), f"^$|.{{{least},}}"))
    return tuple(operations)


def logic_with(template: Template, new: Switch) -> Conditions:
    """The template's conditions, and the new one, to reason about."""
    return Conditions({**template.conditions, new.name: new.expression})


def make_conditional(
    template: Template, resources: Collection[str], new: Switch, outputs: Collection[str] = ()
) -> Conditional | str:
    """Make ``resources`` and ``outputs`` exist only where ``new`` is true, and so all that needs them.

    - A resource that cannot be without one of them (a required, create-only or otherwise necessary property refers to
      it) gets the condition too, and an output that refers to it. A condition that is there already is joined by
      ``Fn::And``, unless it implies the new one.
    - Any other value that refers to one of them becomes ``!If [condition, value, !Ref AWS::NoValue]``; if it is in the
      first branch of a ``Fn::If`` already, its condition is joined instead, so that the second branch takes over.
    - A DependsOn of a resource that stays goes: it cannot be conditional (cfn-lint E3005). The order stays: a ``Ref``
      under a ``Fn::If`` in the Metadata makes one too
      (https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue).

    Where the condition is true, CloudFormation sees the same template as before.
    """
    scenarios = Scenarios(template, {new.name: new.expression})
    work = _Work(template, new, logic_with(template, new), scenarios, list(dict.fromkeys(resources)))
    return work.spread() or work.result(outputs)


def follow(template: Template, references: Sequence[Reference], new: Switch, scenarios: Scenarios) -> Conditional | str:
    """Make what ``references`` stand in, and what needs that, exist only where ``new`` is true, as what they refer to
    does. The places are those of ``make_conditional``; ``new`` is a condition of the template.

    There is none where the reference is never used while ``new`` is true; nor where it stands in a branch of ``Fn::If``
    that cannot be without it, and the other branch would go with it.
    """
    work = _Work(template, new, logic_with(template, new), scenarios, [], tuple(references))
    for reference in references:
        used = {*template.conditions_on(reference.path), (new.name, True)}
        if scenarios.can_be(used) is False:
            return f"it is used only where {new.name} is false: two branches or conditions may be swapped"
        effect = work.effect(reference)
        if isinstance(effect, str):
            return effect
        inside = reference.path[len(effect) - (effect[-2:] == ("Fn::If", 0)) :]
        if effect and effect[2:] != ("DependsOn",) and "Fn::If" in inside:
            return f"the other branch of Fn::If would go with it where {new.name} is false"
    return work.spread() or work.result(())


class _Work(Struct):
    """One call of ``make_conditional``."""

    template: Template
    new: Switch
    logic: Conditions
    scenarios: Scenarios
    needed: list[str]
    """Resources that become conditional."""
    roots: tuple[Reference, ...] = ()
    """References to what is conditional already."""
    joined: dict[str, Switch] = field(default_factory=dict)
    """Conditions of the template by name, each with the one that joins it with the new one."""
    emptied: dict[tuple[Path, int], bool] = field(default_factory=dict)
    """What is known of lists already, each with the number of resources that were needed then."""

    def spread(self) -> str:
        """Find all that needs what becomes conditional. A text is the reason why something cannot become so."""
        return next(filter(None, map(self._spread_by, self.references())), "")

    def _spread_by(self, reference: Reference) -> str:
        effect = self.effect(reference)
        if isinstance(effect, str):
            return effect
        if effect == ("Resources", reference.owner[1]) and effect[1] not in self.needed:
            self.needed.append(str(effect[1]))
        return ""

    def references(self) -> Iterator[Reference]:
        """The references to all that is or becomes conditional."""
        yield from self.roots
        for name in self.needed:  # grows on the way
            yield from self.template.references_to(name)

    def is_there(self, path: Path) -> bool:
        """Whether the new condition is true wherever the value at ``path`` is used."""
        known = self.template.conditions_on(path)
        if self.logic.hold(known, self.new.name):
            return True
        return bool(known) and self.scenarios.can_be({*known, (self.new.name, False)}) is False

    def effect(self, reference: Reference) -> Path | str:
        """The place at which a reference is dealt with: of its whole owner, of a value that may vanish, of the name of
        a ``Fn::If``, or of a DependsOn. Empty where nothing is to be done; a text is the reason why nothing can be.
        """
        path, owner = reference.path, reference.owner
        if reference.opaque:
            where = "inside a loop, a module or a macro, whose resources are not known here"
            return f"{_dotted(owner)} refers to {reference.target} {where}"
        if self.is_there(path):
            return ()
        if owner[0] == "Outputs":
            return _first_branch(path) or owner
        if owner[0] not in ("Resources", "Globals"):
            return f"{_dotted(owner)} refers to {reference.target}, and can have no condition"
        resource = self.template.resources.get(str(owner[1])) if owner[0] == "Resources" else None
        if resource is None:
            return self._place(path)
        if reference.kind == "DependsOn":
            return path[:3]
        if reference.kind == "Id" and resource.type == "AWS::Serverless::Connector":
            return owner
        if reference.kind == "Id" or (resource.type.startswith("AWS::Serverless::") and "Events" in path):
            return f"{resource.id} refers to {reference.target} where AWS SAM takes no Fn::If"
        return self._place(path)

    def _place(self, path: Path) -> Path:
        """The smallest place around the reference at ``path`` that may vanish; the owner if there is none."""
        return self._place_within(path, 3) or path[:2]

    def _place_within(self, path: Path, end: int) -> Path:
        """The same, but empty if it is the value at the first ``end`` steps of ``path`` or around that."""
        outermost = _outermost_intrinsic(path)
        inner = _first_branch(path[len(outermost) :])
        if inner:
            return (*outermost, *inner)
        spot = outermost
        while len(spot) > end:
            key, holder = spot[-1], spot[:-1]
            if holder[-1] == "Fn::If":
                if key == 1:
                    return (*holder, 0)
                if not self._is_necessary(spot):
                    return spot
                spot = holder[:-1]
            elif self._is_necessary(spot) or (isinstance(key, int) and self._empties(holder)):
                spot = holder
            else:
                return spot
        return ()

    def _is_necessary(self, spot: Path) -> bool:
        """Whether what is around the value cannot be without it."""
        while spot[-2] == "Fn::If":
            spot = spot[:-2]
        resource = self.template.resources.get(str(spot[1]))
        if len(spot) <= 3 or spot[0] != "Resources" or resource is None:
            return len(spot) <= 3
        return spot[2] == "Properties" and is_necessary(resource, spot)

    def _empties(self, items: Path) -> bool:
        """Whether no item of the list at ``items`` can be without something that becomes conditional, where it may not
        be left with nothing but such items.
        """
        resource = self.template.resources.get(str(items[1]))
        if resource and resource.type.startswith("AWS::Serverless::") and items[3:] == ("Policies",):
            return False  # AWS SAM takes a Fn::If for each policy, and none for all (``ResourcePolicies``)
        known = (items, len(self.needed))
        if known not in self.emptied:
            gone = {
                reference.path[len(items)]
                for reference in self.template.references_of(items)
                if reference.path[: len(items)] == items
                and (reference.target in self.needed or reference in self.roots)
                and len(reference.path) > len(items)
                and not self._place_within(reference.path, len(items) + 1)
            }
            self.emptied[known] = len(gone) >= len(self.template.value_at(items))
        return self.emptied[known]

    def result(self, outputs: Collection[str]) -> Conditional | str:
        places: dict[Path, list[Reference]] = {}
        for reference in dict.fromkeys(self.references()):
            if reference.owner[0] != "Resources" or reference.owner[1] not in self.needed:
                effect = self.effect(reference)
                places.setdefault(() if isinstance(effect, str) else effect, []).append(reference)
        places.pop((), None)
        owners: list[Path] = [("Resources", name) for name in self.needed]
        owners += [("Outputs", name) for name in outputs]
        owners += [place for place in places if len(place) == 2 and place not in owners]
        values = [place for place in places if len(place) > 2 and place[2] != "DependsOn"]
        values = [place for place in values if not any(place[:end] in values for end in range(3, len(place)))]
        operations: list[Operation] = []
        for owner in owners:
            body = self.template.value_at(owner)
            if not isinstance(body, dict) or not isinstance(body.get("Condition", ""), str):
                return f"{_dotted(owner)} has a condition that is no name"
            operations += self._on_owner(owner, body)
        for place in values:
            operations += self._on_value(place)
        for place, references in places.items():
            if place[2:3] == ("DependsOn",):
                operations += self._on_depends_on(place, references, values)
        return Conditional((*self._conditions(), *operations), frozenset(self.needed), frozenset(values))

    def _on_owner(self, owner: Path, body: Mapping[str, Value]) -> Iterator[Operation]:
        path = (*owner, "Condition")
        if "Condition" not in body:
            yield Insert(path, self.new.name)
        elif not self.logic.implies(body["Condition"], self.new.name):
            yield Set(path, self._join(body["Condition"]))

    def _on_value(self, place: Path) -> Iterator[Operation]:
        value = self.template.value_at(place)
        if place[-2:] == ("Fn::If", 0):
            yield Set(place, self._join(value))
        else:
            yield Set(place, if_(self.new.name, value))

    def _on_depends_on(self, place: Path, gone: list[Reference], values: list[Path]) -> Iterator[Operation]:
        body = self.template.value_at(place)
        names = list(dict.fromkeys(reference.target for reference in gone))
        rest = [item for item in body if item not in names] if isinstance(body, list) else []
        # Set and not Remove of items: two fixes that each leave the other's item must not leave an empty list.
        yield Set(place, rest) if rest else Remove(place)
        guarded = {r.target for r in self.template.references_of(place) if any(r.path[: len(v)] == v for v in values)}
        free = [name for name in names if name not in guarded]
        if free:
            metadata = self.template.value_at((*place[:2], "Metadata"), {})
            key = next(k for k in ("DependsOn", "ConditionalDependsOn", self.new.name) if k not in (metadata or {}))
            yield Insert((*place[:2], "Metadata", key), [if_(self.new.name, ref(name)) for name in free])

    def _join(self, name: str) -> str:
        """The name of a condition that is true where both ``name`` and the new one are."""
        if self.logic.implies(self.new.name, name):
            return self.new.name
        if name not in self.joined:
            both = and_(condition(name), condition(self.new.name))
            taken = {self.new.name, *(other.name for other in self.joined.values())}
            known = Template({"Conditions": {**self.template.conditions, self.new.name: self.new.expression}})
            found = switch(known, both, f"{name}And{self.new.name}", taken)
            self.joined[name] = found
        return self.joined[name].name

    def _conditions(self) -> Iterator[Operation]:
        for each in (self.new, *self.joined.values()):
            if each.name not in self.template.conditions:
                yield Insert(("Conditions", each.name), each.expression)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _outermost_intrinsic(path: Path) -> Path:
    """The path up to the first intrinsic that makes one value of others, ``Fn::If`` aside; else all of it."""
    for index, key in enumerate(path):
        if isinstance(key, str) and key.startswith("Fn::") and key != "Fn::If":
            return path[:index]
    return path


def _first_branch(path: Path) -> Path:
    """The place of the condition's name of the innermost ``Fn::If``, if ``path`` ends in its first branch; else ()."""
    for index in range(len(path) - 2, -1, -1):
        if path[index] == "Fn::If":
            return (*path[: index + 1], 0) if path[index + 1] == 1 else ()
    return ()
