"""The extension of editors/vscode: built as its README says, run against the real server, and its settings are ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from fixer.lsp import documents
from fixer.lsp.configuration import kebab
from fixer.settings.model import IMPACTS, VALIDATORS
from fixer.settings.schema import SettingsFile
from tests.lsp.editor import ROOT

SOURCE = ROOT / "editors/vscode"
OF_THE_CLIENT = {"path", "interpreter", "args", "trace.server"}
"""Settings that the server is not told."""
QUIET = {f"npm_config_{name}": "false" for name in ("audit", "fund", "progress", "update_notifier")}
"""What npm does besides, and nobody here looks at."""
NODE = 20
"""The Node.js that VS Code has, or newer."""


def test_the_settings_are_those_of_the_server() -> None:
    known = {field.encode_name for field in msgspec.structs.fields(SettingsFile)}
    told = json.loads((SOURCE / "package.json").read_text())["contributes"]["configuration"]["properties"]
    ours = {kebab(name.removeprefix("cfnfix.")): setting for name, setting in told.items()}
    assert ours.keys() - OF_THE_CLIENT < known
    assert ours["max-impact"]["enum"] == [*IMPACTS, None]
    assert ours["validate"]["enum"] == [*VALIDATORS, None]
    unset = [name for name in ours.keys() - OF_THE_CLIENT if ours[name]["default"] is not None]
    assert not unset, "the settings file counts unless the user says something"


def test_it_knows_a_template_by_the_signs_of_the_server() -> None:
    text = (SOURCE / "src/template.ts").read_text()
    assert f"/{documents._MEANT.pattern}/" in text
    assert f"{documents.MOST_CHARACTERS:_}" in text


def test_the_lock_names_no_machine() -> None:
    addresses = re.findall(r'"resolved": "([^"]*)"', (SOURCE / "package-lock.json").read_text())
    assert all(one.startswith("https://registry.npmjs.org/") for one in addresses)


def test_the_extension(tmp_path: Path) -> None:
    """Built in a folder of its own by the command of its README, and run against the real server."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node.js and npm are not installed (apt-get install nodejs npm)")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").split(".")[0]) < NODE:
        pytest.skip(f"Node.js {NODE} or newer is needed")
    shutil.copy(ROOT / "LICENSE", tmp_path)
    folder = tmp_path / "editors/vscode"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix", "LICENSE"))
    (command,) = re.findall(r"^\$ (npm ci && npm run package) ", (SOURCE / "README.md").read_text(), re.MULTILINE)
    environment = {**os.environ, **QUIET, "npm_config_prefer_offline": "true"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    if re.search(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH", done.stderr):
        pytest.skip("the npm registry cannot be reached")
    assert done.returncode == 0, done.stdout + done.stderr
    with ZipFile(folder / "cfnfix.vsix") as package:
        inside = {name for name in package.namelist() if name.startswith("extension/")}
        assert {name.removeprefix("extension/").lower() for name in inside} == {
            "package.json",
            "readme.md",
            "license.txt",
            "dist/extension.js",
            "dist/notices.txt",
        }
        assert package.read("extension/LICENSE.txt") == (ROOT / "LICENSE").read_bytes()
        held = json.loads(package.read("extension/package.json"))
        for name in ("extension/dist/extension.js", "extension/dist/NOTICES.txt"):
            assert str(folder).encode() not in package.read(name)
    assert f"./{held['main'].removeprefix('./')}" == "./dist/extension.js"
    assert held["contributes"]["commands"]
    done = subprocess.run(
        ["npm", "test"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "CFNFIX_PYTHON": sys.executable, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# skipped 0$", done.stdout, re.MULTILINE), done.stdout
