"""What the README says is so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from fixer.cli.options import PARAMETERS
from transforms.registry import TRANSFORMS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_two_commands_are_on_the_first_screen() -> None:
    screen = README.splitlines()[:40]
    commands = [line[2:] for line in screen if line.startswith("$ ")]
    assert commands[0].startswith("pip install . && cfnfix samples/")
    assert commands[1] == 'pip install -e ".[dev]" && pytest'


def test_every_option_is_named() -> None:
    missing = [
        max(p.opts, key=len) for p in PARAMETERS if p.opts[0].startswith("-") and max(p.opts, key=len) not in README
    ]
    assert not missing


def test_every_repair_is_named() -> None:
    assert [t.name for t in TRANSFORMS if f"`{t.name}`" not in README] == []


def test_every_file_that_it_names_is_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_the_help_is_the_one_that_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from fixer.cli import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80"},
        cwd=ROOT,
    )
    assert done.stdout.rstrip() in README
