"""A ``Fn::If`` around a collection with comments in it, whose lines stay as they are, only further in."""

from __future__ import annotations

import re

from fixer.model import Value
from fixer.syntax.nodes import Mapping, Scalar, Sequence, Style, parts, plain
from fixer.syntax.pen import Pen
from fixer.syntax.render import intrinsic_name, tag_of, yaml_item, yaml_key
from fixer.syntax.slot import Slot

_BLOCKS = (Style.LITERAL, Style.FOLDED)
_DIGIT = re.compile(r"[|>][-+]?\d")
_COMMENT = re.compile(r"#[^\r\n]*")
_IF = "Fn::If"


def enclose(pen: Pen, slot: Slot, value: Value) -> bool:
    """Put the block collection at a slot into the first branch of a ``Fn::If``; False if that has to be written anew.

    Without comments it may be: then nothing is lost, and the lines of the key or dash tell more.
    """
    node = slot.node
    if pen.is_json or slot.flow or intrinsic_name(value) != _IF or not isinstance(node, Mapping | Sequence):
        return False
    name, kept, other = value[_IF] if isinstance(value[_IF], list) and len(value[_IF]) == 3 else (None, None, None)
    if node.style is not Style.BLOCK or not isinstance(name, str) or not parts(node) or plain(node) != kept:
        return False
    first, end = parts(node)[0], pen.lines.next(pen.lines.before_break(node.end))
    below = pen.starts_line(first.start)
    top = pen.lines.next(slot.head) if below else slot.head
    if _COMMENT.sub("", pen.text[slot.head : first.start]).strip() or not pen.comments(top, end):
        return False
    if not _is_movable(pen, first.start, end):
        return False
    layout, column = pen.layout, pen.column(first.start)
    called = tag_of(_IF) if not below and layout.short else yaml_key(_IF, layout, layout.key_quote) + ":"
    # A sequence may stand right below its key; the function may not.
    base = max(column, slot.indent + layout.indent) if below else column
    dash = base + (0 if called[0] == "!" else layout.sequence_offset)
    newline, margin = pen.lines.newline(first.start), " " * dash
    head = newline.join([called, *yaml_item(name, layout, dash), f"{margin}{'-':{layout.dash}}"])
    pen.replace(first.start, first.start, " " * (base - column) + head)
    line = pen.lines.next(first.start)
    while line < end:
        if pen.lines.end(line) > line:  # in a block scalar, blanks may be text
            pen.replace(line, line, " " * (dash + layout.dash - column))
        line = pen.lines.next(line)
    pen.add_lines(end, yaml_item(other, layout, dash))
    return True


def _is_movable(pen: Pen, start: int, end: int) -> bool:
    """Whether the lines of a range say the same further in: no block scalar has a column of its own, none is last."""
    leaves = [leaf for leaf in pen.document.leaves if start <= leaf.start < end]
    blocks = [leaf for leaf in leaves if isinstance(leaf, Scalar) and leaf.style in _BLOCKS]
    return not any(leaf is leaves[-1] or _DIGIT.match(pen.text, leaf.content) for leaf in blocks)
