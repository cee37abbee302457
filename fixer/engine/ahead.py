"""cfn-lint in a process of its own, which loads its rules while the template is being repaired: half the waiting, on
two cores.
"""

from __future__ import annotations

import multiprocessing
import signal
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

    def ask(self, text: str) -> None:
        """Begin to validate a text, for which the validator will be called next."""
        try:
            self._connection.send(text)
            self._asked.append(text)
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
            text: str = connection.recv()
        except EOFError:
            return
        connection.send(validate(text))
