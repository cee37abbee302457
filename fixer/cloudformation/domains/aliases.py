"""The aliases of CloudFront distributions: custom domains that are no resource, but two properties of one.

Without them, a distribution works under its own name. CloudFront takes aliases only with a certificate for them (Amazon
CloudFront developer guide, "Using custom URLs by adding alternate domain names").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Expression, expression
from fixer.cloudformation.intrinsics import if_, intrinsic, value_at
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

DISTRIBUTION = "AWS::CloudFront::Distribution"
_CONFIG = "DistributionConfig"
_TOGETHER = ("Aliases", "ViewerCertificate")
_RECORDS = "AWS::Route53::RecordSet"
_GROUPS = "AWS::Route53::RecordSetGroup"


def aliases(distribution: Resource) -> list[Value]:
    """The aliases of a distribution; none where they are not written out."""
    found = distribution.get(_CONFIG, "Aliases")
    return found if isinstance(found, list) else []


def has_aliases(distribution: Resource) -> bool:
    """Whether it has aliases, literal or not, with an ACM certificate for them, and no condition chooses either."""
    certificate = distribution.get(_CONFIG, "ViewerCertificate")
    given = value_at(certificate, ("AcmCertificateArn",))
    plain = distribution.has_known_properties and intrinsic(certificate) is None and intrinsic(given) != "Fn::If"
    somehow = intrinsic(distribution.get(_CONFIG, "Aliases")) not in (None, "Fn::If")
    return (somehow or bool(aliases(distribution))) and plain and given is not None


def lacks_certificate(distribution: Resource) -> bool:
    """Whether it has aliases and certainly no certificate for them: none but that of CloudFront's own domain."""
    found = distribution.get(_CONFIG, "ViewerCertificate", default={})
    if not aliases(distribution) or not isinstance(found, dict) or intrinsic(found):
        return False
    return not {"AcmCertificateArn", "IamCertificateId"} & found.keys()


def guarded(distribution: Resource, condition: str, certificate: Value) -> dict[Path, Value]:
    """Aliases and ViewerCertificate under a condition, by their paths. ``certificate``: an ACM certificate that takes
    the place of the old one, or None.
    """
    found = {}
    for name in _TOGETHER:
        value = distribution.get(_CONFIG, name)
        if name == "ViewerCertificate" and certificate is not None:
            value = {**value, "AcmCertificateArn": certificate}
        found[distribution.property_path(_CONFIG, name)] = if_(condition, value)
    return found


def records(template: Template, distribution: Resource) -> Iterator[str]:
    """Logical ids of the record sets that lead from aliases to the distribution and hold no other names."""
    names = {_without_dot(expression(alias)) for alias in aliases(distribution)} - {None}
    referring = {reference.owner[1] for reference in template.references_to(distribution.id)}
    for record in template.resources_of(_RECORDS, _GROUPS):
        entries: Iterable[Value] = [record.properties]
        if record.type == _GROUPS:
            entries = record.get("RecordSets") if isinstance(record.get("RecordSets"), list) else [None]
        said = {_without_dot(expression(value_at(entry, ("Name",)))) for entry in entries}
        if record.id in referring and said and said <= names:
            yield record.id


def _without_dot(name: Expression | None) -> Expression | None:
    """A name without the dot of the root."""
    if name and isinstance(name[-1], str):
        last = name[-1].removesuffix(".")
        return (*name[:-1], last) if last else name[:-1]
    return name
