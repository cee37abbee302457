"""The command line as a process, with the real engine: what it imports, how it ends, what leaves it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app  # a name
      AssumeRolePolicyDocument: {}
"""
HEAVY = ("cfnlint", "rich", "cfn_flip", "ruamel.yaml", "pathspec", "tomllib", "concurrent.futures.process")
ROOT = Path(__file__).resolve().parents[2]


def start(*args: str, cwd: Path) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "fixer", *args]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, cwd=cwd)


def run(*args: str, cwd: Path, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    process = start(*args, cwd=cwd)
    out, err = process.communicate(input, timeout=120)
    return subprocess.CompletedProcess(args, process.returncode, out, err)


def imported(args: list[str], cwd: Path) -> set[str]:
    """The modules of HEAVY that a run imports."""
    code = (
        "import json, sys, contextlib, io\nfrom fixer.cli.command import cli\n"
        f"with contextlib.redirect_stderr(io.StringIO()):\n    status = cli.main({args!r}, standalone_mode=False)\n"
        f"print('\\n' + json.dumps([m for m in {HEAVY!r} if m in sys.modules]))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=env, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.rstrip("\n").rpartition("\n")[2]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(TEMPLATE)
    return tmp_path


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["rule", "--help"], ["--nonsense"]])
def test_nothing_heavy_is_imported_for_words(folder: Path, args: list[str]) -> None:
    assert imported(args, folder) == set()


def test_a_file_that_needs_nothing_imports_nothing_heavy(folder: Path) -> None:
    (folder / "a.yaml").write_text("Resources:\n  T:\n    Type: AWS::CloudFormation::WaitConditionHandle\n")
    assert imported(["a.yaml", "--no-validate"], folder) == set()


def test_one_job_validates_in_its_own_process(folder: Path) -> None:
    assert "cfnlint" in imported(["-j1", "a.yaml"], folder)
    assert "cfnlint" not in imported(["a.yaml", "--no-validate"], folder)


def test_a_repair(folder: Path) -> None:
    done = run("--no-validate", "--select", "explicit-iam-name", "a.yaml", cwd=folder)
    assert done.returncode == 0
    assert b"RoleName" not in done.stdout
    assert b"An update of a live stack replaces Role" in done.stderr
    piped = run("--no-validate", "-", cwd=folder, input=TEMPLATE.encode())
    again = run("--no-validate", "-", cwd=folder, input=piped.stdout)
    assert again.stdout == piped.stdout != b""


def test_git_takes_the_diff(folder: Path) -> None:
    done = run("--no-validate", "--diff", "a.yaml", cwd=folder)
    assert done.returncode == 1
    subprocess.run(["git", "apply"], input=done.stdout, cwd=folder, check=True)
    assert run("--no-validate", "--check", "a.yaml", cwd=folder).returncode == 0


@pytest.mark.parametrize("repository", [True, False])
@pytest.mark.parametrize("files", [["../more/a b.yaml"], ["../a.yaml", "b.yaml", "../more/a b.yaml"]])
def test_git_takes_the_diff_of_files_elsewhere(folder: Path, files: list[str], repository: bool) -> None:
    here = folder / "sub"
    for name in ("sub", "more"):
        (folder / name).mkdir()
        for file in ("a.yaml", "b.yaml", "a b.yaml"):
            (folder / name / file).write_text(TEMPLATE)
    if repository:
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
    done = run("--no-validate", "--diff", "-j", "1", *files, cwd=here)
    assert b".." not in done.stdout
    root = folder if repository or len(files) > 1 else folder / "more"
    assert f"cfnfix: to apply the patch: git -C {root} apply\n".encode() in done.stderr
    subprocess.run(["git", "-C", str(root), "apply"], input=done.stdout, cwd=here, check=True)
    for file in folder.rglob("*.yaml"):
        meant = any((here / name).resolve() == file.resolve() for name in files)
        assert (file.read_text() == TEMPLATE) is not meant, "nothing else is changed"


def test_a_diff_of_a_file_elsewhere_changes_no_namesake(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "sub").mkdir()
    (folder / "sub" / "a.yaml").write_text(TEMPLATE)
    done = run("--no-validate", "--diff", "--quiet", "../a.yaml", cwd=folder / "sub")
    assert done.stderr == b""
    subprocess.run(["git", "apply"], input=done.stdout, cwd=folder / "sub", check=False)
    assert (folder / "sub" / "a.yaml").read_text() == TEMPLATE


def test_several_files_side_by_side_are_as_one_by_one(folder: Path) -> None:
    for number in range(6):
        (folder / f"b{number}.yaml").write_text(TEMPLATE.replace("Role:", f"Role{number}:"))
    one = run("--no-validate", "--output-format", "json", "-j", "1", ".", cwd=folder)
    many = run("--no-validate", "--output-format", "json", "-j", "3", ".", cwd=folder)
    assert (one.returncode, one.stdout) == (many.returncode, many.stdout)
    assert run("--no-validate", "-w", "-j", "2", ".", cwd=folder).returncode == 0
    assert run("--no-validate", "--check", "-j", "2", ".", cwd=folder).returncode == 0


BAD = {
    "broken.yaml": (b"Resources:\n  A: [\n", "broken.yaml:3:1: invalid YAML"),
    "broken.json": (b'{"Resources": {"A": 1,,}}', "broken.json:1:23: invalid JSON"),
    "double.yaml": (b"Resources:\n  A: 1\n  A: 2\n", "double.yaml:3:3: the key 'A' is there twice"),
    "documents.yaml": (b"Resources: {}\n---\nResources: {}\n", "documents.yaml:2:1: the file holds several documents"),
    "wide.yaml": (TEMPLATE.encode("utf-16"), "wide.yaml: the file is UTF-16"),
    "latin.yaml": (b"Resources:\n  A: \xe9\n", "latin.yaml:2:6: the file is not UTF-8"),
    "binary.yaml": (bytes(range(256)), "binary.yaml: the file is binary"),
    "empty.yaml": (b"", "empty.yaml: the file is empty"),
    "list.yaml": (b"- a\n", "list.yaml:1:1: not a template"),
    "package.json": (b'{"name": "x"}', "package.json"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_has_one_line_and_stays_as_it_is(folder: Path, name: str) -> None:
    data, said = BAD[name]
    (folder / name).write_bytes(data)
    done = run("--no-validate", "-w", name, "a.yaml", cwd=folder)
    assert done.returncode == 2
    lines = [line for line in done.stderr.decode().split("\n") if line.startswith("cfnfix: ")]
    assert len(lines) == 1
    assert lines[0].startswith("cfnfix: " + said)
    assert b"Traceback" not in done.stderr
    assert (folder / name).read_bytes() == data
    assert b"RoleName" not in (folder / "a.yaml").read_bytes()


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    (folder / "link.yaml").symlink_to("nowhere.yaml")
    done = run("--no-validate", "-w", "link.yaml", cwd=folder)
    assert done.returncode == 2
    assert done.stderr == b"cfnfix: link.yaml: cannot be read: No such file or directory\n"


def test_an_unknown_name_says_the_closest(folder: Path) -> None:
    done = run("--select", "explicit-iam-nam", "a.yaml", cwd=folder)
    assert done.returncode == 2
    assert b"explicit-iam-name" in done.stderr


def test_rules_are_listed_and_explained(folder: Path) -> None:
    every = run("rule", cwd=folder)
    assert every.returncode == 0
    assert every.stdout.startswith(b"explicit-iam-name")
    one = run("rule", "explicit-iam-name", cwd=folder)
    assert one.returncode == 0
    assert b"RoleName" in one.stdout
    assert b"\x1b" not in one.stdout


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_error(folder: Path, monkeypatch: pytest.MonkeyPatch, unbuffered: str) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    (folder / "a.yaml").write_text(TEMPLATE + "# a comment\n" * 80_000)
    process = start("--no-validate", "a.yaml", cwd=folder)
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    assert b"Traceback" not in said
    assert b"Exception" not in said
    assert process.wait(60) == 141


@pytest.mark.skipif(shutil.which("script") is None, reason="script(1) makes the terminal")
def test_a_diff_on_a_terminal_is_coloured_and_a_bar_is_drawn(folder: Path) -> None:
    for number in range(5):
        (folder / f"b{number}.yaml").write_text(TEMPLATE)
    command = f"{sys.executable} -m fixer --no-validate --diff -j 1 ."
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80"}
    env.pop("NO_COLOR", None)
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"], cwd=folder, env=env, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"\x1b[31m-      RoleName" in done.stdout
    assert b"Repairing" in done.stdout
