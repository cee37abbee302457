"""A resource or output refers to a resource that a condition may leave out.

## Why
Where the condition is false, CloudFormation refuses the template: "Unresolved resource dependencies" (cfn-lint W1001,
and E3005 for DependsOn). That is found out by whoever first deploys with that value.

## Repair
What refers to the resource exists only where the resource does:

- a value that may be absent, such as a variable of a function or a statement of a policy, becomes
  `!If [condition, value, !Ref AWS::NoValue]`; in the first branch of a `Fn::If`, both conditions are joined, and the
  second branch takes over;
- a resource that cannot be without the value gets the condition, and so does all that needs it in turn; with a condition
  of its own, it gets a new one, which is `Fn::And` of both. An output likewise;
- a DependsOn, which takes no `Fn::If`, goes where a reference implies it; else a conditional `Ref` in the Metadata keeps
  the order. (Whether CloudFormation passes over a DependsOn on what is left out, its documentation does not say. This is
  right either way.)

Whether a condition follows from others is worked out from all values that the parameters may have, allowed values
included. Told of, and left alone: what a rule of the template may rule out; conditions with too many values to try; a
reference that is used only where its resource is not there, as in swapped branches; and one in a branch of `Fn::If` where
the other branch would go with it.

## Safety
Unsafe: which resources are meant to be there without the other is not known; it may be the condition that is wrong.

Where the condition is true, CloudFormation sees the same template as before. Where it is false, a stack could not be
created, and an update of a live one was refused; from now on, such an update deletes the resources that got the
condition.

## Impact
None: the condition is true in every live stack of the template, and its resources stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixer.cloudformation.conditional import Conditional, Switch, follow
from fixer.cloudformation.dependencies import is_implied, referring, without_dependencies
from fixer.cloudformation.references import Reference
from fixer.cloudformation.scenarios import Scenarios, deciding
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Path, Safety, transform

INVALID = (
    Case(
        "a resource, a value, an output",
        before="""\
Parameters:
  Environment: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsProd
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: email
      Endpoint: ops@acme.org
      TopicArn: !Ref Topic # all of them
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      AlarmActions: [!Ref Topic]
Outputs:
  TopicArn:
    Value: !Ref Topic
""",
        after="""\
Parameters:
  Environment: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsProd
  Subscription:
    Type: AWS::SNS::Subscription
    Condition: IsProd
    Properties:
      Protocol: email
      Endpoint: ops@acme.org
      TopicArn: !Ref Topic # all of them
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      AlarmActions: !If [IsProd, [!Ref Topic], !Ref AWS::NoValue]
Outputs:
  TopicArn:
    Condition: IsProd
    Value: !Ref Topic
""",
        unsafe=True,
    ),
    Case(
        "JSON, both conditions",
        before="""\
{
  "Parameters": {"Environment": {"Type": "String"}, "Alarms": {"Type": "String"}},
  "Conditions": {
    "IsProd": {"Fn::Equals": [{"Ref": "Environment"}, "prod"]},
    "HasAlarms": {"Fn::Equals": [{"Ref": "Alarms"}, "true"]}
  },
  "Resources": {
    "Topic": {"Type": "AWS::SNS::Topic", "Condition": "HasAlarms"},
    "Subscription": {
      "Type": "AWS::SNS::Subscription",
      "Condition": "IsProd",
      "Properties": {"Protocol": "email", "TopicArn": {"Ref": "Topic"}}
    }
  }
}
""",
        after="""\
{
  "Parameters": {"Environment": {"Type": "String"}, "Alarms": {"Type": "String"}},
  "Conditions": {
    "IsProd": {"Fn::Equals": [{"Ref": "Environment"}, "prod"]},
    "HasAlarms": {"Fn::Equals": [{"Ref": "Alarms"}, "true"]},
    "IsProdAndHasAlarms": {"Fn::And": [{"Condition": "IsProd"}, {"Condition": "HasAlarms"}]}
  },
  "Resources": {
    "Topic": {"Type": "AWS::SNS::Topic", "Condition": "HasAlarms"},
    "Subscription": {
      "Type": "AWS::SNS::Subscription",
      "Condition": "IsProdAndHasAlarms",
      "Properties": {"Protocol": "email", "TopicArn": {"Ref": "Topic"}}
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a condition that implies the other",
        before="""\
Parameters:
  Nat: {Type: String, AllowedValues: [none, one, all]}
Conditions:
  HasNat: !Not [!Equals [!Ref Nat, none]]
  HasFirst: !Or [!Equals [!Ref Nat, one], !Equals [!Ref Nat, all]]
Resources:
  Address: {Type: AWS::EC2::EIP, Condition: HasFirst}
  Topic:
    Type: AWS::SNS::Topic
    Condition: HasNat
    Properties: {DisplayName: !Ref Address}
Outputs:
  Address: {Value: !If [HasFirst, !Ref Address, none]}
""",
        unsafe=True,
    ),
)

_UNSAFE = (
    "what should be there where {0} is false is not known, and an update that makes it false deletes what gets the "
    "condition, while so far it was refused"
)


@transform(lint_rules=("W1001", "E3005"), valid=VALID, invalid=INVALID)
def missing_dependency_condition(template: Template, options: Options) -> Iterator[Finding]:
    scenarios = Scenarios(template)
    for resource in template.resources.values():
        condition = resource.condition
        if condition is None or condition not in template.conditions:
            continue
        owners: dict[Path, list[Reference]] = {}
        for reference in template.references_to(resource.id):
            if reference.owner[0] in ("Resources", "Outputs", "Globals") and reference.owner != resource.path:
                owners.setdefault(reference.owner, []).append(reference)
        for owner, references in owners.items():
            yield from _findings(template, owner, references, condition, scenarios)


def _findings(
    template: Template, owner: Path, references: Sequence[Reference], condition: str, scenarios: Scenarios
) -> Iterator[Finding]:
    """The finding about all references of an entry to one resource, if some may be without it."""
    new = Switch(condition, template.conditions[condition])
    answers = {r: scenarios.can_be({*template.conditions_on(r.path), (condition, False)}) for r in references}
    open_ = [reference for reference, answer in answers.items() if answer is not False]
    if not open_:
        return
    target = open_[0].target
    message = f"{_name(template, owner)} refers to {target}, which is left out where {condition} is false"
    names = {condition, *(name for r in open_ for name, _ in template.conditions_on(r.path))}
    ruled = bool(template.section("Rules")) and any(
        reference.path[0] == "Rules" and reference.target in deciding(template, names)
        for reference in template.references
    )
    found: Conditional | str
    if any(answers[reference] is None for reference in open_):
        found = "whether that can happen is not known: there are too many values of parameters to try"
    elif ruled:
        found = "a rule of the template may rule that out"
    else:
        found = _repair(template, owner, open_, new, scenarios)
    if isinstance(found, str):
        yield Finding(message, open_[0].path, reason=found)
        return
    title = _title(found, owner, target, condition)
    fix = Fix(title, found.operations, Safety.UNSAFE, Impact.NONE)
    yield Finding(message, open_[0].path, fix, _UNSAFE.format(condition))


def _repair(
    template: Template, owner: Path, references: Sequence[Reference], new: Switch, scenarios: Scenarios
) -> Conditional | str:
    """What makes the references conditional; a DependsOn that others of them imply goes."""
    resource = template.resources.get(str(owner[1])) if owner[0] == "Resources" else None
    name = references[0].target
    if resource and all(reference.kind == "DependsOn" for reference in references):
        is_redundant = is_implied(template, resource, name, referring(template, resource, name))
        if is_redundant:
            return Conditional(tuple(without_dependencies(resource, [name])), frozenset(), frozenset())
    return follow(template, references, new, scenarios)


def _title(found: Conditional, owner: Path, target: str, condition: str) -> str:
    owners = [operation.path[1] for operation in found.operations if _is_condition(operation)]
    if not owners:
        return f"Refer to {target} in {owner[1]} only where {condition} is true"
    return f"Make {', '.join(map(str, owners))} only where {condition} is true"


def _is_condition(operation: Operation) -> bool:
    return len(operation.path) == 3 and operation.path[2] == "Condition"


def _name(template: Template, owner: Path) -> str:
    if owner[0] == "Outputs":
        return f"Output {owner[1]}"
    resource = template.resources.get(str(owner[1])) if owner[0] == "Resources" else None
    return f"{resource.type} {resource.id}" if resource else ".".join(map(str, owner))
