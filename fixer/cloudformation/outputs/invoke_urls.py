"""URLs at which REST APIs are called.

Sources: API Gateway Developer Guide, "Invoke REST APIs in API Gateway", for the form of the URL; AWS SAM Developer
Guide, "Generated CloudFormation resources", for the implicit APIs and their stages.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.intrinsics import children, escape_sub, sub
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

_STAGE = "AWS::ApiGateway::Stage"
_IMPLICIT = {"Api": ("RestApiId", "ServerlessRestApi", "Prod"), "HttpApi": ("ApiId", "ServerlessHttpApi", "")}
"""Type of an event to the property that would name an API, the API that SAM makes without it, and that API's stage."""


class ImplicitApi(Struct, frozen=True):
    """An API that SAM makes for the events of functions. ``path``: of the first such event that is always there."""

    id: str
    url: Value
    path: Path


def invoke_url(template: Template, api: Resource) -> tuple[Value, str | None] | None:
    """The URL of a REST API, and the condition under which there is one; None if its one stage is not known."""
    if "DisableExecuteApiEndpoint" in api.properties:
        return None
    if api.type == "AWS::Serverless::Api":
        stage = _text(api.get("StageName"))
        return (_url(api.id, stage), api.condition) if stage else None
    own = (Variable(api.id),)
    stages = [
        resource
        for resource in template.resources_of(_STAGE, "AWS::ApiGateway::Deployment")
        if expression(resource.get("RestApiId")) == own
        and (resource.type == _STAGE or "StageName" in resource.properties)
    ]
    if len(stages) != 1:
        return None
    (found,) = stages
    stage = f"${{{found.id}}}" if found.type == _STAGE else _text(found.get("StageName"))
    condition = api.condition if template.implies(api.condition, found.condition) else found.condition
    return (_url(api.id, stage), condition) if stage and template.implies(condition, api.condition) else None


def implicit_apis(template: Template) -> Iterator[ImplicitApi]:
    """The APIs that SAM makes for sure, each once."""
    seen = set(template.resources)
    for function in template.resources_of("AWS::Serverless::Function") if template.is_sam else ():
        if function.condition is not None:
            continue
        for name, event in children(function.get("Events")):
            kind, properties = (event.get("Type"), event.get("Properties")) if isinstance(event, dict) else (None, None)
            if kind not in _IMPLICIT or not isinstance(properties, dict):
                continue
            named, api, stage = _IMPLICIT[kind]
            if named not in properties and api not in seen:
                seen.add(api)
                yield ImplicitApi(api, _url(api, stage), function.property_path("Events", name))


def _url(api: str, stage: str | None) -> Value:
    return sub(f"https://${{{api}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/{stage}")


def _text(value: Value) -> str | None:
    """A value as a part of a Sub string; None if it cannot be one."""
    parts = expression(value)
    return "".join(escape_sub(p) if isinstance(p, str) else f"${{{p.name}}}" for p in parts) if parts else None
