"""The validator in a process of its own finds what the one in this process finds, and nobody waits for a dead one."""

from __future__ import annotations

import os
import signal

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
