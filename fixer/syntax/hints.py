"""What to do about a text that cannot be read: the parser says where it gave up, and seldom why."""

from __future__ import annotations

import re

from fixer.model import InputError

_CONFLICT = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"""^(?:[^\n#'"]*[ \t:-])?(\{\{.{,200}?\}\}|\{%.{,200}?%\})""", re.MULTILINE)
_DYNAMIC = "{{resolve:"
"""How a dynamic reference of CloudFormation begins (user guide, dynamic-references)."""
_ADVICE = (
    ("mapping values are not allowed", "a text with ': ' in it needs quotes"),
    ("did not find expected key", "look at the indentation"),
    ("did not find expected '-' indicator", "look at the indentation"),
)
_NEEDS_QUOTES = "%@`"


def advice(reason: str, rest: str) -> str:
    """What helps against a problem of libyaml's, ``rest`` being the text from its place on; or nothing."""
    if "cannot start any token" in reason and rest[:1] in _NEEDS_QUOTES:
        return f"; a text that begins with {rest[:1]} needs quotes"
    return next((f"; {help}" for problem, help in _ADVICE if problem in reason), "")


def unfinished(text: str, error: InputError) -> InputError:
    """The error for a text that is not meant to be read as it stands: with the markers of a merge, or with placeholders
    that another program fills in. Else the same error.
    """
    conflict = _CONFLICT.search(text)
    if conflict:
        line = _line(text, conflict.start())
        return InputError("a merge conflict was found; resolve it first", line, 1)
    if error.line is None:
        return error
    for found in _PLACEHOLDER.finditer(text):
        line, column = _line(text, found.start()), found.start(1) - text.rfind("\n", 0, found.start(1))
        what = found.group(1)
        if line > error.line:
            break
        if not what.startswith(_DYNAMIC):
            reason = f"the placeholder {what} was found; render this template of Helm, Jinja or the like first"
            return InputError(reason, line, column)
        if line == error.line:
            return InputError(f"the dynamic reference {what} needs quotes", line, column)
    return error


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
