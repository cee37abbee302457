"""What all tests share."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

NUMBERS = count(1)


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As pytest's own, but numbered by us: it looks through all folders that there are for the next number, and here
    are thousands.
    """
    folder = tmp_path_factory.getbasetemp() / f"test-{next(NUMBERS)}"
    folder.mkdir(mode=0o700)
    return folder
