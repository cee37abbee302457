from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.tags.habits import common_key, common_value, why_not
from fixer.cloudformation.tags.resource_tags import ResourceTags, Unknown, resource_tags
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Append, Insert, Set

PATH = ("Resources", "R", "Properties", "Tags")
NO_VALUE = {"Ref": "AWS::NoValue"}
TOPIC, PARAMETER, BUCKET = "AWS::SNS::Topic", "AWS::SSM::Parameter", "AWS::S3::Bucket"


def tags_of(type_name: str, body: dict[str, Any], **sections: Any) -> ResourceTags:
    template = Template({"Resources": {"R": {"Type": type_name, **body}}, **sections})
    facts = schema(type_name)
    assert facts is not None
    assert facts.tags is not None
    return resource_tags(template, template.resources["R"], facts.tags)


def listed(*items: Any) -> ResourceTags:
    return tags_of(TOPIC, {"Properties": {"Tags": list(items)}})


def tag(key: Any, value: Any = "x") -> dict[str, Any]:
    return {"Key": key, "Value": value}


def test_list() -> None:
    found = listed(tag("Team"), NO_VALUE, {"Fn::If": ["C", tag("Env"), {"Fn::If": ["D", tag("Stage"), NO_VALUE]}]})
    assert [(t.name, t.conditional, t.path) for t in found.tags] == [
        ("Team", False, (*PATH, 0, "Value")),
        ("Env", True, None),
        ("Stage", True, None),
    ]
    assert found.room == 47


@pytest.mark.parametrize("item", [{"Fn::Transform": {"Name": "M"}}, {"Ref": "P"}, "x", {"key": "x"}, {"Fn::If": ["C"]}])
def test_unknown_items(item: Any) -> None:
    with pytest.raises(Unknown):
        listed(item)


@pytest.mark.parametrize("value", [{"Ref": "P"}, {"Fn::If": ["C", [], []]}, "x", {"A": "b"}, 5])
def test_unknown_lists(value: Any) -> None:
    with pytest.raises(Unknown, match="Tags"):
        tags_of(TOPIC, {"Properties": {"Tags": value}})


@pytest.mark.parametrize("value", [{"Ref": "P"}, {"A": "b", "Fn::Transform": {}}, {"Fn::ForEach::L": [], "a": 1}, []])
def test_unknown_maps(value: Any) -> None:
    with pytest.raises(Unknown, match="Tags"):
        tags_of(PARAMETER, {"Properties": {"Tags": value}})


@pytest.mark.parametrize(
    "body", [{"Properties": {"Fn::Transform": {}}}, {"Properties": []}, {"Fn::Transform": {"Name": "M"}}]
)
def test_unknown_properties(body: dict[str, Any]) -> None:
    with pytest.raises(Unknown, match="macro"):
        tags_of(TOPIC, body)


@pytest.mark.parametrize(
    ("key", "may_be"),
    [
        ({"Ref": "Key"}, True),
        ({"Fn::Sub": "${Prefix}:env"}, True),
        ({"Fn::Sub": "kubernetes.io/cluster/${Cluster}"}, False),
        ("x", False),
        ("env", False),
    ],
)
def test_keys_that_are_made(key: Any, may_be: bool) -> None:
    assert listed(tag(key)).tags[0].may_be_any({"env"}) is may_be


def test_void() -> None:
    found = listed(tag("Env", None), tag("Team", ""), {"Key": "Code"})
    assert not found.has({"env"})
    assert found.void({"env"}) == (*PATH, 0, "Value")
    assert found.has({"team"})
    assert found.has({"code"})


@pytest.mark.parametrize(
    ("type_name", "properties", "operations"),
    [
        (TOPIC, {}, [Insert(PATH, [tag("T")])]),
        (TOPIC, {"Tags": None}, [Set(PATH, [tag("T")])]),
        (TOPIC, {"Tags": NO_VALUE}, [Set(PATH, [tag("T")])]),
        (TOPIC, {"Tags": []}, [Append(PATH, tag("T"))]),
        (PARAMETER, {"Tags": {"A": "b"}}, [Insert((*PATH, "T"), "x")]),
        ("AWS::CloudFront::AnycastIpList", {"Tags": {}}, [Append((*PATH, "Items"), tag("T"))]),
        ("AWS::CloudFront::AnycastIpList", {"Tags": {"Items": [tag("A")]}}, [Append((*PATH, "Items"), tag("T"))]),
        ("AWS::CloudFront::AnycastIpList", {}, [Insert(PATH, {"Items": [tag("T")]})]),
    ],
)
def test_add(type_name: str, properties: dict[str, Any], operations: list[Any]) -> None:
    assert list(tags_of(type_name, {"Properties": properties}).add({"T": "x"})) == operations


def test_add_to_specifications() -> None:
    path = ("Resources", "R", "Properties", "TagSpecifications")
    other = {"ResourceType": "instance", "Tags": [tag("T")]}
    own = {"ResourceType": "launch-template"}

    def add(*specifications: Any) -> list[Any]:
        body = {"Properties": {"TagSpecifications": list(specifications)}}
        return list(tags_of("AWS::EC2::LaunchTemplate", body).add({"T": "x"}))

    assert add(other) == [Append(path, {**own, "Tags": [tag("T")]})]
    assert add(other, own) == [Append((*path, 1, "Tags"), tag("T"))]
    with pytest.raises(Unknown, match="for which resources"):
        add({"ResourceType": {"Ref": "P"}})
    with pytest.raises(Unknown, match="for which resources"):
        add({"Fn::If": ["C", own, NO_VALUE]})


def test_globals_of_sam() -> None:
    sections = {"Globals": {"Function": {"Tags": {"Env": "x"}}}}
    assert tags_of("AWS::Serverless::Function", {}, **sections).has({"env"})
    assert not tags_of("AWS::Serverless::StateMachine", {}, **sections).has({"env"})
    with pytest.raises(Unknown):
        tags_of("AWS::Serverless::Function", {}, Globals={"Function": {"Tags": {"Fn::If": []}}})


@pytest.mark.parametrize(
    ("properties", "takes"),
    [
        ({}, True),
        ({"DefinitionBody": {"openapi": "3.0.1", "paths": {}}}, True),
        ({"DefinitionBody": {"openapi": "3.0.1"}}, False),
        ({"DefinitionBody": {"Fn::Transform": {"Name": "AWS::Include"}}}, False),
        ({"DefinitionUri": "api.yaml"}, False),
    ],
)
def test_http_api_of_sam(properties: dict[str, Any], takes: bool) -> None:
    try:
        found = tags_of("AWS::Serverless::HttpApi", {"Properties": properties})
    except Unknown:
        assert not takes
    else:
        assert takes
        assert not found.tags


def test_common_key() -> None:
    one, other = listed(tag("acme:env")), listed(tag("Env"))
    assert common_key([one, one], {"env"}) == "acme:env"
    assert common_key([one, other], {"env"}) is None
    assert common_key([], {"env"}) is None


STRINGS = {"Env": {"Type": "String"}, "Blank": {"Type": "String", "Default": ""}}


@pytest.mark.parametrize(
    ("values", "common"),
    [
        (["prod", "prod"], "prod"),
        (["prod", None], "prod"),
        (["prod", "dev"], None),
        ([""], None),
        (["a&b"], None),
        ([42], None),
        ([{"Ref": "Env"}], {"Ref": "Env"}),
        ([{"Ref": "Blank"}], None),
        ([{"Ref": "Missing"}], None),
        ([{"Fn::Sub": "${AWS::StackName}-${Env}"}], {"Fn::Sub": "${AWS::StackName}-${Env}"}),
        ([{"Fn::Sub": "${R.TopicName}"}], None),
        ([{"Fn::If": ["C", "a", "b"]}], {"Fn::If": ["C", "a", "b"]}),
        ([{"Fn::If": ["C", "a", {"Ref": "Blank"}]}], None),
    ],
)
def test_common_value(values: list[Any], common: Any) -> None:
    template = Template({"Parameters": STRINGS})
    assert common_value(template, [listed(tag("env", value)) for value in values], {"env"}) == common


def test_a_common_value_must_not_be_conditional() -> None:
    template = Template({})
    conditional = listed({"Fn::If": ["C", tag("env"), NO_VALUE]})
    resource = tags_of(TOPIC, {"Condition": "C", "Properties": {"Tags": [tag("env")]}})
    assert common_value(template, [conditional, resource], {"env"}) is None
    assert common_value(template, [conditional, listed(tag("env"))], {"env"}) == "x"


def test_why_not() -> None:
    template = Template(
        {
            "Parameters": STRINGS,
            "Resources": {
                "A": {"Type": TOPIC, "Properties": {"TopicName": {"Ref": "B"}}},
                "B": {"Type": BUCKET},
                "C": {"Type": BUCKET, "Condition": "Big"},
            },
        }
    )
    topic, bucket = template.resources["A"], template.resources["B"]
    assert not why_not(template, topic, "T", "x")
    assert not why_not(template, topic, "T", {"Fn::Sub": "${Env}-${AWS::Region}-${B}-${B.Arn}"})
    assert "is empty" in why_not(template, topic, "T", "")
    assert "is empty" in why_not(template, topic, "T", NO_VALUE)
    assert "does not have" in why_not(template, topic, "T", {"Fn::FindInMap": ["M", "a", "b"]})
    assert "does not have" in why_not(template, topic, "T", {"Fn::If": ["Missing", "a", "b"]})
    assert "depends on the resource itself" in why_not(template, bucket, "T", {"Ref": "A"})
    assert "depends on the resource itself" in why_not(template, bucket, "T", {"Ref": "B"})
    assert "not always there" in why_not(template, bucket, "T", {"Ref": "C"})
