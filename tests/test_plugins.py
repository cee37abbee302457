"""Transforms of other packages, which the settings name: used, selected, explained and reported as those here are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from fixer import Settings, fix_text
from fixer.api import selected
from fixer.lsp import hover
from fixer.model import CfnfixError
from fixer.testing import case_failures
from transforms.ha.no_versioning import no_versioning
from transforms.registry import plugin

ROOT = Path(__file__).parent.parent
MODULE = '''\
"""A topic has no display name.

## Why
Nobody knows who writes.

## Repair
A name.

## Safety
Safe.

## Impact
No interruption.
"""

from fixer.model import Finding, Fix, Impact, Insert, Safety, transform


@transform()
def nameless_topic(template, options):
    for topic in template.resources_of("AWS::SNS::Topic"):
        if "DisplayName" not in topic.properties:
            fix = Fix("Add a name", (Insert(topic.property_path("DisplayName"), "Acme"),), Safety.SAFE, Impact.NONE)
            yield Finding(f"Topic {topic.id} has no name", topic.path, fix)
'''
TEMPLATE = "Resources:\n  News:\n    Type: AWS::SNS::Topic\n"
NAMED = TEMPLATE + "    Properties:\n      DisplayName: Acme\n"
NAME = "acme_rules.nameless_topic"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages as in an environment; and the current folder, with a template and settings."""
    site, work = tmp_path / "site", tmp_path / "work"
    package = site / "acme_rules"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "nameless_topic.py").write_text(MODULE)
    (package / "empty_module.py").touch()
    (package / "broken_module.py").write_text("1 / 0\n")
    (package / "needy_module.py").write_text("import acme_unheard_of\n")
    (package / "missing_tags.py").write_text(MODULE.replace("nameless_topic", "missing_tags"))
    work.mkdir()
    (work / "news.yaml").write_text(TEMPLATE)
    (work / ".cfnfix.toml").write_text(f'validate = "none"\nplugins = ["{NAME}"]\nselect = ["nameless-topic"]\n')
    monkeypatch.syspath_prepend(site)
    monkeypatch.chdir(work)
    yield site
    for name in [name for name in sys.modules if name.startswith("acme_rules")]:
        del sys.modules[name]


def cfnfix(site: Path, *args: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), str(site)])
    environment = {**os.environ, "PYTHONPATH": path, "COLUMNS": "80"}
    command = [sys.executable, "-m", "fixer", *args]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_it_repairs(installed: Path) -> None:
    assert cfnfix(installed, "news.yaml").stdout == NAMED
    assert fix_text(TEMPLATE, Settings(("nameless-topic",), plugins=(NAME,), validate="none")).after == NAMED


def test_it_is_on_by_default_and_comes_before_tags_and_outputs(installed: Path) -> None:
    settings = Settings(validate="none", plugins=(NAME,))
    assert selected(settings)[0].name == "nameless-topic"
    applied = {finding.transform for finding in fix_text(TEMPLATE, settings).applied}
    assert applied == {"nameless-topic", "missing-tags", "missing-resource-outputs", "missing-parameter-outputs"}
    assert "DisplayName" not in fix_text(TEMPLATE, Settings(validate="none")).after


def test_it_is_selected_and_ignored_by_name_on_the_command_line(installed: Path) -> None:
    Path(".cfnfix.toml").write_text(f'validate = "none"\nplugins = ["{NAME}"]\n')
    assert cfnfix(installed, "--select", "nameless-topic", "news.yaml").stdout == NAMED
    assert "DisplayName" not in cfnfix(installed, "--ignore", "nameless-topic", "news.yaml").stdout
    wrong = cfnfix(installed, "--select", "nameless-topics", "news.yaml")
    assert wrong.returncode == 2
    assert "did you mean nameless-topic?" in wrong.stderr


def test_workers_of_other_processes_have_it(installed: Path) -> None:
    for number in range(3):
        Path(f"{number}.yaml").write_text(TEMPLATE)
    assert cfnfix(installed, "-w", "-j", "2", ".").returncode == 0
    assert {path.read_text() for path in Path().glob("*.yaml")} == {NAMED}


def test_it_is_explained(installed: Path) -> None:
    shown = cfnfix(installed, "rule", "nameless-topic")
    assert "Nobody knows who writes." in shown.stdout
    assert "nameless-topic" in cfnfix(installed, "rule").stdout
    report = json.loads(cfnfix(installed, "--output-format", "sarif", "news.yaml").stdout)
    (rule,) = report["runs"][0]["tool"]["driver"]["rules"]
    assert "topic has no display name" in json.dumps(rule)
    findings = fix_text(TEMPLATE, Settings(("nameless-topic",), plugins=(NAME,), validate="none")).applied
    assert "Nobody knows who writes." in hover.markdown(findings, (NAME,))


def test_the_settings_that_apply_name_it(installed: Path) -> None:
    assert f'plugins = ["{NAME}"]' in cfnfix(installed, "config", "--show", "news.yaml").stdout


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("acme_rules.nothing", "no module acme_rules.nothing; install it into the environment of cfnfix"),
        ("unheard_of", "no module unheard_of; install it"),
        ("acme_rules.empty_module", "acme_rules.empty_module cannot be used: TypeError: a transform empty_module is"),
        ("acme_rules.broken_module", "acme_rules.broken_module cannot be used: ZeroDivisionError: division by zero"),
        ("acme_rules.needy_module", "no module acme_unheard_of, which acme_rules.needy_module needs"),
        ("acme_rules.missing_tags", "acme_rules.missing_tags has the name of one of cfnfix's own transforms"),
        ("", "a module is expected"),
    ],
)
def test_what_cannot_be_had_is_told(installed: Path, module: str, said: str) -> None:
    with pytest.raises(CfnfixError, match="^" + said.replace(".", r"\.")):
        plugin(module)
    Path(".cfnfix.toml").write_text(f'plugins = ["{module}"]\n')
    done = cfnfix(installed, "news.yaml")
    assert done.returncode == 2
    assert done.stderr.startswith(f"cfnfix: {Path('.cfnfix.toml').resolve()}:1: plugins: {said}")
    assert not done.stdout


def test_cases_are_held_against_what_happens() -> None:
    assert case_failures(no_versioning) == []
    first = replace(no_versioning.invalid[0], after="Resources: {}\n", says="never said")
    told = "\n".join(case_failures(replace(no_versioning, invalid=(first,), valid=())))
    assert "and not\nResources: {}" in told
    assert "'never said' is not said" in told
    assert case_failures(replace(no_versioning, invalid=(replace(first, before="Resources: ["),), valid=()))
