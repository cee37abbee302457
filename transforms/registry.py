"""All transforms, in the order of their application."""

from __future__ import annotations

from fixer.model import Transform

TRANSFORMS: tuple[Transform, ...] = ()
