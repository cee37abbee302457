"""Fixes that go together: the operations of several fixes as one batch, as long as none gets in another's way."""

from __future__ import annotations

from fixer.model import Append, Comment, Finding, Insert, Operation, Path, Remove, Rename, Set


class Batch:
    """Operations of whole fixes. What is identical is there once; a fix that clashes with those before it stays out."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.operations: list[Operation] = []
        self._exclusive: dict[Path, Operation] = {}
        self._names: dict[Path, Operation] = {}
        self._touched: set[Path] = set()
        self._others: dict[Path, list[Operation]] = {}

    def add(self, finding: Finding) -> bool:
        """Take in a finding's fix; False if one of its operations clashes."""
        assert finding.fix is not None
        fresh = [operation for operation in finding.fix.operations if not self._is_there(operation)]
        if any(self._clashes(operation) for operation in fresh):
            return False
        for operation in fresh:
            self._take(operation)
        self.findings.append(finding)
        return True

    def _is_there(self, operation: Operation) -> bool:
        if isinstance(operation, Append | Comment):
            return operation in self._others.get(operation.path, ())
        return self._names.get(operation.path) == operation

    def _clashes(self, operation: Operation) -> bool:
        """Whether an operation speaks of what another one replaces, removes or names, or does so to another's place."""
        if isinstance(operation, Comment):
            return False
        path = operation.path
        if any(path[:end] in self._exclusive for end in range(len(path) + 1)):
            return True
        if isinstance(operation, Set | Remove) and path in self._touched:
            return True
        return not isinstance(operation, Append) and path in self._names

    def _take(self, operation: Operation) -> None:
        self.operations.append(operation)
        path = operation.path
        if isinstance(operation, Append | Comment):
            self._others.setdefault(path, []).append(operation)
        if isinstance(operation, Comment):
            return
        if isinstance(operation, Set | Remove):
            self._exclusive[path] = operation
        if isinstance(operation, Set | Remove | Insert | Rename):
            self._names[path] = operation
        self._touched.update(path[:end] for end in range(len(path) + 1))
