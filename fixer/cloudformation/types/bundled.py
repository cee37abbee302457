"""The data files that cfn-lint bundles. It is found but never imported, which would cost a second."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from fixer.model import CfnfixError

_T = TypeVar("_T")


@cache
def data_folder() -> Path:
    """Where the files are. Raises CfnfixError if cfn-lint is not installed."""
    spec = find_spec("cfnlint")
    if spec is None or not spec.submodule_search_locations:
        raise CfnfixError("The provider schemas are missing: install cfn-lint (pip install 'cfn-lint>=1.58').")
    return Path(spec.submodule_search_locations[0]) / "data"


def region_files() -> list[Path]:
    """The indexes of types of all Regions, in the order of their names: the first that has a type counts."""
    return sorted((data_folder() / "schemas" / "providers").glob("*.json"))


def read_data(file: Path) -> dict[str, Any]:
    """What a data file says. Raises CfnfixError if it cannot be read."""
    return _read(file, dict[str, Any])


def read_parts(file: Path) -> dict[str, msgspec.Raw]:
    """The values of a large data file, each to be read with ``read_part`` when it is needed. Raises CfnfixError."""
    return _read(file, dict[str, msgspec.Raw])


def read_part(part: msgspec.Raw) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(part)
    return found


def _read(file: Path, type_: type[_T]) -> _T:
    try:
        loaded = msgspec.json.decode(file.read_bytes(), type=type_)
    except (OSError, msgspec.DecodeError) as error:
        raise CfnfixError(
            f"{file}: a data file of cfn-lint cannot be read ({error}); install cfn-lint again."
        ) from error
    return loaded
