"""ARNs, and the addresses of services, inside literal texts: where they name a Region or an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase, digits

from msgspec import Struct

from fixer.cloudformation.intrinsics import parse_sub
from fixer.cloudformation.places.program_settings import regions_of_commands, tells_account
from fixer.cloudformation.places.regions import ACCOUNT, AWS_OWNED, REGION
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text

_FIELD = r"(?:\$\{[^{}]*\}|[^:\s\"'$])*"
_ARN = re.compile(
    rf"(?<![\w-])arn:(?:aws[\w-]*|\*|\$\{{[^{{}}]*\}}):(?P<service>{_FIELD}):(?P<region>{_FIELD})"
    rf"(?::(?P<account>{_FIELD})(?::(?=(?P<resource>(?:\$\{{[^{{}}]*\}}|[^\s\"'$]){{,500}})))?)?"
)
"""As much of an ARN as a text has: in a part of a Join it may break off. The last field, which may hold another ARN, is
only looked at."""
_REGION = re.compile(REGION)
_ACCOUNT = re.compile(ACCOUNT)
_HOST = re.compile(rf"\.(?P<region>{REGION})\.amazonaws\.com(?P<path>/\S?\S?|)")
_NOT_OF_HOSTS = re.compile(r"[^\w${}:.-]")
_NOT_FIRST = f"{digits}-"
"""Characters that the name of a service may hold, and does not begin with."""
_OF_SERVICES = ascii_lowercase + _NOT_FIRST
_WEBSITE = re.compile(rf"\.s3-website[-.](?P<region>{REGION})\.amazonaws\.com")
_NO_PATTERN = (
    "website endpoints have a dash or a dot before the Region, which depends on the Region; "
    "the bucket's own is !Select [2, !Split ['/', !GetAtt BUCKET.WebsiteURL]]"
)
_ENDPOINT = re.compile(rf"\bcom\.amazonaws\.(?P<region>{REGION})\.")
_CONSOLE = re.compile(
    rf"//(?P<region>{REGION})\.console\.aws\.amazon\.com|console\.aws\.amazon\.com/[^\s\"']{{,1000}}?[?&]region=(?P<query>{REGION})"
)
_WIDGET = re.compile(rf'"region"\s*:\s*"(?P<region>{REGION})"')
_GLOBAL_METRICS = re.compile(r"AWS/(?:CloudFront|Route53|Billing|GlobalAccelerator|Usage|TrustedAdvisor)\b")
"""Namespaces whose metrics are in us-east-1 or us-west-2, wherever the stack is (user guides of these services)."""
_OWN_WIDGET = re.compile(r'"region"\s*:\s*"\$\{AWS::Region\}"')
_REGISTRY = re.compile(rf"(?<![\w.-])(?P<account>{ACCOUNT})\.dkr\.ecr\.")
_QUEUE = re.compile(rf"\bsqs\.[^/\s]{{1,200}}/(?P<account>{ACCOUNT})/")

_EDGE_TYPES = (
    "AWS::CloudFront::",
    "AWS::Route53",
    "AWS::GlobalAccelerator::",
    "AWS::Cognito::UserPoolDomain",
    "AWS::AppSync::DomainName",
)
_ONE_REGION = frozenset(
    {
        "account",
        "billing",
        "budgets",
        "ce",
        "chatbot",
        "cloudfront",
        "cur",
        "health",
        "route53domains",
        "shield",
        "support",
        "waf",
    }
)
"""Services that are reached in one Region only (AWS General Reference, "Service endpoints and quotas")."""


class Mention(Struct, frozen=True):
    """A stretch of a text that names a Region or an account literally."""

    start: int
    end: int
    name: str
    foreign: str = ""
    """Why it is not, or may not be, the stack's own; empty if it can be."""


def regions_in(template: Template, text: Text) -> Iterator[Mention]:
    """Regions in ARNs, addresses of services, names of VPC endpoints, the widgets of dashboards, and the options of
    commands and of log drivers. What is a Region as a whole is for ``region_values``.
    """
    if not _REGION.search(text.text):
        return
    edge = "services of the edge locations work from one Region" if _is_edge(template, text) else ""
    for found in _ARN.finditer(text.text):
        if _REGION.fullmatch(found["region"]):
            yield Mention(*found.span("region"), found["region"], edge or _foreign_arn(found))
    for head, service, found in _hosts(text.text):
        # A thing of the template is in the stack's Region, whoever looks for it there.
        outside = "" if _is_of_template(template, head) else edge
        one_thing = "" if text.keys[-1] == "kms:ViaService" else _foreign_host(head, service, found["path"])
        yield Mention(*found.span("region"), found["region"], outside or one_thing)
    for found in _WEBSITE.finditer(text.text):
        yield Mention(*found.span("region"), found["region"], _NO_PATTERN)
    for found in _ENDPOINT.finditer(text.text):
        yield Mention(*found.span("region"), found["region"], edge)
    for found in _CONSOLE.finditer(text.text):
        group = "region" if found["region"] else "query"
        yield Mention(*found.span(group), found[group], edge)
    if "DashboardBody" in text.keys:
        yield from _in_widgets(text)
    for found, elsewhere in regions_of_commands(text.text):
        yield Mention(*found.span("region"), found["region"], edge or elsewhere)
    if text.keys[-1] == "awslogs-region" and _REGION.fullmatch(text.text):
        yield Mention(0, len(text.text), text.text, edge)


def accounts_in(template: Template, text: Text) -> Iterator[Mention]:
    """Accounts in ARNs, addresses of registries and queues, as the account that a request has to come from, and where a
    program is told its account.
    """
    principal = "a principal may be in another account on purpose" if "Principal" in text.keys else ""
    for found in _ARN.finditer(text.text):
        account = found["account"] or ""
        if _ACCOUNT.fullmatch(account):
            yield Mention(*found.span("account"), account, _owned(account) or principal or _one_thing(found))
    for pattern in (_REGISTRY, _QUEUE):
        for found in pattern.finditer(text.text):
            yield Mention(*found.span("account"), found["account"], _owned(found["account"]))
    asked = text.keys[-1].lower() in ("sourceaccount", "aws:sourceaccount") and _ACCOUNT.fullmatch(text.text)
    if asked or tells_account(template, text):
        yield Mention(0, len(text.text), text.text, _owned(text.text))


def all_regions(text: str) -> frozenset[str]:
    """The Regions that a text names anywhere."""
    return frozenset(found[0] for found in re.finditer(rf"(?<![a-z0-9-]){REGION}(?![0-9-])", text))


def _in_widgets(text: Text) -> Iterator[Mention]:
    foreign = ""
    if _GLOBAL_METRICS.search(text.text):
        foreign = "the metrics of a global service are in one Region"
    elif _OWN_WIDGET.search(text.text):
        foreign = "other widgets of the dashboard have the stack's own Region"
    for found in _WIDGET.finditer(text.text):
        yield Mention(*found.span("region"), found["region"], foreign)


def _owned(account: str) -> str:
    return "an account of AWS itself" if account in AWS_OWNED else ""


def _is_of_template(template: Template, head: str) -> bool:
    """Whether the name of a host begins with something that the template makes."""
    return any(part.name in template.resources for part in parse_sub(head))


def _is_edge(template: Template, text: Text) -> bool:
    resource = template.resource_at(text.path)
    if resource is None:
        return False
    if resource.type.startswith("AWS::WAFv2::"):
        return bool(resource.get("Scope") == "CLOUDFRONT")
    return resource.type.startswith(_EDGE_TYPES)


def _foreign_arn(found: re.Match[str]) -> str:
    """Why the Region of an ARN is not, or may not be, the stack's own; empty if it can be."""
    service, resource = found["service"], found["resource"] or ""
    if service in _ONE_REGION or (service == "wafv2" and resource.startswith("global/")):
        return f"{service} works from one Region"
    if found["account"] in AWS_OWNED:
        return _owned(found["account"])
    if f"/{found['region']}." in resource:
        return "the logs of functions at edge locations have the Region in their names"
    return _one_thing(found)


def _one_thing(found: re.Match[str]) -> str:
    """Why an ARN cannot be that of a resource in another Region or account; empty if it can be."""
    service, resource = found["service"], found["resource"] or ""
    if service == "iam" and resource.startswith("server-certificate/"):
        return "a server certificate is in one account"
    if service == "acm":
        return "a certificate is in one Region and account, and that of an edge domain in us-east-1"
    if resource.startswith("layer:"):
        return "a layer is in one Region and account"
    if service == "kms" and re.match(r"key/[0-9a-f]{8}-", resource):
        return "a key is in one Region and account"
    return ""


def _hosts(text: str) -> Iterator[tuple[str, str, re.Match[str]]]:
    """The addresses of services: what stands before the service, the service, and the rest from the dot before the
    Region on.

    Each is read backwards from its Region. A pattern for the whole would try every beginning in a long text.
    """
    done = 0
    for found in _HOST.finditer(text):
        begin = max((other.end() for other in _NOT_OF_HOSTS.finditer(text, done, found.start())), default=done)
        before = text[begin : found.start()]
        service = before[len(before.rstrip(_OF_SERVICES)) :].lstrip(_NOT_FIRST)
        head = before.removesuffix(service)
        done = found.end()
        if service and head.endswith("dkr."):
            yield head.removesuffix("dkr."), f"dkr.{service}", found
        elif service:
            yield head, service, found


def _foreign_host(head: str, service: str, path: str) -> str:
    """Why an address is in that Region only: it names one literal resource there. Empty if it is the same elsewhere."""
    literal = "".join(part.text for part in parse_sub(head) if part.name is None and not part.literal).strip(".")
    if literal or (service == "s3" and not head and not path.startswith("/${")):
        return "the address is that of one resource in that Region"
    return ""
