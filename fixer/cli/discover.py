"""From the paths of the command line to templates.

A file that is named is taken as it is, unless only templates are wanted: then its content decides, too. A folder is
walked in a stable order; templates are recognised by their content, so that other YAML and JSON (Kubernetes, Compose,
workflows, package.json) is passed over without a word, while a template that does not parse is found, to be reported.
`.gitignore` files count as git would have it, also those above the folder.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from fixer.model import InputError, Outcome

if TYPE_CHECKING:
    import pathspec

STDIN = "-"
EXTENSIONS = frozenset({".yaml", ".yml", ".json", ".template", ".cfn"})
SKIPPED = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", "site-packages", "cdk.out", ".aws-sam"}
    | {".serverless", ".terraform", ".tox", ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
)
"""Folders of tools, and what tools generate. Each can still be named."""

MEANT = {
    "check": "--check",
    "diff": "--diff",
    "fix": "-w",
    "format": "-w",
    "fmt": "-w",
    "help": "--help",
    "lint": "--check",
    "repair": "-w",
    "rules": "rule",
    "server": "lsp",
    "version": "--version",
    "write": "-w",
}
"""Subcommands of other programs, and what does that here."""

Input: TypeAlias = "Path | Outcome"
"""A file to repair, or what became of a path that cannot be one. Standard input is ``Path("-")``."""

Keep: TypeAlias = "Callable[[Path], bool]"

_Rules: TypeAlias = "list[tuple[Path, pathspec.GitIgnoreSpec]]"
_SOME = 4_000_000  # bytes that are looked at: a template has at most 1 MB

_TYPE = r"""["']?\bType["']?\s*:\s*["']?(?:AWS|Alexa|Custom|[A-Za-z0-9]+::[A-Za-z0-9]+)::"""
_TRANSFORM = r"""["']?\bTransform["']?\s*:[\s\-\["']*AWS::"""
_FIRST_KEY = r"""(?m)^([ \t]*)(?![#%]|---|\.\.\.)[^\s]"""


def discover(
    paths: Iterable[str],
    *,
    keep: Keep | None = None,
    exclude: Keep | None = None,
    templates_only: bool = False,
    write: bool = False,
) -> list[Input]:
    """The inputs that ``paths`` name, in their order, each file once.

    ``keep``: which files are looked at; None: all. A folder without templates is an error only then.
    ``exclude``: which templates are passed over in folders.
    ``templates_only``: named files that are no templates, or excluded, are passed over, as tools hand in all files of a
    kind.
    ``write``: they are to be written in place, which only a file can be.
    """
    seen: set[str] = set()
    found: list[Input] = []
    for path in paths:
        for one in _inputs(path, keep, exclude, templates_only):
            if write and isinstance(one, Path) and one.exists() and not one.is_file():
                one = _refused(path, "it is no regular file, and cannot be written in place")
            name = one.location if isinstance(one, Outcome) else str(one)
            real = name if name == STDIN else os.path.realpath(name)
            if real not in seen:
                seen.add(real)
                found.append(one)
    return found


def _inputs(path: str, keep: Keep | None, exclude: Keep | None, templates_only: bool) -> Iterator[Input]:
    if path == STDIN:
        yield Path(STDIN)
    elif os.path.isdir(path):
        templates = [one for one in walk(Path(path), keep) if not _is_excluded(one, exclude)]
        if templates or (keep is None and not templates_only):
            yield from templates or [_refused(path, "no templates were found in this folder")]
    elif (problem := _unreachable(path)) is not None:
        yield _refused(path, problem)
    elif keep is None or keep(Path(path)):
        if templates_only:
            yield from (one for one in _recognised(Path(path)) if not _is_excluded(one, exclude))
        else:
            yield Path(path)


def _is_excluded(one: Input, exclude: Keep | None) -> bool:
    return exclude is not None and exclude(Path(one.location) if isinstance(one, Outcome) else one)


def _unreachable(path: str) -> str | None:
    """Why there is nothing at a path; None if there is something, be it a link that leads nowhere."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "there is no such file or folder" + _meant(path)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return None


def _meant(path: str) -> str:
    """What somebody may have meant who is used to another program."""
    return f"; did you mean {MEANT[path]}?" if path in MEANT else ""


def _refused(path: str, message: str) -> Outcome:
    return Outcome(path, "", "", error=InputError(message))


def walk(root: Path, keep: Keep | None = None) -> Iterator[Input]:
    """The templates below a folder: files before folders, each in the order of their names. Links are not followed."""
    real = root.resolve()
    rules = _rules_above(real)
    if _ignored(rules, real, folder=True):  # it was named: what is above it does not count
        rules = []
    yield from _walk(root, real, rules, keep)


def _walk(folder: Path, real: Path, rules: _Rules, keep: Keep | None) -> Iterator[Input]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _refused(str(folder), f"cannot be read: {error.strerror or error}")
        return
    if any(entry.name == ".gitignore" for entry in listed):
        rules = [*_rules_of(real, ".gitignore"), *rules]
    files, folders = [], []
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in SKIPPED and not _ignored(rules, real / entry.name, folder=True):
                folders.append(entry.name)
        elif entry.is_file(follow_symlinks=False) and Path(entry.name).suffix.lower() in EXTENSIONS:
            files.append(entry.name)
    for name in files:
        if (keep is None or keep(folder / name)) and not _ignored(rules, real / name, folder=False):
            yield from _recognised(folder / name)
    for name in folders:
        yield from _walk(folder / name, real / name, rules, keep)


def _recognised(file: Path) -> Iterator[Input]:
    try:
        with file.open("rb") as handle:
            data = handle.read(_SOME)
    except OSError as error:
        yield _refused(str(file), f"cannot be read: {error.strerror or error}")
        return
    if is_template(_loosely(data)):
        yield file


def _loosely(data: bytes) -> str:
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2])
    return data.decode(wide or "utf-8", "replace").lstrip("\ufeff")


def is_template(text: str) -> bool:
    """Whether a text means to be a CloudFormation template, however broken.

    At its top is AWSTemplateFormatVersion; or Resources, and anywhere a type of resource or a transform of AWS.
    """
    if "Resources" not in text and "AWSTemplateFormatVersion" not in text:
        return False
    if text.lstrip()[:1] == "{":
        sections = _json_sections(text)
    else:
        first = re.search(_FIRST_KEY, text)
        indent = re.escape(first.group(1)) if first else ""
        sections = frozenset(re.findall(rf"""^{indent}["']?(\w+)["']?[ \t]*:""", text, re.MULTILINE))
    if "AWSTemplateFormatVersion" in sections:
        return True
    return "Resources" in sections and bool(re.search(_TYPE, text) or re.search(_TRANSFORM, text))


def _json_sections(text: str) -> frozenset[str]:
    """The keys at the top of JSON; of what is broken, or YAML in braces, every key there is."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return frozenset(re.findall(r"""["']?\b(\w+)["']?\s*:""", text))
    return frozenset(data) if isinstance(data, dict) else frozenset()


def _rules_above(real: Path) -> _Rules:
    """The ignore rules of the enclosing git work tree, nearest folder first, without those of ``real`` itself."""
    rules: _Rules = []
    above = (real, *real.parents)
    tree = next((place for place in above if (place / ".git").exists()), None)
    if tree is None:
        return rules
    for place in above:
        if place != real:
            rules += _rules_of(place, ".gitignore")
        if place == tree:
            break
    return rules + _rules_of(tree, ".git/info/exclude")


def _rules_of(folder: Path, name: str) -> _Rules:
    try:
        lines = (folder / name).read_bytes().decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return []
    wanted = [line.rstrip("\r") for line in lines if line.strip() and not line.startswith("#")]
    if not wanted:
        return []
    import pathspec  # late: most of the time there is nothing to ignore

    return [(folder, pathspec.GitIgnoreSpec.from_lines(wanted))]


def _ignored(rules: _Rules, path: Path, *, folder: bool) -> bool:
    """Whether git would ignore a path: the nearest rules that have a word on it decide."""
    for base, spec in rules:
        relative = path.relative_to(base).as_posix() + ("/" if folder else "")
        verdict = spec.check_file(relative).include
        if verdict is not None:
            return verdict
    return False
