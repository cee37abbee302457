"""Fixes that are agreed on and not written yet: one edit for those of several transforms takes a fraction of the time.

Each batch speaks of the data that the batches before it made. It can wait with them as long as all of their operations,
said of the document as it is, make the same data in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fixer.cloudformation.limits import overfull
from fixer.model import Comment, EditRefused, Operation, Value
from fixer.syntax.changes import Change, plan, rewritten


class Draft:
    """What is to become of a template. After a batch that it does not take it can only be written."""

    def __init__(self, data: Mapping[str, Value]) -> None:
        """``data``: of the document as it is."""
        self.written = data
        self.data: Value = data
        """As it will be; what does not change is shared with the former."""
        self.operations: tuple[Operation, ...] = ()
        self._change = Change()

    def take(self, operations: Sequence[Operation]) -> bool:
        """Take in a batch whose paths refer to ``data``; False if it has to be written on its own, or to be refused."""
        first = not self.operations
        if not first and any(_moves(operation) for operation in operations):
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


def _moves(operation: Operation) -> bool:
    """Whether it is a comment on an item of a list: that of the same number may be another one by now."""
    return isinstance(operation, Comment) and any(isinstance(key, int) for key in operation.path)


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
