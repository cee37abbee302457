"""An IAM resource has a name of the author's choice.

## Why
A named role, user, group, policy or instance profile needs CAPABILITY_NAMED_IAM, collides with the same name in another
stack or another Region, and cannot be replaced by an update. Without a name, CloudFormation generates a unique one.

## Repair
The name property goes: RoleName, UserName, GroupName, ManagedPolicyName, InstanceProfileName. A required PolicyName is
never touched. Whatever mentions the name in this template refers to the resource instead: `!Ref` where a name is
expected, `!GetAtt Role.Arn` where an ARN ends in it (the `!Ref` of a managed policy is its ARN).

An inline policy in which a reference would make a circle, such as that of a role that may pass itself, becomes an
AWS::IAM::Policy resource. A DependsOn that a new reference makes redundant goes, and so does a condition that did
nothing but choose the name.

## Safety
Safe, if every mention can be rewritten. Unsafe where somebody may still count on the name:

- it is also part of a longer text, of a pattern such as `role/app-*`, or of an ARN in another account;
- something says what the name is by the default of a parameter;
- a loop (`Fn::ForEach`) makes the resource.

Unsafe, too, where an inline policy becomes a resource: what uses the role may be created before the policy is attached.

There is no fix for roles that AWS services look for by a fixed name, nor where a policy or a property would name what
no longer exists: where a reference would make a circle that no policy of its own can break, as in a trust policy, or
where comments in the inline policy could not go along.

## Impact
Replacement: the name is create-only on all five types (`createOnlyProperties` of the provider schemas), and removing
such a property replaces the resource even if its value stays (CloudFormation user guide, "Update behaviors of stack
resources"). The resource gets a new name and ARN; what is attached to it outside of the stack is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixer.cloudformation.dependencies import without_dependencies
from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import alternatives
from fixer.cloudformation.iam.capabilities import NAME_PROPERTIES
from fixer.cloudformation.iam.inline_policies import extract, is_extractable
from fixer.cloudformation.iam.name_rewriting import NameRewriter
from fixer.cloudformation.leftovers import unused_conditions
from fixer.cloudformation.limits import RESOURCES
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Path, Remove, Safety, Set, Value, transform

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

_FIXED = (
    r"dms-(vpc|cloudwatch-logs)-role|dms-access-for-endpoint|AWSCloudFormationStackSet(Administration|Execution)Role|"
    r"AWSControlTower\w+|OrganizationAccountAccessRole|vmimport|AmazonAppStreamServiceAccess|AWSServiceRoleFor\w+|"
    r"ApplicationAutoScalingForAmazonAppStreamAccess"
)
"""Roles that a service or another account assumes by a fixed name (user guides of DMS, StackSets, Control Tower,
Organizations, VM Import/Export, AppStream 2.0).
"""


@transform(valid=VALID, invalid=INVALID)
def explicit_iam_name(template: Template, options: Options) -> Iterator[Finding]:
    named = [
        (resource, name_property)
        for resource in (*template.resources.values(), *template.looped)
        if (name_property := NAME_PROPERTIES.get(resource.type)) is not None and name_property in resource.properties
    ]
    if not named:
        return
    rewriter = NameRewriter(template)
    # Each as if it were alone. Two may make a circle together: what is safe goes first, the others may never be applied.
    found = [_finding(rewriter, resource, name_property) for resource, name_property in named]
    for number in sorted(range(len(found)), key=lambda number: found[number].reason != ""):
        resource, name_property = named[number]
        if rewriter.conflicts(resource, found[number].fix):
            found[number] = _finding(rewriter, resource, name_property)
        rewriter.accept(resource, found[number].fix)
    yield from found


def _finding(rewriter: NameRewriter, resource: Resource, name_property: str) -> Finding:
    template, path = rewriter.template, resource.property_path(name_property)
    message = f"{resource.type} {resource.id} has an explicit {name_property}"
    literal = [name[0] for name in alternatives(resource.properties[name_property]) if len(name) == 1]
    if any(re.fullmatch(_FIXED, str(name)) for name in literal):
        return Finding(message, path, reason="an AWS service or another account looks for a role of exactly this name")
    rewrites: dict[Path, Value] = {}
    unsure: list[Path] = []
    for name in alternatives(resource.properties[name_property], opaque=True):
        for mention in rewriter.index.mentions(resource.type, name, path):
            circles = rewriter.circles(resource, mention.path)
            movable = not circles or is_extractable(template, mention.path)
            rewritable = movable and rewriter.can_refer(resource, mention)
            if rewritable:
                rewrites[mention.path] = rewriter.reference(resource, mention)
            elif rewriter.is_needed(mention):
                why = "would make a circle there" if circles else "cannot stand there"
                if circles and is_extractable(template, mention.path, commented=True):
                    why += "; a policy of its own would not, but comments could not go along"
                reason = f"{_dotted(mention.path)} needs the name, and a reference {why}"
                return Finding(message, path, reason=reason)
            if not rewritable or mention.is_guess:
                unsure.append(mention.path)
    rewrites = rewriter.joined(resource, rewrites)
    moving = {place: value for place, value in rewrites.items() if rewriter.circles(resource, place)}
    extraction = extract(template, moving)
    if len(extraction.policies) > template.room_for("Resources"):
        return Finding(message, path, reason=f"it takes another policy, and a template may have {RESOURCES} resources")
    staying = [Set(place, value) for place, value in rewrites.items() if place not in moving]
    known = schema(resource.type)
    # Where tags may follow, Properties stays in its place, though it is empty for now.
    goes_whole = len(resource.properties) == 1 and (known is None or known.tags is None)
    removal = Remove(resource.property_path() if goes_whole else path)
    impact = known.impact((name_property,)) if known else Impact.REPLACEMENT
    reason = ""
    if moving:
        where = ", ".join(_dotted(place) for place in extraction.policies)
        reason = f"{where} becomes a policy of its own, and what needs it may be created before it is attached"
    if resource.id not in template.resources:
        reason = "a loop makes it, and what mentions one of the names that the loop gives is not known"
    if unsure:
        reason = f"the name is also mentioned at {', '.join(map(_dotted, unsure[:3]))}"
        reason += " ..." if len(unsure) > 3 else ""
    gone = [path, *rewrites]
    freed = [*_freed(template, resource, [rewrite.path for rewrite in staying]), *_unused(template, gone)]
    safety = Safety.UNSAFE if reason else Safety.SAFE
    operations = (removal, *staying, *extraction.operations, *freed)
    return Finding(message, path, Fix(f"Remove {name_property}", operations, safety, impact), reason)


def _freed(template: Template, resource: Resource, rewritten: list[Path]) -> Iterator[Operation]:
    """A DependsOn goes where a reference now does its work (cfn-lint W3005): a literal name needed it."""
    owners = {
        path[1] for path in rewritten if path[0] == "Resources" and path[2] != "Metadata" and "Fn::If" not in path
    }
    for owner in sorted(map(str, owners)):
        yield from without_dependencies(template.resources[owner], [resource.id])


def _unused(template: Template, gone: list[Path]) -> Iterator[Operation]:
    """A condition goes that has done nothing but to choose the name."""
    names = list(unused_conditions(template, gone))
    whole = len(names) == len(template.section("Conditions"))
    yield from [Remove(("Conditions",))] if names and whole else [Remove(("Conditions", name)) for name in names]


def _dotted(path: Path) -> str:
    return ".".join(str(key) for key in path)
