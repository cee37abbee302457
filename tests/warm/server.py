"""The process that has imported what takes long, and forks for each request of ``start``."""

from __future__ import annotations

import atexit
import gc
import os
import selectors
import signal
import socket
import sys
import threading
import traceback
from functools import cache
from importlib import import_module
from typing import NoReturn

READY = "ready"


def serve() -> NoReturn:
    """Answers requests until standard input ends."""
    _import()
    assert not any(name.partition(".")[0] in ("fixer", "transforms") for name in sys.modules)
    gc.freeze()
    waiting = selectors.DefaultSelector()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen()
    waiting.register(listener, selectors.EVENT_READ)
    waiting.register(0, selectors.EVENT_READ)
    print(READY, flush=True)
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        for key, _ in waiting.select():
            if key.fileobj == 0:
                os._exit(0)
            elif key.fileobj is listener:
                connection, _ = listener.accept()
                streams, request = _received(connection)
                child = os.fork()
                if child == 0:
                    waiting.close()
                    for held in (listener, connection, *(one for _, one in running.values())):
                        held.close()
                    _run(_become(streams, request))
                for stream in streams:
                    os.close(stream)
                end = os.pidfd_open(child)
                running[end] = child, connection
                waiting.register(end, selectors.EVENT_READ)
                waiting.register(connection, selectors.EVENT_READ, end)
            elif key.data is not None:  # who asked for it has been killed
                waiting.unregister(key.fileobj)
                os.kill(running[key.data][0], signal.SIGKILL)
            else:
                child, connection = running.pop(int(key.fd))
                status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                waiting.unregister(key.fd)
                os.close(key.fd)
                if connection in waiting.get_map():
                    waiting.unregister(connection)
                    connection.send(str(status).encode())
                connection.close()


def _import() -> None:
    """The libraries that take a second and more, cfn-lint's rules among them."""
    for name in ("cfn_flip", "pygls.lsp.server", "rich.console", "ruamel.yaml"):
        import_module(name)
    from cfnlint.config import ConfigMixIn
    from cfnlint.rules import Rules
    from cfnlint.runner import Runner

    Rules.create_from_module = cache(Rules.create_from_module)  # each fork has its own
    Runner(ConfigMixIn([]))


def _received(connection: socket.socket) -> tuple[list[int], list[str]]:
    head, streams, _, _ = socket.recv_fds(connection, 4, 3)
    with connection.makefile("rb") as stream:
        body = stream.read(int.from_bytes(head, "big"))
    return streams, body.decode("utf-8", "surrogateescape").split("\0")


def _become(streams: list[int], request: list[str]) -> str:
    """Takes on what belongs to the one who asks; gives the program."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    count = int(request[0])
    program, *arguments = request[1 : count + 1]
    folder, *environment = request[count + 1 :]
    os.chdir(folder)
    os.environ.clear()
    for pair in environment:
        name, _, value = pair.partition("=")
        os.environ[name] = value
    sys.argv = ["-c", *arguments]
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:1] = ["", *filter(None, paths)]
    return program


def _run(program: str) -> NoReturn:
    """Runs it to its end, but does not clear away what was imported, which would touch all of the memory."""
    status = 0
    try:
        exec(program, {"__name__": "__main__"})
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


if __name__ == "__main__":
    serve()
