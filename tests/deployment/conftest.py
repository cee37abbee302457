"""An AWS account in this process, empty for each test."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import moto.cloudformation.parsing as parsing
import pytest
from moto import mock_aws, settings

from tests.deployment import updates
from tests.deployment.taught import TAUGHT


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    assert TAUGHT
    for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
        cached.cache_clear()
    updates.install(monkeypatch)
    monkeypatch.setattr(settings, "ACM_VALIDATION_WAIT", -1)  # a certificate is issued when it is looked at
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # half of the time
    with mock_aws(), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Tried to parse")  # moto leaves a resource out
        yield
