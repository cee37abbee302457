"""Tags by which something in a template selects: then a tag does more than tell.

Sources: IAM User Guide, "Controlling access to AWS resources using tags"; AWS Systems Manager User Guide, "Targets";
AWS Backup, CodeDeploy, Data Lifecycle Manager and AWS Config: the properties of their resource types.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.template import Template
from fixer.model import Path

_NAMED = re.compile(r"(?:tag:|(?:[a-z0-9-]+:)?(?:Resource|Principal)Tag/)(?P<key>.+)", re.I)
"""``tag:Environment`` of a target or filter, ``aws:ResourceTag/Environment`` of a condition."""
_FILTERS = frozenset(
    {
        "Ec2TagFilters",
        "Ec2TagSet",
        "ListOfTags",
        "OnPremisesInstanceTagFilters",
        "OnPremisesTagSet",
        "TagFilters",
        "TargetTags",
    }
)
_KEYS = ("Key", "ConditionKey")


def selector(template: Template, key: str) -> str:
    """What in the template selects, or allows, by a tag of this key: the name of a resource; "" if nothing does."""
    return dict(_selected(template)).get(key.casefold(), "")


@lru_cache(maxsize=1)
def _selected(template: Template) -> tuple[tuple[str, str], ...]:
    """Keys, without case as conditions take them, each with the resource that selects by it."""
    found: dict[str, str] = {}
    for path, value in walk(template.section("Resources")):
        for text in (path[-1], value) if path else ():
            key = _key(path, text) if isinstance(text, str) else ""
            if key:
                found.setdefault(key.casefold(), str(path[0]))
    return tuple(found.items())


def _key(path: Path, text: str) -> str:
    named = _NAMED.fullmatch(text)
    if named:
        return named["key"]
    is_filter = text != path[-1] and path[-1] in _KEYS and not _FILTERS.isdisjoint(map(str, path))
    is_scope = path[-1] == "TagKey" and "Scope" in path and text != path[-1]
    return text if is_filter or is_scope else ""
