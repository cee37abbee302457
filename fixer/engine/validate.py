"""Judges of a result: cfn-lint, the authority, and cloudformation-validate, the fast one. Only what is new counts
against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from importlib.util import find_spec
from typing import Any

from msgspec import Struct

from fixer.model import CfnfixError, Path


class Problem(Struct, frozen=True):
    """An error that a validator finds. Lines are no part of it: they shift."""

    rule: str
    path: Path
    message: str

    def __str__(self) -> str:
        where = ".".join(str(key) for key in self.path)
        return f"{self.rule} at {where}: {self.message}" if where else f"{self.rule}: {self.message}"


class Validator:
    """Finds the errors in a text."""

    def __init__(self, find: Callable[[str], list[Problem]]) -> None:
        self._find = find

    def ask(self, *texts: str) -> None:
        """Say which texts come next; a validator that works elsewhere begins with them."""

    def __call__(self, text: str) -> list[Problem]:
        return self._find(text)


def validator(name: str) -> Validator | None:
    """The validator of that name; None for "none". Raises CfnfixError if it is not installed."""
    if name == "none":
        return None
    if name == "fast":
        if find_spec("cloudformation_validate") is None:
            raise CfnfixError('--validate fast needs cloudformation-validate: pip install "cfnfix[fast]"')
        return Validator(_validate_fast)
    return Validator(_lint)


def new_problems(validate: Callable[[str], list[Problem]], before: str, after: str) -> list[Problem]:
    """The errors of ``after`` that ``before`` does not have. ``before`` is only looked at if there are any.

    An error that was there stays the same error if its message now quotes another value.
    """
    found = validate(after)
    if not found:
        return []
    known = validate(before)
    new = list((Counter(found) - Counter(known)).elements())
    gone = Counter((problem.rule, problem.path) for problem in (Counter(known) - Counter(found)).elements())
    fresh = []
    for problem in new:
        if gone[problem.rule, problem.path] > 0:
            gone[problem.rule, problem.path] -= 1
        else:
            fresh.append(problem)
    return fresh


def _lint(text: str) -> list[Problem]:
    from cfnlint.decode import decode_str
    from cfnlint.runner import run_template_by_data

    config, rules = _cfn_lint()
    template, matches = decode_str(text.removeprefix("\ufeff"))
    if template is not None and not matches:
        matches = list(run_template_by_data(template, config, rules))
    return [
        Problem(match.rule.id, _plain(getattr(match, "path", None) or ()), str(match.message))
        for match in matches
        if match.rule.id[:1] in "EF"
    ]


def _plain(path: Iterable[Any]) -> Path:
    """A path without cfn-lint's own kinds of strings, so that it can go to another process."""
    return tuple(key if isinstance(key, int) else str(key) for key in path)


@cache
def _cfn_lint() -> tuple[Any, Any]:
    """cfn-lint's configuration and rules, which take longer to load than most templates take to lint."""
    from cfnlint.config import ConfigMixIn
    from cfnlint.runner import Runner

    config = ConfigMixIn([])
    return config, Runner(config).rules


def _validate_fast(text: str) -> list[Problem]:
    report = _engine().validate_template(text.encode())
    return [
        Problem(found.rule_id, _fast_path(found), found.message)
        for found in report.diagnostics
        if found.rule_id[:1] in "EF"
    ]


def _fast_path(found: Any) -> Path:
    """The section and entry that a diagnostic speaks of, and the property below it, as far as it says."""
    entity = getattr(found.entity, "logical_id", None)
    below = tuple(found.property_path.split(".")) if found.property_path else ()
    return ("Resources", entity, *below) if entity else below


@cache
def _engine() -> Any:
    from cloudformation_validate import CelEngine

    return CelEngine()
