"""The value of a parameter is not among the outputs.

## Why
Who builds on a stack needs to know with what it was made: the environment, the CIDR block, the instance type. Outputs
tell people, and stacks that are chained to this one.

## Repair
An output gives the value of each parameter, of the same name if that is free; lists are joined by a comma. What an
output gives already is left as it is. It is exported as other outputs are (see `missing-resource-outputs`), but only
if it can neither be empty nor longer than 1,024 characters: such a value cannot be exported.

Never given: parameters with `NoEcho`, values from secrets or secure strings, and names that look secret.
CloudFormation does not mask outputs. The finding says so. A template takes 200 outputs; parameters that find no place
are told.

## Safety
Safe: an output changes no resource, and an empty value is a valid output.

## Impact
None. A parameter whose value is exported cannot be changed while another stack imports it (CloudFormation User Guide,
"Outputs"); nobody imports a new one yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from fixer.cloudformation.entries import Parameter
from fixer.cloudformation.intrinsics import join, ref
from fixer.cloudformation.limits import full
from fixer.cloudformation.outputs.exports import is_exportable
from fixer.cloudformation.outputs.new_outputs import NewOutputs, parameters_given
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Options, Safety, transform

INVALID = (
    Case.grown(
        "parameters of all kinds",
        """\
Parameters:
  Environment:
    Type: String
  Size:
    Type: Number
    Default: 1
  SubnetIds:
    Type: List<AWS::EC2::Subnet::Id>
  Zones:
    Type: AWS::SSM::Parameter::Value<List<String>>
  Image:
    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
Resources:
  Alerts:
    Type: AWS::SNS::Topic
""",
        """\
Outputs:
  Environment:
    Description: Value of the parameter Environment
    Value: !Ref Environment
  Size:
    Description: Value of the parameter Size
    Value: !Ref Size
  SubnetIds:
    Description: Value of the parameter SubnetIds
    Value: !Join [",", !Ref SubnetIds]
  Zones:
    Description: Value of the parameter Zones
    Value: !Join [",", !Ref Zones]
  Image:
    Description: Value of the parameter Image
    Value: !Ref Image
""",
    ),
    Case(
        "JSON",
        before="""\
{
  "Parameters": {
    "Names": {
      "Type": "CommaDelimitedList"
    }
  },
  "Resources": {
    "Alerts": {
      "Type": "AWS::SNS::Topic"
    }
  }
}
""",
        after="""\
{
  "Parameters": {
    "Names": {
      "Type": "CommaDelimitedList"
    }
  },
  "Resources": {
    "Alerts": {
      "Type": "AWS::SNS::Topic"
    }
  },
  "Outputs": {
    "Names": {
      "Description": "Value of the parameter Names",
      "Value": {
        "Fn::Join": [
          ",",
          {
            "Ref": "Names"
          }
        ]
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "NoEcho",
        before="""\
Parameters:
  Pin:
    Type: String
    NoEcho: true
Resources:
  Alerts:
    Type: AWS::SNS::Topic
""",
        says="NoEcho",
    ),
)


@transform(valid=VALID, invalid=INVALID)
def missing_parameter_outputs(template: Template, options: Options) -> Iterator[Finding]:
    outputs = NewOutputs(template, options.export)
    given = {name for output in template.outputs.values() for name in parameters_given(output.value)}
    for parameter in template.parameters.values():
        if parameter.id in given:
            continue
        message = f"No output gives the value of the parameter {parameter.id}"
        secret = _secret(parameter)
        if secret or not outputs.room:
            yield Finding(message, parameter.path, reason=secret or full("Outputs"))
            continue
        wanted = f"{parameter.id}Value" if parameter.id in template.section("Outputs") else parameter.id
        value = join(",", ref(parameter.id)) if parameter.is_list else ref(parameter.id)
        description = f"Value of the parameter {parameter.id}"
        insertion = outputs.insert(wanted, description, value, export=is_exportable(parameter))
        title = f"Add the output {insertion.path[1]}"
        yield Finding(message, parameter.path, Fix(title, (insertion,), Safety.SAFE, Impact.NONE))


def _secret(parameter: Parameter) -> str:
    """Why the value must not be shown; empty if it may be."""
    if parameter.no_echo:
        return "it has NoEcho, and outputs are not masked"
    if parameter.is_secret:
        return "it looks like a secret, and outputs are not masked"
    if parameter.is_ssm and replace(parameter, id=str(parameter.default)).is_secret:
        return "it is read from a name that looks like a secret's, and outputs are not masked"
    return ""
