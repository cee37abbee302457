"""Proves a batch of edits: the operations, applied to the plain data of the old text, give exactly the data of the new
text.

Both texts are read by a loader that the syntax room does not use, and the operations are applied here once more, by the
plainest means. Comments, line ends, byte order mark and final newline are held against each other as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fixer.engine.loader import load, load_again
from fixer.model import Append, Comment, Insert, Operation, Path, Place, Remove, Rename, Set, Value, Where
from fixer.syntax.compare import copied, same
from fixer.syntax.document import Document


def prove(old: Document, new: Document, operations: Iterable[Operation]) -> str | None:
    """Why the new document is not what the operations declare; None if it is."""
    return prove_all(old, new, [list(operations)])


def prove_all(old: Document, new: Document, batches: Sequence[Sequence[Operation]]) -> str | None:
    """The same for batches that were applied one after the other: all at once it costs little more than for one."""
    operations = [operation for batch in batches for operation in batch]
    try:
        expected = copied(load(old.text, old.format))
        for batch in batches:
            _carry_out(expected, batch)
    except Exception as error:
        return f"the operations do not fit the old text: {error}"
    try:
        got = load(new.text, new.format)
    except Exception as error:
        return f"the new text cannot be read: {error}"
    if not same(got, new.data):
        return "two readers disagree about the new text"
    if not same(got, expected):
        return f"the new text is not what the repair declares, at {difference(expected, got)}"
    moved = reordered(old.data, new.data)
    return _kept(old, new, operations) if moved is None else f"the order of keys changed, at {moved}"


def disputed(old: Document, new: Document) -> bool:
    """Whether a third reader, with a parser of its own, understands the new document differently, and did not the old
    one.

    It is slow, so that it is asked once, at the end, and only where the result is validated.
    """
    return not _agreed(new) and _agreed(old)


def _agreed(document: Document) -> bool:
    try:
        return same(load_again(document.text, document.format), document.data)
    except Exception:
        return False


def _kept(old: Document, new: Document, operations: list[Operation]) -> str | None:
    """Why something beside the data was lost or changed."""
    lost, made = Counter(_comments(old)), Counter(_comments(new))
    lost, made = lost - made, made - lost
    if lost:
        return f"a comment is lost: {next(iter(lost))}"
    made -= Counter(_lines(operation for operation in operations if isinstance(operation, Comment)))
    if made:
        return f"a comment is new: {next(iter(made))}"
    untold = set(_lines(_told(operations))) - set(_comments(new))
    if untold and new.format == "yaml":
        return f"a comment is missing: {min(untold)}"
    if old.text[:1] == "\ufeff" and new.text[:1] != "\ufeff":
        return "the byte order mark is lost"
    if old.text.endswith(("\n", "\r")) != new.text.endswith(("\n", "\r")):
        return "the end of the last line changed"
    if old.lines.breaks and not new.lines.breaks <= old.lines.breaks:
        return "line ends changed"
    return None


def _lines(operations: Iterable[Comment]) -> list[str]:
    return [f"# {line}".rstrip() for operation in operations for line in operation.text.split("\n")]


def _told(operations: list[Operation]) -> Iterator[Comment]:
    """The comments on what is still there after the operations."""
    gone = {operation.path for operation in operations if isinstance(operation, Remove)}
    new = {operation.path for operation in operations if isinstance(operation, Set)}
    for operation in operations:
        if isinstance(operation, Comment):
            above = [operation.path[:end] for end in range(len(operation.path))]
            if not (gone.intersection((*above, operation.path)) or new.intersection(above)):
                yield operation


def _comments(document: Document) -> list[str]:
    return [document.text[span.start : span.end].rstrip() for span in document.comments]


def reordered(old: Value, new: Value, path: Path = ()) -> str | None:
    """The first mapping whose keys, as far as they are in both values, changed their order."""
    if isinstance(old, dict) and isinstance(new, dict):
        if list(old) != list(new) and [key for key in old if key in new] != [key for key in new if key in old]:
            return _named(path)
        inner = ((key, old[key], new[key]) for key in old if key in new)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        inner = ((index, *pair) for index, pair in enumerate(zip(old, new, strict=True)))
    else:
        return None
    return next((found for key, a, b in inner if (found := reordered(a, b, (*path, key))) is not None), None)


def difference(one: Value, other: Value, path: Path = ()) -> str:
    """The first path at which two values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *other]:
            if key not in one or key not in other:
                return _named((*path, key))
            if not same(one[key], other[key]):
                return difference(one[key], other[key], (*path, key))
    if isinstance(one, list) and isinstance(other, list):
        for index, (a, b) in enumerate(zip(one, other, strict=False)):
            if not same(a, b):
                return difference(a, b, (*path, index))
    return _named(path)


def _named(path: Path) -> str:
    return ".".join(str(key) for key in path) or "the top"


def apply(data: Value, operations: Iterable[Operation]) -> Value:
    """Plain data after a batch of operations, whose paths all refer to the data as it is. Raises KeyError, IndexError
    or TypeError for a path that is not there.
    """
    root = copied(data)
    _carry_out(root, operations)
    return root


def _carry_out(root: Value, operations: Iterable[Operation]) -> None:
    lists: dict[int, _List] = {}
    late: list[tuple[Any, Operation]] = []
    made: set[tuple[Path, str]] = set()
    for operation in operations:
        path = operation.path
        if isinstance(operation, Set | Remove | Rename):
            _at(root, path)
        match operation:
            case Set(_, value):
                _at(root, path[:-1])[path[-1]] = copied(value)
            case Insert(_, value, _):
                parent = _at(root, path[:-1], make={})
                parent.setdefault(path[-1], copied(value))
            case Append(_, value, place):
                sequence = _at(root, path, make=[])
                slots = lists.setdefault(id(sequence), _List(sequence))
                if (path, repr((value, place))) not in made:
                    made.add((path, repr((value, place))))
                    slots.add(copied(value), place)
            case Remove() | Rename():
                late.append((_at(root, path[:-1]), operation))
            case Comment():
                pass
    for container, operation in late:
        key = operation.path[-1]
        if isinstance(operation, Rename):
            container[operation.key] = container.pop(key)
        elif isinstance(container, dict):
            container.pop(key, None)
        else:
            lists.setdefault(id(container), _List(container)).remove(int(key))
    for slots in lists.values():
        slots.settle()


def _at(value: Any, path: Path, make: Value = None) -> Any:
    """The value at a path; with ``make``, missing mappings on the way and ``make`` itself at its end are made."""
    for depth, key in enumerate(path):
        if make is not None and (value.get(key) if isinstance(value, dict) else value[key]) is None:
            value[key] = copied(make) if depth == len(path) - 1 else {}
        value = value[key]
    return value


class _List:
    """A list whose old indexes stay good until all is done."""

    def __init__(self, items: list[Value]) -> None:
        self.items = items
        self.first: list[Value] = []
        self.last: list[Value] = []
        self.around: dict[tuple[Where, object], list[Value]] = {}
        self.removed: set[int] = set()

    def add(self, value: Value, place: Place) -> None:
        if place.where is Where.FIRST:
            self.first.append(value)
        elif place.where is Where.LAST or place.sibling not in range(len(self.items)):
            self.last.append(value)
        else:
            self.around.setdefault((place.where, place.sibling), []).append(value)

    def remove(self, index: int) -> None:
        self.removed.add(index)

    def settle(self) -> None:
        new = [*self.first]
        for index, item in enumerate(self.items):
            new += self.around.get((Where.BEFORE, index), [])
            new += [] if index in self.removed else [item]
            new += self.around.get((Where.AFTER, index), [])
        self.items[:] = [*new, *self.last]
