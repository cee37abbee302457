"""Loops (``Fn::ForEach``): their names and variables, and the entries in them as they are written.

Source: CloudFormation template reference, "Fn::ForEach".
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Resource, as_text
from fixer.cloudformation.intrinsics import children, collections
from fixer.cloudformation.references import LOOP
from fixer.model import Path, Value


def loop_entries(path: Path, body: Value) -> Iterator[Resource]:
    """The entries of the loop at ``path``, and of the loops in it, each as it is written; outputs have no type."""
    if not (str(path[-1]).startswith(LOOP) and isinstance(body, list) and len(body) > 2):
        return
    for key, inner in children(body[2]):
        at = (*path, 2, key)
        if str(key).startswith(LOOP):
            yield from loop_entries(at, inner)
        elif isinstance(key, str) and isinstance(inner, dict) and not key.startswith("Fn::"):
            yield Resource(key, as_text(inner.get("Type")) or "", inner, at)


def loop_names(path: Path, value: Value) -> set[str]:
    """Names of the loops in the value at ``path``, and of their variables."""
    found = set()
    for place, item in collections(value, path):
        if isinstance(item, list) and isinstance(place[-1], str) and place[-1].startswith(LOOP):
            variables = item[0] if item and isinstance(item[0], list) else item[:1]
            found |= {place[-1].removeprefix(LOOP), *(name for name in variables if isinstance(name, str))}
    return found


def end_of_entry(path: Path) -> int:
    """The length of the part of a path that leads to its entry, which may lie in loops."""
    end = 2
    while str(path[end - 1]).startswith(LOOP) and path[end : end + 1] == (2,) and len(path) > end + 1:
        end += 2
    return end
