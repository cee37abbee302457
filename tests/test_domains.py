"""Domains with the same certificate are switched together, in whatever way they are written and repaired."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fixer.api import fix_text
from fixer.model import Outcome
from fixer.settings.model import Settings

ARN = "arn:aws:acm:us-east-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11"
NEUTRAL = {"Fn::Sub": ARN.replace("arn:aws:", "arn:${AWS::Partition}:")}
SERVER = "arn:aws:iam::210987654321:server-certificate/api"
PARAMETER = {"Ref": "Given"}
RESOURCE = {"Ref": "Made"}


def rest(name: Any, certificate: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::ApiGateway::DomainName",
        "Properties": {
            "DomainName": name,
            "RegionalCertificateArn": certificate,
            "EndpointConfiguration": {"Types": ["REGIONAL"]},
        },
    }


def http(name: Any, certificate: Any) -> dict[str, Any]:
    configuration = {"CertificateArn": certificate, "EndpointType": "REGIONAL"}
    properties = {"DomainName": name, "DomainNameConfigurations": [configuration]}
    return {"Type": "AWS::ApiGatewayV2::DomainName", "Properties": properties}


def site(name: Any, certificate: Any) -> dict[str, Any]:
    viewer = {"AcmCertificateArn": certificate, "SslSupportMethod": "sni-only"}
    config = {"Enabled": True, "Aliases": [name], "ViewerCertificate": viewer}
    return {"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": config}}


def sam_rest(name: Any, certificate: Any) -> dict[str, Any]:
    domain = {"DomainName": name, "CertificateArn": certificate}
    return {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "prod", "Domain": domain}}


def sam_http(name: Any, certificate: Any) -> dict[str, Any]:
    domain = {"DomainName": name, "CertificateArn": certificate}
    return {"Type": "AWS::Serverless::HttpApi", "Properties": {"Domain": domain}}


def repaired(resources: dict[str, Any], **settings: Any) -> tuple[dict[str, Any], Outcome]:
    made = {"Type": "AWS::CertificateManager::Certificate", "Properties": {"DomainName": "*.acme.org"}}
    uses = json.dumps(resources)
    template: dict[str, Any] = {
        "Transform": "AWS::Serverless-2016-10-31",
        **({"Parameters": {"Given": {"Type": "String"}}} if "Given" in uses else {}),
        "Resources": {**({"Made": made} if "Made" in uses else {}), **resources},
    }
    settings = {"select": ("unconditional-domain", "hard-coded-partition"), **settings}
    outcome = fix_text(json.dumps(template, indent=2), Settings(validate="none", **settings))
    assert outcome.error is None
    again = fix_text(outcome.after, Settings(validate="none", **settings))
    assert again.after == outcome.after
    return json.loads(outcome.after), outcome


@pytest.mark.parametrize(
    "pair",
    [(rest, http), (rest, site), (rest, sam_rest), (sam_rest, sam_http), (sam_http, site), (sam_http, http)],
    ids=lambda pair: "-".join(each.__name__ for each in pair),
)
@pytest.mark.parametrize("certificate", [ARN, NEUTRAL, PARAMETER, RESOURCE], ids=["ARN", "Sub", "parameter", "made"])
def test_one_certificate_has_one_switch(pair: Any, certificate: Any) -> None:
    one, other = pair
    data, _ = repaired({"One": one("one.acme.org", certificate), "Other": other("other.acme.org", certificate)})
    wanted = {"HasCustomDomain"}
    assert data["Conditions"].keys() == wanted
    assert len(data["Parameters"]) == 1
    assert data["Outputs"].keys() == {"CustomDomainStatus"}
    on = [body for body in data["Resources"].values() if "DomainName" in body["Type"]]
    assert {body.get("Condition") for body in on} <= wanted
    if certificate is RESOURCE:
        assert data["Resources"]["Made"]["Condition"] == "HasCustomDomain"


@pytest.mark.parametrize(
    ("one", "other"),
    [(PARAMETER, {"Fn::Join": ["", [PARAMETER]]}), (PARAMETER, {"Fn::Sub": "${Given}"}), (ARN, NEUTRAL)],
    ids=["Join", "Sub", "partition"],
)
def test_one_certificate_in_two_spellings(one: Any, other: Any) -> None:
    data, _ = repaired({"One": rest("one.acme.org", one), "Other": http("other.acme.org", other)})
    assert data["Conditions"].keys() == {"HasCustomDomain"}
    assert len(data["Parameters"]) == 1


def test_a_domain_that_stays_within_its_api_holds_no_other_back() -> None:
    """The name is a parameter, so that to move the Domain out is unsafe."""
    resources = {"One": rest("one.acme.org", ARN), "Other": sam_rest({"Ref": "Given"}, ARN)}
    data, outcome = repaired(resources, select=("unconditional-domain",))
    assert data["Resources"]["One"]["Condition"] == "HasCustomDomain"
    assert data["Resources"]["Other"] == resources["Other"]
    assert [finding.path for finding in outcome.remaining] == [("Resources", "Other", "Properties", "Domain")]

    data, _ = repaired(resources, unsafe_fixes=True)
    assert data["Conditions"].keys() == {"HasCustomDomain"}


@pytest.mark.parametrize("certificate", [ARN, SERVER, SERVER.replace("210987654321", "123456789012")])
@pytest.mark.parametrize("make", [sam_rest, sam_http, rest])
def test_other_repairs_of_a_literal_certificate_come_later(make: Any, certificate: str) -> None:
    """A domain of AWS SAM is looked at twice, and its certificate stays what it is in between."""
    lint = ("unconditional-domain", "hard-coded-partition", "hard-coded-region", "hard-coded-account-id")
    data, _ = repaired({"One": make("one.acme.org", certificate)}, select=lint, unsafe_fixes=True)
    default = "" if "123456789012" in certificate else certificate
    assert data["Parameters"]["CertificateArn"]["Default"] == default


def test_a_domain_that_is_to_be_ignored_is_not_changed_along_with_others() -> None:
    text = """\
Resources:
  # cfnfix: ignore[unconditional-domain] always valid
  One:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: {DomainName: a.acme.org, DomainNameConfigurations: [{CertificateArn: !ImportValue c}]}
  Other:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: {DomainName: b.acme.org, DomainNameConfigurations: [{CertificateArn: !ImportValue c}]}
"""
    outcome = fix_text(text, Settings(select=("unconditional-domain",), validate="none"))
    assert not outcome.changed
    assert [(f.path, f.reason) for f in outcome.remaining] == [
        (("Resources", "Other"), "it goes only together with another one, which is to be ignored")
    ]


def test_a_distribution_that_cannot_be_without_a_domain_is_on_its_condition_once() -> None:
    behind = site("www.acme.org", ARN)
    behind["Properties"]["DistributionConfig"]["Origins"] = [{"Id": "api", "DomainName": {"Ref": "One"}}]
    data, _ = repaired({"One": rest("one.acme.org", ARN), "Other": behind})
    other = data["Resources"]["Other"]
    assert other["Condition"] == "HasCustomDomain"
    config = other["Properties"]["DistributionConfig"]
    assert config["Aliases"] == ["www.acme.org"]
    assert config["ViewerCertificate"]["AcmCertificateArn"] == {"Ref": "CertificateArn"}


def test_a_domain_that_cannot_move_out_holds_no_other_back() -> None:
    text = """\
Transform: AWS::Serverless-2016-10-31
Metadata:
  Shared: &domain {DomainName: api.acme.org, CertificateArn: !ImportValue c, Whatever: 1}
Resources:
  One:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: {DomainName: one.acme.org, DomainNameConfigurations: [{CertificateArn: !ImportValue c}]}
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain: *domain
"""
    outcome = fix_text(text, Settings(select=("unconditional-domain",), validate="none"))
    assert [finding.path for finding in outcome.applied] == [("Resources", "One")]
    assert "Domain: *domain" in outcome.after
