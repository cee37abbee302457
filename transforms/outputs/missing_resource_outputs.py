"""A resource that other stacks and people need has no output.

## Why
Without an output, the name that CloudFormation made up for a bucket, or the endpoint of a database, has to be looked up
by hand, and no other stack can be built on it.

## Repair
Each network, bucket, table, queue, topic, function, API, load balancer, database, cluster, service, user pool, key,
role, state machine, log group, alarm, certificate, distribution, repository, secret and the like gets one or two
outputs: what identifies it (its name or ID, and its ARN) and, where it has one, the address at which it is reached.
What an output already gives, alone or as a part of its value, gets none, in another form neither: a bucket whose name
is given needs no ARN. A name or an ARN that is spelled out with the name of the author's choice counts too. A REST API
with one known stage gets its URL, and so do the APIs that AWS SAM makes for the events of functions.

An output has the condition of its resource. It is exported if most of the template's own outputs are, or with
`outputs.export = true`, under a name of the template's own pattern; where that pattern has not the stack's name in it,
the name is added, because another stack may have the same.

A template takes 200 outputs: where there are more to add, each resource gets its first one only, and those for which no
place is left are reported. So are resources that a loop makes, unless a loop of the outputs has them.

## Safety
Safe: an output changes no resource, and only values are given that exist as soon as the resource does. None is a
secret: of a secret it is the ARN.

## Impact
None. An exported value cannot be changed or removed while another stack imports it (CloudFormation User Guide,
"Outputs"); nobody imports a new one yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import get_att, ref
from fixer.cloudformation.limits import full
from fixer.cloudformation.macros import macro_attribute
from fixer.cloudformation.outputs.identifiers import Identifier, identifiers, ref_returns
from fixer.cloudformation.outputs.invoke_urls import implicit_apis, invoke_url
from fixer.cloudformation.outputs.new_outputs import NewOutputs, is_url
from fixer.cloudformation.outputs.spelled_out import spelled_out
from fixer.cloudformation.references import LOOP
from fixer.cloudformation.template import Template
from fixer.model import Case, Finding, Fix, Impact, Options, Path, Safety, Value, transform

_IDENTITIES = frozenset({"Name", "Id", "Arn"})
_NEITHER = frozenset({"AllocationId", "LatestVersionNumber", "RootResourceId", "StreamArn"})
_REST_APIS = ("AWS::ApiGateway::RestApi", "AWS::Serverless::Api")

INVALID = (
    Case.grown(
        "bucket without an Outputs section",
        """\
Resources:
  Assets:
    Type: AWS::S3::Bucket
""",
        """\
Outputs:
  AssetsName:
    Description: Name of the bucket Assets
    Value: !Ref Assets
  AssetsArn:
    Description: ARN of the bucket Assets
    Value: !GetAtt Assets.Arn
""",
    ),
    Case(
        "JSON",
        before="""\
{
  "Resources": {"Alerts": {"Type": "AWS::SNS::Topic"}}
}
""",
        after="""\
{
  "Resources": {"Alerts": {"Type": "AWS::SNS::Topic"}},
  "Outputs": {
    "AlertsArn": {
      "Description": "ARN of the topic Alerts",
      "Value": {"Ref": "Alerts"}
    }
  }
}
""",
    ),
    Case.grown(
        "exports follow the template's pattern",
        """\
Resources:
  Alerts:
    Type: AWS::SNS::Topic
  AppKey:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/app, TargetKeyId: alias/old}
Outputs:
  Topic:
    Value: !Ref Alerts
    Description: Topic
    Export:
      Name: !Join [':', [!Ref AWS::StackName, Topic]]
""",
        """\
  AppKeyName:
    Value: !Ref AppKey
    Description: Name of the key alias AppKey
    Export:
      Name: !Join [':', [!Ref AWS::StackName, AppKeyName]]
""",
    ),
)
VALID = (
    Case(
        "nothing of that kind",
        before="""\
Resources:
  Handle:
    Type: AWS::CloudFormation::WaitConditionHandle
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
""",
    ),
)


class _Wanted(Struct, frozen=True):
    """An output to add. ``what`` it gives, in a few words."""

    suffix: str
    what: str
    description: str
    value: Value
    condition: str | None = None


_VARIABLE = re.compile(r"[$&]\{[^}]*\}")
"""The variable of a loop in a logical id."""


@transform(valid=VALID, invalid=INVALID)
def missing_resource_outputs(template: Template, options: Options) -> Iterator[Finding]:
    found = list(_missing(template))
    outputs = NewOutputs(template, options.export)
    if sum(len(wanted) for _, _, wanted in found) > outputs.room:
        found = [(name, path, wanted[:1]) for name, path, wanted in found]
    for name, path, wanted in found:
        macro = macro_attribute(template, template.resources[name]) if name in template.resources else None
        message = f"No output gives the {' and the '.join(output.what for output in wanted)} of {name}"
        if macro is not None:
            yield Finding(message, path, reason=f"{macro} is for a macro, which may put other resources in its place")
            continue
        if len(wanted) > outputs.room:
            yield Finding(message, path, reason=full("Outputs"))
            continue
        insertions = tuple(
            outputs.insert(_output_id(name, w.suffix), w.description, w.value, w.condition) for w in wanted
        )
        title = "Add " + " and ".join(str(insertion.path[1]) for insertion in insertions)
        yield Finding(message, path, Fix(title, insertions, Safety.SAFE, Impact.NONE))
    yield from _in_loops(template)


def _in_loops(template: Template) -> Iterator[Finding]:
    """Resources that a loop makes, unless a loop of the outputs has their name, with whatever variable."""
    given = "".join(
        _VARIABLE.sub("${}", repr(body))
        for key, body in template.section("Outputs").items()
        if str(key).startswith(LOOP)
    )
    for resource in template.looped:
        wanted = list(_useful(template, resource))
        if wanted and _VARIABLE.sub("${}", resource.id) not in given:
            message = f"No output gives the {' and the '.join(output.what for output in wanted)} of {resource.id}"
            reason = "a loop makes it: its outputs have to stand in a loop of their own over the same values"
            yield Finding(message, resource.path, reason=reason)


def _missing(template: Template) -> Iterator[tuple[str, Path, list[_Wanted]]]:
    """Logical id and path of each resource that lacks outputs, with those outputs, the most useful first."""
    given = {*_given(template), *((name, True) for name in spelled_out(template))}
    for resource in template.resources.values():
        wanted = [w for w in _useful(template, resource) if (resource.id, w.suffix in _IDENTITIES) not in given]
        if wanted:
            yield resource.id, resource.path, wanted
    for api in implicit_apis(template):
        if not {(api.id, True), (api.id, False)} & given:
            yield api.id, api.path, [_Wanted("Url", "URL", f"URL of the API {api.id}", api.url)]


def _given(template: Template) -> Iterator[tuple[str, bool]]:
    """Resources that the template's outputs mention, each with True for its identity and with False for its address."""
    for reference in template.references:
        if reference.path[0] != "Outputs" or "Value" not in reference.path:
            continue
        resource = template.resources.get(reference.target)
        if reference.attribute is None:
            returned = ref_returns(resource.type) if resource else None
            yield reference.target, (returned or "Id") in _IDENTITIES
        elif resource:
            known = (i.suffix for i in _identifiers(resource) if i.attribute == reference.attribute)
            yield from ((reference.target, suffix in _IDENTITIES) for suffix in known if suffix not in _NEITHER)
        if is_url(template.value_at(reference.path[: reference.path.index("Value") + 1])):
            yield reference.target, False


def _useful(template: Template, resource: Resource) -> Iterator[_Wanted]:
    """One or two outputs for a resource: an identity and an address if it has both, else also the ARN or the port."""
    known = [identifier for identifier in _identifiers(resource) if identifier.suffix not in _NEITHER]
    url = invoke_url(template, resource) if resource.type in _REST_APIS else None
    for identifier in [*known[:1], *([] if url else _second(known))]:
        what, _, _ = identifier.description.partition(" of the ")
        value = ref(resource.id) if identifier.attribute is None else get_att(resource.id, identifier.attribute)
        yield _Wanted(identifier.suffix, _lower(what), _describe(identifier, resource), value, resource.condition)
    if url:
        yield _Wanted("Url", "URL", f"URL of the REST API {resource.id}", *url)


def _second(known: list[Identifier]) -> list[Identifier]:
    first, rest = known[:1], known[1:]
    other = [i for i in rest if (i.suffix in _IDENTITIES) != (first[0].suffix in _IDENTITIES)]
    port = [i for i in rest[:1] if i.suffix.endswith("Port")]
    return (port or other or [i for i in rest if i.suffix == "Arn"])[:1]


def _identifiers(resource: Resource) -> tuple[Identifier, ...]:
    """What the resource gives for sure."""
    found = identifiers(resource.type, resource.properties)
    return found if resource.has_known_properties else tuple(i for i in found if not i.when and not i.unless)


def _output_id(name: str, suffix: str) -> str:
    """``QueueUrl`` for a resource ``Queue`` as for one that is called so."""
    return name if name.endswith((suffix, suffix.upper())) else name + suffix


def _describe(identifier: Identifier, resource: Resource) -> str:
    text = identifier.description
    return f"{text} ({resource.id})" if "'s " in text or "," in text else f"{text} {resource.id}"


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
