"""A load balancer, a group of servers, a service, a function or a subnet group has one subnet.

## Why
A subnet is in one Availability Zone. When the zone fails, so does all that lives there alone; an Application Load
Balancer in one zone is refused, and so is a subnet group of a database.

## Repair
Another subnet of the template is added: one of the same VPC, in another zone and of the same kind, which is public or
private by its routes and its `MapPublicIpOnLaunch`, has a way out or not, and holds databases or not, unless it is for
a subnet group, which may be the first to hold them there; of several, the one with the name that is most alike. Where
there is none, or where the one subnet comes from elsewhere, it is reported only, and so is one of `SubnetMappings`,
which may name an address.

## Safety
Unsafe: instances and volumes are where they were not before, and traffic between zones costs money.

## Impact
As the provider schemas say: no interruption for a load balancer of today, a service, a function and a subnet group;
replacement of a node group of EKS; replacement, if only under circumstances that the schemas do not name, of an Auto
Scaling group and a Classic Load Balancer (`conditionalCreateOnlyProperties`).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import intrinsic, ref, ref_target
from fixer.cloudformation.network.subnets import Kind, Subnet, may_be_list, subnets
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Append, Case, Finding, Fix, Impact, Options, Safety, transform

_NETWORK = """\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Public1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: true, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [1, !GetAZs '']}
  Public2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: true, AvailabilityZone: !Select [1, !GetAZs '']}
"""

INVALID = (
    Case(
        "load balancer",
        before=f"""\
{_NETWORK}  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets:
        - !Ref Public1
      Type: application
""",
        after=f"""\
{_NETWORK}  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets:
        - !Ref Public1
        - !Ref Public2
      Type: application
""",
        unsafe=True,
    ),
    Case(
        "JSON, Auto Scaling group",
        before="""\
{"Resources": {
  "A": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1a"}},
  "B": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1b"}},
  "Servers": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {
    "VPCZoneIdentifier": [{"Ref": "A"}]
  }}
}}
""",
        after="""\
{"Resources": {
  "A": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1a"}},
  "B": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1b"}},
  "Servers": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {
    "VPCZoneIdentifier": [{"Ref": "A"}, {"Ref": "B"}]
  }}
}}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "no other subnet of the kind",
        before=f"""\
{_NETWORK}  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {{VPCZoneIdentifier: [!Ref Private2]}}
""",
        unsafe=True,
        says="the template has no other private subnet of its VPC in another zone",
    ),
)

_PROPERTIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "AWS::AutoScaling::AutoScalingGroup": ("Auto Scaling group", ("VPCZoneIdentifier",)),
    "AWS::ECS::Service": ("Service", ("NetworkConfiguration", "AwsvpcConfiguration", "Subnets")),
    "AWS::EKS::Nodegroup": ("Node group", ("Subnets",)),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("Load balancer", ("Subnets",)),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": ("Load balancer", ("Subnets",)),
    "AWS::Lambda::Function": ("Function", ("VpcConfig", "SubnetIds")),
    "AWS::Serverless::Function": ("Function", ("VpcConfig", "SubnetIds")),
    **dict.fromkeys(
        (
            "AWS::DAX::SubnetGroup",
            "AWS::DocDB::DBSubnetGroup",
            "AWS::ElastiCache::SubnetGroup",
            "AWS::MemoryDB::SubnetGroup",
            "AWS::Neptune::DBSubnetGroup",
            "AWS::RDS::DBSubnetGroup",
            "AWS::Redshift::ClusterSubnetGroup",
        ),
        ("Subnet group", ("SubnetIds",)),
    ),
}
"""What lives in subnets: what it is called, and the property that lists them."""


@transform(valid=VALID, invalid=INVALID)
def single_subnet(template: Template, options: Options) -> Iterator[Finding]:
    known = {subnet.id: subnet for subnet in subnets(template)}
    for resource in template.resources_of(*_PROPERTIES):
        what, names = _PROPERTIES[resource.type]
        message = f"{what} {resource.id} lives in one subnet"
        mappings = resource.get("SubnetMappings")
        if isinstance(mappings, list) and len(mappings) == 1 and intrinsic(mappings[0]) is None:
            path = resource.property_path("SubnetMappings")
            yield Finding(message, path, reason="a mapping of a subnet may name an address, which a second one has not")
        found = resource.get(*names)
        if not (isinstance(found, list) and len(found) == 1) or may_be_list(template, found[0]):
            continue
        path = resource.property_path(*names)
        one = known.get(ref_target(found[0]) or "")
        if one is None:
            yield Finding(message, path, reason="the template does not make the subnet, and knows no other of its VPC")
            continue
        others = [other for other in known.values() if _is_fit(template, resource, one, other)]
        if not others:
            kind = "" if one.kind is Kind.UNKNOWN else f" {one.kind.value}"
            yield Finding(message, path, reason=f"the template has no other{kind} subnet of its VPC in another zone")
            continue
        # Subnets of one purpose are called alike.
        other = max(others, key=lambda each: SequenceMatcher(None, one.id, each.id).ratio())
        schema_ = schema(resource.type)
        impact = schema_.impact(names) if schema_ else Impact.REPLACEMENT
        fix = Fix(f"Add the subnet {other.id}", (Append(path, ref(other.id)),), Safety.UNSAFE, impact)
        yield Finding(message, path, fix, f"what lives there comes to live in {other.id} as well")


def _is_fit(template: Template, resource: Resource, one: Subnet, other: Subnet) -> bool:
    return (
        one.kind is other.kind is not Kind.UNKNOWN
        and one.resource.get("VpcId") == other.resource.get("VpcId") is not None
        and one.zone.is_other_than(other.zone)
        and bool(one.way) is bool(other.way)
        and (one.holds_data is other.holds_data or resource.type.endswith("SubnetGroup"))
        and template.implies(resource.condition, other.resource.condition)
        and not template.reaches(other.id, resource.id)
    )
