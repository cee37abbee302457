"""Fixes one by one: all findings with nothing repaired, some fixes and no others, a finding ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from fixer.engine.run import Key, Repair, key, repair
from fixer.model import Append, Finding, Fix, Impact, InputError, Options, Safety, Transform
from fixer.settings.model import Settings
from fixer.syntax.parse import parse

Sieve = Callable[[Finding], "Iterator[Finding]"]

_COMMENT = re.compile(r"#[ \t]*")
_IGNORED = re.compile(r"#[ \t]*cfnfix:[ \t]*ignore\[")


def through(sieve: Sieve, transform: Transform) -> Transform:
    """A transform whose findings, with its name, pass through a sieve."""

    def check(template: Any, options: Options) -> Iterator[Finding]:
        for finding in transform.check(template, options):
            yield from sieve(replace(finding, transform=transform.name))

    return replace(transform, check=check)


def only(wanted: Callable[[Finding], bool]) -> Sieve:
    """What lets the findings through that are wanted."""

    def sieve(finding: Finding) -> Iterator[Finding]:
        if wanted(finding):
            yield finding

    return sieve


def bare(finding: Finding) -> Iterator[Finding]:
    """The finding with a fix that does nothing, so that it is shown and not made."""
    yield finding if finding.fix is None else replace(finding, fix=replace(finding.fix, operations=()))


def found(text: str, transforms: Iterable[Transform], settings: Settings) -> tuple[Finding, ...]:
    """All findings of a text, those of one transform after those of another. Raises InputError for what is no
    template.
    """
    fixes: dict[Key, Fix] = {}

    def shown(finding: Finding) -> Iterator[Finding]:
        if finding.fix is not None:
            fixes.setdefault(key(finding), finding.fix)
        yield from bare(finding)

    result = repair(text, [through(shown, one) for one in transforms], settings)
    return tuple(replace(one, fix=fixes[key(one)]) if one.fix is not None else one for one in result.remaining)


def repaired(
    text: str, transforms: Iterable[Transform], settings: Settings, wanted: Callable[[Finding], bool]
) -> Repair:
    """A text with the fixes that are wanted, and no others, safe or not. Raises Unsettled as ``repair`` does."""
    settings = replace(settings, unsafe_fixes=True, max_impact=None)
    return repair(text, [through(only(wanted), one) for one in transforms], settings)


def ignored(text: str, finding: Finding, transforms: Iterable[Transform], settings: Settings) -> str | None:
    """The text with an ignore of one finding: a comment on its line, or metadata; None if neither does it."""
    transforms = [one for one in transforms if one.name == finding.transform]
    for attempt in (_commented, _noted):
        new = attempt(text, finding, settings)
        if new is not None and all(key(other) != key(finding) for other in found(new, transforms, settings)):
            return new
    return None


def _commented(text: str, finding: Finding, settings: Settings) -> str | None:
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


def _noted(text: str, finding: Finding, settings: Settings) -> str | None:
    """With the name in Metadata.cfnfix.ignore of the resource, or of the template."""
    owner = finding.path[:2] if finding.path[:1] == ("Resources",) and len(finding.path) > 1 else ()
    operation = Append((*owner, "Metadata", "cfnfix", "ignore"), finding.transform)
    fix = Fix("Ignore", (operation,), Safety.SAFE, Impact.NONE)

    def check(template: Any, options: Options) -> Iterator[Finding]:
        if finding.transform not in (template.value_at(operation.path) or ()):
            yield Finding("is to be ignored", owner, fix)

    new = repair(text, [Transform("ignore-here", check, "")], settings).after.text
    return new if new != text else None
