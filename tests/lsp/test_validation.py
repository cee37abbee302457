"""Validation after a save, in a process of its own."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path

import pytest
from lsprotocol import types

from fixer.lsp.documents import _moved
from fixer.lsp.validation import Problem, Validator
from fixer.report.edits import Edit
from tests.lsp.editor import Editor
from tests.lsp.test_server import ONLY, play

TEMPLATE = """\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketNames: orders
"""


@pytest.fixture
def without_fast(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which cloudformation-validate is not installed."""
    folder = tmp_path_factory.mktemp("without")
    (folder / "cloudformation_validate.py").write_text("raise ImportError\n")
    return {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize("source", ["cfn-lint", "cloudformation-validate"])
def test_after_a_save(tmp_path: Path, source: str, without_fast: dict[str, str]) -> None:
    if source != "cfn-lint" and importlib.util.find_spec("cloudformation_validate") is None:
        pytest.skip("cloudformation-validate is not installed")
    (tmp_path / ONLY[0]).write_text('select = ["explicit-iam-name"]\n')

    async def scene(editor: Editor) -> None:
        await editor.begin(tmp_path, env=without_fast if source == "cfn-lint" else {})
        uri = (tmp_path / "t.yaml").as_uri()
        editor.open(uri, TEMPLATE)
        editor.save(uri)
        found = await editor.diagnostics(uri, source)
        (unknown,) = (one for one in found if "BucketNames" in one.message)
        assert unknown.severity is types.DiagnosticSeverity.Error
        assert unknown.range.start == types.Position(4, 6)
        editor.put(uri, "Resources:", "# one\n# two\nResources:")
        await editor.until(lambda: editor.latest(uri).version == 2)  # type: ignore[union-attr]
        (moved,) = (one for one in editor.latest(uri).diagnostics if "BucketNames" in one.message)  # type: ignore[union-attr]
        assert moved.range.start == types.Position(6, 6), "it moves along with the text"
        editor.put(uri, "BucketNames", "BucketName")
        await editor.until(lambda: editor.latest(uri).version == 3)  # type: ignore[union-attr]
        assert not [one for one in editor.latest(uri).diagnostics if "BucketNames" in one.message]  # type: ignore[union-attr]

    play(scene)


def test_it_never_blocks_an_edit(tmp_path: Path, without_fast: dict[str, str]) -> None:
    (tmp_path / ONLY[0]).write_text('select = ["explicit-iam-name"]\n')

    async def scene(editor: Editor) -> None:
        await editor.begin(tmp_path, env=without_fast)
        uri = (tmp_path / "t.yaml").as_uri()
        editor.open(uri, TEMPLATE)
        editor.save(uri)  # cfn-lint takes more than a second to load
        times = [(await editor.format(uri))[0] for _ in range(5)]
        assert min(times) < 0.5
        assert not [one for one in editor.published if any(d.source == "cfn-lint" for d in one.diagnostics)]
        await editor.diagnostics(uri, "cfn-lint")

    play(scene)


async def closed(validator: Validator) -> None:
    """Close it, and see that its worker ends."""
    process = validator._process
    assert process is not None
    validator.close()
    assert await asyncio.wait_for(process.wait(), 30) != 0
    await asyncio.sleep(0.05)  # the pipes are closed a little later


def test_a_dead_worker_is_replaced() -> None:
    async def run() -> None:
        validator = Validator()
        starts = [0, *(at + 1 for at, letter in enumerate(TEMPLATE) if letter == "\n")]
        assert await validator.validate(TEMPLATE, None, starts)
        assert validator._process is not None
        validator._process.kill()
        await validator._process.wait()
        assert await validator.validate(TEMPLATE, None, starts)
        await closed(validator)

    asyncio.run(run())


def test_problems_move_with_the_text() -> None:
    problem = Problem(10, 20, "E1", "", "error", "cfn-lint")
    assert _moved(problem, Edit(0, 5, "1234567")) == problem.shifted(2)
    assert _moved(problem, Edit(20, 25, "")) == problem
    assert _moved(problem, Edit(12, 12, "x")) is None


def test_an_answer_that_nobody_waits_for_is_not_taken_for_the_next() -> None:
    async def run() -> None:
        validator = Validator()
        outdated = asyncio.ensure_future(validator.validate("Resources: {}\n", None, [0]))
        await asyncio.sleep(0.05)
        outdated.cancel()
        found = await validator.validate(TEMPLATE, None, [0, 11, 21, 47, 63, 91])
        assert any("BucketNames" in one.message for one in found)
        await closed(validator)

    asyncio.run(run())


def test_modules_in_the_workspace_are_not_those_of_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("yaml.py", "cfnlint.py", "cloudformation_validate.py"):
        (tmp_path / name).write_text("raise SystemExit('taken for a module')\n")
    monkeypatch.chdir(tmp_path)

    async def run() -> None:
        validator = Validator()
        assert await validator.validate(TEMPLATE, tmp_path, [0, 11, 21, 47, 63, 91])
        await closed(validator)

    asyncio.run(run())
