"""Which files changed since a git ref: ``--since``.

As monorepo tools have it, the comparison is with the commit where the current branch left the ref (their merge base),
so that what others did to the ref meanwhile does not count; changes that are staged, not staged or not tracked do. A
file that was renamed counts, one that is ignored does not. A submodule or a nested repository is a change as a whole.

The git program is asked, and no library: the one library that knows its index, ignore rules and work trees as it does
(pygit2) is a binary of its own, GitPython and dulwich run git or lack these; and where there is a repository, git is.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from fixer.model import CfnfixError


def changed(paths: Iterable[str], ref: str) -> Callable[[Path], bool]:
    """Whether a file changed since ``ref``, in the repository of each path. Raises CfnfixError with git's reason."""
    if not ref or ref.startswith("-"):
        raise CfnfixError(f"--since: {ref!r} is no name of a commit, branch or tag")
    tops = dict.fromkeys(_top(_folder(path)) for path in paths if os.path.lexists(path))
    found: set[str] = set()
    for top in tops:
        found |= _changed(top, ref)
    whole = tuple(one + os.sep for one in found if os.path.isdir(one))

    def is_changed(file: Path) -> bool:
        real = os.path.realpath(file)
        return real in found or (bool(whole) and real.startswith(whole))

    return is_changed


def _changed(top: str, ref: str) -> set[str]:
    """The real paths that changed in one work tree."""
    base = _base(top, ref)
    named = _git(top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--diff-filter=d", base, "--")
    fresh = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return {os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in (named + fresh).split(b"\0") if name}


def _base(top: str, ref: str) -> str:
    """The commit where the current branch left ``ref``."""
    try:
        commit = os.fsdecode(_git(top, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")).strip()
    except _Refused:
        raise CfnfixError(f"--since: there is no commit, branch or tag {ref!r} in {top}{_shallow(top)}") from None
    try:
        return os.fsdecode(_git(top, "merge-base", commit, "HEAD")).strip()
    except _Refused:
        raise CfnfixError(
            f"--since: {ref!r} and the current commit have no commit in common in {top}{_shallow(top)}"
        ) from None


def _shallow(top: str) -> str:
    """What to do about it in a clone without its history, as CI systems make them."""
    if _git(top, "rev-parse", "--is-shallow-repository").strip() != b"true":
        return ""
    return "; this clone is shallow: fetch more of its history (fetch-depth: 0 of actions/checkout)"


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path) or "."


def _top(folder: str) -> str:
    try:
        return os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n")
    except _Refused as error:
        raise CfnfixError(f"--since needs a git repository, and git says of {folder!r}: {error}") from None


class _Refused(Exception):
    """Git ended with an error; the message is the first line of what it said."""


def _git(folder: str, *arguments: str) -> bytes:
    command = ["git", "-C", folder, "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"})
    except OSError as error:
        raise CfnfixError(f"--since needs git, which cannot be run: {error.strerror or error}") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _Refused(said[0] if said else f"git {arguments[0]} failed")
    return done.stdout
