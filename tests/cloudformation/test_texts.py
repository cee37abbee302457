"""Literal texts: where they stand, and what variables make of them."""

from __future__ import annotations

import pytest

from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import literal_text
from fixer.cloudformation.parameters import removal
from fixer.cloudformation.places.literal_arns import accounts_in, all_regions, regions_in
from fixer.cloudformation.places.regions import OTHER_ZONE, ZONE, is_region
from fixer.cloudformation.places.zones import Zone, zone
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Insertion, Text, known_variable, texts
from fixer.cloudformation.types.bundled import data_folder
from fixer.model import Impact, Path, Remove, Set, Value

HERE: Path = ("Resources", "A", "Properties", "P")


def template(properties: Value, type_name: str = "AWS::SNS::Topic") -> Template:
    return Template({"Resources": {"A": {"Type": type_name, "Properties": properties}}})


def found(properties: Value, type_name: str = "AWS::SNS::Topic") -> list[tuple[Path, str, bool]]:
    return [(text.path[3:], text.text, bool(text.fixed)) for text in texts(template(properties, type_name))]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("x", [((), "x", False)]),
        (3, []),
        ({"Fn::Sub": "x"}, [(("Fn::Sub",), "x", False)]),
        ({"Fn::Sub": ["x", {"V": "y"}]}, [(("Fn::Sub", 0), "x", False), (("Fn::Sub", 1, "V"), "y", False)]),
        ({"Fn::Join": ["-", ["x", {"Ref": "y"}]]}, [(("Fn::Join", 1, 0), "x", False)]),
        ({"Fn::If": ["C", "x", "y"]}, [(("Fn::If", 1), "x", False), (("Fn::If", 2), "y", False)]),
        ({"Fn::Split": [",", "x"]}, [(("Fn::Split", 1), "x", False)]),
        ({"Fn::Select": [0, ["x"]]}, [(("Fn::Select", 1, 0), "x", False)]),
        ({"Fn::Base64": "x"}, [(("Fn::Base64",), "x", False)]),
        ({"Fn::FindInMap": ["x", "y", "z"]}, []),
        ({"Fn::GetAtt": ["x", "y"]}, []),
        ({"Fn::ImportValue": "x"}, []),
        ({"Fn::Transform": {"Name": "x"}, "a": "y"}, [(("Fn::Transform", "Name"), "x", True), (("a",), "y", True)]),
        ({"Fn::ForEach::L": ["V", ["x"], {"k": "y"}]}, [(("Fn::ForEach::L", n), t, True) for n, t in ((0, "V"),)]),
    ],
)
def test_texts(value: Value, wanted: list[tuple[Path, str, bool]]) -> None:
    assert found({"P": value})[: len(wanted)] == [(("P", *path), text, fixed) for path, text, fixed in wanted]


def test_sections() -> None:
    data = {
        "Globals": {"Function": {"Role": "g"}},
        "Parameters": {"X": {"Default": "no"}},
        "Resources": {"A": {"Type": "T", "Metadata": {"k": "no"}, "Properties": {"P": "r"}}, "B": "odd"},
        "Outputs": {"O": {"Description": "no", "Value": "o", "Export": {"Name": "e"}}},
    }
    assert [text.text for text in texts(Template(data))] == ["g", "r", "o", "e"]


@pytest.mark.parametrize(
    "text",
    ["a-b", "${a}-b", "a-b${!c}", "${a-b", "a-b${", "$${x}a-b", "${a${b}}a-b", "é${é}a-b", "a-b ${!!x} ${}"],
)
def test_with_variables_gives_the_same_text(text: str) -> None:
    start = text.index("-")
    plain = Text(HERE, text)
    if not plain.outside_braces(start, start + 1):
        return
    made = plain.with_variables([Insertion(start, start + 1, "AWS::NoSuch")]).value["Fn::Sub"]
    assert literal_text({"Fn::Sub": made.replace("${AWS::NoSuch}", "-")}) == text


def test_with_variables() -> None:
    whole = Text(HERE, "us-east-1").with_variables([Insertion(0, 9, "AWS::Region")])
    assert whole == Set(HERE, {"Ref": "AWS::Region"})
    sub = Text((*HERE, "Fn::Sub"), "a ${B} c a", is_sub=True)
    done = sub.with_variables([Insertion(9, 10, "Y"), Insertion(0, 1, "X")])
    assert done == Set(sub.path, "${X} ${B} c ${Y}")


def test_known_variable() -> None:
    assert known_variable(template({}), "a ${b} ${A.Arn}") == "A"
    assert known_variable(template({}), "a ${AWS::Region}") == "AWS::Region"
    assert known_variable(template({}), "a ${aws:username} ${!A}") is None


def test_regions_are_known_by_their_names() -> None:
    files = [file.stem for file in (data_folder() / "schemas" / "providers").glob("*.json") if file.stem != "sam"]
    assert files
    assert all(map(is_region, files))
    assert not any(map(is_region, ["us-east-1a", "us--1", "aws", "", None, "eu-west", "us-west-2-lax-1"]))


@pytest.mark.parametrize("name", ["us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "use1-az1", "usw2-lax1-az1"])
def test_zones_without_counterpart(name: str) -> None:
    assert OTHER_ZONE.fullmatch(name)
    assert not ZONE.fullmatch(name)
    assert not OTHER_ZONE.fullmatch("us-east-1a")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("us-gov-west-1b", Zone("b", "us-gov-west-1")),
        ({"Fn::Sub": "${AWS::Region}c"}, Zone("c")),
        ({"Fn::Join": ["", [{"Ref": "AWS::Region"}, "a"]]}, Zone("a")),
        ({"Fn::Sub": "${AWS::Region}-a"}, None),
        ("us-east-1", None),
        (["us-east-1a"], None),
    ],
)
def test_zone(value: Value, wanted: Zone | None) -> None:
    assert zone(value) == wanted


@pytest.mark.parametrize(
    ("text", "own", "foreign"),
    [
        ("arn:aws:logs:us-east-1:*:*", 1, 0),
        ("arn:${AWS::Partition}:logs:us-east-1:${AWS::AccountId}:*", 1, 0),
        ("arn:aws:apigateway:us-east-1:lambda:path/arn:aws:lambda:us-east-1:1:function:x", 2, 0),
        ("arn:aws:logs:us-east-1:", 1, 0),
        ("arn:aws:s3:::us-east-1", 0, 0),
        ("arn:aws:acm:us-east-1:1:certificate/x", 0, 1),
        ("https://sqs.us-east-1.amazonaws.com/1/q", 1, 0),
        ("https://${Api}.execute-api.us-east-1.amazonaws.com/", 1, 0),
        ("https://abc123.execute-api.us-east-1.amazonaws.com/", 0, 1),
        ("https://s3.us-east-1.amazonaws.com/${Bucket}", 1, 0),
        ("https://s3.us-east-1.amazonaws.com/bucket", 0, 1),
        ("com.amazonaws.us-east-1.ecr.api", 1, 0),
        ("in us-east-1", 0, 0),
    ],
)
def test_regions_in(text: str, own: int, foreign: int) -> None:
    mentions = list(regions_in(template({}), Text(HERE, text)))
    assert [sum(not m.foreign for m in mentions), sum(bool(m.foreign) for m in mentions)] == [own, foreign]
    assert all(text[m.start : m.end] == m.name == "us-east-1" for m in mentions)


def test_accounts_in() -> None:
    nothing = template({})
    assert not next(iter(accounts_in(nothing, Text(HERE, "arn:aws:iam::111122223333:role/a")))).foreign
    assert next(iter(accounts_in(nothing, Text(HERE, "arn:aws:iam::127311923021:root")))).foreign
    assert next(iter(accounts_in(nothing, Text((*HERE, "Principal", "AWS"), "arn:aws:iam::111122223333:root")))).foreign
    assert not list(
        accounts_in(nothing, Text(HERE, "111122223333 arn:aws:iam::aws:policy/x arn:aws:iam::1111222233334:x"))
    )


def test_all_regions() -> None:
    assert all_regions("us-east-1a, eu-west-1; x-us-west-2 ap-south-12") == {"us-east-1", "eu-west-1"}


def test_impact_at() -> None:
    subnet = template({}, "AWS::EC2::Subnet")
    at = ("Resources", "A", "Properties")
    assert impact_at(subnet, (*at, "AvailabilityZone", "Fn::If", 1)) is Impact.REPLACEMENT
    assert impact_at(subnet, (*at, "MapPublicIpOnLaunch")) is Impact.NO_INTERRUPTION
    assert impact_at(subnet, ("Outputs", "A", "Value")) is Impact.NONE
    assert impact_at(template({}, "Custom::Thing"), (*at, "X")) is Impact.NO_INTERRUPTION
    assert impact_at(template({}, "No::Such::Type"), (*at, "X")) is Impact.REPLACEMENT


def test_removal_of_a_parameter() -> None:
    interface = {
        "ParameterGroups": [
            {"Label": {"default": "x"}, "Parameters": ["A"]},
            {"Parameters": ["A", "B"]},
            {"Label": {}},
        ],
        "ParameterLabels": {"A": {"default": "a"}, "B": {"default": "b"}},
    }
    data = {
        "Metadata": {"AWS::CloudFormation::Interface": interface},
        "Parameters": {"A": {}, "B": {}},
        "Resources": {},
    }
    at: Path = ("Metadata", "AWS::CloudFormation::Interface")
    assert set(removal(Template(data), "A")) == {
        Remove(("Parameters", "A")),
        Remove((*at, "ParameterGroups", 0)),
        Remove((*at, "ParameterGroups", 1, "Parameters", 0)),
        Remove((*at, "ParameterLabels", "A")),
    }
    only = {"Parameters": {"A": {}}, "Resources": {}}
    assert removal(Template(only), "A") == (Remove(("Parameters",)),)
