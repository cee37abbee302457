"""Fixes that are agreed on and not written yet: one edit for those of several transforms takes a fraction of the time.

Each batch speaks of the data that the batches before it made. It can wait with them as long as all of their operations,
said of the document as it is, make the same data in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fixer.cloudformation.intrinsics import value_at
from fixer.cloudformation.limits import overfull
from fixer.model import Append, Comment, EditRefused, Insert, Operation, Path, Value
from fixer.syntax.changes import Change, plan, rewritten


class Draft:
    """What is to become of a template. After a batch that it does not take it can only be written."""

    def __init__(self, data: Mapping[str, Value]) -> None:
        """``data``: of the document as it is."""
        self.written: Value = data
        self.data: Value = data
        """As it will be; what does not change is shared with the former."""
        self.operations: tuple[Operation, ...] = ()
        self._change = Change()

    def keeps(self, path: Path) -> bool:
        """Whether what lies at ``path`` lies there in the text as well. False also where it is hard to tell."""
        old, new = self.written, self.data
        for key in path:
            if old is new:
                return True
            if not (isinstance(old, dict) and isinstance(new, dict) and key in old and key in new):
                return False  # an item of a changed list may have had another number
            old, new = old[key], new[key]
        return True

    def keeps_value(self, path: Path) -> bool:
        """Whether that, moreover, has the same value there."""
        return self.keeps(path) and alike(value_at(self.written, path), value_at(self.data, path))

    def take(self, operations: Sequence[Operation]) -> bool:
        """Take in a batch whose paths refer to ``data``; False if it has to be written on its own, or to be refused."""
        first = not self.operations
        if not all(self.keeps(path) for operation in operations for path in _in_text(operation)):
            return False
        try:
            change = plan(self.data, operations)
            data = rewritten(self.data, change)
            if first:
                self._change = change
            elif not alike(rewritten(self.written, plan(self.written, operations, self._change)), data):
                return False
        except EditRefused:
            return False
        changed = data is not self.data or any(isinstance(operation, Comment) for operation in operations)
        if not changed or overfull(self.written, data):
            return False
        self.data = data
        self.operations += tuple(operations)
        return True


def _in_text(operation: Operation) -> Iterator[Path]:
    """What an operation names for its place in the text, so that no data would tell if it were another one."""
    if isinstance(operation, Comment):
        yield operation.path
    elif isinstance(operation, Append):
        yield from (source for _, source in operation.remarks)
    elif isinstance(operation, Insert) and operation.source is not None:
        yield operation.source


def alike(one: Value, other: Value) -> bool:
    """Whether two values are the same, the order of their keys included. What they share is not looked at."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)
