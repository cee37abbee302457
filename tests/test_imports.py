"""The rooms and their doors: who may import whom, and what must not be loaded before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FACE = {"fixer", "fixer.model", "fixer.syntax", "fixer.settings", "fixer.engine", "fixer.api", "fixer.report"}
MEANING = {"fixer.model", "fixer.syntax", "fixer.cloudformation"}
ALLOWED = {
    "fixer.model": set(),
    "fixer.syntax": {"fixer.model"},
    "fixer.cloudformation": {"fixer.model"},
    "fixer.settings": MEANING,
    "fixer.engine": {*MEANING, "fixer.settings"},
    "fixer.report": {"fixer.model"},
    "fixer.api": {*MEANING, "fixer.settings", "fixer.engine", "transforms.registry"},
    "fixer.cli": FACE,
    "fixer.lsp": FACE,
    "fixer.__main__": {"fixer.cli"},
    "fixer": {"fixer.api", "fixer.settings", "fixer.engine", "fixer.model"},
    "transforms.registry": {"fixer.model", "transforms"},
    "transforms": {"fixer.model", "fixer.cloudformation"},
}
"""A room to the rooms that its modules may import besides their own."""


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("fixer", "transforms"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def room(module: str) -> str:
    """The room that a module belongs to: the longest name of ALLOWED that it begins with."""
    return max((r for r in ALLOWED if module == r or module.startswith(r + ".")), key=len)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (ROOT / inner.replace(".", "/")).with_suffix(".py").exists()
                yield inner if is_module else node.module


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_direction(module: str, path: Path) -> None:
    here = room(module)
    for name in imported(path):
        if name.split(".")[0] not in ("fixer", "transforms"):
            continue
        there = room(name)
        if here == there == "transforms":
            assert name.rpartition(".")[0] == module.rpartition(".")[0] == "", (
                f"{module}: transforms never import each other"
            )
        assert there == here or there in ALLOWED[here], f"{module} imports {name}: {here} may not know {there}"


def test_no_circles() -> None:
    """No module reaches itself through imports at the top of modules."""
    graph: dict[str, set[str]] = {}
    for module, path in modules():
        tree = ast.parse(path.read_text())
        found = set()
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
        graph[module] = found
    for start in graph:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = {name for name in graph.get(waiting.pop(), ()) if name in graph} - seen
            assert start not in new, f"{start} imports itself in a circle"
            seen |= new
            waiting += new


@pytest.mark.parametrize("module", ["fixer", "fixer.model", "fixer.api", "fixer.cli.command"])
def test_slow_imports_are_late(module: str) -> None:
    slow = ("cfnlint", "rich", "cfn_flip", "cfn_tools", "ruamel", "pathspec", "cloudformation_validate")
    slow += ("pygls", "lsprotocol", "boto3", "botocore")
    code = f"import {module}, sys; print([m for m in {slow!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_files_are_small() -> None:
    for package in ("fixer", "transforms"):
        for path in (ROOT / package).rglob("*.py"):
            assert len(path.read_text().splitlines()) <= 400, f"{path} wants a seam"
