"""One command repairs every failure that this project began with: each is looked for in the sample that shows them all.

The list below goes, item by item, the way of the analysis that this project is founded on: how a template for a
serverless product fell short of the ideal one. Each item is a question to a template as data, in long form; the answer
names what is wrong. Before the repair every question finds something, after it none does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import cfn_flip
import pytest
from click.testing import CliRunner

from fixer.cli.command import cli

SAMPLE = Path(__file__).parent.parent / "samples" / "every-failure"
COMMAND = ("--unsafe-fixes", "--extend-select", "network,ha")

Data: TypeAlias = "dict[str, Any]"
Question: TypeAlias = "Callable[[Data], Iterator[str]]"

ITEMS: dict[str, Question] = {}


def item(failure: str) -> Callable[[Question], Question]:
    """A failure, in a few words, and the question that finds it."""

    def keep(question: Question) -> Question:
        ITEMS[failure] = question
        return question

    return keep


def of(data: Data, *kinds: str) -> Iterator[tuple[str, Data]]:
    """Logical id and properties of the resources of these types."""
    for name, body in data["Resources"].items():
        if body["Type"] in kinds:
            yield name, body.get("Properties", {})


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def is_about(value: Any, name: str) -> bool:
    """Whether a value refers to a resource or parameter."""
    text = json.dumps(value)
    return any(part in text for part in (f'"Ref": "{name}"', f'"Fn::GetAtt": ["{name}"', f"${{{name}}}", f"${{{name}."))


def outputs_about(data: Data, name: str) -> list[str]:
    return [key for key, output in data["Outputs"].items() if is_about(output["Value"], name)]


# 1. Security and compliance


@item("1 an explicit RoleName, which needs CAPABILITY_NAMED_IAM and collides")
def named_iam(data: Data) -> Iterator[str]:
    names = {"RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName"}
    for name, properties in of(data, *{b["Type"] for b in data["Resources"].values() if "::IAM::" in b["Type"]}):
        yield from (f"{name}.{key}" for key in names & set(properties))


@item("1 no bucket policy: a bucket could be public or misconfigured")
def open_buckets(data: Data) -> Iterator[str]:
    guarded = set()
    for _, policy in of(data, "AWS::S3::BucketPolicy"):
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Deny" and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}:
                guarded.add(policy["Bucket"]["Ref"])
    flags = {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}
    for name, properties in of(data, "AWS::S3::Bucket"):
        block = properties.get("PublicAccessBlockConfiguration", {})
        if name not in guarded or {key for key, value in block.items() if value is True} != flags:
            yield name


@item("1 policies that are not scoped for least privilege")
def wide_policies(data: Data) -> Iterator[str]:
    """Each service's actions on resources of its own; none of the sample's actions needs ``*``."""
    services = {"AWS::DynamoDB::Table": "dynamodb", "AWS::S3::Bucket": "s3", "AWS::SQS::Queue": "sqs"}
    for name, properties in of(data, "AWS::IAM::Role"):
        for policy in properties.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                meant = [key for key, body in data["Resources"].items() if is_about(statement["Resource"], key)]
                owners = {services[data["Resources"][key]["Type"]] for key in meant}
                if statement["Resource"] == "*" or owners != {action.split(":")[0] for action in actions}:
                    yield f"{name}: {actions}"


@item("1 no tags for cost, security and environment")
def untagged(data: Data) -> Iterator[str]:
    never = ("Policy", "Permission", "Subscription", "Association", "Mapping", "RecordSet")
    never += ("ApiGateway::Resource", "ApiGateway::Method", "ApiGateway::Deployment")
    for name, body in data["Resources"].items():
        if body["Type"].endswith(never) and body["Type"] != "AWS::Lambda::EventSourceMapping":
            continue
        tags = body.get("Properties", {}).get("Tags", [])
        if not {"CostCenter", "DataClassification", "Environment"} <= {tag["Key"] for tag in tags}:
            yield name


# 2. Networking and high availability


@item("2 no VPC, subnets and security groups for the functions")
def outside_of_networks(data: Data) -> Iterator[str]:
    kinds = {name: body["Type"] for name, body in data["Resources"].items()}
    for name, properties in of(data, "AWS::Lambda::Function"):
        config = properties.get("VpcConfig", {"SubnetIds": [], "SecurityGroupIds": []})
        subnets = {subnet["Ref"] for subnet in config["SubnetIds"]}
        groups = {group["Fn::GetAtt"][0] for group in config["SecurityGroupIds"]}
        is_in = {kinds[subnet] for subnet in subnets} == {"AWS::EC2::Subnet"}
        is_guarded = {kinds[group] for group in groups} == {"AWS::EC2::SecurityGroup"}
        zones = {json.dumps(data["Resources"][subnet]["Properties"]["AvailabilityZone"]) for subnet in subnets}
        role = data["Resources"][properties["Role"]["Fn::GetAtt"][0]]["Properties"]
        may = "AWSLambdaVPCAccessExecutionRole" in json.dumps(role["ManagedPolicyArns"])
        if not (is_in and is_guarded and may and len(zones) == 2):
            yield name


@item("2 no outputs for networking")
def networks_without_outputs(data: Data) -> Iterator[str]:
    for kind in ("AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::SecurityGroup"):
        found = [name for name, _ in of(data, kind)]
        yield from (name for name in found if not outputs_about(data, name))
        if not found:
            yield f"no {kind}"


@item("2 no features for high availability or failover")
def single_points(data: Data) -> Iterator[str]:
    for name, properties in of(data, "AWS::RDS::DBInstance"):
        if "SourceDBInstanceIdentifier" not in properties and properties.get("MultiAZ") is not True:
            yield name
    for name, properties in of(data, "AWS::DynamoDB::Table"):
        if properties.get("PointInTimeRecoverySpecification") != {"PointInTimeRecoveryEnabled": True}:
            yield name
    for name, properties in of(data, "AWS::S3::Bucket"):
        if properties.get("VersioningConfiguration") != {"Status": "Enabled"}:
            yield name
    dead = {str(p.get("DeadLetterConfig", p.get("RedrivePolicy"))) for _, p in of(data, *QUEUED)}
    for name, properties in of(data, "AWS::SQS::Queue"):
        if "RedrivePolicy" not in properties and not any(f"'{name}'" in target for target in dead):
            yield name
    for name, _ in of(data, "AWS::Events::Rule"):
        (called,) = {target["Arn"]["Fn::GetAtt"][0] for target in data["Resources"][name]["Properties"]["Targets"]}
        if "DeadLetterConfig" not in data["Resources"][called]["Properties"]:
            yield called


QUEUED = ("AWS::SQS::Queue", "AWS::Lambda::Function")


@item("2 not portable: bound to a partition, a Region, its zones and an account")
def bound(data: Data) -> Iterator[str]:
    for text in strings([data["Resources"], data["Outputs"]]):
        if re.search(r"arn:aws:|us-east-1|\b\d{12}\b|\$\{Region\}", text):
            yield text
    yield from (name for name in data["Parameters"] if name == "Region")


# 3. Resource configuration and operation


@item("3 no inline code: an upload to S3 comes first")
def code_elsewhere(data: Data) -> Iterator[str]:
    sources = {"OrdersFunction": ("orders.py", "index.handler"), "ReceiptsFunction": ("receipts.js", "index.handler")}
    for name, properties in of(data, "AWS::Lambda::Function"):
        source, handler = sources[name]
        is_inline = properties["Code"] == {"ZipFile": (SAMPLE / "src" / source).read_text()}
        if not is_inline or properties["Handler"] != handler:
            yield name


@item("3 no outputs for the values of parameters")
def silent_parameters(data: Data) -> Iterator[str]:
    for name, parameter in data["Parameters"].items():
        given = [key for key in outputs_about(data, name) if key == name]
        if not given and not parameter.get("NoEcho"):
            yield name
        if given and parameter.get("NoEcho"):
            yield f"{name} is a secret"


# 4. Outputs and integration


@item("4 outputs for basic resources only")
def silent_resources(data: Data) -> Iterator[str]:
    kinds = ("IAM::Role", "S3::Bucket", "DynamoDB::Table", "SQS::Queue", "SNS::Topic", "Lambda::Function")
    kinds += ("RDS::DBInstance", "ApiGateway::RestApi", "Events::Rule", "CloudWatch::Alarm")
    for name, _ in of(data, *(f"AWS::{kind}" for kind in kinds)):
        if not outputs_about(data, name):
            yield name


@item("4 neither the environment nor the custom domain's status among the outputs")
def silent_status(data: Data) -> Iterator[str]:
    if data["Outputs"].get("EnvironmentSuffix", {}).get("Value") != {"Ref": "EnvironmentSuffix"}:
        yield "EnvironmentSuffix"
    if data["Outputs"].get("CustomDomainStatus", {}).get("Value", {}).get("Fn::If", ())[1:] != ["enabled", "disabled"]:
        yield "CustomDomainStatus"


@item("4 an alarm's ARN among the outputs, where CloudWatch's API takes the name")
def alarm_arns(data: Data) -> Iterator[str]:
    for name, _ in of(data, "AWS::CloudWatch::Alarm"):
        for key in outputs_about(data, name):
            output = data["Outputs"][key]
            if output["Value"] != {"Ref": name} or "Arn" in key or "ARN" in output.get("Description", ""):
                yield key


# 5. Infrastructure


@item("5 no bucket for the code: it has to be made by hand first")
def missing_buckets(data: Data) -> Iterator[str]:
    for name, properties in of(data, "AWS::Lambda::Function"):
        bucket = properties["Code"].get("S3Bucket")
        if bucket is not None and not any(is_about(bucket, key) for key, _ in of(data, "AWS::S3::Bucket")):
            yield f"{name}: {bucket}"


@item("5 a custom domain is always created: the stack fails without a valid certificate")
def unconditional_domain(data: Data) -> Iterator[str]:
    """It, what needs it, and the output of it; the certificate may be left out."""
    wanted = {"Fn::Not": [{"Fn::Equals": [{"Ref": "CertificateArn"}, ""]}]}
    bodies = {**data["Resources"], **data["Outputs"]}
    for name, body in bodies.items():
        if (name == "ShopDomain" or is_about(body, "ShopDomain")) and name != "CustomDomainStatus":
            condition = data.get("Conditions", {}).get(body.get("Condition"))
            if condition != wanted:
                yield name
    if data["Parameters"]["CertificateArn"].get("Default") != "":
        yield "CertificateArn"


@pytest.fixture(scope="module", params=["yaml", "json"])
def texts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, str]:
    """The sample, what the one command makes of it, and what it says."""
    file = SAMPLE / f"template.{request.param}"
    target = tmp_path_factory.mktemp("every-failure") / f"fixed.{request.param}"
    done = CliRunner().invoke(cli, [str(file), *COMMAND, "--no-validate", "-o", str(target)])
    assert done.exit_code == 0, done.output
    return file.read_text(), target.read_text(), done.stderr


def loaded(text: str) -> Data:
    data: Data = json.loads(text if text.startswith("{") else cfn_flip.to_json(text))
    return data


@pytest.mark.parametrize("failure", ITEMS)
def test_the_failure_is_there_before_and_gone_after(failure: str, texts: tuple[str, str, str]) -> None:
    before, after, _ = texts
    assert list(ITEMS[failure](loaded(before))), "the sample does not show it"
    assert list(ITEMS[failure](loaded(after))) == []


def test_there_is_guidance_for_the_domain(texts: tuple[str, str, str]) -> None:
    """3: which certificate it has to be, and how to get one; a comment in YAML, a description in JSON."""
    before, after, _ = texts
    assert "ISSUED" not in before

    def guidance(text: str) -> str:
        if text.startswith("{"):
            return str(loaded(text)["Parameters"]["CertificateArn"].get("Description", ""))
        return "".join(re.findall(r"(?m)^ *# .*\n(?=(?: *#.*\n)* *ShopDomain:)", text))

    for word in ("ISSUED", "CertificateArn", "Region of this stack", "aws acm request-certificate"):
        assert word in guidance(after)
        assert word not in guidance(before)


def test_named_iam_is_no_longer_needed(texts: tuple[str, str, str]) -> None:
    """1 and 6: and the summary says so."""
    assert "CAPABILITY_IAM now suffices" in texts[2]
