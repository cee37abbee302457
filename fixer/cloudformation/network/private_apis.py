"""REST APIs that only the network reaches: through an interface endpoint, which alone their policy admits.

Sources: API Gateway Developer Guide, "Private REST APIs in API Gateway" (the endpoint, its private DNS, the policy
with ``aws:SourceVpce``), "Change a public or private API endpoint type" (from edge-optimized and regional to private)
and "Custom domain names for private APIs"; AWS SAM Developer Guide, "EndpointConfiguration" and "ApiAuth"
(IntrinsicVpceWhitelist). Interface endpoints of execute-api have another prefix in China: aws-cdk issue 9981.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.conditional import Switch, switch
from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.intrinsics import equals, get_att, if_, intrinsic, ref, sub, value_at
from fixer.cloudformation.limits import RESOURCES
from fixer.cloudformation.network.find_network import one_a_zone
from fixer.cloudformation.network.new_network import Network, admitting_group
from fixer.cloudformation.template import Template
from fixer.model import Insert, Operation, Set, Value

REST, SAM_API, HTTP_API = "AWS::ApiGateway::RestApi", "AWS::Serverless::Api", "AWS::Serverless::HttpApi"
_DNS = {"EnableDnsSupport": True, "EnableDnsHostnames": False}
"""What private DNS needs of a VPC, with the defaults."""
_ENDPOINT = "AWS::EC2::VPCEndpoint"
_PUBLIC_DOMAIN = ("AWS::ApiGateway::BasePathMapping", "AWS::ApiGatewayV2::ApiMapping", "AWS::CloudFront::Distribution")


def public_apis(template: Template) -> Iterator[Resource]:
    """The REST APIs that are not private, in document order."""
    for api in template.resources_of(REST, SAM_API):
        if "PRIVATE" not in _types(template, api):
            yield api


def _shared(template: Template, api: Resource) -> dict[str, Value]:
    """What the Globals of AWS SAM say of the API."""
    found = value_at(template.data, ("Globals", "Api")) if api.type == SAM_API else None
    return found if isinstance(found, dict) else {}


def _types(template: Template, api: Resource) -> list[Value]:
    name = "EndpointConfiguration"
    found = api.get(name, default=_shared(template, api).get(name))
    kinds = found.get("Type", found.get("Types")) if isinstance(found, dict) else found
    return kinds if isinstance(kinds, list) else [kinds]


def obstacle(template: Template, api: Resource, network: Network) -> str:
    """Why an API cannot be made private, or ""."""
    sam = api.type == SAM_API
    if not api.has_known_properties or intrinsic(api.get("Parameters")) is not None:
        return UNKNOWN_PROPERTIES
    if any(kind is not None and not isinstance(kind, str) for kind in _types(template, api)):
        return "its endpoint type is made by an intrinsic"
    for reference in template.references_to(api.id):
        owner = template.resources.get(str(reference.owner[1])) if reference.owner[0] == "Resources" else None
        if owner is not None and owner.type in _PUBLIC_DOMAIN:
            return f"{owner.id} makes it known to the public"
    shared = _shared(template, api)
    if sam and ("Domain" in api.properties or "Domain" in shared):
        return "its Domain makes it known to the public"
    auths = [api.get("Auth", default={}), shared.get("Auth", {})]
    bodies = [api.get(name, default={}) for name in ("Body", "DefinitionBody")]
    if "Policy" in api.properties or any(not isinstance(auth, dict) or "ResourcePolicy" in auth for auth in auths):
        return "it has a resource policy of its own"
    if any(not isinstance(body, dict) or "x-amazon-apigateway-policy" in body for body in bodies):
        return "its definition has a resource policy, or cannot be read"
    # samtranslator, ``ApiGenerator._add_auth``: Auth works only with inline Swagger.
    if sam and ("DefinitionUri" in api.properties or (bodies[1] and "paths" not in bodies[1])):
        return "AWS SAM writes resource policies into definitions of the template only, and its own is elsewhere"
    if any(name in template.resources and template.reaches(name, api.id) for name in (network.vpc, *network.subnets)):
        return f"{network.vpc} depends on {api.id}, which cannot depend on it in turn"
    vpc = template.resources.get(network.vpc)
    if vpc is not None and any(not isinstance(vpc.get(name, default=""), bool | str) for name in _DNS):
        return f"whether {network.vpc} has DNS host names is known only when a stack is made"
    needed = network.resources + (2 if _endpoint(template, network) is None else 0)
    if template.room_for("Resources") < needed:
        return f"it takes {needed} more resources, and a template may have {RESOURCES}"
    return ""


def close(template: Template, api: Resource, network: Network) -> list[Operation]:
    """The operations that make an API private; there must be no obstacle."""
    operations, endpoint = _with_endpoint(template, network)
    if api.type == SAM_API:
        config: Value = {"Type": "PRIVATE", "VPCEndpointIds": [ref(endpoint)]}
        policy: Value = {"IntrinsicVpceWhitelist": [ref(endpoint)]}
        policy_path = api.property_path("Auth", "ResourcePolicy")
    else:
        config, policy = {"Types": ["PRIVATE"], "VpcEndpointIds": [ref(endpoint)]}, _policy(endpoint)
        policy_path = api.property_path("Policy")
    path = api.property_path("EndpointConfiguration")
    operations.append(Set(path, config) if "EndpointConfiguration" in api.properties else Insert(path, config))
    if "Body" in api.properties or "BodyS3Location" in api.properties:
        operations.append(_parameter(api))
    return [*operations, Insert(policy_path, policy)]


def _parameter(api: Resource) -> Operation:
    """The type once more, for the import of a definition (provider schema, ``EndpointConfiguration``)."""
    path = api.property_path("Parameters", "endpointConfigurationTypes")
    return Set(path, "PRIVATE") if path[-1] in api.get("Parameters", default={}) else Insert(path, "PRIVATE")


def _policy(endpoint: str) -> Value:
    common = {"Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    elsewhere = {"StringNotEquals": {"aws:SourceVpce": ref(endpoint)}}
    statements = [{"Effect": "Deny", **common, "Condition": elsewhere}, {"Effect": "Allow", **common}]
    return {"Version": "2012-10-17", "Statement": statements}


def _endpoint(template: Template, network: Network) -> str | None:
    """An interface endpoint of execute-api that the network has already."""
    for endpoint in template.resources_of(_ENDPOINT):
        if "execute-api" in str(endpoint.get("ServiceName")) and endpoint.get("VpcId") == ref(network.vpc):
            return endpoint.id if endpoint.condition is None else None
    return None


def _with_endpoint(template: Template, network: Network) -> tuple[list[Operation], str]:
    found = _endpoint(template, network)
    if found is not None:
        return [], found
    taken = [str(operation.path[1]) for operation in network.operations if isinstance(operation, Insert)]
    group = template.fresh_id("ApiEndpointSecurityGroup", "Resources", taken)
    endpoint = template.fresh_id("ApiEndpoint", "Resources", taken)
    china = switch(template, equals(ref("AWS::Partition"), "aws-cn"), "IsChina")
    name = "com.amazonaws.${AWS::Region}.execute-api"
    properties = {
        "VpcEndpointType": "Interface",
        "VpcId": ref(network.vpc),
        "ServiceName": if_(china.name, sub(f"cn.{name}"), sub(name)),
        "PrivateDnsEnabled": True,
        "SubnetIds": [ref(subnet) for subnet in one_a_zone(template, network)],
        "SecurityGroupIds": [get_att(group, "GroupId")],
    }
    kind, group_properties = admitting_group(network.vpc)
    new = {
        group: {"Type": kind, "Properties": group_properties},
        endpoint: {"Type": _ENDPOINT, "Properties": properties},
    }
    around = network.operations if network.is_new else ()
    operations = [*around, *_condition(template, china), *_dns(template, network.vpc)]
    return [*operations, *(Insert(("Resources", name), body) for name, body in new.items())], endpoint


def _condition(template: Template, new: Switch) -> Iterator[Operation]:
    if new.name not in template.conditions:
        yield Insert(("Conditions", new.name), new.expression)


def _dns(template: Template, vpc: str) -> Iterator[Operation]:
    """Private DNS of an endpoint needs DNS support, which is the default, and host names, which are not."""
    found = template.resources.get(vpc)
    if found is None:
        return
    for name, default in _DNS.items():
        if str(found.get(name, default=default)).lower() != "true":
            path = found.property_path(name)
            yield Set(path, True) if name in found.properties else Insert(path, True)
