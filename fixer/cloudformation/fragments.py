"""Parts of a template that something works on before CloudFormation resolves the functions in them."""

from __future__ import annotations

import re

from fixer.cloudformation.intrinsics import children
from fixer.cloudformation.references import LOOP, is_module
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

_LOOPED = re.compile(r"[$&]\{")


def worker(template: Template, path: Path) -> str:
    """What works on the value at ``path`` first: "a macro", "a module", "a loop"; "" if nothing does.

    ``Fn::Transform`` gets all that stands beside it, and what is below (user guide, "Fn::Transform"). A macro of the
    whole template is not meant: see ``Template.has_macros``.
    """
    found, value = "", template.data
    for depth, key in enumerate(path):
        if isinstance(value, dict) and "Fn::Transform" in value:
            return "a macro"
        if isinstance(key, str) and key.startswith(LOOP):
            found = "a loop"
        if depth == 2 and path[0] == "Resources" and is_module(value):
            return "a module"
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return found
    return "a macro" if isinstance(value, dict) and "Fn::Transform" in value else found


def may_be_of_a_loop(text: str) -> bool:
    """Whether a loop may put its variable into a text: ``${Name}``, and ``&{Name}`` (user guide, "Fn::ForEach")."""
    return _LOOPED.search(text) is not None


def has_fragments(template: Template) -> bool:
    """Whether a macro or an include works on the template or on a part of it: what these use is not seen here."""
    return template.has_macros or any(_has_transform(value) for _, value in template.entries())


def _has_transform(value: Value) -> bool:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict) and "Fn::Transform" in item:
            return True
        stack += [inner for _, inner in children(item) if isinstance(inner, dict | list)]
    return False
