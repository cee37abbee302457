"""Where a plain string may stand for a function that always gives it."""

from __future__ import annotations

from fixer.cloudformation.fragments import may_be_of_a_loop, worker
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import known_variable
from fixer.model import Path


def why_not_plain(template: Template, path: Path, text: str) -> str:
    """Why ``text`` cannot take the place of the function at ``path``, for people; "" if it can."""
    by = worker(template, path)
    if by == "a module":
        return "it is inside a module"
    if by == "a loop" and may_be_of_a_loop(text):
        return "a loop may put its variable into the plain string"
    known = known_variable(template, text)
    if known:
        return f"the plain string names {known} in ${{}}, which looks like a missing Fn::Sub"
    if "DefinitionString" in path and "${" in text:
        return "the plain string has a ${ in a definition, which looks like a missing Fn::Sub"
    if path[-2:-1] == ("Fn::Equals",) and isinstance(template.value_at((*path[:-1], 1 - int(path[-1]))), str):
        return "two literals would be compared, which gives the same each time"
    return ""
