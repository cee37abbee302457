from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.tags.known_parameters import (
    COST_CENTER,
    DATA_CLASSIFICATION,
    ENVIRONMENT,
    fold,
    is_tag_value,
    known_parameter,
    may_be_empty,
    synonyms,
)
from fixer.cloudformation.template import Template

STRING = {"Type": "String"}


def known(concept: str, parameters: dict[str, Any], **sections: Any) -> str | None:
    found = known_parameter(Template({"Parameters": parameters, **sections}), concept)
    return found.id if found else None


@pytest.mark.parametrize(
    ("key", "folded"),
    [
        ("CostCenter", "costcenter"),
        ("cost_center", "costcenter"),
        ("acme:cost-center", "costcenter"),
        ("acme/Env", "env"),
        ("Straße 1", "strasse1"),
        ("acme:", "acme"),
        ("--", "--"),
    ],
)
def test_fold(key: str, folded: str) -> None:
    assert fold(key) == folded


def test_synonyms() -> None:
    assert {"env", "stage", "environment"} <= synonyms("acme:Env")
    assert {"billingcode", "costcenter"} <= synonyms(COST_CENTER)
    assert {"confidentiality", "classification"} <= synonyms(DATA_CLASSIFICATION)
    assert synonyms("My-Key") == {"mykey"}


@pytest.mark.parametrize(
    ("concept", "names", "wanted"),
    [
        (ENVIRONMENT, ["Stage", "environment"], "environment"),
        (ENVIRONMENT, ["EnvironmentSuffix"], "EnvironmentSuffix"),
        (ENVIRONMENT, ["EnvironmentSuffix", "EnvType"], "EnvType"),
        (ENVIRONMENT, ["pEnvironment"], "pEnvironment"),
        (ENVIRONMENT, ["EnvironmentParam"], "EnvironmentParam"),
        (ENVIRONMENT, ["EnvironmentTag2"], "EnvironmentTag2"),
        (ENVIRONMENT, ["StageName"], None),
        (ENVIRONMENT, ["EnvironmentVariables"], None),
        (COST_CENTER, ["Owner", "Team"], "Team"),
        (COST_CENTER, ["Team", "CostCentre"], "CostCentre"),
        (COST_CENTER, ["OwnerEmail"], None),
        (DATA_CLASSIFICATION, ["DataClass"], "DataClass"),
        (DATA_CLASSIFICATION, ["DBInstanceClass"], None),
    ],
)
def test_names(concept: str, names: list[str], wanted: str | None) -> None:
    assert known(concept, dict.fromkeys(names, STRING)) == wanted


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({}, True),
        ({"Default": "dev"}, True),
        ({"Default": 1}, True),
        ({"Default": ""}, False),
        ({"Default": " "}, False),
        ({"Default": None}, False),
        ({"Default": "", "MinLength": 1}, True),
        ({"Default": "", "AllowedPattern": "[a-z]+"}, True),
        ({"Default": "", "AllowedPattern": "[a-z]*"}, False),
        ({"Default": "", "AllowedPattern": "[a-"}, False),
        ({"Default": "dev", "AllowedValues": ["dev", ""]}, False),
        ({"Default": "", "AllowedValues": ["dev", "prod"]}, True),
        ({"Default": "R&D"}, False),
        ({"AllowedValues": ["aws:dev"]}, False),
        ({"Default": "x" * 257}, False),
        ({"NoEcho": True}, False),
        ({"Default": "{{resolve:secretsmanager:x}}"}, False),
        ({"Type": "Number"}, True),
        ({"Type": "CommaDelimitedList"}, False),
        ({"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/app/{env}"}, True),
        ({"Type": "AWS::SSM::Parameter::Value<List<String>>"}, False),
    ],
)
def test_what_fits(body: dict[str, Any], fits: bool) -> None:
    assert (known(ENVIRONMENT, {"Environment": {**STRING, **body}}) is not None) is fits


def test_an_unfit_one_makes_way() -> None:
    assert known(ENVIRONMENT, {"Environment": {**STRING, "NoEcho": True}, "Stage": STRING}) == "Stage"


@pytest.mark.parametrize("section", ["Conditions", "Rules"])
def test_a_comparison_with_the_empty_string(section: str) -> None:
    has = {"Has": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Stage"}, ""]}]}}
    template = Template({"Parameters": {"Stage": STRING, "Env": STRING}, section: has})
    assert may_be_empty(template, template.parameters["Stage"])
    assert not may_be_empty(template, template.parameters["Env"])


def test_tag_values() -> None:
    assert is_tag_value("Kosten für a_b.c:d/e=f+g-h@i")
    assert not any(is_tag_value(text) for text in ("", "  ", "a&b", "AWS:x", "x" * 257))
