"""What cfn-lint finds in a text, advice included; its rules, which take longer to load than a text to lint, are loaded
once.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any


def matches(text: str) -> list[Any]:
    """cfn-lint's own matches, for us-east-1."""
    from cfnlint.decode.decode import decode_str

    template, errors = decode_str(text)
    return list(errors or _runner().validate_template(template))


@cache
def _runner() -> Any:
    from cfnlint.config import ConfigMixIn
    from cfnlint.runner import Runner

    logging.getLogger("cfnlint").setLevel(logging.CRITICAL)
    return Runner(ConfigMixIn(regions=["us-east-1"], include_checks=["I"]))
