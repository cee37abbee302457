"""Completion in real shells, by real tabs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from fixer.cli.command import cli
from fixer.cli.completion import VARIABLE

pexpect = pytest.importorskip("pexpect", reason="it makes the terminal")

ROOT = Path(__file__).resolve().parents[2]
SHELLS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
LOAD = {
    "bash": 'eval "$(cfnfix completion bash)"',
    "zsh": 'eval "$(cfnfix completion zsh)"',  # as a new account has it, without compinit
    "fish": "cfnfix completion fish | source",
}
HARD_CODED = ("code-bucket", "availability-zone", "partition", "region", "account-id")
LINES = {
    "a subcommand": ("rul", "rule"),
    "a transform to explain": ("rule hard-coded-par", "rule hard-coded-partition"),
    "a name behind a comma": ("--ignore ha,explicit-i", "--ignore ha,explicit-iam-name"),
    "a value behind an equals sign": ("--select=ha,missing-ta", "--select=ha,missing-tags"),
    "a file beside the subcommands": ("compl\t-n", "completion-notes.yaml"),
    "a file to write": ("a.yaml -o templates/ap", "a.yaml -o templates/api.yaml"),
}
"""What is typed, and what stands there after a tab."""

WORDS = {
    "the subcommands and files": ("", {"rule", "review", "config", "completion", "lsp", ":file"}),
    "no subcommand behind an option": ("-w r", {"r:file"}),
    "shells": ("completion ", {"bash", "zsh", "fish"}),
    "options": ("--extend-s", {"--extend-select"}),
    "options of a subcommand": ("config --sh", {"--show"}),
    "words that an option takes": ("--max-impact n", {"none", "no-interruption"}),
    "groups": ("--select secu", {"security"}),
    "a name that is not there yet": ("--select default,ha,def", set()),
    "transforms, no groups": ("rule ha", {"hard-coded-" + name for name in HARD_CODED}),
    "templates": ("review t", {"t:file"}),
    "folders": ("--code-root t", {"t:dir"}),
}
"""What is typed, and what click offers."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a pty")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a command of ours, and files to name."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "cfnfix"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m fixer "$@"\n')
    command.chmod(0o755)
    work = tmp_path / "work"
    (work / "templates").mkdir(parents=True)
    for name in ("completion-notes.yaml", "templates/api.yaml"):
        (work / name).write_text("")
    return work


class Shell:
    """An interactive shell that has loaded the completion."""

    def __init__(self, name: str, folder: Path) -> None:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        env = {"HOME": str(folder.parent), "PATH": f"{folder.parent / 'bin'}:{os.environ['PATH']}"}
        env |= {"TERM": "xterm", "LANG": "C.UTF-8", "PS1": "", "HISTFILE": ""}
        self.process: Any = pexpect.spawn(
            path, SHELLS[name], env=env, cwd=str(folder), dimensions=(50, 200), encoding="utf-8", timeout=60
        )
        self.line(LOAD[name])

    def line(self, text: str) -> str:
        """What the shell makes of a line; it ends its own, and what is typed is not taken for it."""
        self.process.send(text + "\r")
        self.process.send("echo '<'ready'>'\r")
        self.process.expect_exact("<ready>")
        return str(self.process.before)

    def completed(self, text: str) -> str:
        """The line after a tab behind it: it becomes the words of echo."""
        self.process.send(f"cfnfix {text}\t")
        self.process.send("\x01echo '<'line'>' \x05 '<'end'>'\r")
        self.process.expect(r"<line>\s*(.*?)\s*<end>")
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.process.match.group(1)).removeprefix("cfnfix ")


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, folder: Path) -> Iterator[Shell]:
    made = Shell(request.param, folder)
    yield made
    made.process.close(force=True)


def test_lines_are_completed(shell: Shell) -> None:
    assert {what: shell.completed(typed) for what, (typed, _) in LINES.items()} == {
        what: line for what, (_, line) in LINES.items()
    }


@pytest.mark.parametrize("what", WORDS)
def test_what_is_offered(what: str) -> None:
    line, expected = WORDS[what]
    *args, incomplete = line.split(" ")
    items = ShellComplete(cli, {}, "cfnfix", VARIABLE).get_completions(args, incomplete)
    assert {item.value + (f":{item.type}" if item.type != "plain" else "") for item in items} == expected


def test_another_shell() -> None:
    said = CliRunner().invoke(cli, ["completion", "tcsh"]).stderr
    assert said.startswith("cfnfix: Invalid value for 'SHELL': 'tcsh' is not one of 'bash', 'zsh', 'fish'")


@pytest.mark.parametrize("name", SHELLS)
def test_the_variable_of_click_gives_the_same_script(name: str) -> None:
    def printed(*args: str, **env: str) -> str:
        command = [sys.executable, "-m", "fixer", *args]
        env = {**os.environ, "PYTHONPATH": str(ROOT), **env}
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout

    script = printed("completion", name)
    assert "_cfnfix_completion" in script
    assert printed(_CFNFIX_COMPLETE=f"{name}_source") == script
