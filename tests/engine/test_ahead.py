"""The validator in a process of its own finds what the one in this process finds, and nobody waits for a dead one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from fixer.engine.ahead import Ahead
from fixer.engine.validate import validator

WRONG = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      Nonsense: 1\n"
RIGHT = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n"


def test_it_finds_the_same() -> None:
    here = validator("cfn-lint")
    assert here is not None
    with Ahead("cfn-lint") as ahead:
        ahead.ask(WRONG)
        assert ahead(WRONG) == here(WRONG) != []
        assert ahead(RIGHT) == here(RIGHT) == []


def test_two_texts_side_by_side() -> None:
    with Ahead("fast") as ahead:
        ahead.ask(RIGHT, WRONG)
        assert ahead(RIGHT) == []
        assert ahead(WRONG) != []
        assert ahead(RIGHT) == []


def test_nobody_holds_the_output_open_after_the_end(tmp_path: Path) -> None:
    """The fork may still be at work on the old text when all is said; a reader of the output must not wait for it."""
    code = (
        "import sys, time\nfrom fixer.engine import ahead\n"
        "ahead.validator = lambda name: lambda text: time.sleep(30) if text else []\n"
        "with ahead.Ahead.__new__(ahead.Ahead) as one:\n"
        "    one._connection, theirs = ahead.multiprocessing.Pipe()\n"
        "    one._process = ahead.multiprocessing.get_context('fork').Process(target=ahead._serve, args=('', theirs))\n"
        "    one._process.start()\n"
        "    one._asked = []\n"
        "    one.ask('a', 'b')\n"
        "    time.sleep(1)\n"
    )
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path, timeout=20)
    assert time.monotonic() - start < 15


def test_asked_for_one_text_and_called_for_another() -> None:
    with Ahead("fast") as ahead:
        ahead.ask(WRONG)
        assert ahead(RIGHT) == []
        assert ahead(WRONG) != []


def test_a_dead_process_is_no_loss() -> None:
    with Ahead("fast") as ahead:
        assert ahead._process.pid is not None
        os.kill(ahead._process.pid, signal.SIGKILL)
        ahead._process.join()
        assert ahead(WRONG) != []
