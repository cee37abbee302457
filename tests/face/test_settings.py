"""Settings files and what the command line lays over them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from fixer.model import CfnfixError, Impact
from fixer.settings.file import check_names, find_settings, load_settings, read_settings
from fixer.settings.lines import key_lines, line_of
from fixer.settings.model import Overrides, Settings, tag

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
retention-days = 90
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
    assert settings.options.retention_days == 90
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
        ("retention-days = 0", "retention-days is 0; a whole number from 1 on is expected"),
        ("deletion-polcy = 'Retain'", "unknown key deletion-polcy; did you mean deletion-policy?"),
        ("fetch-code = 'yes'", 'fetch-code is "yes"; true or false is expected'),
        ("[tags]\nA = 'x'\nTeam = 12", "tags.Team is 12; a string is expected"),
        ("outputs = 3", "outputs is 3; a table is expected"),
        ("[tags]\nTeam = ''", "the value of the tag 'Team' has 0 characters"),
        ("[tags]\n'aws:x' = 'y'", "reserved for AWS"),
        ("a = ]", ":1:5: invalid TOML"),
        ("\na = [", ":2: invalid TOML"),
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


OVERRIDES = """\
ignore = ["missing-tags"]
max-impact = "no-interruption"

[[overrides]]
paths = ["legacy/**", "!legacy/new.yaml"]
select = ["security"]
unsafe-fixes = true
[overrides.tags]
Team = "old"

[[overrides]]
paths = ["*.json"]
extend-select = ["missing-tags"]
max-impact = "replacement"
outputs.export = true
"""


def test_overrides_go_by_path(tmp_path: Path) -> None:
    held = load_settings(write(tmp_path, OVERRIDES + "[tags]\nCost = 'a'\nTeam = 'b'\n"))
    plain = held.of(tmp_path / "api.yaml")
    assert plain == held.of(None) == held.of(tmp_path / "legacy" / "new.yaml") == held.of(tmp_path.parent / "legacy/a")
    assert (plain.select, plain.ignore, plain.unsafe_fixes) == (("default",), ("missing-tags",), False)
    legacy = held.of(tmp_path / "legacy" / "deep" / "a.yaml")
    assert (legacy.select, legacy.ignore, legacy.unsafe_fixes) == (("security",), (), True)
    assert legacy.max_impact is Impact.NO_INTERRUPTION
    assert legacy.options.tags == {"Cost": "a", "Team": "old"}
    both = held.of(tmp_path / "legacy" / "a.json")
    assert (both.select, both.extend_select, both.max_impact) == (("security",), ("missing-tags",), Impact.REPLACEMENT)
    assert (both.unsafe_fixes, both.options.export, plain.options.export) == (True, True, None)


def test_the_last_override_wins(tmp_path: Path) -> None:
    text = "".join(f"[[overrides]]\npaths = ['{glob}']\nvalidate = '{word}'\n" for glob, word in GLOBS)
    held = load_settings(write(tmp_path, text))
    assert held.of(tmp_path / "a" / "b.yaml").validate == "cfn-lint"
    assert held.of(tmp_path / "a" / "c.yaml").validate == "none"
    assert held.of(tmp_path / "d.yaml").validate == "fast"
    assert held.of(tmp_path / "deep" / "a" / "b.yaml").validate == "fast"


GLOBS = (("*.yaml", "fast"), ("/a/", "none"), ("/a/b.yaml", "cfn-lint"))


def test_a_file_is_held_against_the_folder_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However its path is written, and through a link to its folder."""
    held = load_settings(write(tmp_path / "real", "[[overrides]]\npaths = ['/legacy']\nunsafe-fixes = true\n"))
    (tmp_path / "real" / "legacy").mkdir()
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path / "real" / "legacy")
    for path in ("a.yaml", "../legacy/a.yaml", str(tmp_path / "link" / "legacy" / "a.yaml")):
        assert held.of(Path(path)).unsafe_fixes, path
    assert not held.of(Path("../a.yaml")).unsafe_fixes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[overrides]]\nselect = []", ":2: override 1 has no paths; globs are expected"),
        ("[[overrides]]\npaths = []", ":3: override 1: paths is empty; globs are expected"),
        ("[[overrides]]\npaths = 'a'", ':3: override 1: paths is "a"; a list of strings is expected'),
        ("[[overrides]]\npaths = [\n'a',\n'!']", ':3: override 1: paths: "!" is no glob'),
        ("[[overrides]]\npaths = ['']", ':3: override 1: paths: "" is no glob'),
        ("[overrides]\npaths = ['a']", ":2: overrides is a table; a list of tables, each under [[overrides]],"),
        ("overrides = [3]", ":2: override 1: 3 was found; a table is expected"),
        (
            "[[overrides]]\npaths = ['a']\n[[overrides]]\npaths = ['b']\nselct = []",
            ":6: override 2: unknown key selct; did you mean select?",
        ),
        (
            "[[overrides]]\npaths = ['a']\n[overrides.network]\nnatt = true",
            ":5: override 1: unknown key natt in [network]; did you mean nat?",
        ),
        (
            "[[overrides]]\npaths = ['a']\nvalidate = 'cfnlint'",
            ':4: override 1: validate is "cfnlint"; one of cfn-lint, fast, none is expected; did you mean cfn-lint?',
        ),
        ("[[overrides]]\npaths = ['a']\ntags = {A = 1}", ":4: override 1: tags.A is 1; a string is expected"),
        ("[[overrides]]\npaths = ['a']\ntags.A = ''", ":4: override 1: tags: the value of the tag 'A' has 0"),
        ("[[overrides]]\npaths = ['a']\n\n[[overrides.overrides]]", ":5: override 1: unknown key overrides; known are"),
        ("tags.A = ''", ":2: tags: the value of the tag 'A' has 0 characters"),
        ("ignore = [\n1]", ":2: ignore[0] is 1; a string is expected"),
    ],
)
def test_errors_in_overrides(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, "# settings\n" + text)
    with pytest.raises(CfnfixError) as caught:
        load_settings(file)
    assert str(caught.value).startswith(f"{file}{said}")


def test_unknown_names_have_a_line(tmp_path: Path) -> None:
    def check(names: Iterable[str], plugins: Iterable[str]) -> None:
        if "x" in names:
            raise CfnfixError("'x' is unknown")

    text = "[tool.cfnfix]\nignore = ['a']\n[[tool.cfnfix.overrides]]\npaths = ['a']\nextend-select = ['x']\n"
    file = write(tmp_path, text, "pyproject.toml")
    with pytest.raises(CfnfixError) as caught:
        check_names(load_settings(file), check)
    assert str(caught.value) == f"{file}:5: override 1: extend-select: 'x' is unknown"


def test_lines_of_keys() -> None:
    text = """a = 1

[t]  # a table
b.c = { d = 2 }
e = [
  "[x]",
  'y',
]
f = \"""
[no]
g = 1
\"""
[[l]]
[[l]]
"h i" = 1
[l.m]
n = 1
[[l]]
"""
    found = key_lines(text)
    expected = {("a",): 1, ("t",): 3, ("t", "b", "c", "d"): 4, ("t", "e"): 5, ("t", "e", 1): 5, ("t", "f"): 9}
    expected |= {("l", 0): 13, ("l", 1): 14, ("l", 1, "h i"): 15, ("l", 1, "m"): 16, ("l", 1, "m", "n"): 17}
    assert found.items() >= {**expected, ("l", 2): 18}.items()
    assert ("t", "g") not in found
    assert line_of(text, ("t", "b", "none")) == 4
    assert line_of(text, ("none",)) is None
