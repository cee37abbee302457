"""What a report may ask for beyond the outcomes: each repair alone, and the docs of transforms. Computed when asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from fixer.model import Outcome, Transform
from fixer.settings.model import Settings


def alone(outcome: Outcome, settings: Settings) -> Sequence[str | None]:
    """For each applied finding the template with its fix and no other; None where that cannot be had."""
    from fixer.engine.apart import apart

    options = settings.options
    if options.code_root is None and outcome.location != "-":  # as for the repair itself
        options = replace(options, code_root=str(Path(outcome.location).parent))
    names = [finding.transform for finding in outcome.applied]
    return list(apart(outcome.before, outcome.applied, transforms(names, settings.plugins), options))


def transforms(names: Sequence[str], plugins: tuple[str, ...] = ()) -> Sequence[Transform]:
    """The transforms of these names. Of what only looks like one, as an ignore without effect, there is none."""
    from fixer import api
    from fixer.engine.suppress import UNUSED

    wanted = tuple(name for name in dict.fromkeys(names) if name != UNUSED)
    return api.selected(Settings(select=wanted, plugins=plugins)) if wanted else ()
