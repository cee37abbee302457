"""Where things are, as other programs name it: paths from the top of the repository, lines and columns."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from pathlib import Path

_BREAK = re.compile(r"\r\n|\n|\r")
STDIN = "-"


def top() -> Path:
    """The top of the work tree that the current folder is in, or else the current folder: what hosts of repositories
    take paths to be relative to.
    """
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def named(location: str, root: Path) -> str:
    """The path of a template from ``root`` on, with slashes; an absolute one if it is elsewhere."""
    if location == STDIN:
        return "stdin"
    path = Path(os.path.abspath(location))
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
