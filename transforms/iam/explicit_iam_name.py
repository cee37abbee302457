"""An IAM resource has a name of the author's choice.

## Why
A named role, user, group, policy or instance profile needs CAPABILITY_NAMED_IAM, collides with the same name in
another stack or another Region, and cannot be replaced by an update. Without a name, CloudFormation makes a unique
one.

## Repair
The name property goes: RoleName, UserName, GroupName, ManagedPolicyName, InstanceProfileName. Whoever mentions the
name in this template refers to the resource instead: `!Ref` where a name is expected, `!GetAtt Role.Arn` where an ARN
ends in it (the `!Ref` of a managed policy is its ARN). A DependsOn that such a reference makes redundant goes, and so
does a condition that only chose the name. A required PolicyName is never touched.

## Safety
Safe, if every mention could be rewritten. Unsafe if the name is also part of another text, of a pattern such as
`role/app-*` or of an ARN in another account, if something says what the name is by the default of a parameter, or if a
loop makes the resource: then somebody may still count on the name. No fix where a reference would make a circle, and
for the roles that AWS services look for by a fixed name.

## Impact
Replacement: the name is create-only on all five types (`createOnlyProperties` of the provider schemas), and removing
such a property replaces the resource even if its value stays (CloudFormation user guide, "Update behaviors of stack
resources"). The resource gets a new name and ARN; what is attached to it outside of the stack is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import alternatives
from fixer.cloudformation.iam.arns import Graph
from fixer.cloudformation.iam.capabilities import NAME_PROPERTIES
from fixer.cloudformation.iam.names import Mention, Sort, Speech
from fixer.cloudformation.intrinsics import get_att, ref
from fixer.cloudformation.leftovers import unused_conditions
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Path, Remove, Safety, Set, transform

INVALID = (
    Case(
        "role with a literal name",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-api  # asked for by nobody
      AssumeRolePolicyDocument: {}
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      # asked for by nobody
      AssumeRolePolicyDocument: {}
""",
    ),
    Case(
        "mentions as a name and as an ARN",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      RoleName: !Sub '${Env}-orders'
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: !Sub '${Env}-orders'
      Roles: [!Join ['-', [!Ref Env, orders]]]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:PassRole
            Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/${Env}-orders'
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: !Sub '${Env}-orders'
      Roles: [!Ref Role]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:PassRole
            Resource: !GetAtt Role.Arn
""",
    ),
    Case(
        "JSON, an optional name",
        before="""\
{
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {},
        "RoleName": {"Fn::If": ["Named", {"Fn::Sub": "${Env}-orders"}, {"Ref": "AWS::NoValue"}]}
      }
    },
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Environment": {"Variables": {"ROLE": {"Fn::Sub": "${Env}-orders"}, "NAME": "orders"}}
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {}
      }
    },
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Environment": {"Variables": {"ROLE": {"Ref": "Role"}, "NAME": "orders"}}
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "a pattern counts on the name",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app-orders
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          Resource: !Sub arn:aws:iam::${AWS::AccountId}:role/app-*
""",
        says="Resources.Policy.Properties.PolicyDocument.Statement.Resource",
    ),
)

_FIXED = re.compile(
    r"dms-(vpc|cloudwatch-logs)-role|dms-access-for-endpoint|AWSCloudFormationStackSet(Administration|Execution)Role|"
    r"AWSControlTower\w+|OrganizationAccountAccessRole|vmimport|AmazonAppStreamServiceAccess|AWSServiceRoleFor\w+|"
    r"ApplicationAutoScalingForAmazonAppStreamAccess"
)
"""Roles that a service or another account assumes by a fixed name (user guides of DMS, StackSets, Control Tower,
Organizations, VM Import/Export, AppStream 2.0).
"""


@transform(valid=VALID, invalid=INVALID)
def explicit_iam_name(template: Template, options: Options) -> Iterator[Finding]:
    speech: Speech | None = None
    found: list[Finding] = []
    for resource in (*template.resources.values(), *template.looped):
        name_property = NAME_PROPERTIES.get(resource.type)
        if name_property is None or name_property not in resource.properties:
            continue
        path = resource.property_path(name_property)
        message = f"{resource.type} {resource.id} has an explicit {name_property}"
        if any(
            _FIXED.fullmatch(str(name[0]))
            for name in alternatives(resource.properties[name_property])
            if len(name) == 1
        ):
            reason = "an AWS service or another account looks for a role of exactly this name"
            found.append(Finding(message, path, reason=reason))
            continue
        speech = speech or Speech(template)
        found.append(_finding(template, speech, resource, name_property, message))
    yield from _without_circles(template, found)


def _finding(template: Template, speech: Speech, resource: Resource, name_property: str, message: str) -> Finding:
    path = resource.property_path(name_property)
    rewrites: list[Set] = []
    unsure: list[Path] = []
    for name in alternatives(resource.properties[name_property], opaque=True):
        for mention in speech.mentions(resource.type, name, path):
            rewritable = resource.id in template.resources and _rewritable(template, resource, mention)
            if rewritable and mention.path[0] == "Resources" and template.reaches(resource.id, str(mention.path[1])):
                return _circle(message, path, mention.path)
            if rewritable:
                arn = mention.sort in (Sort.ARN, Sort.LIKELY_ARN) and resource.type != "AWS::IAM::ManagedPolicy"
                rewrites.append(Set(mention.path, get_att(resource.id, "Arn") if arn else ref(resource.id)))
            if not rewritable or mention.is_guess:
                unsure.append(mention.path)
    rewrites = _joined(template, resource, rewrites)
    known = schema(resource.type)
    # Where tags may follow, Properties stays in its place, though it is empty for now.
    goes_whole = len(resource.properties) == 1 and (known is None or known.tags is None)
    removal = Remove(resource.property_path() if goes_whole else path)
    impact = known.impact((name_property,)) if known else Impact.REPLACEMENT
    reason = ""
    if resource.id not in template.resources:
        reason = "a loop makes it, and who mentions one of the names that come of it is not known"
    if unsure:
        reason = f"the name is also mentioned at {', '.join(map(_dotted, unsure[:3]))}"
        reason += " ..." if len(unsure) > 3 else ""
    gone = [path, *(rewrite.path for rewrite in rewrites)]
    freed = [*_freed(template, resource, gone[1:]), *_unused(template, gone)]
    safety = Safety.UNSAFE if reason else Safety.SAFE
    fix = Fix(f"Remove {name_property}", (removal, *rewrites, *freed), safety, impact)
    return Finding(message, path, fix, reason)


def _without_circles(template: Template, found: list[Finding]) -> Iterator[Finding]:
    """The same, but without the fixes whose references would make a circle with those of the others. Safe fixes go
    first: the others may never be applied.
    """
    graph = Graph(template)
    kept: dict[int, Finding] = {}
    for number in sorted(range(len(found)), key=lambda number: found[number].reason != ""):
        finding = kept[number] = found[number]
        name = str(finding.path[1])
        holders = [path for path in _rewritten(finding) if path[0] == "Resources"]
        circle = next((path for path in holders if graph.reaches(name, str(path[1]))), None)
        if circle is not None:
            kept[number] = _circle(finding.message, finding.path, circle)
            continue
        for holder in holders:
            graph.add(str(holder[1]), name)
    return (kept[number] for number in range(len(found)))


def _rewritten(finding: Finding) -> Iterator[Path]:
    """Where the fix of a finding puts references."""
    for operation in finding.fix.operations if finding.fix else ():
        if isinstance(operation, Set) and operation.path[2:3] != ("DependsOn",):
            yield operation.path


def _circle(message: str, path: Path, mention: Path) -> Finding:
    """The name has to stay: the mention would be one of nothing, and the reference that it needs cannot be made."""
    return Finding(message, path, reason=f"a reference at {_dotted(mention)} would make a circle")


def _joined(template: Template, resource: Resource, rewrites: list[Set]) -> list[Set]:
    """The same, but that an ``Fn::If`` whose branches now say the same goes as a whole."""
    found = {rewrite.path: rewrite.value for rewrite in rewrites}
    todo = list(found)
    for path in todo:
        whole, branches = path[:-2], [(*path[:-1], branch) for branch in (1, 2)]
        values = [found.get(branch) for branch in branches]
        if path[-2:-1] != ("Fn::If",) or values[0] is None or values[0] != values[1]:
            continue
        if template.holds_at(whole, resource.condition):
            found[whole] = values[0]
            for branch in branches:
                del found[branch]
            todo.append(whole)
    return [Set(path, value) for path, value in found.items()]


def _freed(template: Template, resource: Resource, rewritten: list[Path]) -> Iterator[Operation]:
    """A DependsOn goes where a reference now does its work (cfn-lint W3005): a literal name needed it."""
    owners = {
        path[1] for path in rewritten if path[0] == "Resources" and path[2] != "Metadata" and "Fn::If" not in path
    }
    for owner in sorted(map(str, owners)):
        names = template.resources[owner].depends_on
        place = ("Resources", owner, "DependsOn")
        if resource.id in names:
            # Set and not Remove of an item: two fixes that each leave the other's item must not leave an empty list.
            rest = [name for name in names if name != resource.id]
            yield Set(place, rest) if rest else Remove(place)


def _unused(template: Template, gone: list[Path]) -> Iterator[Operation]:
    """A condition goes that has done nothing but to choose the name."""
    names = list(unused_conditions(template, gone))
    whole = len(names) == len(template.section("Conditions"))
    yield from [Remove(("Conditions",))] if names and whole else [Remove(("Conditions", name)) for name in names]


def _rewritable(template: Template, resource: Resource, mention: Mention) -> bool:
    """Whether a reference to the resource may stand where its name is mentioned."""
    section, owner = mention.path[0], str(mention.path[1])
    if mention.sort is Sort.UNSURE or section not in ("Resources", "Outputs") or owner in template.opaque:
        return False
    return template.holds_at(mention.path, resource.condition)


def _dotted(path: Path) -> str:
    return ".".join(str(key) for key in path)
