"""CloudFormation's limits, through the real command line: what would pass one is withheld or refused, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from fixer.api import fix_text
from fixer.cli.command import cli
from fixer.cloudformation import limits
from fixer.model import Finding, Fix, Insert, Options, Outcome, Safety, Transform
from fixer.settings.model import Settings

PACKAGED = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: orders.handler
      Runtime: python3.12
      Role: !Ref Role
"""


def repair(folder: Path, text: str, *args: str) -> Result:
    """A run in place on a file of this text, without validation: the limits are the engine's."""
    (folder / "template.yaml").write_bytes(text.encode())
    return CliRunner().invoke(
        cli, ["-j", "1", "-v", "--no-validate", "--isolated", "-w", *args, str(folder / "template.yaml")]
    )


def section(folder: Path, name: str) -> dict[str, object]:
    class Loader(yaml.CSafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: node.value)
    found: dict[str, object] = yaml.load((folder / "template.yaml").read_text(), Loader)[name]
    return found


def words(result: Result) -> str:
    """What was said, without the breaks of its lines."""
    return re.sub(r"\s+", " ", result.stderr)


def lines(template: str, numbers: Iterable[int]) -> str:
    return "".join(template.format(number) for number in numbers)


def test_outputs(tmp_path: Path) -> None:
    parameters = lines("  P{}: {{Type: String}}\n", range(5))
    outputs = lines("  O{}: {{Value: x}}\n", range(197))
    text = f"Parameters:\n{parameters}Resources: {{}}\nOutputs:\n{outputs}"
    done = repair(tmp_path, text, "--select", "missing-parameter-outputs")
    assert len(section(tmp_path, "Outputs")) == limits.OUTPUTS
    assert words(done).count("the template has 200 outputs, the most that CloudFormation takes") == 2
    assert done.exit_code == 0


def test_resources(tmp_path: Path) -> None:
    buckets = lines("  B{}: {{Type: 'AWS::S3::Bucket'}}\n", range(3))
    others = lines("  W{}: {{Type: 'AWS::CloudFormation::WaitConditionHandle'}}\n", range(495))
    done = repair(
        tmp_path, f"Resources:\n{buckets}{others}", "--unsafe-fixes", "--select", "missing-bucket-policy,no-redrive"
    )
    assert len(section(tmp_path, "Resources")) == limits.RESOURCES
    assert words(done).count("the template has 500 resources, the most that CloudFormation takes") == 1
    assert done.exit_code == 0


def test_parameters(tmp_path: Path) -> None:
    parameters = lines("  P{}: {{Type: String}}\n", range(199))
    buckets = lines(
        "  F{0}: {{Type: 'AWS::Lambda::Function', Properties: {{Code: {{S3Bucket: acme-{0}, S3Key: a.zip}}}}}}\n",
        range(3),
    )
    text = f"Parameters:\n{parameters}Resources:\n{buckets}"
    done = repair(tmp_path, text, "--unsafe-fixes", "--select", "hard-coded-code-bucket")
    assert len(section(tmp_path, "Parameters")) == limits.PARAMETERS
    assert words(done).count("the template has 200 parameters, the most that CloudFormation takes") == 2
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("kind", "held", "most"),
    [
        ("AWS::SQS::Queue", "Tags: [{}]", 50),
        ("AWS::ApiGatewayV2::Api", "Tags: {{{}}}", 50),
        ("AWS::Serverless::Function", "Tags: {{{}}}", 49),  # SAM adds one
    ],
)
def test_tags(kind: str, held: str, most: int, tmp_path: Path) -> None:
    entry = "{{Key: K{0}, Value: x}}" if "[" in held else "K{0}: x"
    tags = ", ".join(entry.format(number) for number in range(most - 1))
    text = f"Resources:\n  It:\n    Type: {kind}\n    Properties:\n      {held.format(tags)}\n"
    args = ("--select", "missing-tags", "--tag", "Team=orders")
    done = repair(tmp_path, text, *args, "--tag", "Floor=4")
    assert f"it has {most - 1} tags, and may have {most}" in words(done)
    assert (tmp_path / "template.yaml").read_text() == text
    assert "repaired 1" in words(repair(tmp_path, text, *args))


def three(name: str, section: str) -> Transform:
    """Proposes three entries of a section in one fix, and one in another, and heeds no limit."""

    def check(template: object, options: Options) -> Iterator[Finding]:
        known = template.section(section)  # type: ignore[attr-defined]
        for title, names in (("three", ("A1", "A2", "A3")), ("one", ("B1",))):
            if names[0] not in known:
                operations = tuple(Insert((section, name), {}) for name in names)
                yield Finding(f"{title} {section}", ("Resources",), Fix(title, operations, Safety.SAFE))

    return Transform(name, check, "")


@pytest.mark.parametrize("name", limits.ENTRIES)
def test_a_repair_that_heeds_no_limit_is_withheld(name: limits.Section) -> None:
    most = limits.ENTRIES[name]
    text = f"{name}:\n" + lines("  E{}: {{}}\n", range(most - 2)) + ("" if name == "Resources" else "Resources: {}\n")

    def run(text: str) -> Outcome:
        return fix_text(text, Settings(validate="none"), transforms=(three("three", name),))

    outcome = run(text)
    assert [finding.message for finding in outcome.applied] == [f"one {name}"]
    (finding,) = outcome.remaining
    assert finding.reason == f"the template would have {most + 2} {name.lower()}, and may have {most}"
    assert run(outcome.after).after == outcome.after


def test_a_section_that_is_too_full_already_may_be_repaired() -> None:
    text = "Outputs:\n" + lines("  E{}: {{Value: 'arn:aws:s3:::a'}}\n", range(201)) + "Resources: {}\n"
    outcome = fix_text(text, Settings(select=("hard-coded-partition",), validate="none"))
    assert len(outcome.applied) == 201


# -- the size of the whole

ARN = ("--select", "hard-coded-partition")


def sized(after: int) -> str:
    """A template that has so many bytes after its ARN is repaired, and letters of two bytes."""
    text = "Resources: {}\nOutputs: {A: {Value: 'arn:aws:s3:::a'}}\n"
    repaired = fix_text(text, Settings(select=("hard-coded-partition",), validate="none")).after
    assert repaired != text
    padding = after - len(repaired) - len("#\n")
    return f"#{'é' * 1000}{'x' * (padding - 2000)}\n{text}"


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (0, "It has 51,201 bytes now: over 51,200, CloudFormation takes it from S3 only."),
        (1, ""),
    ],
)
def test_a_body_for_a_request(room: int, said: str, tmp_path: Path) -> None:
    """Bytes count, not letters, and only those of the result."""
    done = repair(tmp_path, sized(51_201 - room), *ARN)
    assert len((tmp_path / "template.yaml").read_bytes()) == 51_201 - room
    assert "repaired 1" in words(done)
    assert said in words(done) if said else "from S3 only" not in words(done)
    assert done.exit_code == 0


def test_a_body_that_was_too_large_for_a_request(tmp_path: Path) -> None:
    text = f"#{'x' * 60_000}\nResources: {{}}\nOutputs: {{A: {{Value: 'arn:aws:s3:::x'}}}}\n"
    done = repair(tmp_path, text, "--select", "hard-coded-partition")
    size = len((tmp_path / "template.yaml").read_bytes())
    assert f"It has {size:,} bytes: over 51,200" in words(done)
    assert "from S3 only" not in words(repair(tmp_path, "Resources: {}\n"))


def test_a_result_that_is_too_large_is_refused(tmp_path: Path) -> None:
    source = "def handler(event, context): ...\n" + "# é\n" * 120_000
    (tmp_path / "orders.py").write_text(source, encoding="utf-8")
    text = f"#{'x' * 500_000}\n{PACKAGED}"
    done = repair(tmp_path, text, "--select", "uninlined-lambda-code")
    assert done.exit_code == 2
    said = re.search(r"template.yaml: the repaired template would have ([\d,]+) bytes \(([\d,]+) before\)", words(done))
    assert said
    assert int(said[1].replace(",", "")) > limits.S3_BODY_BYTES
    assert int(said[2].replace(",", "")) == len(text.encode())
    assert "takes 1,000,000 at most, from S3 too; it is left as it was." in words(done)
    assert "--ignore uninlined-lambda-code does without" in words(done)
    assert (tmp_path / "template.yaml").read_bytes() == text.encode()


def test_the_largest_result(tmp_path: Path) -> None:
    """A million bytes are taken, one more is not."""
    assert repair(tmp_path, sized(limits.S3_BODY_BYTES), *ARN).exit_code == 0
    assert len((tmp_path / "template.yaml").read_bytes()) == limits.S3_BODY_BYTES
    assert repair(tmp_path, sized(limits.S3_BODY_BYTES + 1), *ARN).exit_code == 2


def test_a_conversion_that_is_too_large_is_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "template.yaml", tmp_path / "template.json"
    command = ["-j", "1", "--no-validate", "--isolated", str(source), "-o", str(target)]
    source.write_text("Resources: {}\nMetadata: {A: [" + "a," * 5_000 + "a]}\n")
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0
    assert "over 51,200, CloudFormation takes it from S3 only" in words(done)
    target.unlink()
    source.write_text(f"Resources: {{}}\nMetadata: {{B: {'x' * 990_000}, A: [" + "a," * 5_000 + "a]}\n")
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 2
    assert "at most, from S3 too" in words(done)
    assert not target.exists()
