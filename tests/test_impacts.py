"""Every fix of every transform says what it does to a live stack, and is held against a judge of its own.

The judge (``live_update``) works out from the provider schemas what an update from the template before to the template
after a fix does. No fix may do more than it says, none writes a read-only property; a case whose fix says more than it
does has to be in ``OVERSTATED``, with the reason that the documentation gives.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from fixer.api import fix_text
from fixer.cloudformation.template import Template
from fixer.engine.loader import load
from fixer.engine.proof import apply
from fixer.model import Case, Finding, Impact, Options, Outcome, Transform
from fixer.settings.model import Settings
from tests.live_update import Change, Effect, changes, read_only_writes, schema, type_names, worst
from tests.test_transforms import CASES, TRANSFORMS

SAID = {
    Effect.NONE: Impact.NONE,
    Effect.UPDATE: Impact.NO_INTERRUPTION,
    Effect.MAY_REPLACE: Impact.REPLACEMENT,
    Effect.REPLACE: Impact.REPLACEMENT,
}
"""What a fix has to say of what it does. The schemas do not tell some from no interruption."""

TOO_MUCH = "but there is nothing above"

NO_STACK = {
    ("unconditional-domain", "two certificates"),
    ("unconditional-domain", "JSON, a placeholder and a record set group"),
    ("misspelled-name", "a property, a type, references"),
    ("misspelled-name", "every kind of reference"),
    ("misspelled-name", "inside properties, in branches, in a loop"),
}
"""Cases of which there is no live stack: with a placeholder for a certificate, no domain was ever created, and with the
name of something that is not there, nothing was.
"""

OVERSTATED = {
    **{
        ("hard-coded-availability-zone", case): "even where a schema calls it updatable"  # of a volume
        for case in (
            "every way to write a zone",
            "zones beside selected ones stay apart from them",
            "a mapping by environment, in JSON",
            "not without being asked",
        )
    },
    **{
        ("deprecated-engine-version", case): "the provider schema does not tell that from none"
        for case in (
            "instances and a cluster",
            "JSON",
            "allowed values, branches, mappings with their engines",
            "only builds under Extended Support are left",
            "a version that nobody knows",
            "an engine and its version on one condition",
            "a number",
            "a replica and its source, and a cluster in a loop",
            "not unless asked for",
        )
    },
    **{
        ("deprecated-runtime", case): "counts as the functions that may get its value"
        for case in (
            "a function, a parameter, inline code with a callback",
            "branches, mappings, Sub without variables",
        )
    },
    ("hard-coded-account-id", "AWS SAM"): "the impact is that of\na change",  # of a property that no function takes up
}
"""Cases in which a fix says more than happens, and the words of the documentation that tell why."""

SAM = "Transform: AWS::Serverless-2016-10-31\n"
FURTHER = {
    "hard-coded-region": (
        "an event source",
        SAM
        + """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      InlineCode: pass
      Events:
        Queue:
          Type: SQS
          Properties:
            Queue: arn:aws:sqs:us-east-1:111122223333:orders
        Topic:
          Type: SNS
          Properties:
            Topic: arn:aws:sns:us-east-1:111122223333:orders
        Bus:
          Type: EventBridgeRule
          Properties:
            EventBusName: arn:aws:events:us-east-1:111122223333:event-bus/orders
            Pattern: {source: [orders]}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Role: arn:aws:iam::111122223333:role/flow
      Definition: {StartAt: End, States: {End: {Type: Succeed}}}
      Events:
        Bus:
          Type: EventBridgeRule
          Properties:
            EventBusName: arn:aws:events:us-east-1:111122223333:event-bus/orders
            Pattern: {source: [orders]}
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody: {swagger: "2.0", paths: {/: {get: {responses: {}}}}}
      Auth:
        Authorizers:
          Own: {FunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:authorizer"}
""",
    ),
    "hard-coded-code-bucket": (
        "a layer, and a parameter that has the name",
        """\
Parameters:
  Artifacts: {Type: String, Default: acme-code}
Resources:
  Layer:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: {S3Bucket: acme-code, S3Key: layer.zip}
""",
    ),
}
"""Templates for looking at what a fix does, beside the transforms' own cases."""

OF_THE_REGION = {
    "Globals: {Function: {RolePath: !Sub '/${Region}/'}}": Impact.REPLACEMENT,
    "Globals: {Function: {Tags: {Region: !Ref Region}}}": Impact.NO_INTERRUPTION,
    "Globals: {Api: {Domain: {DomainName: !Sub '${Region}.acme.org', CertificateArn: x}}}": Impact.REPLACEMENT,
    "Globals: {Api: {Domain: {DomainName: api.acme.org, CertificateArn: !Ref Region}}}": Impact.NO_INTERRUPTION,
    "Globals: {Api: {Name: !Ref Region}}": Impact.NO_INTERRUPTION,
    "Globals: {HttpApi: {Domain: {DomainName: !Sub '${Region}.acme.org', CertificateArn: x}}}": Impact.REPLACEMENT,
    "Globals: {Function: {AutoPublishAlias: !Ref Region}}": Impact.REPLACEMENT,
}
"""What a value that may change does in the Globals of this template, with one of each kind."""
GLOBALS = (
    SAM
    + """\
Parameters:
  Region: {Type: String, Default: us-east-1}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.12, Handler: index.handler, InlineCode: pass}
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: prod, DefinitionBody: {swagger: "2.0", paths: {}}}
  Http:
    Type: AWS::Serverless::HttpApi
    Properties: {DefinitionBody: {openapi: 3.0.1, paths: {}}}
"""
)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The translator of AWS SAM asks for a Region, which is none that a template names, and talks."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-south-2")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def proposed(transform: Transform, case: Case, folder: Path) -> list[tuple[Any, Finding]]:
    """Every fix that is proposed on the way of a case, with the data to which it would be applied."""
    found: dict[str, tuple[Any, Finding]] = {}

    def check(template: Template, options: Options) -> list[Finding]:
        findings = list(transform.check(template, options))
        for finding in findings:
            if finding.fix and finding.fix.operations:
                found.setdefault(repr(finding), (template.data, finding))
        return findings

    repaired(replace(transform, check=check), case, folder)
    return list(found.values())


def repaired(transform: Transform, case: Case, folder: Path, most: Impact | None = None) -> Outcome:
    """A case after its repair, unsafe fixes too, as far as their impact is at ``most`` so high."""
    for name, content in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode())
    options = replace(case.options, code_root=case.options.code_root or str(folder))
    settings = Settings(unsafe_fixes=True, max_impact=most, validate="none", options=options)
    outcome = fix_text(case.before, settings, transforms=(transform,))
    assert outcome.error is None
    return outcome


def has_no_stack(transform: Transform, case: Case) -> bool:
    """Whether CloudFormation takes no template of a case before its repair."""
    return transform.name == "invalid-logical-id" or (transform.name, case.name) in NO_STACK


def true_in_every_stack(transform: Transform, findings: Iterable[Finding]) -> set[str]:
    """The conditions without which CloudFormation takes no template of the findings, because of what they refer to."""
    if transform.name != "missing-dependency-condition":
        return set()
    found = (re.search(r"left out where (\w+) is false", finding.message) for finding in findings)
    return {match[1] for match in found if match}


def complaints(transform: Transform, data: Any, finding: Finding) -> Iterator[str]:
    """What is wrong with what a fix says of itself."""
    fix = finding.fix
    assert fix is not None
    after = apply(data, fix.operations)
    done: list[Change] = changes(data, after, true_in_every_stack(transform, [finding]))
    where = f"{transform.name} at {'.'.join(map(str, finding.path))}: {fix.title!r} says {fix.impact.name}"
    due = SAID[worst(done)]
    if fix.impact < due:
        yield f"{where}, but there is {[c for c in done if SAID[c.effect] == due]}"
    elif fix.impact > due:
        yield f"{where}, {TOO_MUCH} {due.name}"
    for written in read_only_writes(data, after):
        yield f"{where}, and writes what can only be read: {written}"


@pytest.mark.parametrize(("transform", "case"), CASES)
def test_a_fix_does_what_it_says(transform: Transform, case: Case, tmp_path: Path) -> None:
    if has_no_stack(transform, case):
        pytest.skip("there can be no live stack of it")
    found = proposed(transform, case, tmp_path)
    assert case.after is None or found, "nothing was proposed"
    wrong = [words for data, finding in found for words in complaints(transform, data, finding)]
    if (transform.name, case.name) in OVERSTATED:
        assert OVERSTATED[transform.name, case.name] in transform.doc
        assert any(TOO_MUCH in words for words in wrong), "it is not overstated any more"
        wrong = [words for words in wrong if TOO_MUCH not in words]
    assert wrong == []


@pytest.mark.parametrize("name", FURTHER)
def test_a_fix_of_further_templates_does_what_it_says(name: str, tmp_path: Path) -> None:
    transform = next(t for t in TRANSFORMS if t.name == name)
    found = proposed(transform, Case(*FURTHER[name]), tmp_path)
    assert found
    assert [words for data, finding in found for words in complaints(transform, data, finding)] == []


@pytest.mark.parametrize("line", OF_THE_REGION)
def test_globals_of_sam(line: str, tmp_path: Path) -> None:
    transform = next(t for t in TRANSFORMS if t.name == "region-parameter")
    ((data, finding),) = proposed(transform, Case("", f"{GLOBALS}{line}\n"), tmp_path)
    assert finding.fix
    assert finding.fix.impact is OF_THE_REGION[line]
    assert list(complaints(transform, data, finding)) == []


def test_tags_of_every_type_do_what_they_say() -> None:
    """missing-tags is all that works on every type: none of the types' own schemas may be taken for something else."""
    transform = next(t for t in TRANSFORMS if t.name == "missing-tags")
    wrong, seen = [], 0
    for name in type_names():
        data = {"Resources": {"It": {"Type": name, "Properties": {}}}}
        for finding in transform.check(Template(data), Options(tags={"Team": "orders"})):
            if finding.fix:
                seen += 1
                wrong += list(complaints(transform, data, finding))
    assert wrong == []
    assert seen > 1_000


@pytest.mark.parametrize(("transform", "case"), CASES)
def test_deployed_replaces_nothing(transform: Transform, case: Case, tmp_path: Path) -> None:
    """With --deployed, the template as a whole replaces and removes nothing."""
    if has_no_stack(transform, case):
        pytest.skip("there can be no live stack of it")
    outcome = repaired(transform, case, tmp_path, Impact.NO_INTERRUPTION)
    form = "json" if case.before.lstrip("\ufeff").startswith("{") else "yaml"
    if outcome.changed:
        true = true_in_every_stack(transform, outcome.applied)
        found = changes(load(outcome.before, form), load(outcome.after, form), true)
        assert worst(found) <= Effect.UPDATE, found


# -- the judge itself

ROLE: dict[str, Any] = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "a", "Path": "/", "Description": "x"}}


def resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Resources": {"It": {"Type": kind, "Properties": properties}}}


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        pytest.param({"Resources": {"It": ROLE}}, {"Resources": {"It": ROLE}}, Effect.NONE, id="nothing"),
        pytest.param({"Resources": {"It": ROLE}}, {"Resources": {}}, Effect.REPLACE, id="removed"),
        pytest.param({"Resources": {"It": ROLE}}, {"Resources": {"That": ROLE}}, Effect.REPLACE, id="renamed"),
        pytest.param({"Resources": {}}, {"Resources": {"It": ROLE}}, Effect.NONE, id="new"),
        pytest.param(
            resource("AWS::IAM::Role", RoleName="a"), resource("AWS::IAM::Role"), Effect.REPLACE, id="name removed"
        ),
        pytest.param(
            resource("AWS::IAM::Role", Description="a"), resource("AWS::IAM::Role"), Effect.UPDATE, id="text removed"
        ),
        pytest.param(
            resource("AWS::RDS::DBInstance"),
            resource("AWS::RDS::DBInstance", MultiAZ=True),
            Effect.MAY_REPLACE,
            id="conditional",
        ),
        pytest.param(
            resource("AWS::EC2::Subnet", VpcId="vpc"),
            resource("AWS::EC2::Subnet", VpcId="vpc", AvailabilityZone={"Fn::Select": [0, {"Fn::GetAZs": ""}]}),
            Effect.REPLACE,
            id="create-only by a function",
        ),
        pytest.param(
            resource("AWS::IAM::Role", RoleName="arn:aws:x"),
            resource("AWS::IAM::Role", RoleName={"Fn::Sub": "arn:${AWS::Partition}:x"}),
            Effect.NONE,
            id="the same value, put together",
        ),
        pytest.param(
            resource("AWS::IAM::Role", RoleName="x-us-east-1"),
            resource("AWS::IAM::Role", RoleName={"Fn::Sub": "x-${AWS::Region}"}),
            Effect.REPLACE,
            id="perhaps another value",
        ),
        pytest.param(
            resource("AWS::IAM::Role", RoleName="a"),
            {"Parameters": {"P": {"Type": "String", "Default": "a"}}}
            | resource("AWS::IAM::Role", RoleName={"Ref": "P"}),
            Effect.NONE,
            id="a new parameter with its value",
        ),
        pytest.param(
            {"Parameters": {"P": {"Type": "String", "Default": "a"}}} | resource("AWS::IAM::Role", RoleName="a"),
            {"Parameters": {"P": {"Type": "String", "Default": "a"}}}
            | resource("AWS::IAM::Role", RoleName={"Ref": "P"}),
            Effect.REPLACE,
            id="an old parameter may have another value",
        ),
        pytest.param(
            resource("AWS::IAM::Role", RoleName="a"),
            {"Conditions": {"C": {"Fn::Equals": ["a", "b"]}}}
            | resource("AWS::IAM::Role", RoleName={"Fn::If": ["C", {"Ref": "AWS::NoValue"}, "a"]}),
            Effect.NONE,
            id="a branch that is not taken",
        ),
        pytest.param(
            {"Parameters": {"P": {"Type": "String"}}} | resource("AWS::IAM::Role"),
            {
                "Parameters": {"P": {"Type": "String", "Default": ""}},
                "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, ""]}},
                "Resources": {"It": {"Type": "AWS::IAM::Role", "Properties": {}, "Condition": "C"}},
            },
            Effect.REPLACE,
            id="a condition that does not hold",
        ),
        pytest.param(
            resource("AWS::SSM::Parameter", Type="String"),
            {"Resources": {"It": resource("AWS::SSM::Parameter", Type="String")["Resources"]["It"] | {"Metadata": 1}}},
            Effect.NONE,
            id="metadata",
        ),
        pytest.param(
            resource("AWS::Lambda::LayerVersion", Content={"S3Bucket": "a"}),
            resource("AWS::Lambda::LayerVersion", Content={"S3Bucket": "b"}),
            Effect.REPLACE,
            id="a place inside a create-only property",
        ),
    ],
)
def test_the_judge(before: Any, after: Any, effect: Effect) -> None:
    assert worst(changes(before, after)) is effect


def test_the_judge_knows_what_can_only_be_read() -> None:
    before, after = resource("AWS::IAM::Role"), resource("AWS::IAM::Role", Arn="arn:aws:iam::1:role/a")
    assert read_only_writes(before, after) == ["It: /properties/Arn"]
    assert read_only_writes(after, after) == []


def test_the_judge_reads_the_schemas() -> None:
    assert "/properties/RoleName" in schema("AWS::IAM::Role")["createOnlyProperties"]
    assert schema("Custom::Thing") == {}


def _spoilt(impact: Impact) -> Callable[[Transform], Transform]:
    def spoil(transform: Transform) -> Transform:
        def check(template: Template, options: Options) -> Iterator[Finding]:
            for finding in transform.check(template, options):
                yield replace(finding, fix=finding.fix and replace(finding.fix, impact=impact))

        return replace(transform, check=check)

    return spoil


@pytest.mark.parametrize("impact", [Impact.NONE, Impact.REPLACEMENT])
def test_a_wrong_word_is_noticed(impact: Impact, tmp_path: Path) -> None:
    """A fix that says too little or too much of itself."""
    name = "explicit-iam-name" if impact is Impact.NONE else "missing-resource-outputs"
    transform = _spoilt(impact)(next(t for t in TRANSFORMS if t.name == name))
    found = proposed(transform, transform.invalid[0], tmp_path)
    assert any(list(complaints(transform, data, finding)) for data, finding in found)
