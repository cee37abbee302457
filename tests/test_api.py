"""The Python API: its names and signatures, its types as another project sees them, and executors of all kinds."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

import fixer
from fixer import CfnfixError, Outcome, Settings, api, fix_file, fix_files, fix_text

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "nightly-report"
QUICK = Settings(validate="none")

SIGNATURES = {
    "fix_text": "(text: 'str', settings: 'Settings | None' = None, *, location: 'str' = '<text>', "
    "validate: 'Validator | None' = None, transforms: 'Sequence[Transform] | None' = None) -> 'Outcome'",
    "fix_file": "(path: 'Path | str', settings: 'Settings | None' = None, *, write: 'bool' = False, "
    "validate: 'Validator | None' = None) -> 'Outcome'",
    "fix_files": "(paths: 'Iterable[Path | str]', settings: 'Settings | None' = None, *, write: 'bool' = False, "
    "executor: 'Executor | None' = None, validate: 'Validator | None' = None) -> 'Iterator[Outcome]'",
}
FIELDS = {
    "Finding": "message path fix reason transform span line column replaces",
    "Fix": "title operations safety impact",
    "InputError": "message line column",
    "Options": "tags export code_root nat private_api deletion_policy update_replace_policy retention_days fetch",
    "Outcome": "location before after applied remaining notes error",
    "Settings": "select extend_select ignore unsafe_fixes max_impact validate options fetch_code plugins",
}
"""What each can be made of, in this order. A new field goes last, and has a default."""


def test_names() -> None:
    """Whoever imports one of these counts on it: none goes, and none changes its meaning."""
    assert set(fixer.__all__) == {*SIGNATURES, *FIELDS, "CfnfixError", "Impact", "Safety"}
    assert [level.name for level in fixer.Impact] == ["NONE", "NO_INTERRUPTION", "SOME_INTERRUPTION", "REPLACEMENT"]
    assert [level.name for level in fixer.Safety] == ["DISPLAY_ONLY", "UNSAFE", "SAFE"]
    assert issubclass(fixer.InputError, CfnfixError)


@pytest.mark.parametrize("name", SIGNATURES)
def test_signature(name: str) -> None:
    assert str(inspect.signature(getattr(fixer, name))) == SIGNATURES[name]


@pytest.mark.parametrize("name", FIELDS)
def test_fields(name: str) -> None:
    assert " ".join(inspect.signature(getattr(fixer, name)).parameters) == FIELDS[name]


@pytest.mark.parametrize("name", fixer.__all__)
def test_documented(name: str) -> None:
    assert inspect.getdoc(getattr(fixer, name))


CONSUMER = """\
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

from fixer import CfnfixError, Finding, Impact, Options, Outcome, Settings, fix_file, fix_files, fix_text


def replaced(paths: list[Path], executor: Executor | None = None) -> Iterator[str]:
    settings = Settings(unsafe_fixes=True, max_impact=Impact.REPLACEMENT, options=Options(tags={"Team": "web"}))
    for outcome in fix_files(paths, settings, executor=executor):
        if outcome.impact >= Impact.REPLACEMENT and outcome.error is None:
            yield outcome.location


def told(finding: Finding) -> str:
    return f"{finding.line}: {finding.fix.title if finding.fix else finding.reason}"


try:
    one: Outcome = fix_file("a.yaml", write=True)
    text: str = fix_text("", location="b.yaml").after
    line: int | None = one.error.line if one.error else None
except CfnfixError as error:
    print(error)
reveal_type(fix_text)
reveal_type(one.applied)
"""
WRONG = "\nfix_text(1)\none.befor\n"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which cfnfix is installed as another project has it."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    for name in ("fixer", "transforms"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--target", str(target), str(source)], check=True)
    return target


def test_types_for_another_project(installed: Path, tmp_path: Path) -> None:
    assert (installed / "fixer" / "py.typed").exists()
    (tmp_path / "consumer.py").write_text(CONSUMER + WRONG)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "consumer.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), "MYPYPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    revealed = [line.partition("Revealed type is ")[2] for line in lines if "Revealed" in line]
    assert revealed[0].startswith('"def (text: str, settings: fixer.settings.model.Settings | None =')
    assert revealed[1] == '"tuple[fixer.model.Finding, ...]"'
    last = CONSUMER.count("\n")
    errors = [line.split(": ")[0] for line in lines if ": error: " in line]
    assert errors == [f"consumer.py:{last + 2}", f"consumer.py:{last + 3}"], done.stdout + done.stderr


@contextmanager
def _dask() -> Iterator[Executor]:
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client.get_executor()


@contextmanager
def _executor(kind: str) -> Iterator[Executor]:
    if kind == "threads":
        with ThreadPoolExecutor(2) as threads:
            yield threads
    elif kind == "processes":
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
            yield processes
    else:
        with _dask() as dask:
            yield dask


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    """Templates, good and bad: what cannot be repaired stands between those that can."""
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    good = (tmp_path / "template.yaml").read_text()
    files = {"named.yaml": good.replace("Nightly", "Daily"), "broken.yaml": "A: [\n", "none.yaml": "", "odd.json": "{"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "latin.yaml").write_bytes(b"Description: caf\xe9\n")
    names = ["broken.yaml", "template.yaml", "missing.yaml", "latin.yaml", "odd.json", "named.yaml", "none.yaml"]
    return [tmp_path / name for name in names]


def _told(outcome: Outcome) -> tuple[object, ...]:
    """All of an outcome; errors compare by identity, so by what they say."""
    return (*(getattr(outcome, name) for name in FIELDS["Outcome"].split()[:-1]), str(outcome.error))


@pytest.mark.parametrize("kind", ["threads", "processes", "dask"])
def test_executor(kind: str, many: list[Path]) -> None:
    """The same outcomes as without one, in the same order, whatever is wrong with some of the files."""
    alone = [_told(fix_file(path, QUICK)) for path in many]
    assert [told[-1] == "None" for told in alone] == [path.name in ("template.yaml", "named.yaml") for path in many]
    with _executor(kind) as executor:
        assert [_told(outcome) for outcome in fix_files(iter(many), QUICK, executor=executor)] == alone
        assert list(fix_files([], QUICK, executor=executor)) == []
        first = fix_files(many, QUICK, write=True, executor=executor)
        written = [next(first) for _ in many]
        assert [_told(outcome) for outcome in written] == alone
        # The first call is still remembered by the executor, and must not be taken for the answer to the second.
        again = list(fix_files(many, QUICK, write=True, executor=executor))
        assert list(first) == []
    assert not any(outcome.changed for outcome in again)
    assert [outcome.before for outcome in again if not outcome.error] == [o.after for o in written if not o.error]


def test_files_are_repaired_as_their_outcomes_are_asked_for(many: list[Path]) -> None:
    before = many[1].read_text()
    outcomes = fix_files(many, QUICK, write=True)
    next(outcomes)
    assert many[1].read_text() == before
    next(outcomes)
    assert many[1].read_text() != before


def test_a_bug_in_one_file_does_not_stop_the_others(many: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    real = api.fix_file

    def crash(path: Path, *given: object, **more: object) -> Outcome:
        if path == many[2]:
            raise ZeroDivisionError("a bug")
        return real(path, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(api, "fix_file", crash)
    monkeypatch.delenv("CFNFIX_TRACEBACK", raising=False)
    outcomes = list(fix_files(many, QUICK))
    assert [outcome.location for outcome in outcomes] == [str(path) for path in many]
    assert str(outcomes[2].error).startswith("unexpected ZeroDivisionError: a bug; please report this")
    monkeypatch.setenv("CFNFIX_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        list(fix_files(many, QUICK))


def test_wrong_settings_are_raised(many: list[Path]) -> None:
    with pytest.raises(CfnfixError, match="did you mean missing-tags"):
        fix_text(many[1].read_text(), Settings(select=("missing-tag",)))
    with pytest.raises(CfnfixError, match="no transform and no group"):
        list(fix_files([many[1]], Settings(ignore=("nothing",))))
