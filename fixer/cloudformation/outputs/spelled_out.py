"""Outputs that give a resource's name or ARN without a reference: by the name that the author chose for it."""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, alternatives, expression, find
from fixer.cloudformation.outputs.identifiers import ref_returns
from fixer.cloudformation.template import Template

_PREFIXES = {"serverless": "lambda", "stepfunctions": "states"}
"""What the ARNs of a service begin with, if not with the service's name in the resource type."""


def spelled_out(template: Template) -> Iterator[str]:
    """Resources whose name, where that identifies them, or whose ARN an output puts together."""
    texts = [text for output in template.outputs.values() for text in alternatives(output.value)]
    for resource in template.resources.values() if texts else ():
        name = _explicit_name(resource)
        is_identity = ref_returns(resource.type) == "Name"
        if name and any((text == name and is_identity) or _is_arn_of(resource, name, text) for text in texts):
            yield resource.id


def _explicit_name(resource: Resource) -> Expression | None:
    kind = resource.type.rpartition("::")[2]
    for key in (f"{kind}Name", "Name"):
        if key in resource.properties:
            return expression(resource.properties[key])
    return None


def _is_arn_of(resource: Resource, name: Expression, text: Expression) -> bool:
    """Whether a text is an ARN of the resource's service that ends in its name."""
    around = find(name, text)
    if around is None or around[1] or not around[0]:
        return False
    before = "".join(part if isinstance(part, str) else "?" for part in around[0])
    service = resource.type.partition("::")[2].partition("::")[0].lower()
    wanted = _PREFIXES.get(service, service)
    return before.startswith("arn:") and before[-1] in ":/" and before.split(":")[2:3] == [wanted]
