"""cfn-lint in a process of its own, which loads its rules while the template is being repaired: half the waiting, on
two cores. A second text is looked at by a fork of that process, which has the rules already.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from types import TracebackType

from fixer.engine.validate import Problem, Validator, validator


class Ahead(Validator):
    """A validator that has begun to load. As a context manager, it ends its process."""

    def __init__(self, name: str) -> None:
        """``name``: as ``validator`` knows it; not "none"."""
        validate = validator(name)
        assert validate is not None
        super().__init__(validate)
        ours, theirs = multiprocessing.Pipe()
        self._connection = ours
        self._process = multiprocessing.Process(target=_serve, args=(name, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._asked: list[str] = []

    def __enter__(self) -> Ahead:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()

    def ask(self, *texts: str) -> None:
        """Begin to validate the texts, for which the validator will be called next, in this order."""
        try:
            self._connection.send(texts)
            self._asked += texts
        except OSError:
            pass  # the process is gone; the call will do without it

    def __call__(self, text: str) -> list[Problem]:
        """The errors of a text; found here if the process has died."""
        if text not in self._asked:
            self.ask(text)
        try:
            while self._asked:
                answer: list[Problem] = self._connection.recv()
                if self._asked.pop(0) == text:
                    return answer
        except (OSError, EOFError):
            self._asked.clear()
        return super().__call__(text)


def _serve(name: str, connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    validate = validator(name)
    assert validate is not None
    validate("")  # loads the rules
    while True:
        try:
            first, *others = connection.recv()
        except EOFError:
            return
        answers = [_side(validate, text) for text in others]
        connection.send(validate(first))
        for answer in answers:
            connection.send(answer())


def _side(validate: Validator, text: str) -> Callable[[], list[Problem]]:
    """Validate a text in a fork of this process, where there are forks; gives what waits for the answer."""
    if not hasattr(os, "fork"):
        return partial(validate, text)
    ours, theirs = multiprocessing.Pipe(duplex=False)
    if os.fork() == 0:
        try:
            for stream in range(3):  # who reads our output must not wait for an answer that nobody wants any more
                os.dup2(os.open(os.devnull, os.O_RDWR), stream)
            theirs.send(validate(text))
        finally:
            os._exit(0)
    theirs.close()

    def answer() -> list[Problem]:
        try:
            found: list[Problem] = ours.recv()
        except EOFError:  # it has died
            found = validate(text)
        os.wait()
        return found

    return answer
