"""A custom domain is created whether or not there is a valid certificate for it.

## Why
`AWS::ApiGateway::DomainName` and `AWS::ApiGatewayV2::DomainName` fail, and the whole stack with them, if the ACM
certificate is missing, not yet issued, or in the wrong Region.

## Repair
The domain gets a condition, and so does everything that needs it: mappings, record sets, outputs. The condition is
that the certificate is given: its parameter may be empty from now on; a literal ARN moves to a parameter
`CertificateArn`. A certificate of the template itself depends on the parameter of the domain's name, together with the
domain. Where neither can be empty (an import, a dynamic reference, a typed parameter, a parameter that other resources
need as well), there is a new parameter `EnableCustomDomain`. A comment (in JSON the parameter's Description) says what
the certificate has to be, and the output `CustomDomainStatus` whether there is a domain. A DependsOn of a resource that
stays gives way to a conditional reference in its Metadata, which keeps the order.

`Domain` of `AWS::Serverless::Api` and `AWS::Serverless::HttpApi` is reported only: AWS SAM takes no `Fn::If` there
(serverless-application-model issues 1435 and 2160; `_construct_api_domain` of samtranslator 1.115: `Domain` must be a
map with DomainName and CertificateArn). Nor can the domain move to a resource of its own unchanged: SAM makes its
logical id of the name's value at deployment, so that it would be another resource in a live stack (issue 3007).

## Safety
Safe, because the template is the same as before wherever the condition is true, and it is true for every value with
which a stack could be created so far. A default becomes empty only if it is a placeholder, with which no domain was
ever created.

## Impact
None: no property of a resource changes its value. Metadata, conditions, parameters and outputs are no part of a live
resource.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from fixer.cloudformation.conditional import Conditional, Switch, admit_empty, logic_with, make_conditional, switch
from fixer.cloudformation.custom_domains import (
    DOMAINS,
    certificate,
    certificate_places,
    guidance,
    is_placeholder,
    is_reserved,
    literal_arn,
    mappings,
    outputs_with_name,
)
from fixer.cloudformation.entries import Parameter, Resource, as_text
from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.intrinsics import NO_VALUE, equals, if_, intrinsic, not_, ref, ref_target
from fixer.cloudformation.template import Template
from fixer.model import (
    Case,
    Comment,
    Finding,
    Fix,
    Impact,
    Insert,
    Operation,
    Options,
    Safety,
    Set,
    Value,
    after,
    transform,
)

VALID = (
    Case(
        "a domain with a condition",
        before="""\
Conditions:
  Never: !Equals [a, b]
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Condition: Never
    Properties:
      DomainName: api.acme.org
""",
    ),
    Case(
        "a loop that refers to the domain",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
  Fn::ForEach::Mappings:
    - Path
    - [a, b]
    - Mapping${Path}:
        Type: AWS::ApiGateway::BasePathMapping
        Properties:
          DomainName: !Ref Domain
          BasePath: !Ref Path
""",
        says="inside a loop",
    ),
)

INVALID = (
    Case(
        "certificate parameter without default",
        before="""\
Parameters:
  CertificateArn:
    Type: String
    AllowedPattern: arn:aws:acm:.+
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref CertificateArn
  Mapping:
    Type: AWS::ApiGateway::BasePathMapping
    DependsOn: Domain
    Properties:
      DomainName: api.acme.org
      RestApiId: !Ref Api
      Stage: prod
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: acme.org.
      Name: api.acme.org
      Type: A
      AliasTarget:
        DNSName: !GetAtt Domain.DistributionDomainName
        HostedZoneId: !GetAtt Domain.DistributionHostedZoneId
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
Outputs:
  Url:
    Value: https://api.acme.org/orders
""",
        after="""\
Parameters:
  CertificateArn:
    Type: String
    Default: ""
    AllowedPattern: ^$|(?:arn:aws:acm:.+)
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref CertificateArn, ""]]
Resources:
  # The custom domain is created only if CertificateArn is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (edge-optimized endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS --region us-east-1
  Domain:
    Type: AWS::ApiGateway::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref CertificateArn
  Mapping:
    Type: AWS::ApiGateway::BasePathMapping
    Condition: HasCustomDomain
    DependsOn: Domain
    Properties:
      DomainName: api.acme.org
      RestApiId: !Ref Api
      Stage: prod
  Record:
    Type: AWS::Route53::RecordSet
    Condition: HasCustomDomain
    Properties:
      HostedZoneName: acme.org.
      Name: api.acme.org
      Type: A
      AliasTarget:
        DNSName: !GetAtt Domain.DistributionDomainName
        HostedZoneId: !GetAtt Domain.DistributionHostedZoneId
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
Outputs:
  Url:
    Condition: HasCustomDomain
    Value: https://api.acme.org/orders
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "JSON, the parameter carries the guidance",
        before="""\
{
  "Parameters": {
    "Certificate": {"Type": "String", "Description": "ARN of the certificate"}
  },
  "Resources": {
    "Domain": {
      "Type": "AWS::ApiGateway::DomainName",
      "Properties": {"DomainName": "api.acme.org", "CertificateArn": {"Ref": "Certificate"}}
    }
  }
}
""",
        after="""\
{
  "Parameters": {
    "Certificate": {"Type": "String", "Default": "", "Description": "ARN of the certificate. The custom domain is created only if Certificate is given. Its ACM certificate must be ISSUED, in us-east-1 (edge-optimized endpoint). To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS --region us-east-1"}
  },
  "Conditions": {
    "HasCustomDomain": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Certificate"}, ""]}]}
  },
  "Resources": {
    "Domain": {
      "Type": "AWS::ApiGateway::DomainName",
      "Condition": "HasCustomDomain",
      "Properties": {"DomainName": "api.acme.org", "CertificateArn": {"Ref": "Certificate"}}
    }
  },
  "Outputs": {
    "CustomDomainStatus": {
      "Description": "Whether there is a custom domain (Domain)",
      "Value": {"Fn::If": ["HasCustomDomain", "enabled", "disabled"]}
    }
  }
}
""",
    ),
)

SAM_APIS = {"AWS::Serverless::Api": "Api", "AWS::Serverless::HttpApi": "HttpApi"}
MESSAGE = "the custom domain is created whether or not there is a valid certificate"


@transform(valid=VALID, invalid=INVALID)
def unconditional_domain(template: Template, options: Options) -> Iterator[Finding]:
    """One finding a domain. Domains with the same certificate share a condition, and so one fix."""
    groups: dict[str, list[Resource]] = {}
    for domain in template.resources_of(*DOMAINS):
        if "Condition" not in domain.body:
            groups.setdefault(json.dumps(certificate(domain), sort_keys=True, default=str), []).append(domain)
    taken: frozenset[str] = frozenset()
    for domains in groups.values():
        found = _Group(template, tuple(domains), taken).fix()
        for domain in domains:
            if isinstance(found, str):
                yield Finding(MESSAGE, domain.path, reason=found)
            else:
                yield Finding(MESSAGE, domain.path, found[0])
        taken |= frozenset() if isinstance(found, str) else found[1]
    yield from _in_sam(template)


def _in_sam(template: Template) -> Iterator[Finding]:
    reason = (
        "AWS SAM takes no Fn::If in Domain (serverless-application-model issue 2160); move the domain, its mapping "
        "and its record set to resources of their own, with a condition"
    )
    for resource in template.resources_of(*SAM_APIS):
        if "Condition" not in resource.body and _is_plain(resource.get("Domain")):
            yield Finding(MESSAGE, resource.property_path("Domain"), reason=reason)
    for kind in SAM_APIS.values():
        if _is_plain(template.value_at(("Globals", kind, "Domain"))):
            yield Finding(MESSAGE, ("Globals", kind, "Domain"), reason=reason)


def _is_plain(value: Value) -> bool:
    return isinstance(value, dict) and intrinsic(value) is None


class _Plan(Struct, frozen=True):
    """How a group of domains is switched on and off."""

    switch: Switch
    subject: str
    """What decides, for people."""
    whole: Conditional
    parameter: str = ""
    """The parameter that decides, in the template or made by ``operations``."""
    operations: tuple[Operation, ...] = ()


class _Group(Struct, frozen=True):
    """Domains with the same certificate."""

    template: Template
    domains: tuple[Resource, ...]
    taken: frozenset[str]
    """Names that other groups have made."""

    def fix(self) -> tuple[Fix, set[str]] | str:
        """The fix with the names that it makes, or the reason why there is none."""
        plan = self.plan()
        if isinstance(plan, str):
            return plan
        operations = [*plan.operations, *plan.whole.operations]
        operations += [Comment(d.path, line) for d in self.domains for line in guidance([d], plan.subject)]
        if self.template.format == "json" and plan.parameter in self.template.parameters:
            lines = guidance(self.domains, plan.subject)
            operations.append(_described(self.template.parameters[plan.parameter], lines))
        names = {plan.switch.name, plan.parameter}
        value = if_(plan.switch.name, "enabled", "disabled")
        if self.template.room_for("Outputs") and all(o.value != value for o in self.template.outputs.values()):
            name = self.template.fresh_id("CustomDomainStatus", "Outputs", self.taken)
            text = f"Whether there is a custom domain ({', '.join(domain.id for domain in self.domains)})"
            operations.append(Insert(("Outputs", name), {"Description": text, "Value": value}))
            names.add(name)
        title = f"create the custom domain only if {plan.subject}"
        return Fix(title, tuple(operations), Safety.SAFE, Impact.NONE), names

    def plan(self) -> _Plan | str:
        given, certified = certificate(self.domains[0]), self.certificate_resource()
        literal = literal_arn(given)
        condition = self.condition_of(given)
        plan: _Plan | str | None = None
        if condition is not None:
            new = Switch(condition, self.template.conditions[condition])
            whole = self.whole(new)
            plan = whole if isinstance(whole, str) else _Plan(new, f"the condition {condition} is true", whole)
        elif ref_target(given) in self.template.parameters:
            plan = self.on_parameter(self.template.parameters[given["Ref"]], is_placeholder)
        elif certified is not None:
            parameter = self.name_parameter()
            public = certified.get("CertificateAuthorityArn") is None
            plan = self.on_parameter(parameter, lambda name: public and is_reserved(name)) if parameter else None
        elif literal is not None and "{{" not in literal and (isinstance(given, str) or is_placeholder(literal)):
            plan = self.on_literal(literal)
        return plan or self.on_new_parameter()

    def certificate_resource(self) -> Resource | None:
        found = self.template.resources.get(ref_target(certificate(self.domains[0])) or "")
        return found if found and found.type == "AWS::CertificateManager::Certificate" else None

    def condition_of(self, given: Value) -> str | None:
        """The condition without which there is no certificate already."""
        body = given["Fn::If"] if intrinsic(given) == "Fn::If" else None
        if isinstance(body, list) and body[2:] == [NO_VALUE]:
            name = as_text(body[0])
        else:
            name = self.template.condition_of(("Resources", ref_target(given) or ""))
        return name if name in self.template.conditions else None

    def whole(self, new: Switch, outputs: Iterable[str] = ()) -> Conditional | str:
        """Domains, mappings and what needs them, conditional; and the certificate, if nothing else needs it."""
        resources = [name for d in self.domains for name in (d.id, *mappings(self.template, d))]
        urls = [name for d in self.domains for name in outputs_with_name(self.template, d)]
        outputs = dict.fromkeys([*urls, *outputs])
        found = make_conditional(self.template, resources, new, outputs)
        certified = self.certificate_resource()
        if isinstance(found, str) or certified is None:
            return found
        more = make_conditional(self.template, [*resources, certified.id], new, outputs)
        if isinstance(more, str) or more.resources - {certified.id} != found.resources or more.guarded != found.guarded:
            return found
        return more

    def name_parameter(self) -> Parameter | None:
        """The one parameter that the domains' names depend on."""
        parts = {part for domain in self.domains for part in expression(domain.get("DomainName")) or ()}
        names = [part.name for part in parts if isinstance(part, Variable)]
        return self.template.parameters.get(names[0]) if len(names) == 1 else None

    def on_parameter(self, parameter: Parameter, is_sample: Callable[[str], bool]) -> _Plan | str | None:
        """The domain is there if the parameter is not empty; None if it cannot be, because others need it."""
        if parameter.type != "String":
            return None
        new = switch(self.template, not_(equals(ref(parameter.id), "")), "HasCustomDomain", self.taken)
        uses = self.template.references_to(parameter.id)
        # An export must not be empty.
        exported = [o.id for o in self.template.outputs.values() if o.export and any(u.owner == o.path for u in uses)]
        whole = self.whole(new, exported)
        if isinstance(whole, str):
            return whole
        logic = logic_with(self.template, new)
        for use in uses:
            section, owner = use.owner
            known = section in ("Conditions", "Outputs") or (section == "Resources" and owner in whole.resources)
            if use.opaque or not (known or logic.hold(self.template.conditions_on(use.path), new.name)):
                return None
        operations = list(admit_empty(parameter))
        if not parameter.has_default:
            operations.append(Insert((*parameter.path, "Default"), "", after("Type")))
        elif parameter.default != "" and is_sample(str(parameter.default)):
            operations.append(Set((*parameter.path, "Default"), ""))
        return _Plan(new, f"{parameter.id} is given", whole, parameter.id, tuple(operations))

    def on_literal(self, arn: str) -> _Plan | str:
        name = self.template.fresh_id("CertificateArn", "Parameters", self.taken)
        body = {"Type": "String", "Default": "" if is_placeholder(arn) else arn}
        uses = [Set(path, ref(name)) for domain in self.domains for path in certificate_places(domain)]
        return self.on_new(name, f"{name} is given", body, not_(equals(ref(name), "")), uses)

    def on_new_parameter(self) -> _Plan | str:
        name = self.template.fresh_id("EnableCustomDomain", "Parameters", self.taken)
        body = {"Type": "String", "Default": "true", "AllowedValues": ["true", "false"]}
        return self.on_new(name, f"{name} is true", body, equals(ref(name), "true"))

    def on_new(
        self, name: str, subject: str, body: dict[str, Value], when: Value, more: Iterable[Operation] = ()
    ) -> _Plan | str:
        if not self.template.room_for("Parameters"):
            return "there is no room for another parameter"
        new = switch(self.template, when, "HasCustomDomain", self.taken)
        whole = self.whole(new)
        if isinstance(whole, str):
            return whole
        lines = guidance(self.domains, subject)
        body = {**body, "Description": " ".join(lines if self.template.format == "json" else lines[:1])}
        return _Plan(new, subject, whole, name, (Insert(("Parameters", name), body), *more))


def _described(parameter: Parameter, lines: tuple[str, ...]) -> Operation:
    """The guidance in the parameter's Description, where there are no comments."""
    old = parameter.body.get("Description")
    path = (*parameter.path, "Description")
    if not isinstance(old, str):
        return Insert(path, " ".join(lines))
    return Set(path, " ".join((f"{old.rstrip('. ')}.", *lines)))
