"""What the server asks of the engine, as functions of a text: repairs, findings alone, one fix alone, an ignore.

They run in threads; each can be stopped by whoever started it, because its result is outdated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from threading import Event
from typing import Any

from msgspec.structs import replace

from fixer import api
from fixer.engine import single
from fixer.engine.run import key
from fixer.engine.single import bare, only, through
from fixer.model import Finding, Options, Outcome, Safety, Transform
from fixer.report.edits import lines
from fixer.settings.model import Settings


class Stopped(BaseException):
    """The result is not wanted any more. No error, so that no ``except Exception`` on the way swallows it."""


def repaired(text: str, settings: Settings, stop: Event) -> Outcome:
    """The template with all safe repairs that the settings select. Unsafe ones are for asking, never for saving."""
    settings = replace(settings, unsafe_fixes=False, validate=_judge(settings))
    return api.fix_text(text, settings, transforms=_stoppable(api.selected(settings), stop))


def is_saved(finding: Finding, settings: Settings) -> bool:
    """Whether a finding is repaired on save."""
    fix = finding.fix
    allowed = fix is not None and (settings.max_impact is None or fix.impact <= settings.max_impact)
    return allowed and fix is not None and fix.safety is Safety.SAFE


def found(text: str, settings: Settings, stop: Event) -> Outcome:
    """The findings, all as remaining and without operations; nothing is repaired."""
    transforms = _stoppable(api.selected(settings), stop)
    return _outcome(text, settings, [through(bare, one) for one in transforms])


def repaired_alone(text: str, settings: Settings, finding: Finding, stop: Event) -> Outcome:
    """The template with the fix of one finding, safe or not."""
    settings = replace(settings, unsafe_fixes=True, max_impact=None)
    this = only(lambda other: key(other) == key(finding))
    transforms = _stoppable((one for one in api.selected(settings) if one.name == finding.transform), stop)
    return _outcome(text, settings, [through(this, one) for one in transforms])


def repaired_kind(text: str, settings: Settings, name: str, stop: Event) -> Outcome:
    """The template with all safe repairs of one transform."""
    settings = replace(settings, unsafe_fixes=False)
    return _outcome(text, settings, _stoppable((one for one in api.selected(settings) if one.name == name), stop))


def ignored(text: str, settings: Settings, finding: Finding, stop: Event) -> str | None:
    """The text with an ignore of one finding: a comment on its line, or metadata; None if neither does it."""
    return single.ignored(text, finding, _stoppable(api.selected(settings), stop), settings)


def comment_fits(text: str, finding: Finding) -> bool:
    """Whether an ignore is likely to be a comment: not in JSON."""
    first = next((line for line in lines(text) if line.strip()), "")
    return finding.span is not None and first.lstrip(" \t\ufeff")[:1] != "{"


def _outcome(text: str, settings: Settings, transforms: Iterable[Transform]) -> Outcome:
    """With transforms of our own, without validation."""
    return api.fix_text(text, replace(settings, validate="none"), transforms=tuple(transforms))


def _stoppable(transforms: Iterable[Transform], stop: Event) -> tuple[Transform, ...]:
    def watched(finding: Finding) -> Iterator[Finding]:
        if stop.is_set():
            raise Stopped
        yield finding

    def first(transform: Transform) -> Transform:
        def check(template: Any, options: Options) -> Iterator[Finding]:
            if stop.is_set():
                raise Stopped
            yield from transform.check(template, options)

        return replace(transform, check=check)

    return tuple(through(watched, first(one)) for one in transforms)


def _judge(settings: Settings) -> str:
    """Who judges a result while the editor waits: only the fast validator is fast enough."""
    return "fast" if settings.validate != "none" and has_fast_validator() else "none"


@cache
def has_fast_validator() -> bool:
    try:
        import cloudformation_validate  # noqa: F401
    except ImportError:
        return False
    return True
