"""Domains by their certificate: those that have the same one are there together, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import Struct

from fixer.cloudformation.domains.aliases import DISTRIBUTION
from fixer.cloudformation.domains.custom_domains import certificate, default_arn, domains
from fixer.cloudformation.domains.sam_domains import SAM_APIS
from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import expression
from fixer.cloudformation.template import Template
from fixer.model import Path, Value


class Group(Struct, frozen=True):
    """Domains with the same certificate, at least one of which is there unconditionally."""

    domains: tuple[Resource, ...]
    label: str
    """What new names for them are made of."""
    embedded: dict[Path, Value]
    """The same certificate in a ``Domain`` of AWS SAM, by its paths: that domain belongs to the group once it is a
    resource.
    """


def groups(template: Template) -> Iterator[Group]:
    """The groups of a template, in the order of their first domains."""
    found: dict[str, list[Resource]] = {}
    for domain in domains(template):
        found.setdefault(_key(certificate(domain)), []).append(domain)
    embedded: dict[str, dict[Path, Value]] = {}
    for api in template.resources_of(*SAM_APIS):
        given = api.get("Domain", "CertificateArn")
        if given is not None:
            embedded.setdefault(_key(given), {})[api.property_path("Domain", "CertificateArn")] = given
    for key, group in found.items():
        unconditional = [domain for domain in group if "Condition" not in domain.body]
        if unconditional:
            # That a distribution is on a condition says nothing of its aliases, where others do without.
            others = [d for d in group if d not in unconditional and d.type == DISTRIBUTION]
            label = "CustomDomain" if len(found) == 1 else _label(unconditional[0])
            yield Group((*unconditional, *others), label, embedded.get(key, {}))


def _key(given: Value) -> str:
    """What is the same for certificates that are the same, however they are written."""
    return default_arn(given) or repr(expression(given) or json.dumps(given, sort_keys=True, default=str))


def _label(domain: Resource) -> str:
    """What names are made of for one domain of several: ``ApiDomain``."""
    return domain.id if "Domain" in domain.id else f"{domain.id}Domain"
