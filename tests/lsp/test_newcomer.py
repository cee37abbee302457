"""What the README says about Neovim, done by the letter in a new home folder: commands typed, Lua in init.lua."""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.lsp.editor import ROOT
from tests.lsp.test_editors import CFNFIX

NEOVIM = shutil.which("nvim")
README = (ROOT / "README.md").read_text()
SECTION = README.partition("## In your editor\n")[2].partition("\n## ")[0]
(COMMAND,) = re.findall(r"^\$ (.*)$", SECTION, re.MULTILINE)
(CMD,) = re.findall(r"`(vim\.g\.cfnfix_cmd = .*?)`", SECTION)
TABLE = re.findall(r"^\| `(vim\.g\..*?)` \|", (ROOT / "editors/neovim/README.md").read_text(), re.MULTILINE)
SAMPLE = ROOT / "samples/orders-api/template.yaml"
PATIENCE = 120
"""Seconds: the two minutes that a newcomer has."""

pytestmark = pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed (apt-get install neovim)")


class Newcomer:
    """A home folder, a checkout and a shell."""

    def __init__(self, folder: Path, *, in_path: bool) -> None:
        self.home, self.checkout, programs = folder / "home", folder / "checkout", folder / "programs"
        for each in (self.home, self.checkout, programs):
            each.mkdir()
        (self.checkout / "editors").symlink_to(ROOT / "editors")
        self.cfnfix = programs / "cfnfix"
        self.cfnfix.write_text(CFNFIX)
        self.cfnfix.chmod(0o755)
        self.template = self.checkout / "template.yaml"
        shutil.copy(SAMPLE, self.template)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        path = os.pathsep.join([*([str(programs)] if in_path else []), "/usr/local/bin:/usr/bin:/bin"])
        self.env = {**kept, "HOME": str(self.home), "PATH": path, "PYTHONPATH": str(ROOT), "TERM": "xterm"}

    def run(self, command: str) -> None:
        subprocess.run(command, shell=True, cwd=self.checkout, env=self.env, timeout=PATIENCE, check=True)

    def says(self, *lines: str) -> None:
        """Lines for init.lua."""
        told = "\n".join(line.replace("/path/to/cfnfix", str(self.cfnfix)) for line in lines)
        config = self.home / ".config/nvim"
        config.mkdir(parents=True, exist_ok=True)
        (config / "init.lua").write_text(told)

    def edits(self, keys: str) -> str:
        """What is seen when the template is opened in a terminal, and these keys are typed."""
        here, there = pty.openpty()
        neovim = subprocess.Popen(
            [str(NEOVIM), self.template.name], stdin=there, stdout=there, stderr=there, cwd=self.checkout, env=self.env
        )
        seen: list[bytes] = []
        reader = threading.Thread(target=lambda: seen.extend(iter(lambda: _read(here), b"")), daemon=True)
        reader.start()
        end = time.monotonic() + PATIENCE
        while not re.search(b"Resources|is not found", b"".join(seen)) and time.monotonic() < end:
            time.sleep(0.02)
        os.write(here, keys.encode())
        try:
            neovim.wait(PATIENCE)
        finally:
            neovim.kill()
            os.close(there)
        reader.join(PATIENCE)
        os.close(here)
        return b"".join(seen).decode(errors="replace")


def _read(file: int) -> bytes:
    try:
        return os.read(file, 65536)
    except OSError:  # the other end is closed
        return b""


def test_saved_as_soon_as_it_is_open(tmp_path: Path) -> None:
    newcomer = Newcomer(tmp_path, in_path=True)
    newcomer.run(COMMAND)
    newcomer.edits(":wq\r")
    text = newcomer.template.read_text()
    assert "Condition: HasCustomDomain" in text
    assert "RoleName: !Sub" not in text
    shutil.copy(SAMPLE, newcomer.template)
    newcomer.run("cfnfix --write --no-validate --quiet template.yaml")
    assert newcomer.template.read_text() == text, "the same as from the command line"


def test_where_it_is_not_found(tmp_path: Path) -> None:
    newcomer = Newcomer(tmp_path, in_path=False)
    newcomer.run(COMMAND)
    seen = newcomer.edits("\r:wq\r")
    assert "is not found; say in init.lua where it is" in seen
    assert newcomer.template.read_text() == SAMPLE.read_text()
    newcomer.says(CMD)
    newcomer.edits(":wq\r")
    assert "Condition: HasCustomDomain" in newcomer.template.read_text()


def test_the_settings_of_the_table(tmp_path: Path) -> None:
    cmd, on_save, settings = TABLE
    assert cmd == CMD
    newcomer = Newcomer(tmp_path, in_path=False)
    newcomer.run(COMMAND)
    newcomer.says(cmd, on_save)
    newcomer.edits(":wq\r")
    assert newcomer.template.read_text() == SAMPLE.read_text()
    newcomer.says(cmd, on_save, settings)
    newcomer.edits(":Cfnfix\r:wq\r")
    text = newcomer.template.read_text()
    assert "Condition: HasCustomDomain" in text
    assert "DataClassification" not in text, shlex.quote(settings)
