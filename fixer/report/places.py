"""Where things are, as other programs name it: paths from the top of the repository, lines and columns."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

_BREAK = re.compile(r"\r\n|\n|\r")
STDIN = "-"


def top(below: Path | None = None) -> Path:
    """The top of the work tree that a folder (None: the current one) is in, or else that folder: what hosts of
    repositories take paths to be relative to.
    """
    below = below or Path.cwd()
    return next((folder for folder in (below, *below.parents) if is_top(folder)), below)


def is_top(folder: Path) -> bool:
    return (folder / ".git").exists()


def patch_root(locations: Iterable[str]) -> Path:
    """The folder that the names in a patch of these files are relative to.

    That is the current one if it holds them all; else the top of their work tree, as for git; else the deepest that
    holds them. No program patches a name with ``..`` in it, as ``git diff --no-index`` writes it.
    """
    here = Path.cwd()
    places = [_absolute(location) for location in locations if location != STDIN]
    if all(place.is_relative_to(here) for place in places):
        return here
    try:
        return top(Path(os.path.commonpath([place.parent for place in places])))
    except ValueError:  # on several drives
        return here


def _absolute(location: str) -> Path:
    """The absolute path of a file. Links are followed where it is not below the current folder: then it may be."""
    path = Path(os.path.abspath(location))
    return path if path.is_relative_to(Path.cwd()) else Path(os.path.realpath(path.parent), path.name)


def named(location: str, root: Path) -> str:
    """The path of a template relative to ``root``, with slashes; absolute if it is elsewhere."""
    if location == STDIN:
        return "stdin"
    path = _absolute(location)
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


class Lines:
    """Offsets of a text to lines and columns, which count from 1; columns in code points.

    A line ends at LF, CR or CR LF, and the first one begins after a byte order mark, as in ``Finding``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [int(text.startswith("\ufeff")), *(found.end() for found in _BREAK.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        number = max(bisect_right(self.starts, offset) - 1, 0)
        return number + 1, max(offset - self.starts[number], 0) + 1

    def last_column(self, line: int) -> int:
        """The column after the last character of a line."""
        start = self.starts[line - 1]
        found = _BREAK.search(self.text, start)
        return (found.start() if found else len(self.text)) - start + 1
