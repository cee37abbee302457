"""Which condition custom domains get: that the parameter of their certificate is given, or a new one.

``plan`` is the one entry: it takes domains with the same certificate, and gives what decides whether they exist and the
operations for it, or the reason why there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from fixer.cloudformation.conditional import Conditional, Switch, admit_empty, logic_with, make_conditional, switch
from fixer.cloudformation.domains.aliases import DISTRIBUTION, guarded
from fixer.cloudformation.domains.custom_domains import (
    certificate,
    certificate_places,
    certificate_resource,
    default_arn,
    domain_names,
    guidance,
    is_placeholder,
    is_reserved,
    literal_arn,
    looped_mapping,
    mappings,
    needed_for_access,
    outputs_with_name,
)
from fixer.cloudformation.entries import Parameter, Resource, as_text
from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.intrinsics import NO_VALUE, equals, intrinsic, not_, ref, ref_target
from fixer.cloudformation.limits import full
from fixer.cloudformation.template import Template
from fixer.model import Insert, Operation, Path, Set, Value, after


class Plan(Struct, frozen=True):
    """How domains are switched on and off."""

    switch: Switch
    subject: str
    """What decides, for people."""
    whole: Conditional
    """What becomes conditional; its operations are not among those of the plan."""
    parameter: str = ""
    """The parameter that decides, in the template or made by ``operations``."""
    operations: tuple[Operation, ...] = ()


def plan(
    template: Template, domains: Sequence[Resource], taken: Collection[str] = (), label: str = "CustomDomain"
) -> Plan | str:
    """How domains with the same certificate get a condition; a text is the reason why they cannot.

    ``taken``: names not to use, which other plans for the template have made. ``label``: what new names are made of.
    """
    return _Group(template, tuple(domains), frozenset(taken), label).plan()


class _Group(Struct, frozen=True):
    template: Template
    domains: tuple[Resource, ...]
    taken: frozenset[str]
    label: str

    def plan(self) -> Plan | str:
        listeners = (needed_for_access(self.template, domain) for domain in self.domains)
        listener = next(filter(None, listeners), None)
        if listener is not None:
            return f"{listener} asks users to sign in there, and would let everybody in without it"
        looped = next(filter(None, (looped_mapping(self.template, domain) for domain in self.domains)), None)
        if looped is not None:
            return f"{looped} is made for it inside a loop, whose resources are not known here"
        given, certified = certificate(self.domains[0]), certificate_resource(self.template, self.domains[0])
        literal = literal_arn(given)
        condition = self.condition_of(given)
        plan: Plan | str | None = None
        if condition is not None:
            new = Switch(condition, self.template.conditions[condition])
            whole = self.whole(new)
            if isinstance(whole, str):
                return whole
            plan = Plan(new, f"the condition {condition} is true", whole, operations=self.unwrapped(condition))
        elif ref_target(given) in self.template.parameters:
            plan = self.on_parameter(self.template.parameters[given["Ref"]], is_placeholder)
        elif certified is not None:
            parameter = self.name_parameter()
            public = certified.get("CertificateAuthorityArn") is None
            plan = self.on_parameter(parameter, lambda name: public and is_reserved(name)) if parameter else None
        elif literal is not None and "{{" not in literal and (default_arn(given) or is_placeholder(literal)):
            plan = self.on_literal(default_arn(given) or literal)
        return plan or self.on_new_parameter()

    def condition_of(self, given: Value) -> str | None:
        """The condition without which there is no certificate already."""
        asked = _only_under(given)
        name = asked[0] if asked else self.template.condition_of(("Resources", ref_target(given) or ""))
        return name if name in self.template.conditions else None

    def unwrapped(self, condition: str) -> tuple[Operation, ...]:
        """The certificate itself, where a domain that is there under the condition alone asks for it once more."""
        owners = (domain for domain in self.domains if domain.type != DISTRIBUTION)
        places = [place for domain in owners for place in certificate_places(domain).items()]
        asked = ((path, _only_under(value)) for path, value in places)
        return tuple(Set(path, found[1]) for path, found in asked if found and found[0] == condition)

    def whole(self, new: Switch, outputs: Iterable[str] = (), given: Value = None) -> Conditional | str:
        """Make conditional the domains, their mappings and what needs them; and the certificate, if nothing else needs
        it.

        ``given``: a new certificate for the aliases of distributions.
        """
        own = [domain.id for domain in self.domains if domain.type != DISTRIBUTION]
        resources = [*own, *(name for domain in self.domains for name in mappings(self.template, domain))]
        urls = [name for d in self.domains for name in outputs_with_name(self.template, d)]
        outputs = dict.fromkeys([*urls, *outputs])
        guards = self.guards(new, given)
        found = make_conditional(_with(self.template, guards), resources, new, outputs)
        if not isinstance(found, str) and not found.resources.isdisjoint(path[1] for path in guards):
            # A distribution that cannot be without a domain is on its condition as a whole.
            guards = self.guards(new, given, found.resources)
            found = make_conditional(_with(self.template, guards), resources, new, outputs)
        certified = certificate_resource(self.template, self.domains[0])
        if not isinstance(found, str) and certified is not None:
            more = make_conditional(_with(self.template, guards), [*resources, certified.id], new, outputs)
            if not isinstance(more, str) and more.resources - {certified.id} == found.resources:
                found = more if more.guarded == found.guarded else found
        if isinstance(found, str):
            return found
        sets = (Set(path, value) for path, value in guards.items())
        return Conditional((*found.operations, *sets), found.resources, found.guarded | guards.keys())

    def guards(self, new: Switch, given: Value, whole: Collection[str] = ()) -> dict[Path, Value]:
        """The aliases of distributions under the condition, with their certificate. ``whole``: resources that are under
        it as a whole, where a new certificate alone is set.
        """
        found: dict[Path, Value] = {}
        logic = logic_with(self.template, new)
        for domain in self.domains:
            if domain.type != DISTRIBUTION or logic.hold(self.template.conditions_on(domain.path), new.name):
                continue
            if domain.id not in whole:
                found |= guarded(domain, new.name, given)
            elif given is not None:
                found |= dict.fromkeys(certificate_places(domain), given)
        return found

    def name_parameter(self) -> Parameter | None:
        """The one parameter that the domains' names depend on."""
        texts = [expression(name) or () for domain in self.domains for name in domain_names(domain)]
        parts = {part for text in texts for part in text}
        names = [part.name for part in parts if isinstance(part, Variable)]
        return self.template.parameters.get(names[0]) if len(names) == 1 else None

    def on_parameter(self, parameter: Parameter, is_sample: Callable[[str], bool]) -> Plan | str | None:
        """The domain is there if the parameter is not empty; None if it cannot be, because others need it."""
        if parameter.type != "String":
            return None
        new = switch(self.template, not_(equals(ref(parameter.id), "")), f"Has{self.label}", self.taken)
        uses = self.template.references_to(parameter.id)
        # An export must not be empty.
        exported = [o.id for o in self.template.outputs.values() if o.export and any(u.owner == o.path for u in uses)]
        whole = self.whole(new, exported)
        if isinstance(whole, str):
            return whole
        logic = logic_with(self.template, new)
        for use in uses:
            section, owner = use.owner
            known = section in ("Conditions", "Outputs") or (section == "Resources" and owner in whole.resources)
            known = known or any(use.path[: len(place)] == place for place in whole.guarded)
            if use.opaque or not (known or logic.hold(self.template.conditions_on(use.path), new.name)):
                return None
        operations = list(admit_empty(parameter))
        if not parameter.has_default:
            operations.append(Insert((*parameter.path, "Default"), "", after("Type")))
        elif parameter.default != "" and is_sample(str(parameter.default)):
            operations.append(Set((*parameter.path, "Default"), ""))
        return Plan(new, f"{parameter.id} is given", whole, parameter.id, tuple(operations))

    def on_literal(self, arn: str) -> Plan | str:
        """A literal certificate becomes the default of a new parameter; a placeholder, an empty default."""
        wanted = "CertificateArn" if self.label == "CustomDomain" else f"{self.label}CertificateArn"
        name = self.template.fresh_id(wanted, "Parameters", self.taken)
        body = {"Type": "String", "Default": "" if is_placeholder(arn) else arn}
        owners = (domain for domain in self.domains if domain.type != DISTRIBUTION)
        uses = [Set(path, ref(name)) for domain in owners for path in certificate_places(domain)]
        return self.on_new(name, f"{name} is given", body, not_(equals(ref(name), "")), uses, ref(name))

    def on_new_parameter(self) -> Plan | str:
        """A new parameter says whether the domain is wanted."""
        name = self.template.fresh_id(f"Enable{self.label}", "Parameters", self.taken)
        body = {"Type": "String", "Default": "true", "AllowedValues": ["true", "false"]}
        return self.on_new(name, f"{name} is true", body, equals(ref(name), "true"))

    def on_new(
        self,
        name: str,
        subject: str,
        body: dict[str, Value],
        when: Value,
        more: Iterable[Operation] = (),
        given: Value = None,
    ) -> Plan | str:
        if not self.template.room_for("Parameters"):
            return full("Parameters")
        new = switch(self.template, when, f"Has{self.label}", self.taken)
        whole = self.whole(new, given=given)
        if isinstance(whole, str):
            return whole
        lines = guidance(self.template, self.domains, subject)
        body = {**body, "Description": " ".join(lines if self.template.format == "json" else lines[:1])}
        return Plan(new, subject, whole, name, (Insert(("Parameters", name), body), *more))


def _only_under(value: Value) -> tuple[str | None, Value] | None:
    """The condition under which there is a value, and that; None for what is no such ``Fn::If``."""
    body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
    return (as_text(body[0]), body[1]) if isinstance(body, list) and body[2:] == [NO_VALUE] else None


def _with(template: Template, values: Mapping[Path, Value]) -> Template:
    """The template with other values at some paths that are there, to reason about."""
    data = template.data
    for path, value in values.items():
        data = _put(data, path, value)
    return Template(data, format=template.format) if values else template


def _put(data: Value, path: Path, value: Value) -> Value:
    return {**data, path[0]: _put(data[path[0]], path[1:], value)} if path else value
