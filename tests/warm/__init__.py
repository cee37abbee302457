"""Processes of this project that start in a moment: for tests that need one, and are not about how it starts.

One process for each worker of the tests has imported the libraries that take long, none of them ours. Who runs
``command`` gets a fork of it, with his arguments, streams, folder and environment, which imports this project anew. The
parts: ``server`` is that process, ``start`` the command. Where there are no forks, processes start as always.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

CFNFIX = "from fixer.cli import main; main()"
"""The command line as a program."""
HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@cache
def command(program: str) -> tuple[str, ...]:
    """What begins a command line that runs ``program``, lines of Python, with the arguments that follow."""
    if not hasattr(os, "pidfd_open"):
        return (sys.executable, "-c", program)
    return (sys.executable, "-I", "-S", str(HERE / "start.py"), _server(), program)


@cache
def _server() -> str:
    """The address of this worker's process, which ends with the worker."""
    folder = tempfile.TemporaryDirectory(prefix="warm")  # not tmp_path: an address has to be short
    address = str(Path(folder.name) / "socket")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.warm.server", address],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    atexit.register(folder.cleanup)
    atexit.register(process.communicate)  # ends it, and waits
    return address
