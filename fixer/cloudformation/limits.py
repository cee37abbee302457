"""Limits of CloudFormation and of the services that repairs touch.

Sources: AWS CloudFormation User Guide, "Understand CloudFormation quotas", with which ``cfnlint.helpers.LIMITS`` agrees
for the sections and names; for tags "Resource tag"; for inline code "AWS::Lambda::Function Code". Sizes are bytes
of UTF-8, lengths are characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

RESOURCES = 500
PARAMETERS = 200
OUTPUTS = 200
MAPPINGS = 200
NAME_LENGTH = 255
"""Of a resource, parameter, output or mapping."""
REQUEST_BODY_BYTES = 51_200
"""A template in the request itself; a larger one has to be uploaded to S3."""
S3_BODY_BYTES = 1_000_000
"""A template in S3: documented as 1 MB. The service refuses it with "Template may not exceed 1000000 bytes in size"
(https://github.com/aws-samples/aws-vpc-cidr-mgmt/issues/10), and cfn-lint counts so too.
"""
ZIP_FILE_BYTES = 4 * 1024 * 1024
"""Inline code of a Lambda function."""
PACKAGE_BYTES = 50 * 1024 * 1024
"""Archive of a Lambda function in a direct upload (Lambda quotas); no larger one is opened."""
UNZIPPED_BYTES = 250 * 1024 * 1024
"""All files of a package of a Lambda function (Lambda quotas)."""
DYNAMIC_REFERENCES = 60
"""Dynamic references in a template (user guide, "Understand CloudFormation quotas")."""
TAGS = 50
"""Common quota of tags on a resource; a provider schema may say otherwise."""
TAG_KEY_LENGTH = 128
TAG_VALUE_LENGTH = 256

Section: TypeAlias = Literal["Resources", "Parameters", "Outputs", "Mappings"]

ENTRIES: dict[Section, int] = {
    "Resources": RESOURCES,
    "Parameters": PARAMETERS,
    "Outputs": OUTPUTS,
    "Mappings": MAPPINGS,
}
"""The most entries that a section may hold."""


def size(text: str) -> int:
    """Bytes of ``text`` as CloudFormation counts them."""
    return len(text.encode("utf-8", "surrogatepass"))


def overfull(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Which section of a template grew beyond what it may hold, for people; "" if none did.

    What a loop will make of one entry is not known, and counts as one.
    """
    for section, most in ENTRIES.items():
        old, new = (len(data[section]) if isinstance(data.get(section), dict) else 0 for data in (before, after))
        if new > most and new > old:
            return f"the template would have {new} {section.lower()}, and may have {most}"
    return ""


def full(section: Section) -> str:
    """The reason why a section takes no more entries, for people."""
    return f"the template has {ENTRIES[section]} {section.lower()}, the most that CloudFormation takes"


def fits_request(text: str) -> bool:
    """Whether a template can be sent in a request, without an upload to S3."""
    return size(text) <= REQUEST_BODY_BYTES
