"""The reports for machines, as the command gives them: what is in them, that their readers take them, that nothing
else is on standard output.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from msgspec.structs import replace

from fixer import Impact, Outcome, Settings, fix_text
from fixer.api import selected
from fixer.model import Finding, Fix, InputError, Options, Safety, Span
from fixer.report import FORMATS, Result, Run, render

ROOT = Path(__file__).parent.parent.parent
SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.4.json"

ROLE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: größe-🦀-app  # known
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: ec2.amazonaws.com}
            Action: sts:AssumeRole
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties: {Roles: [größe-🦀-app]}
  Topic:
    Type: AWS::SNS::Topic
"""
BUCKET = '{\n\t"Resources": {"B": {"Type": "AWS::S3::Bucket"}}\n}'
IGNORED = ROLE.replace("  Role:\n", "  Role:  # cfnfix: ignore\n").replace("  Topic:", "  Topic:  # cfnfix: ignore")
FILES = {
    "plain.yaml": ROLE,
    "web shop/Größe, 100%.yaml": "\ufeff" + ROLE.replace("\n", "\r\n"),
    "bucket.json": BUCKET,
    "line.json": "\ufeff" + BUCKET.replace("\n\t", " ").replace("\n", ""),
    "returns.yaml": ROLE.replace("\n", "\r"),
    "ignored.yaml": IGNORED.replace("AWSTemplate", "# cfnfix: ignore[no-redrive]\nAWSTemplate"),
    "broken.yaml": "Resources:\n  B: {Type: AWS::S3::Bucket\n",
}
REPAIRABLE = ("bucket.json", "line.json", "plain.yaml", "returns.yaml", "web shop/Größe, 100%.yaml")
SELECT = ("--select", "explicit-iam-name,missing-tags,missing-bucket-policy,no-redrive,missing-parameter-outputs")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()  # the top, from which on paths are named
    for name, text in FILES.items():
        path = tmp_path / "stacks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return tmp_path / "stacks"


def cfnfix(folder: Path, *arguments: str, status: int = 2) -> str:
    """Standard output of the command, run in a folder."""
    command = [sys.executable, "-m", "fixer", "--no-validate", "-j", "1", *SELECT, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == status, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()


def test_every_format_at_once_and_the_exit_statuses(folder: Path) -> None:
    reports = [f"--report={name}={name}.out" for name in FORMATS]
    assert cfnfix(folder, "--check", *reports, ".") == "".join(f"{name}\n" for name in REPAIRABLE)
    for name in FORMATS:
        assert (folder / f"{name}.out").read_text() == cfnfix(folder, "--output-format", name, "."), name
    (folder / "broken.yaml").unlink()
    cfnfix(folder, "--output-format", "github", ".", status=1)
    cfnfix(folder, "--output-format", "sarif", "ignored.yaml", status=0)
    assert cfnfix(folder, "-w", "--report", "junit=j.xml", ".", status=0) == ""
    assert not JUnitXml.fromfile(str(folder / "j.xml")).failures
    assert cfnfix(folder, "--output-format", "github", "plain.yaml", status=0).count("::warning") == 0


def test_a_report_that_cannot_be_written_or_is_none(folder: Path) -> None:
    cfnfix(folder, "--report", "json=no/such/folder.json", "plain.yaml")
    cfnfix(folder, "--report", "xml=a.xml", "plain.yaml")
    cfnfix(folder, "--report", "json", "plain.yaml")


# SARIF


def checked(text: str) -> dict[str, Any]:
    """The run of a log that fits the schema."""
    schema = json.loads(SCHEMA.read_text())
    log = json.loads(text)
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif(folder: Path) -> None:
    run = checked(cfnfix(folder, "--output-format", "sarif", "."))
    driver = run["tool"]["driver"]
    assert run["automationDetails"] == {"id": "cfnfix/"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"]["SRCROOT"]["uri"] == folder.parent.as_uri() + "/"
    names = [rule["id"] for rule in driver["rules"]]
    by_name = dict(zip(names, driver["rules"], strict=True))
    selected = set(SELECT[1].split(","))
    assert set(names) == selected - {"no-redrive"} | {"unused-ignore"}
    role = by_name["explicit-iam-name"]
    assert role["properties"]["safety"] == "safe"
    assert "replacement" in role["properties"]["impact"].lower()
    assert "security" in role["properties"]["tags"]
    assert "## Why" in role["help"]["markdown"]
    assert role["shortDescription"]["text"].endswith(".")
    assert all(names[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    (failure,) = run["invocations"][0]["toolExecutionNotifications"]
    assert run["invocations"][0]["executionSuccessful"] is False
    place = failure["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "stacks/broken.yaml", "uriBaseId": "SRCROOT", "index": 0}
    assert place["region"]["startLine"] == 3
    uris = {one["location"]["uri"] for one in run["artifacts"]}
    assert {unquote(uri) for uri in uris} == {f"stacks/{name}" for name in FILES}
    levels = {(result["ruleId"], result["level"], result["properties"]["state"]) for result in run["results"]}
    assert ("explicit-iam-name", "warning", "would-repair") in levels
    assert ("missing-bucket-policy", "note", "unsafe") in levels
    assert ("unused-ignore", "note", "not-repaired") in levels
    unsafe = next(result for result in run["results"] if result["ruleId"] == "missing-bucket-policy")
    assert "fixes" not in unsafe
    assert "--unsafe-fixes" in unsafe["message"]["text"]


def text_of(text: str, region: Mapping[str, int]) -> tuple[int, int]:
    """Start and end of a region in a text, read as SARIF has it: without what `fixer.report` says about lines."""
    starts = [0, *(match.end() for match in re.finditer("\r\n|\n|\r", text))]
    return (
        starts[region["startLine"] - 1] + region["startColumn"] - 1,
        starts[region["endLine"] - 1] + region["endColumn"] - 1,
    )


def applied(text: str, fix: Mapping[str, Any], uri: str) -> str:
    """The text after one of SARIF's fixes. A byte order mark is no part of what SARIF counts."""
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == uri
    mark, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    edits = [(text_of(text, one["deletedRegion"]), one.get("insertedContent", {"text": ""})["text"])
             for one in change["replacements"]]  # fmt: skip
    assert edits == sorted(edits)
    for (start, end), new in reversed(edits):
        assert text[start:end] != new
        text = text[:start] + new + text[end:]
    return mark + text


def alone(text: str, settings: Settings, wanted: tuple[str, list[str]]) -> str:
    """The text in which the engine repairs one finding and no other."""

    def only(transform: Any) -> Any:
        def check(template: Any, options: Options) -> Iterator[Finding]:
            yield from (one for one in transform.check(template, options) if (transform.name, [*one.path]) == wanted)

        return replace(transform, check=check)

    return fix_text(text, settings, transforms=[only(one) for one in selected(settings)]).after


def test_sarif_fixes_give_exactly_the_repaired_text(folder: Path) -> None:
    run = checked(cfnfix(folder, "--unsafe-fixes", "--output-format", "sarif", "."))
    settings = Settings(select=tuple(SELECT[1].split(",")), unsafe_fixes=True, validate="none")
    whole, single, parts = 0, 0, set()
    for name in REPAIRABLE:
        text = FILES[name]
        results = [r for r in run["results"] if unquote(place(r)["artifactLocation"]["uri"]) == f"stacks/{name}"]
        uri = place(results[0])["artifactLocation"]["uri"]
        repaired = cfnfix(folder, "--unsafe-fixes", name, status=0)
        for result in results:
            fixes = result.get("fixes", [])
            if fixes and fixes[-1]["description"]["text"].startswith("All"):
                assert applied(text, fixes.pop(), uri) == repaired
                whole += 1
            for fix in fixes:
                assert applied(text, fix, uri) == alone(text, settings, (result["ruleId"], templated(result)))
                single += 1
                parts.add((name, result["ruleId"]))
    assert whole == len(REPAIRABLE)
    assert single >= 6
    assert ("web shop/Größe, 100%.yaml", "explicit-iam-name") in parts


def place(result: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = result["locations"][0]["physicalLocation"]
    return found


def templated(result: Mapping[str, Any]) -> list[str]:
    path: list[str] = result["properties"]["templatePath"]
    return path


def test_sarif_marks_what_is_meant(folder: Path) -> None:
    run = checked(cfnfix(folder, "--output-format", "sarif", "web shop/Größe, 100%.yaml", status=1))
    text = FILES["web shop/Größe, 100%.yaml"].removeprefix("\ufeff")
    (result,) = (result for result in run["results"] if result["ruleId"] == "explicit-iam-name")
    start, end = text_of(text, place(result)["region"])
    assert text[start:end] == "RoleName: größe-🦀-app"
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "Resources/Role/Properties/RoleName"


def test_sarif_fingerprints_survive_a_shift_of_lines(folder: Path) -> None:
    def prints() -> list[str]:
        run = checked(cfnfix(folder, "--output-format", "sarif", "plain.yaml", status=1))
        return [result["partialFingerprints"]["cfnfix/v1"] for result in run["results"]]

    before = prints()
    assert len(set(before)) == len(before) > 2
    (folder / "plain.yaml").write_text("# one\n# two\n" + ROLE)
    assert prints() == before


def test_sarif_after_writing_says_that_nothing_is_left_to_apply(folder: Path) -> None:
    run = checked(cfnfix(folder, "-w", "--output-format", "sarif", "plain.yaml", status=0))
    assert {result["kind"] for result in run["results"]} == {"informational"}
    assert {result["level"] for result in run["results"]} == {"none"}
    assert not any("fixes" in result for result in run["results"])


# GitHub


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Workflow commands as GitHub's runner reads them (actions/runner, ActionCommand.cs)."""

    def plain(text: str, codes: tuple[tuple[str, str], ...]) -> str:
        for code, character in codes:
            text = text.replace(code, character)
        return text

    data = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
    for line in text.splitlines():
        found = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
        assert found, line
        pairs = (pair.split("=", 1) for pair in (found[2] or "").split(",") if pair)
        properties = {name: plain(value, (*data[:2], ("%3A", ":"), ("%2C", ","), data[2])) for name, value in pairs}
        yield found[1], properties, plain(found[3], data)


def test_github(folder: Path) -> None:
    every = list(commands(cfnfix(folder, "--output-format", "github", ".")))
    (error,) = (one for one in every if one[0] == "error")
    assert error[1] == {"file": "stacks/broken.yaml", "line": "3", "col": "1", "title": "cfnfix"}
    role = [one for one in every if one[1]["title"] == "explicit-iam-name"]
    assert [one[1]["file"] for one in role] == [f"stacks/{name}" for name in REPAIRABLE[2:]]
    level, properties, message = role[-1]
    assert (level, properties["line"], properties["endLine"]) == ("warning", "6", "6")
    assert (properties["col"], properties["endColumn"]) == ("7", "28")
    assert message.endswith("Repair: Remove RoleName (replacement).")
    held = [one for one in every if one[1]["title"] == "missing-bucket-policy"]
    assert [one[0] for one in held] == ["notice", "notice"]
    ignored = [one for one in every if one[1]["file"] == "stacks/ignored.yaml"]
    assert {one[1]["title"] for one in ignored} == {"unused-ignore"}


def strange(before: str = "Resources: {}\n") -> Result:
    """An outcome with all that a format could trip over."""
    said = "a | b %25 %0A c\r\n::error::x `d` <e> & $f$ [g](h) \x1b[31m \x00 \ud800 :tada: ~~i~~ \\| *j*"
    finding = Finding(said, ("Resources",), Fix(said, (), Safety.SAFE, Impact.REPLACEMENT), transform="a-b",
                      span=Span(0, 9))  # fmt: skip
    left = replace(finding, fix=None, reason=said)
    return Result(Outcome("a|b,c:`d`\n.yaml", before, before + "#\n", (finding,), (left,), (said,)))


def test_github_escapes_what_would_be_a_command() -> None:
    lines = render("github", Run([strange()]))
    assert lines.count("\n") == 2
    (level, properties, message), _ = commands(lines)
    assert level == "warning"
    assert properties["file"].endswith("a|b,c:`d`\n.yaml")
    assert message.startswith("a | b %25 %0A c\r\n::error::x")
    assert "\x1b" not in lines


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_trips_over_what_templates_hold(form: str) -> None:
    failed = Result(Outcome("\udcff.yaml", "", "", error=InputError("no\n]]>\x01 | <b>", 3, 1)))
    text = render(form, Run([strange(), failed, Result(Outcome("-", "x", "x"))]))
    text.encode()
    if form in ("json", "sarif"):
        assert json.loads(text)
    if form == "sarif":
        assert unquote(place(checked(text)["results"][0])["artifactLocation"]["uri"]).endswith("a|b,c:`d`\n.yaml")


# JUnit


def test_junit(folder: Path) -> None:
    text = cfnfix(folder, "--output-format", "junit", ".")
    report = JUnitXml.fromstring(text.encode())
    suites = {suite.name: suite for suite in report}
    assert set(suites) == {f"stacks/{name}" for name in FILES}
    kinds = {name: [type(case.result[0]) if case.result else None for case in suite] for name, suite in suites.items()}
    assert kinds["stacks/broken.yaml"] == [Error]
    assert kinds["stacks/plain.yaml"] == [Failure] * 6
    assert Skipped in kinds["stacks/bucket.json"]
    assert suites["stacks/plain.yaml"].failures == len(kinds["stacks/plain.yaml"])
    totals = (report.tests, report.failures, report.errors, report.skipped)
    report.update_statistics()
    assert totals == (report.tests, report.failures, report.errors, report.skipped)
    case = next(case for case in suites["stacks/plain.yaml"] if case.name.startswith("explicit-iam-name"))
    assert case.classname == "stacks/plain.yaml"
    assert "stacks/plain.yaml:6:7: " in case.result[0].text


def test_junit_has_no_control_characters_and_a_case_for_what_is_fine() -> None:
    text = render("junit", Run([strange(), Result(Outcome("fine.yaml", "x", "x"))]))
    tree = ElementTree.fromstring(text.encode())
    assert "a | b %25 %0A c" in tree.find(".//failure").attrib["message"]  # type: ignore[union-attr]
    assert "\x1b" not in text
    fine = tree.findall("testsuite")[1]
    assert (fine.attrib["tests"], fine.attrib["failures"], len(fine.findall("testcase"))) == ("1", "0", 1)


# Markdown


def tables(text: str) -> list[list[list[str]]]:
    """The cells of all tables, as plain text, read by a Markdown parser with GitHub's tables."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    found: list[list[list[str]]] = []
    for token, inner in pairwise(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            children = inner.children or []
            assert not {child.type for child in children} & {"html_inline", "link_open", "s_open", "em_open"}
            found[-1][-1].append("".join(child.content for child in children))
    return found


def test_markdown(folder: Path) -> None:
    text = cfnfix(folder, "--output-format", "markdown", ".")
    failed, overview, *details = tables(text)
    assert failed[1][0] == "stacks/broken.yaml:3:1"
    assert overview[0] == ["Template", "To repair", "Held back", "Not repaired", "Live stack"]
    rows = {row[0]: row[1:] for row in overview[1:]}
    assert set(rows) == {f"stacks/{name}" for name in FILES if name != "broken.yaml"}
    assert rows["stacks/plain.yaml"][3] == "replacement"
    assert rows["stacks/bucket.json"][1] == "1"
    assert "<summary>stacks/web shop/Größe, 100%.yaml</summary>" in text
    assert any(row[:1] == ["6"] and "Remove RoleName" in row for table in details for row in table)
    assert re.search(r"^7 templates: \*\*5 to repair\*\* \(\d+ fixes\), 1 unchanged, \*\*1 failed\*\*\.", text, re.M)


def test_markdown_shows_texts_as_they_are() -> None:
    text = render("markdown", Run([strange()]))
    overview, fixed, left = tables(text)
    assert overview[1][0].endswith("a|b,c:`d` .yaml")
    problem = "a-b a | b %25 %0A c ::error::x `d` <e> & $f$ [g](h) \ufffd[31m \ufffd \ufffd :tada: ~~i~~ \\| *j*"
    assert fixed[1][1] == problem
    assert left[1][1] == problem
    assert r"\:tada:" in text
    assert r"\$f\$" in text


def test_markdown_stays_below_what_github_takes() -> None:
    findings = tuple(replace(strange().outcome.applied[0], message="m" * 500, line=line) for line in range(450))
    many = [Result(Outcome(f"{number}.yaml", "x", "y", findings)) for number in range(600)]
    text = render("markdown", Run(many))
    assert len(text.encode()) < 1024 * 1024
    assert re.search(r"The details of \d{3} more templates are left out\.", text)
    assert "and 100 more" in text


# JSON


def rows(page: str) -> dict[str, set[str]]:
    """The keys that the tables of a page explain, by its headings."""
    parts = re.split(r"^## (.*)$", page, flags=re.M)
    return {
        title: set(re.findall(r"^\| `(\w+)` \|", text, re.M))
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_json_is_what_its_page_says(folder: Path) -> None:
    page = (ROOT / "docs" / "reference" / "json.md").read_text()
    told = rows(page)
    (example,) = (json.loads(text) for text in re.findall(r"```json\n(.*?)```", page, re.S))
    for report in (json.loads(cfnfix(folder, "--output-format", "json", ".")), example):
        files = report["files"]
        findings = [finding for file in files for finding in (*file["applied"], *file["remaining"])]
        assert set(report) == told["The report"]
        assert {key for file in files for key in file} == told["A file"]
        assert {key for file in files for key in file["error"] or {}} == told["An error"]
        assert findings
        assert all(set(finding) == told["A finding"] for finding in findings)
    assert set(FORMATS) - {"json"} == told["Other formats"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_to_and_not_replaced(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        cfnfix(folder, "--check", "--report", "json=pipe", "ignored.yaml", status=0)
        assert reader.stdout is not None
        assert json.loads(reader.stdout.read())["files"][0]["path"] == "ignored.yaml"
    assert pipe.is_fifo()
