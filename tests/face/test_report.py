"""The diff as git takes it, the summary, the JSON report."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import click
import pytest
from msgspec import structs

from fixer.api import fix_text
from fixer.model import Finding, Fix, Impact, InputError, Outcome, Safety
from fixer.report import Result, Run, render, text
from fixer.report.diff import quoted, unified
from fixer.report.edits import apply, edits
from fixer.report.proposal import proposal
from fixer.settings.model import Settings

OLD = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OLD, OLD.replace("b: 2\n", "").replace("h: 8", "h: 0")),
        (OLD.replace("\n", "\r\n"), OLD.replace("\n", "\r\n").replace("e: 5", "e: 50")),
        ("\ufeff" + OLD, "\ufeff" + OLD.replace("a: 1", "a: 11")),
        (OLD.rstrip("\n"), OLD.rstrip("\n") + "0"),
        (OLD.rstrip("\n"), OLD),
        (OLD, OLD.rstrip("\n")),
        ("a: \x0b1\x0c\nb: \x85\nc: \u2028x\nd: \r4\n", "a: \x0b1\x0c\nb: \x85y\nc: \u2028x\nd: \r5\n"),
        ("a: \U0001f600\n- -- x\n++ y\n", "a: \U0001f600!\n- -- z\n++ q\n"),
        ("x", "y"),
    ],
)
@pytest.mark.parametrize(
    "name", ["t.yaml", "sub/sub/t.yaml", "a b.yaml", 'na\u00efve "q".yaml', "tab\there \\.yaml", "-x "]
)
def test_git_applies_the_diff_to_the_byte(tmp_path: Path, before: str, after: str, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before.encode())
    patch = unified(name, before, after).encode()
    subprocess.run(["git", "-c", "core.autocrlf=false", "apply"], input=patch, cwd=tmp_path, check=True)
    assert path.read_bytes() == after.encode()


def test_git_applies_it_in_a_folder_below_the_top(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    path = tmp_path / "sub" / "more" / "t.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("a\n")
    patch = unified("more/t.yaml", "a\n", "b\n").encode()
    subprocess.run(["git", "apply"], input=patch, cwd=tmp_path / "sub", check=True)
    assert path.read_text() == "b\n"


def test_equal_texts_have_no_diff() -> None:
    assert unified("x", OLD, OLD) == ""


def test_lines_that_come_often_are_shown_changed_only_if_they_are() -> None:
    # From 200 lines on, difflib takes lines that come often for junk.
    queues = "".join(
        f"  Queue{n}:\n    Type: T\n    DependsOn: Role\n    Properties:\n      Name: {n}\n" for n in range(60)
    )
    before = queues + "  Role:\n    Type: T\n\n  Last:\n    Type: T\n    Properties:\n      Name: last\n"
    after = before.replace("    DependsOn: Role\n", "", 1).replace("Name: 0\n", "Name: z\n")
    after = after.replace("    Type: T\n\n", "    Type: T\n    Properties:\n      Tags: t\n\n")
    changed = [line for line in unified("x", before, after).splitlines()[2:] if line[0] in "+-"]
    assert changed == [
        "-    DependsOn: Role",
        "-      Name: 0",
        "+      Name: z",
        "+    Properties:",
        "+      Tags: t",
    ]
    assert apply(before, edits(before, after)) == after


def test_texts_without_a_line_in_common_and_with_common_lines_only() -> None:
    one, other = "a\nb\na\nb\n" * 2000, "b\na\n" * 3000
    assert apply(one, edits(one, other)) == other
    assert sum(line[0] == "+" for line in unified("x", "a\n" * 3, "b\n" * 2).splitlines()[2:]) == 2


def test_colours_are_only_paint() -> None:
    after = OLD.rstrip("\n").replace("a", "z")
    painted = unified("x", OLD, after, color=True)
    assert click.unstyle(painted) == unified("x", OLD, after)
    assert "\x1b[32m" in painted
    assert all(line.count("\x1b") in (0, 2) for line in painted.split("\n"))


def test_names_are_quoted_as_git_does() -> None:
    assert quoted("a/b c.yaml") == "a/b c.yaml"
    assert quoted("a/\u00e9") == '"a/\\303\\251"'
    assert quoted('a"\n\x01') == '"a\\"\\n\\001"'


def finding(name: str, line: int, safety: Safety | None, impact: Impact = Impact.NONE, reason: str = "") -> Finding:
    fix = None if safety is None else Fix(f"Repair {name}", (), safety, impact)
    return Finding(f"{name} found", ("Resources", f"R{line}", "x"), fix, reason, name, None, line, 3)


SAFE, UNSAFE = Safety.SAFE, Safety.UNSAFE
OUTCOME = Outcome(
    "api.yaml",
    "a",
    "b",
    applied=(
        finding("explicit-iam-name", 4, SAFE, Impact.REPLACEMENT),
        finding("missing-tags", 9, SAFE, Impact.NO_INTERRUPTION),
        finding("missing-tags", 12, SAFE, Impact.NO_INTERRUPTION),
    ),
    remaining=(
        finding("uninlined-lambda-code", 20, UNSAFE, Impact.NO_INTERRUPTION, "its source is not at hand"),
        *(
            finding("missing-retention", n, UNSAFE, Impact.NONE, "a long reason, " * 8 + "as it is")
            for n in range(30, 35)
        ),
        finding("hard-coded-partition", 50, None, reason="it stands inside an anchor"),
    ),
    notes=("CAPABILITY_IAM is enough for this template now.",),
)


def test_the_summary_in_80_columns() -> None:
    said = click.unstyle(text.summary([Result(OUTCOME)]))
    assert max(map(len, said.split("\n"))) <= 80
    assert said.split("\n")[:4] == [
        "api.yaml: repaired 3",
        "  explicit-iam-name         1  replacement",
        "  missing-tags              2  no interruption",
        "  6 held back as unsafe; --unsafe-fixes applies them:",
    ]
    assert "at api.yaml:30:3, 31:3, 32:3 and 2 more" in said
    assert "  1 not repaired:\n  hard-coded-partition      1  it stands inside an anchor\n" in said
    assert "An update of a live stack replaces R4; --deployed holds such fixes back." in said
    assert "  note: CAPABILITY_IAM is enough for this template now." in said
    assert said.endswith("1 template: 1 repaired (3 fixes). 6 more fixes with --unsafe-fixes.")


def test_what_aws_sam_makes_is_replaced_and_not_the_api() -> None:
    template = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Name: {Type: String}
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Domain: {DomainName: !Ref Name, CertificateArn: !ImportValue certificate}
"""
    outcome = fix_text(template, Settings(select=("unconditional-domain",), unsafe_fixes=True, validate="none"))
    said = click.unstyle(text.summary([Result(outcome)]))
    assert "An update of a live stack replaces Api's Domain; --deployed holds such" in said
    moved = next(found for found in outcome.applied if found.path[:2] == ("Resources", "Api"))
    assert moved.fix
    asked = click.unstyle("\n".join(proposal("api.yaml", moved, moved.fix, width=80)))
    assert "An update of a live stack REPLACES its Domain." in asked


def test_a_place_is_not_parted_from_its_preposition() -> None:
    longer = structs.replace(OUTCOME, location="samples/every-failure/templates.yaml")
    lines = click.unstyle(text.summary([Result(longer)])).split("\n")
    assert [line.strip() for line in lines if "templates.yaml:" in line][1:] == [
        "at samples/every-failure/templates.yaml:20:3",
        "at samples/every-failure/templates.yaml:30:3,",
        "at samples/every-failure/templates.yaml:50:3",
    ]
    assert any(line.strip().endswith("and 2 more") for line in lines)


def test_what_settings_allow_decides_what_is_said() -> None:
    allowed = click.unstyle(text.summary([Result(OUTCOME, unsafe_fixes=True)]))
    assert "--unsafe-fixes" not in allowed
    assert "7 not repaired" in allowed
    limited = click.unstyle(text.summary([Result(OUTCOME, max_impact=Impact.NONE)]))
    assert "1 held back, as their impact is above none:" in limited
    assert "5 more fixes with --unsafe-fixes" in limited


def test_verbose_names_every_finding() -> None:
    said = click.unstyle(text.summary([Result(OUTCOME)], verbose=True))
    assert "  4:3   explicit-iam-name: Repair explicit-iam-name (replacement)" in said
    assert "  50:3  hard-coded-partition: hard-coded-partition found (it stands inside an" in said
    assert max(map(len, said.split("\n"))) <= 80


def test_totals() -> None:
    bad = Outcome("b", "", "", error=InputError("broken", 3, 1))
    results = [Result(OUTCOME), Result(Outcome("c", "x", "x")), Result(bad)]
    said = click.unstyle(text.total(results, dry_run=True))
    assert said == "3 templates: 1 to repair (3 fixes), 1 unchanged, 1 failed.\n6 more fixes with --unsafe-fixes."
    assert click.unstyle(text.error(bad)) == "cfnfix: b:3:1: broken"
    assert text.summary([Result(bad)]) == ""


def test_many_files_have_a_line_each() -> None:
    said = click.unstyle(text.summary([Result(OUTCOME)] * 12)).split("\n")
    assert said[:2] == ["api.yaml: repaired 3, replacement, 7 left"] * 2
    assert "  missing-tags             24  no interruption" in said


def test_what_a_template_holds_cannot_steer_the_terminal() -> None:
    evil = Outcome("a\x1b]0;x\x07.yaml", "a", "a", notes=("\x1b[2J\u202e",))
    assert "\x1b" not in click.unstyle(text.summary([Result(evil)], verbose=True))


def test_json() -> None:
    bad = Outcome("b", "", "", error=InputError("broken", 3, 1))
    report = json.loads(render("json", Run([Result(OUTCOME), Result(bad)])))
    assert (report["version"], report["dry_run"]) == (1, True)
    good, failed = report["files"]
    assert failed["error"] == {"message": "broken", "line": 3, "column": 1}
    assert list(good) == ["path", "changed", "error", "impact", "applied", "remaining", "notes"]
    assert (good["path"], good["changed"], good["error"], good["impact"]) == ("api.yaml", True, None, "replacement")
    assert good["applied"][0] == {
        "transform": "explicit-iam-name",
        "message": "explicit-iam-name found",
        "path": ["Resources", "R4", "x"],
        "line": 4,
        "column": 3,
        "title": "Repair explicit-iam-name",
        "safety": "safe",
        "impact": "replacement",
        "reason": "",
    }
    assert good["remaining"][-1]["safety"] is None
