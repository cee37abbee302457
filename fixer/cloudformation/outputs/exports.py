"""How a template names what it exports, and what may be exported at all.

Sources: CloudFormation User Guide, "Outputs section syntax", for what an export is and that its name is unique in an
account and Region; error messages of the service for the characters of a name ("alphanumeric characters, colons, or
hyphens", aws-cdk#5845) and for values ("must not be empty or whitespace-only", serverless-vpc-plugin#704; "Max length
of 1024 exceeded", goformation#299).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from msgspec import Struct

from fixer.cloudformation.entries import Parameter
from fixer.cloudformation.expressions import Expression, Part, Variable, expression
from fixer.cloudformation.intrinsics import intrinsic, join, ref, sub
from fixer.cloudformation.template import Template
from fixer.model import Value

VALUE_LENGTH = 1_024
"""Most characters of a value that is exported."""

STACK_NAME = Variable("AWS::StackName")

_NAME = re.compile(r"[A-Za-z0-9:-]*\Z")
_SEPARATORS = ":-"
_HOLES = 16
"""So many places of a name are tried as the one that is each output's own; no real name has as many."""
_KIN = 3
"""So many names must begin with the same word before it counts as a part of the pattern."""


class ExportPattern(Struct, frozen=True):
    """Names of exports as a template writes them: what is each one's own stands between ``head`` and ``tail``."""

    head: Expression = (STACK_NAME, "-")
    tail: Expression = ()
    kebab: bool = False
    """``assets-bucket-name`` instead of ``AssetsBucketName``."""
    delimiter: str | None = None
    """Of the ``Fn::Join`` that makes the names; None: ``Fn::Sub`` does."""

    def expression(self, output_id: str) -> Expression:
        """The name of an output's export. It has the stack's name in it, so that no other stack has it too."""
        stem = _kebab(output_id) if self.kebab else output_id
        hole: Expression = (stem,)
        if STACK_NAME not in (*self.head, *self.tail):
            last = self.head[-1] if self.head else ""
            separator = last[-1] if isinstance(last, str) and last.endswith((":", "-")) else "-"
            hole = (STACK_NAME, separator + stem)
        return tuple(_merged((*self.head, *hole, *self.tail)))

    def value(self, output_id: str) -> Value:
        """The same as a value for ``Export.Name``."""
        parts = self.expression(output_id)
        joined = None if self.delimiter is None else _join(parts, self.delimiter)
        return joined or sub("".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in parts))


def wants_exports(template: Template, wanted: bool | None) -> bool:
    """Whether a new output is exported: as ``wanted``; where that is None, as most of the template's own outputs."""
    if wanted is not None:
        return wanted
    outputs = template.outputs.values()
    return 2 * sum(output.export is not None for output in outputs) > len(outputs)


def export_pattern(template: Template) -> ExportPattern:
    """The pattern that most names of the template's exports follow; the default where they show none."""
    names = [output.export for output in template.outputs.values() if output.export is not None]
    found: dict[tuple[Expression, Expression], list[str]] = {}
    for name in names:
        for head, hole, tail in islice(_splits(expression(name) or ()), _HOLES):
            found.setdefault((head, tail), []).append(hole)
    if not found:
        return ExportPattern()
    (head, tail), holes = max(found.items(), key=lambda item: len(item[1]))
    begin = _common_begin(holes)
    words = [hole[len(begin) :] for hole in holes]
    kebab = 2 * sum("-" in word and word == word.lower() for word in words) > len(words)
    return ExportPattern(tuple(_merged((*head, begin))), tail, kebab, _delimiter(names))


def is_exportable(parameter: Parameter) -> bool:
    """Whether the value of a parameter can always be exported: it is never empty, and not too long.

    Types of AWS must name something that exists. Of a plain string the constraints tell; without any it may be empty.
    """
    if parameter.is_list or parameter.type.startswith("AWS::SSM::Parameter::Value<") or parameter.default == "":
        return False
    if parameter.type == "Number" or parameter.type.startswith("AWS::"):
        return True
    if parameter.allowed_values:
        return all(str(value).strip() and len(str(value)) <= VALUE_LENGTH for value in parameter.allowed_values)
    longest = _number(parameter.body.get("MaxLength"), VALUE_LENGTH)
    return longest <= VALUE_LENGTH and parameter.is_never_empty


def _number(value: Value, default: int) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return default


def _splits(name: Expression) -> Iterator[tuple[Expression, str, Expression]]:
    """The ways to cut a name into head, hole and tail; the hole farthest behind is the likeliest, and comes first."""
    if not all(isinstance(part, Variable) or _NAME.match(part) for part in name):
        return
    for number in reversed(range(len(name))):
        part = name[number]
        hole = part.strip(_SEPARATORS) if isinstance(part, str) else ""
        if isinstance(part, str) and hole:
            begin, end = part.split(hole, 1)
            yield tuple(_merged((*name[:number], begin))), hole, tuple(_merged((end, *name[number + 1 :])))


def _common_begin(holes: list[str]) -> str:
    """The words, each with its separator, with which all of the holes begin; something is left of each."""
    if len(holes) < _KIN:
        return ""
    words = [re.split(r"(?<=[:-])(?=[^:-])", hole)[:-1] for hole in holes]
    columns = takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False))
    return "".join(column[0] for column in columns)


def _delimiter(names: list[Value]) -> str | None:
    """The delimiter that most of the names are joined by; None if most are not joined."""
    joins = [name["Fn::Join"] for name in names if intrinsic(name) == "Fn::Join"]
    delimiters = Counter(body[0] for body in joins if isinstance(body, list) and body and isinstance(body[0], str))
    return delimiters.most_common(1)[0][0] if 2 * delimiters.total() > len(names) else None


def _join(parts: Expression, delimiter: str) -> Value:
    """The parts as a ``Fn::Join``; None if they do not fall apart at the delimiter."""
    items: list[list[Part]] = [[]]
    for part in parts:
        pieces = part.split(delimiter) if delimiter and isinstance(part, str) else [part]
        for number, piece in enumerate(pieces):
            if number or not delimiter:
                items.append([])
            if piece != "":
                items[-1].append(piece)
    items = items if delimiter else items[1:]
    if any(len(item) != 1 for item in items):
        return None
    return join(delimiter, [ref(item[0].name) if isinstance(item[0], Variable) else item[0] for item in items])


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts without empty texts, and texts that are neighbours as one."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
        text = ""
        yield part
    if text:
        yield text


def _kebab(name: str) -> str:
    """``assets-bucket-name`` for ``AssetsBucketName``, ``vpc-id`` for ``VPCId``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()
