"""Who calls a function: a distribution at its edges, CloudFormation, a service that waits for no answer, or one that
goes on with any answer.

Sources: Lambda Developer Guide, "Invoking Lambda with events from other AWS services" (S3, SNS, EventBridge and its
Scheduler, CloudWatch Logs and IoT call asynchronously); CloudFront Developer Guide, "Restrictions on Lambda@Edge".
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.functions.execution_roles import execution_role
from fixer.cloudformation.intrinsics import value_at, walk
from fixer.cloudformation.references import Reference
from fixer.cloudformation.template import Template

_STAND_INS = ("AWS::Lambda::Alias", "AWS::Lambda::Version")
_CUSTOM = ("AWS::CloudFormation::CustomResource", "Custom::")
_ASYNCHRONOUS = {
    "AWS::S3::Bucket": "S3",
    "AWS::SNS::Topic": "SNS",
    "AWS::SNS::Subscription": "SNS",
    "AWS::Events::Rule": "EventBridge",
    "AWS::Scheduler::Schedule": "EventBridge Scheduler",
    "AWS::Logs::SubscriptionFilter": "CloudWatch Logs",
    "AWS::IoT::TopicRule": "IoT",
}
_STEPS = (
    "AWS::StepFunctions::StateMachine",
    "AWS::Serverless::StateMachine",
    "AWS::Pipes::Pipe",
    "AWS::KinesisFirehose::DeliveryStream",
    "AWS::CodePipeline::Pipeline",
    "AWS::Cognito::UserPool",
    "AWS::Config::ConfigRule",
    "AWS::SecretsManager::RotationSchedule",
)
"""Types that call a function as a step of their own work, which is done for them unless the function fails. None of
them knows the status codes of HTTP."""
_PRINCIPALS = {
    "s3.amazonaws.com": "S3",
    "sns.amazonaws.com": "SNS",
    "events.amazonaws.com": "EventBridge",
    "iot.amazonaws.com": "IoT",
}
_LOGS = ("logs.", "amazonaws.com")
"""The principal of CloudWatch Logs may hold a Region."""
_SAM_EVENTS = {
    "S3": "S3",
    "SNS": "SNS",
    "Schedule": "EventBridge",
    "ScheduleV2": "EventBridge Scheduler",
    "CloudWatchEvent": "EventBridge",
    "EventBridgeRule": "EventBridge",
    "CloudWatchLogs": "CloudWatch Logs",
    "IoTRule": "IoT",
}
_SAM_POLLED = frozenset({"SQS", "SNS", "Kinesis", "DynamoDB", "MSK", "MQ", "SelfManagedKafka", "DocumentDB"})


def mentions(template: Template, function: Resource) -> Iterator[tuple[Resource, Reference]]:
    """The resources that refer to the function, itself or by a version or alias of it, each with its reference; those
    of a loop as the loop writes them.
    """
    names = [function.id]
    for name in names:
        for reference in template.references_to(name):
            owner = template.resource_at(reference.path)
            if owner is None:
                continue
            if owner.type in _STAND_INS and owner.id not in names:
                names.append(owner.id)
            yield owner, reference


def is_at_edge(template: Template, function: Resource) -> bool:
    """Whether a distribution runs the function at its edges, as far as the template says."""
    if any("LambdaFunctionAssociations" in reference.path for _, reference in mentions(template, function)):
        return True
    role = execution_role(template, function).resource
    trusts = [function.get("AssumeRolePolicyDocument"), role.get("AssumeRolePolicyDocument") if role else None]
    return any(text == "edgelambda.amazonaws.com" for trust in trusts for _, text in walk(trust))


def custom_resources(template: Template, function: Resource) -> list[str]:
    """Logical ids of the custom resources that the function is the provider of."""
    found = mentions(template, function)
    customs = (owner.id for owner, ref in found if owner.type.startswith(_CUSTOM) and "ServiceToken" in ref.path)
    return list(dict.fromkeys(customs))


def asynchronous_caller(template: Template, function: Resource) -> str | None:
    """A service that calls the function asynchronously, in words; None if there is none that the template knows of."""
    for owner, reference in mentions(template, function):
        if owner.type in _ASYNCHRONOUS and reference.kind != "DependsOn":
            return _ASYNCHRONOUS[owner.type]
        if owner.type == "AWS::Lambda::Permission" and "FunctionName" in reference.path:
            for _, principal in walk(owner.get("Principal")):
                if isinstance(principal, str) and principal in _PRINCIPALS:
                    return _PRINCIPALS[principal]
                if isinstance(principal, str) and principal.startswith(_LOGS[0]) and _LOGS[1] in principal:
                    return "CloudWatch Logs"
    events = function.get("Events")
    for event in events.values() if isinstance(events, dict) else ():
        kind = event.get("Type") if isinstance(event, dict) else None
        by_queue = kind == "SNS" and "SqsSubscription" in (event.get("Properties") or {})
        if isinstance(kind, str) and kind in _SAM_EVENTS and not by_queue:
            return _SAM_EVENTS[kind]
    return None


def takes_events(template: Template, function: Resource) -> bool:
    """Whether the callers take the work of the function for done unless it fails: its events come from a queue or
    stream that Lambda polls or from a service that waits for no answer, or it is a step of another's work.
    """
    if is_at_edge(template, function):
        return True
    for owner, reference in mentions(template, function):
        if owner.type == "AWS::Lambda::EventSourceMapping" and "FunctionName" in reference.path:
            return True
        if owner.type in _STEPS and reference.kind != "DependsOn":
            return True
    events = function.get("Events")
    kinds = {str(value_at(event, ("Type",))) for event in events.values()} if isinstance(events, dict) else set()
    return not (_SAM_POLLED | {"Cognito"}).isdisjoint(kinds) or bool(asynchronous_caller(template, function))
