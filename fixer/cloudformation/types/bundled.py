"""The data files that cfn-lint bundles. It is found but never imported, which would cost a second."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from fixer.model import CfnfixError


@cache
def data_folder() -> Path:
    """Where the files are. Raises CfnfixError if cfn-lint is not installed."""
    spec = find_spec("cfnlint")
    if spec is None or not spec.submodule_search_locations:
        raise CfnfixError("The provider schemas are missing: install cfn-lint (pip install 'cfn-lint>=1.58').")
    return Path(spec.submodule_search_locations[0]) / "data"


def read_data(file: Path) -> dict[str, Any]:
    """What a data file says. Raises CfnfixError if it cannot be read."""
    try:
        loaded: dict[str, Any] = msgspec.json.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise CfnfixError(
            f"{file}: a data file of cfn-lint cannot be read ({error}); install cfn-lint again."
        ) from error
    return loaded
