"""A custom domain is created whether or not there is a valid certificate for it.

## Why
A custom domain fails, and the whole stack with it, if its ACM certificate is missing, not yet issued, or in the wrong
Region. That goes for domains of API Gateway (private ones too), AppSync and Cognito, and for the aliases of CloudFront
distributions.

## Repair
The domain gets a condition, and so does everything that needs it: mappings, record sets, outputs. Of a distribution,
only Aliases and ViewerCertificate depend on it. The condition is that the certificate is given:

- a certificate from a parameter: the parameter may be empty from now on;
- a literal ARN: it becomes the default of a new parameter `CertificateArn`, or the default is empty if the ARN is a
  placeholder;
- a certificate that the template creates: it depends on the parameter of the domain's name, together with the domain;
- where none of these can be empty (an import, a dynamic reference, a typed parameter, a parameter that other resources
  need as well): a new parameter `EnableCustomDomain`.

Where several domains have certificates of their own, the new names are made of their logical ids: `HasApiDomain`. A
comment (in JSON, the parameter's Description) says what the certificate has to be and how to get one, and the output
`CustomDomainStatus` says whether there is a domain. A resource that stays and has a DependsOn on the domain gets a
conditional reference in its Metadata in its place, which keeps the order.

The `Domain` of an API of AWS SAM (`Api`, `HttpApi`, `WebSocketApi`) takes no `Fn::If` (serverless-application-model
issues 1435 and 2160), and only the condition of the whole API gets to the resources that AWS SAM makes of it
(`_construct_api_domain` of samtranslator 1.115). So it moves out first, and becomes these resources.

Reported only: a domain of Cognito at which a load balancer has users sign in, because without it everybody would get
in; domains that a loop makes; aliases of a distribution that has no certificate for them, which CloudFront refuses.

## Safety
Safe: where the condition is true, the template is the same as before, and it is true for every value with which a stack
could be created so far. A default becomes empty only if it is a placeholder, with which no domain was ever created.

A `Domain` of AWS SAM moves out safely if its name and its hosted zone are literals: then the resources have the logical
ids and the properties that SAM gives them. Otherwise SAM makes the ids of values at deployment (issue 3007), and the
fix is unsafe.

## Impact
None: no property of a resource changes its value; metadata, conditions, parameters and outputs are no part of a live
resource.

No interruption where the `Domain` of a REST API of AWS SAM moves out: the API is deployed once more, because the hash
in the name of a deployment includes the Domain. Replacement where the resources of a `Domain` of AWS SAM get new
logical ids: an update of a live stack fails, because the names of the domain and its records are taken until the old
ones are deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fixer.cloudformation.domains.aliases import DISTRIBUTION, lacks_certificate
from fixer.cloudformation.domains.custom_domains import DOMAINS, guidance, is_custom
from fixer.cloudformation.domains.groups import Group, groups
from fixer.cloudformation.domains.sam_domains import SAM_APIS, is_conditional, move, moved
from fixer.cloudformation.domains.switch import plan
from fixer.cloudformation.entries import Parameter
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
    Path,
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
    "{}; AWS SAM takes no Fn::If in Domain (serverless-application-model issue 2160): move the domain, its mapping and "
    "its record set to resources of their own by hand, and give them a condition"
)
_NEW_IDS = (
    "AWS SAM makes the logical ids of the names of domain and zone at deployment, and the new resources have others: in "
    "a live stack they cannot be created while the old domain and its records exist"
)
MESSAGE = "The custom domain is created whether or not there is a valid certificate"


@transform(valid=VALID, invalid=INVALID)
def unconditional_domain(template: Template, options: Options) -> Iterator[Finding]:
    """One finding a domain. Domains with the same certificate share a condition, and so one fix."""
    in_sam = list(_in_sam(template))
    yield from in_sam
    moving = {finding.path for finding in in_sam if finding.fix is not None}
    taken: frozenset[str] = frozenset()
    outputs = NewOutputs(template, export=False)
    for group in groups(template):
        found = _fix(template, group, moving, taken, outputs)
        for domain in group.domains:
            if isinstance(found, str):
                yield Finding(MESSAGE, domain.path, reason=found)
            else:
                yield Finding(MESSAGE, domain.path, found[0])
        taken |= frozenset() if isinstance(found, str) else found[1]
    for domain in template.looped:
        if domain.type in DOMAINS and is_custom(domain) and "Condition" not in domain.body:
            yield Finding(
                MESSAGE,
                domain.path,
                reason="a loop makes it, and other resources may refer to it by the ids that the loop makes",
            )
    for distribution in template.written(DISTRIBUTION):
        if lacks_certificate(distribution):
            message = f"{DISTRIBUTION} {distribution.id} has aliases, and no certificate for them"
            reason = "which one is meant is not known; without Aliases, the distribution has its CloudFront name alone"
            yield Finding(message, distribution.path, reason=reason)


def _fix(
    template: Template, group: Group, moving: Collection[Path], taken: frozenset[str], outputs: NewOutputs
) -> tuple[Fix, set[str]] | str:
    """The fix with the names that it makes, or the reason why there is none. ``moving``: domains of AWS SAM that may
    move out; ``taken``: names of other fixes.
    """
    domains = group.domains
    found = plan(template, domains, taken, group.label)
    if isinstance(found, str):
        return found
    # Where a domain of AWS SAM moves out now, this clashes with it, and both are looked at together afterwards.
    claims = (Set(path, value) for path, value in group.embedded.items() if path[:-1] in moving)
    operations = [*claims, *found.operations, *found.whole.operations]
    operations += [
        Comment(domain.path, line) for domain in domains for line in guidance(template, [domain], found.subject)
    ]
    if template.format == "json" and found.parameter in template.parameters:
        operations.append(_described(template.parameters[found.parameter], guidance(template, domains, found.subject)))
    names = {found.switch.name, found.parameter}
    value = if_(found.switch.name, "enabled", "disabled")
    if outputs.room > 0 and all(output.value != value for output in template.outputs.values()):
        text = f"Whether there is a custom domain ({', '.join(domain.id for domain in domains)})"
        operations.append(outputs.insert(f"{group.label}Status", text, value))
    title = f"Create the custom domain only if {found.subject}"
    return Fix(title, tuple(operations), Safety.SAFE, Impact.NONE), names


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
        if is_conditional(api) or not _is_plain(api.get("Domain")):
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
