"""The ``Domain`` of an AWS SAM API as resources of its own, the same that SAM makes of it.

SAM reads ``Domain`` before CloudFormation knows which conditions are true: it has to be a map with DomainName and
CertificateArn, and only the condition of the whole API gets to the resources that come of it (``_construct_api_domain``
in samtranslator/model/api, 1.115). What it makes is written out here, so that it can have a condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import sub

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import get_att, intrinsic, ref
from fixer.cloudformation.template import Template
from fixer.model import Operation, Set, Value

SAM_APIS = {
    "AWS::Serverless::Api": "Api",
    "AWS::Serverless::HttpApi": "HttpApi",
    "AWS::Serverless::WebSocketApi": "WebSocketApi",
}
"""The types with a Domain, each with its name in Globals."""

_KNOWN = frozenset(
    {
        "BasePath",
        "CertificateArn",
        "DomainName",
        "EndpointConfiguration",
        "MutualTlsAuthentication",
        "NormalizeBasePath",
        "OwnershipVerificationCertificateArn",
        "Route53",
        "SecurityPolicy",
    }
)
_ENDPOINTS = {
    "AWS::Serverless::Api": ("REGIONAL", "EDGE"),
    "AWS::Serverless::HttpApi": ("REGIONAL",),
    "AWS::Serverless::WebSocketApi": ("REGIONAL",),
}
_ROUTE53 = frozenset(
    {
        "DistributionDomainName",
        "EvaluateTargetHealth",
        "HostedZoneId",
        "HostedZoneName",
        "IpV6",
        "Region",
        "SeparateRecordSetGroup",
        "SetIdentifier",
    }
)
_CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of all distributions, which SAM writes for an edge-optimized domain."""


_WEB_SOCKET = "AWS::Serverless::WebSocketApi"
"""Its attributes, a Condition too, stay behind: SAM hands none of them on (``SamWebSocketApi.to_cloudformation``)."""


class Move(Struct, frozen=True):
    """What takes the place of ``Domain``."""

    resources: dict[str, Value]
    """By logical id, in order, the domain first."""
    references: tuple[Operation, ...]
    """These make what referred to the domain by way of the API refer to it directly."""
    same: bool
    """Whether the logical ids are those that SAM would give, so that a live stack sees no change."""


def is_conditional(api: Resource) -> bool:
    """Whether the condition of an API gets to its domain."""
    return "Condition" in api.body and api.type != _WEB_SOCKET


def move(template: Template, api: Resource) -> Move | str:
    """The resources that SAM makes of the Domain of an API; a text is the reason why that is not known."""
    domain, route53 = api.get("Domain"), api.get("Domain", "Route53")
    doubt = _doubt(template, api, domain, route53)
    if doubt:
        return doubt
    rest = api.type == "AWS::Serverless::Api"
    name, same = domain["DomainName"], True
    domain_id = f"ApiGatewayDomainName{'' if rest else 'V2'}{_hash(name)}"
    if not _is_literal(name):
        domain_id, same = template.fresh_id(f"{api.id}Domain"), False
    made: dict[str, Value] = {domain_id: _rest_domain(domain) if rest else _http_domain(template, api)}
    for path in _base_paths(domain):
        made |= dict([_rest_mapping(api, domain_id, path) if rest else _http_mapping(api, domain_id, path)])
    if route53:
        zone = route53.get("HostedZoneId") or route53.get("HostedZoneName")
        group_id = f"RecordSetGroup{_hash([zone, name] if rest and route53.get('SeparateRecordSetGroup') else zone)}"
        if not (_is_literal(zone) and (_is_literal(name) or not route53.get("SeparateRecordSetGroup"))):
            group_id, same = template.fresh_id(f"{api.id}RecordSetGroup", taken={domain_id}), False
        made[group_id] = _records(domain, route53, domain_id, both=rest)
    if len(made) != 1 + len(_base_paths(domain)) + bool(route53) or not made.keys().isdisjoint(template.resources):
        return "two of the resources that AWS SAM makes of it would have the same logical id"
    handed_on = () if api.type == _WEB_SOCKET else ("DeletionPolicy", "UpdateReplacePolicy")
    kept = {key: api.body[key] for key in handed_on if key in api.body}
    references: list[Operation | None] = []
    for operation in _references(template, api, domain_id):
        references += [] if operation in references else [operation]  # a text may name it twice
    if None in references:
        return f"a text names more of ${{{api.id}.DomainName}} than AWS SAM knows"
    found = {key: {"Type": kind, **kept, "Properties": body} for key, (kind, body) in made.items()}
    return Move(found, tuple(operation for operation in references if operation is not None), same)


def moved(template: Template, api: Resource, to: Move) -> Template:
    """The template after the move, to reason about."""
    properties = {key: value for key, value in api.properties.items() if key != "Domain"}
    changed = {api.id: {**api.body, "Properties": properties}, **to.resources}
    data = {**template.data, "Resources": {**template.section("Resources"), **changed}}
    return Template(data, format=template.format)


def _doubt(template: Template, api: Resource, domain: Value, route53: Value) -> str:
    """Why it is not known what SAM makes of a Domain; empty if it is."""
    globals_ = template.value_at(("Globals", SAM_APIS[api.type]), {})
    if not api.has_known_properties or not isinstance(globals_, dict) or "Domain" in globals_:
        return "Globals or a macro add to it"
    if "Condition" in api.body:
        return "AWS SAM hands the condition of a WebSocket API on to nothing that it makes of it"
    if domain.get("DomainName") is None or domain.get("CertificateArn") is None:
        return "AWS SAM needs DomainName and CertificateArn there"
    unknown = [key for key in domain if key not in _KNOWN]
    if unknown:
        return f"what AWS SAM makes of {unknown[0]} is not known here"
    if _endpoint(domain) not in _ENDPOINTS[api.type]:
        return f"its EndpointConfiguration is not {' or '.join(_ENDPOINTS[api.type])}, or no literal"
    if api.get("PropagateTags") or globals_.get("PropagateTags"):
        return "PropagateTags adds tags to it"
    if not all(isinstance(tags, dict) and intrinsic(tags) is None for tags in _tags(template, api)):
        return "the tags that it gets from the API are no literal mapping"
    flags = [domain.get("NormalizeBasePath", True)]
    if route53 is not None:
        if not isinstance(route53, dict) or intrinsic(route53) or not route53.keys() <= _ROUTE53:
            return "its Route53 is not a map of what AWS SAM knows"
        if route53.get("HostedZoneId") is None and route53.get("HostedZoneName") is None:
            return "its Route53 names no hosted zone"
        flags += [route53.get("IpV6", False), route53.get("SeparateRecordSetGroup", False)]
    tls = domain.get("MutualTlsAuthentication", {})
    if not isinstance(tls, dict) or not tls.keys() <= {"TruststoreUri", "TruststoreVersion"}:
        return "its MutualTlsAuthentication is not a map of what AWS SAM knows"
    if tls and api.type == _WEB_SOCKET:
        return "AWS SAM refuses MutualTlsAuthentication for a WebSocket API"
    if not all(isinstance(flag, bool) for flag in flags) or not all(
        isinstance(p, str | None) for p in _base_paths(domain)
    ):
        return "its base paths or flags are no literals, which AWS SAM needs"
    others = [other for other in template.resources_of(*SAM_APIS) if other.id != api.id and other.get("Domain")]
    if any(other.get("Domain", "DomainName") == domain["DomainName"] for other in others):
        return "another API has the same domain"
    if route53 is not None and any(other.get("Domain", "Route53") for other in others):
        return "AWS SAM puts the records of several APIs into one group"
    return ""


def _is_literal(value: Value) -> bool:
    """Whether SAM makes its logical ids of this value as it stands here."""
    return isinstance(value, str)


def _hash(value: Value) -> str:
    """What SAM puts into a logical id for a value (samtranslator/translator/logical_id_generator.py)."""
    from hashlib import sha1
    from json import dumps

    text = value if isinstance(value, str) else dumps(value, separators=(",", ":"), sort_keys=True, default=str)
    return sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]


def _base_paths(domain: dict[str, Value]) -> list[Value]:
    paths = domain.get("BasePath") or None
    return paths if isinstance(paths, list) else [paths]


def _endpoint(domain: dict[str, Value]) -> Value:
    found = domain.get("EndpointConfiguration")
    return "REGIONAL" if found is None else found


def _copied(domain: dict[str, Value], *keys: str) -> dict[str, Value]:
    return {key: domain[key] for key in keys if domain.get(key)}


def _rest_domain(domain: dict[str, Value]) -> tuple[str, Value]:
    endpoint = _endpoint(domain)
    key = "RegionalCertificateArn" if endpoint == "REGIONAL" else "CertificateArn"
    more = ("SecurityPolicy", "MutualTlsAuthentication", "OwnershipVerificationCertificateArn")
    return "AWS::ApiGateway::DomainName", {
        "DomainName": domain["DomainName"],
        key: domain["CertificateArn"],
        "EndpointConfiguration": {"Types": [endpoint]},
        **_copied(domain, *more),
    }


def _tags(template: Template, api: Resource) -> list[Value]:
    """The tags of an API, those of Globals first."""
    return [template.value_at(("Globals", SAM_APIS[api.type], "Tags")) or {}, api.get("Tags") or {}]


def _http_domain(template: Template, api: Resource) -> tuple[str, Value]:
    domain = api.properties["Domain"]
    tags: dict[str, Value] = {"websocketapi:createdBy": "SAM"}
    if api.type == "AWS::Serverless::HttpApi":  # whose domain has its tags too
        everywhere, own = _tags(template, api)
        tags = {**everywhere, **own, "httpapi:createdBy": "SAM"}
    configuration = {
        "CertificateArn": domain["CertificateArn"],
        "EndpointType": "REGIONAL",
        **_copied(domain, "SecurityPolicy", "OwnershipVerificationCertificateArn"),
    }
    return "AWS::ApiGatewayV2::DomainName", {
        "DomainName": domain["DomainName"],
        "DomainNameConfigurations": [configuration],
        **_copied(domain, "MutualTlsAuthentication"),
        "Tags": tags,
    }


def _rest_mapping(api: Resource, domain_id: str, path: str | None) -> tuple[str, Value]:
    letters = "".join(letter for letter in path or "" if letter.isalnum())
    body = {"DomainName": ref(domain_id), "RestApiId": ref(api.id), "Stage": ref(f"{api.id}.Stage")}
    if path is not None:
        body["BasePath"] = letters if api.get("Domain", "NormalizeBasePath", default=True) else path
    return f"{api.id}{letters}BasePathMapping", ("AWS::ApiGateway::BasePathMapping", body)


def _http_mapping(api: Resource, domain_id: str, path: str | None) -> tuple[str, Value]:
    body = {"DomainName": ref(domain_id), "ApiId": ref(api.id), "Stage": ref(f"{api.id}.Stage")}
    if path is not None:
        body["ApiMappingKey"] = path.strip("/")
    return f"{api.id}{sub(r'[-_/]+', '', path or '')}ApiMapping", ("AWS::ApiGatewayV2::ApiMapping", body)


def _records(domain: dict[str, Value], route53: dict[str, Value], domain_id: str, *, both: bool) -> tuple[str, Value]:
    """``both``: whether the id and the name of a hosted zone are handed on if both are given."""
    target = {key: route53[key] for key in ("EvaluateTargetHealth",) if route53.get(key) is not None}
    if _endpoint(domain) == "REGIONAL":
        target["HostedZoneId"] = get_att(domain_id, "RegionalHostedZoneId")
        target["DNSName"] = get_att(domain_id, "RegionalDomainName")
    else:
        target["HostedZoneId"] = _CLOUDFRONT_ZONE
        target["DNSName"] = route53.get("DistributionDomainName") or get_att(domain_id, "DistributionDomainName")
    policy = {key: route53[key] for key in ("Region", "SetIdentifier") if route53.get(key) is not None}
    kinds = ["A", "AAAA"] if route53.get("IpV6") else ["A"]
    zone = {key: route53[key] for key in ("HostedZoneId", "HostedZoneName") if route53.get(key)}
    return "AWS::Route53::RecordSetGroup", {
        **(zone if both else dict([*zone.items()][:1])),
        "RecordSets": [{"Name": domain["DomainName"], "Type": kind, "AliasTarget": target, **policy} for kind in kinds],
    }


def _references(template: Template, api: Resource, domain_id: str) -> Iterator[Operation | None]:
    for reference in template.references_to(api.id):
        head, _, rest = (reference.attribute or "").partition(".")
        if head == "DomainName" and reference.kind == "Ref" and not rest:
            yield Set(reference.path, ref(domain_id))
        elif head == "DomainName" and reference.kind == "GetAtt" and rest:
            yield Set(reference.path, get_att(domain_id, rest))
        elif head == "DomainName" and reference.kind == "Sub" and not rest:
            text = template.value_at(reference.path)
            new = text.replace(f"${{{api.id}.DomainName}}", f"${{{domain_id}}}")
            yield Set(reference.path, new) if new != text else None
        elif head in ("DomainName", "DomainNameV2"):
            yield None
