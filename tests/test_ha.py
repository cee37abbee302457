"""What goes for all repairs of the group ha, and what they do to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fixer.api import fix_text
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.engine.loader import load
from fixer.model import Impact, Insert, Options, Safety, Set, Transform
from fixer.settings.model import Settings
from transforms.ha.no_automatic_failover import no_automatic_failover
from transforms.ha.no_dead_letter_queue import no_dead_letter_queue
from transforms.ha.no_point_in_time_recovery import no_point_in_time_recovery
from transforms.ha.no_redrive import no_redrive
from transforms.ha.no_versioning import no_versioning
from transforms.ha.single_instance_cluster import single_instance_cluster
from transforms.ha.single_subnet import single_subnet
from transforms.ha.single_zone_database import single_zone_database
from transforms.network.missing_network import missing_network

HA = (
    single_zone_database,
    single_instance_cluster,
    no_automatic_failover,
    single_subnet,
    no_point_in_time_recovery,
    no_versioning,
    no_dead_letter_queue,
    no_redrive,
)
TEXT = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::SQS::Queue
  Table:
    Type: AWS::DynamoDB::Table
  Inbox:
    Type: AWS::S3::Bucket
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Nightly:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
  Hourly:
    Type: AWS::Serverless::Function
    Properties:
      Role: !GetAtt Role.Arn
      Events: {Tick: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}}
  Midnight:
    Type: AWS::Events::Rule
    Properties:
      Targets: [{Id: nightly, Arn: !GetAtt Nightly.Arn}]
"""


def repaired(text: str, transforms: tuple[Transform, ...], monkeypatch: pytest.MonkeyPatch) -> tuple[str, Any]:
    monkeypatch.setattr("fixer.api.TRANSFORMS", transforms)
    outcome = fix_text(text, Settings(select=("all",), unsafe_fixes=True, validate="none"))
    assert outcome.error is None
    return outcome.after, load(outcome.after, "yaml")


@pytest.mark.parametrize("transforms", [(missing_network, *HA), (*HA, missing_network), (*reversed(HA),)])
def test_in_any_order(transforms: tuple[Transform, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    text, after = repaired(TEXT, transforms, monkeypatch)
    again, _ = repaired(text, transforms, monkeypatch)
    assert again == text
    queues = {name for name, body in after["Resources"].items() if body["Type"] == "AWS::SQS::Queue"}
    assert queues == {"Orders", "OrdersDeadLetterQueue", "NightlyDeadLetterQueue", "HourlyDeadLetterQueue"}
    policies = after["Resources"]["Role"]["Properties"]["Policies"]
    assert {policy["PolicyName"] for policy in policies} == {"NightlyDeadLetterQueue", "HourlyDeadLetterQueue"}
    assert after["Resources"]["Hourly"]["Properties"]["DeadLetterQueue"]["Type"] == "SQS"


def changed(transform: Transform) -> Iterator[tuple[str, Impact, tuple[str, ...]]]:
    """Type, stated impact and name of each property of a resource of a case that its fix touches."""
    for case in transform.invalid:
        data = load(case.before, "json" if case.before.startswith("{") else "yaml")
        template = Template(data)
        for finding in transform.check(template, case.options):
            assert finding.fix is not None
            assert finding.fix.safety is Safety.UNSAFE
            assert finding.reason, "an unsafe fix says why"
            for operation in finding.fix.operations:
                inside = isinstance(operation, Insert | Set) and operation.path[2:3] == ("Properties",)
                if inside and operation.path[1] in template.resources:
                    names = tuple(key for key in operation.path[3:] if isinstance(key, str))
                    yield template.resources[str(operation.path[1])].type, finding.fix.impact, names


@pytest.mark.parametrize("transform", [missing_network, *HA], ids=lambda t: t.name)
def test_impact_is_that_of_the_provider_schema(transform: Transform) -> None:
    for type_name, impact, names in changed(transform):
        known = schema(type_name)
        assert known is not None
        assert impact >= known.impact(names)


@pytest.mark.parametrize("transform", HA, ids=lambda t: t.name)
@pytest.mark.parametrize("broken", [[], "x", 5, None, True, {"Fn::If": ["A", {}, {}]}, [None], [[]]])
def test_broken_shapes(transform: Transform, broken: Any) -> None:
    properties = {
        "AWS::RDS::DBInstance": ["Engine", "MultiAZ", "DBClusterIdentifier"],
        "AWS::RDS::DBCluster": ["Engine", "EngineMode"],
        "AWS::ElastiCache::ReplicationGroup": [
            "NumCacheClusters",
            "NodeGroupConfiguration",
            "AutomaticFailoverEnabled",
        ],
        "AWS::AutoScaling::AutoScalingGroup": ["VPCZoneIdentifier"],
        "AWS::ElasticLoadBalancingV2::LoadBalancer": ["Subnets", "SubnetMappings"],
        "AWS::EC2::Subnet": ["AvailabilityZone", "VpcId", "MapPublicIpOnLaunch"],
        "AWS::DynamoDB::GlobalTable": ["Replicas"],
        "AWS::DynamoDB::Table": ["PointInTimeRecoverySpecification"],
        "AWS::S3::Bucket": ["VersioningConfiguration"],
        "AWS::SQS::Queue": ["RedrivePolicy", "QueueName", "FifoQueue"],
        "AWS::Serverless::Function": ["Events", "Role", "EventInvokeConfig"],
        "AWS::Lambda::Permission": ["FunctionName", "Principal"],
    }
    for type_name, names in properties.items():
        for name in names:
            resources = {
                "A": {"Type": type_name, "Properties": {name: broken}},
                "B": {"Type": type_name, "Properties": broken},
            }
            list(transform.check(Template({"Resources": resources}), Options()))


def test_room_for_resources() -> None:
    queues = {f"Q{number}": {"Type": "AWS::SQS::Queue"} for number in range(498)}
    found = list(no_redrive.check(Template({"Resources": queues}), Options()))
    assert sum(finding.fix is not None for finding in found) == 2
    assert "500" in found[-1].reason
