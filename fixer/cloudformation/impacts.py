"""What a change of a value does to live resources, wherever in the template the value stands."""

from __future__ import annotations

from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Impact, Path


def impact_at(template: Template, path: Path) -> Impact:
    """The update behaviour of a change of the value at ``path``, from the provider schema of its resource.

    Functions on the path are looked through. What stands in SAM's Globals counts as a property of the type. A custom
    resource is updated in place; of a type without a schema the worst is assumed. Outside of the properties of
    resources nothing happens to a resource.
    """
    keys = tuple(key for key in path if isinstance(key, str) and not key.startswith("Fn::"))
    if keys[:1] == ("Globals",):
        shared = schema(f"AWS::Serverless::{keys[1]}") if len(keys) > 2 else None
        return shared.impact(keys[2:]) if shared else Impact.REPLACEMENT
    if len(keys) < 3 or keys[0] != "Resources" or keys[2] != "Properties":
        return Impact.NONE
    resource = template.resource_at(path)
    type_name = resource.type if resource else ""
    known = schema(type_name) if type_name else None
    if known is not None:
        return known.impact(keys[3:])
    custom = type_name.startswith("Custom::") or type_name == "AWS::CloudFormation::CustomResource"
    return Impact.NO_INTERRUPTION if custom else Impact.REPLACEMENT


_VERSIONED = frozenset({"AWS::Serverless::Api", "AWS::Serverless::StateMachine"})


def respelling_impact(template: Template, path: Path) -> Impact:
    """What happens if a function at ``path`` gives way to another one of the same value.

    Nothing: CloudFormation compares values after it has resolved the functions. But AWS SAM names deployments and
    versions by a hash of what is written: a deployment of an API or a version of a function is made anew, and a layer
    is replaced by a new version (``make_auto_deployable``, ``_construct_version`` and ``_construct_lambda_layer`` in
    samtranslator/model).
    """
    owner = template.resource_at(path)
    if owner is not None and owner.type == "AWS::Serverless::LayerVersion":
        return Impact.REPLACEMENT
    versioned = owner is not None and (owner.type in _VERSIONED or "AutoPublishAlias" in owner.properties)
    return Impact.NO_INTERRUPTION if versioned or path[:1] == ("Globals",) else Impact.NONE
