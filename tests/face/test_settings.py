"""Settings files and what the command line lays over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixer.engine.settings import Overrides, Settings, tag
from fixer.engine.settings_file import find_settings, read_settings
from fixer.model import CfnfixError, Impact

FULL = """\
select = ["default", "security"]
extend-select = ["missing-network"]
ignore = ["missing-tags"]
unsafe-fixes = true
max-impact = "some-interruption"
validate = "fast"
code-root = "src"
fetch-code = true
deletion-policy = "RetainExceptOnCreate"
update-replace-policy = "Retain"
[tags]
Team = "payments"
Environment = "!Ref Env"
[outputs]
export = true
[network]
nat = true
"""


def write(folder: Path, text: str, name: str = ".cfnfix.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, FULL))
    assert settings.select == ("default", "security")
    assert settings.extend_select == ("missing-network",)
    assert settings.ignore == ("missing-tags",)
    assert settings.unsafe_fixes is True
    assert settings.max_impact is Impact.SOME_INTERRUPTION
    assert settings.validate == "fast"
    assert settings.options.code_root == str(tmp_path / "src")
    assert settings.options.tags == {"Team": "payments", "Environment": {"Ref": "Env"}}
    assert settings.options.export is True
    assert settings.options.nat is True
    assert settings.fetch_code is True
    assert settings.options.deletion_policy == "RetainExceptOnCreate"
    assert settings.options.update_replace_policy == "Retain"


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_settings(write(tmp_path, "")) == Settings()


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    outer = write(tmp_path, "")
    inner = write(tmp_path / "a" / "b", "[tool.cfnfix]\n", "pyproject.toml")
    assert find_settings(tmp_path / "a" / "b" / ".") == inner
    assert find_settings(tmp_path / "a") == outer
    beside = write(tmp_path / "a" / "b", "")
    assert find_settings(tmp_path / "a" / "b") == beside


def test_a_project_without_our_table_is_passed_over(tmp_path: Path) -> None:
    outer = write(tmp_path, "")
    write(tmp_path / "a", '[project]\ndependencies = ["cfnfix"]\n', "pyproject.toml")
    write(tmp_path / "a" / "b", "broken, and not ours", "pyproject.toml")
    assert find_settings(tmp_path / "a" / "b") == outer


def test_pyproject_is_read_from_its_table(tmp_path: Path) -> None:
    file = write(tmp_path, '[tool.cfnfix]\nignore = ["x"]\n[tool.cfnfix.tags]\nA = "b"\n', "pyproject.toml")
    settings = read_settings(file)
    assert (settings.ignore, settings.options.tags) == (("x",), {"A": "b"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignored = []", "unknown key ignored; did you mean ignore?"),
        ("unsafe_fixes = true", "unknown key unsafe_fixes; did you mean unsafe-fixes?"),
        ("zzz = 1", "unknown key zzz; known are select,"),
        ("[outputs]\nexprt = true", "unknown key exprt in [outputs]; did you mean export?"),
        ('select = "default"', 'select is "default"; a list of strings is expected'),
        ("ignore = [1]", "ignore[0] is 1; a string is expected"),
        ("unsafe-fixes = 'yes'", 'unsafe-fixes is "yes"; true or false is expected'),
        (
            "max-impact = 'replace'",
            'max-impact is "replace"; one of none, no-interruption, some-interruption, replacement',
        ),
        ("max-impact = 'replace'", "did you mean replacement?"),
        ("max-impact = 3", "max-impact is 3; one of none, no-interruption"),
        ("validate = 'cfnlint'", "one of cfn-lint, fast, none is expected; did you mean cfn-lint?"),
        (
            "deletion-policy = 'retain'",
            'deletion-policy is "retain"; one of Delete, Retain, RetainExceptOnCreate, Snapshot is expected; '
            "did you mean Retain?",
        ),
        ("update-replace-policy = 'RetainExceptOnCreate'", "one of Delete, Retain, Snapshot is expected"),
        ("deletion-polcy = 'Retain'", "unknown key deletion-polcy; did you mean deletion-policy?"),
        ("fetch-code = 'yes'", 'fetch-code is "yes"; true or false is expected'),
        ("[tags]\nA = 'x'\nTeam = 12", "tags.Team is 12; a string is expected"),
        ("outputs = 3", "outputs is 3; a table is expected"),
        ("[tags]\nTeam = ''", "the value of the tag 'Team' has 0 characters"),
        ("[tags]\n'aws:x' = 'y'", "reserved for AWS"),
        ("a = ]", ":1:5: invalid TOML"),
        ("a = [", ": invalid TOML"),
    ],
)
def test_errors_name_file_key_and_what_is_expected(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(CfnfixError) as caught:
        read_settings(file)
    assert str(caught.value).startswith(str(file) + ":")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_errors_in_pyproject_name_the_table(tmp_path: Path) -> None:
    file = write(tmp_path, "[tool.cfnfix.outputs]\nexport = 1\n", "pyproject.toml")
    with pytest.raises(CfnfixError, match=r"tool\.cfnfix\.outputs\.export is 1; true or false is expected"):
        read_settings(file)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("!Ref Env", {"Ref": "Env"}),
        ("!Sub '${AWS::StackName}-x'", {"Fn::Sub": "${AWS::StackName}-x"}),
        ("!GetAtt Role.Arn", {"Fn::GetAtt": ["Role", "Arn"]}),
        ("!Join ['-', [a, !Ref Env]]", {"Fn::Join": ["-", ["a", {"Ref": "Env"}]]}),
        ("a: b # c", "a: b # c"),
    ],
)
def test_tag_values(text: str, value: object) -> None:
    assert tag("Key", text) == value


@pytest.mark.parametrize("text", ["!Reff Env", "!Ref", "!Join [a", "!", "", "x" * 257])
def test_tag_values_that_are_none(text: str) -> None:
    with pytest.raises(CfnfixError, match="'Key'"):
        tag("Key", text)


def test_the_command_line_goes_over_the_file(tmp_path: Path) -> None:
    held = read_settings(write(tmp_path, FULL))
    assert Overrides().over(held) == held
    over = Overrides(
        unsafe_fixes=False,
        max_impact=Impact.NONE,
        validate="none",
        tags={"Team": "x"},
        code_root="elsewhere",
        fetch_code=False,
    ).over(held)
    assert (over.unsafe_fixes, over.max_impact, over.validate) == (False, Impact.NONE, "none")
    assert over.options.tags == {"Team": "x", "Environment": {"Ref": "Env"}}
    assert over.options.code_root == "elsewhere"
    assert over.fetch_code is False
    assert over.options.deletion_policy == "RetainExceptOnCreate"
    assert over.options.export is True


def test_select_begins_anew(tmp_path: Path) -> None:
    held = read_settings(write(tmp_path, FULL))
    over = Overrides(select=("missing-tags",)).over(held)
    assert (over.select, over.extend_select, over.ignore) == (("missing-tags",), (), ())


def test_extend_select_and_ignore_add_and_undo(tmp_path: Path) -> None:
    held = read_settings(write(tmp_path, FULL))
    over = Overrides(extend_select=("missing-tags", "ha"), ignore=("missing-network",)).over(held)
    assert over.extend_select == ("missing-tags", "ha")
    assert over.ignore == ("missing-network",)


def test_an_unknown_key_of_a_table_names_the_closest(tmp_path: Path) -> None:
    with pytest.raises(CfnfixError, match=r"unknown key natt in \[network\]; did you mean nat\?"):
        read_settings(write(tmp_path, "[network]\nnatt = true\n"))
