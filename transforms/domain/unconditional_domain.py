"""A custom domain is created whether or not there is a valid certificate for it.

## Why
Custom domains of API Gateway (private ones too), of AppSync and of Cognito, and aliases of CloudFront distributions
fail, and the whole stack with them, if the ACM certificate is missing, not yet issued, or in the wrong Region.

## Repair
The domain gets a condition, and so does everything that needs it: mappings, record sets, outputs; of a distribution,
only Aliases and ViewerCertificate are on it. The condition is that the certificate is given: its parameter may be
empty from now on; a literal ARN moves to a parameter `CertificateArn`. A certificate of the template itself depends
on the parameter of the domain's name, together with the domain. Where neither can be empty (an import, a dynamic
reference, a typed parameter, a parameter that other resources need as well), there is a new parameter
`EnableCustomDomain`. Where there are several domains with certificates of their own, new names are made of their
logical ids instead: `HasApiDomain`. A comment (in JSON the parameter's Description) says what the certificate has to
be, and the output `CustomDomainStatus` whether there is a domain. A DependsOn of a resource that stays gives way to a
conditional reference in its Metadata, which keeps the order. A domain of Cognito at which a load balancer has people
sign in is reported only: without it, everybody would get in. So are the domains of a loop, and aliases of a
distribution that has no certificate for them, which CloudFront refuses.

`Domain` of `AWS::Serverless::Api` and `AWS::Serverless::HttpApi` moves out first, to the resources that AWS SAM makes
of it, because it takes no `Fn::If` there (serverless-application-model issues 1435 and 2160; `_construct_api_domain`
of samtranslator 1.115: `Domain` must be a map with DomainName and CertificateArn), and only the condition of the
whole API gets to them.

## Safety
Safe, because the template is the same as before wherever the condition is true, and it is true for every value with
which a stack could be created so far. A default becomes empty only if it is a placeholder, with which no domain was
ever created.

A `Domain` of AWS SAM moves out safely if its name and its hosted zone are written out: then the resources have the
logical ids and the properties that SAM gives them. Else SAM makes the ids of values at deployment (issue 3007), and the
fix is unsafe.

## Impact
None: no property of a resource changes its value. Metadata, conditions, parameters and outputs are no part of a live
resource. No interruption where the `Domain` of a REST API of AWS SAM moves out: the API is deployed once more,
because SAM names deployments by a hash that the Domain goes into. Replacement where a `Domain` of AWS SAM gets new
logical ids: an update of a live stack fails then, because the names of the domain and its records are taken, until
the old ones are deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from fixer.cloudformation.domains.aliases import DISTRIBUTION, lacks_certificate
from fixer.cloudformation.domains.custom_domains import DOMAINS, certificate, guidance, is_custom
from fixer.cloudformation.domains.custom_domains import domains as domains_of
from fixer.cloudformation.domains.sam_domains import SAM_APIS, move, moved
from fixer.cloudformation.domains.switch import plan
from fixer.cloudformation.entries import Parameter, Resource
from fixer.cloudformation.intrinsics import if_, intrinsic
from fixer.cloudformation.outputs.new_outputs import NewOutputs
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
    Remove,
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

_BY_HAND = (
    "AWS SAM takes no Fn::If in Domain (serverless-application-model issue 2160), and {}; move the domain, its mapping "
    "and its record set to resources of their own, with a condition"
)
_NEW_IDS = (
    "AWS SAM makes logical ids of the names of domain and zone at deployment; in a live stack, what is new under other "
    "ids fails while the old domain and its records are there"
)
MESSAGE = "The custom domain is created whether or not there is a valid certificate"


@transform(valid=VALID, invalid=INVALID)
def unconditional_domain(template: Template, options: Options) -> Iterator[Finding]:
    """One finding a domain. Domains with the same certificate share a condition, and so one fix."""
    groups: dict[str, list[Resource]] = {}
    for domain in domains_of(template):
        groups.setdefault(json.dumps(certificate(domain), sort_keys=True, default=str), []).append(domain)
    taken: frozenset[str] = frozenset()
    outputs = NewOutputs(template, export=False)
    for group in groups.values():
        domains = [domain for domain in group if "Condition" not in domain.body]
        if not domains:
            continue
        # That a distribution is on a condition says nothing of its aliases, where others do without.
        domains += [domain for domain in group if domain not in domains and domain.type == DISTRIBUTION]
        label = "CustomDomain" if len(groups) == 1 else _label(domains[0])
        found = _fix(template, domains, label, taken, outputs)
        for domain in domains:
            if isinstance(found, str):
                yield Finding(MESSAGE, domain.path, reason=found)
            else:
                yield Finding(MESSAGE, domain.path, found[0])
        taken |= frozenset() if isinstance(found, str) else found[1]
    for domain in template.looped:
        if domain.type in DOMAINS and is_custom(domain) and "Condition" not in domain.body:
            yield Finding(
                MESSAGE, domain.path, reason="a loop makes it, and others may refer to it by names made there"
            )
    for distribution in template.written(DISTRIBUTION):
        if lacks_certificate(distribution):
            message = f"{DISTRIBUTION} {distribution.id} has aliases, and no certificate for them"
            reason = "which certificate is not known; without Aliases, the distribution has its own name alone"
            yield Finding(message, distribution.path, reason=reason)
    yield from _in_sam(template)


def _fix(
    template: Template, domains: Sequence[Resource], label: str, taken: frozenset[str], outputs: NewOutputs
) -> tuple[Fix, set[str]] | str:
    """The fix with the names that it makes, or the reason why there is none. ``taken``: names of other fixes."""
    found = plan(template, domains, taken, label)
    if isinstance(found, str):
        return found
    operations = [*found.operations, *found.whole.operations]
    operations += [
        Comment(domain.path, line) for domain in domains for line in guidance(template, [domain], found.subject)
    ]
    if template.format == "json" and found.parameter in template.parameters:
        operations.append(_described(template.parameters[found.parameter], guidance(template, domains, found.subject)))
    names = {found.switch.name, found.parameter}
    value = if_(found.switch.name, "enabled", "disabled")
    if outputs.room > 0 and all(output.value != value for output in template.outputs.values()):
        text = f"Whether there is a custom domain ({', '.join(domain.id for domain in domains)})"
        operations.append(outputs.insert(f"{label}Status", text, value))
    title = f"Create the custom domain only if {found.subject}"
    return Fix(title, tuple(operations), Safety.SAFE, Impact.NONE), names


def _label(domain: Resource) -> str:
    """What names are made of for one domain of several: ``ApiDomain``."""
    return domain.id if domain.id.endswith(("Domain", "DomainName")) else f"{domain.id}Domain"


def _described(parameter: Parameter, lines: tuple[str, ...]) -> Operation:
    """The guidance in the parameter's Description, where there are no comments."""
    old = parameter.body.get("Description")
    path = (*parameter.path, "Description")
    if not isinstance(old, str):
        return Insert(path, " ".join(lines))
    return Set(path, " ".join((f"{old.rstrip('. ')}.", *lines)))


def _in_sam(template: Template) -> Iterator[Finding]:
    for kind in SAM_APIS.values():
        if _is_plain(template.value_at(("Globals", kind, "Domain"))):
            yield Finding(MESSAGE, ("Globals", kind, "Domain"), reason=_BY_HAND.format("it serves every API"))
    for api in template.resources_of(*SAM_APIS):
        if "Condition" in api.body or not _is_plain(api.get("Domain")):
            continue
        found = move(template, api)
        doubt = found if isinstance(found, str) else _doubt(moved(template, api, found), next(iter(found.resources)))
        path = api.property_path("Domain")
        if isinstance(found, str) or doubt:
            yield Finding(MESSAGE, path, reason=_BY_HAND.format(doubt))
            continue
        news = [Insert(("Resources", name), body, after(api.id)) for name, body in found.resources.items()]
        title = "Move the custom domain to resources of its own, which can have a condition"
        operations = (Remove(path), *news, *found.references)
        if found.same:
            # The hash in the logical id of a REST API's deployment is also that of its Domain: there will be another.
            impact = Impact.NO_INTERRUPTION if SAM_APIS[api.type] == "Api" else Impact.NONE
            yield Finding(MESSAGE, path, Fix(title, operations, Safety.SAFE, impact))
        else:
            yield Finding(MESSAGE, path, Fix(title, operations, Safety.UNSAFE, Impact.REPLACEMENT), _NEW_IDS)


def _doubt(template: Template, name: str) -> str:
    """Why a domain that moved out of an API can have no condition."""
    found = plan(template, [template.resources[name]])
    return found if isinstance(found, str) else ""


def _is_plain(value: Value) -> bool:
    return isinstance(value, dict) and intrinsic(value) is None
