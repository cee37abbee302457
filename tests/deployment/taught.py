"""What moto 5.2 lacks in CloudFormation, taught to it here and nowhere else.

- Types: each is made through the service's own API in moto, by one function. A template with a type that neither moto
  nor this module can make is not deployed in these tests: that is the rule by which templates are chosen.
- ``Fn::Cidr``, and the zones of the stack's own Region by name: resolved before a template is handed over.
- Attributes that moto's models do not know.
- Updates: CloudFormation replaces a resource if a property changes that its provider schema calls create-only, and
  keeps it otherwise. moto makes some resources anew on every update, and loses those for which it has no handler.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import boto3
import moto.cloudformation.parsing as parsing
from moto.core.common_models import CloudFormationModel

from tests.deployment.intrinsics import Evaluator

REGION = "us-east-1"

Made = tuple[str, Mapping[str, str]]
"""Physical id, and attributes by name."""
Make = Callable[[str, dict[str, Any]], Made]
"""Generated name and properties to what was made."""

TAUGHT: dict[str, type[CloudFormationModel]] = {}
"""Type to its model; moto finds models as long as somebody holds them."""
_NAMES = {"AWS::CloudWatch::Alarm": "AlarmName", "AWS::SecretsManager::Secret": "Name"}
_clients: dict[str, Any] = {}


def client(service: str) -> Any:
    """The client of a service; one for all tests, because making it takes longer than most of them."""
    if service not in _clients:
        keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        _clients[service] = boto3.client(service, region_name=REGION, **keys)
    return _clients[service]


def model(kind: str) -> Callable[[Make], Make]:
    """Teach moto a type: the function makes one, by the API of the service."""

    def teach(make: Make) -> Make:
        class Taught(CloudFormationModel):
            def __init__(self, made: Made) -> None:
                self.physical_resource_id, self.attributes = made

            @staticmethod
            def cloudformation_name_type() -> str:
                return _NAMES.get(kind, "")

            @staticmethod
            def cloudformation_type() -> str:
                return kind

            @classmethod
            def has_cfn_attr(cls, attr: str) -> bool:
                return True

            @classmethod
            def create_from_cloudformation_json(  # type: ignore[override]
                cls, resource_name: str, cloudformation_json: dict[str, Any], *_: Any, **__: Any
            ) -> Taught:
                return cls(make(resource_name, cloudformation_json["Properties"]))

            @classmethod
            def delete_from_cloudformation_json(cls, *_: Any) -> None:
                """These tests never ask what becomes of it."""

            def get_cfn_attribute(self, attribute_name: str) -> str:
                return self.attributes[attribute_name]

            def is_created(self) -> bool:
                return True

        TAUGHT[kind] = Taught
        return make

    return teach


@model("AWS::CloudWatch::Alarm")
def alarm(name: str, properties: dict[str, Any]) -> Made:
    numbers = {k: float(properties[k]) for k in ("Threshold",) if k in properties}
    counts = ("Period", "EvaluationPeriods", "DatapointsToAlarm")
    whole = {k: int(properties[k]) for k in counts if k in properties}
    switches = {k: str(properties[k]).lower() == "true" for k in ("ActionsEnabled",) if k in properties}
    client("cloudwatch").put_metric_alarm(**{**properties, **numbers, **whole, **switches, "AlarmName": name})
    (found,) = client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return name, {"Arn": found["AlarmArn"]}


@model("AWS::S3::BucketPolicy")
def bucket_policy(name: str, properties: dict[str, Any]) -> Made:
    document = json.dumps(properties["PolicyDocument"], default=str)
    client("s3").put_bucket_policy(Bucket=properties["Bucket"], Policy=document)
    return properties["Bucket"], {}


@model("AWS::SQS::QueuePolicy")
def queue_policy(name: str, properties: dict[str, Any]) -> Made:
    document = json.dumps(properties["PolicyDocument"], default=str)
    for url in properties["Queues"]:
        client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": document})
    return name, {}


@model("AWS::SNS::TopicPolicy")
def topic_policy(name: str, properties: dict[str, Any]) -> Made:
    document = json.dumps(properties["PolicyDocument"], default=str)
    for arn in properties["Topics"]:
        client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=document)
    return name, {}


@model("AWS::SNS::Subscription")
def subscription(name: str, properties: dict[str, Any]) -> Made:
    wanted = {key: properties[key] for key in ("TopicArn", "Protocol", "Endpoint") if key in properties}
    arn = client("sns").subscribe(**wanted, ReturnSubscriptionArn=True)["SubscriptionArn"]
    return arn, {"Arn": arn}


@model("AWS::SecretsManager::Secret")
def secret(name: str, properties: dict[str, Any]) -> Made:
    text = properties.get("SecretString", "made by GenerateSecretString")
    arn = client("secretsmanager").create_secret(Name=name, SecretString=text)["ARN"]
    return arn, {"Id": arn}


@model("AWS::ApiGateway::Stage")
def stage(name: str, properties: dict[str, Any]) -> Made:
    wanted = {"restApiId": properties["RestApiId"], "deploymentId": properties["DeploymentId"]}
    client("apigateway").create_stage(**wanted, stageName=properties["StageName"])
    return properties["StageName"], {}


def _issued(certificate: str) -> None:
    """Raise where there is no issued certificate, as AWS does; moto takes any."""
    found = client("acm").describe_certificate(CertificateArn=certificate)["Certificate"]
    if found["Status"] != "ISSUED":
        raise ValueError(f"the certificate {certificate} is {found['Status']}")


@model("AWS::ApiGateway::DomainName")
def domain(name: str, properties: dict[str, Any]) -> Made:
    (certificate,) = (properties[key] for key in ("CertificateArn", "RegionalCertificateArn") if key in properties)
    _issued(certificate)
    wanted = {
        "domainName": properties["DomainName"],
        "regionalCertificateArn": certificate,
        "endpointConfiguration": {"types": properties["EndpointConfiguration"]["Types"]},
    }
    client("apigateway").create_domain_name(**wanted)
    address = f"d-{name[-6:].lower()}.execute-api.{REGION}.amazonaws.com"
    return properties["DomainName"], {"RegionalDomainName": address, "RegionalHostedZoneId": "Z1UJRXOUMOOFQ8"}


@model("AWS::ApiGateway::BasePathMapping")
def mapping(name: str, properties: dict[str, Any]) -> Made:
    wanted = {"domainName": properties["DomainName"], "restApiId": properties["RestApiId"]}
    client("apigateway").create_base_path_mapping(**wanted, stage=properties.get("Stage", ""))
    return name, {}


def _attribute(kind: str, name: str, read: Callable[[Any], Any]) -> None:
    """Teach one of moto's own models an attribute; the empty string: what Ref returns."""
    known = parsing.get_model_map()[kind]
    if not name:
        known.physical_resource_id = property(read)
        return
    has, get = known.has_cfn_attr, getattr(known, "get_cfn_attribute", None)

    def get_too(self: Any, attribute_name: str) -> Any:
        return read(self) if attribute_name == name or get is None else get(self, attribute_name)

    known.has_cfn_attr = lambda attr: attr == name or has(attr)
    known.get_cfn_attribute = get_too


def _corrected(
    kind: str, correct: Callable[[dict[str, Any]], None], suffix: Callable[[Any], str] = lambda _: ""
) -> None:
    """Give one of moto's own models the properties that it expects, where CloudFormation's are others.

    ``suffix``: what the name has to end in, by the properties.
    """
    known = parsing.get_model_map()[kind]
    create = known.create_from_cloudformation_json

    def create_corrected(name: str, body: dict[str, Any], *arguments: Any, **more: Any) -> Any:
        correct(body["Properties"])
        end = suffix(body["Properties"])
        return create(name if name.endswith(end) else name + end, body, *arguments, **more)

    known.create_from_cloudformation_json = create_corrected


def _key(properties: dict[str, Any]) -> None:
    pairs = properties.get("Tags", [])
    properties["Tags"] = [{"TagKey": pair["Key"], "TagValue": pair["Value"]} for pair in pairs]
    properties["KeyPolicy"] = _text(properties.get("KeyPolicy", {}))


def _parameter(properties: dict[str, Any]) -> None:
    properties["Tags"] = [{"Key": key, "Value": value} for key, value in properties.get("Tags", {}).items()]


def _document(properties: dict[str, Any]) -> None:
    properties["Content"] = _text(properties["Content"])


def _queue_suffix(properties: dict[str, Any]) -> str:
    """CloudFormation gives a FIFO queue without a name one with the suffix that it needs."""
    return ".fifo" if str(properties.get("FifoQueue")).lower() == "true" else ""


def _text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document, default=str)


def _get(self: parsing.ResourceMap, key: str, default: Any = None) -> Any:
    """What is there; moto's own takes an error in making it for a resource that the template has not."""
    return self[key] if key in self._resource_json_map else default


parsing.ResourceMap.get = _get
_corrected("AWS::KMS::Key", _key)
_corrected("AWS::SQS::Queue", lambda _: None, _queue_suffix)
_corrected("AWS::SSM::Document", _document)
_corrected("AWS::SSM::Parameter", _parameter)
_attribute("AWS::RDS::DBParameterGroup", "", lambda group: group.name)
_attribute("AWS::Logs::LogGroup", "Arn", lambda group: f"{group.arn}:*")
_attribute("AWS::ApiGateway::Deployment", "", lambda deployment: deployment.id)
for _kind in ("AWS::ApiGateway::Method", "AWS::Lambda::Permission"):
    _attribute(_kind, "", lambda found: f"{type(found).__name__}-{id(found):x}")
_attribute("AWS::EC2::VPC", "CidrBlock", lambda vpc: vpc.cidr_block)


@model("AWS::ApiGatewayV2::Api")
def http_api(name: str, properties: dict[str, Any]) -> Made:
    wanted = {
        "Name": properties["Name"],
        "ProtocolType": properties["ProtocolType"],
        "Tags": properties.get("Tags", {}),
    }
    found = client("apigatewayv2").create_api(**wanted)
    return found["ApiId"], {"ApiEndpoint": found["ApiEndpoint"], "ApiId": found["ApiId"]}


@model("AWS::ApiGatewayV2::DomainName")
def http_domain(name: str, properties: dict[str, Any]) -> Made:
    configurations = properties["DomainNameConfigurations"]
    _issued(*(configuration["CertificateArn"] for configuration in configurations))
    wanted = {"DomainName": properties["DomainName"], "DomainNameConfigurations": configurations}
    client("apigatewayv2").create_domain_name(**wanted)
    return properties["DomainName"], {}


@model("AWS::ApiGatewayV2::ApiMapping")
def http_mapping(name: str, properties: dict[str, Any]) -> Made:
    wanted = {key: properties[key] for key in ("ApiId", "DomainName", "Stage")}
    found = client("apigatewayv2").create_api_mapping(**wanted)
    return found["ApiMappingId"], {"ApiMappingId": found["ApiMappingId"]}


@model("AWS::EC2::SubnetRouteTableAssociation")
def association(name: str, properties: dict[str, Any]) -> Made:
    """moto has the type, but EC2 knows nothing of what it makes."""
    wanted = {"RouteTableId": properties["RouteTableId"], "SubnetId": properties["SubnetId"]}
    found = client("ec2").associate_route_table(**wanted)["AssociationId"]
    return found, {"Id": found}


def makes(kind: str) -> bool:
    """Whether a stack can have a resource of this type here."""
    return kind in TAUGHT or kind in parsing.get_model_map()


def prepared(template: Any, evaluator: Evaluator) -> Any:
    """The template without the functions that moto lacks."""
    if isinstance(template, list):
        return [prepared(item, evaluator) for item in template]
    if not isinstance(template, dict):
        return template
    if "Fn::Cidr" in template or template == {"Fn::GetAZs": {"Ref": "AWS::Region"}}:
        return evaluator.value(template)
    return {key: prepared(item, evaluator) for key, item in template.items()}
