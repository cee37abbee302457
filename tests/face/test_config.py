"""``cfnfix config``: what applies to a template, from where; the schema of the file; overrides in a run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from fixer.cli.command import cli
from fixer.cli.config import json_schema

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """\
extend-select = ["security"]
ignore = ["missing-tags"]
max-impact = "no-interruption"
[tags]
Team = "payments"
"two words" = "!Join ['-', [a, !Ref Env]]"

[[overrides]]
paths = ["legacy/**"]
ignore = [
  "explicit-iam-name", "unconditional-domain", "hard-coded-partition",
]
unsafe-fixes = true
tags.Team = "old"

[[overrides]]
paths = ["*.json"]
extend-select = ["missing-tags"]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".cfnfix.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def run(*args: str, **more: Any) -> Result:
    return CliRunner().invoke(cli, args, **more)


def shown(*args: str) -> dict[str, tuple[Any, list[str]]]:
    """Each key with its value and who said so, in short."""
    result = run("config", "--output-format", "json", "--show", *args)
    assert result.exit_code == 0, result.output

    def short(origin: dict[str, Any]) -> str:
        return " ".join(str(one) for one in origin.values() if one is not None)

    settings = json.loads(result.stdout)["settings"]
    return {".".join(one["key"]): (one["value"], [short(o) for o in one["from"]]) for one in settings}


def test_where_values_come_from() -> None:
    plain = shown("api.yaml")
    assert plain["select"] == (["default"], ["default"])
    assert plain["ignore"] == (["missing-tags"], ["file 2"])
    assert plain["tags.Team"] == ("payments", ["file 5"])
    assert plain["tags.two words"] == ('!Join ["-", ["a", {"Ref": "Env"}]]', ["file 6"])
    assert plain["network.nat"] == (False, ["default"])
    assert plain["code-root"] == (None, ["default"])


def test_overrides_and_the_command_line_go_over_the_file() -> None:
    legacy = shown("legacy/a.json", "--max-impact", "none", "--tag", "Team=new", "--ignore", "security")
    ignored = ["explicit-iam-name", "unconditional-domain", "hard-coded-partition", "security"]
    assert legacy["ignore"] == (ignored, ["file 2", "override 10 1", "override 16 2", "command line"])
    assert legacy["extend-select"] == (["missing-tags"], ["file 1", "override 18 2", "command line"])
    assert legacy["unsafe-fixes"] == (True, ["override 13 1"])
    assert legacy["max-impact"] == ("none", ["command line"])
    assert legacy["tags.Team"] == ("new", ["command line"])
    anew = shown("legacy/a.json", "--select", "ha")
    assert (anew["select"], anew["ignore"]) == ((["ha"], ["command line"]), ([], ["command line"]))
    alone = shown("legacy/a.json", "--isolated")
    assert {tuple(who) for _, who in alone.values()} == {("default",)}


@pytest.mark.parametrize("name", ["api.yaml", "legacy/a.json"])
def test_text_is_a_settings_file_of_eighty_columns(name: str, folder: Path) -> None:
    result = run("config", "--show", name)
    lines = result.stdout.split("\n")
    assert max(len(line) for line in lines if str(folder) not in line) <= 80
    data = tomllib.loads(result.stdout)
    for key, (value, _) in shown(name).items():
        table, _, rest = key.partition(".")
        assert (data.get(table, {}).get(rest) if rest else data.get(table)) == value, key
    (folder / "again").mkdir()
    (folder / "again" / ".cfnfix.toml").write_text(result.stdout)
    assert {key: value for key, (value, _) in shown("again/x").items()} == {
        key: value for key, (value, _) in shown(name).items()
    }


def test_text_says_which_overrides_apply() -> None:
    said = run("config", "--show", "legacy/a.yaml").stdout
    assert "# Override 1, line 8, applies: legacy/**\n# Override 2, line 16, does not apply: *.json\n" in said
    assert 'Team = "old"                            # override 1 (.cfnfix.toml:14)\n' in said
    assert "unsafe-fixes = true                     # override 1 (.cfnfix.toml:13)\n" in said


def test_what_is_excluded(folder: Path) -> None:
    template = "Resources:\n  T:\n    Type: AWS::SNS::Topic\n"
    for name in ("a.yaml", "old/b.yaml", "old/deep/c.yaml", "old/keep.yaml", "web/d.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(template)
    (folder / "old" / "broken.yaml").write_text(template + "\t- x\n")
    (folder / "web" / ".cfnfix.toml").write_text("")
    (folder / ".cfnfix.toml").write_text('exclude = ["old/**", "!old/keep.yaml", "d.yaml"]\n')
    check = ("--check", "-q", "--no-validate", "-j1")
    left = run(*check, ".")
    assert (left.exit_code, left.stdout.split()) == (1, ["a.yaml", "old/keep.yaml", "web/d.yaml"])
    assert run(*check, "old/b.yaml").stdout == "old/b.yaml\n", "what is named is meant"
    assert run(*check, "--templates-only", "old/b.yaml", "a.yaml").stdout == "a.yaml\n", "but a tool names everything"
    assert run(*check, "--isolated", "old/deep").stdout == "old/deep/c.yaml\n"
    assert run(*check, "--exclude", "web/", "--exclude", "keep.yaml", ".").stdout == "a.yaml\n"
    assert "# Excluded: old/**, !old/keep.yaml, d.yaml\n" in run("config", "--show", "old/b.yaml").stdout
    assert "Excluded" not in run("config", "--show", "old/keep.yaml").stdout
    none = run(*check, "old/deep")
    assert (none.exit_code, none.stderr) == (2, "cfnfix: old/deep: no templates were found in this folder\n")
    assert "'[a' is no glob" in run("--exclude", "[a", ".").stderr
    (folder / ".cfnfix.toml").write_text('exclude = ["[a"]\n')
    assert '.cfnfix.toml:1: exclude: "[a" is no glob' in run("a.yaml").stderr


def test_usage() -> None:
    assert run("config", "--show", ".").exit_code == 2
    assert run("config", "--show", "a", "--schema").exit_code == 2
    unknown = run("config", "--show", "a", "--select", "missing-tag")
    assert unknown.exit_code == 2
    assert "did you mean missing-tags?" in unknown.stderr
    assert len(max(run("config", "--help").stdout.split("\n"), key=len)) <= 80


def test_every_key_is_listed_with_what_it_is_for() -> None:
    said = run("config").stdout
    prose = " ".join(said.replace("#", "").split())
    for key, one in properties(json.loads(json_schema())):
        assert key in said
        assert key in ("overrides", "paths", "outputs", "network") or one["description"] in prose
    assert 'validate = "cfn-lint"\n    # What judges the result.\n' in said
    assert tomllib.loads(said)["network"] == {"nat": False, "private-api": False}


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    for table in (schema, *schema["definitions"].values()):
        yield from table["properties"].items()


def test_the_schema_is_up_to_date_and_describes_every_key() -> None:
    kept = (ROOT / "schemas" / "cfnfix.schema.json").read_text()
    assert kept == run("config", "--schema").stdout, "cfnfix config --schema > schemas/cfnfix.schema.json"
    schema = json.loads(kept)
    jsonschema.Draft7Validator.check_schema(schema)
    assert [name for name, one in properties(schema) if not one.get("description")] == []
    assert {"select", "overrides", "paths", "private-api"} <= {name for name, _ in properties(schema)}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (SETTINGS, True),
        ("", True),
        ("select = ['missing-tagz']", False),
        ("unsafe-fixes = 1", False),
        ("max-impact = 'some'", False),
        ("selct = []", False),
        ("[[overrides]]\nselect = []", False),
        ("[[overrides]]\npaths = []", False),
        ("[[overrides]]\npaths = ['a']\nvalidate = 'none'", True),
        ("[[overrides]]\npaths = ['a']\n[[overrides.overrides]]\npaths = ['a']", False),
        ("[network]\nnatt = true", False),
        ("[tags]\nA = 1", False),
    ],
)
def test_the_schema_and_the_reader_agree(text: str, good: bool, folder: Path) -> None:
    schema = jsonschema.Draft7Validator(json.loads(json_schema()))
    assert schema.is_valid(tomllib.loads(text)) is good
    (folder / ".cfnfix.toml").write_text(text)
    assert (run("config", "--show", "api.yaml").exit_code == 0) is good


TEMPLATE = """\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app
      AssumeRolePolicyDocument: {}
"""
ONLY = "select = ['explicit-iam-name']\nvalidate = 'none'\n[[overrides]]\npaths = ['legacy/']\nignore = ['all']\n"


def test_overrides_count_in_a_run(folder: Path) -> None:
    (folder / ".cfnfix.toml").write_text(ONLY)
    (folder / "legacy").mkdir()
    for name in ("a.yaml", "legacy/b.yaml", "c.yaml"):
        (folder / name).write_text(TEMPLATE)
    assert run("--check", ".").stdout == "a.yaml\nc.yaml\n"
    assert run("--check", "-j2", ".").stdout == "a.yaml\nc.yaml\n"
    assert run("--check", ".", "--extend-select", "all").exit_code == 1
    assert run("--check", "legacy", "--select", "explicit-iam-name").stdout == "legacy/b.yaml\n"
    named = run("-", "--stdin-filename", "legacy/new.yaml", input=TEMPLATE)
    assert named.stdout == TEMPLATE
    assert run("-", "--stdin-filename", "new.yaml", input=TEMPLATE).stdout != TEMPLATE
    (folder / ".cfnfix.toml").write_text(ONLY.replace("legacy/", "*"))
    assert run("-", input=TEMPLATE).stdout != TEMPLATE
