"""What each principal of ten real templates may do before and after ``wildcard-iam-resource``, action by action.

The judge is this test's own reading of policies and of the authorization data, and what the Service Authorization
Reference says of ARNs; of the project it takes the repair alone, and the loader of the proof.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from fixer.engine.loader import load
from fixer.engine.run import repair
from fixer.model import InputError
from fixer.settings.model import Settings
from transforms.iam.wildcard_iam_resource import wildcard_iam_resource

CORPUS = Path(os.environ.get("CFNFIX_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus")
COUNT = 10
"""So many templates: those with the most statements on ``*`` that the transform changes, ties by path; of twins in both
formats one."""

ARNS = {
    "AWS::ApiGateway::RestApi": ("Ref", ""),
    "AWS::AutoScaling::AutoScalingGroup": ("Ref", ""),
    "AWS::CloudFront::Distribution": ("Ref", ""),
    "AWS::CloudWatch::Alarm": ("Arn", "cloudwatch:R:A:alarm:@"),
    "AWS::CodeBuild::Project": ("Arn", "codebuild:R:A:project/@"),
    "AWS::CodeCommit::Repository": ("Arn", "codecommit:R:A:@"),
    "AWS::CodeDeploy::Application": ("Ref", ""),
    "AWS::DynamoDB::Table": ("Arn", "dynamodb:R:A:table/@"),
    "AWS::ECR::Repository": ("Arn", "ecr:R:A:repository/@"),
    "AWS::ECS::Cluster": ("Arn", "ecs:R:A:cluster/@"),
    "AWS::ECS::Service": ("Ref", "ecs:R:A:service/cluster/@"),
    "AWS::ECS::TaskDefinition": ("Ref", "ecs:R:A:task-definition/@:1"),
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("Ref", "elasticloadbalancing:R:A:targetgroup/@/0"),
    "AWS::Events::EventBus": ("Arn", "events:R:A:event-bus/@"),
    "AWS::Kinesis::Stream": ("Arn", "kinesis:R:A:stream/@"),
    "AWS::KinesisFirehose::DeliveryStream": ("Arn", "firehose:R:A:deliverystream/@"),
    "AWS::KMS::Key": ("Arn", "kms:R:A:key/@"),
    "AWS::Lambda::Function": ("Arn", "lambda:R:A:function:@"),
    "AWS::Logs::LogGroup": ("Arn", "logs:R:A:log-group:@:*"),
    "AWS::S3::Bucket": ("Arn", "s3:::@"),
    "AWS::SecretsManager::Secret": ("Ref", "secretsmanager:R:A:secret:@-abcdef"),
    "AWS::Serverless::Function": ("Arn", "lambda:R:A:function:@"),
    "AWS::SNS::Topic": ("Ref", "sns:R:A:@"),
    "AWS::SQS::Queue": ("Arn", "sqs:R:A:@"),
    "AWS::StepFunctions::StateMachine": ("Arn", "states:R:A:stateMachine:@"),
}
"""What gives a resource's ARN (Return values in the CloudFormation User Guide), and the ARN; ``@`` is its name."""
EXACT = {
    ("dynamodb", "table"): r"table/[^/]+",
    ("dynamodb", "index"): r"table/[^/]+/index/.+",
    ("dynamodb", "stream"): r"table/[^/]+/stream/.+",
    ("lambda", "function"): r"function:[^:]+(:.+)?",
    ("lambda", "function version"): r"function:[^:]+:.+",
    ("lambda", "function alias"): r"function:[^:]+:.+",
    ("logs", "log-group"): r"log-group:[^:]+(:\*)?",
    ("logs", "log-stream"): r"log-group:[^:]+:(log-stream:.+|\*)",
    ("s3", "bucket"): r"[^/]+",
    ("s3", "object"): r"[^/]+/.+",
}
"""The last part of an ARN, where the bundled data knows less than the Service Authorization Reference."""
PSEUDO = {"AWS::Partition": "aws", "AWS::Region": "R", "AWS::AccountId": "A"}


class Grant(NamedTuple):
    """``written``: the item of Action that stands for the action, in lower case."""

    action: str
    resource: str
    condition: str
    written: str


@dataclass(frozen=True)
class Reading:
    """Of each principal, what its policies allow; and the statements of another kind as they are."""

    grants: dict[str, set[Grant]]
    others: list[str]


@cache
def authorization() -> dict[str, Any]:
    """The service authorization data, by service."""
    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    return dict(json.loads((folder / "data" / "AdditionalSpecs" / "Policies.json").read_text()))


def actions(pattern: str) -> list[str]:
    """The actions that an item of Action stands for; itself, if the data knows none."""
    service, _, name = pattern.lower().partition(":")
    known = authorization().get(service, {}).get("Actions", {})
    return [f"{service}:{other}" for other in known if fnmatchcase(other.lower(), name)] or [pattern.lower()]


def types(action: str) -> list[str]:
    """The resource types that an action supports; none: it needs ``*``."""
    service, _, name = action.partition(":")
    return list(authorization().get(service, {}).get("Actions", {}).get(name, {}).get("Resources", ()))


def supports(action: str, resource: str) -> bool:
    """Whether an ARN is of a type that the action supports."""
    service, _, _ = action.partition(":")
    known = authorization()[service]["Resources"]
    for name in types(action):
        for form in known.get(name.lower(), {}).get("ARNFormats", ()):
            pattern = re.sub(r"\$\{\w+\}", "[^:]*", form)
            exact = EXACT.get((service, name.lower()), ".*")
            if re.fullmatch(pattern, resource) and re.fullmatch(exact, resource.split(":", 5)[5]):
                return True
    return False


def texts(data: dict[str, Any], value: Any) -> list[str]:
    """A value of Resource as ARNs; with ``Fn::If`` of all branches."""
    if isinstance(value, list):
        return [text for item in value for text in texts(data, item)]
    if not isinstance(value, dict):
        return [str(value)]
    ((name, body),) = value.items()
    if name == "Fn::If":
        return texts(data, body[1:])
    if name == "Ref":
        return [] if body == "AWS::NoValue" else [given(data, body, "Ref")]
    if name == "Fn::GetAtt":
        return [given(data, *(body if isinstance(body, list) else body.split(".", 1)))]
    if name == "Fn::Join":
        return [body[0].join("".join(texts(data, part)) for part in body[1])]
    if name == "Fn::Sub":
        text, known = (body, {}) if isinstance(body, str) else body
        for key, inner in known.items():
            text = text.replace(f"${{{key}}}", "".join(texts(data, inner)))
        return [re.sub(r"\$\{([\w:]+)\.?([\w.]*)\}", lambda m: given(data, m[1], m[2] or "Ref"), text)]
    return [json.dumps(value, default=str)]


def given(data: dict[str, Any], name: str, attribute: str) -> str:
    """What ``Ref`` or an attribute gives: the ARN, or something that stands for a name."""
    kind = data["Resources"].get(name, {}).get("Type")
    if kind is None:
        return PSEUDO.get(name, name)
    if kind == "AWS::SSM::Parameter":  # a hierarchy begins with a slash, which the ARN does not double
        slash = str(data["Resources"][name]["Properties"].get("Name", "")).startswith("/")
        return f"/{name}" if slash else name
    where, arn = ARNS.get(kind, ("Ref", ""))
    if attribute != where:
        return name if attribute == "Ref" else f"<{attribute} of {kind} {name}: add it to ARNS>"
    return f"arn:aws:{arn.replace('@', name)}" if arn else name


def statements(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and "Effect" in value and "Principal" not in value:
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from statements(inner)


def principals(name: str, resource: dict[str, Any]) -> list[str]:
    """Who has the policies of a resource: itself, or the roles, users and groups that it is attached to."""
    given = resource.get("Properties", {})
    attached = [each for key in ("Roles", "Users", "Groups") for each in given.get(key) or () if isinstance(each, dict)]
    return [str(each["Ref"]) for each in attached if "Ref" in each] or [name]


def read(data: dict[str, Any]) -> Reading:
    found = Reading({}, [])
    for name, resource in data["Resources"].items():
        kind = str(resource.get("Type"))
        if not kind.startswith(("AWS::IAM::", "AWS::Serverless::")):
            continue
        body = {key: value for key, value in resource.get("Properties", {}).items() if "Polic" in key}
        body.pop("AssumeRolePolicyDocument", None)
        for statement in statements(body):
            if statement["Effect"] != "Allow" or not {"Action", "Resource"} <= statement.keys():
                found.others.append(json.dumps([name, statement], sort_keys=True, default=str))
                continue
            for who in principals(name, resource):
                found.grants.setdefault(who, set()).update(grants(data, statement))
    return found


def grants(data: dict[str, Any], statement: dict[str, Any]) -> Iterator[Grant]:
    condition = json.dumps(statement.get("Condition"), sort_keys=True, default=str)
    listed = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    for item in listed:
        for action in actions(str(item)):
            for resource in texts(data, statement["Resource"]):
                yield Grant(action, resource, condition, str(item).lower())


def faults(before: set[Grant], after: set[Grant]) -> Iterator[tuple[str, str]]:
    """An action, and what is wrong with what has become of it."""
    for action, condition in {(g.action, g.condition) for g in before}:
        old = {g.resource for g in before if (g.action, g.condition) == (action, condition)}
        new = {g for g in after if (g.action, g.condition) == (action, condition)}
        where = {g.resource for g in new}
        if "*" not in where and "*" in old and not types(action):
            yield action, "needs *, and has lost it"
        if old - where - {"*"}:
            yield action, f"was allowed on {' '.join(sorted(old - where - {'*'}))}, and is not any more"
        if "*" not in old and where - old:
            yield action, f"was not allowed on {' '.join(sorted(where - old))}"
        scoped = where - old
        if "*" in old and "*" not in where and not any(supports(action, resource) for resource in where):
            yield action, "is allowed on nothing that it supports"
        named = {g.resource for g in new if g.written == action} & scoped
        wrong = sorted(resource for resource in named if not supports(action, resource))
        if wrong:
            yield action, f"supports {', '.join(types(action)) or 'no resource type'}, and not {' '.join(wrong)}"
    for action, condition in {(g.action, g.condition) for g in after} - {(g.action, g.condition) for g in before}:
        yield action, f"was not allowed before, with the condition {condition}"


def listing(before: Reading, after: Reading) -> tuple[str, int]:
    """What each principal may do before and after; what is wrong stands behind ``<-- ``. And how much is wrong."""
    lines: list[str] = []
    count = 0
    for who in sorted(before.grants | after.grants):
        old, new = before.grants.get(who, set()), after.grants.get(who, set())
        wrong = dict(faults(old, new))
        count += len(wrong)
        lines.append(f"  {who}")
        for written in sorted({g.written for g in old | new}):
            was, now = (sorted({g.resource for g in each if g.written == written}) for each in (old, new))
            said = {text for action, text in wrong.items() if action in actions(written)}
            mark = "".join(f"  <-- {text}" for text in sorted(said))
            lines.append(f"    {written}: {' '.join(was)}{'' if was == now else ' -> ' + ' '.join(now)}{mark}")
    if sorted(before.others) != sorted(after.others):
        count += 1
        lines.append("  <-- statements of another kind have changed")
    return "\n".join(lines), count


def form(path: Path, text: str) -> str:
    return "json" if text.lstrip("\ufeff \t\r\n").startswith("{") else "yaml"


@cache
def chosen() -> list[tuple[str, str, str]]:
    """Ten templates: path in the corpus, text before, text after."""
    ranked: list[tuple[int, str, str]] = []
    for path in CORPUS.rglob("*"):
        if path.suffix in (".yaml", ".yml", ".json", ".template"):
            text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
            if "AWS::IAM::" in text and re.search(r"""Resource"?:\s*(-\s*|\[\s*)?["']\*""", text):
                count = len(re.findall(r"""Resource"?:\s*(?:-\s*|\[\s*)?["']\*""", text))
                ranked.append((-count, str(path.relative_to(CORPUS)), text))
    found: list[tuple[str, str, str]] = []
    for _, name, text in sorted(ranked):
        try:
            after = repair(text, [wildcard_iam_resource], Settings(unsafe_fixes=True)).after.text
        except (InputError, yaml.YAMLError):
            continue
        if after != text and Path(name).stem not in (Path(other).stem for other, _, _ in found):
            found.append((name, text, after))
        if len(found) == COUNT:
            break
    return found


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus is not at {CORPUS} (CFNFIX_CORPUS names another folder)")
@pytest.mark.parametrize("number", range(COUNT))
def test_nobody_may_do_more_nor_loses_what_needs_all(number: int) -> None:
    name, text, repaired = chosen()[number]
    before, after = (read(load(each, form(Path(name), each))) for each in (text, repaired))
    assert before != after, "the reading of policies does not see the change"
    shown, count = listing(before, after)
    assert not count, f"{name}: {count} wrong\n{shown}"
    print(name, shown, sep="\n")
