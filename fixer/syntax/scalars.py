"""Edits inside a string of several lines, so that a long text keeps its style and only the lines that change are
touched.
"""

from __future__ import annotations

import re

import yaml

from fixer.syntax.compare import differences
from fixer.syntax.nodes import Scalar, Style
from fixer.syntax.quotes import fits_literal

TextEdit = tuple[int, int, str]
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")


def edit_scalar(text: str, node: Scalar, value: str, flow: bool = False) -> list[TextEdit] | None:
    """The edits that turn a string of several lines into ``value`` within its own style; None if it has to be written
    anew. ``flow``: it stands in a flow collection.
    """
    raw = text[node.content : node.end]
    if "\n" not in raw and "\r" not in raw:
        return None
    edits = (
        _literal(raw, node.text, value)
        if node.style is Style.LITERAL
        else _words(raw, node.style, node.text, value, flow)
    )
    return None if edits is None else [(node.content + start, node.content + end, new) for start, end, new in edits]


def _literal(raw: str, old: str, new: str) -> list[TextEdit] | None:
    """A literal block's lines are the value's lines behind the same margin."""
    one, other = old.rstrip("\n").split("\n"), new.rstrip("\n").split("\n")
    header, *lines = (found for found in _LINE.finditer(raw) if found.group())
    lines = lines[: len(one)]
    breaks = len(old) - len(old.rstrip("\n")) == len(new) - len(new.rstrip("\n"))
    if (
        not breaks
        or not fits_literal(new.rstrip("\n"))
        or len(lines) < len(one)
        or not other[0]
        or (other[0][0] in " \t" and other[0][0] != one[0][:1])
    ):
        return None
    if not all(found[1].endswith(line) for found, line in zip(lines, one, strict=True)):
        return None
    margin = next(found[1][: len(found[1]) - len(line)] for found, line in zip(lines, one, strict=True) if line)
    newline = header[2]
    edits: list[TextEdit] = []
    for what, i1, i2, j1, j2 in differences(one, other):
        added = [margin + line if line else line for line in other[j1:j2]]
        if what == "insert":
            at = lines[i1].start() if i1 < len(lines) else lines[-1].end(1)
            joined = (
                "".join(line + newline for line in added)
                if i1 < len(lines)
                else "".join(newline + line for line in added)
            )
            edits.append((at, at, joined))
        elif what == "replace":
            edits.append((lines[i1].start(), lines[i2 - 1].end(1), newline.join(added)))
        elif i2 < len(lines):
            edits.append((lines[i1].start(), lines[i2].start(), ""))
        else:
            edits.append((lines[i1 - 1].end(1), lines[i2 - 1].end(1), ""))
    return edits


def _words(raw: str, style: Style, old: str, new: str, flow: bool) -> list[TextEdit] | None:
    """Where lines are folded, the words of the text are still the words of the value: replace them one by one."""
    body = len(re.split(r"[\r\n]", raw)[0]) if style is Style.FOLDED else len(raw) - len(raw.lstrip("'\""))
    end = len(raw) if style in (Style.FOLDED, Style.PLAIN) else len(raw) - 1
    places = list(re.compile(r"\S+").finditer(raw, body, end))
    one, other = old.split(), new.split()
    if re.split(r"\S+", old) != re.split(r"\S+", new) or [found.group() for found in places] != one:
        return None
    edits = [
        (found.start(), found.end(), word) for found, was, word in zip(places, one, other, strict=True) if was != word
    ]
    edited, at = "", 0
    for start, stop, word in edits:
        edited += raw[at:start] + word
        at = stop
    return edits if _reads_as(edited + raw[at:], new, flow) else None


def _reads_as(raw: str, value: str, flow: bool) -> bool:
    written = f"- [{raw}\n  ]\n" if flow else f"- {raw}\n"
    try:
        loaded = yaml.load(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return False
    found = loaded[0] if flow else loaded
    return len(found) == 1 and isinstance(found[0], str) and found[0].rstrip("\n") == value.rstrip("\n")
