"""The sample with every failure of the seed: what its repair makes of it is a stack that works, new or live."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fixer.api import fix_file
from fixer.cli.command import cli
from fixer.model import Impact
from fixer.settings.model import Settings
from tests.deployment.stacks import Stack, StackFailed
from tests.deployment.taught import client
from tests.deployment.templates import ROOT, loaded

pytestmark = pytest.mark.usefixtures("aws")

SAMPLE = ROOT / "samples" / "every-failure" / "template.yaml"
COMMAND = ("--unsafe-fixes", "--extend-select", "network,ha")
DOMAIN = {"ShopDomain", "ShopMapping", "ShopRecord"}
"""The custom domain and all that needs it."""


def sample() -> dict[str, Any]:
    return loaded(SAMPLE.read_text())


def fixed() -> dict[str, Any]:
    return loaded(SAMPLE.with_suffix(".fixed.yaml").read_text())


def given(certificate: str | None = None) -> dict[str, str]:
    """The parameters; their hosted zone is made. No certificate: it is not passed."""
    zone = client("route53").create_hosted_zone(Name="example.com", CallerReference="once")["HostedZone"]["Id"]
    found = {"DatabasePassword": "correct-horse", "HostedZoneId": zone.rpartition("/")[2]}
    return found if certificate is None else {**found, "CertificateArn": certificate}


def certificate() -> str:
    """One that is issued: moto needs to be asked for it once."""
    arn: str = client("acm").request_certificate(DomainName="tickets.example.com")["CertificateArn"]
    client("acm").describe_certificate(CertificateArn=arn)
    return arn


def artifacts() -> None:
    """The bucket that nobody made, and what should be in it."""
    client("s3").create_bucket(Bucket="ticket-shop-artifacts")
    for name in ("orders", "receipts"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(f"{name}.py", "def handler(event, context): ...")
        client("s3").put_object(Bucket="ticket-shop-artifacts", Key=f"releases/{name}.zip", Body=file.getvalue())


def repaired(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    """What the command line makes of the sample."""
    target = tmp_path / "fixed.yaml"
    done = CliRunner().invoke(cli, [str(SAMPLE), "--no-validate", *arguments, "-o", str(target)])
    assert done.exit_code == 0, done.output
    return loaded(target.read_text())


def test_before_the_repair_it_fails_for_want_of_the_bucket() -> None:
    with pytest.raises(StackFailed, match="NoSuchBucket"):
        Stack(sample(), given(certificate())).create()


def test_before_the_repair_it_fails_for_want_of_a_certificate() -> None:
    artifacts()
    with pytest.raises(StackFailed, match="certificate/none not found"):
        Stack(sample(), given("arn:aws:acm:us-east-1:123456789012:certificate/none")).create()


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_after_it_deploys_and_its_outputs_are_right(suffix: str) -> None:
    template = loaded(SAMPLE.with_suffix(f".fixed.{suffix}").read_text())
    stack = Stack(template, given()).create()
    outputs = stack.outputs
    assert outputs == stack.expected_outputs()
    assert stack.misnamed_outputs() == {}
    assert len(outputs) == len(template["Outputs"]) - 1, "all but that of the domain"
    assert {"OrdersAlarmName", "DelayAlarmName", "VpcId", "PrivateSubnet1Id", "ApiUrl", "Venues"} <= set(outputs)
    assert outputs["CustomDomainStatus"] == "disabled"
    assert DOMAIN.isdisjoint(stack.ids)
    assert client("apigateway").get_domain_names()["items"] == []


def test_with_a_certificate_there_is_a_domain_and_all_that_needs_it() -> None:
    stack = Stack(fixed(), given(certificate())).create()
    outputs = stack.outputs
    assert outputs == stack.expected_outputs()
    assert stack.misnamed_outputs() == {}
    assert set(stack.ids) == set(fixed()["Resources"]), "nothing is left out"
    assert outputs["CustomDomainStatus"] == "enabled"
    assert outputs["ShopUrl"] == "https://tickets.example.com/orders"
    mapped = client("apigateway").get_base_path_mappings(domainName="tickets.example.com")["items"]
    assert [(m["restApiId"], m["stage"]) for m in mapped] == [(outputs["ApiId"], "shop")]
    records = client("route53").list_resource_record_sets(HostedZoneId=outputs["HostedZoneId"])["ResourceRecordSets"]
    assert "tickets.example.com" in {record["Name"].rstrip(".") for record in records}


def test_the_functions_run_the_sources() -> None:
    stack = Stack(fixed(), given()).create()
    ids = stack.ids
    for name, source in (("OrdersFunction", "orders.py"), ("ReceiptsFunction", "receipts.js")):
        found = client("lambda").get_function(FunctionName=ids[name])["Configuration"]
        assert found["Handler"] == "index.handler"
        assert sorted(found["VpcConfig"]["SubnetIds"]) == sorted([ids["PrivateSubnet1"], ids["PrivateSubnet2"]])
        code = fixed()["Resources"][name]["Properties"]["Code"]["ZipFile"]
        assert code == (SAMPLE.parent / "src" / source).read_text()


def live() -> Stack:
    """The sample as it was deployed before anybody repaired it."""
    artifacts()
    return Stack(sample(), given(certificate())).create()


@pytest.mark.parametrize("arguments", [(), COMMAND], ids=["safe", "all"])
def test_an_update_with_deployed_replaces_nothing(arguments: tuple[str, ...], tmp_path: Path) -> None:
    stack = live()
    before = stack.ids
    assert set(before) == set(sample()["Resources"])
    new = stack.update(repaired(tmp_path, "--deployed", *arguments))
    after = new.ids
    assert {name: after.get(name) for name in before} == before
    assert set(after) > set(before) or not arguments, "what is new is there"
    assert new.outputs == new.expected_outputs()
    found = client("lambda").get_function(FunctionName=after["OrdersFunction"])["Configuration"]
    assert found["Handler"] == "index.handler", "and the rest is repaired"


def test_an_update_without_deployed_replaces_what_the_repair_says(tmp_path: Path) -> None:
    """So the test above would notice."""
    outcome = fix_file(SAMPLE, Settings(extend_select=("network", "ha"), unsafe_fixes=True, validate="none"))
    said = {f.path[1] for f in outcome.applied if f.fix is not None and f.fix.impact == Impact.REPLACEMENT}
    stack = live()
    before = stack.ids
    after = stack.update(repaired(tmp_path, *COMMAND)).ids
    replaced = {name for name in before if after.get(name) != before[name]}
    assert replaced == {"ShopRole", "ApiPermission", "PlansDatabase", "PlansReplica"}
    assert replaced <= said, "and none besides"
