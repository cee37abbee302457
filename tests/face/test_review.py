"""``cfnfix review`` as a person meets it: in a terminal, over a plain line, from a pipe."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fixer.cli import review
from fixer.cli.command import cli
from fixer.engine.validate import Problem, Validator

pexpect = pytest.importorskip("pexpect", reason="it makes the terminal")

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = """\
Resources:
  One:
    Type: AWS::IAM::Role
    Properties:
      RoleName: one  # a name
      AssumeRolePolicyDocument: {}
  Two:
    Type: AWS::IAM::Role
    Properties:
      RoleName: two-a
      AssumeRolePolicyDocument: {}
Outputs:
  Pattern:
    Value: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/two-*'
"""
WITHOUT_ONE = TEMPLATE.replace("      RoleName: one  # a name\n", "      # a name\n")
SETTINGS = "select = ['explicit-iam-name']\nvalidate = 'none'\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a pty")


@pytest.fixture(autouse=True)
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".cfnfix.toml").write_text(SETTINGS)
    path = tmp_path / "t.yaml"
    path.write_text(TEMPLATE)
    path.chmod(0o640)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return path


class Terminal:
    """The command in a terminal of 80 columns and 24 lines."""

    def __init__(self, *args: str, **env: str) -> None:
        whole = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
        whole |= {"PYTHONPATH": str(ROOT), "TERM": "xterm", **env}
        command = [sys.executable, "-m", "fixer", "review", *args]
        self.process: Any = pexpect.spawn(
            command[0], command[1:], env=whole, dimensions=(24, 80), encoding="utf-8", timeout=60
        )
        self.said = ""

    def see(self, text: str) -> None:
        self.process.expect_exact(text)
        self.said += self.process.before + self.process.after

    def press(self, *keys: str) -> None:
        for key in keys:
            self.see(",?] ")
            self.process.send(key)

    def status(self) -> int:
        self.process.expect(pexpect.EOF)
        self.said += self.process.before
        self.process.close()
        return int(self.process.exitstatus)


def test_single_keys_in_a_terminal(template: Path) -> None:
    terminal = Terminal("t.yaml")
    terminal.press("y")
    terminal.see("UNSAFE: ")
    terminal.press("x", "\r", "?")  # what is no key is asked again
    terminal.see("never this kind here")
    terminal.press("d")
    assert terminal.status() == 0
    assert "\x1b[31m-      RoleName: one  # a name" in terminal.said
    assert "1 ignored from now on." in terminal.said
    text = template.read_text()
    assert text == WITHOUT_ONE.replace("RoleName: two-a\n", "RoleName: two-a  # cfnfix: ignore[explicit-iam-name]\n")
    assert stat.S_IMODE(template.stat().st_mode) == 0o640
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.said)
    assert max(map(len, plain.replace("\r", "").split("\n"))) <= 80


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colours(template: Path, env: dict[str, str]) -> None:
    """In a dumb terminal a line is read."""
    terminal = Terminal("t.yaml", **env)
    enter = "\r" if "TERM" in env else ""
    terminal.press("y" + enter, "q" + enter)
    assert terminal.status() == 0
    assert "\x1b" not in terminal.said
    assert template.read_text() == WITHOUT_ONE
    assert "1 not decided." in terminal.said


@pytest.mark.parametrize("key", ["\x03", None])
def test_an_interruption_leaves_the_file(template: Path, key: str | None) -> None:
    """By Ctrl-C, or because the connection is lost."""
    terminal = Terminal("t.yaml")
    terminal.press("y")
    terminal.see(",?] ")
    if key is None:
        terminal.process.kill(signal.SIGHUP)
        terminal.process.expect(pexpect.EOF)
    else:
        terminal.process.send(key)
        assert terminal.status() == 130
        assert "interrupted; nothing was written" in terminal.said
        assert "Traceback" not in terminal.said
    assert template.read_text() == TEMPLATE
    assert sorted(path.name for path in template.parent.iterdir()) == [".cfnfix.toml", "t.yaml"]


def test_what_has_changed_meanwhile_is_not_overwritten(template: Path) -> None:
    terminal = Terminal("t.yaml")
    terminal.press("y")
    terminal.see(",?] ")
    template.write_text(TEMPLATE + "# typed\n")
    terminal.process.send("\x04")
    assert terminal.status() == 2
    assert "the file has changed during the review; nothing was written" in terminal.said
    assert template.read_text() == TEMPLATE + "# typed\n"


def piped(*args: str, keys: str) -> Result:
    return CliRunner().invoke(cli, ["review", *args], input="\n".join(keys) + "\n")


@pytest.mark.parametrize("keys", ["y", "yq", "nuyq", "yuyq", "vyQ"])
def test_lines_from_a_pipe(template: Path, keys: str) -> None:
    """The end of the input is the end of the review; u takes a decision back."""
    result = piped("t.yaml", keys=keys)
    assert (result.exit_code, result.stdout) == (0, "")
    assert template.read_text() == WITHOUT_ONE


def test_long_diffs_are_cut_until_they_are_asked_for(template: Path) -> None:
    Path("t.yaml").write_text(TEMPLATE.replace("  Two:", "  # two\n" * 20 + "  Two:"))
    (template.parent / ".cfnfix.toml").write_text("select = ['missing-tags']\nvalidate = 'none'\n")
    result = piped("t.yaml", keys="q")
    assert "more lines; v shows them" in result.stderr
    whole = piped("t.yaml", keys="vq").stderr
    assert "+        - Key: Environment" in whole
    assert len(whole) > len(result.stderr)


def test_it_says_what_the_whole_template_needs_now(template: Path) -> None:
    assert "CAPABILITY_IAM now suffices" not in piped("t.yaml", keys="ynq").stderr
    template.write_text(TEMPLATE)
    assert "CAPABILITY_IAM now suffices" in piped("t.yaml", keys="yyy").stderr


def test_nothing_accepted_is_nothing_written(template: Path) -> None:
    before = template.stat()
    result = piped("t.yaml", keys="nn")
    assert "t.yaml: nothing was changed.\n2 declined.\n" in result.stderr
    assert template.stat().st_ino == before.st_ino
    left = piped("t.yaml", "--no-unsafe-fixes", "--deployed", keys="y")
    assert left.exit_code == 0
    assert "Apply it?" not in left.stderr
    assert "2 left out by the options." in left.stderr


def test_unusable_input(template: Path) -> None:
    assert piped("none.yaml", keys="q").exit_code == 2
    template.write_text("a: [\n")
    result = piped("t.yaml", keys="q")
    assert result.exit_code == 2
    assert result.stderr.startswith("cfnfix: t.yaml:2:1: ")


def lint(text: str) -> list[Problem]:
    gone = "RoleName: one" not in text
    return [Problem("E1", ("Resources", "One", "Properties"), "a name is needed")] if gone else []


@pytest.mark.parametrize(("problem", "written"), [(lint, False), (lambda text: lint("") * 2, True)])
def test_a_new_error_is_told_and_nothing_is_written(
    template: Path, monkeypatch: pytest.MonkeyPatch, problem: Callable[[str], list[Problem]], written: bool
) -> None:
    """One that was there before is no new one."""
    monkeypatch.setattr(review, "_loading", lambda settings: nullcontext(Validator(problem)))
    result = piped("t.yaml", keys="aa")
    assert (template.read_text() != TEMPLATE) is written
    assert result.exit_code == (0 if written else 2)
    if not written:
        assert "cfnfix: t.yaml: nothing was written, as a new error would come:\n" in result.stderr
        assert "  E1 at Resources.One.Properties: a name is needed\n" in result.stderr
        assert "  accepted there: explicit-iam-name at 5:7\n" in result.stderr


def test_the_real_validator_is_asked(template: Path) -> None:
    result = piped("t.yaml", "--validate", "cfn-lint", keys="yq")
    assert "Validating with cfn-lint ..." in result.stderr
    assert (result.exit_code, template.read_text()) == (0, WITHOUT_ONE)
