"""cfnfix repairs CloudFormation templates. The public names are handed on lazily: a transform that imports
``fixer.model`` does not load the engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fixer.api import fix_file, fix_files, fix_text
    from fixer.model import CfnfixError, Finding, Fix, Impact, InputError, Options, Outcome, Safety
    from fixer.settings.model import Settings

_NOUNS = ("CfnfixError", "Finding", "Fix", "Impact", "InputError", "Options", "Outcome", "Safety")
_HOMES = {
    "fix_file": "fixer.api",
    "fix_files": "fixer.api",
    "fix_text": "fixer.api",
    "Settings": "fixer.settings.model",
    **dict.fromkeys(_NOUNS, "fixer.model"),
}

__all__ = [
    "CfnfixError",
    "Finding",
    "Fix",
    "Impact",
    "InputError",
    "Options",
    "Outcome",
    "Safety",
    "Settings",
    "fix_file",
    "fix_files",
    "fix_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
