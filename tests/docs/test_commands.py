"""Every command and every program on a page of the documentation does what the page says."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from fixer.settings.file import read_settings
from tests import warm
from tests.docs.pages import ROOT, Block, agrees, blocks, commands

PAGES = {str(path.relative_to(ROOT)): path for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))}

EXCEPTIONS: Mapping[str, Mapping[str, str]] = {
    "README.md": {'pip install -e ".[dev]" && pytest': "it is what runs this test; .ci/run takes it from the page"},
    "docs/how-to/pre-commit.md": dict.fromkeys(
        ("pre-commit install", "pre-commit run --all-files"),
        "they fetch the hook from an address that is not known here; tests/test_pre_commit.py runs the real ones",
    ),
    "docs/index.md": {"pip install .": "it installs software; .ci/run does so with the first command of the README"},
}
"""Page to the commands that are marked as not run, each with its reason."""

LAYOUT: Mapping[str, tuple[str, ...]] = {
    "README.md": ("samples", "editors"),
    "docs/how-to/editor.md": ("editors",),
}
"""Page to the folders of the project that it needs. Those pages say that they are read in the source folder."""

INSTALLS = "pip install . && "
"""How the command begins that .ci/run takes from the README. What is behind it is on that page once more, alone."""


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if any(b.is_run for b in blocks(page))])
def test_page(name: str, tmp_path: Path) -> None:
    """From top to bottom, in a folder that holds what the page says, and nothing else."""
    work = tmp_path / "work"
    work.mkdir()
    for folder in LAYOUT.get(name, ()):
        shutil.copytree(ROOT / folder, work / folder)
    found = [block for block in blocks(PAGES[name]) if block.is_run]
    needs_aws = any("aws " in block.text for block in found if block.language == "console")
    with _cloud(needs_aws) as cloud:
        environment = {**_environment(tmp_path), **cloud}
        for block, following in zip(found, [*found[1:], None], strict=True):
            _do(f"{name}:{block.line}", block, following, work, environment)


def test_what_is_not_run_has_a_reason() -> None:
    marked = {
        name: {command.text for block in blocks(page) if not block.is_run for command in commands(block)}
        for name, page in PAGES.items()
    }
    assert {name: found for name, found in marked.items() if found} == {n: set(of) for n, of in EXCEPTIONS.items()}


def test_settings_on_a_page_are_files() -> None:
    """So that a wrong key is noticed."""
    untitled = [f"{name}:{b.line}" for name, page in PAGES.items() for b in blocks(page) if _is_loose(b)]
    assert not untitled


def test_a_pipe_shows_its_output() -> None:
    """Its exit status says nothing about the commands before the last."""
    silent = [
        f"{name}:{command.line}"
        for name, page in PAGES.items()
        for block in blocks(page)
        if block.language == "console" and block.is_run
        for command in commands(block)
        if " | " in command.text and command.shown is None
    ]
    assert not silent


def _is_loose(block: Block) -> bool:
    return block.language == "toml" and not block.title


def _do(where: str, block: Block, following: Block | None, work: Path, environment: Mapping[str, str]) -> None:
    if block.language == "console":
        for command in commands(block):
            if command.text.startswith(INSTALLS):
                continue
            status, printed = _run(["bash", "-c", command.text], work, environment)
            assert status == command.status, f"{where}: $ {command.text}\nends in status {status}:\n{printed}"
            if command.shown is not None:
                assert agrees(command.shown, printed), f"{where}: $ {command.text}\nprints\n{printed}"
    elif block.title:
        file = work / block.title
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text)
        if file.name == ".cfnfix.toml":
            read_settings(file)
    elif block.language == "python":
        status, printed = _run([sys.executable, "-c", block.text], work, environment)
        assert status == 0, f"{where}: the program ends in status {status}:\n{printed}"
        if following is not None and following.language == "text" and following.line == block.end + 2:
            assert agrees(following.text, printed), f"{where}: the program prints\n{printed}"


def _run(arguments: list[str], work: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """The exit status of a process, and all that it says."""
    done = subprocess.run(
        arguments,
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout


def _environment(folder: Path) -> dict[str, str]:
    """That of a new user, with `cfnfix` and `python` in the path."""
    home, programs = folder / "home", folder / "bin"
    for made in (home, programs):
        made.mkdir()
    _program(programs / "python", f'exec "{sys.executable}" "$@"')
    _program(programs / "cfnfix", f'exec {shlex.join(warm.command(warm.CFNFIX))} "$@"')
    path = os.pathsep.join([str(programs), sysconfig.get_path("scripts"), os.environ["PATH"]])
    git = {f"GIT_{who}_{what}": f"{who}@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {
        "PATH": path,
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        **git,
    }


def _program(file: Path, line: str) -> None:
    file.write_text(f"#!/bin/sh\n{line}\n")
    file.chmod(0o755)


@contextmanager
def _cloud(needed: bool) -> Iterator[Mapping[str, str]]:
    """The environment in which the AWS command line speaks to an imitation of AWS on this machine."""
    if not needed:
        yield {}
        return
    if shutil.which("aws") is None:
        pytest.skip("the AWS command line is not installed")
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_PAGER": "",
        }
    finally:
        server.stop()
