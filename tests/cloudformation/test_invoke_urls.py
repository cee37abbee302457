"""URLs of APIs."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.outputs.invoke_urls import implicit_apis, invoke_url
from fixer.cloudformation.template import Template
from fixer.model import Value

API = {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "shop"}}
HOST = "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/"


def stage(api: Value = None, **more: Value) -> dict[str, Value]:
    properties = {"RestApiId": api or {"Ref": "Api"}, "StageName": "v1"}
    return {"Type": "AWS::ApiGateway::Stage", "Properties": properties, **more}


def deployment(name: Value) -> dict[str, Value]:
    properties = {"RestApiId": {"Ref": "Api"}, **({"StageName": name} if name else {})}
    return {"Type": "AWS::ApiGateway::Deployment", "Properties": properties}


def url(api: dict[str, Value] = API, **others: Value) -> tuple[Value, str | None] | None:
    conditions = {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}, "D": {"Fn::Equals": [{"Ref": "Q"}, "x"]}}
    template = Template({"Conditions": conditions, "Resources": {"Api": api, **others}})
    return invoke_url(template, template.resources["Api"])


def test_stage() -> None:
    assert url(Stage=stage()) == ({"Fn::Sub": HOST + "${Stage}"}, None)
    assert url(Stage=stage(), Deployment=deployment(None)) == ({"Fn::Sub": HOST + "${Stage}"}, None)
    assert url(Stage=stage({"Fn::Sub": "${Api}"})) is not None


def test_stage_of_a_deployment() -> None:
    assert url(Deployment=deployment("v1")) == ({"Fn::Sub": HOST + "v1"}, None)
    assert url(Deployment=deployment({"Ref": "Env"})) == ({"Fn::Sub": HOST + "${Env}"}, None)
    assert url(Deployment=deployment({"Fn::FindInMap": ["A", "B", "C"]})) is None


def test_stage_that_is_not_known() -> None:
    assert url() is None
    assert url(One=stage(), Two=stage()) is None
    assert url(Stage=stage(), Deployment=deployment("v1")) is None
    assert url(Stage=stage({"Ref": "Other"})) is None
    assert url({"Type": API["Type"], "Properties": {"DisableExecuteApiEndpoint": True}}, Stage=stage()) is None


@pytest.mark.parametrize(
    ("api", "its_stage", "wanted"),
    [(None, "C", "C"), ("C", "C", "C"), ("C", None, "C"), ("C", "D", False)],
)
def test_conditions(api: str | None, its_stage: str | None, wanted: Value) -> None:
    body: dict[str, Any] = {**API, **({"Condition": api} if api else {})}
    found = url(body, Stage=stage(**({"Condition": its_stage} if its_stage else {})))
    assert (found is None) if wanted is False else (found is not None and found[1] == wanted)


def test_serverless() -> None:
    assert url({"Type": "AWS::Serverless::Api", "Properties": {"StageName": "v1"}}) == ({"Fn::Sub": HOST + "v1"}, None)
    assert url({"Type": "AWS::Serverless::Api"}) is None


def test_implicit_apis() -> None:
    def function(**events: Value) -> dict[str, Value]:
        return {"Type": "AWS::Serverless::Function", "Properties": {"Events": events}}

    get = {"Type": "Api", "Properties": {"Path": "/", "Method": "get"}}
    resources = {
        "Off": {**function(Http={"Type": "HttpApi", "Properties": {}}), "Condition": "C"},
        "Own": function(
            Get={"Type": "Api", "Properties": {"RestApiId": {"Ref": "Api"}}}, Odd="x", Timer={"Type": "Schedule"}
        ),
        "Two": function(Get=get, Again=get),
    }
    data = {"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}
    (found,) = implicit_apis(Template(data))
    assert found.id == "ServerlessRestApi"
    assert found.path == ("Resources", "Two", "Properties", "Events", "Get")
    assert found.url == {"Fn::Sub": HOST.replace("Api}", "ServerlessRestApi}") + "Prod"}
    assert not list(implicit_apis(Template({"Resources": resources})))
