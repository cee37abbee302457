"""Text to document: as JSON if it is JSON, else as YAML."""

from __future__ import annotations

import re
from typing import Any

import yaml

from fixer.model import InputError
from fixer.syntax.document import Document
from fixer.syntax.nodes import Leaf, Mapping, Node
from fixer.syntax.parse_yaml import parse_yaml
from fixer.syntax.source import BOM, position

_JSON = re.compile(rf"[ \t\r\n{BOM}]*(\{{[ \t\r\n]*(?:[\"}}]|//|/\*)|\[)")
"""CloudFormation takes what begins so for JSON, and so must we: much broken JSON is YAML, and means something else."""


def parse(text: str) -> Document:
    """The document of a template's text.

    Raises InputError, with line and column, for what is not one YAML or JSON document with a mapping at its top.
    """
    if "\0" in text:
        raise InputError("the file is binary: it holds a NUL character", *position(text, text.index("\0")))
    if not text.strip(" \t\r\n" + BOM):
        raise InputError("the file is empty")
    try:
        return _parsed(text)
    except InputError as error:
        from fixer.syntax.hints import unfinished

        raise unfinished(text, error) from None


def _parsed(text: str) -> Document:
    if _JSON.match(text):
        from fixer.syntax.parse_json import JsonError, parse_json

        try:
            return _document(text, "json", *parse_json(text))
        except JsonError as error:
            raise InputError(f"invalid JSON: {error.reason}", *position(text, error.offset)) from None
    try:
        return _document(text, "yaml", *parse_yaml(text))
    except yaml.YAMLError as error:
        raise _yaml_error(text, error) from None


def _document(text: str, form: str, root: Node | None, leaves: list[Leaf]) -> Document:
    if not isinstance(root, Mapping):
        raise InputError("not a template: a mapping of sections such as Resources was expected at the top", 1, 1)
    return Document(text, form, root, leaves)


def _yaml_error(text: str, error: yaml.YAMLError) -> InputError:
    from fixer.syntax.hints import advice

    mark: Any = getattr(error, "problem_mark", None)
    reason: str = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context: str = getattr(error, "context", None) or ""
    if "expected a single document" in context:
        reason = "the file holds several documents; a template is one"
    if mark is None:  # a character that may not stand in YAML; its position is counted in bytes, or in characters
        character = getattr(error, "character", "")
        found = text.find(chr(character) if isinstance(character, int) else str(character))
        return InputError(f"invalid YAML: {reason}", *position(text, max(found, 0)))
    rest = text.removeprefix(BOM)[mark.index :]
    if rest.startswith("\t"):
        return _at(mark, "a tab is used for indentation, where YAML allows blanks only")
    begun: Any = getattr(error, "context_mark", None)
    if begun is not None and (begun.line, begun.column) != (mark.line, mark.column) and "document" not in context:
        reason += f" {context}, which begins at {begun.line + 1}:{begun.column + 1}"
    return _at(mark, reason + advice(reason, rest))


def _at(mark: Any, reason: str) -> InputError:
    return InputError(f"invalid YAML: {reason}", mark.line + 1, mark.column + 1)
