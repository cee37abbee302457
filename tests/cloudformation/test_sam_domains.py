"""What takes the place of a Domain of AWS SAM is what SAM's own translator makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.domains.sam_domains import move, moved
from fixer.cloudformation.template import Template
from fixer.engine.proof import apply
from tests.live_update import translated


@pytest.fixture(autouse=True)
def region(monkeypatch: pytest.MonkeyPatch) -> None:
    """The translator asks for one."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


CERTIFICATE = "arn:aws:acm:eu-west-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11"
COMMON: dict[str, dict[str, Any]] = {
    "nothing more": {},
    "several paths": {"BasePath": ["/orders", "bills-v1", "a_b"]},
    "one path": {"BasePath": "orders"},
    "an empty path": {"BasePath": ""},
    "mutual TLS": {
        "MutualTlsAuthentication": {"TruststoreUri": "s3://trust/store.pem", "TruststoreVersion": "1"},
        "OwnershipVerificationCertificateArn": CERTIFICATE,
        "SecurityPolicy": "TLS_1_2",
    },
    "records": {"Route53": {"HostedZoneId": "Z1", "EvaluateTargetHealth": False, "IpV6": True}},
    "records by the zone's name": {"Route53": {"HostedZoneName": "acme.org."}},
    "both names of a zone": {"Route53": {"HostedZoneId": "Z1", "HostedZoneName": "acme.org."}},
    "routing": {"Route53": {"HostedZoneId": "Z1", "SetIdentifier": "one", "Region": "eu-west-1"}},
    "an imported zone's name": {"Route53": {"HostedZoneId": {"Fn::ImportValue": "zone"}}},
    "a written endpoint": {"EndpointConfiguration": "REGIONAL"},
}
REST: dict[str, dict[str, Any]] = {
    "edge": {"EndpointConfiguration": "EDGE", "Route53": {"HostedZoneId": "Z1", "IpV6": True}},
    "another address": {
        "EndpointConfiguration": "EDGE",
        "Route53": {"HostedZoneId": "Z1", "DistributionDomainName": "d1.cloudfront.net"},
    },
    "a path as it is": {"BasePath": ["orders-v1"], "NormalizeBasePath": False},
    "a group of its own": {"Route53": {"HostedZoneId": "Z1", "SeparateRecordSetGroup": True}},
}
WEB_SOCKET = {name: COMMON[name] for name in ("nothing more", "several paths", "routing")}
CASES = [
    pytest.param(kind, more, id=f"{kind}: {name}")
    for kind, cases in (("Api", {**COMMON, **REST}), ("HttpApi", COMMON), ("WebSocketApi", WEB_SOCKET))
    for name, more in cases.items()
]


def template(kind: str, more: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    domain = {"DomainName": "api.acme.org", "CertificateArn": CERTIFICATE, **more}
    properties: dict[str, Any] = {"StageName": "prod", "Domain": domain}
    if kind == "WebSocketApi":  # it names its functions itself
        routes = {"$default": {"FunctionArn": {"Fn::GetAtt": ["Function", "Arn"]}}}
        properties |= {"Routes": routes, "RouteSelectionExpression": "$request.body.action"}
    return {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {
            "Api": {"Type": f"AWS::Serverless::{kind}", **attributes, "Properties": properties},
            "Function": {
                "Type": "AWS::Serverless::Function",
                "Properties": {
                    "Runtime": "python3.13",
                    "Handler": "index.handler",
                    "InlineCode": "pass",
                    "Events": {}
                    if kind == "WebSocketApi"
                    else {
                        "Get": {
                            "Type": kind,
                            "Properties": {
                                "RestApiId" if kind == "Api" else "ApiId": {"Ref": "Api"},
                                "Path": "/",
                                "Method": "get",
                            },
                        }
                    },
                },
            },
        },
    }


def resources(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = translated(data, {})["Resources"]
    for body in found.values():
        if body["Type"] == "AWS::ApiGateway::Deployment":  # its name is a hash of the Domain too
            body["Properties"].pop("Description")
    return found


@pytest.mark.parametrize(("kind", "more"), CASES)
@pytest.mark.parametrize("attributes", [{}, {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}])
def test_it_is_what_the_translator_makes(kind: str, more: dict[str, Any], attributes: dict[str, Any]) -> None:
    before = Template(template(kind, more, **attributes))
    found = move(before, before.resources["Api"])
    assert not isinstance(found, str), found
    after = moved(before, before.resources["Api"], found)
    old, new = resources(before.data), resources(after.data)
    if found.same:
        assert new == old
    else:
        assert new.keys() != old.keys()
        assert sorted(str(body["Type"]) for body in new.values()) == sorted(str(body["Type"]) for body in old.values())


@pytest.mark.parametrize("kind", ["Api", "HttpApi", "WebSocketApi"])
@pytest.mark.parametrize("everywhere", [None, {"Team": "orders", "Stage": "dev"}])
@pytest.mark.parametrize("own", [None, {}, {"Team": "shop", "Cost": {"Ref": "AWS::Region"}}])
def test_tags_of_the_api_go_where_the_translator_puts_them(kind: str, everywhere: Any, own: Any) -> None:
    if kind == "Api" and everywhere:
        pytest.skip("Globals has no Tags for it")
    data = template(kind, {})
    data["Resources"]["Api"]["Properties"] |= {"Tags": own} if own is not None else {}
    data |= {"Globals": {kind: {"Tags": everywhere}}} if everywhere else {}
    before = Template(data)
    found = move(before, before.resources["Api"])
    assert not isinstance(found, str), found
    assert resources(moved(before, before.resources["Api"], found).data) == resources(data)


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("HttpApi", {"EndpointConfiguration": "EDGE"}, "is not REGIONAL"),
        ("Api", {"EndpointConfiguration": {"Ref": "Endpoint"}}, "is not REGIONAL or EDGE, or no literal"),
        ("Api", {"BasePath": {"Ref": "Path"}}, "base paths"),
        ("Api", {"BasePath": [{"Ref": "Path"}]}, "base paths"),
        ("Api", {"BasePath": ["a-b", "ab"]}, "the same logical id"),
        ("Api", {"Policy": {}}, "Policy is not known"),
        ("Api", {"CertificateArn": None}, "needs DomainName and CertificateArn"),
        ("Api", {"Route53": {"IpV6": True}}, "names no hosted zone"),
        ("Api", {"Route53": {"HostedZoneId": "Z1", "IpV6": {"Ref": "V6"}}}, "flags"),
        ("Api", {"Route53": {"Ref": "AWS::NoValue"}}, "Route53 is not a map"),
        ("Api", {"Route53": {"HostedZoneId": "Z1", "VpcEndpointDomainName": "x"}}, "Route53 is not a map"),
        ("Api", {"MutualTlsAuthentication": {"Fn::If": ["A", {}, {}]}}, "MutualTlsAuthentication"),
        ("WebSocketApi", {"EndpointConfiguration": "EDGE"}, "is not REGIONAL"),
        ("WebSocketApi", {"MutualTlsAuthentication": {"TruststoreUri": "s3://a/b"}}, "refuses MutualTls"),
    ],
)
def test_what_is_not_known_is_said(kind: str, more: dict[str, Any], says: str) -> None:
    before = Template(template(kind, more))
    assert says in str(move(before, before.resources["Api"]))


@pytest.mark.parametrize("kind", ["Api", "HttpApi", "WebSocketApi"])
def test_texts_name_the_domain_itself(kind: str) -> None:
    data = template(kind, {})
    variables = {"URL": {"Fn::Sub": "https://${Api.DomainName}/${AWS::Region}?${!Api.DomainName}&${Api.DomainName}"}}
    data["Resources"]["Function"]["Properties"]["Environment"] = {"Variables": variables}
    data["Outputs"] = {"Url": {"Value": {"Fn::Sub": ["https://${Api.DomainName}/${Path}", {"Path": {"Ref": "Api"}}]}}}
    before = Template(data)
    found = move(before, before.resources["Api"])
    assert not isinstance(found, str), found
    after = apply(moved(before, before.resources["Api"], found).data, found.references)
    assert resources(after) == resources(data)
    assert translated(after, {})["Outputs"] == translated(data, {})["Outputs"]
    assert "Api.DomainName}/" not in str(after)


def test_a_condition_that_gets_nowhere_is_told() -> None:
    data = template("WebSocketApi", {}, Condition="Never")
    data["Conditions"] = {"Never": {"Fn::Equals": ["a", "b"]}}
    made = resources(data).values()
    assert not any("Condition" in body for body in made), "AWS SAM hands it on now"
    before = Template(data)
    assert "condition of a WebSocket API" in str(move(before, before.resources["Api"]))


def test_other_apis_and_names() -> None:
    data = template("HttpApi", {"Route53": {"HostedZoneId": "Z1"}})
    data["Resources"]["Other"] = data["Resources"]["Api"]
    before = Template(data)
    assert "the same domain" in str(move(before, before.resources["Api"]))

    data = template("HttpApi", {})
    data["Globals"] = {"HttpApi": {"PropagateTags": True}}
    before = Template(data)
    assert "PropagateTags" in str(move(before, before.resources["Api"]))

    data = template("HttpApi", {})
    data["Resources"]["Api"]["Properties"]["Tags"] = {"Fn::If": ["Tagged", {"a": "b"}, {"Ref": "AWS::NoValue"}]}
    before = Template(data)
    assert "tags" in str(move(before, before.resources["Api"]))

    data = template("HttpApi", {})
    data["Outputs"] = {"Url": {"Value": {"Fn::Sub": "https://${Api.DomainName.RegionalDomainName}"}}}
    before = Template(data)
    assert "a text names" in str(move(before, before.resources["Api"]))

    data = template("HttpApi", {})
    data["Resources"]["ApiApiMapping"] = {"Type": "AWS::SNS::Topic"}
    before = Template(data)
    assert "the same logical id" in str(move(before, before.resources["Api"]))
