"""A unified diff that `git apply` accepts, exact to the byte.

Lines end at LF alone: a carriage return, a form feed or U+2028 is part of its line, as git sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

import click

from fixer.report.alike import opcodes

_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}


def unified(name: str, before: str, after: str, *, color: bool = False, from_top: bool = False) -> str:
    """The diff between two texts of one file; "" if they are equal. ``name``: its path relative to the current folder
    or, with ``from_top``, to the top of the work tree.
    """
    if before == after:
        return ""
    old, new = quoted("a/" + name), quoted("b/" + name)
    # git ends a name that holds blanks with a tab, so that nothing after it is taken for a part of it.
    tab = "\t" if " " in name and not old.startswith('"') else ""
    # After a line `diff --git`, git takes the names from the top of the work tree, and else from the current folder.
    top = [f"diff --git {old} {new}\n"] if from_top else []
    head = [*top, f"--- {old}{tab}\n", f"+++ {new}{tab}\n"]
    if not color:
        return "".join(head) + "".join(hunks(before, after))
    return "".join(_styled(line, bold=True) for line in head) + "".join(map(_colored, hunks(before, after)))


def hunks(before: str, after: str, context: int = 3) -> Iterator[str]:
    """The lines of the hunks, each with its line end; ``context``: unchanged lines around a change."""
    one, other = _lines(before), _lines(after)
    for group in _Grouped(one, other).get_grouped_opcodes(context):
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        yield f"@@ -{_range(i1, i2)} +{_range(j1, j2)} @@\n"
        for what, i1, i2, j1, j2 in group:
            lines = [" " + line for line in one[i1:i2]] if what == "equal" else []
            lines = lines or ["-" + line for line in one[i1:i2]] + ["+" + line for line in other[j1:j2]]
            for line in lines:
                yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


class _Grouped(SequenceMatcher[str]):
    """difflib's grouping into hunks, of better opcodes."""

    def __init__(self, one: list[str], other: list[str]) -> None:
        super().__init__(None, (), ())
        self.found = list(opcodes(one, other))

    def get_opcodes(self) -> list[tuple[str, int, int, int, int]]:  # type: ignore[override]
        return self.found


def _range(start: int, end: int) -> str:
    """As a unified diff has it: the number of the first line, and how many; of none, the line before them."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def _colored(line: str) -> str:
    color = {"+": "green", "-": "red", "@": "cyan"}.get(line[0])
    return _styled(line, fg=color) if color else line


def _styled(line: str, *, fg: str | None = None, bold: bool = False) -> str:
    """The line in a colour that ends before its line end, or else a terminal paints the rest of its row."""
    body, end, rest = line.partition("\n")
    return click.style(body, fg=fg, bold=bold or None) + end + rest


def quoted(name: str) -> str:
    """A name as git writes it: if need be in double quotes, with octal escapes of its UTF-8."""
    escaped = "".join(
        "\\" + _ESCAPES[char]
        if char in _ESCAPES
        else char
        if " " <= char <= "~"
        else "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))
        for char in name
    )
    return f'"{escaped}"' if escaped != name else name
