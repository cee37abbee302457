"""A stand-in for `fixer.api`, so that the faces are tested apart from the engine: it removes lines with RoleName.

## Safety
Safe, as it is a stand-in.
- one
- two
1. first
2. then
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

import fixer
from fixer.cli.command import cli
from fixer.model import (
    Case,
    CfnfixError,
    Finding,
    Fix,
    Impact,
    InputError,
    Operation,
    Outcome,
    Remove,
    Safety,
    Transform,
    transform,
)
from fixer.settings.model import Settings

NAMES = ("default", "all", "lint", "explicit-iam-name", "missing-tags")

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app  # a name
      Path: /
"""
REPAIRED = TEMPLATE.replace("      RoleName: app  # a name\n", "")


def fix_text(text: str, settings: Settings, *, location: str = "", validate: Any = None) -> Outcome:
    if "CRASH" in text:
        raise ZeroDivisionError("a bug")
    if "INTERRUPT" in text:
        raise KeyboardInterrupt
    if "BROKEN" in text:
        return Outcome(location, text, text, error=InputError("invalid YAML: found a tab", 3, 1))
    operation: Operation = Remove(("Resources", "Role", "Properties", "RoleName"))
    fix = Fix("Remove RoleName", (operation,), Safety.SAFE, Impact.REPLACEMENT)
    unsafe = Fix("Inline a placeholder", (), Safety.UNSAFE, Impact.NO_INTERRUPTION)
    applied: list[Finding] = []
    remaining: list[Finding] = []
    for number, line in enumerate(text.split("\n"), 1):
        if "RoleName" in line:
            finding = Finding("the role has a name", operation.path, fix, "", "explicit-iam-name", None, number, 7)
            above = settings.max_impact is not None and settings.max_impact < fix.impact
            (remaining if above else applied).append(finding)
        if "S3Key" in line:
            path = ("Resources", "Function", "Properties", "Code")
            reason = "the source of the function is not at hand"
            remaining.append(Finding("code in S3", path, unsafe, reason, "uninlined-lambda-code", None, number, 9))
        if "&anchor" in line:
            reason = "it stands inside an anchor"
            remaining.append(
                Finding("partition", ("Resources",), None, reason, "hard-coded-partition", None, number, 5)
            )
    after = re.sub(r"[^\n]*RoleName[^\n]*\n", "", text) if applied else text
    notes = ("CAPABILITY_IAM is now enough.",) if applied else ()
    return Outcome(location, text, after, tuple(applied), tuple(remaining), notes)


def fix_files(
    paths: Iterable[Path], settings: Settings, *, write: bool = False, executor: Any = None, validate: Any = None
) -> Iterator[Outcome]:
    for path in paths:
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            yield Outcome(str(path), "", "", error=InputError(f"cannot be read: {error.strerror}"))
            continue
        outcome = fix_text(text, settings, location=str(path))
        if write and outcome.changed:
            path.write_bytes(outcome.after.encode("utf-8"))
        yield outcome


def explicit_iam_name(template: object, options: object) -> Iterator[Finding]:
    yield from ()


CASES = (
    Case("a name", "Resources:\n  Role: 1\n  x: y\n", "Resources:\n  x: y\n"),
    Case("no name", "Resources: {}\n", says="nothing to do"),
)


def check_names(names: Iterable[str], plugins: Iterable[str] = ()) -> None:
    for name in names:
        if name not in NAMES:
            raise CfnfixError(f"unknown name {name!r}; did you mean explicit-iam-name?")


def selected(settings: Settings) -> tuple[Transform, ...]:
    valid = tuple(case for case in CASES if case.after is None)
    invalid = tuple(case for case in CASES if case.after is not None)
    made = transform(lint_rules=("W1",), valid=valid, invalid=invalid)(explicit_iam_name)
    return (replace(made, groups=frozenset({"default", "security"})),)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Runs the command line in ``tmp_path`` with the stand-in below it."""
    api = ModuleType("fixer.api")
    vars(api).update(fix_text=fix_text, fix_files=fix_files, check_names=check_names, selected=selected)
    monkeypatch.setitem(sys.modules, "fixer.api", api)
    monkeypatch.setattr(fixer, "api", api, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CFNFIX_TRACEBACK", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*args: str, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, ["-j", "1", *args] if args[:1] != ("rule",) else list(args), input=input)

    return call


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "api.yaml"
    path.write_bytes(TEMPLATE.encode())
    return path
