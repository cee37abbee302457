"""The authorization data, and what is made of it, action by action."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from fixer.cloudformation.iam.authorization import Action, _policies, actions_of, expand, services
from fixer.cloudformation.iam.exceptions import exception
from fixer.cloudformation.iam.policies import policies, statements
from fixer.cloudformation.iam.scopes import ARNS, OPTIONAL, SCOPES, is_about_one
from fixer.cloudformation.iam.scoping import Placed, Scoping, Stays
from fixer.cloudformation.intrinsics import get_att_parts, ref_target, sub_body
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.bundled import read_part
from fixer.cloudformation.types.schemas import schema
from fixer.model import Value

SERVICES = sorted(SCOPES)
TYPES = sorted(
    {name for scopes in SCOPES.values() for found in scopes.values() for scope in found for name in scope.types}
)
REF_IS_ARN = frozenset(name for name, arn in ARNS.items() if arn.reference == "${@}")


def template_with(actions: Iterable[Action], types: Iterable[str] = TYPES) -> Template:
    """A template with one resource of every type, and a user who is allowed each action in a statement of its own."""
    resources: dict[str, Any] = {f"R{number}": {"Type": name, "Properties": {}} for number, name in enumerate(types)}
    for body in resources.values():
        if body["Type"].startswith("AWS::RDS::"):
            body["Properties"] = {"ManageMasterUserPassword": True}
    allowed = [{"Effect": "Allow", "Action": str(action), "Resource": "*"} for action in actions]
    user = {"Type": "AWS::IAM::User", "Properties": {"Policies": [{"PolicyDocument": {"Statement": allowed}}]}}
    return Template({"Resources": {**resources, "User": user}})


def placed(template: Template) -> Iterator[tuple[Action, Placed | Stays]]:
    scoping = Scoping(template)
    for policy in policies(template):
        for statement in statements(policy):
            ((_, item),) = statement.actions
            yield expand(item)[0], scoping.place(statement, item)


def concrete(value: Value, resources: dict[str, Any]) -> str:
    """An ARN as a stack would have it."""
    if isinstance(value, str):
        return value
    own = {"AWS::Partition": "aws", "AWS::Region": "us-east-1", "AWS::AccountId": "123456789012"}

    def resolve(name: str) -> str:
        head, _, attribute = name.partition(".")
        if head in own:
            return own[head]
        type_name = resources[head]["Type"]
        facts = ARNS[type_name]
        if attribute == "Name" or (not attribute and type_name not in REF_IS_ARN):
            return "alias/x" if type_name == "AWS::KMS::Alias" else "name"
        if attribute == "MasterUserSecret.SecretArn":
            return "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds-x"
        if facts.named:
            return re.sub(r"\$\{([^}]*)\}", lambda m: own[m[1]], facts.named).replace("@", "name")
        return KNOWN[type_name]

    reference, attribute, body = ref_target(value), get_att_parts(value), sub_body(value)
    if reference is not None:
        return resolve(reference)
    if attribute is not None:
        return resolve(".".join(attribute))
    assert body is not None
    return re.sub(r"\$\{([^}]*)\}", lambda m: resolve(m[1]), body[0])


_OWN = "us-east-1:123456789012"
KNOWN = {
    "AWS::AppSync::GraphQLApi": f"arn:aws:appsync:{_OWN}:apis/x",
    "AWS::Bedrock::AgentAlias": f"arn:aws:bedrock:{_OWN}:agent-alias/x/y",
    "AWS::Bedrock::KnowledgeBase": f"arn:aws:bedrock:{_OWN}:knowledge-base/x",
    "AWS::Cognito::UserPool": f"arn:aws:cognito-idp:{_OWN}:userpool/x",
    "AWS::ECS::Service": f"arn:aws:ecs:{_OWN}:service/c/s",
    "AWS::EFS::AccessPoint": f"arn:aws:elasticfilesystem:{_OWN}:access-point/x",
    "AWS::EFS::FileSystem": f"arn:aws:elasticfilesystem:{_OWN}:file-system/x",
    "AWS::Events::ApiDestination": f"arn:aws:events:{_OWN}:api-destination/x",
    "AWS::Events::Connection": f"arn:aws:events:{_OWN}:connection/x",
    "AWS::Events::Rule": f"arn:aws:events:{_OWN}:rule/x",
    "AWS::IAM::Role": "arn:aws:iam::123456789012:role/x",
    "AWS::KMS::Key": f"arn:aws:kms:{_OWN}:key/x",
    "AWS::RDS::DBCluster": f"arn:aws:rds:{_OWN}:cluster:x",
    "AWS::SageMaker::Endpoint": f"arn:aws:sagemaker:{_OWN}:endpoint/x",
    "AWS::StepFunctions::Activity": f"arn:aws:states:{_OWN}:activity:x",
    "AWS::Timestream::Database": f"arn:aws:timestream:{_OWN}:database/x",
    "AWS::Timestream::Table": f"arn:aws:timestream:{_OWN}:database/x/table/y",
    "AWS::ElasticLoadBalancingV2::TargetGroup": f"arn:aws:elasticloadbalancing:{_OWN}:targetgroup/x/y",
}


def arn_formats(service: str) -> dict[str, list[str]]:
    """The forms of the ARNs of each resource type of a service, by its name in lower case."""
    return {
        name.lower(): facts.get("ARNFormats", [])
        for name, facts in read_part(_policies()[service])["Resources"].items()
    }


def formats(action: Action) -> list[re.Pattern[str]]:
    """The forms of the ARNs of the types that an action supports."""
    known = arn_formats(action.service)
    found = [form for name in action.types for form in known.get(name, ())]
    own = {"Partition": "aws", "Region": "us-east-1", "Account": "123456789012"}
    return [re.compile(re.sub(r"\$\{(\w+)\}", lambda m: own[m[1]], form)) for form in found]


@pytest.mark.parametrize("service", SERVICES)
def test_every_action_ends_up_where_it_is_supported(service: str) -> None:
    """Action by action: none on a resource type that it does not support, none without ``*`` that needs it."""
    template = template_with(actions_of(service))
    scoped = 0
    for action, found in placed(template):
        if not action.types:
            assert found == Stays(), action
        if isinstance(found, Stays):
            continue
        scoped += 1
        assert not exception(action), action
        needed = [t for t in action.types if t not in OPTIONAL.get(service, ()) and not is_about_one(action.name)]
        assert all(SCOPES[service].get(name) for name in needed), action
        arns = [concrete(target.guarded, template.data["Resources"]) for target in found.targets]
        forms = formats(action)
        assert arns, action
        assert all(any(form.fullmatch(arn) for form in forms) for arn in arns), (action, arns)
        for name in needed:  # each type that may be required has a resource
            own = Action(service, action.name, (name,))
            assert any(form.fullmatch(arn) for form in formats(own) for arn in arns), (action, name, arns)
    assert scoped or service in ("ec2", "iam", "sts"), "nothing is scoped at all"


@pytest.mark.parametrize("service", SERVICES)
def test_no_resource_no_scope(service: str) -> None:
    for action, found in placed(template_with(actions_of(service), ())):
        assert isinstance(found, Stays), action
        assert bool(found.reason) is bool(action.types), action


def test_actions_of_other_services_stay() -> None:
    for service in sorted(services() - set(SCOPES))[::10]:
        for action, found in placed(template_with(actions_of(service))):
            assert isinstance(found, Stays), action


def test_scopes_name_what_is_there() -> None:
    for service, scopes in SCOPES.items():
        assert set(scopes) <= set(arn_formats(service)), service
        assert OPTIONAL.get(service, frozenset()) <= set(arn_formats(service)), service
        for found in scopes.values():
            for scope in found:
                for type_name in scope.types:
                    facts, known = ARNS.get(type_name), schema(type_name)
                    assert known is not None, type_name
                    if facts is None:
                        assert all("{@" in form for form in scope.forms)
                        continue
                    texts = [facts.reference, *scope.forms]
                    attributes = {m for text in texts for m in re.findall(r"\$\{@\.([\w.]+)\}", text)}
                    if not type_name.startswith("AWS::Serverless::"):
                        assert all(known.has_attribute(name) for name in attributes), (type_name, attributes)
                        assert not facts.name_property or facts.name_property in known.properties, type_name


def test_expand() -> None:
    assert [str(a) for a in expand("sqs:Send*")] == ["sqs:sendmessage"]
    assert expand("S3:getobject")[0].types == ("accesspointobject", "object")
    assert "s3:getobject" in {str(a) for a in expand("s3:Get?bject")}
    assert not expand("cloudwatch:PutMetricData")[0].types
    assert expand("s3:Nothing") == expand("nothing") == expand("*") == expand("no:*") == ()
    assert len(expand("dynamodb:*")) == len(actions_of("dynamodb"))
