"""Scalars on one line, in the quotes that they need or that the author would have given them.

Which strings need quotes is asked of PyYAML's emitter and resolver, and the escapes of a string in double quotes are
those of JSON.
"""

from __future__ import annotations

import io
import json
import re
from functools import lru_cache
from typing import Any

import yaml
import yaml.resolver
from yaml.emitter import Emitter

from fixer.model import Value
from fixer.syntax.layout import Layout
from fixer.syntax.nodes import Style

_STR = "tag:yaml.org,2002:str"
_TYPE_NAME = re.compile(r"\w+(?:::\w+)+\Z")
"""Such as AWS::NoValue, which every reader of CloudFormation takes without quotes in a flow collection too."""
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_DIGITS = re.compile(r"[-+.\d:_eE]+\Z")


def scalar(value: Value, layout: Layout, flow: bool, style: Style | None, quoted: bool = False) -> str:
    """A scalar on one line, in quotes if they are wanted or needed.

    ``flow``: it stands in a flow collection; ``style``: that of the string whose place it takes, if there is one;
    ``quoted``: quotes are wanted in any case.
    """
    if not isinstance(value, str):
        text = json.dumps(value)
        return text.replace("e", ".0e", 1) if isinstance(value, float) and "." not in text else text
    quote = _quote(value, layout, flow, style, quoted)
    if quote is Style.SINGLE:
        return "'" + value.replace("'", "''") + "'"
    if quote is Style.DOUBLE:
        return escaped(value)
    return value


def _quote(text: str, layout: Layout, flow: bool, style: Style | None, quoted: bool) -> Style:
    """The quotes that a string on one line gets."""
    analysis = _analyse(text)
    plain = analysis.allow_flow_plain or bool(_TYPE_NAME.match(text)) if flow else analysis.allow_block_plain
    wanted = style if style in (Style.SINGLE, Style.DOUBLE) else None
    if plain and wanted is None and not quoted and not _resolves(text):
        return Style.PLAIN
    quote = wanted or layout.quote
    if quote is Style.DOUBLE and wanted is None and ('"' in text or "\\" in text):
        quote = Style.SINGLE
    if not analysis.allow_single_quoted or analysis.multiline or "\n" in text:
        quote = Style.DOUBLE
    return quote


def escaped(value: Value) -> str:
    """A scalar as JSON writes it, and YAML in double quotes."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


@lru_cache(maxsize=4096)  # an editor's server sees texts without end
def _analyse(text: str) -> Any:
    return Emitter(io.StringIO()).analyze_scalar(text)


@lru_cache(maxsize=4096)
def _resolves(text: str) -> bool:
    """Whether YAML 1.1 would read a plain text as no string, or some reader could take it for a number."""
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    return bool(
        tag != _STR
        or text in ("=", "<<", "y", "n", "Y", "N")
        or (_DIGITS.match(text) and any(c.isdigit() for c in text))
    )


def fits_literal(text: str) -> bool:
    """Whether a literal block holds a text exactly, whatever follows it."""
    if not text.strip() or text.endswith("\n\n") or re.search(r"[\r\x85\u2028\u2029\ufeff]", text):
        return False  # what ends with blank lines would take in those that follow
    return all(c in "\n\t" or c.isprintable() for c in text)
