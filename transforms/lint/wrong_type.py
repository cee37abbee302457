"""A property has a value of a type that it does not take, or a word in wrong case.

## Why
`DelaySeconds: 30.0` in quotes, `FifoQueue: "yes"`, one subnet where a list is due: the stack fails on it (cfn-lint
E3012). So it does on `zip` where the word is `Zip`, and on `MfaConfiguration: OFF`, which YAML reads as false (E3030).

## Repair
What the provider schema asks for: a number, a boolean, a list around what should be its only item, the item of a list
of one; and the word of an enumeration as the schema spells it. Branches of `Fn::If` count.

What CloudFormation converts itself is no error, and stays: `"10"` for a number, `"true"` for a boolean, and 8080 for a
string. But a number that is not read as it is written, where a string is due, becomes the string that its author wrote:
`1.10`, read as 1.1, becomes `"1.10"`, and the account `012345670123`, an octal number, keeps its digits. That holds for
defaults and allowed values of parameters that are strings, too.

## Safety
Safe where the value stays the same: `"30.0"` and 30. Else unsafe: somebody has to say that it is what was meant. Where
that is not known (`30s`, `12.5` for an integer) the finding says so.

## Impact
As the provider schema says of the property.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.lists import gives_text
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.conversions import Conversion, converted, fits, lost_text, of_enum
from fixer.cloudformation.types.descent import Described, described
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, Set, Value, transform

INVALID = (
    Case(
        "an equal value",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: "30.0" # half a minute
""",
        after="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 30 # half a minute
""",
    ),
    Case(
        "words, lists, numbers that are names",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: "yes"
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: OFF
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      EngineVersion: 16.10 # the newest
      VPCSecurityGroups: sg-0123456789abcdef0
""",
        after="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: "OFF"
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      EngineVersion: "16.10" # the newest
      VPCSecurityGroups:
        - sg-0123456789abcdef0
""",
        unsafe=True,
        json_differs=True,  # there nobody can write 16.10 and OFF for anything else
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {"PackageType": "image", "MemorySize": "512.0"}
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {"PackageType": "Image", "MemorySize": 512}
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "what CloudFormation converts itself",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {DelaySeconds: "30", FifoQueue: "true", QueueName: 8080, Tags: [{Key: a, Value: true}]}
""",
        unsafe=True,
    ),
    Case(
        "what is meant is not known",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {DelaySeconds: 30s}
""",
        unsafe=True,
        says="which integer is meant is not known",
    ),
)

_MEANT = "the stack fails on what is there, and somebody has to say that this is meant"
_LOST = "the value that AWS is given changes to the one that is written"


@transform(lint_rules=("E3012", "E3030"), valid=VALID, invalid=INVALID)
def wrong_type(template: Template, options: Options) -> Iterator[Finding]:
    macro = "a macro may work on it first" if template.has_macros else ""
    for resource in (*template.resources.values(), *template.looped):
        for one in described(resource):
            finding = _at(template, f"{one.pointer} of {resource.id}", one)
            if finding is not None:
                yield Finding(finding.message, one.path, reason=macro) if macro else finding
    for parameter in template.parameters.values():
        if parameter.type == "String":
            values: list[tuple[Path, Value]] = [((*parameter.path, "Default"), parameter.default)]
            values += [((*parameter.path, "AllowedValues", i), v) for i, v in enumerate(parameter.allowed_values)]
            for path, value in values:
                lost = lost_text(value, template.written_at(path) if isinstance(value, int | float) else None)
                if lost is not None:
                    yield _lost(template, f"A value of parameter {parameter.id}", path, value, lost)


def _at(template: Template, what: str, one: Described) -> Finding | None:
    value, types = one.value, one.types
    written = template.written_at(one.path) if isinstance(value, bool | int | float) else None
    if isinstance(value, bool | int | float | str):
        if isinstance(value, str) and ("${" in value or "&{" in value or "{{resolve:" in value):
            return None
        word = of_enum(value, written, _enum(one))
        if word is not None:
            said = written if isinstance(value, bool) else value
            message = f"{what} is {said}, where the word is {word}"
            return _fixed(template, one.path, message, Conversion(word))
        if types == {"string"} or one.is_variable:
            lost = lost_text(value, written)
            return None if lost is None else _lost(template, what, one.path, value, lost)
    if not types or "object" in types:
        return None
    if "array" in types:
        return _list(template, what, one) if types == {"array"} else None
    if isinstance(value, list):
        return _only_item(template, what, one)
    if isinstance(value, dict) or value is None or fits(value, types):
        return None
    due = " or ".join(sorted(types))
    found = converted(value, types)
    message = f"{what} is {value!r}, where a value of type {due} is due"
    if found is None:
        return Finding(message, one.path, reason=f"which {due} is meant is not known")
    return _fixed(template, one.path, message, found)


def _fixed(template: Template, path: Path, message: str, found: Conversion) -> Finding:
    safety = Safety.SAFE if found.equal else Safety.UNSAFE
    shown = found.value if isinstance(found.value, str) else str(found.value).lower()
    title = "Make it a list" if isinstance(found.value, list) else f"Write {shown}"
    if isinstance(found.value, dict):
        title = "Take the item of the list"
    fix = Fix(title, (Set(path, found.value),), safety, impact_at(template, path))
    return Finding(message, path, fix, "" if found.equal else _MEANT)


def _lost(template: Template, what: str, path: Path, value: Value, lost: str) -> Finding:
    message = f"{what} is written {lost}, and read as {value}"
    impact = impact_at(template, path)
    if path[0] == "Parameters":
        users = template.references_to(str(path[1]), "Parameters")
        impact = max((impact_at(template, user.path) for user in users), default=Impact.NONE)
    return Finding(message, path, Fix(f'Write "{lost}"', (Set(path, lost),), Safety.UNSAFE, impact), _LOST)


def _enum(one: Described) -> tuple[Value, ...]:
    """The words that the value may be; empty if there are alternatives, or any case will do."""
    views = one.known.views(one.node)
    if any(keyword in view for view in views for keyword in ("anyOf", "oneOf", "enumCaseInsensitive")):
        return ()
    return next((tuple(view["enum"]) for view in views if "enum" in view), ())


def _list(template: Template, what: str, one: Described) -> Finding | None:
    """The finding about something else than a list, where one is due, that should be its only item."""
    value, item = one.value, one.known.below(one.node, 0)
    if isinstance(value, list) or value is None or item is None:
        return None
    types = one.known.types_of(item) - {"null"}
    message = f"{what} is no list, and one is due"
    if isinstance(value, bool | int | float | str):
        if "," in str(value):
            return Finding(message, one.path, reason="it may hold several items")
        fitting = fits(value, types) and not types <= {"object", "array"} and value != ""
    elif intrinsic(value):
        fitting = "string" in types and gives_text(template, value)
    else:
        names = set(item.get("properties", ()))
        fitting = bool(value) and names.issuperset(value)
    return _fixed(template, one.path, message, Conversion([value])) if fitting else None


def _only_item(template: Template, what: str, one: Described) -> Finding | None:
    message = f"{what} is a list, and a single value is due"
    if len(one.value) != 1:
        return Finding(message, one.path, reason="which of its items is meant is not known")
    (item,) = one.value
    if isinstance(item, bool | int | float | str):
        fitting = fits(item, one.types)
    else:
        fitting = intrinsic(item) is not None and gives_text(template, item)
    if not fitting:
        return Finding(message, one.path, reason="its item is no such value either")
    return _fixed(template, one.path, message, Conversion(item))
