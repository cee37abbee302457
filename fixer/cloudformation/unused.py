"""Parameters, conditions and mappings that nothing in a template uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from fixer.cloudformation.fragments import has_fragments, may_be_of_a_loop
from fixer.cloudformation.intrinsics import parse_sub, sub_body
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import texts
from fixer.model import Operation, Path, Remove, Set

_FUNCTIONS = {
    "Parameters": ("Ref",),
    "Conditions": ("Fn::If", "Condition"),
    "Mappings": ("Fn::FindInMap",),
}
"""Functions whose argument, or its first item, is a name of the section. In the template's metadata, too: cfn-lint
counts them there (W2001, W7001, W8001)."""
_VARIABLES = re.compile(r"[$&]\{[^}]*\}")


def unused(template: Template, section: str) -> Iterator[tuple[str, str]]:
    """The names of a section, ``"Parameters"``, ``"Conditions"`` or ``"Mappings"``, that no function names, each with
    why something may use it all the same, for people; "" if nothing does.
    """
    said = _said(template, section)
    made = [re.compile(".*".join(map(re.escape, _VARIABLES.split(name)))) for name in said if may_be_of_a_loop(name)]
    plain = _plain_variables(template) if section == "Parameters" else {}
    names = [name for name in template.section(section) if isinstance(name, str) and not name.startswith("Fn::")]
    for name in names:
        if name in said or template.references_to(name, section):
            if section == "Parameters" and _only_rules(template, name):
                yield name, "a rule of the template asks for it"
        elif has_fragments(template):
            yield name, "a macro or an include, whose work is not seen here, may use it"
        elif any(pattern.fullmatch(name) for pattern in made):
            yield name, "a name is known only when a stack is made, and it may be this one"
        else:
            yield name, _hidden_use(template, name, plain) if section == "Parameters" else ""


def removals(template: Template, section: str, groups: Sequence[Collection[str]]) -> Iterator[tuple[Operation, ...]]:
    """For each group of names the operations that take it out of a section, or all of the section where no other entry
    is left.

    They go together, but for the last group where nothing would be left: it also says what the first entry is already,
    so that it has to wait until that is gone, or stays, because the author wants to keep it.
    """
    entries = template.section(section)
    whole = entries.keys() <= {name for group in groups for name in group}
    for number, group in enumerate(groups):
        if whole and len(groups) == 1:
            yield (Remove((section,)),)
            return
        operations: list[Operation] = [Remove((section, name)) for name in group]
        first = next(iter(groups[0]))
        if whole and number == len(groups) - 1 and first not in group:
            operations.append(Set((section, first), entries[first]))
        yield tuple(operations)


def alone(template: Template, section: str, name: str) -> Operation:
    """The operation that takes an entry out of a section, or all of it where no other is left, and goes together with
    no other change of the section: each sees what those before it have left.
    """
    rest = {key: body for key, body in template.section(section).items() if key != name}
    return Set((section,), rest) if rest else Remove((section,))


def _said(template: Template, section: str) -> set[str]:
    """All names that functions say where a name of the section is due; with ``${}`` in what is not known of one."""
    space = "Resources" if section == "Parameters" else section
    found = {r.target for r in template.references if r.section == space and may_be_of_a_loop(r.target)}
    for function in _FUNCTIONS[section]:
        for _, body in template.functions(function):
            name = body[0] if isinstance(body, list) and body else body
            if isinstance(name, str):
                found.add(name)
            elif section == "Mappings":  # elsewhere nothing but a name may stand
                found.add("${}")
    if section == "Parameters":
        for _, body in template.functions("Fn::Sub"):
            text, _ = sub_body({"Fn::Sub": body}) or ("", {})
            found |= {part.name for part in parse_sub(text) if part.name}
            if "AWS::LanguageExtensions" in template.transforms and "${" in "".join(
                part.text for part in parse_sub(text) if part.name is None and not part.literal
            ):
                found.add("${}")
    return found


def _only_rules(template: Template, name: str) -> bool:
    """Whether all that uses a parameter asks for an attribute of it, ``Fn::ValueOf``, which cfn-lint does not count."""
    uses = template.references_to(name)
    return bool(uses) and all(use.kind == "ValueOf" for use in uses)


def _plain_variables(template: Template) -> Mapping[str, Path]:
    """The names in ``${}`` of plain strings, each with the first place."""
    found: dict[str, Path] = {}
    for text in texts(template):
        if not text.is_sub and "${" in text.text:
            for part in parse_sub(text.text):
                if part.name is not None:
                    found.setdefault(part.name, text.path)
    return found


def _hidden_use(template: Template, name: str, plain: Mapping[str, Path]) -> str:
    """Why a parameter may be used although no function says its name; "" if it is not."""
    kind = template.parameters[name].type if name in template.parameters else ""
    for function in ("Fn::RefAll", "Fn::ValueOfAll"):
        for _, body in template.functions(function):
            if (body[0] if isinstance(body, list) and body else body) == kind:
                return "a rule of the template asks for all parameters of its type"
    if name in plain:
        return f"a plain string at {'.'.join(map(str, plain[name]))} names it in ${{}}, where Fn::Sub may be missing"
    return ""
