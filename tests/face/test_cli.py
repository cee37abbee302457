"""The command line with a stand-in for the engine: products, exit statuses, words."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fixer.cli.command import SUBCOMMANDS, cli
from fixer.cli.options import PARAMETERS
from fixer.model import Outcome
from fixer.settings.model import Settings

from .conftest import REPAIRED, TEMPLATE, fix_text

PLAIN = REPAIRED


def test_one_template_goes_to_standard_output(run: Any, template: Path) -> None:
    result = run("api.yaml")
    assert result.exit_code == 0
    assert result.stdout == REPAIRED
    assert "api.yaml: repaired 1" in result.stderr
    assert template.read_text() == TEMPLATE


def test_standard_input(run: Any) -> None:
    crlf = ("\ufeff" + TEMPLATE).replace("\n", "\r\n").encode()
    result = run("-", input=crlf)
    assert result.exit_code == 0
    assert result.stdout_bytes == ("\ufeff" + REPAIRED).replace("\n", "\r\n").encode()
    assert "standard input: repaired 1" in result.stderr
    named = run("-", "--stdin-filename", "x/y.yaml", "--diff", input=TEMPLATE)
    assert named.stdout.startswith("--- a/x/y.yaml\n")
    assert "x/y.yaml: would repair 1" in named.stderr


def test_output(run: Any, template: Path, tmp_path: Path) -> None:
    assert run("api.yaml", "-o", "fixed.yaml").exit_code == 0
    assert (tmp_path / "fixed.yaml").read_text() == REPAIRED
    template.write_text(PLAIN)
    result = run("api.yaml", "-o", "same.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "same.yaml").read_text() == PLAIN
    assert run("api.yaml", "-o", "api.yaml").exit_code == 0
    assert run("api.yaml", "-o", "-").stdout == PLAIN


def test_output_with_another_extension_converts(run: Any, template: Path, tmp_path: Path) -> None:
    result = run("api.yaml", "-o", "fixed.json")
    assert result.exit_code == 0
    assert "RoleName" not in json.loads((tmp_path / "fixed.json").read_text())["Resources"]["Role"]["Properties"]
    assert "note: converted to JSON by cfn-flip" in result.stderr


def test_output_that_cannot_be_written(run: Any, template: Path) -> None:
    result = run("api.yaml", "-o", "no/such/fixed.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith("cfnfix: api.yaml: no/such/fixed.yaml cannot be written: No such file")


def test_output_of_a_broken_template_is_not_written(run: Any, template: Path, tmp_path: Path) -> None:
    template.write_text("BROKEN")
    result = run("api.yaml", "-o", "fixed.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "cfnfix: api.yaml:3:1: invalid YAML: found a tab\n"
    assert not (tmp_path / "fixed.yaml").exists()


def test_write(run: Any, template: Path) -> None:
    assert run("-w", "api.yaml").exit_code == 0
    assert template.read_text() == REPAIRED
    result = run("-w", "api.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 template: 1 unchanged.\n"


def test_diff(run: Any, template: Path, tmp_path: Path) -> None:
    result = run("--diff", str(template))
    assert result.exit_code == 1
    assert template.read_text() == TEMPLATE
    subprocess.run(["git", "apply"], input=result.stdout_bytes, cwd=tmp_path, check=True)
    assert template.read_text() == REPAIRED
    again = run("--diff", str(template))
    assert (again.exit_code, again.stdout) == (0, "")


def test_check(run: Any, template: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(PLAIN)
    result = run("--check", ".")
    assert (result.exit_code, result.stdout) == (1, "api.yaml\n")
    assert result.stderr.endswith("2 templates: 1 to repair (1 fix), 1 unchanged.\n")
    assert run("--check", "b.yaml").exit_code == 0


def test_json(run: Any, template: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(TEMPLATE + "BROKEN")
    result = run("--output-format", "json", ".")
    assert result.exit_code == 2
    report = json.loads(result.stdout)
    assert [(file["path"], file["changed"]) for file in report["files"]] == [("api.yaml", True), ("b.yaml", False)]
    assert report["dry_run"] is True
    assert result.stderr == "cfnfix: b.yaml:3:1: invalid YAML: found a tab\n"
    assert template.read_text() == TEMPLATE
    assert run("--output-format", "json", "api.yaml").exit_code == 1
    written = run("--output-format", "json", "-w", "api.yaml")
    assert (written.exit_code, json.loads(written.stdout)["dry_run"]) == (0, False)
    assert template.read_text() == REPAIRED


def test_the_worst_status_counts_and_the_others_go_on(run: Any, template: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEMPLATE + "BROKEN")
    (tmp_path / "crash.yaml").write_text(TEMPLATE + "CRASH")
    (tmp_path / "z.yaml").write_text(TEMPLATE)
    result = run("-w", "a.yaml", "nope.yaml", "crash.yaml", "z.yaml", "api.yaml")
    assert result.exit_code == 2
    assert template.read_text() == (tmp_path / "z.yaml").read_text() == REPAIRED
    lines = result.stderr.split("\n")
    assert lines[0] == "cfnfix: a.yaml:3:1: invalid YAML: found a tab"
    assert lines[1] == "cfnfix: nope.yaml: there is no such file or folder"
    assert lines[2].startswith("cfnfix: crash.yaml: unexpected ZeroDivisionError: a bug; please report this")
    assert lines[3].startswith("z.yaml: repaired")
    assert "Traceback" not in result.stderr
    assert lines[-2] == "5 templates: 2 repaired (2 fixes), 3 failed."


def test_a_worker_that_dies(run: Any, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(paths: tuple[Path, ...], settings: object, **more: object) -> Iterator[Outcome]:
        yield fix_text(TEMPLATE, Settings(), location=str(paths[0]))
        raise BrokenExecutor

    monkeypatch.setattr(sys.modules["fixer.api"], "fix_files", die)
    (tmp_path / "b.yaml").write_text(TEMPLATE)
    (tmp_path / "c.yaml").write_text(TEMPLATE)
    result = run("--check", "-j", "2", ".")
    assert (result.exit_code, result.stdout) == (2, "api.yaml\n")
    assert result.stderr.count("a worker process ended before its time") == 2


def test_a_traceback_is_for_who_asks(run: Any, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template.write_text("CRASH")
    monkeypatch.setenv("CFNFIX_TRACEBACK", "1")
    assert "Traceback" in run("api.yaml").stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "a PATH is needed"),
        (["a.yaml", "b.yaml"], "there are 2 templates: -w repairs them in place, --diff and --check show"),
        (["a.yaml", "b.yaml", "-o", "x"], "-o takes one template, and there are 2"),
        (["-w", "-"], "standard input cannot be written in place"),
        (["-w", "-o", "x", "a.yaml"], "-o and -w contradict each other"),
        (["-w", "--check", "a.yaml"], "-w and --check contradict each other"),
        (["--diff", "--output-format", "json", "a.yaml"], "--diff and --output-format json contradict"),
        (["--deployed", "--max-impact", "none", "a.yaml"], "--deployed and --max-impact contradict"),
        (["--isolated", "--config", "a.yaml", "a.yaml"], "--config and --isolated contradict"),
        (["--select", "explicit-iam-nam", "a.yaml"], "--select: unknown name 'explicit-iam-nam'; did you mean"),
        (["--ignore", "lint, nope", "a.yaml"], "--ignore: unknown name 'nope'"),
        (["--tag", "Team", "a.yaml"], "has no '='; expected is KEY=VALUE"),
        (["--tag", "aws:x=y", "a.yaml"], "reserved for AWS"),
        (["--max-impact", "high", "a.yaml"], "'high' is not one of"),
        (["--dif", "a.yaml"], "No such option"),
        (["--jobs", "0", "a.yaml"], "0 is not in the range"),
        (["--config", "nope.toml", "a.yaml"], "'nope.toml' does not exist"),
        (["--report", "json=-", "a.yaml"], "it writes to files; --output-format json writes to standard output"),
        (["check", "a.yaml"], "cfnfix: check: there is no such file or folder; did you mean --check?"),
        (["a.yaml", "c.yaml", "-o", "x"], "cfnfix: c.yaml: there is no such file or folder"),
    ],
)
def test_wrong_usage(run: Any, tmp_path: Path, args: list[str], said: str) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(TEMPLATE)
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("cfnfix: ")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert (tmp_path / "a.yaml").read_text() == TEMPLATE


def test_settings_file_and_command_line(run: Any, template: Path, tmp_path: Path) -> None:
    (tmp_path / ".cfnfix.toml").write_text('max-impact = "no-interruption"\n')
    assert run("api.yaml").stdout == TEMPLATE
    assert "held back, as their impact is above no-interruption" in run("api.yaml").stderr
    assert run("--isolated", "api.yaml").stdout == REPAIRED
    assert run("--max-impact", "replacement", "api.yaml").stdout == REPAIRED
    (tmp_path / "other.toml").write_text("")
    assert run("--config", "other.toml", "api.yaml").stdout == REPAIRED
    assert run("--deployed", "--isolated", "api.yaml").stdout == TEMPLATE


def test_each_folder_has_its_settings_and_the_order_stays(run: Any, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.yaml").write_text(TEMPLATE)
    (tmp_path / "b" / ".cfnfix.toml").write_text('max-impact = "none"\n')
    result = run("-w", "c/t.yaml", "b", "a")
    assert result.exit_code == 0
    heads = [line for line in result.stderr.split("\n") if "t.yaml: " in line]
    assert heads == ["c/t.yaml: repaired 1", "b/t.yaml: unchanged", "a/t.yaml: repaired 1"]
    assert (tmp_path / "b" / "t.yaml").read_text() == TEMPLATE


@pytest.mark.parametrize("text", ["ignores = []", "select = ['nope']", "= x"])
def test_a_wrong_settings_file(run: Any, template: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / ".cfnfix.toml").write_text(text)
    result = run("-w", "api.yaml")
    assert result.exit_code == 2
    assert ".cfnfix.toml:" in result.stderr
    assert result.stderr.count("\n") == 1
    assert template.read_text() == TEMPLATE


def test_a_settings_file_that_is_a_link_to_nowhere(run: Any, template: Path, tmp_path: Path) -> None:
    (tmp_path / ".cfnfix.toml").symlink_to("nowhere.toml")
    result = run("-w", "api.yaml")
    assert (result.exit_code, template.read_text()) == (2, TEMPLATE)
    assert ".cfnfix.toml: cannot be read: No such file or directory" in result.stderr


def test_quiet_and_verbose(run: Any, template: Path) -> None:
    assert run("-q", "api.yaml").stderr == ""
    assert "6:7  explicit-iam-name: Remove RoleName (replacement)" in run("-v", "api.yaml").stderr


def test_colour(run: Any, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("--diff", "api.yaml").output
    always = run("--diff", "--color", "always", "api.yaml")
    assert "\x1b[31m-      RoleName" in always.stdout
    assert "\x1b[" in always.stderr
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in run("--diff", "--color", "always", "api.yaml").stdout


def test_interrupted(run: Any, template: Path, tmp_path: Path) -> None:
    (tmp_path / "z.yaml").write_text(TEMPLATE + "INTERRUPT")
    result = run("-w", "api.yaml", "z.yaml")
    assert result.exit_code == 130
    assert template.read_text() == REPAIRED
    assert "api.yaml: repaired 1" in result.stderr
    assert result.stderr.endswith(
        "cfnfix: interrupted; 1 template had been written, and what was at work may be written as well\n"
    )
    assert run("z.yaml").stderr.strip() == "cfnfix: interrupted"


def test_help_fits_a_screen(run: Any) -> None:
    result = run("--help")
    lines = result.stdout.split("\n")
    assert result.exit_code == 0
    assert len(lines) <= 52
    assert max(map(len, lines)) <= 80
    for param in PARAMETERS:
        assert param.param_type_name == "argument" or param.opts[-1][2:] in result.stdout


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_help_of_subcommands_has_examples_and_fits(name: str) -> None:
    lines = CliRunner().invoke(cli, [name, "--help"]).stdout.split("\n")
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 50
    assert sum(line.startswith("    ") and "cfnfix" in line for line in lines) >= 2


def test_a_file_that_is_called_like_a_subcommand(run: Any, tmp_path: Path) -> None:
    (tmp_path / "rule").write_text(TEMPLATE)
    assert run("./rule").stdout == REPAIRED
    assert run("rule", "--help").stdout.startswith("Usage: cfnfix rule [OPTIONS] [NAME]")


def test_rules(run: Any) -> None:
    listed = run("rule")
    assert listed.stdout.startswith("explicit-iam-name  on   safe          security\n")
    said = run("rule", "explicit-iam-name").stdout
    assert said.startswith("explicit-iam-name\napplied by default; groups: security; cfn-lint: W1\n\nA stand-in for")
    assert "\n\nSafety\nSafe, as it is a stand-in.\n- one\n- two\n1. first\n2. then\n" in said
    assert "\na name\n   Resources:\n  -  Role: 1\n     x: y\n" in said
    assert "\nno name\n    Resources: {}\n  is left alone: nothing to do\n" in said


def test_the_rules_of_a_group(run: Any) -> None:
    assert run("rule", "security").stdout == run("rule", "all").stdout == run("rule").stdout


def test_an_unknown_rule(run: Any) -> None:
    result = run("rule", "explicit-iam-nam")
    assert result.exit_code == 2
    assert result.stderr.startswith("cfnfix: there is no transform 'explicit-iam-nam'")
