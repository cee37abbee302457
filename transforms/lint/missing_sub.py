"""A plain string names something of the template in `${}`, and no `Fn::Sub` puts it in.

## Why
The resource gets the text as it stands, `orders-${Environment}`, or its creation fails (cfn-lint E1029).

## Repair
`Fn::Sub`, or `Ref` and `Fn::GetAtt` where the variable is all of the string. Meant are pseudo parameters, parameters,
resources and attributes that they have; any other `${...}`, such as the IAM policy variable `${aws:username}`, is
escaped as `${!` and stays what it is. What a state machine replaces with its `DefinitionSubstitutions` is left alone.

A finding without a fix: a string where no function may stand, in parameters, mappings, descriptions and keys of
macros, modules and loops; metadata, conditions and rules; a variable of a script, a build or a mapping template, where
`${Name}` may be its own (pseudo parameters are taken for what they are); a list; a reference that would make a circle,
or to a resource that is not always there; a resource in the name of an export or in SAM's Globals; a template that goes
through a macro that is not known here.

It comes before the repairs that leave such strings alone, and before `unused-parameter`.

## Safety
Unsafe: that `Fn::Sub` was meant is likely, and not known, and the value changes.

## Impact
That of a change of the property (provider schemas).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixer.cloudformation.iam.graph import Graph
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import SubPart, walk
from fixer.cloudformation.meant_variables import as_function, is_list, is_own, meant
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text, texts
from fixer.model import Case, Finding, Fix, Options, Path, Safety, Set, transform

INVALID = (
    Case(
        "parameters, resources, pseudo parameters",
        unsafe=True,
        before="""\
Parameters:
  Environment: {Type: String}
Resources:
  Orders:
    Type: AWS::S3::Bucket
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: 'for ${Environment}' # in which it is
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource:
              - "${Orders.Arn}"
              - "${Orders.Arn}/home/${aws:username}/*"
Outputs:
  Bucket:
    Value: ${Orders}
""",
        after="""\
Parameters:
  Environment: {Type: String}
Resources:
  Orders:
    Type: AWS::S3::Bucket
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: !Sub 'for ${Environment}' # in which it is
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource:
              - !GetAtt Orders.Arn
              - !Sub "${Orders.Arn}/home/${!aws:username}/*"
Outputs:
  Bucket:
    Value: !Ref Orders
""",
    ),
    Case(
        "JSON",
        unsafe=True,
        before="""\
{
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {
        "TopicName": "orders-${AWS::StackName}"
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Properties": {
        "TopicName": {
          "Fn::Sub": "orders-${AWS::StackName}"
        }
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "not unless asked for",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: orders-${AWS::Region}
""",
        says="whether Fn::Sub was meant is not known",
    ),
    Case(
        "a variable of a script",
        unsafe=True,
        before="""\
Parameters:
  Name: {Type: String}
Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: |
          Name=orders
          echo ${Name}
""",
        says="${Name} may be a variable of the program that reads it",
    ),
)

_VARIABLE = re.compile(r"\$\{[A-Za-z0-9_:.]+\}")


@transform(lint_rules=("E1029",), valid=VALID, invalid=INVALID)
def missing_sub(template: Template, options: Options) -> Iterator[Finding]:
    resolved = {text.path: text for text in texts(template)}
    graph = Graph(template)
    for entry, body in template.entries():
        for path, value in walk(body, entry):
            if not isinstance(value, str) or "Fn::Sub" in path or not _VARIABLE.search(value) or _is_excepted(path):
                continue
            text = resolved.get(path)
            parts = meant(template, text or Text(path, value))
            if parts:
                yield _finding(template, path, value, text, parts, graph)


def _is_excepted(path: Path) -> bool:
    """As cfn-lint has it: what a template body says is for the stack that is made of it."""
    return path[-1] == "TemplateBody"


def _finding(
    template: Template, path: Path, value: str, text: Text | None, parts: tuple[SubPart, ...], graph: Graph
) -> Finding:
    names = ", ".join(dict.fromkeys(part.text for part in parts))
    message = f"A plain string names {names}, and no Fn::Sub puts it in"
    if text is None or text.is_sub:
        return Finding(message, path, reason="no function is put there, or nobody resolves it")
    function = as_function(value, parts)
    why_not = _hindrance(template, text, parts, graph)
    if why_not or function is None:
        return Finding(message, path, reason=why_not or "it has a ${ that begins no variable")
    for target in _resources(template, parts) if path[0] == "Resources" else ():
        graph.add(str(path[1]), target)
    title = "Use Fn::Sub" if "Fn::Sub" in function else "Use the function itself"
    fix = Fix(title, (Set(path, function),), Safety.UNSAFE, impact_at(template, path))
    return Finding(message, path, fix, "whether Fn::Sub was meant is not known")


def _hindrance(template: Template, text: Text, parts: tuple[SubPart, ...], graph: Graph) -> str:
    """Why the variables cannot be put into a text; "" if they can."""
    if text.fixed:
        return text.fixed
    if template.has_macros and text.path[0] != "Outputs":
        return "the template goes through a macro, which may put it in"
    if is_own(text, parts):
        own = next(part.text for part in parts if not part.text.startswith("${AWS::"))
        return f"{own} may be a variable of the program that reads it"
    lists = [part.text for part in parts if is_list(template, part)]
    if lists:
        return f"{lists[0]} is no text, and Fn::Sub takes no other"
    targets = _resources(template, parts)
    if targets and "Export" in text.path[2:3]:
        return f"the name of an export cannot refer to a resource, and {targets[0]} is one"
    if targets and text.path[0] == "Globals":
        return f"every function would refer to {targets[0]}, which may refer to one of them"
    for target in targets:
        if text.path[0] == "Resources" and graph.reaches(target, str(text.path[1])):
            return f"a reference to {target} would make a circle"
        if not template.holds_at(text.path, template.resources[target].condition):
            return f"{target} is not there whenever the string is"
    return ""


def _resources(template: Template, parts: tuple[SubPart, ...]) -> list[str]:
    return [name for part in parts if (name := part.name or "") in template.resources]
