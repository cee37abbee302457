"""What the server asks of the engine, as functions of a text: repairs, findings alone, one fix alone, an ignore.

They run in threads; each can be stopped by whoever started it, because its result is outdated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from threading import Event
from typing import Any

from fixer import api
from fixer.engine.run import key
from fixer.engine.settings import Settings
from fixer.model import Append, Finding, Fix, Impact, InputError, Options, Outcome, Safety, Transform
from fixer.report.edits import lines
from fixer.syntax.parse import parse

_COMMENT = re.compile(r"#[ \t]*")
_IGNORED = re.compile(r"#[ \t]*cfnfix:[ \t]*ignore\[")


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

    def shown(finding: Finding) -> Iterator[Finding]:
        yield finding if finding.fix is None else replace(finding, fix=replace(finding.fix, operations=()))

    transforms = _stoppable(api.selected(settings), stop)
    return _outcome(text, settings, [_through(shown, one) for one in transforms])


def repaired_alone(text: str, settings: Settings, finding: Finding, stop: Event) -> Outcome:
    """The template with the fix of one finding, safe or not."""
    settings = replace(settings, unsafe_fixes=True, max_impact=None)

    def only(other: Finding) -> Iterator[Finding]:
        if key(replace(other, transform=finding.transform)) == key(finding):
            yield other

    transforms = _stoppable((one for one in api.selected(settings) if one.name == finding.transform), stop)
    return _outcome(text, settings, [_through(only, one) for one in transforms])


def repaired_kind(text: str, settings: Settings, name: str, stop: Event) -> Outcome:
    """The template with all safe repairs of one transform."""
    settings = replace(settings, unsafe_fixes=False)
    return _outcome(text, settings, _stoppable((one for one in api.selected(settings) if one.name == name), stop))


def ignored(text: str, settings: Settings, finding: Finding, stop: Event) -> str | None:
    """The text with an ignore of one finding: a comment on its line, or metadata; None if neither does it."""
    for attempt in (_commented, _noted):
        new = attempt(text, settings, finding)
        if new is not None and not any(key(other) == key(finding) for other in found(new, settings, stop).remaining):
            return new
    return None


def _commented(text: str, settings: Settings, finding: Finding) -> str | None:
    """With the comment at the end of the finding's line. None if a comment cannot stand there: JSON, or amid a text."""
    document = parse(text)
    if document.format == "json" or finding.span is None:
        return None
    name, start = finding.transform, finding.span.start
    end = document.lines.end(start)
    comment = next((span.start for span in document.comments if start <= span.start < end), None)
    if comment is None:
        new = f"{text[:end].rstrip(' ')}  # cfnfix: ignore[{name}]{text[end:]}"
    else:
        names, plain = _IGNORED.match(text, comment), _COMMENT.match(text, comment)
        assert plain is not None
        at, said = (names.end(), f"{name}, ") if names else (plain.end(), f"cfnfix: ignore[{name}] ")
        new = text[:at] + said + text[at:]
    try:
        return new if parse(new).data == document.data else None
    except InputError:
        return None


def _noted(text: str, settings: Settings, finding: Finding) -> str | None:
    """With the name in Metadata.cfnfix.ignore of the resource, or of the template."""
    owner = finding.path[:2] if finding.path[:1] == ("Resources",) and len(finding.path) > 1 else ()
    operation = Append((*owner, "Metadata", "cfnfix", "ignore"), finding.transform)
    fix = Fix("Ignore", (operation,), Safety.SAFE, Impact.NONE)
    done: list[bool] = []

    def check(template: Any, options: Options) -> Iterator[Finding]:
        if not done:
            done.append(True)
            yield Finding("is to be ignored", owner, fix)

    outcome = _outcome(text, settings, [Transform("ignore-here", check, "")])
    return outcome.after if outcome.changed else None


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

    return tuple(_through(watched, first(one)) for one in transforms)


def _through(sieve: Callable[[Finding], Iterator[Finding]], transform: Transform) -> Transform:
    """A transform whose findings pass through a sieve."""

    def check(template: Any, options: Options) -> Iterator[Finding]:
        for finding in transform.check(template, options):
            yield from sieve(finding)

    return replace(transform, check=check)


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
