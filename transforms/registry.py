"""All transforms, in the order of their application."""

from __future__ import annotations

from fixer.model import Transform
from transforms.iam.explicit_iam_name import explicit_iam_name

TRANSFORMS: tuple[Transform, ...] = (explicit_iam_name,)
