"""An output gives the ARN of an alarm, or says so, where the name is what people need.

## Why
CloudWatch's API takes the names of alarms: `DescribeAlarms`, `SetAlarmState`, `EnableAlarmActions`. An ARN has to be
taken apart first.

## Repair
The value becomes the alarm's name, `!Ref Alarm` in the place of `!GetAtt Alarm.Arn`, `${Alarm.Arn}` or an ARN that is
put together; several ARNs in one value and the branches of an `Fn::If` likewise. The logical id of the output and its
description say name: `AlarmArn` becomes `AlarmName`, if that is free. An output that says ARN and gives the name
already is renamed only. Composite alarms are alarms.

The value of an export stays as it is, and a second output gives the name. Where another output gives the name already,
the one with the ARN is of no more use and may go. An ARN within other text and the outputs that a loop makes are
reported only.

## Safety
Safe where the output is not exported: nothing in a template refers to an output. Scripts that read `AlarmArn` do not
find it any more, which is better than that they get a name in the place of an ARN. Unsafe where it is exported, because
the value would change under those who import it (CloudFormation refuses that while somebody does), and where an output
is removed.

## Impact
None: an output is no part of a resource.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from fixer.cloudformation.entries import Output
from fixer.cloudformation.expressions import Expression, Variable, expression
from fixer.cloudformation.intrinsics import intrinsic, ref, sub_body
from fixer.cloudformation.outputs.alarm_names import (
    ALARMS,
    explicit_names,
    gives_names,
    named_by_arn,
    say_name,
    with_names,
)
from fixer.cloudformation.outputs.new_outputs import NewOutputs
from fixer.cloudformation.references import LOOP
from fixer.cloudformation.template import Template
from fixer.model import (
    Case,
    Finding,
    Fix,
    Impact,
    Operation,
    Options,
    Remove,
    Rename,
    Safety,
    Set,
    Value,
    transform,
)

INVALID = (
    Case(
        "the ARN of an alarm",
        before="""\
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
Outputs:
  ErrorsArn:  # for the dashboard
    Description: ARN of the alarm on errors
    Value: !GetAtt Errors.Arn
""",
        after="""\
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
Outputs:
  ErrorsName:  # for the dashboard
    Description: Name of the alarm on errors
    Value: !Ref Errors
""",
    ),
    Case(
        "JSON, ARNs of composite alarms and a name that is called ARN",
        before="""\
{
  "Resources": {
    "Errors": {"Type": "AWS::CloudWatch::CompositeAlarm"},
    "Load": {"Type": "AWS::CloudWatch::Alarm"}
  },
  "Outputs": {
    "AlarmARNs": {"Value": {"Fn::Sub": "${Errors.Arn},${Load.Arn}"}, "Description": "The alarms' ARNs"},
    "LoadAlarmArn": {"Value": {"Ref": "Load"}}
  }
}
""",
        after="""\
{
  "Resources": {
    "Errors": {"Type": "AWS::CloudWatch::CompositeAlarm"},
    "Load": {"Type": "AWS::CloudWatch::Alarm"}
  },
  "Outputs": {
    "AlarmNames": {"Value": {"Fn::Sub": "${Errors},${Load}"}, "Description": "The alarms' names"},
    "LoadAlarmName": {"Value": {"Ref": "Load"}}
  }
}
""",
    ),
    Case(
        "an export stays, the name comes beside it",
        before="""\
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
Outputs:
  ErrorsAlarmArn:
    Description: Alarm ARN
    Value: !GetAtt Errors.Arn
    Export:
      Name: !Sub ${AWS::StackName}-ErrorsAlarmArn
""",
        after="""\
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
Outputs:
  ErrorsAlarmArn:
    Description: Alarm ARN
    Value: !GetAtt Errors.Arn
    Export:
      Name: !Sub ${AWS::StackName}-ErrorsAlarmArn
  ErrorsAlarmName:
    Description: Alarm name
    Value: !Ref Errors
    Export:
      Name: !Sub ${AWS::StackName}-ErrorsAlarmName
""",
    ),
)
VALID = (
    Case(
        "an ARN within other text",
        before="""\
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
Outputs:
  Command:
    Value: !Sub aws cloudwatch list-tags-for-resource --resource-arn ${Errors.Arn}
""",
        says="within other text",
    ),
)


@transform(valid=VALID, invalid=INVALID)
def alarm_arn_output(template: Template, options: Options) -> Iterator[Finding]:
    alarms = {alarm.id for alarm in template.resources_of(*ALARMS)}
    yield from _in_loops(template)
    if not alarms:
        return
    names = explicit_names(template)
    work = _Work(template, NewOutputs(template, options.export), set(), names)
    for output in template.outputs.values():
        path = (*output.path, "Value")
        value = with_names(output.value, alarms)
        references = template.references_of(output.path)
        named = named_by_arn(output.value, names)
        if value is None and named is not None:
            condition = template.resources[named].condition
            if not template.holds_at(path, condition):
                message = f"Output {output.id} gives the ARN of an alarm, not its name"
                yield Finding(message, path, reason=f"the alarm exists only under the condition {condition}")
                continue
            value = ref(named)
        if value is not None:
            yield from work.findings(output, value)
        elif any(reference.target in alarms and reference.attribute == "Arn" for reference in references):
            message = f"Output {output.id} has the ARN of an alarm in it"
            yield Finding(message, path, reason="the ARN stands within other text, which may need it")
        elif (_says_arn(output.id) or _says_arn(output.body.get("Description"))) and (
            gives_names(output.value, alarms) or expression(output.value) in names.values()
        ):
            yield work.misnamed(output)


def _in_loops(template: Template) -> Iterator[Finding]:
    looped = {alarm.id for alarm in template.written(*ALARMS)}
    loops = (key for key in template.section("Outputs") if str(key).startswith(LOOP))
    for output in (entry for key in loops for entry in template.loop_entries(("Outputs", key))):
        value = output.body.get("Value")
        body = value["Fn::GetAtt"] if isinstance(value, dict) and intrinsic(value) == "Fn::GetAtt" else None
        if isinstance(body, list) and body[1:] == ["Arn"]:
            name = sub_body(body[0])
            if (name[0] if name else str(body[0])) in looped:
                message = f"Output {output.id} gives the ARN of an alarm, not its name"
                reason = "a loop makes the output, and not each of its values need be an alarm"
                yield Finding(message, (*output.path, "Value"), reason=reason)


def _says_arn(text: Value) -> bool:
    return isinstance(text, str) and say_name(text) != text


class _Work(Struct):
    """One run: the names that it has given so far are taken."""

    template: Template
    new: NewOutputs
    taken: set[str]
    names: Mapping[str, Expression]
    """Alarms with an explicit name, and that name."""

    def findings(self, output: Output, value: Value) -> Iterator[Finding]:
        """An output with ARNs, for which ``value`` has the names."""
        message = f"Output {output.id} gives the ARN of an alarm, not its name"
        path = (*output.path, "Value")
        other = self.other(output, value)
        if other is not None:
            yield self.removal(message, output, other)
            return
        exported = output.export is not None
        name = self.name(say_name(output.id) if _says_arn(output.id) else f"{output.id}Name")
        operations = (Set(path, value), *_renaming(output, name))
        safety = Safety.UNSAFE if exported else Safety.SAFE
        reason = "it is exported, and the value would change under those who import it" if exported else ""
        yield Finding(message, path, Fix("Give the alarm's name", operations, safety, Impact.NONE), reason)
        if exported and self.new.room:
            yield self.second(output, value, name)

    def second(self, output: Output, value: Value, name: str) -> Finding:
        """The safe way for an export: one more output."""
        message = f"No output gives the name of the alarm whose ARN {output.id} exports"
        description = output.body.get("Description")
        text = say_name(description) if isinstance(description, str) else ""
        added = self.new.insert(name, text or "Name of the alarm", value, output.condition)
        # The old value is set to what it is, so that this and a new value for it never come together.
        operations = (added, Set((*output.path, "Value"), output.value))
        return Finding(
            message, output.path, Fix(f"Add the output {added.path[1]}", operations, Safety.SAFE, Impact.NONE)
        )

    def misnamed(self, output: Output) -> Finding:
        message = f"Output {output.id} says ARN, and gives the name of an alarm"
        other = self.other(output, output.value)
        if other is not None and say_name(output.id) == other.id:
            return self.removal(message, output, other)
        operations = tuple(_renaming(output, self.name(say_name(output.id))))
        return Finding(message, output.path, Fix("Say name", operations, Safety.SAFE, Impact.NONE))

    def removal(self, message: str, output: Output, other: Output) -> Finding:
        reason = (
            f"output {other.id} gives the name; whoever {'imports' if output.export else 'reads'} {output.id} loses it"
        )
        fix = Fix(f"Remove {output.id}", (Remove(output.path),), Safety.UNSAFE, Impact.NONE)
        return Finding(message, output.path, fix, reason)

    def other(self, output: Output, value: Value) -> Output | None:
        """Another output that gives the value wherever this one is there."""
        wanted = self.meant(value)
        for other in self.template.outputs.values():
            same = other.value == value or (wanted is not None and self.meant(other.value) == wanted)
            if same and other.id != output.id and self.template.implies(output.condition, other.condition):
                return other
        return None

    def meant(self, value: Value) -> Expression | None:
        """What a value gives; the explicit name of an alarm is the same as the reference to it."""
        found = expression(value)
        return next(((Variable(alarm),) for alarm, name in self.names.items() if name == found), found)

    def name(self, wanted: str) -> str:
        found = self.template.fresh_id(wanted, "Outputs", self.taken)
        self.taken.add(found)
        return found


def _renaming(output: Output, name: str) -> Iterator[Operation]:
    """A description that says name, and the logical id ``name`` if the old one says ARN."""
    description = output.body.get("Description")
    if isinstance(description, str) and _says_arn(description):
        yield Set((*output.path, "Description"), say_name(description))
    if _says_arn(output.id):
        yield Rename(output.path, name)
