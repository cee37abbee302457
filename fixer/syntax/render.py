"""Values to text, as the author of the template would have written them.

All is laid out here; how a scalar is quoted is a matter of ``quotes``.
"""

from __future__ import annotations

from msgspec.structs import replace

from fixer.model import Value
from fixer.syntax.layout import Layout
from fixer.syntax.nodes import Style
from fixer.syntax.pieces import Guard
from fixer.syntax.quotes import escaped, fits_literal, scalar

_SHORT = frozenset(
    {"Ref", "Condition"}
    | {
        f"Fn::{name}"
        for name in ("And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue")
    }
    | {f"Fn::{name}" for name in ("Join", "Not", "Or", "Select", "Split", "Sub", "Transform")}
)
"""Functions that have a short form; those of AWS::LanguageExtensions have none."""
_ARGUMENT_WIDTH = 60
"""Arguments of a function up to this many characters share its line."""
_FLOW_WIDTH = 100
"""What is longer stands on several lines in a flow collection that does so too."""


def yaml_lines(value: Value, layout: Layout, blank: int = 0, item: bool = False) -> list[str]:
    """What follows a key's colon or a dash, in block style: the rest of that line (with its blank, if it needs one),
    then whole lines, indented relative to the key or dash. ``blank``: empty lines between the entries of a mapping;
    ``item``: it follows a dash, below which no other dash may stand.
    """
    name = intrinsic_name(value)
    if name is not None and layout.short and _has_short_form(name, value[name]):
        argument = value[name]
        if isinstance(argument, dict | list) and name != "Fn::GetAtt" and not _is_short(argument):
            first, *rest = yaml_lines(argument, layout, item=item)
            return [f" {tag_of(name)}{first}", *rest]
        if is_literal(argument, layout):
            first, *rest = _literal(argument, layout)
            return [f" {tag_of(name)}{first}", *rest]
        return [" " + _inline(value, layout)]
    if name is not None and not layout.short and layout.flow_calls and _fits_flow(value[name]):
        return [" " + _inline(value, layout, True, keys=layout.key_quote)]
    if isinstance(value, dict) and value:
        lines = [""]
        for number, (key, inner) in enumerate(value.items()):
            lines += [""] * (blank if number else 0)
            lines += yaml_entry(key, inner, layout, layout.indent)
        return lines
    if isinstance(value, list) and value:
        offset = layout.sequence_offset or (layout.indent if item else 0)
        return ["", *(line for inner in value for line in yaml_item(inner, layout, offset))]
    if is_literal(value, layout):
        return _literal(value, layout)
    return [" " + _inline(value, layout)]


def yaml_entry(key: str, value: Value, layout: Layout, indent: int = 0, blank: int = 0) -> list[str]:
    """A block entry as whole lines, indented by ``indent`` columns."""
    first, *rest = yaml_lines(value, layout, blank)
    margin = " " * indent
    return [margin + yaml_key(key, layout, layout.key_quote) + ":" + first, *_indented(rest, margin)]


def yaml_item(value: Value, layout: Layout, indent: int = 0, flow: bool = False) -> list[str]:
    """A block item as whole lines; a collection begins on the line of its dash, or is all on it in flow style."""
    margin, dash = " " * indent, "-".ljust(layout.dash)
    called = intrinsic_name(value)
    whole = called is not None and (
        _has_short_form(called, value[called]) if layout.short else layout.flow_calls and _fits_flow(value[called])
    )
    if flow or (layout.flat_items and _is_record(value)):
        return [margin + dash + yaml_inline(value, layout, keys=layout.key_quote)]
    if isinstance(value, dict) and value and not whole:
        lines = [line for key, inner in value.items() for line in yaml_entry(key, inner, layout)]
    elif isinstance(value, list) and value:
        lines = [line for inner in value for line in yaml_item(inner, layout)]
    else:
        first, *rest = yaml_lines(value, layout, item=True)
        return [margin + dash + first[1:], *_indented(rest, margin)]
    return [margin + dash + lines[0], *_indented(lines[1:], margin + " " * layout.dash)]


def yaml_inline(value: Value, layout: Layout, style: Style | None = None, keys: Style = Style.PLAIN) -> str:
    """A value on one line, as it may stand in a flow collection. ``keys``: how keys are written."""
    return _inline(value, layout, flow=True, style=style, keys=keys)


def yaml_flow(value: Value, layout: Layout, margin: str | None, keys: Style = Style.PLAIN) -> str:
    """A value in a flow collection: on one line, or over several behind ``margin`` if it is long and there is one."""
    text = yaml_inline(value, layout, keys=keys)
    called = intrinsic_name(value) if layout.short else None
    if margin is None or len(text) <= _FLOW_WIDTH or not isinstance(value, dict | list) or called is not None:
        return text
    inner = margin + " " * layout.flow_indent
    lines = (
        [f"{yaml_key(k, layout, keys, flow=True)}: {yaml_flow(v, layout, inner, keys)}" for k, v in value.items()]
        if isinstance(value, dict)
        else [yaml_flow(item, layout, inner, keys) for item in value]
    )
    return text[0] + f"\n{inner}" + f",\n{inner}".join(lines) + f"\n{margin}{text[-1]}"


def yaml_scalar(value: Value, layout: Layout, style: Style | None = None) -> str:
    """A scalar or short intrinsic on one line, as it may stand after a colon in block style."""
    return _inline(value, layout, style=style)


def yaml_key(key: Value, layout: Layout, style: Style = Style.PLAIN, flow: bool = False) -> str:
    """A key; quoted if it needs to be, or if ``style`` says so. ``flow``: as it may stand in a flow collection."""
    return _inline(key, layout, flow=flow, style=style)


def _indented(lines: list[str], margin: str) -> list[str]:
    return [margin + line if line else line for line in lines]


def is_literal(value: Value, layout: Layout) -> bool:
    """Whether a value is written as a literal block."""
    return layout.blocks and isinstance(value, str) and "\n" in value and fits_literal(value)


def _literal(text: str, layout: Layout) -> list[str]:
    """A text as a literal block: the header, then its lines, indented relative to the key."""
    indicator = str(layout.indent) if text[0] in " \t\n" else ""
    chomping = "" if text.endswith("\n") else "-"
    lines = text.removesuffix("\n").split("\n")
    return [f" |{indicator}{chomping}", *_indented(lines, " " * layout.indent)]


def guard_of_lines(value: Value, lines: list[str], layout: Layout) -> Guard | None:
    """The guard of the literal block that ends the lines in which a value is written; None if none does."""
    while isinstance(value, dict | list) and value:
        value = value[-1] if isinstance(value, list) else next(reversed(value.values()))
    if not is_literal(value, layout):
        return None
    last = value.removesuffix("\n").rpartition("\n")[2]
    return Guard(len(lines[-1]) - len(last))


def json_text(value: Value, layout: Layout, margin: str | None) -> str:
    """A value as JSON: over several lines behind ``margin``, or on one line if it is None."""
    if (
        margin is None
        or not isinstance(value, dict | list)
        or not value
        or (layout.json_short and _is_short_json(value))
    ):
        return _json_inline(value, layout)
    inner = margin + layout.json_indent
    if isinstance(value, dict):
        pairs = ((escaped(key), item) for key, item in value.items())
        lines = [key + layout.json_colon + json_text(item, layout, inner) for key, item in pairs]
    else:
        flat = [layout.flat_items and _is_record(item) for item in value]
        lines = [json_text(item, layout, None if one else inner) for item, one in zip(value, flat, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(lines) + f"\n{margin}{closing}"


def _json_inline(value: Value, layout: Layout) -> str:
    if isinstance(value, dict):
        pairs = [
            _json_inline(key, layout) + layout.json_colon + _json_inline(item, layout) for key, item in value.items()
        ]
        return _enclosed("{}", layout.braces, layout.json_comma, pairs)
    if isinstance(value, list):
        return _enclosed("[]", layout.brackets, layout.json_comma, [_json_inline(item, layout) for item in value])
    return escaped(value)


def _is_short_json(value: Value) -> bool:
    if isinstance(value, dict) and intrinsic_name(value) is None:
        return False
    return _width(value, 2) <= _ARGUMENT_WIDTH


def _is_record(value: Value) -> bool:
    """Whether a value is a small mapping of scalars and calls of functions, such as a tag."""
    return (
        isinstance(value, dict)
        and 2 <= len(value) <= 4
        and all(intrinsic_name(inner) or not isinstance(inner, dict | list) for inner in value.values())
        and sum(len(str(key)) + _width(inner, 2) for key, inner in value.items()) <= _ARGUMENT_WIDTH
    )


def intrinsic_name(value: Value) -> str | None:
    """The function's long name, if a value is the call of one that has a short form."""
    if isinstance(value, dict) and len(value) == 1:
        (name,) = value
        if name in _SHORT and (name != "Condition" or isinstance(value[name], str)):
            return str(name)
    return None


def tag_of(name: str) -> str:
    """The tag of a function, ``!Sub`` for ``Fn::Sub``."""
    return "!" + name.removeprefix("Fn::")


def _has_short_form(name: str, argument: Value) -> bool:
    if name == "Fn::GetAtt":  # its text is split at the first dot
        return _is_texts(argument) and ".".join(argument).split(".", 1) == argument
    # What follows a tag is read as text, and one short form may not be the whole argument of another.
    return isinstance(argument, str | list | dict) and intrinsic_name(argument) is None


def _is_texts(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _inline(
    value: Value, layout: Layout, flow: bool = False, style: Style | None = None, keys: Style = Style.PLAIN
) -> str:
    """A value on one line; ``style`` is what a string in its place was written in."""
    name = intrinsic_name(value)
    if name is not None and layout.short and _has_short_form(name, value[name]):
        argument = value[name]
        if name == "Fn::GetAtt":
            argument = ".".join(argument)
        if isinstance(argument, str):
            quote = layout.call_quotes.get(name, Style.PLAIN)
            own = layout if quote is Style.PLAIN else replace(layout, quote=quote)
            return f"{tag_of(name)} {scalar(argument, own, flow, style, quote is not Style.PLAIN and style is None)}"
        return f"{tag_of(name)} {_inline(argument, layout, True, style, keys)}"
    if isinstance(value, dict):
        names = [scalar(key, layout, True, keys) for key in value]
        values = [_inline(inner, layout, True, style, keys) for inner in value.values()]
        return _enclosed(
            "{}", layout.braces, ", ", [f"{name}: {inner}" for name, inner in zip(names, values, strict=True)]
        )
    if isinstance(value, list):
        return _enclosed("[]", layout.brackets, ", ", [_inline(item, layout, True, style, keys) for item in value])
    if style is None and isinstance(value, str):
        style = layout.known.get(value)
    return scalar(value, layout, flow, style, layout.quote_strings and style is None)


def _enclosed(ends: str, blank: str, comma: str, parts: list[str]) -> str:
    return ends[0] + blank + comma.join(parts) + blank + ends[1] if parts else ends


def _fits_flow(arguments: Value) -> bool:
    """Whether a function's arguments may stand on its line, in its braces."""
    return (isinstance(arguments, str) and "\n" not in arguments) or _is_short(arguments)


def _is_short(arguments: Value) -> bool:
    """Whether a function's arguments read well on its line: no mapping but simple functions, one inner list deep, not
    long.
    """
    return _width(arguments, 2) <= _ARGUMENT_WIDTH


def _width(value: Value, depth: int) -> int:
    """About how many characters a value takes on one line; beyond any limit for what should not stand on one."""
    name = intrinsic_name(value)
    if name is not None:
        inner = value[name]
        return len(name) + (
            len(".".join(map(str, inner))) if name == "Fn::GetAtt" and isinstance(inner, list) else _width(inner, depth)
        )
    if (isinstance(value, dict) and value) or (isinstance(value, str) and "\n" in value) or depth < 0:
        return _ARGUMENT_WIDTH + 1
    if isinstance(value, list):
        return sum(_width(item, depth - 1) + 2 for item in value)
    return len(str(value))
