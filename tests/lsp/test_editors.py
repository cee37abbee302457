"""The other set-ups of editors/: run where the editor is there, else read by a parser of their format."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.editor import COMMAND, ROOT
from tests.lsp.test_neovim import TEMPLATE

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EDITORS = ROOT / "editors"
SERVER = ["cfnfix", "lsp"]
CFNFIX = f'#!/bin/sh\nexec {sys.executable} -m fixer "$@"\n'


def test_index_names_them_all() -> None:
    index = (EDITORS / "README.md").read_text()
    for folder in EDITORS.iterdir():
        if folder.is_dir() and (folder / "README.md").exists():
            assert f"({folder.name}/README.md)" in index


def test_helix() -> None:
    held = tomllib.loads((EDITORS / "helix/languages.toml").read_text())
    server = held["language-server"]["cfnfix"]
    assert [server["command"], *server["args"]] == SERVER
    assert all(one["language-servers"][0] == "cfnfix" for one in held["language"])


def test_sublime() -> None:
    held = json.loads((EDITORS / "sublime/LSP.sublime-settings").read_text())
    assert held["clients"]["cfnfix"]["command"] == SERVER


@pytest.mark.skipif(shutil.which("vim") is None, reason="Vim is not installed (apt-get install vim)")
def test_vim(tmp_path: Path) -> None:
    command, template = tmp_path / "cfnfix", tmp_path / "template.yaml"
    command.write_text(CFNFIX)
    command.chmod(0o755)
    template.write_text(TEMPLATE)
    (tmp_path / ".cfnfix.toml").write_text('select = ["explicit-iam-name"]\n')
    broken = tmp_path / "broken.yaml"
    broken.write_text("Resources: {Type: AWS::S3::Bucket\n")

    def write(path: Path, *keys: str) -> None:
        steps = ("set filetype=yaml", *keys, "write", "qall!")
        start = ("vim", "-es", "-u", "NONE", "-N", "--cmd", f"let g:cfnfix_command = '{command}'")
        plugin = ("-S", str(EDITORS / "vim/cfnfix.vim"))
        then = [part for step in steps for part in ("-c", step)]
        subprocess.run(
            [*start, *plugin, *then, str(path)], timeout=120, cwd=ROOT, check=False, stdin=subprocess.DEVNULL
        )

    write(template, "normal! 9Gma", "autocmd BufWritePost * call writefile([getline(\"'a\")], expand('%') . '.mark')")
    assert template.read_text() == TEMPLATE.replace("      RoleName: '😀-orders'  # asked", "      # asked")
    assert Path(f"{template}.mark").read_text() == "Outputs:\n"
    write(broken)
    assert broken.read_text() == "Resources: {Type: AWS::S3::Bucket\n"


@pytest.mark.skipif(
    shutil.which("emacs") is None, reason="Emacs is not installed (apt-get install emacs-nox elpa-eglot)"
)
def test_emacs(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    template.write_text(TEMPLATE)
    (tmp_path / ".cfnfix.toml").write_text('select = ["explicit-iam-name"]\n')
    command = " ".join(json.dumps(part) for part in COMMAND)
    script = f"""
      (require 'package)
      (push "/usr/share/emacs/site-lisp/elpa" package-directory-list)
      (package-initialize)
      (unless (require 'eglot nil t) (kill-emacs 77))
      (setq eglot-sync-connect 60 eglot-autoshutdown t cfnfix-command '({command}))
      (load {json.dumps(str(EDITORS / "emacs/cfnfix.el"))})
      (find-file {json.dumps(str(template))})
      (unless (eglot-managed-p) (call-interactively #'eglot))
      (goto-char (point-max))
      (insert "# typed\\n")
      (save-buffer)
      (unless (commandp 'cfnfix-format) (kill-emacs 1))
      (kill-emacs 0)
    """
    done = subprocess.run(
        ["emacs", "--batch", "-Q", "--eval", f"(progn {script})"],
        capture_output=True,
        text=True,
        timeout=180,
        cwd=ROOT,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("eglot is not installed (apt-get install elpa-eglot)")
    assert done.returncode == 0, done.stderr
    assert (
        template.read_text() == TEMPLATE.replace("      RoleName: '😀-orders'  # asked", "      # asked") + "# typed\n"
    )
