"""What all tests share."""

from __future__ import annotations

import gc
from itertools import count
from pathlib import Path

import pytest

gc.set_threshold(100_000)  # as the command line does: there is little to collect, and much to look through
NUMBERS = count(1)


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As pytest's own, but numbered by us: it looks through all folders that there are for the next number, and here
    are thousands.
    """
    folder = tmp_path_factory.getbasetemp() / f"test-{next(NUMBERS)}"
    folder.mkdir(mode=0o700)
    return folder
