"""``--since`` on real repositories, as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import warm

ROOT = Path(__file__).parent.parent.parent
TEMPLATE = "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties: {RoleName: app}\n"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "PYTHONPATH": str(ROOT),
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)


def commit(folder: Path, message: str = "x") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def write(folder: Path, name: str, text: str = TEMPLATE) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def since(folder: Path, ref: str, *paths: str, status: int = 1) -> list[str]:
    """The templates that are found to repair, or the lines of standard error of a run that failed."""
    command = [*warm.command(warm.CFNFIX), "--check", "--select", "explicit-iam-name", "--no-validate", "--isolated"]
    done = subprocess.run(
        [*command, "--since", ref, *(paths or ["."])], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True
    )
    assert done.returncode == status, done.stderr
    return (done.stderr if status == 2 else done.stdout).splitlines()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """On branch work, which left main at its second commit; main went on."""
    folder = tmp_path / "my repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for name in ("same.yaml", "committed.yaml", "staged.yaml", "edited.yaml", "gone.yaml", "old.yaml", "theirs.yaml"):
        write(folder, name)
    write(folder, ".gitignore", "ignored.yaml\n")
    write(folder, "sub/deep/same.yaml")
    commit(folder)
    git(folder, "tag", "v1")
    git(folder, "checkout", "-qb", "work")
    write(folder, "committed.yaml", TEMPLATE + "# mine\n")
    write(folder, "sub/deep/größe & so.yaml")
    commit(folder)
    git(folder, "checkout", "-q", "main")
    write(folder, "theirs.yaml", TEMPLATE + "# theirs\n")
    commit(folder)
    git(folder, "checkout", "-q", "work")
    write(folder, "staged.yaml", TEMPLATE + "# staged\n")
    git(folder, "add", "staged.yaml")
    write(folder, "edited.yaml", TEMPLATE + "# edited\n")
    write(folder, "new folder/fresh.yaml")
    write(folder, "ignored.yaml")
    (folder / "gone.yaml").unlink()
    git(folder, "mv", "old.yaml", "renamed.yaml")
    return folder


CHANGED = ["committed.yaml", "edited.yaml", "renamed.yaml", "staged.yaml", "new folder/fresh.yaml"]
DEEP = "sub/deep/größe & so.yaml"


def test_what_changed_since_the_branch_left(repository: Path) -> None:
    assert since(repository, "main") == [*CHANGED, DEEP]
    assert since(repository, "v1") == [*CHANGED, DEEP]
    assert since(repository, "HEAD") == CHANGED[1:]


def test_named_files_and_folders(repository: Path) -> None:
    assert since(repository, "main", "same.yaml", "edited.yaml", "sub") == ["edited.yaml", DEEP]
    assert since(repository, "main", "same.yaml", status=0) == []
    assert since(repository.parent, "main", "my repo/sub") == [f"my repo/{DEEP}"]


def test_from_a_folder_below_the_top_and_through_a_link(repository: Path) -> None:
    assert since(repository / "sub" / "deep", "main") == ["größe & so.yaml"]
    assert since(repository / "sub", "main", "..")[:1] == ["../committed.yaml"]
    (repository.parent / "link").symlink_to(repository / "sub", target_is_directory=True)
    assert since(repository.parent / "link", "main") == ["deep/größe & so.yaml"]


def test_nothing_changed_is_no_error_and_is_said(repository: Path) -> None:
    git(repository, "stash", "-uq")
    command = [sys.executable, "-m", "fixer", "-w", "--since", "HEAD", "."]
    done = subprocess.run(command, cwd=repository, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "cfnfix: no template has changed since HEAD\n")


def test_a_submodule_that_changed_counts_as_a_whole(repository: Path) -> None:
    other = repository.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    write(other, "t.yaml")
    commit(other)
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "mod")
    assert "mod/t.yaml" in since(repository, "main")
    commit(repository)
    assert since(repository, "HEAD", "mod", status=0) == []


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("nowhere", "cfnfix: --since: there is no commit, branch or tag 'nowhere' in "),
        ("--output=x", "cfnfix: --since: '--output=x' is no name of a commit, branch or tag"),
        ("main:same.yaml", "cfnfix: --since: there is no commit, branch or tag 'main:same.yaml' in "),
        ("alone", "cfnfix: --since: 'alone' and the current commit have no commit in common in "),
    ],
)
def test_a_ref_that_is_none(repository: Path, ref: str, said: str) -> None:
    git(repository, "branch", "-q", "spare")
    git(repository, "update-ref", "refs/heads/alone", _orphan(repository))
    assert since(repository, ref, status=2)[0].startswith(said)
    assert not (repository / "x").exists()


def _orphan(folder: Path) -> str:
    made = subprocess.run(["git", "commit-tree", "-m", "x", "HEAD^{tree}"], cwd=folder, env=ENVIRONMENT,
                          capture_output=True, text=True, check=True)  # fmt: skip
    return made.stdout.strip()


def test_a_shallow_clone_says_what_to_do(repository: Path) -> None:
    clone = repository.parent / "clone"
    git(repository.parent, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    (said,) = since(clone, "v1", status=2)
    assert said.endswith("; this clone is shallow: fetch more of its history (fetch-depth: 0 of actions/checkout)")


def test_no_repository_and_no_git(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside"
    write(outside, "t.yaml")
    monkeypatch.setitem(ENVIRONMENT, "GIT_CEILING_DIRECTORIES", str(tmp_path))
    (said,) = since(outside, "main", status=2)
    assert said.startswith("cfnfix: --since needs a git repository, and git says of '.': fatal: not a git repository")
    monkeypatch.setitem(ENVIRONMENT, "PATH", str(outside))
    (said,) = since(repository, "main", status=2)
    assert said == "cfnfix: --since needs git, which cannot be run: No such file or directory"


def test_standard_input_has_no_history(repository: Path) -> None:
    assert since(repository, "main", "-", status=2)[0].startswith("cfnfix: --since takes files and folders")
    assert since(repository, "main", "gone.yaml", status=2)[0] == "cfnfix: gone.yaml: there is no such file or folder"
