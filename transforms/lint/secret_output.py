"""An output shows the value of a parameter with NoEcho.

## Why
NoEcho masks a value where CloudFormation shows parameters, and nowhere else: in outputs and metadata whoever may
describe the stack reads it (CloudFormation User Guide, "Parameters"; cfn-lint W2010).

## Repair
The output goes, and the conditions that it alone used; with the last output the section. Whoever needs the value gets it
where it comes from: keep it in Secrets Manager and give out its ARN.

Told of, and left alone: an output that is exported, as CloudFormation keeps it while another stack imports it; one that a
loop makes; and metadata, where the instance that reads it would be left without.

## Safety
Unsafe: a stack around this one, or a program, may read the output.

## Impact
None: no resource changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.leftovers import unused_conditions
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Path, Remove, Safety, transform

INVALID = (
    Case(
        "a password, and one in a longer text",
        before="""\
Parameters:
  Password: {Type: String, NoEcho: true}
  User: {Type: String, Default: app}
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {MasterUsername: !Ref User, MasterUserPassword: !Ref Password}
Outputs:
  Password:
    # to log in
    Value: !Ref Password
  User:
    Value: !Ref User # of the application
  Url:
    Condition: IsTest
    Value: !Sub "https://${User}:${Password}@${Database.Endpoint.Address}"
""",
        after="""\
Parameters:
  Password: {Type: String, NoEcho: true}
  User: {Type: String, Default: app}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {MasterUsername: !Ref User, MasterUserPassword: !Ref Password}
Outputs:
  # to log in
  User:
    Value: !Ref User # of the application
""",
        unsafe=True,
    ),
    Case(
        "JSON, the only one",
        before="""\
{
  "Parameters": {"Token": {"Type": "String", "NoEcho": "true"}},
  "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Token"}}}},
  "Outputs": {
    "Token": {"Value": {"Ref": "Token"}}
  }
}
""",
        after="""\
{
  "Parameters": {"Token": {"Type": "String", "NoEcho": "true"}},
  "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Token"}}}}
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "exported",
        before="""\
Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  Topic: {Type: AWS::SNS::Topic}
Outputs:
  Password:
    Value: !Ref Password
    Export: {Name: password}
""",
        unsafe=True,
        says="it is exported, and CloudFormation keeps it while another stack imports it",
    ),
    Case(
        "not unless asked for",
        before="""\
Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  Topic: {Type: AWS::SNS::Topic}
Outputs:
  Password: {Value: !Ref Password}
""",
        says="a stack around this one, or a program, may read it",
    ),
)

_READ = "a stack around this one, or a program, may read it"


@transform(lint_rules=("W2010",), valid=VALID, invalid=INVALID)
def secret_output(template: Template, options: Options) -> Iterator[Finding]:
    shown: dict[Path, str] = {}
    for parameter in template.parameters.values():
        for reference in template.references_to(parameter.id, "Parameters") if parameter.no_echo else ():
            if reference.path[0] == "Outputs":
                shown.setdefault(reference.owner, parameter.id)
            elif reference.path[0] == "Resources" and "Metadata" in reference.path[2:3]:
                message = f"Metadata of {reference.path[1]} shows parameter {parameter.id}, which has NoEcho"
                yield Finding(message, reference.path, reason="whoever reads it there would be left without")
    going = []
    for path, name in shown.items():
        output = template.outputs.get(str(path[1]))
        message = f"Output {path[1]} shows parameter {name}, which has NoEcho"
        if output is None:
            yield Finding(message, path, reason="a loop makes it")
        elif "Export" in output.body:
            reason = "it is exported, and CloudFormation keeps it while another stack imports it"
            yield Finding(message, path, reason=reason)
        else:
            going.append((path, message))
    if len(going) == len(template.section("Outputs")):
        going = [(("Outputs",), "; ".join(message for _, message in going))] if going else []
    for path, message in going:
        fix = Fix(f"Remove {path[-1]}", _removal(template, path), Safety.UNSAFE, Impact.NONE)
        yield Finding(message, path, fix, _READ)


def _removal(template: Template, path: Path) -> tuple[Operation, ...]:
    paths = [path] if len(path) > 1 else [("Outputs", name) for name in template.section("Outputs")]
    unused = list(unused_conditions(template, paths))
    whole = len(unused) == len(template.section("Conditions"))
    conditions: list[Path] = [("Conditions",)] if whole and unused else [("Conditions", name) for name in unused]
    return (Remove(path), *map(Remove, conditions))
