"""Work in threads, so that the server always answers: what an editor waits for goes before what nobody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeAlias, TypeVar

from fixer.lsp.repairs import Stopped

T = TypeVar("T")
Work: TypeAlias = "Callable[[Event], T]"
"""Work that looks at the event now and then, and raises Stopped once it is set."""


class Jobs:
    """Runs work in threads. They share an interpreter: background work stops while an editor waits, and begins anew."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2, "cfnfix")
        self._background: set[Event] = set()
        self._waiting = 0
        self._is_closed = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def urgent(self, work: Work[T]) -> T:
        """The result of work that an editor waits for."""
        self._waiting += 1
        self._idle.clear()
        for stop in self._background:
            stop.set()
        try:
            return await self._run(work, Event())
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._idle.set()

    async def background(self, work: Work[T]) -> T:
        """The result of work that nobody waits for; it may take several tries."""
        while True:
            await self._idle.wait()
            stop = Event()
            self._background.add(stop)
            try:
                return await self._run(work, stop)
            except Stopped:
                continue
            finally:
                self._background.discard(stop)

    async def _run(self, work: Work[T], stop: Event) -> T:
        if self._is_closed:  # nobody waits for an answer any more
            raise asyncio.CancelledError
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, stop)
        finally:
            stop.set()  # after the result this does nothing; if the task was cancelled, the thread ends soon

    def close(self) -> None:
        """Stop everything; returns at once."""
        self._is_closed = True
        for stop in self._background:
            stop.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
