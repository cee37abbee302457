"""The hooks, as the real pre-commit takes them from this repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from fixer.cli.discover import EXTENSIONS
from tests import warm

ROOT = Path(__file__).parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
TEMPLATE = """\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app
      AssumeRolePolicyDocument: {}
"""
FILES = {
    "stacks/api one.yaml": TEMPLATE,
    "stacks/api.json": json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}),
    "package.json": '{"name": "x", "Resources": 1}\n',
    "deploy.yml": "kind: Deployment\nspec: {Resources: {}}\n",
    "pipeline.yaml": "{{- if .Values }}\nnot: [yaml\n",
    "notes.txt": TEMPLATE,
}
OFFLINE = re.compile(r"NewConnectionError|name resolution|No matching distribution|ConnectTimeout")


@pytest.mark.parametrize("hook", HOOKS)
def test_the_hooks_get_the_files_that_the_walk_would_look_at(hook: str) -> None:
    files = HOOKS[hook]["files"]
    assert all(re.search(files, f"a/b{extension}") for extension in EXTENSIONS)
    assert all(re.search(files, f"a/b{extension.upper()}") for extension in EXTENSIONS)
    assert not any(re.search(files, name) for name in ("a.yaml.txt", "json", "a.py"))


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="pre-commit takes hooks from a git repository; this is none")
def test_both_hooks_with_try_repo(tmp_path: Path) -> None:
    """One run for both, as it makes a virtual environment: the first repairs, so the second has nothing to say."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    environment |= {"PRE_COMMIT_HOME": str(tmp_path / ".cache"), "PRE_COMMIT_COLOR": "never", "PIP_NO_COMPILE": "1"}
    for arguments in (["init", "-q"], ["add", "stacks", *list(FILES)[2:]]):
        subprocess.run(["git", *arguments], cwd=tmp_path, env=environment, check=True)
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "--all-files", "--verbose"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    if OFFLINE.search(said):
        pytest.skip("the environment of the hook cannot be installed: no package index in reach")
    write, _, check = said.partition("cfnfix (check)")
    assert done.returncode == 1, said
    assert re.search(
        r"cfnfix\.+Failed\n- hook id: cfnfix\n(- duration.*\n)?- files were modified by this hook\n", write
    ), said
    assert re.match(r"\.+Passed\n", check), said
    assert "RoleName" not in (tmp_path / "stacks/api one.yaml").read_text()
    assert "Tags" in (tmp_path / "stacks/api.json").read_text()
    untouched = {name: (tmp_path / name).read_text() for name in list(FILES)[2:]}
    assert untouched == {name: FILES[name] for name in untouched}
    assert not any(name in said for name in untouched)


def test_what_the_hooks_run(tmp_path: Path) -> None:
    """Other YAML and JSON is passed over without a word; the check shows a patch and fails, and changes nothing."""
    for name, text in FILES.items():
        (tmp_path / Path(name).name).write_text(text)
    names = [Path(name).name for name in FILES]

    def run(hook: str, *files: str) -> subprocess.CompletedProcess[str]:
        command = [*warm.command(warm.CFNFIX), *HOOKS[hook]["entry"].split()[1:], *files]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for hook in HOOKS:
        done = run(hook, *names[2:-1])
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run("cfnfix-check", *names[:-1])
    assert done.returncode == 1
    assert "\n-      RoleName: app\n" in done.stdout
    assert {name: (tmp_path / name).read_text() for name in names} == {Path(n).name: t for n, t in FILES.items()}
    assert run("cfnfix", *names[:-1]).returncode == 0
    assert run("cfnfix-check", *names[:-1]).returncode == 0
    (tmp_path / "broken.yaml").write_text(TEMPLATE + "\t- x")
    done = run("cfnfix-check", "broken.yaml")
    assert done.returncode == 2, "a template that does not parse is no file to pass over"
