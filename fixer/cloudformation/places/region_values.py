"""Values that are the name of a Region and nothing more, and whether they mean the stack's own Region."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from fixer.cloudformation.functions.variables import reserved_variables
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.places.regions import is_region
from fixer.cloudformation.places.value_names import entry_path, value_name
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text
from fixer.model import Path

_OWN = re.compile(r"(aws|cdk|stack|current|deploy(ment)?)?(default)?region(name)?")
"""Names that say Region and nothing more, in lower case and without separators."""
_ELSEWHERE = re.compile(r"replica|peer|(?<!re)source|target(?!s$)|destination|secondary|backup|cross|home", re.I)
"""Keys under which another Region may be meant; the Resource of a policy and the Targets of a rule are not such."""
_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Serverless::Function")
_EDGE = ("AWS::CloudFront::Distribution", "AWS::WAFv2::WebACL", "AWS::Route53::HealthCheck")


class RegionValue(Struct, frozen=True):
    """A value that is a Region's name."""

    name: str
    entry: Path
    """The entry whose value it is."""
    foreign: str = ""
    """Why it is not, or may not be, the stack's own; empty if it can be."""
    reserved: str = ""
    """The variable of a Lambda function that has this value, if Lambda reserves it; else empty."""
    going: Path = ()
    """What goes with that variable: the environment as a whole, if nothing else is in it."""


def says_own_region(name: str) -> bool:
    """Whether a name says Region and nothing more: ``AWS_REGION``, ``RegionName``; not ``BackupRegion``."""
    return _OWN.fullmatch(re.sub(r"[_\s.:/-]", "", name).lower()) is not None


def may_be_elsewhere(keys: Iterable[str | int]) -> bool:
    """Whether what stands under these keys may be in another Region than the stack."""
    return any(isinstance(key, str) and _ELSEWHERE.search(key) for key in keys)


def region_value(template: Template, text: Text) -> RegionValue | None:
    """The text as a Region's name; None if it is something else, or a part of a longer value."""
    if text.is_sub or not is_region(text.text) or text.keys[-1] == "awslogs-region":
        return None
    entry = entry_path(text.path)
    if any(isinstance(key, str) and key != "Fn::If" for key in text.path[len(entry) :]):
        return None
    name, kind = value_name(template, entry), _type(template, text.path)
    if kind in _FUNCTIONS and "Variables" in entry and name in reserved_variables():
        return RegionValue(text.text, entry, reserved=name, going=_going(template, entry))
    return RegionValue(text.text, entry, _foreign(template, text, entry, name, kind))


def _going(template: Template, entry: Path) -> Path:
    """What goes with a reserved variable: the environment as a whole, if it holds nothing but such variables."""
    variables, environment = template.value_at(entry[:-1]), template.value_at(entry[:-2])
    alone = entry[-3:-1] == ("Environment", "Variables") and len(environment) == 1
    refused = all(
        name in reserved_variables() and isinstance(value, str) and is_region(value)
        for name, value in variables.items()
    )
    return entry[:-2] if alone and refused else entry


def _type(template: Template, path: Path) -> str:
    if path[0] == "Globals":
        return f"AWS::Serverless::{path[1]}"
    resource = template.resource_at(path)
    return resource.type if resource else ""


def _foreign(template: Template, text: Text, entry: Path, name: str, kind: str) -> str:
    """Why the Region of the entry is not, or may not be, the stack's own; empty if it can be."""
    if kind == "AWS::DynamoDB::GlobalTable" and entry[-1] == "Region":
        # "The Replicas section must contain an entry for the current region" (aws-cloudformation/rain issue 339)
        replicas = template.value_at(entry[: entry.index("Replicas") + 1]) if "Replicas" in entry else None
        if isinstance(replicas, list) and len(replicas) == 1 and intrinsic(replicas[0]) is None:
            return ""
    if kind.startswith("AWS::Route53::"):
        return "a record or a health check names the Region of its target"
    if kind.startswith("Custom::") or kind == "AWS::CloudFormation::CustomResource":
        return "a custom resource may do its work in another Region than the stack's"
    if kind == "AWS::CloudFormation::StackSet":
        return "a stack set works in many Regions"
    if any(str(key).lower() == "aws:requestedregion" for key in entry):
        return "a policy that names one Region may mean this one, wherever the stack is"
    if may_be_elsewhere(entry[2:]) or may_be_elsewhere([name]):
        return f"another Region may be meant at {'.'.join(map(str, entry))}"
    if any(isinstance(key, int) for key in text.path[len(entry) : len(entry) + 1]):
        return "a list of Regions may be about others than the stack's own"
    if not says_own_region(name):
        return f"{name} does not say that the stack's own Region is meant"
    if text.text == "us-east-1" and template.written(*_EDGE):
        return "the template has services of the edge locations, which work from us-east-1"
    return ""
