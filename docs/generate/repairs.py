"""The reference of the repairs, from the docstrings and cases of the transforms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fixer.cli.explain import DEFAULT, safety
from fixer.model import Case, Options, Transform
from fixer.report.diff import hunks
from transforms.registry import TRANSFORMS

GROUPS: Mapping[str, str] = {
    DEFAULT: "Applied unless the settings say otherwise.",
    "security": "Who may do what, and who may read what.",
    "network": "Functions and services get a network, or the one that is there.",
    "ha": "What fails in one place goes on in another.",
    "lint": "What cfn-lint finds, and values that tie a template to one Region, account or partition.",
}
"""The groups, in the order of the index, and what is in them."""

_ALONE = "Selected by name alone"
_KINDS = {"safe": "safe", "unsafe": "unsafe", "display-only": "shown, never applied"}


def pages() -> Iterator[tuple[str, str]]:
    """The name of each repair and the path of its page."""
    for entry in TRANSFORMS:
        yield entry.name, f"reference/repairs/{entry.name}.md"


def index() -> str:
    """A table for each group."""
    every = [entry.load() for entry in TRANSFORMS]
    missing = {group for one in every for group in one.groups} - GROUPS.keys()
    if missing:
        raise KeyError(f"docs/generate/repairs.py says nothing about the groups {sorted(missing)}")
    parts = [_group(f"`{name}`", about, [t for t in every if name in t.groups]) for name, about in GROUPS.items()]
    alone = [t for t in every if not t.groups]
    if alone:
        parts.append(_group(_ALONE, "In no group but `all`.", alone))
    return "\n\n".join(parts)


def _group(title: str, about: str, transforms: Iterable[Transform]) -> str:
    rows = [f"| [{t.name}]({t.name}.md) | {_first(t)} | {_KINDS[safety(t)]} |" for t in transforms]
    return "\n".join([f"## {title}", "", about, "", "| repair | problem | as a rule |", "|---|---|---|", *rows])


def page(name: str) -> str:
    """The page of one repair."""
    (one,) = (entry.load() for entry in TRANSFORMS if entry.name == name)
    first, _, rest = one.doc.strip().partition("\n")
    return "\n".join([f"# {name}", "", first, "", *_facts(one), "", *_example(one), rest.strip(), *_further(one)])


def _first(one: Transform) -> str:
    return one.doc.strip().partition("\n")[0].replace("|", "\\|")


def _facts(one: Transform) -> Iterator[str]:
    groups = sorted(one.groups - {DEFAULT})
    applied = "by default" if DEFAULT in one.groups else "if it is selected"
    yield "| | |"
    yield "|---|---|"
    yield f"| applied | {applied} |"
    yield f"| as a rule | {_KINDS[safety(one)]} |"
    if groups:
        yield f"| groups | {', '.join(f'`{group}`' for group in groups)} |"
    if one.lint_rules:
        yield f"| rules of cfn-lint | {', '.join(one.lint_rules)} |"


def _example(one: Transform) -> Iterator[str]:
    yield "## Example"
    yield ""
    yield from _case(one.invalid[0])


def _further(one: Transform) -> Iterator[str]:
    yield ""
    yield "## Further examples"
    for case in (*one.invalid[1:], *one.valid):
        yield ""
        yield f"### {case.name[0].upper()}{case.name[1:]}"
        yield ""
        yield from _case(case)


def _case(case: Case) -> Iterator[str]:
    yield from _given(case)
    if case.after is None:
        yield "This is left alone" + (f": {case.says}." if case.says else ".")
        yield ""
        yield from _fenced(_language(case.before), case.before)
        return
    lines = (line for line in hunks(case.before, case.after, context=100_000) if not line.startswith("@@"))
    yield from _fenced("diff", "".join(lines))


def _given(case: Case) -> Iterator[str]:
    if case.unsafe:
        yield "With `--unsafe-fixes`:"
        yield ""
    options = case.options
    for field in ("tags", "export", "nat", "private_api"):
        value = getattr(options, field)
        if value != getattr(Options(), field):
            yield f"With the setting `{field.replace('_', '-')} = {_toml(value)}`:"
            yield ""
    for name, text in case.files.items():
        yield f"Beside the template lies `{name}`:"
        yield ""
        yield from _fenced("", text)
        yield ""


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    return json.dumps(value)


def _language(text: str) -> str:
    return "json" if text.lstrip("\ufeff \n").startswith("{") else "yaml"


def _fenced(language: str, text: str) -> Iterator[str]:
    fence = "````" if "```" in text else "```"
    yield fence + language
    yield text.rstrip("\n")
    yield fence
