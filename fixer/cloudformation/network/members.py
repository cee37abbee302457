"""What runs outside of any network, and the operations that put it into one: functions and services of ECS.

Sources: Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC" (the role needs
AWSLambdaVPCAccessExecutionRole) and "Lambda Managed Instances" (the capacity provider has the network); CloudFront
Developer Guide, "Restrictions on Lambda@Edge"; Amazon ECS Developer Guide, "Task networking" (awsvpc, the only mode
on Fargate, needs a network configuration; a task that cannot reach the registry does not start).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixer.cloudformation.entries import UNKNOWN_PROPERTIES, Resource
from fixer.cloudformation.functions.callers import custom_resources, is_at_edge
from fixer.cloudformation.functions.execution_roles import allows, attach, execution_role, services
from fixer.cloudformation.functions.functions import LAMBDA, SAM
from fixer.cloudformation.intrinsics import ref, ref_target, value_at, walk
from fixer.cloudformation.network.new_network import Network
from fixer.cloudformation.template import Template
from fixer.model import Append, Insert, Operation, Set, Value

SERVICE = "AWS::ECS::Service"
MEMBERS = (LAMBDA, SAM, SERVICE)
_ACCESS = "service-role/AWSLambdaVPCAccessExecutionRole"
_ACTION = "ec2:CreateNetworkInterface"
_NEW = {"s3", "dynamodb"}
_WITHOUT_NETWORK = {"logs", "xray", "ec2", "iam", "sts", "aws"}
"""Lambda itself writes logs and traces and makes the interfaces; ``aws`` is the beginning of a condition's key."""


def outside(template: Template) -> Iterator[Resource]:
    """The functions and services that are in no network, in document order."""
    for resource in template.resources_of(*MEMBERS):
        is_inside = _service_is_inside if resource.type == SERVICE else _function_is_inside
        if not is_inside(template, resource):
            yield resource


def _function_is_inside(template: Template, function: Resource) -> bool:
    shared = value_at(template.data, ("Globals", "Function", "VpcConfig")) if function.type == SAM else None
    if "CapacityProviderConfig" in function.properties:
        return True
    return any(not _is_empty(config) for config in (function.get("VpcConfig"), shared))


def _is_empty(config: Value) -> bool:
    """Whether a ``VpcConfig`` says that there is no VPC."""
    return config is None or (isinstance(config, dict) and all(value == [] for value in config.values()))


def _service_is_inside(template: Template, service: Resource) -> bool:
    """Whether it is in a network already, or is not of the kind that takes one."""
    if "NetworkConfiguration" in service.properties:
        return True
    strategy = service.get("CapacityProviderStrategy")
    items = strategy if isinstance(strategy, list) else []
    providers = [item.get("CapacityProvider") for item in items if isinstance(item, dict)]
    task = template.resources.get(ref_target(service.get("TaskDefinition")) or "")
    on_fargate = service.get("LaunchType") == "FARGATE" or any(str(name).startswith("FARGATE") for name in providers)
    return not (on_fargate or (task is not None and task.get("NetworkMode") == "awsvpc"))


def obstacle(template: Template, member: Resource, network: Network) -> str:
    """Why a function or service cannot be put into the network, or ""."""
    if not member.has_known_properties:
        return UNKNOWN_PROPERTIES
    needed = () if network.is_new else (network.vpc, *network.subnets, network.security_group, *network.way)
    circle = next((name for name in needed if name in template.resources and template.reaches(name, member.id)), None)
    if circle is not None:
        return f"{circle} depends on {member.id}, which cannot depend on it in turn"
    if member.type == SERVICE:
        if "LoadBalancers" in member.properties:
            return "it is behind a load balancer, and which ports to let in is not known here"
        return (
            "" if network.way else "without a way out, its tasks could not fetch their images (network.nat gives one)"
        )
    if is_at_edge(template, member):
        return "a function at the edges of a distribution cannot be in a VPC"
    customs = custom_resources(template, member)
    if customs and not network.way:
        return f"without a way out, a call for the custom resource {customs[0]} may hang (network.nat gives one)"
    role = execution_role(template, member).resource
    granted = () if role is None or allows(template, role, (_ACTION,)) else attach(role, _ACCESS)
    return granted if isinstance(granted, str) else ""


def join(template: Template, member: Resource, network: Network) -> list[Operation]:
    """The operations that put a function or service into the network; there must be no obstacle."""
    operations = list(network.operations)
    waits = list(network.way)
    if member.type == SERVICE:
        groups = [network.group_id]
        config = {"AssignPublicIp": "DISABLED", "Subnets": network.subnet_ids, "SecurityGroups": groups}
        path = member.property_path("NetworkConfiguration")
        operations.append(Insert(path, {"AwsvpcConfiguration": config}))
    else:
        config = {"SubnetIds": network.subnet_ids, "SecurityGroupIds": [network.group_id]}
        path = member.property_path("VpcConfig")
        operations.append(Set(path, config) if "VpcConfig" in member.properties else Insert(path, config))
        role = execution_role(template, member).resource
        granted = () if role is None or allows(template, role, (_ACTION,)) else attach(role, _ACCESS)
        operations += [] if isinstance(granted, str) else granted
        waits = waits if custom_resources(template, member) else []
    return operations + list(_wait(member, waits))


def _wait(member: Resource, names: list[str]) -> Iterator[Operation]:
    """Make the resource wait for others: what it does as soon as it exists needs them."""
    found = member.body.get("DependsOn")
    new = [name for name in names if name not in member.depends_on]
    path = (*member.path, "DependsOn")
    if new and found is None:
        yield Insert(path, new)
    elif new and isinstance(found, list):
        yield from (Append(path, name) for name in new)
    elif new:
        yield Set(path, [found, *new])


def losses(template: Template, member: Resource, network: Network) -> str:
    """Why it is unsafe to put a function or service into the network."""
    lost = "it reaches the internet through the network's NAT gateways only, and by HTTPS alone"
    if not network.way:
        lost = "it no longer reaches the internet, nor other services than those that have an endpoint in the network"
        if network.is_new:
            lost += ": S3 and DynamoDB (network.nat gives a way out)"
    if member.type == SERVICE:
        return lost
    unreached = [] if network.way else _unreached(template, member, network)
    if unreached:
        lost += f"; its policies speak of {' and '.join(unreached)}"
    role = execution_role(template, member)
    if role.resource is None and not role.by_sam:
        lost += f"; and its role, which the template does not make, needs {_ACCESS.rpartition('/')[2]}"
    return lost


def _unreached(template: Template, function: Resource, network: Network) -> list[str]:
    """The services that the function may call, and that have no endpoint in the network."""
    endpoints = [e for e in template.resources_of("AWS::EC2::VPCEndpoint") if e.get("VpcId") == ref(network.vpc)]
    names = [text for endpoint in endpoints for _, text in walk(endpoint.get("ServiceName")) if isinstance(text, str)]
    ways = {part for text in names for part in re.split(r"[.-]", text)} | (_NEW if network.is_new else set())
    return sorted(services(template, function) - ways - _WITHOUT_NETWORK)
