"""Variables in plain strings that read as if ``Fn::Sub`` were meant, and the value that would give what they say."""

from __future__ import annotations

from fixer.cloudformation.intrinsics import SubPart, escape_sub, get_att, parse_sub, ref
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text
from fixer.cloudformation.types.schemas import schema
from fixer.model import Value

_PSEUDO = frozenset(
    {"AccountId", "NotificationARNs", "NoValue", "Partition", "Region", "StackId", "StackName", "URLSuffix"}
)
_LISTS = frozenset({"AWS::NotificationARNs", "AWS::NoValue"})
"""Pseudo parameters that are no texts."""
_PROGRAMS = frozenset(
    {
        "buildspec",
        "command",
        "commands",
        "entrypoint",
        "requestmappingtemplate",
        "requesttemplates",
        "responsemappingtemplate",
        "responsetemplates",
        "runcommand",
    }
)
"""Properties, in lower case, that a shell or a template engine reads, to which ``${Name}`` is a variable of its own;
see also ``Text.is_program``."""


def meant(template: Template, text: Text) -> tuple[SubPart, ...]:
    """The variables of a plain string that name something of the template, as cfn-lint E1029 sees them.

    Those that a state machine replaces itself, with ``DefinitionSubstitutions``, are none.
    """
    substituted = _substitutions(template, text)
    return tuple(
        part
        for part in parse_sub(text.text)
        if part.variable is not None
        and part.text == f"${{{part.variable}}}"
        and part.variable not in substituted
        and is_known(template, part)
    )


def is_known(template: Template, part: SubPart) -> bool:
    """Whether a variable is a pseudo parameter, or names a parameter, a resource or an attribute of one."""
    name = part.name or ""
    if name.startswith("AWS::"):
        return part.attribute is None and name.removeprefix("AWS::") in _PSEUDO
    if part.attribute is None:
        return name in template.parameters or name in template.resources
    resource = template.resources.get(name)
    known = schema(resource.type) if resource else None
    return known is not None and known.has_attribute(part.attribute)


def is_own(text: Text, parts: tuple[SubPart, ...]) -> bool:
    """Whether the variables may be those of a program, a shell's or a template engine's, that the text is for."""
    keys = [key.lower() for key in text.keys[2:]]
    program = text.is_program or keys[-1:] == ["code"] or not _PROGRAMS.isdisjoint(keys)
    return program and any(not (part.name or "").startswith("AWS::") for part in parts)


def is_list(template: Template, part: SubPart) -> bool:
    """Whether a variable stands for a list, which ``Fn::Sub`` does not take, or for nothing."""
    name = part.name or ""
    if part.attribute is None:
        parameter = template.parameters.get(name)
        return name in _LISTS or (parameter is not None and parameter.is_list)
    known = schema(template.resources[name].type) if name in template.resources else None
    return known is not None and known.attribute_is_list(part.attribute)


def as_function(text: str, parts: tuple[SubPart, ...]) -> Value | None:
    """The function that gives ``text`` with these variables replaced, and everything else as it is; None if there is
    none: what CloudFormation makes of a ``${`` that begins no variable is not known.
    """
    found = []
    for part in parse_sub(text):
        if part in parts:
            if part.text == text:
                return ref(str(part.name)) if part.attribute is None else get_att(str(part.name), part.attribute)
            found.append(part.text)
        else:
            own = escape_sub(part.text) if part.name is None else "${!" + part.text[2:]
            if part.name is None and not part.literal and "${" in own:
                return None
            found.append(own)
    return {"Fn::Sub": "".join(found)}


def _substitutions(template: Template, text: Text) -> frozenset[str]:
    """The variables that the text's state machine replaces (user guide, "DefinitionSubstitutions")."""
    for key in ("DefinitionString", "Definition"):
        if key in text.path:
            around = text.path[: text.path.index(key)]
            found = template.value_at((*around, "DefinitionSubstitutions"))
            return frozenset(map(str, found)) if isinstance(found, dict) else frozenset()
    return frozenset()
