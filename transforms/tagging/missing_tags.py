"""A resource lacks tags for cost, data and environment.

## Why
Bills are split, access is granted and resources are found by tags. What has none is nobody's.

## Repair
Each resource whose type can be tagged gets CostCenter, DataClassification and Environment, or in their place the tags
of the settings and of `--tag`, in the property and shape that its provider schema asks for. Tags that are there stay. A
key that is there in another case, with a prefix (`acme:environment`) or as a known synonym (`Env`, `cost-center`,
`Confidentiality`) is not added; if the template has one spelling for it, that one is used. A value comes from

1. the settings;
2. the template's own tags, if all of them agree on the cost center or the environment, and, where there is a parameter
   for it, more than one of them says it literally;
3. a parameter with a known name (`Environment`, `EnvironmentSuffix`, `Stage`; `CostCenter`, `Team`, `Owner` ...): a
   string or number, no secret, and not empty as far as the template says. A default or an allowed value that is empty,
   or a comparison with the empty string, says that it may be. A missing default does not: whoever then passes an empty
   value gets empty names as well;
4. a new parameter that cannot be empty. Its default claims nothing that a script would act on: `unassigned`, because
   what is tagged `dev` may be stopped at night; and `internal`, which data without a label customarily is. Where there
   is no room for parameters, the default itself.

What a loop (`Fn::ForEach`) makes is tagged in the loop. Where an intrinsic, a macro or a loop makes the tags
themselves, the finding says so.

## Safety
Safe: a tag changes nothing that a resource does. Whoever deploys needs the permission to tag, such as `iam:TagRole`.
Unsafe where a change of tags replaces the resource, where a macro works on the template, which may add the same, and
where something in the template selects or allows by the tag (`aws:ResourceTag/Environment`, `tag:Environment`).

Unsafe also for the few types that take tags at creation only (`tagUpdatable` is false), such as
AWS::EC2::LaunchTemplate: the update of a live stack fails, or succeeds and leaves the resource without them
(cloudformation-coverage-roadmap issue 1873).

## Impact
As the provider schema says of the tag property: no interruption; for some 80 types, whose tags are create-only or which
have no update at all, replacement.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.intrinsics import value_at
from fixer.cloudformation.tags.habits import why_not
from fixer.cloudformation.tags.resource_tags import ResourceTags, Unknown, resource_tags
from fixer.cloudformation.tags.selection import selector
from fixer.cloudformation.tags.wanted import Wanted, of_settings, of_template
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Options, Safety, Set, transform

INVALID = (
    Case(
        "new parameters",
        before="""\
Resources:
  Assets:
    Type: AWS::S3::Bucket
""",
        after="""\
Parameters:
  CostCenter:
    Type: String
    Description: Cost center that pays for the resources
    Default: unassigned
    AllowedPattern: "[A-Za-z0-9 _.:/=+@-]{1,256}"
  DataClassification:
    Type: String
    Description: Classification of the data in the resources
    Default: internal
    AllowedPattern: "[A-Za-z0-9 _.:/=+@-]{1,256}"
  Environment:
    Type: String
    Description: Environment that the resources belong to
    Default: unassigned
    AllowedPattern: "[A-Za-z0-9 _.:/=+@-]{1,256}"
Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      Tags:
        - Key: CostCenter
          Value: !Ref CostCenter
        - Key: DataClassification
          Value: !Ref DataClassification
        - Key: Environment
          Value: !Ref Environment
""",
    ),
    Case(
        "known parameters",
        before="""\
Parameters:
  EnvironmentSuffix: {Type: String, Default: dev}
  Team: {Type: String}
  pDataClassification: {Type: String, AllowedValues: [internal, secret]}
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        # for people
        - Key: Name
          Value: jobs
      DelaySeconds: 5
""",
        after="""\
Parameters:
  EnvironmentSuffix: {Type: String, Default: dev}
  Team: {Type: String}
  pDataClassification: {Type: String, AllowedValues: [internal, secret]}
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        # for people
        - Key: Name
          Value: jobs
        - Key: CostCenter
          Value: !Ref Team
        - Key: DataClassification
          Value: !Ref pDataClassification
        - Key: Environment
          Value: !Ref EnvironmentSuffix
      DelaySeconds: 5
""",
    ),
    Case(
        "JSON in one line",
        before="""\
{"Resources":{"Jobs":{"Type":"AWS::SQS::Queue","Properties":{"DelaySeconds":5}}}}
""",
        after="""\
{"Resources":{"Jobs":{"Type":"AWS::SQS::Queue","Properties":{"DelaySeconds":5,"Tags":[{"Key":"Team","Value":"payments"}]}}}}
""",
        options=Options(tags={"Team": "payments"}),
    ),
)

VALID = (
    Case(
        "tags that an intrinsic makes",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Tags: !If [IsProd, [{Key: Team, Value: web}], !Ref AWS::NoValue]
""",
        says="AWS::SNS::Topic Topic may lack tags: Fn::If makes its Tags",
    ),
)


@transform(valid=VALID, invalid=INVALID)
def missing_tags(template: Template, options: Options) -> Iterator[Finding]:
    known: list[ResourceTags] = []
    for resource in (*template.resources.values(), *template.looped):
        facts = schema(resource.type)
        if facts is None or facts.tags is None:
            continue
        try:
            known.append(resource_tags(template, resource, facts.tags))
        except Unknown as unknown:
            message = f"{resource.type} {resource.id} may lack tags"
            yield Finding(message, resource.property_path(facts.tags.property_name), reason=str(unknown))
    wanted = of_settings(options.tags) if options.tags else of_template(template, known)
    for tags in known:
        yield from _finding(template, tags, wanted, bool(options.tags))


def _finding(template: Template, tags: ResourceTags, wanted: list[Wanted], settings: bool) -> Iterator[Finding]:
    """One finding for the tags that can be added, and one for each reason why others cannot."""
    lacking: dict[str, list[Wanted]] = {}
    for tag in wanted:
        if not tags.has(tag.names):
            lacking.setdefault(_obstacle(template, tags, tag, settings), []).append(tag)
    new = [tag for tag in lacking.get("", ()) if tags.void(tag.names) is None]
    if len(new) > tags.room:
        count = len(tags.tags)
        lacking[f"it has {count} tags, and may have {count + tags.room}"] = lacking.pop("")
    for reason, those in lacking.items():
        if reason:
            yield Finding(f"{_lacks(tags)} {_named(those)}", tags.path, reason=reason)
            continue
        # What is looked for by a tag is a question of its own, and does not hold the other tags back.
        sought = [tag for tag in those if selector(template, tag.key, tags.resource.type)]
        for part in ([tag for tag in those if tag not in sought], sought):
            if part:
                message = f"{_lacks(tags)} {_named(part)}"
                yield _fixable(template, tags, part, message, f"Add the {_named(part)}")


def _lacks(tags: ResourceTags) -> str:
    return f"{tags.resource.type} {tags.resource.id} has no"


def _named(those: list[Wanted]) -> str:
    return f"{'tag' if len(those) == 1 else 'tags'} {', '.join(tag.key for tag in those)}"


def _obstacle(template: Template, tags: ResourceTags, wanted: Wanted, settings: bool) -> str:
    """Why the tag cannot be added, or ""."""
    if any(tag.may_be_any(wanted.names) for tag in tags.tags):
        return "one of its tag keys is known only when a stack is made, and may be the same"
    return why_not(template, tags.resource, wanted.key, wanted.value) if settings else ""


def _fixable(template: Template, tags: ResourceTags, lacking: list[Wanted], message: str, title: str) -> Finding:
    spec = tags.spec
    void = {tag.key: path for tag in lacking if (path := tags.void(tag.names)) is not None}
    operations = [operation for tag in lacking for operation in tag.parameter]
    operations += [Set(void[tag.key], tag.value) for tag in lacking if tag.key in void]
    operations += tags.add({tag.key: tag.value for tag in lacking if tag.key not in void})
    reason = ""
    if spec.impact is Impact.REPLACEMENT:
        reason = f"a change of {spec.property_name} replaces the resource"
    elif not spec.updatable:
        what = f"{tags.resource.type} takes {spec.property_name} at creation only"
        reason = f"{what}: an update leaves a live resource without them, or fails"
    elif macro := _macro(template):
        reason = f"the macro {macro} may add the same tags"
    elif who := selector(template, lacking[0].key, tags.resource.type):
        reason = f"{who} selects or allows by the tag {lacking[0].key}, and would reach the resource"
    safety = Safety.UNSAFE if reason else Safety.SAFE
    return Finding(message, tags.path, Fix(title, tuple(operations), safety, spec.impact), reason)


def _macro(template: Template) -> str | None:
    """A macro that is not AWS's own and works on all resources."""
    inside = [value_at(template.data, (*path, "Fn::Transform", "Name")) for path in ((), ("Resources",))]
    names = (*template.transforms, *(name for name in inside if isinstance(name, str)))
    return next((name for name in names if not name.startswith("AWS::")), None)
