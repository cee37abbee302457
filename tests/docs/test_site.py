"""The site is built without a warning, and holds what is made from the code."""

from __future__ import annotations

import html
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
import yaml

from fixer.cli.options import PARAMETERS
from fixer.engine.suppress import UNUSED
from fixer.report import DOCS
from fixer.report.sarif import FAILURE_DOCS
from fixer.settings.schema import SettingsFile
from tests.docs.pages import ROOT, blocks
from transforms.registry import TRANSFORMS

NAMES = [entry.name for entry in TRANSFORMS]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return folder


def text(page: Path) -> str:
    """What a reader sees of a page, in one line."""
    article = page.read_text().partition("<article")[2].partition("</article>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", article)).split())


def test_every_repair_has_its_page(site: Path) -> None:
    for name in NAMES:
        said = text(site / "reference" / "repairs" / name / "index.html")
        places = [
            said.find(f"{heading}\N{PILCROW SIGN}") for heading in ("Example", "Why", "Repair", "Safety", "Impact")
        ]
        assert -1 not in places, name
        assert places == sorted(places), name
    index = (site / "reference" / "repairs" / "index.html").read_text()
    assert [name for name in NAMES if f'<a href="{name}/">' not in index] == []


def test_an_example_is_the_first_case(site: Path) -> None:
    for entry in TRANSFORMS:
        case = entry.load().invalid[0]
        shown = text(site / "reference" / "repairs" / entry.name / "index.html").replace(" ", "")
        new = [line for line in (case.after or "").splitlines() if line not in case.before.splitlines()]
        missing = [line for line in new if "+" + "".join(line.split()) not in shown]
        assert not missing, entry.name


def test_findings_link_to_pages(site: Path) -> None:
    """The address that an editor shows is one of a page, once the site is where it says that it is."""
    at = yaml.safe_load((ROOT / "mkdocs.yml").read_text())["site_url"]
    for name in (*NAMES, UNUSED):
        address = DOCS.format(name=name)
        assert address.startswith(at)
        assert (site / address.removeprefix(at) / "index.html").exists()


def test_a_failed_input_links_to_a_heading(site: Path) -> None:
    at = yaml.safe_load((ROOT / "mkdocs.yml").read_text())["site_url"]
    page, _, anchor = FAILURE_DOCS.removeprefix(at).partition("#")
    assert f'id="{anchor}"' in (site / page / "index.html").read_text()


def test_every_option_and_setting_is_told(site: Path) -> None:
    options = text(site / "reference" / "command-line" / "index.html").replace("--[no-]", "--")
    assert [p.opts[-1] for p in PARAMETERS if p.opts[-1].startswith("-") and p.opts[-1] not in options] == []
    assert "\b" not in options
    assert options.count("Where the sources of Lambda functions are.") == 1
    settings = text(site / "reference" / "settings" / "index.html")
    assert [f.encode_name for f in msgspec.structs.fields(SettingsFile) if f.encode_name not in settings] == []
    assert 'list of strings ["default"]' in settings
    assert 'fast", "none" "cfn-lint"' in settings
    assert '"none", "no-interruption", "some-interruption", "replacement" not set' in settings
    assert "private-api true or false false" in settings


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    page = (site / "index.html").read_text()
    fetched = re.findall(r"<(?:script|img|link rel=\"stylesheet\")[^>]*(?:src|href)=\"(https?:[^\"]+)\"", page)
    assert not fetched
    assert 'rel="stylesheet" href="assets/' in page


def test_the_picture_is_what_cfnfix_prints() -> None:
    """If it is not: python docs/generate/picture.py"""
    drawn = runpy.run_path(str(ROOT / "docs" / "generate" / "picture.py"))["drawn"]()
    picture = ROOT / "docs" / "images" / "diff.svg"
    assert picture.read_text() == drawn
    ElementTree.fromstring(drawn)
    said = drawn.replace("&#160;", " ")
    assert "RoleName: nightly-report # the auditors asked for this" in said
    assert 'url("http' not in drawn


def test_the_tutorial_shows_the_sample() -> None:
    shown = {block.title: block.text for block in blocks(ROOT / "docs" / "tutorial.md") if block.title}
    sample = ROOT / "samples" / "nightly-report"
    assert shown == {str(file.relative_to(sample)): file.read_text() for file in _files(sample)}


def _files(sample: Path) -> list[Path]:
    return [file for file in sample.rglob("*") if file.is_file() and ".fixed" not in file.name]
