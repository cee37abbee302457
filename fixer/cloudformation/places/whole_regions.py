"""Values that are the name of a Region and nothing more, and whether the stack's own is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from fixer.cloudformation.functions.variables import reserved_variables
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.places.regions import is_region
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text
from fixer.model import Path

_OWN = re.compile(r"(aws|cdk|stack|current|deploy(ment)?)?(default)?region(name)?")
"""Names that say Region and nothing more, in small letters without separators."""
_ELSEWHERE = re.compile(r"replica|peer|(?<!re)source|target(?!s$)|destination|secondary|backup|cross|home", re.I)
"""Keys under which another Region may be meant; not under the Resource of a policy nor the Targets of a rule."""
_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Serverless::Function")
_EDGE = ("AWS::CloudFront::Distribution", "AWS::WAFv2::WebACL", "AWS::Route53::HealthCheck")


class WholeRegion(Struct, frozen=True):
    """A value that is a Region's name."""

    name: str
    place: Path
    """The entry that it is the value of."""
    foreign: str = ""
    """Why it is not, or may not be, the stack's own; empty if it can be."""
    reserved: str = ""
    """The variable of a Lambda function that has this value and must not be there."""


def says_own_region(name: str) -> bool:
    """Whether a name says Region and nothing more: ``AWS_REGION``, ``RegionName``; not ``BackupRegion``."""
    return _OWN.fullmatch(re.sub(r"[_\s.:/-]", "", name).lower()) is not None


def may_be_elsewhere(keys: Iterable[str | int]) -> bool:
    """Whether what stands under these keys may be in another Region than the stack."""
    return any(isinstance(key, str) and _ELSEWHERE.search(key) for key in keys)


def whole_region(template: Template, text: Text) -> WholeRegion | None:
    """What a text means that is a Region's name; None if it is something else, or a part of a longer text."""
    if text.is_sub or not is_region(text.text) or text.keys[-1] == "awslogs-region":
        return None
    place = text.path
    while place and not (isinstance(place[-1], str) and not place[-1].startswith("Fn::")):
        if isinstance(place[-1], str) and place[-1] != "Fn::If":
            return None
        place = place[:-1]
    name, kind = _name(template, place), _type(template, text.path)
    if kind in _FUNCTIONS and "Variables" in place and name in reserved_variables():
        return WholeRegion(text.text, place, reserved=name)
    return WholeRegion(text.text, place, _foreign(template, text, place, name, kind))


def _name(template: Template, place: Path) -> str:
    """What the value is called: its key, or the name beside a ``Value``; of an output, its own."""
    if place[0] == "Outputs":
        return str(place[1])
    key, holder = str(place[-1]), template.value_at(place[:-1])
    if key.lower().endswith("value") and isinstance(holder, dict):
        beside = (holder.get(other) for other in ("Name", "name", "Key", "ParameterKey"))
        return next((other for other in beside if isinstance(other, str)), key)
    return key


def _type(template: Template, path: Path) -> str:
    if path[0] == "Globals":
        return f"AWS::Serverless::{path[1]}"
    resource = template.resource_at(path)
    return resource.type if resource else ""


def _foreign(template: Template, text: Text, place: Path, name: str, kind: str) -> str:
    if kind == "AWS::DynamoDB::GlobalTable" and place[-1] == "Region":
        # "The Replicas section must contain an entry for the current region" (aws-cloudformation/rain issue 339)
        replicas = template.value_at((*place[:3], "Replicas"))
        if isinstance(replicas, list) and len(replicas) == 1 and intrinsic(replicas[0]) is None:
            return ""
    if kind.startswith("AWS::Route53::"):
        return "a record or a health check names the Region of what it leads to"
    if kind.startswith("Custom::") or kind == "AWS::CloudFormation::CustomResource":
        return "a custom resource may do its work in another Region than the stack's"
    if kind == "AWS::CloudFormation::StackSet":
        return "a stack set works in many Regions"
    if any(str(key).lower() == "aws:requestedregion" for key in place):
        return "a policy that speaks of one Region may mean this one, wherever the stack is"
    if may_be_elsewhere(place[2:]) or may_be_elsewhere([name]):
        return f"another Region may be meant at {'.'.join(map(str, place))}"
    if any(isinstance(key, int) for key in text.path[len(place) : len(place) + 1]):
        return "a list of Regions says where something is"
    if not says_own_region(name):
        return f"{name} does not say that the stack's own Region is meant"
    if text.text == "us-east-1" and template.written(*_EDGE):
        return "the template has services of the edge locations, which work from us-east-1"
    return ""
