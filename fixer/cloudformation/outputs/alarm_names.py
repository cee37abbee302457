"""Values that give the ARNs of alarms, and the same with their names; and texts that speak of ARNs.

Ref gives the name of an alarm and of a composite alarm, and Arn is their one attribute (CloudFormation Template
Reference; `primaryIdentifier` and `readOnlyProperties` of the provider schemas). An alarm's ARN is
``arn:aws:cloudwatch:region:account:alarm:name`` (Service Authorization Reference, "Amazon CloudWatch").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from fixer.cloudformation.expressions import Expression, Variable, expression, find
from fixer.cloudformation.intrinsics import SubPart, get_att_parts, intrinsic, map_sub, ref
from fixer.cloudformation.template import Template
from fixer.model import Value

ALARMS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")

_WORD = re.compile(
    r"Amazon Resource Name(?P<long>s?)(?: \(ARNs?\))?"
    r"|(?<![A-Z])(?:ARN|Arn)(?P<word>s?)(?![a-z])"
    r"|\barn(?P<small>s?)\b(?!:)"
)


def with_names(value: Value, alarms: Collection[str]) -> Value | None:
    """The value with the names of the alarms in the place of their ARNs.

    None if it is not made of ARNs alone, with separators between them, in at least one branch of ``Fn::If``.
    """
    body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
    if isinstance(body, list) and len(body) == 3:
        branches = [with_names(branch, alarms) for branch in body[1:]]
        if branches == [None, None]:
            return None
        return {"Fn::If": [body[0], *(b if n is None else n for b, n in zip(body[1:], branches, strict=True))]}
    parts = expression(value)
    if parts is None:
        return None
    arn = _alarm(parts, alarms)
    if arn is not None:
        return ref(arn)
    return _replaced(value, alarms) if _is_list(parts, {f"{name}.Arn" for name in alarms}) else None


def gives_names(value: Value, alarms: Collection[str]) -> bool:
    """Whether the value is the name of an alarm, or names with separators between them."""
    parts = expression(value)
    return parts is not None and _is_list(parts, alarms)


def explicit_names(template: Template) -> dict[str, Expression]:
    """The alarms with a name of the author's choice, and that name."""
    found = ((alarm.id, expression(alarm.properties.get("AlarmName"))) for alarm in template.resources_of(*ALARMS))
    return {alarm: name for alarm, name in found if name}


def named_by_arn(value: Value, names: Mapping[str, Expression]) -> str | None:
    """The alarm whose ARN the value is, put together with its explicit name."""
    parts = expression(value) or ()
    for alarm, name in names.items():
        around = find(name, parts)
        if around is not None and not around[1] and _is_arn(around[0]):
            return alarm
    return None


def say_name(text: str) -> str:
    """A text, or a logical id, that speaks of a name where it spoke of an ARN: ``AlarmArn`` becomes ``AlarmName``."""

    def word(match: re.Match[str]) -> str:
        before = text[match.start() - 1 : match.start()]
        plural = match["long"] or match["word"] or match["small"] or ""
        return ("Name" if not before or before.isalnum() else "name") + plural

    text = re.sub(r"\b([Aa])n (?=ARN\b|Amazon Resource Name\b)", r"\1 ", text)
    return _WORD.sub(word, text)


def _alarm(parts: Expression, alarms: Collection[str]) -> str | None:
    """The alarm whose ARN the parts are, as an attribute or put together."""
    last = parts[-1] if parts else ""
    if not isinstance(last, Variable):
        return None
    if len(parts) == 1:
        name, _, attribute = last.name.partition(".")
        return name if name in alarms and attribute == "Arn" else None
    return last.name if last.name in alarms and _is_arn(parts[:-1]) else None


def _is_arn(before: Expression) -> bool:
    """Whether these parts are the ARN of an alarm up to its name."""
    head = "".join(part if isinstance(part, str) else "?" for part in before)
    return re.fullmatch(r"arn:[^:]+:cloudwatch:[^:]+:[^:]+:alarm:", head) is not None


def _is_list(parts: Expression, names: Collection[str]) -> bool:
    """Whether the parts are variables of these names, and nothing between them but separators."""
    variables = [part.name for part in parts if isinstance(part, Variable)]
    texts = [part for part in parts if isinstance(part, str)]
    return bool(variables) and all(v in names for v in variables) and not any(re.search(r"\w", text) for text in texts)


def _replaced(value: Value, alarms: Collection[str]) -> Value:
    """The value with ``!Ref`` for each ``!GetAtt`` and ``${Alarm}`` for each ``${Alarm.Arn}``."""

    def variable(part: SubPart) -> str | None:
        return f"${{{part.name}}}" if part.name in alarms and part.attribute == "Arn" else None

    attribute = get_att_parts(value)
    if attribute is not None:
        return ref(attribute[0])
    if isinstance(value, str):
        return map_sub(value, variable)
    if isinstance(value, dict):
        return {key: _replaced(inner, alarms) for key, inner in value.items()}
    return [_replaced(inner, alarms) for inner in value] if isinstance(value, list) else value
