"""What belongs to the package of a Lambda function, and what it needs beside its one code file."""

from __future__ import annotations

import json
import posixpath
import re

from fixer.cloudformation.functions.languages import Language, is_given, package_name
from fixer.cloudformation.functions.source_tree import Bundle, Unreadable

_IGNORED = re.compile(
    r"(.*/)?(\.[^/]*(/.*)?|(tests?|__tests__|events?|docs|coverage)/.*|__pycache__/.*|[^/]*\.(md|rst|pyc|map|d\.ts)|"
    r"(test_[^/]*|[^/]*_test|conftest)\.py|[^/]*\.(test|spec|config)\.[mc]?[jt]s|"
    r"(readme|licen[cs]e|notice|changelog|makefile|dockerfile)(\.txt)?|template\.(ya?ml|json)|samconfig\.(toml|ya?ml)|"
    r"requirements[-_](dev|test)\.txt|setup\.cfg|tox\.ini|mypy\.ini|ruff\.toml|tsconfig\.json|events?\.json)",
    re.I,
)
"""What lies beside a source and is not part of the function."""
_MANIFESTS = frozenset({"requirements.txt", "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"})
_NATIVE = (".so", ".node", ".pyd", ".dll", ".dylib")


def is_beside(path: str) -> bool:
    """Whether a file is no part of a function: documentation, tests, settings of tools, hidden files."""
    return _IGNORED.fullmatch(path) is not None


def function_files(bundle: Bundle) -> list[str]:
    """The files of a bundle that are part of the function."""
    return [path for path in bundle.files if not is_beside(path) and not _is_empty_init(bundle, path)]


def other_files(bundle: Bundle, files: list[str], code: list[str]) -> str:
    """Why a bundle is more than one code file; "" if it is not."""
    if bundle.unseen:
        return f"has a part that was not looked into: {bundle.unseen[0] or '.'}"
    native = [path for path in bundle.files if path.endswith(_NATIVE)]
    if native:
        return f"has a native module: {native[0]}"
    if len(code) > 1:
        return f"has more than one code file: {_listed(code)}"
    others = [path for path in files if path not in code and posixpath.basename(path) not in _MANIFESTS]
    return f"has other files: {_listed(others)}" if others else ""


def _listed(paths: list[str]) -> str:
    return ", ".join(paths[:3]) + (" ..." if len(paths) > 3 else "")


def _is_empty_init(bundle: Bundle, path: str) -> bool:
    try:
        return posixpath.basename(path) == "__init__.py" and not bundle.files[path]().strip()
    except Unreadable:
        return False


def dependencies(bundle: Bundle, language: Language) -> tuple[str, str]:
    """Why a package needs more than the runtime brings, or else may need another version of it."""
    doubt = ""
    for path, read in bundle.files.items():
        if is_beside(path):
            continue
        try:
            if posixpath.basename(path) == "requirements.txt" and language.name == "python":
                asked = {package_name(line): line for line in _requirements(read().decode("utf-8"))}
            elif posixpath.basename(path) == "package.json" and language.name == "nodejs":
                manifest = json.loads(read())
                if manifest.get("type") == "module":
                    return f'is an ES module ("type": "module" in {path}), and Lambda reads inline code as CommonJS', ""
                asked = {name: f"{name} {version}" for name, version in (manifest.get("dependencies") or {}).items()}
            else:
                continue
        except (ValueError, AttributeError, RecursionError):
            return f"has a {path} that cannot be read", ""
        foreign = sorted(name for name in asked if not is_given(name, language))
        if foreign:
            return f"needs {_listed(foreign)} ({path})", ""
        pinned = [line for name, line in sorted(asked.items()) if line != name]
        if pinned:
            doubt = f"{bundle.name}/{path} asks for {pinned[0]}, and the runtime may bring another version"
    return "", doubt


def _requirements(text: str) -> list[str]:
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
