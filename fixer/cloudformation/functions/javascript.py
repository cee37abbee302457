"""What a source in JavaScript imports and exports, as far as its tokens tell.

No parser: comments, strings, templates and regular expressions are skipped, brackets are counted, and the rest is
looked at word by word. What the tokens do not make clear is answered by None.
"""

from __future__ import annotations

import re

from msgspec import Struct

_BLANK = re.compile(r"(?:[\s\ufeff]|//[^\n\r\u2028\u2029]*|/\*.*?\*/)+", re.S)
_TOKEN = re.compile(
    r"""(?P<word>[\w$]+)|(?P<string>"(?:[^"\\\r\n]|\\(?:\r\n|.))*"|'(?:[^'\\\r\n]|\\(?:\r\n|.))*')"""
    r"|(?P<mark>\?\.(?!\d)|=>|={2,3}|!==?|\.\.\.|\+\+|--|[{}()\[\];,<>+\-*%&|^!~?:=.@#])",
    re.S,
)
_REGEX = re.compile(r"/(?:[^/\\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+/\w*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(`|\$\{)", re.S)
_HASHBANG = re.compile(r"\ufeff?#![^\n\r]*")

_BEFORE_VALUE = frozenset(
    [
        "return",
        "typeof",
        "case",
        "in",
        "of",
        "delete",
        "void",
        "throw",
        "new",
        "instanceof",
        "do",
        "else",
        "yield",
        "await",
        "default",
        "extends",
    ]
)
"""Words after which a slash begins a regular expression."""
_HEADS = frozenset({"if", "while", "for", "with"})
"""Words whose bracket is no value, so that a slash behind it begins a regular expression too."""
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Module(Struct, frozen=True):
    """A module. ``requires``: names as they stand in ``require('...')`` and ``import('...')``."""

    is_es: bool
    """Whether it uses ``import`` or ``export`` as statements, which a CommonJS module may not."""
    requires: tuple[str, ...]
    has_computed_require: bool
    """Whether something is loaded whose name is not literal."""
    exports: frozenset[str]


class _Token(Struct, frozen=True):
    kind: str
    text: str
    depth: int


_END = _Token("end", "", 0)


def read_module(text: str) -> Module | None:
    """What a module imports and exports; None if its text cannot be told into tokens."""
    tokens = _tokens(text)
    if tokens is None:
        return None
    is_es = computed = False
    requires: list[str] = []
    exports: set[str] = set()
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.text not in ("import", "export", "require", "exports"):
            continue
        before, *behind = (_at(tokens, index + offset) for offset in range(-1, 4))
        is_member = before.text in (".", "?.", "#")
        if token.text == "exports":
            if not is_member or _at(tokens, index - 2).text == "module":
                exports |= _exported(tokens, index, is_member)
        elif is_member or behind[1].text == ":" or (token.text == "require" and before.text == "function"):
            continue
        elif behind[1].text == "(" and token.text != "export":
            if behind[2].kind == "string" and behind[3].text in (")", ","):
                requires.append(behind[2].text[1:-1])
            else:
                computed = True
        elif token.text == "require":
            computed = computed or behind[1].text not in (".", "?.")
        elif token.depth == 0 or behind[1].text == ".":
            is_es = True
    return Module(is_es, tuple(dict.fromkeys(requires)), computed, frozenset(exports))


def _exported(tokens: list[_Token], index: int, of_module: bool) -> set[str]:
    """Names that the assignment to ``exports`` at ``index`` exports."""
    one, two, three, four = (_at(tokens, index + offset) for offset in range(1, 5))
    if one.text == "." and two.kind == "word" and three.text == "=":
        return {two.text}
    if one.text == "[" and two.kind == "string" and (three.text, four.text) == ("]", "="):
        return {two.text[1:-1]}
    if not (of_module and (one.text, two.text) == ("=", "{")):
        return set()
    found = set()
    for place in range(index + 2, len(tokens)):
        token = tokens[place]
        if token.depth < two.depth or (token.text == "}" and token.depth == two.depth):
            break
        if token.depth == two.depth + 1 and token.kind in ("word", "string"):
            before, behind = tokens[place - 1], _at(tokens, place + 1)
            starts = before.text in ("{", ",") or (before.text == "async" and tokens[place - 2].text in ("{", ","))
            if starts and behind.text in (",", "}", ":", "("):
                found.add(token.text.strip("'\""))
    return found


def _at(tokens: list[_Token], index: int) -> _Token:
    return tokens[index] if 0 <= index < len(tokens) else _END


def _tokens(text: str) -> list[_Token] | None:
    """The tokens, each with the number of brackets around it, itself not counted. None: not understood."""
    tokens: list[_Token] = []
    stack: list[tuple[str, bool]] = []
    value = False  # whether what stands before is a value, so that a slash divides
    place = shebang.end() if (shebang := _HASHBANG.match(text)) else 0
    while True:
        if blank := _BLANK.match(text, place):
            place = blank.end()
        if place == len(text):
            return None if stack else tokens
        sign = text[place]
        if sign == "`" or (sign == "}" and stack and stack[-1][0] == "${"):
            if sign == "}":
                stack.pop()
            chunk = _TEMPLATE.match(text, place + 1)
            if chunk is None:
                return None
            place, value = chunk.end(), chunk[1] == "`"
            tokens.append(_Token("template", chunk[1], len(stack)))
            if not value:
                stack.append(("${", False))
            continue
        if sign == "/" and not value:
            regex = _REGEX.match(text, place)
            if regex is None:
                return None
            place, value = regex.end(), True
            tokens.append(_Token("regex", regex[0], len(stack)))
            continue
        match = _TOKEN.match(text, place)
        if sign == "/":
            kind, found, place = "mark", "/", place + 1
        elif match is None:
            return None
        else:
            kind, found, place = str(match.lastgroup), match[0], match.end()
        before = tokens[-1].text if tokens else ""
        if found in _CLOSING and kind == "mark":
            if not stack or stack[-1][0] != _CLOSING[found]:
                return None
            value = stack.pop()[1]
        elif kind == "mark":
            value = found in ("++", "--") and value
        else:
            value = kind == "string" or found not in _BEFORE_VALUE or before == "."
        tokens.append(_Token(kind, found, len(stack)))
        if found in ("(", "[", "{") and kind == "mark":
            # What a bracket ends in is a value, but for the head of a statement and, as a rule, a block.
            stack.append((found, found == "[" or (found == "(" and before not in _HEADS)))
