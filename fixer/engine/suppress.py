"""Findings that an author does not want: ``# cfnfix: ignore[name] reason`` in a comment, or ``Metadata: cfnfix:
ignore: [name]``.

A comment covers the entry whose line it ends, or the next one if it has a line of its own; on the line of a
resource's key that is the whole resource. ``ignore-file`` covers the template. Without names in brackets, all
transforms are meant. JSON has the metadata.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from fixer.model import Finding, Path, Value
from fixer.syntax.document import Document
from fixer.syntax.nodes import Alias, Entry, Intrinsic, Node, key_of, parts

UNUSED = "unused-ignore"
"""Stands for the name of a transform in the finding about an ignore that suppresses nothing."""

_IGNORE = re.compile(r"#\s*cfnfix:\s*ignore(?P<file>-file)?\b(?:\[(?P<names>[^\]]*)\]?)?")


class Ignore(Struct, frozen=True):
    """What the author has said about the entry at ``path`` and all below it; no names: every transform."""

    path: Path
    names: frozenset[str]
    line: int
    column: int

    def covers(self, finding: Finding) -> bool:
        named = not self.names or finding.transform in self.names
        return named and finding.path[: len(self.path)] == self.path

    @property
    def key(self) -> tuple[Path, frozenset[str]]:
        """What makes it the same in a later text, where its line is another."""
        return self.path, self.names


def ignores(document: Document) -> tuple[Ignore, ...]:
    """All that is to be ignored in a document."""
    if "cfnfix" not in document.text:
        return ()
    return (*_in_comments(document), *_in_metadata(document))


def unused(
    found: Collection[Ignore], used: Collection[tuple[Path, frozenset[str]]], known: Collection[str]
) -> Iterator[Finding]:
    """A finding for each ignore that suppressed nothing; ``known``: the transforms that ran. Of others nothing can be
    said.
    """
    for ignore in found:
        if ignore.key not in used and ignore.names <= set(known):
            said = f"ignore[{', '.join(sorted(ignore.names))}]" if ignore.names else "ignore"
            yield Finding(
                f"cfnfix: {said} suppresses nothing",
                ignore.path,
                reason="nothing of that kind is found there any more; remove it",
                transform=UNUSED,
                line=ignore.line,
                column=ignore.column,
            )


def _in_comments(document: Document) -> Iterator[Ignore]:
    said = [(span, _IGNORE.match(document.text, span.start, span.end)) for span in document.comments]
    if not any(match for _, match in said):
        return
    starts = _starts(document)
    for span, match in said:
        if match is None:
            continue
        line, column = document.lines.position(span.start)
        alone = not document.text[document.lines.starts[line - 1] : span.start].strip()
        path: Path | None = ()
        if match["file"] is None:
            later = [number for number in starts if number > line] if alone else []
            path = starts.get(min(later) if later else line) or _around(starts, line)
        if path is not None:
            yield Ignore(path, _names((match["names"] or "").split(",")), line, column)


def _starts(document: Document) -> dict[int, Path]:
    """The outermost entry or item that begins on each line, by the number of the line from 1."""
    found: dict[int, Path] = {}
    stack: list[tuple[Path, Node]] = [((), document.root)]
    while stack:
        path, node = stack.pop()
        if isinstance(node, Intrinsic):
            stack.append(((*path, node.name), node.argument))
        if isinstance(node, Alias):
            continue
        for index, part in enumerate(parts(node)):
            here = (*path, key_of(part) if isinstance(part, Entry) else index)
            line = document.lines.number(part.start) + 1
            if line not in found or len(found[line]) > len(here):
                found[line] = here
            stack.append((here, part.value))
    return found


def _around(starts: dict[int, Path], line: int) -> Path | None:
    """The entry that a line without a beginning belongs to: the last that began before."""
    earlier = [number for number in starts if number <= line]
    return starts[max(earlier)] if earlier else None


def _in_metadata(document: Document) -> Iterator[Ignore]:
    places: list[Path] = [()]
    resources = document.data.get("Resources")
    places += [("Resources", name) for name in resources] if isinstance(resources, dict) else []
    for place in places:
        value: Value = document.data
        for key in (*place, "Metadata", "cfnfix", "ignore"):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list | str) and value:
            line, column = document.position((*place, "Metadata", "cfnfix", "ignore"))
            names = value if isinstance(value, list) else value.split(",")
            yield Ignore(place, _names(str(name) for name in names), line, column)


def _names(names: Collection[str] | Iterator[str]) -> frozenset[str]:
    return frozenset(name.strip() for name in names if name.strip()) - {"all"}
