"""Repaired templates of the corpus, deployed with moto; and the same templates before their repair, as a control.

The rule by which they are chosen: all templates of the folder ``model-written`` that are what this project reads, that
no macro works on, and of whose types moto (with what ``taught`` adds) makes every one, those that the repair adds
included. The table below is that choice, with what became of each before the repair.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from fixer.api import fix_text
from fixer.model import CfnfixError, Impact
from fixer.settings.model import Settings
from fixer.syntax.parse import parse
from tests.deployment.stacks import Stack, StackFailed
from tests.deployment.taught import client, makes
from tests.deployment.templates import ROOT, loaded

FOLDER = Path(os.environ.get("CFNFIX_CORPUS", ROOT.parent / "shared" / "corpus")) / "model-written"
SETTINGS = Settings(extend_select=("network", "ha"), unsafe_fixes=True, validate="none")
DEPLOYS = "deploys"
RECORDED = {
    "Pr2696.model.yaml": DEPLOYS,
    "Pr2716.model.yaml": DEPLOYS,
    "Pr2765.model.yaml": "InvalidParameterValue",
    "Pr301.model.yaml": DEPLOYS,
    "Pr3174.model.yaml": DEPLOYS,
    "Pr3205.model.yaml": DEPLOYS,
    "Pr3291.model.yaml": DEPLOYS,
    "Pr3295.model.json": "KeyError",
    "Pr3296.model.yaml": DEPLOYS,
    "Pr3303.model.yaml": "InvalidParameterValue",
    "Pr3526.model.yaml": DEPLOYS,
    "Pr3705.model.yaml": DEPLOYS,
    "Pr3749.model.yaml": DEPLOYS,
    "Pr3799.model.yaml": "KeyError",
    "Pr3842.model.yaml": DEPLOYS,
    "Pr3959.model.yaml": "ValidationError",
    "Pr3972.model.yaml": DEPLOYS,
    "Pr4177.model.yaml": "TypeError",
    "Pr4239.model.yaml": "KeyError",
    "Pr4297.model.yaml": "RecursionError",
    "Pr4391.model.json": DEPLOYS,
    "Pr5416.model.json": "InvalidParameterValue",
    "Pr5437.model.json": DEPLOYS,
    "Pr6399.model.json": DEPLOYS,
    "Pr6419.model.json": "RecursionError",
    "Pr6447.model.json": DEPLOYS,
    "Pr6468.model.json": DEPLOYS,
    "Pr6541.model.json": DEPLOYS,
    "Pr6831.model.json": DEPLOYS,
    "Pr6989.model.json": DEPLOYS,
    "Pr6994.model.json": "NoSuchBucket",
    "Pr7210.model.json": "NoSuchBucket",
    "Pr7217.model.json": "RecursionError",
    "Pr7377.model.json": DEPLOYS,
    "Pr7504.model.json": DEPLOYS,
    "Pr7549.model.json": "AttributeError",
    "Pr7559.model.json": DEPLOYS,
    "Pr7575.model.json": "KeyError",
    "Pr8653.model.yaml": "KeyError",
    "Pr8974.model.json": DEPLOYS,
}
"""File to what moto 5.2 makes of it before the repair: a stack, or this error."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"there is no corpus in {FOLDER.parent}")


def chosen(text: str) -> bool:
    """Whether the rule above takes this template."""
    try:
        data = parse(text).data
    except CfnfixError:
        return False
    if not isinstance(data, dict) or "Transform" in data or "Fn::Transform" in text or "Fn::ForEach" in text:
        return False
    resources = data.get("Resources")
    return isinstance(resources, dict) and all(makes(str(body.get("Type"))) for body in resources.values())


def given(template: dict[str, object]) -> dict[str, str]:
    """Values for the parameters without a default: of those that are allowed the first, or one that the account has."""
    ec2, found = client("ec2"), {}
    parameters = template.get("Parameters")
    for name, body in parameters.items() if isinstance(parameters, dict) else ():
        kind = body["Type"]
        if "Default" in body:
            continue
        if body.get("AllowedValues"):
            found[name] = str(body["AllowedValues"][0])
        elif "VPC::Id" in kind:
            found[name] = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        elif "Subnet::Id" in kind:
            subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"]]
            found[name] = ",".join(subnets[:2]) if kind.startswith("List") else subnets[0]
        elif "SecurityGroup::Id" in kind:
            found[name] = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
        else:
            found[name] = "1" if kind == "Number" else f"{name.lower()}-value"
    return found


def test_the_table_is_what_the_rule_chooses() -> None:
    texts = {file.name: file.read_text() for file in sorted(FOLDER.iterdir())}
    assert [name for name, text in texts.items() if chosen(text)] == list(RECORDED)
    assert list(RECORDED.values()).count(DEPLOYS) >= 20


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("name", [name for name, before in RECORDED.items() if before != DEPLOYS])
def test_before_the_repair_it_fails_as_recorded(name: str) -> None:
    template = loaded((FOLDER / name).read_text())
    with pytest.raises(StackFailed) as failed:
        Stack(template, given(template)).create()
    assert failed.value.kind == RECORDED[name]


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("name", [name for name, before in RECORDED.items() if before == DEPLOYS])
def test_before_the_repair_it_deploys_and_a_repair_with_deployed_replaces_nothing(name: str) -> None:
    text = (FOLDER / name).read_text()
    template = loaded(text)
    stack = Stack(template, given(template)).create()
    before = stack.ids
    outcome = fix_text(text, replace(SETTINGS, max_impact=Impact.NO_INTERRUPTION))
    assert outcome.changed
    new = stack.update(loaded(outcome.after))
    after = new.ids
    assert {name: after.get(name) for name in before} == before
    assert new.outputs == new.expected_outputs()


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("name", [name for name, before in RECORDED.items() if before == DEPLOYS])
def test_after_the_repair_it_deploys_and_its_outputs_are_right(name: str) -> None:
    text = (FOLDER / name).read_text()
    outcome = fix_text(text, SETTINGS)
    template = loaded(outcome.after)
    stack = Stack(template, given(template)).create()
    outputs = stack.outputs
    assert outputs == stack.expected_outputs()
    assert stack.misnamed_outputs() == {}
    assert len(outputs) > len(loaded(text).get("Outputs", {})), "there are more than before"
