"""A rule of a security group names ports that EC2 ignores.

## Why
With a protocol other than TCP, UDP and ICMP, `-1` for all of them among these, traffic is allowed on all ports, whatever
the range says: the rule is wider than it reads (cfn-lint W3687; EC2 API reference, `IpPermission`).

## Repair
`FromPort` and `ToPort` go. What may have been meant, `tcp` and these ports, would close what is open now: nobody but the
author can tell. Comments stay.

Rules in security groups, in branches of `Fn::If` too, and rules that are resources of their own. A protocol that is only
known when a stack is made is left alone; a name that EC2 does not know is a finding without a fix.

## Safety
Unsafe, although a new stack gets the same rules. To an update the rule is a new one: CloudFormation asks for it, passes
over the answer that EC2 has it already, and then takes the old one away, which is the same
(https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1534 and 612, of duplicate rules). A rule
of its own is replaced, and its creation may fail as a duplicate.

## Impact
No interruption in a security group, replacement of a rule that is a resource of its own (provider schemas).
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.fragments import worker
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Options, Path, Remove, Safety, Value, transform

INVALID = (
    Case(
        "all protocols",
        unsafe=True,
        before="""\
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupEgress:
        - IpProtocol: -1
          FromPort: 0 # the first
          ToPort: 65535
          CidrIp: 0.0.0.0/0
      SecurityGroupIngress:
        - {IpProtocol: '50', FromPort: -1, ToPort: -1, CidrIp: 10.0.0.0/8}
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
""",
        after="""\
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupEgress:
        - IpProtocol: -1
          # the first
          CidrIp: 0.0.0.0/0
      SecurityGroupIngress:
        - {IpProtocol: '50', CidrIp: 10.0.0.0/8}
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
""",
    ),
    Case(
        "JSON, a rule of its own",
        unsafe=True,
        before="""\
{
  "Resources": {
    "Rule": {
      "Type": "AWS::EC2::SecurityGroupIngress",
      "Properties": {
        "GroupId": "sg-0123456789abcdef0",
        "CidrIp": "10.0.0.0/8",
        "IpProtocol": "-1",
        "FromPort": 0,
        "ToPort": 65535
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Rule": {
      "Type": "AWS::EC2::SecurityGroupIngress",
      "Properties": {
        "GroupId": "sg-0123456789abcdef0",
        "CidrIp": "10.0.0.0/8",
        "IpProtocol": "-1"
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "not unless asked for",
        before="""\
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupIngress:
        - {IpProtocol: -1, FromPort: 0, ToPort: 65535, CidrIp: 10.0.0.0/8}
""",
        says="an update may take the rule away",
    ),
    Case(
        "with ports that count, without ports, not known",
        before="""\
Parameters:
  Protocol: {Type: String}
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupIngress:
        - {IpProtocol: 6, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
        - {IpProtocol: ICMPv6, FromPort: -1, ToPort: -1, CidrIpv6: '::/0'}
        - {IpProtocol: -1, CidrIp: 10.0.0.0/8}
        - {IpProtocol: !Ref Protocol, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
""",
        unsafe=True,
    ),
)

_GROUP = "AWS::EC2::SecurityGroup"
_RULES = ("AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress")
_PORTS = ("FromPort", "ToPort")
_WITH_PORTS = frozenset({"1", "icmp", "6", "tcp", "17", "udp", "58", "icmpv6"})


@transform(lint_rules=("W3687",), valid=VALID, invalid=INVALID)
def ignored_ports(template: Template, options: Options) -> Iterator[Finding]:
    for resource in template.written(_GROUP, *_RULES):
        if resource.type != _GROUP:
            yield from _in_rule(template, resource.property_path(), resource.properties)
            continue
        for key in ("SecurityGroupIngress", "SecurityGroupEgress"):
            for path, rule in _rules(resource.get(key), resource.property_path(key)):
                yield from _in_rule(template, path, rule)


def _rules(value: Value, path: Path) -> Iterator[tuple[Path, dict[str, Value]]]:
    """The rules of a list, in branches of ``Fn::If`` too."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _rules(item, (*path, index))
    elif intrinsic(value) == "Fn::If" and isinstance(value["Fn::If"], list):
        for index in range(1, len(value["Fn::If"])):
            yield from _rules(value["Fn::If"][index], (*path, "Fn::If", index))
    elif isinstance(value, dict) and intrinsic(value) is None:
        yield path, value


def _in_rule(template: Template, path: Path, rule: dict[str, Value]) -> Iterator[Finding]:
    protocol = rule.get("IpProtocol")
    ports = [port for port in _PORTS if port in rule]
    if (
        not ports
        or not isinstance(protocol, str | int)
        or isinstance(protocol, bool)
        or worker(template, path) == "a macro"
    ):
        return
    name = str(protocol)
    if name.lower() in _WITH_PORTS:
        return
    message = f"The rule's protocol is {name}, with which EC2 ignores {' and '.join(ports)}"
    if name != "-1" and not (name.isdecimal() and int(name) < 256):
        yield Finding(message, path, reason=f"{name} is no protocol that EC2 knows by name; it has to have its number")
        return
    operations = tuple(Remove((*path, port)) for port in ports)
    impact = max(impact_at(template, operation.path) for operation in operations)
    fix = Fix(f"Remove {' and '.join(ports)}", operations, Safety.UNSAFE, impact)
    yield Finding(
        message, path, fix, "an update may take the rule away, as the old and the new one are the same to EC2"
    )
