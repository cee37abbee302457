"""What is too large for a case beside the transform."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import resource_types, schema
from fixer.model import Finding, Impact, Insert, Options, Safety
from transforms.tagging.missing_tags import missing_tags

TOPIC = {"Type": "AWS::SNS::Topic"}


def findings(template: dict[str, Any], tags: dict[str, Any] | None = None) -> list[Finding]:
    return list(missing_tags.check(Template(template), Options(tags=tags or {})))


def added(finding: Finding) -> list[Any]:
    """Names of the parameters that a fix adds, and the values of the tags."""
    assert finding.fix is not None
    operations = [operation for operation in finding.fix.operations if isinstance(operation, Insert)]
    names = [operation.path[1] for operation in operations if operation.path[0] == "Parameters"]
    (tags,) = (operation.value for operation in operations if operation.path[0] == "Resources")
    return [names, {tag["Key"]: tag["Value"] for tag in tags}]


@pytest.mark.parametrize(("parameters", "room"), [(197, True), (198, False), (200, False)])
def test_room_for_parameters(parameters: int, room: bool) -> None:
    names = {f"P{number}": {"Type": "String"} for number in range(parameters)}
    (finding,) = findings({"Parameters": names, "Resources": {"Topic": TOPIC}})
    keys = ["CostCenter", "DataClassification", "Environment"]
    if room:
        assert added(finding) == [keys, {key: {"Ref": key} for key in keys}]
    else:
        assert added(finding) == [[], dict(zip(keys, ("unassigned", "internal", "unassigned"), strict=True))]


def test_parameters_that_a_macro_adds_to() -> None:
    (finding,) = findings({"Parameters": {"Fn::Transform": {"Name": "AWS::Include"}}, "Resources": {"Topic": TOPIC}})
    assert added(finding)[0] == []


def test_names_that_are_taken() -> None:
    template = {
        "Parameters": {"costcenter": {"Type": "List<Number>"}},
        "Resources": {"Environment": TOPIC, "DataClassificationTag": {"Type": "AWS::IAM::Group"}},
    }
    (finding,) = findings(template)
    assert added(finding)[0] == ["CostCenterTag", "DataClassification", "EnvironmentTag"]


def test_several_resources_ask_for_the_same_parameters() -> None:
    one, other = findings({"Resources": {"One": TOPIC, "Other": TOPIC}})
    assert one.fix is not None
    assert other.fix is not None
    assert one.fix.operations[:3] == other.fix.operations[:3]


@pytest.mark.parametrize(
    ("type_name", "key", "most"), [("AWS::SNS::Topic", "Tags", 50), ("AWS::Glue::Schema", "Tags", 10)]
)
def test_no_room_for_tags(type_name: str, key: str, most: int) -> None:
    tags = [{"Key": f"K{number}", "Value": "x"} for number in range(most - 1)]
    template = {"Resources": {"R": {"Type": type_name, "Properties": {key: tags}}}}
    (finding,) = findings(template, {"A": "x"})
    assert finding.fix is not None
    (finding,) = findings(template, {"A": "x", "B": "y"})
    assert finding.fix is None
    assert finding.reason == f"it has {most - 1} tags, and may have {most}"


def test_synonyms_among_the_settings() -> None:
    tags = {"Environment": "prod", "Stage": "blue"}
    template = {"Resources": {"R": {**TOPIC, "Properties": {"Tags": [{"Key": "Stage", "Value": "x"}]}}}}
    (finding,) = findings(template, tags)
    assert finding.message == "AWS::SNS::Topic R has no tag Environment"


def test_one_bad_value_does_not_hold_up_the_others() -> None:
    bad, good = findings({"Resources": {"R": TOPIC}}, {"Env": {"Ref": "Missing"}, "Team": "x"})
    assert bad.message == "AWS::SNS::Topic R has no tag Env"
    assert bad.fix is None
    assert good.message == "AWS::SNS::Topic R has no tag Team"
    assert added(good) == [[], {"Team": "x"}]


def test_every_taggable_type_gets_tags() -> None:
    types = [name for name in sorted(resource_types()) if (facts := schema(name)) and facts.tags]
    found = findings({"Resources": {f"R{n}": {"Type": name} for n, name in enumerate(types)}}, {"Team": "x"})
    assert len(found) == len(types) > 1_000
    assert all(finding.fix for finding in found)
    assert {bool(finding.reason) for finding in found if finding.fix and finding.fix.impact == 3} == {True}


def test_tags_at_creation_only() -> None:
    """What ``tagUpdatable`` says of types that have an update of their own and no create-only tags."""
    types = [name for name in sorted(resource_types()) if (facts := schema(name)) and facts.tags]
    found = findings({"Resources": {f"R{n}": {"Type": name} for n, name in enumerate(types)}}, {"Team": "x"})
    held = {finding.message.split()[0]: finding for finding in found if "at creation only" in finding.reason}
    # More may follow with a newer cfn-lint; each of them is updatable but for its tags.
    assert held.keys() >= {"AWS::EC2::LaunchTemplate", "AWS::AppFlow::Flow", "AWS::KendraRanking::ExecutionPlan"}
    for finding in held.values():
        assert finding.fix is not None
        assert finding.fix.safety is Safety.UNSAFE
        assert finding.fix.impact is Impact.NO_INTERRUPTION
