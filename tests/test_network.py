"""What is too large for a case beside missing-network."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Any

import pytest

from fixer.api import fix_text
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.engine.loader import load
from fixer.model import Finding, Insert, Options, Outcome, Safety
from fixer.settings.model import Settings
from transforms.network.missing_network import missing_network

FUNCTION = {"Type": "AWS::Serverless::Function"}


@pytest.fixture(autouse=True)
def only_this(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fixer.api.TRANSFORMS", (missing_network,))


def findings(template: dict[str, Any], options: Options | None = None) -> list[Finding]:
    return list(missing_network.check(Template(template), options or Options()))


def run(text: str, **options: bool) -> tuple[Outcome, dict[str, Any]]:
    settings = Settings(select=("all",), unsafe_fixes=True, validate="none", options=Options(**options))  # type: ignore[arg-type]
    outcome = fix_text(text, settings)
    return outcome, load(outcome.after, "yaml")


def of_type(template: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: body for name, body in template["Resources"].items() if body["Type"] == kind}


TEXT = """\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  One:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt Role.Arn}
  Two:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt Role.Arn}
  Service:
    Type: AWS::ECS::Service
    Properties: {LaunchType: FARGATE}
  Thing:
    Type: Custom::Thing
    Properties: {ServiceToken: !GetAtt Two.Arn}
"""


def test_a_way_out_for_each_zone() -> None:
    outcome, after = run(TEXT, nat=True)
    assert not outcome.remaining
    assert len(of_type(after, "AWS::EC2::VPC")) == 1
    assert len(of_type(after, "AWS::EC2::Subnet")) == 4
    assert len(of_type(after, "AWS::EC2::NatGateway")) == 2
    subnets = of_type(after, "AWS::EC2::Subnet")
    parts = [body["Properties"]["CidrBlock"]["Fn::Select"] for body in subnets.values()]
    assert sorted(index for index, _ in parts) == [0, 1, 2, 3]
    assert {str(blocks) for _, blocks in parts} == {str({"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, 4, 8]})}
    for gateway in of_type(after, "AWS::EC2::NatGateway").values():
        assert gateway["Properties"]["SubnetId"]["Ref"].startswith("Public")
    joined = [
        a["Properties"]["SubnetId"]["Ref"] for a in of_type(after, "AWS::EC2::SubnetRouteTableAssociation").values()
    ]
    assert sorted(joined) == sorted(subnets)
    routes = of_type(after, "AWS::EC2::Route")
    tables = [route["Properties"]["RouteTableId"]["Ref"] for route in routes.values()]
    assert len(tables) == len(set(tables)) == 3
    endpoints = of_type(after, "AWS::EC2::VPCEndpoint").values()
    assert all(len(endpoint["Properties"]["RouteTableIds"]) == 2 for endpoint in endpoints)


def test_who_needs_the_way_out_waits_for_it() -> None:
    _, after = run(TEXT, nat=True)
    ways = {"PrivateRoute1", "PrivateSubnet1Association", "PrivateRoute2", "PrivateSubnet2Association"}
    assert set(after["Resources"]["Two"]["DependsOn"]) == ways
    assert set(after["Resources"]["Service"]["DependsOn"]) == ways
    assert "DependsOn" not in after["Resources"]["One"]


def test_without_a_way_out_who_needs_it_stays() -> None:
    outcome, after = run(TEXT)
    assert {f.message.split()[1] for f in outcome.applied} == {"One"}
    assert {f.message.split()[1] for f in outcome.remaining} == {"Two", "Service"}
    assert not of_type(after, "AWS::EC2::NatGateway")


@pytest.mark.parametrize("options", [{}, {"nat": True}, {"private_api": True}, {"nat": True, "private_api": True}])
def test_again_changes_nothing(options: dict[str, bool]) -> None:
    outcome, after = run(TEXT + "  Api:\n    Type: AWS::ApiGateway::RestApi\n", **options)
    again, _ = run(outcome.after, **options)
    assert not again.changed
    assert ("Policy" in after["Resources"]["Api"].get("Properties", {})) is options.get("private_api", False)


def test_a_function_that_comes_later_joins_the_network_and_its_group() -> None:
    outcome, _ = run(TEXT)
    later, after = run(outcome.after + "  Three:\n    Type: AWS::Serverless::Function\n")
    assert len(later.applied) == 1
    assert len(of_type(after, "AWS::EC2::SecurityGroup")) == 1
    one, three = (after["Resources"][name]["Properties"]["VpcConfig"] for name in ("One", "Three"))
    assert one == three


@pytest.mark.parametrize("cidr", ["10.0.0.0/16", "172.16.0.0/22"])
def test_the_addresses_suffice(cidr: str) -> None:
    """Four subnets of eight bits each are what ``Fn::Cidr`` is asked for."""
    assert len(list(ip_network(cidr).subnets(new_prefix=24))) >= 4


def test_the_parameter_takes_what_suffices() -> None:
    (finding,) = findings({"Resources": {"Function": FUNCTION}})
    assert finding.fix is not None
    (parameter,) = (o.value for o in finding.fix.operations if isinstance(o, Insert) and o.path[0] == "Parameters")
    assert re.fullmatch(parameter["AllowedPattern"], parameter["Default"])
    assert re.fullmatch(parameter["AllowedPattern"], "172.16.0.0/22")
    assert not re.fullmatch(parameter["AllowedPattern"], "172.16.0.0/23")
    assert not re.fullmatch(parameter["AllowedPattern"], "10.0.0.0/15")


@pytest.mark.parametrize(("others", "fits"), [(490, True), (491, True), (492, False)])
def test_room_for_resources(others: int, fits: bool) -> None:
    topics = {f"T{number}": {"Type": "AWS::SNS::Topic"} for number in range(others - 1)}
    (finding,) = findings({"Resources": {"Function": FUNCTION, **topics}})
    assert (finding.fix is not None) is fits
    if not fits:
        assert finding.reason == "a network takes 9 resources, and of 500 only 8 are left"


def test_without_room_for_a_parameter_the_addresses_are_literal() -> None:
    full = {f"P{number}": {"Type": "String"} for number in range(200)}
    (finding,) = findings({"Parameters": full, "Resources": {"Function": FUNCTION}})
    assert finding.fix is not None
    (vpc,) = (o.value for o in finding.fix.operations if isinstance(o, Insert) and o.path == ("Resources", "Vpc"))
    assert vpc["Properties"]["CidrBlock"] == "10.0.0.0/16"


def test_names_that_are_taken() -> None:
    taken = {"Vpc": {"Type": "AWS::SNS::Topic"}, "PrivateSubnet1": {"Type": "AWS::SNS::Topic"}}
    (finding,) = findings({"Parameters": {"VpcCidr": {"Type": "String"}}, "Resources": {"Function": FUNCTION, **taken}})
    assert finding.fix is not None
    names = [o.path[1] for o in finding.fix.operations if isinstance(o, Insert) and len(o.path) == 2]
    assert {"Vpc2", "PrivateSubnet12", "VpcCidr2"} <= set(names)
    assert len(names) == len(set(names))


def test_safety_and_impact() -> None:
    resources = {
        "Lambda": {"Type": "AWS::Lambda::Function"},
        "Sam": FUNCTION,
        "Service": {"Type": "AWS::ECS::Service", "Properties": {"LaunchType": "FARGATE"}},
        "Api": {"Type": "AWS::ApiGateway::RestApi"},
        "SamApi": {"Type": "AWS::Serverless::Api"},
    }
    names = {"Service": "NetworkConfiguration", "Api": "EndpointConfiguration", "SamApi": "EndpointConfiguration"}
    found = findings({"Resources": resources}, Options(nat=True, private_api=True))
    assert len(found) == len(resources)
    for finding in found:
        name = str(finding.path[1])
        known = schema(resources[name]["Type"])  # type: ignore[arg-type]
        assert finding.fix is not None
        assert known is not None
        assert finding.fix.safety is Safety.UNSAFE
        assert finding.reason
        assert finding.fix.impact is known.impact((names.get(name, "VpcConfig"),))


@pytest.mark.parametrize("broken", [[], "x", 5, None, {"VpcConfig": "x"}, {"Fn::If": ["A", {}, {}]}])
def test_broken_shapes(broken: Any) -> None:
    types = ("AWS::Lambda::Function", "AWS::ECS::Service", "AWS::EC2::Subnet", "AWS::EC2::Route", "AWS::EC2::VPC")
    for first in types:
        for second in types:
            resources = {"A": {"Type": first, "Properties": broken}, "B": {"Type": second, "Properties": broken}}
            findings({"Resources": resources}, Options(nat=True, private_api=True))


def test_what_is_lost_is_named() -> None:
    """What a function may call according to its policies, and reaches no more without a way out."""
    statement = {"Effect": "Allow", "Action": ["s3:GetObject", "sns:Publish", "logs:*"], "Resource": "*"}
    more = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:kms:*:*:key/x"}
    condition = {"StringEquals": {"aws:SourceVpc": "x"}}
    role = {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyDocument": {"Statement": [statement]}}]}}
    policy = {
        "Type": "AWS::IAM::Policy",
        "Properties": {"Roles": [{"Ref": "Role"}], "PolicyDocument": {"Statement": {**more, "Condition": condition}}},
    }
    function = {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}}}
    resources: dict[str, Any] = {"Role": role, "Policy": policy, "Function": function}
    (finding,) = findings({"Resources": resources})
    assert finding.reason.endswith("; its policies speak of secretsmanager and sns")
    (finding,) = findings({"Resources": resources}, Options(nat=True))
    assert "speak" not in finding.reason
    endpoint = {"VpcId": {"Ref": "Vpc"}, "ServiceName": {"Fn::Sub": "com.amazonaws.${AWS::Region}.sns"}}
    resources |= {
        "Vpc": {"Type": "AWS::EC2::VPC"},
        "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}}},
        "Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": endpoint},
    }
    (finding,) = findings({"Resources": resources})
    assert finding.reason.endswith("; its policies speak of s3 and secretsmanager")


@pytest.mark.parametrize(
    ("role", "known"),
    [
        ("!GetAtt Role.Arn", True),
        ("!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${AWS::StackName}-orders'", True),
        ("!Join ['', ['arn:aws:iam::', !Ref AWS::AccountId, ':role/app/', !Ref AWS::StackName, '-orders']]", True),
        ("!Sub 'arn:aws:iam::${AWS::AccountId}:role/${AWS::StackName}-orders-old'", False),
        ("!Sub 'arn:aws:iam::${AWS::AccountId}:role/my-${AWS::StackName}-orders'", False),
        ("!ImportValue role", False),
    ],
)
def test_a_role_that_is_known_by_its_name(role: str, known: bool) -> None:
    text = f"""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub ${{AWS::StackName}}-orders
      Path: /app/
      AssumeRolePolicyDocument: {{}}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: {role}
"""
    outcome, _ = run(text)
    assert ("AWSLambdaVPCAccessExecutionRole" in outcome.after) is known
    (finding,) = outcome.applied
    assert ("its role, which the template does not make" in finding.reason) is not known
