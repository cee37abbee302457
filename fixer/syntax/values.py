"""Replaces one value by another where it stands."""

from __future__ import annotations

import re

from msgspec.structs import replace

from fixer.model import EditRefused, Value
from fixer.syntax.changes import Change
from fixer.syntax.enclose import enclose
from fixer.syntax.nodes import (
    Intrinsic,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Style,
    entry_of,
    is_long_call,
    is_merge,
    parts,
    plain,
)
from fixer.syntax.pen import Pen
from fixer.syntax.render import (
    guard_of_lines,
    intrinsic_name,
    json_text,
    yaml_entry,
    yaml_inline,
    yaml_item,
    yaml_lines,
    yaml_scalar,
)
from fixer.syntax.scalars import edit_scalar
from fixer.syntax.slot import Slot
from fixer.syntax.wrap import wrap

_BLANKS = re.compile(r"[ \t]+")


def replace_value(pen: Pen, slot: Slot, value: Value) -> None:
    """Write ``value`` in the place of the slot's; quotes, tag and trailing comment stay where they can."""
    node = slot.node
    if isinstance(node, Scalar) and isinstance(value, str) and _edited(pen, node, value, slot.flow):
        return
    argument = _string_argument(node, value)
    if argument is not None and _edited(pen, argument, next(iter(value.values())), slot.flow):
        return
    if wrap(pen, slot, value) or enclose(pen, slot, value):
        return
    if pen.is_json:
        text = json_text(value, pen.layout, _margin(pen, slot))
        pen.replace(node.start, node.end, text.replace("\n", pen.lines.newline(node.start)))
    elif slot.flow:
        refuse_lost_comments(pen, node.start, node.end)
        text = yaml_inline(value, pen.layout, _style(node, value), style_of_keys(node, pen.layout.key_quote))
        if node.end > max(node.start, slot.head):
            pen.replace(node.start, node.end, text)
        elif pen.text[slot.head : slot.head + 1] == " ":
            pen.replace(slot.head + 1, slot.head + 1, text)
        else:
            pen.replace(slot.head, slot.head, " " + text)
    else:
        _replace_in_block(pen, slot, value)


def _margin(pen: Pen, slot: Slot) -> str | None:
    """The blanks that begin the line of a JSON value, if what it holds may stand on lines of its own; else None."""
    start = pen.lines.start(slot.node.start)
    line = pen.text[start : pen.lines.end(start)]
    several = pen.lines.number(slot.node.start) != pen.lines.number(slot.node.end)
    own = slot.own_line and len(pen.lines.starts) > 2
    return line[: len(line) - len(line.lstrip())] if own or several else None


def refuse_lost_comments(pen: Pen, start: int, end: int) -> None:
    """Raises EditRefused if a comment stands in a range that is about to be written anew."""
    if pen.comments(start, end):
        raise EditRefused("a comment stands inside the value that would be written anew")


def refuse_merged(node: Node, change: Change) -> None:
    """Raises EditRefused if a change is about what a mapping has from a merge key."""
    if not isinstance(node, Mapping) or not any(map(is_merge, node.entries)):
        return
    merged = plain(replace(node, entries=tuple(filter(is_merge, node.entries))))
    for key, inner in change.children.items():
        moves = inner.removed or inner.renamed is not None
        if key in merged and (moves or (entry_of(node, key) is None and not inner.empty)):
            raise EditRefused(
                f"{key} comes from a merge key (<<); a change would reach every place that uses its anchor"
            )


def style_of_keys(node: Node, default: Style = Style.PLAIN) -> Style:
    """The quotes of the keys of a flow mapping, or PLAIN; of what has no keys, the default."""
    if not isinstance(node, Mapping) or not node.entries:
        return default
    keys = [entry.key.style for entry in node.entries]
    return next((style for style in (Style.DOUBLE, Style.SINGLE) if style in keys), Style.PLAIN)


def _edited(pen: Pen, node: Scalar, value: str, flow: bool) -> bool:
    """Edit a string inside its own quotes or block; False if it has to be written anew."""
    if not isinstance(node.value, str):
        return False
    edits = None if pen.is_json else edit_scalar(pen.text, node, value, flow)
    if edits is None:
        return False
    for start, end, text in edits:
        pen.replace(start, end, text)
    return True


def _string_argument(node: Node, value: Value) -> Scalar | None:
    """The argument of a short function whose new value is the same function of another string."""
    if isinstance(node, Intrinsic) and isinstance(node.argument, Scalar):
        name = intrinsic_name(value)
        if name == node.name and name != "Fn::GetAtt" and isinstance(value[name], str):
            return node.argument
    return None


def _style(node: Node, value: Value) -> Style | None:
    """The quotes that a new scalar takes over from the old one: strings and Sub texts keep theirs."""
    old = node.argument if isinstance(node, Intrinsic) else node
    if (
        isinstance(old, Scalar)
        and isinstance(old.value, str)
        and (isinstance(value, str) or intrinsic_name(value) == "Fn::Sub")
    ):
        return old.style if old.style in (Style.SINGLE, Style.DOUBLE, Style.PLAIN) else None
    return None


def _replace_in_block(pen: Pen, slot: Slot, value: Value) -> None:
    if _replace_below(pen, slot, value):
        return
    node = slot.node
    end = max(slot.head, pen.lines.before_break(node.end))  # a block scalar that keeps its line breaks ends after one
    lost = pen.comments(slot.head, end)
    if lost:
        pen.keep_above(slot.top, lost)
    same_line = node.end > node.start >= slot.head and pen.lines.number(node.start) == pen.lines.number(slot.head)
    first, rest = _block_text(pen, slot, value, same_line)
    start = slot.head
    if same_line and first and not lost:
        start, first = node.start, first.lstrip(" ")  # the author's blanks after the colon stay
    if rest and not first:
        end, first = _without_tab(pen, slot, end)
    pen.replace(start, end, first)
    if rest:
        lines = [" " * slot.indent + line if line else line for line in rest]
        pen.add_lines(pen.lines.next(end), lines, guard_of_lines(value, lines, pen.layout))


def _replace_below(pen: Pen, slot: Slot, value: Value) -> bool:
    """Write a collection in the place of one that begins below its key or dash: that line stays, and comments stay
    where they are. False if it does not begin there, or the new one would not.
    """
    node = slot.node
    if not isinstance(node, Mapping | Sequence) or node.style is not Style.BLOCK or not value or not parts(node):
        return False
    first = parts(node)[0]
    if (
        not isinstance(value, dict if isinstance(node, Mapping) else list)
        or not pen.starts_line(first.start)
        or pen.lines.number(first.start) == pen.lines.number(slot.head)
    ):
        return False
    layout = replace(pen.layout, short=False) if is_long_call(node) and intrinsic_name(value) else pen.layout
    # A function around what was no function is written in long form: a tag would change the line of the key.
    called = isinstance(node, Mapping) and intrinsic_name(value) is not None and not is_long_call(node)
    if not called and yaml_lines(value, layout, item=slot.item)[0]:
        return False
    column = pen.column(first.start)
    if isinstance(value, dict):
        blank = pen.layout.blank_lines[slot.depth] if slot.depth < len(pen.layout.blank_lines) else 0
        entries = [yaml_entry(key, inner, layout, column) for key, inner in value.items()]
        lines = [line for number, entry in enumerate(entries) for line in [""] * (blank if number else 0) + entry]
    else:
        lines = [line for inner in value for line in yaml_item(inner, layout, column)]
    start, end = pen.lines.start(first.start), pen.lines.next(pen.lines.before_break(node.end))
    pen.cut_lines(start, end, pen.comment_lines(start, end, column))
    pen.add_lines(end, lines, guard_of_lines(value, lines, layout))
    return True


def _without_tab(pen: Pen, slot: Slot, end: int) -> tuple[int, str]:
    """What is to be written before the comment behind a value, from where: a collection may begin below a dash or an
    explicit key's colon only if no tab stands behind those.
    """
    blanks = _BLANKS.match(pen.text, end)
    explicit = pen.text[slot.head - 1] == "-" or pen.starts_line(slot.head - 1)
    return (blanks.end(), " ") if blanks is not None and explicit and "\t" in blanks.group() else (end, "")


def _block_text(pen: Pen, slot: Slot, value: Value, same_line: bool) -> tuple[str, list[str]]:
    """What follows the colon or dash on its line, and the lines below."""
    style = _style(slot.node, value)
    if style is not None and "\n" not in str(value) and (isinstance(value, str) or pen.layout.short):
        return " " + yaml_scalar(value, pen.layout, style), []
    called = isinstance(slot.node, Mapping) and slot.node.style is Style.FLOW and is_long_call(slot.node)
    if called and same_line and intrinsic_name(value) is not None:
        return " " + yaml_inline(value, replace(pen.layout, short=False), None, style_of_keys(slot.node)), []
    if slot.item and isinstance(value, dict | list) and value and pen.text[slot.head - 1] == "-":
        width = pen.column(slot.node.start) - slot.indent if same_line else pen.layout.dash
        first, *rest = yaml_item(value, replace(pen.layout, dash=width))
        return first[1:], rest
    blank = pen.layout.blank_lines[slot.depth] if slot.depth < len(pen.layout.blank_lines) else 0
    first, *rest = yaml_lines(value, pen.layout, blank, slot.item)
    return first, rest
