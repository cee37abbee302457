"""Custom domains and their certificates: which resources they are, what belongs to them, and what is a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fixer.cloudformation.domains.aliases import DISTRIBUTION, aliases, has_aliases, records
from fixer.cloudformation.entries import Resource, as_text
from fixer.cloudformation.expressions import Expression, Variable, expression, find_all
from fixer.cloudformation.intrinsics import ref, ref_target, sub_body, value_at, walk
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

# ACM gives a certificate a UUID; IAM server certificates are what there was before ACM.
_ARN = (
    r"arn:aws[a-z-]*:(acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|iam::\d{12}:server-certificate/.+)"
)
# Accounts and ids of the documentation.
_SAMPLES = (
    r"(?i)123456789012|:(111122223333|444455556666|(\d)\2{11}):|1234-1234-1234|/([0-9a-f])\3{7}-(\3{4}-){3}"
    r"|example|your[-_]"
)
_KNOWN = {"AWS::AccountId": "210987654321", "AWS::Region": "us-east-1", "AWS::Partition": "aws"}
_LISTENERS = ("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule")
_RESERVED = r"(?i)(.*\.)?(example(\.(com|net|org))?|test|invalid|localhost)\.?"

_COGNITO = "AWS::Cognito::UserPoolDomain"
DOMAINS = (
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGateway::DomainNameV2",
    "AWS::ApiGatewayV2::DomainName",
    "AWS::AppSync::DomainName",
    _COGNITO,
)
MAPPINGS = (
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::AppSync::DomainNameApiAssociation",
)
_BY_CLOUDFRONT = {
    "AWS::AppSync::DomainName": "a domain of AppSync",
    _COGNITO: "a domain of Cognito",
    DISTRIBUTION: "aliases of a distribution",
}
"""Domains that a distribution serves, whose certificate has to be in us-east-1 (AWS AppSync developer guide, "Custom
domain names"; Amazon Cognito developer guide, "Using your own domain for managed login")."""


def domains(template: Template) -> list[Resource]:
    """The custom domains of a template, and its distributions with aliases; neither prefix domains of Cognito nor what
    is custom under a condition only.
    """
    return [domain for domain in template.resources_of(*DOMAINS, DISTRIBUTION) if is_custom(domain)]


def is_custom(domain: Resource) -> bool:
    """Whether a resource of one of these types is a custom domain, with a certificate of its own."""
    if domain.type == DISTRIBUTION:
        return has_aliases(domain)
    return domain.type != _COGNITO or domain.get("CustomDomainConfig", "CertificateArn") is not None


def domain_names(domain: Resource) -> list[Value]:
    """The names of a domain: one, but for a distribution."""
    if domain.type == DISTRIBUTION:
        return aliases(domain)
    return [domain.get("Domain" if domain.type == _COGNITO else "DomainName")]


def needed_for_access(template: Template, domain: Resource) -> str:
    """The logical id of a listener that has users sign in at a domain of Cognito; "" if there is none.

    Without its action it would let everybody in (Elastic Load Balancing API Reference, "Action").
    """
    for listener in template.resources_of(*_LISTENERS) if domain.type == _COGNITO else ():
        if any(path[-1:] == ("UserPoolDomain",) for path, _ in walk(listener.properties)):
            return listener.id
    return ""


def certificate_places(domain: Resource) -> dict[Path, Value]:
    """The certificates of a domain, by their paths in the template."""
    holders: list[Path] = [(), ("CustomDomainConfig",), ("DistributionConfig", "ViewerCertificate")]
    configurations = domain.get("DomainNameConfigurations")
    if isinstance(configurations, list):
        holders += [("DomainNameConfigurations", index) for index in range(len(configurations))]
    names = ("CertificateArn", "RegionalCertificateArn", "AcmCertificateArn")
    places = [(*holder, name) for holder in holders for name in names]
    return {domain.property_path(*place): domain.get(*place) for place in places if domain.get(*place) is not None}


def certificate(domain: Resource) -> Value:
    """The one certificate of a domain; a list of all where they differ or there is none."""
    values = list(certificate_places(domain).values())
    if not values or any(value != values[0] for value in values):
        return values
    body = sub_body(values[0])
    variable = re.fullmatch(r"\$\{([A-Za-z0-9]+)\}", body[0]) if body and not body[1] else None
    return ref(variable[1]) if variable else values[0]


def literal_arn(value: Value) -> str | None:
    """An ARN as text, with sample values for account, Region and partition; None if more than these is not known."""
    texts = [part if isinstance(part, str) else _KNOWN.get(part.name) for part in expression(value) or ()]
    return None if None in texts or expression(value) is None else "".join(text for text in texts if text)


def default_arn(value: Value) -> str | None:
    """An ARN that is written out but for its partition, with that of its Region; None if more of it is not known."""
    text = literal_arn(value)
    names = {part.name for part in expression(value) or () if isinstance(part, Variable)}
    if text is None or not names <= {"AWS::Partition"}:
        return None
    region = text.split(":")[3] if text.count(":") > 3 else ""
    partition = "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
    return text.replace("arn:aws:", f"arn:{partition}:", 1) if names else text


def is_placeholder(arn: str) -> bool:
    """Whether no certificate has this ARN: it is none at all, or one that stands in documentation."""
    return re.fullmatch(_ARN, arn) is None or re.search(_SAMPLES, arn) is not None


def is_reserved(name: str) -> bool:
    """Whether nobody can own a domain of this name (RFC 2606), so that no public certificate is issued for it."""
    return re.fullmatch(_RESERVED, name) is not None


def mappings(template: Template, domain: Resource) -> list[str]:
    """Logical ids of the mappings of a domain, with those that have its name and no reference to it; of a distribution,
    those of the record sets for its aliases.
    """
    if domain.type == DISTRIBUTION:
        return list(records(template, domain))
    return [mapping.id for mapping in template.resources_of(*MAPPINGS) if _is_of(domain, mapping)]


def looped_mapping(template: Template, domain: Resource) -> str:
    """A mapping that a loop makes and that knows the domain by its name; "" if there is none."""
    return next((found.id for found in template.looped if found.type in MAPPINGS and _is_of(domain, found)), "")


def _is_of(domain: Resource, mapping: Resource) -> bool:
    name, other = domain.get("DomainName"), mapping.get("DomainName")
    return name is not None and (other == name or (expression(name) or ()) == expression(other))


def outputs_with_name(template: Template, domain: Resource) -> list[str]:
    """Logical ids of the outputs that show the name of a domain, alone or in a URL; not as a part of a longer name."""
    names = [name for name in map(expression, domain_names(domain)) if name]
    return [o.id for o in template.outputs.values() if any(_mentions(o.value, name) for name in names)]


def _mentions(value: Value, name: Expression) -> bool:
    return any(_is_whole(*found) for found in find_all(name, expression(value) or ()))


def _is_whole(before: Expression, behind: Expression) -> bool:
    """Whether a name that stands between these texts is not a part of a longer one."""
    edges = [part[-1] if isinstance(part, str) else part for part in before[-1:]] + [*behind[:1]]
    return not any(isinstance(edge, Variable) or re.match(r"[\w.-]", edge) for edge in edges)


def certificate_resource(template: Template, domain: Resource) -> Resource | None:
    """The certificate of a domain, if the template makes it."""
    found = template.resources.get(ref_target(certificate(domain)) or "")
    return found if found and found.type == "AWS::CertificateManager::Certificate" else None


def guidance(template: Template, domains: Iterable[Resource], subject: str) -> tuple[str, ...]:
    """What the certificate of domains has to be, and how to get one, in lines.

    ``subject``: when the domains are created. Source: API Gateway developer guide, "Custom domain names".
    """
    domains = tuple(domains)
    edge = {is_edge(domain) for domain in domains}
    if edge == {True}:
        kinds = dict.fromkeys(_BY_CLOUDFRONT.get(domain.type, "edge-optimized endpoint") for domain in domains)
        where = f"in us-east-1 ({', '.join(kinds)})"
    elif all(domain.type == "AWS::ApiGateway::DomainNameV2" for domain in domains):
        where = "in the Region of this stack (private endpoint)"
    elif edge == {False}:
        where = "in the Region of this stack (regional endpoint)"
    else:
        where = "in us-east-1 for an edge-optimized endpoint, in the Region of this stack for a regional one"
    names = {as_text(name) or "DOMAIN" for domain in domains for name in domain_names(domain)}
    name = names.pop() if len(names) == 1 else "DOMAIN"
    region = " --region us-east-1" if edge == {True} else ""
    own = certificate_resource(template, domains[0])
    return (
        f"The custom domain is created only if {subject}.",
        f"Its ACM certificate must be ISSUED, {where}.",
        f"To request one: aws acm request-certificate --domain-name {name} --validation-method DNS{region}"
        if own is None
        else f"The stack requests {own.id} and waits for its validation, {_validation(own)}.",
    )


def _validation(own: Resource) -> str:
    """What a certificate of the template waits for (CloudFormation template reference of its type)."""
    if own.get("CertificateAuthorityArn") is not None:
        return "which the private authority does at once"
    options = own.get("DomainValidationOptions")
    if isinstance(options, list) and any(value_at(option, ("HostedZoneId",)) for option in options):
        return "by a record that it makes in the hosted zone"
    if own.get("ValidationMethod") == "DNS":
        return "by the CNAME record that ACM shows, which somebody has to make"
    return "by a mail to the owner of the domain"


def is_edge(domain: Resource) -> bool | None:
    """Whether the edge locations serve the domain; None if the template does not say. The V2 types have no
    edge-optimized endpoints.
    """
    if domain.type in _BY_CLOUDFRONT:
        return True
    if domain.type != "AWS::ApiGateway::DomainName":
        return False
    kinds = domain.get("EndpointConfiguration", "Types")
    if kinds is None:
        return domain.get("RegionalCertificateArn") is None
    return {"EDGE": True, "REGIONAL": False}.get(str(kinds[0])) if isinstance(kinds, list) and len(kinds) == 1 else None
