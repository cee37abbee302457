"""What holds of every edit, whatever the template and the operations."""

from __future__ import annotations

from collections.abc import Iterable

from fixer.engine.loader import load
from fixer.engine.proof import apply, prove
from fixer.model import Append, Insert, Operation, Path, Value
from fixer.syntax.changes import plan, rewritten
from fixer.syntax.compare import same
from fixer.syntax.document import Document
from fixer.syntax.nodes import Alias, Intrinsic, Node, Style, child, find, parts
from fixer.syntax.parse import parse


def broken(old: Document, text: str, operations: list[Operation]) -> str | None:
    """Which invariant the text, edited by the operations, breaks; None if none."""
    new = parse(text)
    reason = prove(old, new, operations)
    if reason is not None:
        return f"proof: {reason}"
    declared = rewritten(old.data, plan(old.data, operations))
    if not same(declared, apply(load(old.text, old.format), operations)):
        return "plan and proof do not agree"
    if not same_order(declared, new.data) and not old.aliases and "<<:" not in old.text:
        return "the keys are not in the order of the plan"
    return lost_line(old, text, operations)


def same_order(one: Value, other: Value) -> bool:
    if isinstance(one, dict):
        return list(one) == list(other) and all(same_order(one[key], other[key]) for key in one)
    return not isinstance(one, list) or all(map(same_order, one, other))


def lost_line(old: Document, text: str, operations: Iterable[Operation]) -> str | None:
    """The first line that no operation touches and that is not there any more, in its place."""
    touched = {number for operation in operations for number in lines_of(old, operation)}
    if not old.text.endswith(("\n", "\r")):  # a block scalar at the very end may get another header
        last = old.leaves[-1]
        touched.add(old.lines.number(last.start))
    lines = iter(broken_lines(text))
    for number, line in enumerate(broken_lines(old.text)):
        if (
            number not in touched
            and line.strip(" \t") not in ("", ",")
            and line.strip(" \t")[0] != "#"
            and not any(line == other for other in lines)
        ):
            return f"line {number + 1} is lost: {line!r}"
    return None


def broken_lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def lines_of(document: Document, operation: Operation) -> set[int]:
    """The numbers of the lines that an operation may change."""
    path = operation.path
    if isinstance(operation, Insert | Append):
        node = nearest(document, path if isinstance(operation, Append) else path[:-1])
        return of_collection(document, node) if parts(node) else of_path(document, path)
    node = nearest(document, path[:-1])
    return of_path(document, path) | of_path(document, path[:-1], to_value=True) | of_collection(document, node)


def nearest(document: Document, path: Path) -> Node:
    """The node at a path, or the nearest one above."""
    node: Node = document.root
    for key in path:
        below = child(node, key)
        if below is None or isinstance(node, Alias | Intrinsic):
            return node
        node = below
    return node


def of_collection(document: Document, node: Node) -> set[int]:
    """Where commas, dashes and brackets of a collection stand; in block style only what may follow a dash."""
    if isinstance(node, Alias) or not parts(node):
        return of_span(document, node.start, node.end)
    if node.style is Style.BLOCK:
        firsts = [
            part.start for part in parts(node) if document.lines.start(part.start) == document.lines.start(node.start)
        ]
        compact = document.text[document.lines.start(node.start) : node.start].strip()
        return (
            {document.lines.number(part.start) for part in parts(node)}
            if compact
            else {document.lines.number(at) for at in firsts}
        )
    edges = [node.start, node.end, *(at for part in parts(node) for at in (part.start, part.end))]
    return {document.lines.number(at) for at in edges}


def of_path(document: Document, path: Path, to_value: bool = False) -> set[int]:
    """Where the entry or item at a path stands, or the nearest one above; with ``to_value`` only up to where its value
    begins.
    """
    for end in range(len(path), 0, -1):
        above = find(document.root, path[: end - 1])
        if above is not None and find(document.root, path[:end]) is not None and not isinstance(above, Intrinsic):
            entry = next((p for p in parts(above) if p.value is child(above, path[end - 1])), None)
            span = entry or document.span(path[:end])
            return of_span(document, span.start, entry.value.start if entry and to_value else span.end)
    return {document.lines.number(document.root.start)}


def of_span(document: Document, start: int, end: int) -> set[int]:
    return set(range(document.lines.number(start), document.lines.number(end) + 1))
