"""Golden samples: ``NAME.yaml`` is repaired to ``NAME.fixed.yaml``; without such a twin it stays as it is, byte by
byte.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from fixer.api import fix_file
from fixer.engine.loader import load
from fixer.settings.model import Settings
from tests import warm

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(p for p in (ROOT / "samples").rglob("*") if p.suffix in (".yaml", ".json") and ".fixed" not in p.name)


ARGUMENTS = {"every-failure": ("--unsafe-fixes", "--extend-select", "network,ha")}
"""The folder of a sample to the arguments with which it is repaired; without any where it is not named."""


def fixed(sample: Path) -> Path:
    return sample.with_suffix(f".fixed{sample.suffix}")


def arguments(sample: Path) -> tuple[str, ...]:
    return ARGUMENTS.get(sample.parent.name, ())


def settings(sample: Path, validate: str = "cfn-lint") -> Settings:
    """What ``arguments`` say."""
    more = ("network", "ha") if arguments(sample) else ()
    return Settings(extend_select=more, unsafe_fixes=bool(more), validate=validate)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_sample(sample: Path) -> None:
    outcome = fix_file(sample, settings(sample))
    assert outcome.error is None
    expected = fixed(sample) if fixed(sample).exists() else sample
    assert outcome.after.encode() == expected.read_bytes()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_fixed_sample_needs_nothing(sample: Path) -> None:
    result = fixed(sample) if fixed(sample).exists() else sample
    outcome = fix_file(result, settings(sample, "none"))
    assert not outcome.changed


@pytest.mark.parametrize("sample", ["orders-api", "every-failure"])
def test_the_json_twin_is_repaired_to_the_same_template(sample: str) -> None:
    """But for guidance, which is a comment in YAML and a Description in JSON."""
    one = load((ROOT / f"samples/{sample}/template.fixed.yaml").read_text(), "yaml")
    other = json.loads((ROOT / f"samples/{sample}/template.fixed.json").read_text())
    for data in (one, other):
        for parameter in data["Parameters"].values():
            parameter.pop("Description", None)
    assert one == other


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_git_applies_the_diff(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample.parent, tmp_path / "work")
    work = tmp_path / "work"
    subprocess.run(["git", "init", "-q", "."], cwd=work, check=True)
    cfnfix = [*warm.command(warm.CFNFIX), "--no-validate", *arguments(sample)]
    diff = subprocess.run([*cfnfix, "--diff", sample.name], cwd=work, capture_output=True, check=False)
    assert diff.returncode == (1 if fixed(sample).exists() else 0)
    if diff.stdout:
        subprocess.run(["git", "apply", "--check", "-"], cwd=work, input=diff.stdout, check=True)
        subprocess.run(["git", "apply", "-"], cwd=work, input=diff.stdout, check=True)
        assert (work / sample.name).read_bytes() == fixed(sample).read_bytes()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_twice_through_a_pipe_is_once(sample: Path) -> None:
    cfnfix = [*warm.command(warm.CFNFIX), "--no-validate", *arguments(sample), "-q", "-"]
    name = ["--stdin-filename", str(sample)]
    once = subprocess.run([*cfnfix, *name], input=sample.read_bytes(), capture_output=True, check=True).stdout
    twice = subprocess.run([*cfnfix, *name], input=once, capture_output=True, check=True).stdout
    assert once == twice
    bare = subprocess.run(cfnfix, input=sample.read_bytes(), capture_output=True, check=True).stdout
    assert subprocess.run(cfnfix, input=bare, capture_output=True, check=True).stdout == bare
