"""One generated test for every case of every transform: exact text, idempotent, proved, and the same in every
disguise of the text.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from msgspec.structs import replace

from fixer.api import fix_file
from fixer.engine.loader import load
from fixer.model import Case, Outcome, Transform
from fixer.settings.model import Settings
from transforms import registry

TRANSFORMS = [entry.load() for entry in registry.TRANSFORMS]
HEADINGS = ("## Why", "## Repair", "## Safety", "## Impact")
FURTHER = Path(__file__).parent / "cases"
"""A transform shows a few cases; the others stand in a module of its name here, in the same two tuples."""


def cases(transform: Transform) -> tuple[Case, ...]:
    file = FURTHER / f"{transform.check.__name__}.py"
    further = runpy.run_path(str(file)) if file.exists() else {}
    valid = (*transform.valid, *further.get("VALID", ()))
    invalid = (*transform.invalid, *further.get("INVALID", ()))
    assert all(case.after is None for case in valid)
    assert all(case.after is not None for case in invalid)
    return (*invalid, *valid)


CASES = [pytest.param(t, c, id=f"{t.name}: {c.name}") for t in TRANSFORMS for c in cases(t)]


def run(transform: Transform, case: Case, text: str, folder: Path) -> Outcome:
    """The outcome of this transform alone, with the case's files beside the template."""
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    template = folder / ("template.json" if text.lstrip("\ufeff").startswith("{") else "template.yaml")
    template.write_bytes(text.encode())
    options = replace(case.options, code_root=case.options.code_root or str(folder))
    settings = Settings(select=(transform.name,), unsafe_fixes=case.unsafe, validate="none", options=options)
    outcome = fix_file(template, settings)
    assert outcome.error is None, outcome.error
    failed = [f.reason for f in outcome.remaining if "please report" in f.reason]
    assert not failed
    return outcome


def said(outcome: Outcome) -> str:
    return "\n".join(f"{f.message}: {f.reason}" for f in outcome.remaining)


@pytest.mark.parametrize(("transform", "case"), CASES)
def test_case(transform: Transform, case: Case, tmp_path: Path) -> None:
    outcome = run(transform, case, case.before, tmp_path)
    assert outcome.after == (case.before if case.after is None else case.after)
    assert case.says in said(outcome)
    again = run(transform, case, outcome.after, tmp_path)
    assert again.after == outcome.after, "a second run changes something"
    assert not again.applied


@pytest.mark.parametrize(("transform", "case"), CASES)
def test_messages_and_titles_are_sentences(transform: Transform, case: Case, tmp_path: Path) -> None:
    """Editors and reports show them one below the other."""
    outcome = run(transform, case, case.before, tmp_path)
    for finding in (*outcome.applied, *outcome.remaining):
        for said in (finding.message, *((finding.fix.title,) if finding.fix else ())):
            assert not said[:1].islower(), said
            assert not said.endswith("."), said


@pytest.mark.parametrize(("transform", "case"), CASES)
def test_disguises(transform: Transform, case: Case, tmp_path: Path) -> None:
    """CRLF, a byte order mark and a missing final newline make no difference but their own."""
    if "\r" in case.before:
        pytest.skip("the case is about line ends itself")
    plain = case.after if case.after is not None else case.before
    disguises = {
        "CRLF": lambda text: text.replace("\n", "\r\n"),
        "BOM": lambda text: "\ufeff" + text,
        "no final newline": lambda text: text.removesuffix("\n"),
    }
    for name, disguise in disguises.items():
        outcome = run(transform, case, disguise(case.before), tmp_path)
        assert outcome.after == disguise(plain), name


@pytest.mark.parametrize(("transform", "case"), CASES)
def test_json_twin(transform: Transform, case: Case, tmp_path: Path) -> None:
    """A YAML case, written as JSON, is repaired to the same data; comments become what the transform makes of them in
    JSON.
    """
    if case.before.lstrip().startswith("{") or case.json_differs:
        return
    twin = json.dumps(load(case.before, "yaml"), indent=2) + "\n"
    outcome = run(transform, case, twin, tmp_path)
    wanted = load(case.after if case.after is not None else case.before, "yaml")
    assert json.loads(outcome.after) == wanted


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda t: t.name)
def test_is_documented(transform: Transform) -> None:
    places = [transform.doc.find(heading) for heading in HEADINGS]
    assert -1 not in places, f"the docstring needs {HEADINGS}"
    assert places == sorted(places)
    assert transform.doc.split("\n", 1)[0].endswith("."), "the docstring begins with one sentence"


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda t: t.name)
def test_has_cases(transform: Transform) -> None:
    names = [case.name for case in cases(transform)]
    assert len(names) == len(set(names)), "two cases have one name"
    assert transform.valid, "a case that is left alone is missing"
    assert transform.invalid, "a case that is repaired is missing"
    assert any(case.before.lstrip().startswith("{") for case in transform.invalid), "a JSON case is missing"


def test_every_further_case_belongs_to_a_transform() -> None:
    assert {file.stem for file in FURTHER.glob("*.py")} <= {t.check.__name__ for t in TRANSFORMS}
