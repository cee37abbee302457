"""Which files of a folder are templates."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from fixer.cli.discover import discover, is_template, walk
from fixer.model import Outcome

GOOD = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n"


def put(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_yaml", ".yaml").replace("_json", ".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def names(root: Path) -> list[str]:
    return [one.relative_to(root).as_posix() for one in walk(root) if isinstance(one, Path)]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        "# a comment\n---\n" + GOOD,
        "\n  Resources:\n    A:\n      Type: 'Custom::Thing'\n",
        'AWSTemplateFormatVersion: "2010-09-09"\n',
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: {Type: AWS::Serverless::Function}\n",
        "Transform:\n  - AWS::LanguageExtensions\nResources:\n  Fn::ForEach::X: []\n",
        '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}',
        '{\n\t"Resources" : {"A": {"Type" : "Datadog::Monitors::Monitor"}}}',
        '{"Resources": {"A": {"Type": "AWS::S3::Bucket",,}}}',
        '{Resources: {A: {Type: "AWS::S3::Bucket"}}}',
        "Resources:\n\tA:\n\t\tType: AWS::S3::Bucket\n",
        "AWSTemplateFormatVersion: 2010-09-09\nResources: [\n",
        '"Resources":\n  A:\n    "Type": "AWS::S3::Bucket"\n',
    ],
)
def test_templates(text: str) -> None:
    assert is_template(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - resources: {}\n",
        "services:\n  web:\n    image: nginx\n",
        "on: push\njobs:\n  a:\n    steps: []\n",
        '{"name": "x", "Resources": "y"}',
        '{"template": {"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}}',
        "service: x\nresources:\n  Resources:\n    A:\n      Type: AWS::S3::Bucket\n",
        "data:\n  t.yaml: |\n    AWSTemplateFormatVersion: x\n    Resources:\n      A: {Type: AWS::S3::Bucket}\n",
        '["Resources", "AWSTemplateFormatVersion"]',
        "Resources:\n  - Type: cpu\n",
    ],
)
def test_other_files(text: str) -> None:
    assert not is_template(text)


def test_a_folder_is_walked_in_order_and_by_content(tmp_path: Path) -> None:
    put(tmp_path, b_yaml=GOOD, a_json="{}", z__a_yaml=GOOD, c_yaml="a: b", node_modules__x_yaml=GOOD, a__q_yaml=GOOD)
    (tmp_path / "t.template").write_text(GOOD)
    (tmp_path / "t.txt").write_text(GOOD)
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "wide.yaml").write_bytes(GOOD.encode("utf-16"))
    assert names(tmp_path) == ["b.yaml", "t.template", "wide.yaml", "a/q.yaml", "z/a.yaml"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, a__x_yaml=GOOD)
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "link.yaml").symlink_to(tmp_path / "a" / "x.yaml")
    assert names(tmp_path) == ["a/x.yaml"]


def test_gitignore_as_git_sees_it(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    top = tmp_path / "repo"
    put(
        top,
        keep_yaml=GOOD,
        out__a_yaml=GOOD,
        gen__a_yaml=GOOD,
        gen__b_yaml=GOOD,
        sub__x_yaml=GOOD,
        sub__deep__y_yaml=GOOD,
    )
    put(top, out__deep__a_yaml=GOOD, local_yaml=GOOD, other__local_yaml=GOOD)
    (tmp_path / ".gitignore").write_text("out/\n# a comment\n/repo/local.yaml\n")
    (top / "gen").joinpath(".gitignore").write_text("*\n!b.yaml\n")
    (top / "sub" / ".gitignore").write_text("deep/*.yaml\r\n")
    (tmp_path / ".git" / "info" / "exclude").write_text("x.yaml\n")
    command = ["git", "-C", str(top), "ls-files", "-co", "--exclude-standard", "*.yaml"]
    seen = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert sorted(names(top)) == sorted(seen) == ["gen/b.yaml", "keep.yaml", "other/local.yaml"]


def test_a_folder_that_is_named_counts_though_it_is_ignored(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("out/\n")
    put(tmp_path, out__a_yaml=GOOD)
    assert names(tmp_path / "out") == ["a.yaml"]


def test_inputs_keep_their_order_and_come_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, d__a_yaml=GOOD, d__b_yaml=GOOD, other_txt="x", empty__x_yaml="a: b")
    found = discover(["d/b.yaml", "nope", "d", "./d/a.yaml", "-", "-", "empty", "other_txt"])
    said = [(one.location, str(one.error)) if isinstance(one, Outcome) else str(one) for one in found]
    assert said == [
        "d/b.yaml",
        ("nope", "there is no such file or folder"),
        "d/a.yaml",
        "-",
        ("empty", "no templates were found in this folder"),
        "other_txt",
    ]


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (one,) = discover([str(tmp_path)])
    assert isinstance(one, Outcome)
    assert "Permission denied" in str(one.error)


def test_named_files_can_be_passed_over(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=GOOD, b_yaml="kind: Deployment\n", empty__c_json="{}", odd_yaml=GOOD + "\t- x")
    (tmp_path / "a.txt").write_text(GOOD)
    paths = [str(tmp_path / name) for name in ("a.yaml", "b.yaml", "empty", "empty/c.json", "odd.yaml", "a.txt")]
    kept = [Path(str(one)).name for one in discover(paths, templates_only=True)]
    assert kept == ["a.yaml", "odd.yaml", "a.txt"]
    (missing,) = discover([str(tmp_path / "gone.yaml")], templates_only=True)
    assert isinstance(missing, Outcome)
    assert [isinstance(one, Outcome) for one in discover(paths)] == [False, False, True, False, False, False]
