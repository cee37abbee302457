"""Who is allowed what a policy says, and which resources of the template that one uses.

A role is used by its consumers: functions, tasks, instances, pipelines ... A consumer uses what it refers to
(environment variables, definitions, integrations, targets), what it names, and what is connected to it: event sources,
custom resources, services, artifact stores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, expression, find
from fixer.cloudformation.iam.names import named_references
from fixer.cloudformation.iam.policies import SAM
from fixer.cloudformation.iam.scopes import ARNS
from fixer.cloudformation.intrinsics import children, walk
from fixer.cloudformation.references import Reference
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

_IDENTITIES = ("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group")
_CALLERS = ("AWS::Lambda::Function", "AWS::Serverless::Function")
"""They call others, hardly ever themselves. A bucket replicates its own objects, a project reads its own builds."""
_LAUNCHERS = ("AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration", "AWS::IAM::InstanceProfile")
_CODE = frozenset({"Code", "CodeUri", "Content", "ContentUri", "InlineCode", "ZipFile"})
"""Where a consumer's own package is: it is read by the service that runs it."""
_DOCUMENTS = frozenset(
    {"PolicyDocument", "KeyPolicy", "RepositoryPolicyText", "ResourcePolicy", "AccessPolicies", "FileSystemPolicy"}
)
_INDIRECT = frozenset({"Metadata", "Tags", "Environment", "ContainerDefinitions", "DependsOn"})
_PROXIES = frozenset(
    {
        "AWS::Lambda::Alias",
        "AWS::Lambda::Version",
        "AWS::Lambda::Url",
        "AWS::KMS::Alias",
        "AWS::ECS::TaskDefinition",
        "AWS::StepFunctions::StateMachineAlias",
        "AWS::StepFunctions::StateMachineVersion",
    }
)
"""Who uses one of these uses what it stands for."""
_LISTED = (("Environment",), ("EnvironmentVariables",))
"""Lists of environment variables, of containers and of build projects."""
_BUCKET = re.compile(r"(?:s3://|arn:aws[a-z-]*:s3:::)([a-z0-9][a-z0-9.-]{2,62})")
_KEYS = ("AWS::KMS::Key", "AWS::KMS::Alias")


class Principal(Struct, frozen=True):
    """All who get what a policy says, as one."""

    identities: frozenset[str]
    """Logical ids of the roles, users and groups."""
    consumers: tuple[Resource, ...]
    """Resources that act with one of the roles."""
    services: frozenset[str]
    """Services that may assume one of the roles: ``lambda.amazonaws.com``."""
    uses: frozenset[str]
    """Logical ids of the resources that it is known to use."""
    elsewhere: bool
    """Whether it is for consumers of other stacks: none here, and an export hands it on."""
    outside: tuple[str, ...]
    """Names under which consumers are given what may not be of this template: parameters, environment variables, and
    addresses of buckets.
    """


def principal(template: Template, holder: Resource) -> Principal:
    """Who gets what the policies in the resource ``holder`` say."""
    identities = tuple(_identities(template, holder))
    consumers: dict[str, Resource] = {holder.id: holder} if holder.type in SAM else {}
    uses: set[str] = set()
    for identity in identities:
        for path in _places(template, identity):
            owner = template.resources.get(str(path[1])) if path[0] == "Resources" else None
            if owner is None:
                continue
            if _DOCUMENTS.intersection(map(str, path)):
                if not owner.type.startswith("AWS::IAM::"):
                    meant = {
                        name for name in _referred(template, owner) if template.resources[name].type not in _IDENTITIES
                    }
                    uses |= {owner.id, *meant}
            elif not _INDIRECT.intersection(map(str, path)):
                consumers.update((found.id, found) for found in _behind(template, owner))
    acting = tuple(consumers.values())
    for consumer in acting:
        found = {consumer.id, *_used(template, consumer), *_connected(template, consumer)}
        uses |= found - {consumer.id} if consumer.type in _CALLERS else found
    for _ in range(3):
        through = [template.resources[name] for name in uses if template.resources[name].type in _PROXIES]
        uses |= {name for resource in through for name in _referred(template, resource)}
    encrypted = [template.resources[name] for name in uses]
    uses |= {n for r in encrypted for n in _referred(template, r) if template.resources[n].type in _KEYS}
    return Principal(
        frozenset(identity.id for identity in identities),
        acting,
        frozenset(service for identity in identities for service in _services(identity)),
        frozenset(uses) - {identity.id for identity in identities},
        not acting and any(_is_exported(template, identity) for identity in identities),
        tuple(dict.fromkeys(name for consumer in acting for name in _outside(template, consumer))),
    )


def _places(template: Template, identity: Resource) -> Iterator[Path]:
    """Where an identity is meant, by a reference or by its name."""
    yield from (found.path for found in template.references_to(identity.id) if found.kind != "DependsOn")
    yield from (path for path, name in named_references(template) if name == identity.id)


def variables(consumer: Resource) -> Iterator[tuple[str, Value]]:
    """Environment variables of a function, of a task's containers or of a build project."""
    for path, value in walk(consumer.properties):
        if path[-1:] == ("Variables",) and isinstance(value, dict):
            yield from ((str(name), item) for name, item in children(value))
        elif path[-2:-1] in _LISTED and isinstance(value, dict) and isinstance(value.get("Name"), str):
            yield value["Name"], value.get("Value")


def _identities(template: Template, holder: Resource) -> Iterator[Resource]:
    if holder.type in _IDENTITIES:
        yield holder
        return
    meant = [(reference.path, reference.target) for reference in template.references_of(holder.path)]
    meant += [(path, name) for path, name in named_references(template) if path[:2] == holder.path]
    for key in ("Roles", "Users", "Groups", "RoleName", "UserName", "GroupName"):
        for path, name in meant:
            found = template.resources.get(name)
            if path[2:4] == ("Properties", key) and found is not None and found.type in _IDENTITIES:
                yield found
    if holder.type == "AWS::IAM::ManagedPolicy":
        for path in _places(template, holder):
            owner = template.resources.get(str(path[1]))
            if owner is not None and owner.type in _IDENTITIES and "ManagedPolicyArns" in path:
                yield owner


def _is_exported(template: Template, identity: Resource) -> bool:
    profiles = [r for r in template.resources_of("AWS::IAM::InstanceProfile") if identity.id in _referred(template, r)]
    found = (r.owner for each in (identity, *profiles) for r in template.references_to(each.id))
    outputs = (template.outputs.get(str(owner[1])) for owner in found if owner[0] == "Outputs")
    return any(output is not None and output.export is not None for output in outputs)


def _behind(template: Template, owner: Resource, depth: int = 4) -> Iterator[Resource]:
    """The consumer that a reference to a role stands in; of a profile or launch template, what is launched from it."""
    if owner.type.startswith("AWS::IAM::") and owner.type != "AWS::IAM::InstanceProfile":
        return
    if owner.type != "AWS::IAM::InstanceProfile":
        yield owner
    if owner.type in _LAUNCHERS and depth:
        for reference in template.references_to(owner.id):
            found = template.resources.get(str(reference.owner[1])) if reference.owner[0] == "Resources" else None
            if found is not None and reference.kind != "DependsOn":
                yield from _behind(template, found, depth - 1)


def _referred(template: Template, resource: Resource) -> Iterator[str]:
    """Resources that a resource refers to."""
    for reference in template.references_of(resource.path):
        if (
            reference.kind != "DependsOn"
            and reference.section == "Resources"
            and reference.target in template.resources
        ):
            yield reference.target


def _used(template: Template, consumer: Resource) -> Iterator[str]:
    shared = template.references_of(("Globals", "Function")) if consumer.type == "AWS::Serverless::Function" else ()
    for reference in (*template.references_of(consumer.path), *shared):
        found = template.resources.get(reference.target) if reference.section == "Resources" else None
        if found is not None and not _is_own(reference, found):
            yield found.id
    texts = list(_texts(consumer.properties))
    for other in template.resources.values():
        facts = ARNS.get(other.type)
        name = expression(other.get(facts.name_property)) if facts and facts.name_property in other.properties else None
        if name and other.id != consumer.id and any(_names(name, text) for text in texts):
            yield other.id


def _is_own(reference: Reference, found: Resource) -> bool:
    """Whether a reference says what a consumer is made of, and not what it works with."""
    path = reference.path
    if reference.kind == "DependsOn" or _CODE.intersection(map(str, path[3:5])):
        return True
    return (
        found.type == "AWS::IAM::Role" and len(path) > 3 and re.search("role|profile", str(path[3]), re.I) is not None
    )


def _connected(template: Template, consumer: Resource) -> Iterator[str]:
    """What is connected with a consumer by resources that refer to it."""
    for reference in template.references_to(consumer.id):
        owner = template.resources.get(str(reference.owner[1])) if reference.owner[0] == "Resources" else None
        if owner is None or reference.kind == "DependsOn":
            continue
        key = str(reference.path[3]) if len(reference.path) > 3 else ""
        custom = owner.type.startswith("Custom::") or owner.type == "AWS::CloudFormation::CustomResource"
        if (
            (custom and key == "ServiceToken")
            or (
                owner.type in ("AWS::Lambda::EventSourceMapping", "AWS::Lambda::EventInvokeConfig")
                and key == "FunctionName"
            )
            or (owner.type == "AWS::ECS::Service" and key == "TaskDefinition")
        ):
            yield owner.id
            yield from _referred(template, owner)
        elif owner.type == "AWS::CodePipeline::Pipeline":
            for other in template.references_of(owner.path):
                if str(other.path[3]).startswith("ArtifactStore") and other.target in template.resources:
                    yield other.target


def _outside(template: Template, consumer: Resource) -> Iterator[str]:
    for reference in template.references_of(consumer.path):
        if reference.target in template.parameters and not _CODE.intersection(map(str, reference.path[3:5])):
            yield reference.target
    for name, value in variables(consumer):
        if not any(r in template.resources for r in _targets(value)) and not _names_one(template, value):
            yield name

    yield from _foreign_buckets(template, consumer)


def _foreign_buckets(template: Template, consumer: Resource) -> Iterator[str]:
    """Buckets that a consumer is told of by name, and that the template does not make."""
    own = [name for b in template.resources_of("AWS::S3::Bucket") if (name := expression(b.get("BucketName")))]
    for text in _texts(consumer.properties):
        parts = [part for part in text if isinstance(part, str) and not any(find(name, text) for name in own)]
        yield from (f"s3://{found[1]}" for part in parts for found in _BUCKET.finditer(part))


def _targets(value: Value) -> Iterator[str]:
    for found in expression(value) or ():
        if not isinstance(found, str):
            yield found.name.partition(".")[0]


def _names_one(template: Template, value: Value) -> bool:
    """Whether a value is the name of a resource of the template."""
    text = expression(value)
    named = ((r, ARNS[r.type].name_property) for r in template.resources.values() if r.type in ARNS)
    return text is not None and any(expression(r.get(key)) == text for r, key in named if key in r.properties)


def _texts(value: Value, depth: int = 40) -> Iterator[Expression]:
    """The outermost values that make a string. A circle of aliases ends in the depth."""
    found = expression(value)
    if found is not None:
        yield found
        return
    for key, inner in children(value):
        if key not in _CODE and depth:
            yield from _texts(inner, depth - 1)


def _names(name: Expression, text: Expression) -> bool:
    """Whether a text is a name, or holds it where it can hardly be there by chance."""
    if name == text:
        return True
    return sum(len(part) for part in name if isinstance(part, str)) >= 8 and find(name, text) is not None


def _services(identity: Resource) -> Iterator[str]:
    path: Path
    for path, value in walk(identity.get("AssumeRolePolicyDocument")):
        if "Service" in path and isinstance(value, str):
            yield value
