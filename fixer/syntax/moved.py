"""Entries that a batch takes from one place to another: their lines go along as their author wrote them."""

from __future__ import annotations

from fixer.model import InputError, Path
from fixer.syntax.nodes import Entry, Mapping, Node, Style, child, entry_of
from fixer.syntax.parse import parse
from fixer.syntax.pen import Pen


def with_moved(pen: Pen, lines: list[str], moves: list[tuple[Path, Path]]) -> list[str]:
    """The lines of a new entry in which each of ``moves``, by its path in the lines and its path in the document, is as
    it stands in the document, with its comments. The lines as they are, where an entry has no lines of its own.
    """
    for place, source in moves:
        lines = _with(pen, lines, place, source)
    return lines


def _with(pen: Pen, lines: list[str], place: Path, source: Path) -> list[str]:
    text = "".join(f"{line}\n" for line in lines)
    fragment = parse(text)
    part, target = _entry(pen.document.root, source), _entry(fragment.root, place)
    if part is None or target is None or not pen.starts_line(part.start):
        return lines
    first, last = fragment.lines.number(target.start), fragment.lines.number(fragment.lines.before_break(target.end))
    offset = target.start - fragment.lines.start(target.start) - pen.column(part.start)
    own = list(_shifted(pen, pen.top(part.start), end_of_lines(pen, part.end), offset))
    start = fragment.lines.number(fragment.root.start)
    new = [*lines[: first - start], *own, *lines[last - start + 1 :]]
    try:
        return new if parse("".join(f"{line}\n" for line in new)).data == fragment.data else lines
    except InputError:  # an alias of what is elsewhere
        return lines


def end_of_lines(pen: Pen, end: int) -> int:
    """Where the line below a part begins that ends at ``end``."""
    return pen.lines.next(pen.lines.before_break(end))


def _shifted(pen: Pen, start: int, end: int, offset: int) -> list[str]:
    found = []
    while start < end:
        line = pen.text[start : pen.lines.end(start)]
        margin = len(line) - len(line.lstrip(" "))
        found.append((" " * max(margin + offset, 0) + line[margin:]) if line.strip() else line)
        start = pen.lines.next(start)
    return found


def _entry(root: Node, path: Path) -> Entry | None:
    above = _above(root, path)
    return None if above is None else entry_of(above, path[-1])


def _above(root: Node, path: Path) -> Mapping | None:
    """The mapping that has the entry at a path."""
    node = root
    for key in path[:-1]:
        below = child(node, key)
        if below is None:
            return None
        node = below
    return node if isinstance(node, Mapping) else None


def flow_text(pen: Pen, key: str, moves: list[tuple[Path, Path]], margin: str | None) -> str | None:
    """An entry that moves from a flow collection to another, as it stands in the document; None if it does not.

    ``margin``: the blanks before it, if it will have lines of its own.
    """
    sources = [source for place, source in moves if place == (key,)]
    part = _entry(pen.document.root, sources[0]) if len(sources) == 1 else None
    above = _above(pen.document.root, sources[0]) if part is not None else None
    if part is None or above is None or (above.style is not Style.FLOW and not pen.is_json):
        return None
    text = pen.text[part.start : part.end]
    if "\n" not in text and "\r" not in text:
        return text
    line = pen.text[pen.lines.start(part.start) : part.start]
    old = line[: len(line) - len(line.lstrip())]
    first, *others = text.splitlines(keepends=True)
    if margin is None or not all(other.startswith(old) for other in others):
        return None
    return first + "".join(margin + other[len(old) :] for other in others)
