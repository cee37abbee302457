"""The subnets of a template: whose they are, in which zone, and whether the internet reaches them.

Source: Amazon VPC User Guide, "Subnets for your VPC": public is a subnet whose route table has a route to an internet
gateway; one without a route table of its own uses the main one, which has no such route unless somebody adds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, expression
from fixer.cloudformation.intrinsics import intrinsic, ref_target
from fixer.cloudformation.template import Template
from fixer.model import Value

_EVERYWHERE = ("0.0.0.0/0", "::/0")
_WAYS_OUT = ("NatGatewayId", "TransitGatewayId", "InstanceId", "NetworkInterfaceId", "EgressOnlyInternetGatewayId")


class Kind(Enum):
    PUBLIC = "public"
    PRIVATE = "private"
    UNKNOWN = "neither public nor private for sure"


class Zone(Struct, frozen=True):
    """What a template says of an Availability Zone: a text, or a place in the list of the Region's zones."""

    name: Expression | None = None
    index: str | None = None

    def is_other_than(self, other: Zone) -> bool:
        """Whether they surely differ. Two manners of writing may be one zone; two parameters are taken for two."""
        if self.index is not None and other.index is not None:
            return self.index != other.index
        return self.name is not None and other.name is not None and self.name != other.name


class Subnet(Struct, frozen=True):
    """A subnet with what other resources say of it."""

    resource: Resource
    vpc: str | None
    """Logical id of its VPC; None for one that the template does not make."""
    zone: Zone
    kind: Kind
    way: tuple[str, ...]
    """Logical ids of the unconditional routes and associations by which it reaches what is outside of the network."""

    holds_data: bool
    """Whether it is in a subnet group, as those of databases and caches are."""

    @property
    def id(self) -> str:
        return self.resource.id


def subnets(template: Template) -> tuple[Subnet, ...]:
    """All subnets of the template, in document order."""
    return tuple(_subnet(template, resource) for resource in template.resources_of("AWS::EC2::Subnet"))


def may_be_list(template: Template, item: Value) -> bool:
    """Whether an item of a list of subnets may stand for several."""
    parameter = template.parameters.get(ref_target(item) or "")
    return parameter.is_list if parameter else intrinsic(item) not in ("Ref", "Fn::ImportValue", "Fn::Select", None)


def _subnet(template: Template, resource: Resource) -> Subnet:
    routes = list(_routes(template, resource))
    associations = list(_associations(template, resource))
    exits = [route for route in routes if _is_way_out(route)]
    parts = [*exits, *associations]
    way = tuple(part.id for part in parts) if exits and all(part.condition is None for part in parts) else ()
    zone = _zone(resource.get("AvailabilityZone", default=resource.get("AvailabilityZoneId")))
    owners = (template.resources.get(str(reference.owner[1])) for reference in template.references_to(resource.id))
    holds_data = any(owner is not None and owner.type.endswith("SubnetGroup") for owner in owners)
    return Subnet(resource, ref_target(resource.get("VpcId")), zone, _kind(template, resource, routes), way, holds_data)


def _kind(template: Template, resource: Resource, routes: list[Resource]) -> Kind:
    maps_public = resource.get("MapPublicIpOnLaunch", default=False)
    if str(maps_public).lower() == "true" or any(_leads_to(template, r, "AWS::EC2::InternetGateway") for r in routes):
        return Kind.PUBLIC
    tables = [_table(a) for a in _associations(template, resource)]
    known = {resource.id, *(table for table in tables if table)}
    in_loops = any(reference.opaque for name in known for reference in template.references_to(name))
    foreign_gateway = any(
        "GatewayId" in r.properties and not _leads_to(template, r, "AWS::EC2::VPNGateway") for r in routes
    )
    if str(maps_public).lower() != "false" or None in tables or in_loops or foreign_gateway:
        return Kind.UNKNOWN
    return Kind.PRIVATE


def _associations(template: Template, subnet: Resource) -> Iterator[Resource]:
    for association in template.resources_of("AWS::EC2::SubnetRouteTableAssociation"):
        if ref_target(association.get("SubnetId")) == subnet.id:
            yield association


def _table(association: Resource) -> str | None:
    return ref_target(association.get("RouteTableId"))


def _routes(template: Template, subnet: Resource) -> Iterator[Resource]:
    """The default routes of the subnet's route tables."""
    tables = {_table(association) for association in _associations(template, subnet)} - {None}
    for route in template.resources_of("AWS::EC2::Route"):
        targets = (route.get("DestinationCidrBlock"), route.get("DestinationIpv6CidrBlock"))
        if ref_target(route.get("RouteTableId")) in tables and any(target in _EVERYWHERE for target in targets):
            yield route


def _leads_to(template: Template, route: Resource, type_name: str) -> bool:
    gateway = template.resources.get(ref_target(route.get("GatewayId")) or "")
    return gateway is not None and gateway.type == type_name


def _is_way_out(route: Resource) -> bool:
    return any(name in route.properties for name in _WAYS_OUT) and "DestinationCidrBlock" in route.properties


def _zone(value: Value) -> Zone:
    body = value["Fn::Select"] if intrinsic(value) == "Fn::Select" else None
    if body is None:
        return Zone(name=expression(value))
    zones: Value = body[1] if isinstance(body, list) and len(body) == 2 else None
    of_region = intrinsic(zones) == "Fn::GetAZs" and zones["Fn::GetAZs"] in ("", {"Ref": "AWS::Region"})
    return Zone(index=str(body[0])) if of_region else Zone()
