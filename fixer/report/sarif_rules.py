"""The transforms as rules of SARIF: what a viewer shows when it explains a result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Any

from fixer.model import Transform
from fixer.report import DOCS, Run

_IGNORE = (
    "An ignore suppresses nothing.",
    "A comment or metadata asks cfnfix to ignore what is not found there (any more).",
    "Remove the comment, or its entry in the metadata; else it would hide a later finding.",
)
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)


def rules(run: Run, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A rule for each name, in order. What is no transform is an ignore without effect."""
    known = {transform.name: transform for transform in run.transforms(names)}
    for name in names:
        yield _rule(known[name]) if name in known else described(name, *_IGNORE, level="note")


def described(name: str, short: str, full: str, help: str, level: str, link: str = DOCS) -> dict[str, Any]:
    """A descriptor of a rule or notification, with all that GitHub's code scanning asks for."""
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": help, "markdown": help},
        "helpUri": link.format(name=name),
        "defaultConfiguration": {"level": level},
    }


def _rule(transform: Transform) -> dict[str, Any]:
    doc = dedent(transform.doc).strip()
    about, sections = _sections(doc)
    tags = sorted(transform.groups - {"default"})
    properties: dict[str, Any] = {
        "safety": _first_word(sections.get("Safety", "")),
        "impact": _flowing(sections.get("Impact", "")),
        "tags": ["cloudformation", *tags],
    }
    if transform.lint_rules:
        properties["cfn-lint"] = list(transform.lint_rules)
    why = _flowing(sections.get("Why", "")) or about
    return {**described(transform.name, about, why, doc, level="warning"), "properties": properties}


def _sections(doc: str) -> tuple[str, dict[str, str]]:
    """What stands before the first heading, and the texts below the headings."""
    about, *parts = _HEADING.split(doc)
    return _flowing(about), dict(zip(parts[::2], parts[1::2], strict=True))


def _flowing(text: str) -> str:
    return " ".join(text.split())


def _first_word(text: str) -> str:
    found = re.match(r"\W*(\w[\w-]*)", text)
    return found[1].lower() if found else ""
