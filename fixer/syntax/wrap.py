"""A function around a string of several lines, which keeps its style and, where they can stay, its lines."""

from __future__ import annotations

import re

from msgspec.structs import replace

from fixer.model import Value
from fixer.syntax.nodes import Scalar, Style
from fixer.syntax.pen import Pen
from fixer.syntax.pieces import guard_of
from fixer.syntax.render import intrinsic_name, tag_of
from fixer.syntax.scalars import edit_scalar
from fixer.syntax.slot import Slot

_HEADER = re.compile(r"[|>](?:[-+]?(?P<digit>\d)[-+]?|[-+]?)")
_NEW_LINE = re.compile(r"(\r\n|\n|\r)(?=[^\r\n])")
_MARGIN = re.compile(r"[\r\n]( *)[^ \r\n]")


def wrap(pen: Pen, slot: Slot, value: Value) -> bool:
    """Make a function's call of the string at a slot; False if that has to be written anew."""
    node = slot.node
    name = intrinsic_name(value)
    if pen.is_json or name in (None, "Fn::GetAtt") or not isinstance(value[name], str):
        return False
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.start != node.content:
        return False
    edits = edit_scalar(pen.text, node, value[name], slot.flow)
    if edits is None:
        return False
    if not pen.layout.short:
        return _long(pen, slot, node, str(name), edits)
    pen.replace(node.content, node.content, tag_of(str(name)) + " ")
    for edit in edits:
        pen.replace(*edit)
    return True


def _long(pen: Pen, slot: Slot, node: Scalar, name: str, edits: list[tuple[int, int, str]]) -> bool:
    """The same with the function's name as a key: on the line of a dash, else on a line below."""
    header = _HEADER.match(pen.text, node.content)
    if node.style not in (Style.LITERAL, Style.FOLDED) or header is None:
        return False
    if pen.text[slot.head : node.content].strip(" ") or (slot.item and node.content == slot.head):
        return False
    step = node.content - slot.head + 1 if slot.item else pen.layout.indent
    lead = pen.text[slot.head : node.content]
    if not slot.item:
        lead = pen.lines.newline(slot.head) + " " * (slot.indent + step)
    text = _edited(pen.text, node, edits)
    margin = _MARGIN.search(text)
    if margin is None:
        return False
    guard = guard_of(pen.text, node)
    if header["digit"] or len(margin[1]) <= slot.indent + step:
        text = _NEW_LINE.sub(rf"\g<1>{' ' * step}", text)
        guard = replace(guard, column=guard.column + step)
    pen.replace(slot.head, node.end, f"{lead}{name}: {text}", guard)
    return True


def _edited(text: str, node: Scalar, edits: list[tuple[int, int, str]]) -> str:
    pieces, at = [], node.content
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at : node.end]])
