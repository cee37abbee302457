"""The network that functions and services of a template belong into: its own, if it has one, else a new one."""

from __future__ import annotations

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.limits import RESOURCES, full
from fixer.cloudformation.network.new_network import Network, new_network, security_group
from fixer.cloudformation.network.subnets import Kind, Subnet, Zone, subnets
from fixer.cloudformation.template import Template
from fixer.model import Insert, Operation

_NETWORK_KEYS = frozenset({"VpcId", "SubnetId", "SubnetIds", "Subnets", "VPCZoneIdentifier"})
_MOST_SUBNETS = 16
"""Of one function (provider schema, ``VpcConfig.SubnetIds``)."""


def find_network(template: Template, *, nat: bool) -> Network | str:
    """The network, or the reason why there is none to be used. ``nat``: whether a new one gets a way out.

    Of a template's own VPC the private subnets are used, one a zone: those with a way out and then those without
    databases, if there are any.
    """
    vpcs = [vpc for vpc in template.resources_of("AWS::EC2::VPC") if vpc.condition is None]
    if vpcs:
        return _own(template, vpcs)
    elsewhere = _elsewhere(template)
    if elsewhere is not None:
        return f"{elsewhere}, and which subnets of it are right is not known here"
    network = new_network(template, nat=nat)
    room = template.room_for("Resources")
    if network.resources > room:
        return f"a network takes {network.resources} resources, and of {RESOURCES} only {room} are left"
    return network


def _own(template: Template, vpcs: list[Resource]) -> Network | str:
    found = [(vpc, chosen) for vpc in vpcs if (chosen := _private(template, vpc))]
    if not found:
        what = f"the VPC {vpcs[0].id} has" if len(vpcs) == 1 else "the template's VPCs have"
        return f"{what} no private subnet that the template is sure of"
    if len(found) > 1:
        return f"the template has several VPCs with private subnets: {', '.join(vpc.id for vpc, _ in found)}"
    ((vpc, chosen),) = found
    kind, properties = security_group(vpc.id)
    group = next((g.id for g in template.resources_of(kind) if _is_same(template, g, properties)), None)
    operations: tuple[Operation, ...] = ()
    if group is None:
        if not template.room_for("Resources"):
            return full("Resources")
        group = template.fresh_id("PrivateSecurityGroup")
        operations = (Insert(("Resources", group), {"Type": kind, "Properties": properties}),)
    way = tuple(dict.fromkeys(name for subnet in chosen for name in subnet.way))
    names = tuple(subnet.id for subnet in chosen)
    return Network(vpc.id, names, group, operations, way, len(operations))


def _private(template: Template, vpc: Resource) -> list[Subnet]:
    """One private subnet of the VPC for each zone."""
    found = [
        s for s in subnets(template) if s.vpc == vpc.id and s.kind is Kind.PRIVATE and s.resource.condition is None
    ]
    found = [subnet for subnet in found if subnet.way] or found
    found = [subnet for subnet in found if not subnet.holds_data] or found
    chosen: list[Subnet] = []
    for subnet in found:
        if subnet.zone == Zone() or all(subnet.zone != other.zone for other in chosen):
            chosen.append(subnet)
    return chosen[:_MOST_SUBNETS]


def _is_same(template: Template, group: Resource, properties: dict[str, object]) -> bool:
    """Whether a security group is the one that a repair made before."""
    own = {key: value for key, value in group.properties.items() if key != "Tags"}
    ingress = template.resources_of("AWS::EC2::SecurityGroupIngress")
    changed = any(reference.owner[1] in {rule.id for rule in ingress} for reference in template.references_to(group.id))
    return own == properties and group.condition is None and not changed


def one_a_zone(template: Template, network: Network) -> list[str]:
    """The network's subnets, but one for each zone, as an interface endpoint takes them."""
    if network.is_new:
        return list(network.subnets)
    chosen: list[Subnet] = []
    for subnet in subnets(template):
        if subnet.id in network.subnets and all(subnet.zone.is_other_than(other.zone) for other in chosen):
            chosen.append(subnet)
    return [subnet.id for subnet in chosen]


def _elsewhere(template: Template) -> str | None:
    """What says that the template lives in a network that it does not make."""
    for parameter in template.parameters.values():
        if any(name in parameter.type for name in ("AWS::EC2::VPC::Id", "AWS::EC2::Subnet::Id")):
            return f"the parameter {parameter.id} gives the template a network"
    for name, body in template.section("Resources").items():
        for path, value in walk(body):
            if value == "AWS::EC2::VPC" and path[-1:] == ("Type",):
                return f"the VPC of {name} is made by a condition, a loop or a macro"
            if "Properties" in path and path[-1] in _NETWORK_KEYS and value:
                return f"{name} is in a network that the template does not make"
    return None
