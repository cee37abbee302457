"""Validation in the background, after a save: a worker process of its own reads the template while the editor goes on.

The worker is a plain subprocess that reads lines from its standard input. So it ends by itself when the server does,
however that happens, and can be ended at any moment.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

logger = logging.getLogger(__name__)

_START = "import sys; sys.path[:] = filter(None, sys.path); from fixer.lsp.worker import main; main()"
"""Starts the worker with the modules of this process: what lies in the workspace must not pass for one of them."""

MOST_BYTES = 64 * 1024 * 1024
"""The longest answer of the worker."""


class Problem(Struct, frozen=True):
    """What a validator says about a range of the text, in code points."""

    start: int
    end: int
    rule: str
    message: str
    severity: str
    """``error``, ``warning`` or ``informational``."""
    source: str
    """``cfn-lint`` or ``cloudformation-validate``."""
    link: str = ""

    def shifted(self, by: int) -> Problem:
        return replace(self, start=self.start + by, end=self.end + by)


class Validator:
    """The worker process: started when it is first needed, and again if it has died."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._late: asyncio.Future[dict[str, Any]] | None = None
        """An answer that nobody waits for any more; it has to be read before the next question."""

    async def validate(self, text: str, folder: Path | None, starts: list[int]) -> tuple[Problem, ...]:
        """The problems of a template; ``folder`` says whose `.cfnlintrc` counts, ``starts`` where the lines begin.

        Nothing if the worker fails: it is no part of the server's duty.
        """
        request = {"text": text, "folder": None if folder is None else str(folder)}
        async with self._lock:
            if self._late is not None:
                await asyncio.wait([self._late])
            self._late = asyncio.ensure_future(self._ask(json.dumps(request).encode() + b"\n"))
            await asyncio.wait([self._late])  # if this is cancelled, the worker goes on: its rules took long to load
            try:
                answer = self._late.result()
            except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                logger.warning("validation failed: %s", error)
                self.close()
                return ()
        if "error" in answer:
            logger.warning("validation failed: %s", answer["error"])
        return tuple(_problem(one, answer["source"], text, starts) for one in answer.get("problems", ()))

    async def _ask(self, request: bytes) -> dict[str, Any]:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-c", _START),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=MOST_BYTES,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(request)
        await self._process.stdin.drain()
        answer = json.loads(await self._process.stdout.readuntil(b"\n"))
        if not isinstance(answer, dict):
            raise ValueError("the worker's answer is no object")
        return answer

    def close(self) -> None:
        """End the worker, whatever it is doing."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        self._process = None


def _problem(told: Mapping[str, Any], source: str, text: str, starts: list[int]) -> Problem:
    start, end = (_offset(told[line], told[column], text, starts) for line, column in _ENDS)
    link = str(told.get("link") or "")
    return Problem(start, max(start, end), told["rule"], told["message"], told["severity"], source, link)


_ENDS = (("line", "column"), ("end_line", "end_column"))


def _offset(line: int, column: int, text: str, starts: list[int]) -> int:
    """The offset of a line and column that both count from 1."""
    if not 1 <= line <= len(starts):
        return len(text) if line > 1 else 0
    last = starts[line] if line < len(starts) else len(text)
    return min(starts[line - 1] + max(column - 1, 0), last)
