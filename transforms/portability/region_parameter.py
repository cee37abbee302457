"""A parameter only repeats the Region that the stack is in.

## Why
A stack is in one Region, which `AWS::Region` gives. A parameter that says it once more can say something else: then
ARNs, endpoints and zones point to a Region in which the stack has nothing.

## Repair
Each reference to the parameter becomes `AWS::Region`, and the parameter goes, from the console's form too
(`AWS::CloudFormation::Interface`).

Only for parameters of type String whose name says no more than Region (`Region`, `AWSRegion`, `DeploymentRegion`,
...), and whose default and allowed values are Regions. A finding without a fix: a condition compares it with
`AWS::Region`, or with the empty string; a rule checks it; a loop, a module or a macro uses it; it names where a
replica is. Names such as `SecondaryRegion` or `SourceRegion` mean another Region.

## Safety
Unsafe: a stack may have been made with another Region's name on purpose, and whoever passes the parameter, such as a
parent stack or a pipeline, fails without it.

## Impact
None if the value of the parameter is the stack's Region. As it may be another, the impact is that of a change, as the
provider schema says for each property.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.entries import Parameter
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import intrinsic, ref, walk
from fixer.cloudformation.parameters import removal
from fixer.cloudformation.places.region_values import may_be_elsewhere, says_own_region
from fixer.cloudformation.places.regions import is_region
from fixer.cloudformation.references import Reference
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Operation, Options, Safety, transform

INVALID = (
    Case(
        "references become AWS::Region",
        unsafe=True,
        before="""\
Parameters:
  Region:
    Type: String
    Default: us-east-1
  Size:
    Type: Number
    Default: 1
Conditions:
  East: !Equals [!Ref Region, us-east-1]
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs {Ref: Region}]
Outputs:
  Url:
    Value: !Sub 'https://${Api}.execute-api.${Region}.amazonaws.com'
""",
        after="""\
Parameters:
  Size:
    Type: Number
    Default: 1
Conditions:
  East: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs {Ref: AWS::Region}]
Outputs:
  Url:
    Value: !Sub 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com'
""",
    ),
    Case(
        "JSON, with the console's form",
        unsafe=True,
        before="""\
{
  "Metadata": {
    "AWS::CloudFormation::Interface": {
      "ParameterGroups": [
        {"Label": {"default": "Place"}, "Parameters": ["AwsRegion"]},
        {"Label": {"default": "Rest"}, "Parameters": ["Name"]}
      ],
      "ParameterLabels": {"AwsRegion": {"default": "Where?"}}
    }
  },
  "Parameters": {
    "AwsRegion": {"Type": "String", "AllowedValues": ["us-east-1", "eu-west-1"]},
    "Name": {"Type": "String"}
  },
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {"DisplayName": {"Fn::Join": ["-", [{"Ref": "Name"}, {"Ref": "AwsRegion"}]]}}
    }
  }
}
""",
        after="""\
{
  "Metadata": {
    "AWS::CloudFormation::Interface": {
      "ParameterGroups": [
        {"Label": {"default": "Rest"}, "Parameters": ["Name"]}
      ]
    }
  },
  "Parameters": {
    "Name": {"Type": "String"}
  },
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {"DisplayName": {"Fn::Join": ["-", [{"Ref": "Name"}, {"Ref": "AWS::Region"}]]}}
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "compared with the stack's Region",
        unsafe=True,
        before="""\
Parameters:
  Region:
    Type: String
    Default: us-east-1
Conditions:
  IsHome: !Equals [!Ref AWS::Region, !Ref Region]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsHome
""",
        says="may be another Region than the stack's",
    ),
)

_REASON = "a stack may have been made with another Region's name, and whoever passes the parameter fails without it"


@transform(valid=VALID, invalid=INVALID)
def region_parameter(template: Template, options: Options) -> Iterator[Finding]:
    for parameter in template.parameters.values():
        uses = template.references_to(parameter.id)
        if not _repeats_region(parameter) or not uses:
            continue
        message = f"Parameter {parameter.id} repeats the stack's Region"
        doubt = next((why for use in uses if (why := _doubt(template, parameter, use))), "")
        if doubt:
            yield Finding(message, parameter.path, reason=doubt)
            continue
        operations: tuple[Operation, ...] = (
            *template.rename_references(parameter.id, "AWS::Region"),
            *removal(template, parameter.id),
        )
        impact = max(impact_at(template, use.path) for use in uses)
        yield Finding(message, parameter.path, Fix("Use AWS::Region", operations, Safety.UNSAFE, impact), _REASON)


def _repeats_region(parameter: Parameter) -> bool:
    """Whether the name says Region and nothing more, and the values are Regions."""
    values = [*parameter.allowed_values, *([parameter.default] if parameter.has_default else [])]
    return parameter.type == "String" and says_own_region(parameter.id) and all(map(is_region, values))


def _doubt(template: Template, parameter: Parameter, use: Reference) -> str:
    """Why a use of the parameter may not mean the stack's own Region; empty if it does."""
    if use.opaque:
        return "a loop, a module or a macro uses it"
    if use.path[0] == "Rules" or use.kind == "ValueOf":
        return "a rule checks it"
    if may_be_elsewhere(use.path[2:]):
        return f"it is used at {'.'.join(map(str, use.path))}, where another Region may be meant"
    if use.path[0] == "Conditions":
        for _, value in walk(template.value_at(use.path[:2])):
            sides = value["Fn::Equals"] if intrinsic(value) == "Fn::Equals" else []
            if ref(parameter.id) in sides and (ref("AWS::Region") in sides or "" in sides):
                return "a condition asks whether it is given: it may be another Region than the stack's"
    return ""
