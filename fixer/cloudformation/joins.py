"""What gives the same text as ``Fn::Join`` with an empty delimiter: a plain string, a function alone, ``Fn::Sub``."""

from __future__ import annotations

import re

from msgspec import Struct

from fixer.cloudformation.expressions import expression
from fixer.cloudformation.intrinsics import escape_sub, get_att_parts, intrinsic, literal_text, parse_sub, ref_target
from fixer.model import Value

_VARIABLE = re.compile(r"[A-Za-z0-9_.:]+")
"""What ``Fn::Sub`` takes ("variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores,
periods, and colons")."""
_NO_TEXTS = frozenset({"AWS::NoValue", "AWS::NotificationARNs"})
"""Pseudo parameters that are no texts: one takes itself away from a list, the other is a list."""


class Joined(Struct, frozen=True):
    """What may take the place of a Join; ``reason``, if not empty, is why nothing may."""

    value: Value = None
    reason: str = ""


def is_plain_join(body: Value) -> bool:
    """Whether the argument of a Join puts texts, ``Ref``, ``Fn::GetAtt`` and ``Fn::Sub`` together, with no delimiter.

    That is what cfn-lint I1022 asks to be a ``Fn::Sub``; of other functions it says nothing.
    """
    if not (isinstance(body, list) and len(body) == 2 and body[0] == "" and isinstance(body[1], list) and body[1]):
        return False
    return all(_is_part(item) for item in body[1])


def _is_part(item: Value) -> bool:
    if isinstance(item, dict):
        name = intrinsic(item)
        return name in ("Ref", "Fn::GetAtt") or (name == "Fn::Sub" and isinstance(item[name], str))
    return not isinstance(item, list) and item is not None


def without_join(items: list[Value]) -> Joined:
    """What gives the same text as the items of a Join, one after the other."""
    for item in items:
        reason = _hindrance(item)
        if reason:
            return Joined(reason=reason)
    literal = [literal_text(item) for item in items]
    if None not in literal:
        return Joined("".join(map(str, literal)))
    if len(items) == 1:
        return Joined(items[0])
    text, plain = "", ""
    for item in (*items, None):
        if isinstance(item, str):
            plain += item  # a ${ may begin in one part and end in the next
        else:
            text += escape_sub(plain) + ("" if item is None else _variable(item))
            plain = ""
    made = {"Fn::Sub": text}
    same = expression(made) == expression({"Fn::Join": ["", items]})
    if not same or any("${" in part.text for part in parse_sub(text) if part.name is None and not part.literal):
        return Joined(reason="a part has a ${ that would mean something else in a Fn::Sub")
    return Joined(made)


def _hindrance(item: Value) -> str:
    if isinstance(item, str | None):
        return ""
    name = intrinsic(item)
    if name is None:
        return "a part is a number or a boolean, and the text that CloudFormation makes of it is not known"
    if name == "Fn::Sub":
        return ""
    if ref_target(item) in _NO_TEXTS:
        return f"a part is {ref_target(item)}, which Fn::Sub does not take"
    variable = _variable(item)
    if not _VARIABLE.fullmatch(variable[2:-1]) or (name == "Ref" and "." in variable):
        return "a part is a reference that Fn::Sub does not take"
    return ""


def _variable(item: Value) -> str:
    """A reference as a variable of a Sub, or the text of a Sub; "${}" where there is none."""
    if intrinsic(item) == "Fn::Sub":
        text: str = item["Fn::Sub"]
        return text
    attribute = get_att_parts(item)
    return "${" + (".".join(attribute) if attribute else ref_target(item) or "") + "}"
