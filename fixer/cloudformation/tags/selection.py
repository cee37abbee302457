"""Tags by which something in a template selects: then a tag does more than tell.

Sources: IAM User Guide, "Controlling access to AWS resources using tags"; AWS Systems Manager User Guide, "Targets";
AWS Backup, CodeDeploy, Data Lifecycle Manager and AWS Config: the properties of their resource types.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from fixer.cloudformation.intrinsics import walk
from fixer.cloudformation.template import Template
from fixer.model import Path, Value

_NAMED = re.compile(r"(?:tag:|(?:(?P<service>[a-z0-9-]+):)?(?P<what>Resource|Principal)Tag/)(?P<key>.+)", re.I)
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


class _Selector(Struct, frozen=True):
    """A tag key, without case as conditions take it, and who selects by it."""

    key: str
    who: str
    types: str = ""
    """What the names of the types begin with that it is for, in lower case."""


def selector(template: Template, key: str, type_name: str) -> str:
    """What in the template selects, or allows, resources of the type by a tag of this key; "" if nothing does."""
    return next(
        (
            found.who
            for found in _selectors(template)
            if found.key == key.casefold() and type_name.casefold().startswith(found.types)
        ),
        "",
    )


@lru_cache(maxsize=1)
def _selectors(template: Template) -> tuple[_Selector, ...]:
    return tuple(
        found
        for name, body in template.section("Resources").items()
        for found in template.seen(_selectors_in, ("Resources", name), body)
    )


def _selectors_in(path: Path, value: Value) -> list[_Selector]:
    """Those of the resource at ``path``."""
    return [
        found
        for place, item in walk(value, path[1:])
        for text in (place[-1], item)
        if isinstance(text, str) and (found := _selector(place, text)) is not None
    ]


def _selector(path: Path, text: str) -> _Selector | None:
    who, named = str(path[0]), _NAMED.fullmatch(text) if "tag" in text.lower() else None
    if named:
        service = (named["service"] or "aws").casefold()
        types = "" if service == "aws" else f"aws::{service}::"
        principal = (named["what"] or "").casefold() == "principal"
        return _Selector(named["key"].casefold(), who, "aws::iam::" if principal else types)
    is_filter = path[-1] in _KEYS and not _FILTERS.isdisjoint(map(str, path))
    is_scope = path[-1] == "TagKey" and "Scope" in path
    return _Selector(text.casefold(), who) if text != path[-1] and (is_filter or is_scope) else None
