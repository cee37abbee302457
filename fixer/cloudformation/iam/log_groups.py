"""Log groups that a principal writes into: by what the services call them, or by what they are told."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, Variable, expression
from fixer.cloudformation.iam.principals import Principal
from fixer.cloudformation.intrinsics import value_at, walk
from fixer.cloudformation.template import Template

WRITING = frozenset({"createloggroup", "createlogstream", "putlogevents", "describelogstreams"})
"""Actions of those who write logs."""

_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Serverless::Function")
_PROJECT = "AWS::CodeBuild::Project"
_KEYS = ("LogGroupName", "awslogs-group", "LogGroup", "GroupName")
_KEPT = 24
"""So many characters of a logical id are at least in a generated name of 64, whatever the stack is called: the name
``mylongerapp-playground-ne-InstancesLifecycleHandle-1GRP3N0TVA1LD`` is cut in both (https://github.com/convox/rack/issues/2297).
So a name is not sure to begin with the stack's name.
"""
_WRITERS = frozenset({"ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com"}) | {
    "cloudtrail.amazonaws.com",
    "firehose.amazonaws.com",
    "delivery.logs.amazonaws.com",
}
"""Services that write into log groups which somebody else has named."""


class LogGroups(Struct, frozen=True):
    names: tuple[Expression, ...]
    """Names of groups, or patterns of names."""
    ids: tuple[str, ...]
    """Log groups of the template."""
    reason: str = ""
    """Why they are not known; empty if they are."""


def written(template: Template, who: Principal) -> LogGroups:
    """The log groups that a principal writes into, as far as the template says."""
    groups = {resource.id: resource for resource in template.resources_of("AWS::Logs::LogGroup")}
    names: list[Expression] = []
    ids = [name for name in groups if name in who.uses]
    if "edgelambda.amazonaws.com" in who.services:
        return LogGroups((), (), "Lambda@Edge writes into log groups of other Regions")
    for consumer in who.consumers:
        found = list(_of(template, consumer))
        if not found and not _told(template, consumer, groups):
            if consumer.type not in _WRITE_ANYWHERE:
                reason = f"{consumer.type} {consumer.id} writes into log groups whose names are not in the template"
                return LogGroups((), (), reason)
            ids += groups
        names += found
    if not who.consumers:
        strangers = sorted(service for service in who.services if service not in _WRITERS)
        if strangers:
            return LogGroups((), (), f"it is not known here into which log groups {strangers[0]} writes")
        ids += groups
    own = {name: _own_group(groups, name) for name in names}
    ids += [found for found in own.values() if found]
    rest = tuple(dict.fromkeys(name for name in names if not own[name]))
    return LogGroups(rest, tuple(name for name in groups if name in ids))


_WRITE_ANYWHERE = frozenset(
    {
        "AWS::EC2::Instance",
        "AWS::EC2::LaunchTemplate",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::AutoScaling::LaunchConfiguration",
        "AWS::ECS::TaskDefinition",
    }
)
"""Consumers that run anything."""


def _of(template: Template, consumer: Resource) -> Iterator[Expression]:
    """The groups that a consumer has by its nature, or is told in words."""
    if consumer.type in _FUNCTIONS:
        shared = value_at(template.data, ("Globals", "Function", "LoggingConfig"))
        told = consumer.properties.get(
            "LoggingConfig", shared if consumer.type == "AWS::Serverless::Function" else None
        )
        if value_at(told, ("LogGroup",)) is None:
            yield from _default("/aws/lambda/", consumer, "FunctionName", _generated(consumer.id))
            return
        values = [value_at(told, ("LogGroup",))]
    else:
        # A generated name of a project has no stack in it.
        if consumer.type == _PROJECT and consumer.get("LogsConfig", "CloudWatchLogs", "GroupName") is None:
            yield from _default("/aws/codebuild/", consumer, "Name", (f"{consumer.id[:_KEPT]}*",))
        values = [value for path, value in walk(consumer.properties) if path and path[-1] in _KEYS]
    for text in map(expression, values):
        if text and not any(isinstance(part, Variable) and part.name in template.resources for part in text):
            yield text


def _default(head: str, consumer: Resource, name_property: str, generated: Expression) -> Iterator[Expression]:
    """The group that is called like its consumer; none if that name cannot be told."""
    if name_property not in consumer.properties:
        yield _join(head, generated)
    elif name := expression(consumer.properties[name_property]):
        yield _join(head, name)


def _generated(logical_id: str) -> Expression:
    """What a name has to look like that CloudFormation generates."""
    return (f"*-{logical_id}-*",) if len(logical_id) <= _KEPT else (f"*-{logical_id[:_KEPT]}*",)


def _join(head: str, name: Expression) -> Expression:
    first = name[0]
    return (head + first, *name[1:]) if isinstance(first, str) else (head, *name)


def _told(template: Template, consumer: Resource, groups: dict[str, Resource]) -> bool:
    """Whether a consumer refers to a log group of the template."""
    return any(reference.target in groups for reference in template.references_of(consumer.path))


def _own_group(groups: dict[str, Resource], name: Expression) -> str | None:
    """The log group of the template that has this name."""
    return next((group.id for group in groups.values() if expression(group.get("LogGroupName")) == name), None)
