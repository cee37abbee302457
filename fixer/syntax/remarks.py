"""Which comments are about an entry or an item: what transforms may know of comments, which are no data."""

from __future__ import annotations

from bisect import bisect_left

from fixer.model import EditRefused, Path, Remarks
from fixer.syntax.document import Document
from fixer.syntax.nodes import Alias, Entry, Item, Mapping, Node, Part, Scalar, Sequence, Style, child, entry_of, parts
from fixer.syntax.parse import parse


def remarks(document: Document, path: Path) -> Remarks:
    """The comments right above the entry or item at ``path``, as far in as it is, and the one on the line on which it
    ends or, if it has lines of its own for what is in it, begins.

    What stands behind a line with several items is about all of them, and no item's own.
    """
    part = _part(document.root, path) if document.comments else None
    if part is None:
        return Remarks()
    above, behind = _above(document, part.start), _behind(document, part)
    return Remarks(above, behind, bool(above or behind) or _has_comments(document, part))


def written(document: Document, path: Path) -> str | None:
    """The characters of the scalar at ``path``, before they are resolved; None if it is none, or an alias."""
    part = _part(document.root, path) if path else None
    return part.value.text if part is not None and isinstance(part.value, Scalar) else None


def _has_comments(document: Document, part: Part) -> bool:
    """Whether a comment stands in the lines of an entry or item."""
    spans, end = document.comments, document.lines.end(part.end)
    index = bisect_left(spans, part.start, key=lambda span: span.start)
    return index < len(spans) and spans[index].start < end


def with_remarks(document: Document, lines: list[str], moves: tuple[tuple[Path, Path], ...]) -> list[str]:
    """The lines of a new item with the comments that go along: ``moves`` has the place in its value for each, and the
    path of the item behind which it stands in the document. Raises EditRefused.
    """
    fragment = parse("\n".join(["x:", *lines, ""]))
    text = fragment.text
    additions: list[tuple[int, str]] = []
    for place, source in moves:
        part, target = _part(document.root, source), _part(fragment.root, ("x", 0, *place))
        end, at = _edge(part) if part else 0, _edge(target) if target else 0
        comment = document.text[end : document.lines.end(end)]
        in_block = isinstance(part, Item) and part.head > part.start
        if not in_block or not target or not comment.strip().startswith("#") or fragment.lines.end(at) != at:
            raise EditRefused("a comment that would go along does not stand behind an item on a line of its own")
        additions.append((at, comment))
    for at, comment in sorted(additions, reverse=True):
        text = text[:at] + comment + text[at:]
    if parse(text).data != fragment.data:
        raise EditRefused("a comment cannot stand behind a text of several lines")
    return text.split("\n")[1:-1]


def _edge(part: Part) -> int:
    """Behind what a comment about an entry or item stands on its line."""
    is_block = isinstance(part.value, Mapping | Sequence) and part.value.style is Style.BLOCK
    return part.head if is_block else part.end


def _part(node: Node, path: Path) -> Part | None:
    *parents, last = path
    for key in parents:
        below = child(node, key)
        if below is None or isinstance(below, Alias):
            return None
        node = below
    if isinstance(node, Mapping):
        return entry_of(node, last)
    found = parts(node)
    return found[last] if isinstance(last, int) and 0 <= last < len(found) else None


def _above(document: Document, start: int) -> tuple[str, ...]:
    lines, text = document.lines, document.text
    begin = lines.start(start)
    column = start - begin
    if text[begin:start].strip(" \t"):
        return ()
    found: list[str] = []
    while begin > 0:
        begin = lines.start(begin - 1)
        comment = _comment(document, begin + column)
        if not comment or text[begin : begin + column].strip(" \t"):
            break
        found.insert(0, comment)
    return tuple(found)


def _behind(document: Document, part: Part) -> str:
    text, at = document.text, _edge(part)
    while text[at : at + 1] in (" ", "\t", ","):
        at += 1
    alone = isinstance(part, Entry) or _is_only(document, part)
    return _comment(document, at) if alone else ""


def _is_only(document: Document, item: Item) -> bool:
    """Whether nothing but a dash or a comma stands on the item's line beside it."""
    return not document.text[document.lines.start(item.start) : item.start].strip(" \t,")


def _comment(document: Document, offset: int) -> str:
    """The comment that begins at an offset, without its mark; "" if none does."""
    spans = document.comments
    index = bisect_left(spans, offset, key=lambda span: span.start)
    if index == len(spans) or spans[index].start != offset:
        return ""
    return document.text[offset : spans[index].end].lstrip("#").strip() or "#"
