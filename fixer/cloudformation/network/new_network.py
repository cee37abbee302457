"""A network for a template that has none, as operations.

Two private subnets in two zones, with the first two of four blocks of 256 addresses: the other two are for public
subnets. Without a way out they reach S3 and DynamoDB alone, through gateway endpoints,
which cost nothing; with one, each zone has a NAT gateway of its own.

Sources: Amazon VPC User Guide, "VPC with private subnets and NAT gateways", "Gateway endpoints", "VPC CIDR blocks"
(/16 to /28); CloudFormation User Guide, "Fn::Cidr", "AWS::EC2::EIP" and "DependsOn attribute" (a public address and a
route to the internet gateway wait for its attachment). Gateway endpoints have the prefix ``com.amazonaws`` in China
too (aws-cdk, ``GatewayVpcEndpointAwsService``); most interface endpoints have ``cn.com.amazonaws`` there (aws-cdk
issue 9864 and pull request 25333, with what DescribeVpcEndpointServices returns).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from fixer.cloudformation.intrinsics import get_att, ref, sub
from fixer.cloudformation.parameters import addition
from fixer.cloudformation.template import Template
from fixer.model import Insert, Operation, Value

ZONES = 2
_CIDR = "10.0.0.0/16"
_PATTERN = "([0-9]{1,3}[.]){3}[0-9]{1,3}/(1[6-9]|2[0-2])"
"""Down to /22, which four subnets of 256 addresses fill."""
_HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}


class Network(Struct, frozen=True):
    """A network to put things into: the template's own, or one that the operations make."""

    vpc: str
    subnets: tuple[str, ...]
    security_group: str
    """Lets out HTTPS, and nothing in."""
    operations: tuple[Operation, ...]
    way: tuple[str, ...] = ()
    """Logical ids of what makes its way out, for those who must wait for it; empty if it has none."""
    resources: int = 0
    """How many resources the operations add."""
    is_new: bool = False

    @property
    def group_id(self) -> Value:
        return get_att(self.security_group, "GroupId")

    @property
    def subnet_ids(self) -> list[Value]:
        return [ref(subnet) for subnet in self.subnets]


def new_network(template: Template, *, nat: bool) -> Network:
    """The network for a template that has none. ``nat``: whether it gets a way out."""
    work = _Work(template)
    vpc = work.vpc()
    group = work.add("PrivateSecurityGroup", *security_group(vpc))
    private = [work.subnet(f"PrivateSubnet{n + 1}", vpc, n) for n in range(ZONES)]
    tables, way = work.with_nat(vpc, private) if nat else ([work.table("PrivateRouteTable", vpc, private)[0]], [])
    for name, service in (("S3Endpoint", "s3"), ("DynamoDbEndpoint", "dynamodb")):
        properties = {"VpcId": ref(vpc), "ServiceName": sub(f"com.amazonaws.${{AWS::Region}}.{service}")}
        work.add(name, "AWS::EC2::VPCEndpoint", {**properties, "RouteTableIds": [ref(table) for table in tables]})
    return Network(vpc, tuple(private), group, tuple(work.operations), tuple(way), len(work.taken), is_new=True)


def security_group(vpc: str) -> tuple[str, dict[str, Value]]:
    """Type and properties of a group that lets out HTTPS, and nothing in.

    DNS passes every group (Amazon VPC User Guide, "Security groups").
    """
    rule = {**_HTTPS, "CidrIp": "0.0.0.0/0", "Description": "HTTPS"}
    description = "HTTPS to the outside, nothing from it"
    return "AWS::EC2::SecurityGroup", {
        "GroupDescription": description,
        "VpcId": ref(vpc),
        "SecurityGroupEgress": [rule],
    }


def admitting_group(vpc: str) -> tuple[str, dict[str, Value]]:
    """Type and properties of a group that lets in HTTPS from all of the network."""
    rule = {**_HTTPS, "CidrIp": get_att(vpc, "CidrBlock"), "Description": "HTTPS from the network"}
    description = "HTTPS from the network"
    return "AWS::EC2::SecurityGroup", {
        "GroupDescription": description,
        "VpcId": ref(vpc),
        "SecurityGroupIngress": [rule],
    }


class _Work(Struct):
    """The operations so far. ``taken``: the logical ids of the new resources."""

    template: Template
    operations: list[Operation] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def add(self, wanted: str, kind: str, properties: dict[str, Value], depends_on: str | None = None) -> str:
        name = self.template.fresh_id(wanted, "Resources", self.taken)
        body: dict[str, Value] = {"Type": kind}
        if depends_on is not None:
            body["DependsOn"] = depends_on
        if properties:
            body["Properties"] = properties
        self.operations.append(Insert(("Resources", name), body))
        self.taken.append(name)
        return name

    def vpc(self) -> str:
        cidr: Value = _CIDR
        if self.template.room_for("Parameters") and "Fn::Transform" not in self.template.section("Parameters"):
            name = self.template.fresh_id("VpcCidr", "Parameters")
            self.operations += addition(self.template, name, dict(_parameter()))
            cidr = ref(name)
        properties = {"CidrBlock": cidr, "EnableDnsSupport": True, "EnableDnsHostnames": True}
        return self.add("Vpc", "AWS::EC2::VPC", properties)

    def subnet(self, wanted: str, vpc: str, number: int) -> str:
        blocks = {"Fn::Cidr": [get_att(vpc, "CidrBlock"), 2 * ZONES, 8]}
        properties = {
            "VpcId": ref(vpc),
            "CidrBlock": {"Fn::Select": [number, blocks]},
            "AvailabilityZone": {"Fn::Select": [number % ZONES, {"Fn::GetAZs": ""}]},
        }
        return self.add(wanted, "AWS::EC2::Subnet", properties)

    def table(self, wanted: str, vpc: str, members: list[str]) -> list[str]:
        """A route table, and its associations with the subnets."""
        names = [self.add(wanted, "AWS::EC2::RouteTable", {"VpcId": ref(vpc)})]
        for member in members:
            properties = {"SubnetId": ref(member), "RouteTableId": ref(names[0])}
            names.append(self.add(f"{member}Association", "AWS::EC2::SubnetRouteTableAssociation", properties))
        return names

    def with_nat(self, vpc: str, private: list[str]) -> tuple[list[str], list[str]]:
        """The private route tables, and what makes the ways out."""
        gateway = self.add("InternetGateway", "AWS::EC2::InternetGateway", {})
        attached = {"VpcId": ref(vpc), "InternetGatewayId": ref(gateway)}
        attachment = self.add("InternetGatewayAttachment", "AWS::EC2::VPCGatewayAttachment", attached)
        public = [self.subnet(f"PublicSubnet{n + 1}", vpc, ZONES + n) for n in range(ZONES)]
        table, *_ = self.table("PublicRouteTable", vpc, public)
        self.add("PublicRoute", "AWS::EC2::Route", {**_default(table), "GatewayId": ref(gateway)}, attachment)
        tables, way = [], []
        for number, (inside, outside) in enumerate(zip(private, public, strict=True), start=1):
            address = self.add(f"NatAddress{number}", "AWS::EC2::EIP", {"Domain": "vpc"}, attachment)
            nat = {"SubnetId": ref(outside), "AllocationId": get_att(address, "AllocationId")}
            nat_gateway = self.add(f"NatGateway{number}", "AWS::EC2::NatGateway", nat)
            table, *associations = self.table(f"PrivateRouteTable{number}", vpc, [inside])
            route = {**_default(table), "NatGatewayId": ref(nat_gateway)}
            way += [self.add(f"PrivateRoute{number}", "AWS::EC2::Route", route), *associations]
            tables.append(table)
        return tables, way


def _default(table: str) -> dict[str, Value]:
    return {"RouteTableId": ref(table), "DestinationCidrBlock": "0.0.0.0/0"}


def _parameter() -> Iterator[tuple[str, Value]]:
    yield "Type", "String"
    yield "Description", "Addresses of the network"
    yield "Default", _CIDR
    yield "AllowedPattern", _PATTERN
    yield "ConstraintDescription", "A CIDR block of IPv4 from /16 to /22"
