"""The set-up of editors/neovim in a real Neovim, headless, with a new home folder."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.lsp.editor import COMMAND, ROOT

NEOVIM = shutil.which("nvim")
TEMPLATE = """\
# 😀
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: '😀-orders'  # asked for by nobody
      Pth: /
      AssumeRolePolicyDocument: {}
Outputs:
  RoleName:
    Value: !Ref Role
"""


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed (apt-get install neovim)")
def test_neovim(tmp_path: Path) -> None:
    template, seen, home = tmp_path / "template.yaml", tmp_path / "seen.json", tmp_path / "home"
    template.write_text(TEMPLATE)
    (tmp_path / ".cfnfix.toml").write_text('select = ["explicit-iam-name"]\n')
    plugins, programs = home / ".config/nvim/plugin", home / "bin"
    for folder in (plugins, programs):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "editors/neovim/cfnfix.lua", plugins)
    server = programs / "cfnfix"
    server.write_text(f"#!/bin/sh\nshift\nexec {shlex.join(COMMAND)}\n")
    server.chmod(0o755)
    xdg = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [
            *(str(NEOVIM), "--headless", "-n", str(template)),
            *("--cmd", f"let g:cfnfix_seen = {json.dumps(str(seen))}"),
            *("-S", str(Path(__file__).with_name("neovim.lua"))),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        env={**xdg, "HOME": str(home), "PATH": f"{programs}:{os.environ['PATH']}"},
        check=False,
    )
    assert seen.exists(), done.stderr
    told = json.loads(seen.read_text())
    assert told.get("error") is None
    for step in ("attached", "diagnosed", "ignore heeded", "diagnosed again", "clean", "validated"):
        assert told[step], step
    assert told["diagnostic"] == {"line": 5, "column": 6, "code": "explicit-iam-name", "severity": 2}
    assert "CAPABILITY_NAMED_IAM" in told["hover"]
    assert told["titles"][:2] == ["Remove RoleName (replaces the resource)", "Ignore explicit-iam-name here"]
    assert told["ignored"] == TEMPLATE.replace("# asked", "# cfnfix: ignore[explicit-iam-name] asked")
    repaired = TEMPLATE.replace("      RoleName: '😀-orders'  # asked", "      # asked")
    assert told["saved"] == repaired
    assert told["cursor"] == told["marked"] == "Outputs:"
    assert told["modified"] is False
    assert told["broken"] == "{\n" + repaired + "  # typed\n"
    assert "rror" not in told["messages"]
    assert template.read_text() == told["broken"]
