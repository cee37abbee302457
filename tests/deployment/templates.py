"""Templates as data, read by another reader than the product's."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import cfn_flip

ROOT = Path(__file__).parent.parent.parent


def loaded(text: str) -> dict[str, Any]:
    """In long form."""
    found: dict[str, Any] = json.loads(text if text.lstrip().startswith("{") else _in_json(text))
    return found


@cache
def _in_json(text: str) -> str:
    return str(cfn_flip.to_json(text))
