"""Names of exports, and what may be exported."""

from __future__ import annotations

import pytest

from fixer.cloudformation.outputs.exports import export_pattern, is_exportable, wants_exports
from fixer.cloudformation.template import Parameter, Template
from fixer.model import Value


def sub(text: str) -> Value:
    return {"Fn::Sub": text}


def template(*names: Value, unexported: int = 0) -> Template:
    outputs: dict[str, Value] = {f"O{n}": {"Value": "x", "Export": {"Name": name}} for n, name in enumerate(names)}
    outputs |= {f"U{n}": {"Value": "x"} for n in range(unexported)}
    return Template({"Resources": {}, "Outputs": outputs})


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ([], sub("${AWS::StackName}-VPCId")),
        ([sub("${AWS::StackName}-BucketArn")], sub("${AWS::StackName}-VPCId")),
        ([sub("${AWS::StackName}:BucketArn")], sub("${AWS::StackName}:VPCId")),
        ([sub("${AWS::StackName}-bucket-arn"), sub("${AWS::StackName}-url")], sub("${AWS::StackName}-VPCId")),
        ([sub("${AWS::StackName}-bucket-arn"), sub("${AWS::StackName}-a-url")], sub("${AWS::StackName}-vpc-id")),
        ([sub("${AWS::StackName}BucketArn")], sub("${AWS::StackName}VPCId")),
        ([sub("shop-${AWS::StackName}-A"), sub("shop-${AWS::StackName}-B")], sub("shop-${AWS::StackName}-VPCId")),
        ([sub("A-${AWS::StackName}"), sub("B-${AWS::StackName}")], sub("VPCId-${AWS::StackName}")),
        ([sub("A-${AWS::StackName}-${AWS::Region}")], sub("VPCId-${AWS::StackName}-${AWS::Region}")),
        ([sub("${Env}-BucketArn")], sub("${Env}-${AWS::StackName}-VPCId")),
        ([sub("${Env}:BucketArn")], sub("${Env}:${AWS::StackName}:VPCId")),
        (["prod-Bucket", "prod-Topic", "prod-Url"], sub("prod-${AWS::StackName}-VPCId")),
        (["prod-Bucket", "prod-Topic"], sub("${AWS::StackName}-VPCId")),
        ([sub("${AWS::StackName}-A"), sub("${Env}-B"), sub("${AWS::StackName}-C")], sub("${AWS::StackName}-VPCId")),
        ([{"Fn::Sub": ["${Stack}-A", {"Stack": {"Ref": "AWS::StackName"}}]}], sub("${AWS::StackName}-VPCId")),
        (
            [{"Fn::Join": [":", [{"Ref": "AWS::StackName"}, "A"]]}],
            {"Fn::Join": [":", [{"Ref": "AWS::StackName"}, "VPCId"]]},
        ),
        (
            [{"Fn::Join": ["", [{"Ref": "AWS::StackName"}, "-A"]]}],
            {"Fn::Join": ["", [{"Ref": "AWS::StackName"}, "-VPCId"]]},
        ),
        ([{"Fn::Join": ["x", [{"Ref": "AWS::StackName"}, "-A"]]}], sub("${AWS::StackName}VPCId")),
        ([{"Fn::FindInMap": ["Names", "A", "B"]}, "not a name!", 7, {}], sub("${AWS::StackName}-VPCId")),
    ],
)
def test_pattern(names: list[Value], wanted: Value) -> None:
    assert export_pattern(template(*names)).value("VPCId") == wanted


@pytest.mark.parametrize(
    ("exported", "plain", "wanted", "answer"),
    [(0, 0, None, False), (0, 0, True, True), (2, 0, False, False), (2, 1, None, True), (1, 1, None, False)],
)
def test_wants_exports(exported: int, plain: int, wanted: bool | None, answer: bool) -> None:
    names = [f"n{number}" for number in range(exported)]
    assert wants_exports(template(*names, unexported=plain), wanted) is answer


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"Type": "String"}, False),
        ({"Type": "String", "Default": "x"}, False),
        ({"Type": "String", "MinLength": 1}, True),
        ({"Type": "String", "MinLength": "1", "MaxLength": "2000"}, False),
        ({"Type": "String", "AllowedValues": ["a", "b"]}, True),
        ({"Type": "String", "AllowedValues": ["", "b"]}, False),
        ({"Type": "String", "AllowedPattern": "[a-z]+"}, True),
        ({"Type": "String", "AllowedPattern": "^$|[a-z]+"}, False),
        ({"Type": "String", "AllowedPattern": "[a-z"}, False),
        ({"Type": "Number"}, True),
        ({"Type": "AWS::EC2::VPC::Id"}, True),
        ({"Type": "AWS::EC2::VPC::Id", "Default": ""}, False),
        ({"Type": "List<AWS::EC2::Subnet::Id>"}, False),
        ({"Type": "CommaDelimitedList"}, False),
        ({"Type": "AWS::SSM::Parameter::Value<String>"}, False),
    ],
)
def test_is_exportable(body: dict[str, Value], answer: bool) -> None:
    assert is_exportable(Parameter("P", body["Type"], body, ("Parameters", "P"))) is answer
