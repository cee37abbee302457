"""Values of a wrong type, and what they are in the type that a provider schema asks for.

CloudFormation itself takes a boolean or number as text, and the reverse ("true", "10", 8080 for a string), as
cfn-lint's E3012 does where it is not strict; those are no errors, and stay. A float is taken for an integer if it is
whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct

from fixer.model import Value

_TRUE = frozenset({"true", "yes", "on", "y", "1", "enabled", "enable"})
_FALSE = frozenset({"false", "no", "off", "n", "0", "disabled", "disable"})
_SAID = ("true", "True", "TRUE", "false", "False", "FALSE")
"""How text may say a boolean (cfn-lint, ``BOOLEAN_STRINGS``)."""
_WHOLE = re.compile(r"\s*([+-]?\d+)(\.0*)?\s*")
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")
_GROUPED = re.compile(r"\s*[+-]?\d{1,3}(,\d{3})+(\.\d+)?\s*")


class Conversion(Struct, frozen=True):
    """A value of the type that is due. ``equal``: whether nothing but the type is another."""

    value: Value
    equal: bool = False


def fits(value: Value, types: Collection[str]) -> bool:
    """Whether CloudFormation takes a scalar where one of the types is due."""
    if not types or "string" in types:
        return True
    if isinstance(value, bool):
        return "boolean" in types
    if "number" in types and (not isinstance(value, str) or _NUMBER.fullmatch(value)):
        return True
    if "integer" in types:
        if isinstance(value, str):
            return re.fullmatch(r"\s*[+-]?\d+\s*", value) is not None
        return bool(value == int(value))
    return "boolean" in types and value in _SAID


def matches(text: str, pattern: Value) -> bool:
    """Whether a text is of a schema's pattern, if there is one; False if the pattern cannot be read."""
    try:
        return not isinstance(pattern, str) or re.search(pattern, text) is not None
    except (re.error, RecursionError, OverflowError):
        return False


def converted(value: Value, types: Collection[str]) -> Conversion | None:
    """What a scalar is in one of the types; None if that is not known."""
    text = str(value).strip()
    if "boolean" in types:
        if text.lower() in _TRUE | _FALSE:
            return Conversion(text.lower() in _TRUE, text.lower() in ("true", "false"))
        return None
    if isinstance(value, bool) or not {"integer", "number"}.intersection(types):
        return None
    whole = _WHOLE.fullmatch(text)
    if whole:
        return Conversion(int(whole[1]), equal=True)
    if _GROUPED.fullmatch(text):
        plain = text.replace(",", "")
        whole = _WHOLE.fullmatch(plain)
        if whole:
            return Conversion(int(whole[1]))
        return Conversion(float(plain)) if "number" in types else None
    return None


def lost_text(value: Value, written: str | None) -> str | None:
    """What its author wrote for a number, if that is not how it is read: ``1.10``, ``012``, ``12:30``; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or written is None:
        return None
    return written if written != str(value) and re.fullmatch(r"[\w.:+-]+", written) else None


def of_enum(value: Value, written: str | None, enum: Collection[Value]) -> str | None:
    """The one word of an enumeration that differs from a value in case alone; None if the value is right, or nothing.

    A boolean is taken as it is written: YAML reads OFF and ON as false and true.
    """
    if not enum or not all(isinstance(word, str) for word in enum):
        return None
    if isinstance(value, bool):
        said = None if str(value).lower() in map(str.lower, enum) else written
    else:
        said = None if value in enum else value
    if not isinstance(said, str):
        return None
    found = [word for word in enum if word.casefold() == said.casefold()]
    return found[0] if len(found) == 1 else None
