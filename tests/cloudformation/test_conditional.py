"""Resources made conditional: where the condition is true nothing changes, where it is false nothing dangles."""

from __future__ import annotations

import itertools
import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from fixer.cloudformation.conditional import Conditional, Switch, admit_empty, make_conditional, switch
from fixer.cloudformation.domains.custom_domains import default_arn, is_placeholder, is_reserved
from fixer.cloudformation.domains.sam_domains import SAM_APIS, move, moved
from fixer.cloudformation.intrinsics import parse_sub, sub_body
from fixer.cloudformation.template import Template
from fixer.engine.loader import load
from fixer.engine.proof import apply
from fixer.engine.run import repair
from fixer.model import Case
from fixer.settings.model import Settings
from transforms.domain.unconditional_domain import unconditional_domain

# -- a small CloudFormation

GONE = object()


class Stack:
    """A template with values for its parameters, as CloudFormation would see it."""

    def __init__(self, data: Any, given: dict[str, str]) -> None:
        self.data = data
        declared = data.get("Parameters", {})
        self.values = {name: given.get(name, body.get("Default", "")) for name, body in declared.items()}

    def holds(self, expression: Any) -> bool:
        if isinstance(expression, str):
            return self.holds(self.data["Conditions"][expression])
        ((name, body),) = expression.items()
        if name == "Condition":
            return self.holds(body)
        if name == "Fn::Not":
            return not self.holds(body[0])
        if name == "Fn::And":
            return all(map(self.holds, body))
        if name == "Fn::Or":
            return any(map(self.holds, body))
        assert name == "Fn::Equals"
        left, right = (json.dumps(self.resolve(side)) for side in body)
        return left == right

    def resolve(self, value: Any) -> Any:
        if isinstance(value, list):
            items = [self.resolve(item) for item in value]
            return [item for item in items if item is not GONE]
        if not isinstance(value, dict):
            return value
        if set(value) == {"Fn::If"}:
            name, then, otherwise = value["Fn::If"]
            return self.resolve(then if self.holds(name) else otherwise)
        if value == {"Ref": "AWS::NoValue"}:
            return GONE
        if set(value) == {"Ref"} and value["Ref"] in self.values:
            return self.values[value["Ref"]]
        if set(value) == {"Fn::Sub"} and isinstance(value["Fn::Sub"], str) and value["Fn::Sub"].count("${") == 1:
            text = value["Fn::Sub"].replace("${AWS::Partition}", "aws")
            return value if "${" in text else text
        entries = {key: self.resolve(item) for key, item in value.items()}
        return {key: item for key, item in entries.items() if item is not GONE}

    def section(self, name: str) -> dict[str, Any]:
        """What there is of a section, without what only steers it."""
        found = {}
        for key, body in self.data.get(name, {}).items():
            if isinstance(body, dict) and ("Condition" not in body or self.holds(body["Condition"])):
                found[key] = self.resolve({k: v for k, v in body.items() if k not in ("Condition", "Metadata")})
        return found

    def dangling(self) -> set[str]:
        """What is referred to and is not there."""
        there = {*self.section("Resources"), *self.values}
        bodies = {
            name: {
                key: self.resolve({k: v for k, v in body.items() if k != "Condition"})
                for key, body in self.data.get(name, {}).items()
                if key in self.section(name)
            }
            for name in ("Resources", "Outputs")
        }
        return {name for name in named(bodies) if name not in there and not name.startswith("AWS::")}


def named(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(named, value))
    if not isinstance(value, dict):
        return set()
    found = set().union(*map(named, value.values()))
    body = sub_body(value)
    if body is not None:
        found |= {part.name for part in parse_sub(body[0]) if part.name and part.variable not in body[1]}
    for key, item in value.items():
        if key == "Ref":
            found.add(item)
        elif key == "Fn::GetAtt":
            found.add(item[0] if isinstance(item, list) else item.split(".")[0])
        elif key == "DependsOn":
            found |= {name for name in (item if isinstance(item, list) else [item]) if isinstance(name, str)}
    return found


def order(data: Any) -> dict[str, set[str]]:
    """What each resource waits for."""
    return {name: named(body) & set(data["Resources"]) for name, body in data["Resources"].items()}


def check(before: Any, after: Any) -> None:
    """Every choice of parameters: the same as before where the domain is wanted; nothing dangles anywhere."""
    switches = {name for name in after.get("Parameters", {}) if name not in before.get("Parameters", {})}
    choices = {}
    for name, body in after.get("Parameters", {}).items():
        literals = {item for item in body.get("AllowedValues", ()) if item and isinstance(item, str)}
        text = json.dumps(after.get("Conditions", {}))
        literals |= {word for word in ("production", "prod", "true", "eu-west-1") if f'"{word}"' in text}
        default = {body["Default"]} if name in switches else set()
        choices[name] = sorted(default or literals | {"given"})
    for values in itertools.product(*choices.values()):
        given = dict(zip(choices, values, strict=True))
        old, new = Stack(before, given), Stack(after, given)
        off = [name for name in switches if after["Parameters"][name]["Default"] == ""]
        if not off and not old.dangling():  # such a stack could never be made
            assert new.section("Resources") == without(old.section("Resources"), before, after)
            outputs = new.section("Outputs")
            assert {name: outputs.get(name) for name in old.section("Outputs")} == old.section("Outputs")
    choices = {name: ["", "false", *values] for name, values in choices.items()}
    for values in itertools.product(*choices.values()):
        given = dict(zip(choices, values, strict=True))
        if not Stack(before, given).dangling():
            assert not Stack(after, given).dangling(), given
    for name, waits in order(before).items():
        assert waits <= order(after)[name], "an order is lost"


def without(resources: dict[str, Any], before: Any, after: Any) -> dict[str, Any]:
    """Resources without the DependsOn that went on purpose."""
    found = {}
    for name, body in resources.items():
        depends = after["Resources"][name].get("DependsOn")
        body = {key: value for key, value in body.items() if key != "DependsOn"}
        found[name] = {**body, "DependsOn": depends} if depends else body
    return found


# -- the cases of the transform, and more

FURTHER = runpy.run_path(str(Path(__file__).parent.parent / "cases" / "unconditional_domain.py"))
CASES = (*unconditional_domain.valid, *unconditional_domain.invalid, *FURTHER["VALID"], *FURTHER["INVALID"])

MORE = {
    "custom resource, policy and list": """\
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties: {DomainName: api.acme.org, CertificateArn: !GetAtt Request.Arn}
  Request:
    Type: Custom::Certificate
    Properties: {ServiceToken: !ImportValue token}
  Warm:
    Type: Custom::Warm
    Properties: {ServiceToken: !ImportValue token, Host: !Ref Domain}
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: pool
      CallbackURLs: [!Sub 'https://${Domain}/in']
      LogoutURLs: [!Sub 'https://${Domain}/out', https://acme.org]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: 'apigateway:GET', Resource: !Sub 'arn:aws:apigateway:*::/domainnames/${Domain}'}
""",
    "alarm, its composite and its output": """\
Parameters:
  Stage: {Type: String}
  Cert: {Type: String, Default: ''}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties: {DomainName: api.acme.org, CertificateArn: !Ref Cert}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Condition: Prod
    Properties:
      MetricName: m
      Dimensions: [{Name: Domain, Value: !Ref Domain}]
  Both:
    Type: AWS::CloudWatch::CompositeAlarm
    Condition: Prod
    Properties: {AlarmRule: !Sub 'ALARM(${Alarm})'}
Outputs:
  Alarm: {Condition: Prod, Value: !Ref Both}
  Name: {Value: !If [Prod, !GetAtt Domain.DistributionDomainName, none]}
""",
}


@pytest.mark.parametrize(
    "case", [*CASES, *(Case(name, text) for name, text in MORE.items())], ids=lambda case: case.name
)
def test_true_is_as_before_and_false_is_whole(case: Case) -> None:
    plain = load(case.before, "json" if case.before.startswith("{") else "yaml")
    for text in (case.before, json.dumps(plain)):
        result = repair(text, [unconditional_domain], Settings(validate="none", unsafe_fixes=case.unsafe))
        before, after = (load(document.text, document.format) for document in (result.before, result.after))
        changed = before != after
        assert changed is (case.after is not None or case.name in MORE)
        if changed:
            check(_moved(before), after)


def _moved(data: Any) -> Any:
    """With the domains of AWS SAM in resources of their own, which test_sam_domains holds against SAM's translator."""
    template = Template(data)
    for api in template.resources_of(*SAM_APIS):
        found = move(template, api)
        assert not isinstance(found, str)
        template = Template(apply(moved(template, api, found).data, found.references))
    return template.data


def test_what_needs_the_domain() -> None:
    result = repair(MORE["alarm, its composite and its output"], [unconditional_domain], Settings(validate="none"))
    data = result.after.data
    both = "ProdAndHasCustomDomain"
    assert [body.get("Condition") for body in data["Resources"].values()] == ["HasCustomDomain", both, both]
    assert data["Outputs"]["Alarm"]["Condition"] == both
    assert data["Outputs"]["Name"]["Value"]["Fn::If"][0] == both


# -- make_conditional

ON = Switch("On", {"Fn::Equals": [{"Ref": "P"}, "on"]})


def made(resources: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """The template in which A is conditional."""
    data = {**sections, "Resources": {"A": {"Type": "AWS::SQS::Queue"}, **resources}}
    found = make_conditional(Template(data), ["A"], ON)
    assert isinstance(found, Conditional), found
    return apply(data, found.operations)  # type: ignore[no-any-return]


def properties_of_b(kind: str, properties: Any, **attributes: Any) -> Any:
    body = made({"B": {"Type": kind, "Properties": properties, **attributes}})["Resources"]["B"]
    return "gone" if body.get("Condition") == "On" else body["Properties"]


NOTHING = {"Ref": "AWS::NoValue"}
A = {"Ref": "A"}


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("AWS::SNS::Subscription", {"TopicArn": A, "Protocol": "sqs"}, "gone"),
        ("AWS::SSM::Parameter", {"Type": "String", "Value": {"Fn::Sub": "q=${A}"}}, "gone"),
        ("AWS::Events::Rule", {"Description": A}, {"Description": {"Fn::If": ["On", A, NOTHING]}}),
        (
            "AWS::Events::Rule",
            {"Targets": [{"Id": "1", "Arn": A}, {"Id": "2", "Arn": "x"}]},
            {"Targets": [{"Fn::If": ["On", {"Id": "1", "Arn": A}, NOTHING]}, {"Id": "2", "Arn": "x"}]},
        ),
        (
            "AWS::Lambda::Function",
            {"Role": "r", "Code": {}, "Environment": {"Variables": {"Q": {"Fn::Join": ["", [A, "/"]]}}}},
            {
                "Role": "r",
                "Code": {},
                "Environment": {"Variables": {"Q": {"Fn::If": ["On", {"Fn::Join": ["", [A, "/"]]}, NOTHING]}}},
            },
        ),
        ("AWS::Route53::RecordSet", {"Name": "n", "Type": "A", "ResourceRecords": [A]}, "gone"),
        (
            "AWS::Route53::RecordSet",
            {"Name": "n", "Type": "A", "AliasTarget": {"DNSName": A, "HostedZoneId": "z"}},
            "gone",
        ),
        ("AWS::CloudWatch::Alarm", {"Dimensions": [{"Name": "Q", "Value": A}]}, "gone"),
        (
            "AWS::CloudFront::Distribution",
            {"DistributionConfig": {"Origins": [{"Id": "api", "DomainName": A}, {"Id": "x", "DomainName": "y"}]}},
            "gone",
        ),
        (
            "AWS::Route53::HealthCheck",
            {"HealthCheckConfig": {"Type": "HTTPS", "FullyQualifiedDomainName": A}},
            "gone",
        ),
        (
            "AWS::CloudWatch::Alarm",
            {"AlarmActions": {"Fn::If": ["Other", [A], NOTHING]}},
            {"AlarmActions": {"Fn::If": ["OtherAndOn", [A], NOTHING]}},
        ),
        (
            "AWS::CloudWatch::Alarm",
            {"AlarmActions": [{"Fn::If": ["Other", "x", A]}, "y"]},
            {"AlarmActions": [{"Fn::If": ["Other", "x", {"Fn::If": ["On", A, NOTHING]}]}, "y"]},
        ),
        ("AWS::SNS::Subscription", {"TopicArn": {"Fn::If": ["Other", "x", A]}, "Protocol": "sqs"}, "gone"),
        (
            "Custom::Thing",
            {"ServiceToken": "t", "Queue": A},
            {"ServiceToken": "t", "Queue": {"Fn::If": ["On", A, NOTHING]}},
        ),
    ],
)
def test_what_may_vanish(kind: str, before: Any, after: Any) -> None:
    assert properties_of_b(kind, before) == after


def test_policy_statement_vanishes_as_a_whole() -> None:
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": {"Fn::GetAtt": ["A", "Arn"]}}
    other = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    policies = [{"PolicyName": "p", "PolicyDocument": {"Statement": [statement, other]}}]
    after = properties_of_b("AWS::IAM::Role", {"AssumeRolePolicyDocument": {}, "Policies": policies})
    guarded = {"Fn::If": ["On", statement, NOTHING]}
    assert after["Policies"] == [{"PolicyName": "p", "PolicyDocument": {"Statement": [guarded, other]}}]


def test_chain_of_dependants() -> None:
    data = made(
        {
            "B": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": [A], "PolicyDocument": {}}},
            "C": {"Type": "AWS::SNS::Topic", "DependsOn": ["B", "D"]},
            "D": {"Type": "AWS::SNS::Topic", "DependsOn": "A", "Metadata": {"DependsOn": 1}},
        },
        Outputs={"Q": {"Value": A}},
    )
    assert data["Resources"]["B"]["Condition"] == "On"
    assert data["Resources"]["C"]["DependsOn"] == ["D"]
    assert data["Resources"]["C"]["Metadata"] == {"DependsOn": [{"Fn::If": ["On", {"Ref": "B"}, NOTHING]}]}
    assert "DependsOn" not in data["Resources"]["D"]
    assert data["Resources"]["D"]["Metadata"] == {
        "DependsOn": 1,
        "ConditionalDependsOn": [{"Fn::If": ["On", A, NOTHING]}],
    }
    assert data["Outputs"]["Q"]["Condition"] == "On"


def test_conditions_are_joined_unless_one_implies_the_other() -> None:
    conditions = {
        "Same": ON.expression,
        "Stronger": {"Fn::And": [{"Condition": "Same"}, {"Fn::Equals": [{"Ref": "AWS::Partition"}, "y"]}]},
        "Weaker": {"Fn::Or": [{"Condition": "Same"}, {"Condition": "Other"}]},
        "Other": {"Fn::Equals": [{"Ref": "AWS::Region"}, "x"]},
    }
    topic = {"Type": "AWS::SNS::Subscription", "Properties": {"Protocol": "sqs", "TopicArn": A}}
    data = made({name: {**topic, "Condition": name} for name in conditions}, Conditions=conditions)
    found = {name: data["Resources"][name]["Condition"] for name in conditions}
    assert found == {"Same": "Same", "Stronger": "Stronger", "Weaker": "On", "Other": "OtherAndOn"}
    assert data["Conditions"]["OtherAndOn"] == {"Fn::And": [{"Condition": "Other"}, {"Condition": "On"}]}


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        ({"Fn::ForEach::L": ["X", ["a"], {"B${X}": {"Type": "T", "Properties": {"P": A}}}]}, "inside a loop"),
        (
            {"F": {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"E": {"Properties": {"Queue": A}}}}}},
            "takes no Fn::If",
        ),
        ({"B": {"Type": "AWS::SNS::Subscription", "Condition": {}, "Properties": {"TopicArn": A}}}, "no name"),
    ],
)
def test_what_does_not_allow_it(resources: Any, reason: str) -> None:
    found = make_conditional(Template({"Resources": {"A": {"Type": "AWS::SQS::Queue"}, **resources}}), ["A"], ON)
    assert isinstance(found, str)
    assert reason in found


def test_switch_is_the_template_s_own() -> None:
    template = Template({"Conditions": {"HasP": {"Fn::Not": [{"Fn::Equals": ["", {"Ref": "P"}]}]}, "Has": {}}})
    expression = {"Fn::Not": [{"Fn::Equals": [{"Ref": "P"}, ""]}]}
    assert switch(template, expression, "Has").name == "HasP"
    assert switch(template, {"Fn::Equals": [{"Ref": "Q"}, "on"]}, "Has").name == "Has2"


# -- parameters and placeholders


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"AllowedPattern": "arn:.*"}, {"AllowedPattern": "^$|(?:arn:.*)"}),
        ({"AllowedPattern": "(arn:.*)?"}, {"AllowedPattern": "(arn:.*)?"}),
        ({"AllowedPattern": "\\p{Alpha}+"}, {"AllowedPattern": "^$|(?:\\p{Alpha}+)"}),
        ({"AllowedPattern": ".*", "MinLength": 9}, {"AllowedPattern": "^$|(?=.{9,})(?:.*)", "MinLength": 0}),
        ({"MinLength": "20"}, {"MinLength": "0", "AllowedPattern": "^$|.{20,}"}),
        ({"AllowedValues": ["a", "b"]}, {"AllowedValues": ["a", "b", ""]}),
        ({"AllowedValues": ["a", ""]}, {"AllowedValues": ["a", ""]}),
    ],
)
def test_admit_empty(before: Any, after: Any) -> None:
    data = {"Parameters": {"P": {"Type": "String", **before}}}
    operations = admit_empty(Template(data).parameters["P"])
    assert apply(data, operations)["Parameters"]["P"] == {"Type": "String", **after}


ID = "0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11"


@pytest.mark.parametrize(
    ("arn", "answer"),
    [
        (f"arn:aws:acm:us-east-1:210987654321:certificate/{ID}", False),
        (f"arn:aws-cn:acm:cn-north-1:210987654321:certificate/{ID}", False),
        ("arn:aws:iam::210987654321:server-certificate/api", False),
        (f"arn:aws:acm:us-east-1:123456789012:certificate/{ID}", True),
        (f"arn:aws:acm:us-east-1:111111111111:certificate/{ID}", True),
        (f"arn:aws:acm:us-east-1:000000000000:certificate/{ID}", True),
        ("arn:aws:acm:us-east-1:210987654321:certificate/12345678-1234-1234-1234-123456789012", True),
        ("arn:aws:acm:us-east-1:210987654321:certificate/00000000-0000-0000-0000-000000000000", True),
        ("arn:aws:acm:us-east-1:210987654321:certificate/EXAMPLE", True),
        ("arn:aws:acm:us-east-1:210987654321:certificate/YOUR-CERT", True),
        ("certificate", True),
        ("", True),
    ],
)
def test_placeholder(arn: str, answer: bool) -> None:
    assert is_placeholder(arn) is answer


def test_reserved() -> None:
    names = ["example.com", "api.example.org", "a.b.test", "acme.org", "myexample.com", "example.de"]
    assert [is_reserved(name) for name in names] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("arn:aws:acm:eu-west-1:1:certificate/x", "arn:aws:acm:eu-west-1:1:certificate/x"),
        ({"Fn::Sub": "arn:${AWS::Partition}:acm:eu-west-1:1:certificate/x"}, "arn:aws:acm:eu-west-1:1:certificate/x"),
        (
            {"Fn::Join": [":", ["arn", {"Ref": "AWS::Partition"}, "acm:cn-north-1:1:certificate/x"]]},
            "arn:aws-cn:acm:cn-north-1:1:certificate/x",
        ),
        (
            {"Fn::Sub": "arn:${AWS::Partition}:acm:us-gov-west-1:1:certificate/x"},
            "arn:aws-us-gov:acm:us-gov-west-1:1:certificate/x",
        ),
        ({"Fn::Sub": "arn:aws:acm:eu-west-1:${AWS::AccountId}:certificate/x"}, None),
        ({"Ref": "Certificate"}, None),
        (["a"], None),
    ],
)
def test_default_of_a_certificate(value: Any, known: str | None) -> None:
    assert default_arn(value) == known
