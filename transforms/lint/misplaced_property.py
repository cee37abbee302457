"""A property stands where it is not taken, a level too high or too deep.

## Why
`Tags` beside `Properties` or within `DistributionConfig`, `Type` of a health check outside of its `HealthCheckConfig`,
`TracingConfig: Active`: the stack fails on each of them (cfn-lint E3001, E3002, E3012).

## Repair
The property moves to the one place that the provider schema has for it: from beside `Properties` into them, into the one
object beside it that takes it, or into the object around the one in which it stands. `DependsOn`, `DeletionPolicy` and
other attributes move from the properties to the resource. Its text and its comments go along. Where an object is due and
a single value stands, it becomes the object: `{Mode: Active}`, where only one property takes such a value.

Told of, and left alone: a property for which there are several places, or whose place is taken; one with a word for a
name that many things have, as `Type` or `Enabled`, if it is alone; one whose place would need other properties, too. A
name that is close to another is left to `misspelled-name`.

## Safety
Unsafe: somebody has to say that this is what was meant.

## Impact
As the provider schema says of both places.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.lists import gives_text, is_scalar
from fixer.cloudformation.misplaced import Misplaced, misplaced_properties, only_entry
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.descent import Described, described
from fixer.model import Case, Finding, Fix, Insert, Operation, Options, Remove, Safety, Set, transform

INVALID = (
    Case(
        "beside the properties, too high, a value for an object",
        before="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/function
      Code: {ZipFile: a}
      TracingConfig: Active # for now
    # who pays for it
    Tags:
      - {Key: CostCenter, Value: "0815"} # the shop
  Check:
    Type: AWS::Route53::HealthCheck
    Properties:
      Type: HTTPS
      # behind the balancer
      FullyQualifiedDomainName: example.com
      HealthCheckTags: []
""",
        after="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/function
      Code: {ZipFile: a}
      TracingConfig: # for now
        Mode: Active
      # who pays for it
      Tags:
        - {Key: CostCenter, Value: "0815"} # the shop
  Check:
    Type: AWS::Route53::HealthCheck
    Properties:
      HealthCheckTags: []
      HealthCheckConfig:
        Type: HTTPS
        # behind the balancer
        FullyQualifiedDomainName: example.com
""",
        unsafe=True,
    ),
    Case(
        "JSON, too deep",
        before="""\
{
  "Resources": {
    "Site": {
      "Type": "AWS::CloudFront::Distribution",
      "Properties": {
        "DistributionConfig": {
          "Enabled": true,
          "DefaultCacheBehavior": {"TargetOriginId": "a", "ViewerProtocolPolicy": "https-only"},
          "Tags": [{"Key": "CostCenter", "Value": "a"}]
        }
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Site": {
      "Type": "AWS::CloudFront::Distribution",
      "Properties": {
        "DistributionConfig": {
          "Enabled": true,
          "DefaultCacheBehavior": {"TargetOriginId": "a", "ViewerProtocolPolicy": "https-only"}
        },
        "Tags": [{"Key": "CostCenter", "Value": "a"}]
      }
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a word that many things have for a name",
        before="""\
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {Type: HTTPS, HealthCheckTags: []}}
""",
        unsafe=True,
        says="it would have its place in HealthCheckConfig, and many things are called so",
    ),
    Case(
        "not unless asked for",
        before="""\
Resources:
  Topic: {Type: AWS::SNS::Topic, DisplayName: orders}
""",
        says="somebody has to say that it is meant there",
    ),
)

_MEANT = "the stack fails on what is there, and somebody has to say that it is meant there"
_MACRO = "a macro may work on it first"


@transform(lint_rules=("E3001", "E3002", "E3012"), valid=VALID, invalid=INVALID)
def misplaced_property(template: Template, options: Options) -> Iterator[Finding]:
    for resource in (*template.resources.values(), *template.looped):
        for found in misplaced_properties(template, resource):
            yield _moved(template, resource, found)
        for one in described(resource):
            finding = _wrapped(template, resource, one)
            if finding is not None:
                yield finding


def _moved(template: Template, resource: Resource, found: Misplaced) -> Finding:
    keys, first = ", ".join(found.keys), (*found.path, found.keys[0])
    where = ".".join(str(key) for key in found.path[len(resource.path) :]) or "beside Properties"
    message = f"{resource.type} {resource.id} takes no {keys} {'in ' if '.' in where else ''}{where}"
    if where == "Properties":
        message = f"{resource.type} {resource.id} takes no {keys} among its properties"
    reason = _MACRO if template.has_macros else found.reason
    if reason:
        return Finding(message, first, reason=reason)
    operations: list[Operation] = []
    for key in found.keys:
        path, new = (*found.path, key), (*found.place, key)
        operations += [Remove(path), Insert(new, template.value_at(path), source=path)]
    impact = max(impact_at(template, operation.path) for operation in operations)
    goal = "the resource itself" if found.place == resource.path else str(found.place[-1])
    return Finding(message, first, Fix(f"Move to {goal}", tuple(operations), Safety.UNSAFE, impact), _MEANT)


def _wrapped(template: Template, resource: Resource, one: Described) -> Finding | None:
    """The finding about a single value, where an object is due that it should be in."""
    plain = is_scalar(one.value)
    if not plain and not (intrinsic(one.value) and gives_text(template, one.value)):
        return None
    name = only_entry(one)
    if name is None:
        return None
    message = f"{one.pointer} of {resource.id} is no object, and one with {name} is due"
    if template.has_macros:
        return Finding(message, one.path, reason=_MACRO)
    fix = Fix(f"Make it {name}", (Set(one.path, {name: one.value}),), Safety.UNSAFE, impact_at(template, one.path))
    return Finding(message, one.path, fix, _MEANT)
