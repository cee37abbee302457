"""What happens to a process in the wild: streams that are closed or full, files that are none, or not to be written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest

from .test_process import ROOT, TEMPLATE, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell, and the file system of Unix")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(TEMPLATE)
    return tmp_path


def shell(line: str, folder: Path, unbuffered: str = "") -> subprocess.CompletedProcess[str]:
    """A line for the shell, in which ``cfnfix`` does not validate. ``unbuffered``: "1" for Python's streams."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
    function = f'cfnfix() {{ "{sys.executable}" -m fixer --no-validate "$@"; }}\n'
    command = ["bash", "-c", function + line]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("cfnfix -q a.yaml >&-", 2, "cfnfix: standard output is closed\n"),
        ("cfnfix -q -w a.yaml >&-", 0, ""),
        ("cfnfix -q --check b.yaml >&-", 0, ""),
        ("cfnfix -q a.yaml 2>&-", 0, ""),
        ("cfnfix nope.yaml 2>&-", 2, ""),
        ("cfnfix - <&-", 2, "cfnfix: standard input: the file is empty\n"),
    ],
)
def test_closed_streams(folder: Path, line: str, status: int, said: str) -> None:
    (folder / "b.yaml").write_text("Resources:\n  T:\n    Type: AWS::CloudFormation::WaitConditionHandle\n")
    done = shell(line, folder)
    assert (done.returncode, done.stderr) == (status, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is the full disk")
@pytest.mark.parametrize(
    ("given", "unbuffered"),
    [
        *product(["-q a.yaml", "-q --diff a.yaml", "-q --output-format json a.yaml"], ["", "1"]),
        ("--help", ""),
    ],
)
def test_a_full_disk_behind_standard_output(folder: Path, given: str, unbuffered: str) -> None:
    done = shell(f"cfnfix {given} > /dev/full", folder, unbuffered)
    assert (done.returncode, done.stderr) == (2, "cfnfix: standard output: No space left on device\n")


def test_a_pipe_is_read_but_not_written_in_place(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    done = run("--no-validate", "-w", "-q", "pipe.yaml", "a.yaml", cwd=folder)
    assert done.returncode == 2
    assert done.stderr == b"cfnfix: pipe.yaml: it is no regular file, and cannot be written in place\n"
    assert b"RoleName" not in (folder / "a.yaml").read_bytes()
    read = shell("cat a.yaml > pipe.yaml & cfnfix -q pipe.yaml", folder)
    assert (read.returncode, read.stdout, read.stderr) == (0, (folder / "a.yaml").read_text(), "")


def without_privileges() -> None:
    """What root may and others may not; there is nothing to do for others."""
    if os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder in which a process without privileges works, if this one has them."""
    if os.geteuid() == 0:
        for folder in (tmp_path, *list(tmp_path.parents)[:-2]):
            folder.chmod(folder.stat().st_mode | 0o055)
        os.chown(tmp_path, 65534, 65534)
    return tmp_path


def test_a_read_only_file_stays_though_its_folder_may_be_written(foreign: Path) -> None:
    from fixer.model import InputError
    from fixer.syntax.source import write_atomic

    template = foreign / "a.yaml"
    template.write_text(TEMPLATE)
    template.chmod(0o444)
    user, group = os.geteuid(), os.getegid()
    without_privileges()
    try:
        with pytest.raises(InputError, match="cannot be written: the file is read-only"):
            write_atomic(template, "x")
    finally:
        os.seteuid(user)
        os.setegid(group)
    assert template.read_text() == TEMPLATE
    assert os.listdir(foreign) == ["a.yaml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_root_does_not_take_the_files_of_others(folder: Path) -> None:
    os.chown(folder / "a.yaml", 65534, 65533)
    assert run("--no-validate", "-w", "a.yaml", cwd=folder).returncode == 0
    status = (folder / "a.yaml").stat()
    assert (status.st_uid, status.st_gid) == (65534, 65533)
    assert "RoleName" not in (folder / "a.yaml").read_text()


def test_what_may_not_be_looked_at_is_not_said_to_be_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fixer.cli.discover import discover
    from fixer.model import Outcome

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "lstat", refuse)
    (one,) = discover(["secret/a.yaml"])
    assert isinstance(one, Outcome)
    assert str(one.error) == "cannot be read: Permission denied"


def test_an_interruption_before_it_has_begun(folder: Path) -> None:
    early = folder / "early"
    early.mkdir()
    (early / "click.py").write_text("raise KeyboardInterrupt\n")
    command = [sys.executable, "-c", "from fixer.cli import main; main()"]
    env = {**os.environ, "PYTHONPATH": f"{early}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "cfnfix: interrupted\n")


def test_a_name_cannot_steer_the_terminal(folder: Path) -> None:
    if shutil.which("script") is None:
        pytest.skip("script(1) makes the terminal")
    (folder / "a\x1b[31m.yaml").write_text(TEMPLATE)
    command = f"{sys.executable} -m fixer --no-validate --check -q --color never ."
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"], cwd=folder, env=env, capture_output=True, check=False
    )
    assert b"\x1b[31m" not in done.stdout
    assert "a\ufffd[31m.yaml" in done.stdout.decode()
    assert b"a\x1b[31m.yaml\n" in run("--no-validate", "--check", "-q", ".", cwd=folder).stdout, "but a program gets it"


def test_a_folder_that_is_gone(folder: Path) -> None:
    done = shell("mkdir gone && cd gone && rmdir ../gone && cfnfix -q --check .", folder)
    assert done.returncode == 2
    assert done.stderr.startswith("cfnfix: ")
    assert "Traceback" not in done.stderr
    assert shell(f"mkdir gone && cd gone && rmdir ../gone && cfnfix -q --check {folder}/a.yaml", folder).returncode == 1


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_process_that_started_them(folder: Path, sign: signal.Signals) -> None:
    """They hold its output open: whoever waits for that would wait for ever."""
    many = folder / "many"
    many.mkdir()
    text = (ROOT / "samples" / "every-failure" / "template.yaml").read_text()
    for number in range(60):
        (many / f"{number}.yaml").write_text(text)
    command = [sys.executable, "-m", "fixer", "--no-validate", "-w", "-q", "-j", "2", "many"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 20
        while time.monotonic() < until and all((many / f"{n}.yaml").read_text() == text for n in range(4)):
            time.sleep(0.05)
        process.send_signal(sign)
        try:
            said = process.communicate(timeout=20)[1].decode()
        finally:
            process.kill()
    if sign is signal.SIGTERM:
        assert process.returncode == 130
        assert said.startswith("cfnfix: interrupted; ")
        assert all(file.suffix == ".yaml" for file in many.iterdir())
