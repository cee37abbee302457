"""Actions of IAM and the resource types that they support, from the service authorization data that cfn-lint bundles.

``data/AdditionalSpecs/Policies.json`` is the Service Authorization Reference as data. It knows names in lower case (IAM
compares actions without regard to case), and of each action only its resource types: not which of several are required.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import Any

from msgspec import Raw, Struct

from fixer.cloudformation.types.bundled import data_folder, read_part, read_parts

_NOWHERE: Mapping[str, frozenset[str]] = {"cloudwatch": frozenset({"dataset"})}
"""Types that are none of CloudFormation's, and that a call need not name: the metrics that an action is about are
limited by the condition key ``cloudwatch:namespace`` (CloudWatch user guide, "Using condition keys to limit access to
CloudWatch namespaces").
"""


class Action(Struct, frozen=True):
    """An action by service prefix and name, both in lower case: ``s3`` and ``getobject``."""

    service: str
    name: str
    types: tuple[str, ...]
    """Resource types in lower case; empty: the action supports no resource-level permission and needs ``*``."""

    def __str__(self) -> str:
        return f"{self.service}:{self.name}"


@cache
def services() -> frozenset[str]:
    """Prefixes of all services."""
    return frozenset(_policies())


@cache
def actions_of(service: str) -> tuple[Action, ...]:
    """All actions of a service, by name; empty for an unknown one."""
    part = _policies().get(service.lower())
    found: Mapping[str, Any] = {} if part is None else read_part(part).get("Actions", {})
    nowhere = _NOWHERE.get(service.lower(), frozenset())
    return tuple(
        Action(
            service.lower(),
            name.lower(),
            tuple(sorted({str(t).lower() for t in facts.get("Resources", ())} - nowhere)),
        )
        for name, facts in sorted(found.items())
    )


@lru_cache(maxsize=4096)  # an editor's server sees every half-typed action
def expand(pattern: str) -> tuple[Action, ...]:
    """The actions that an item of Action matches, ``s3:Get*`` or ``s3:GetObject``; empty if it matches none."""
    service, colon, name = pattern.strip().lower().partition(":")
    if not colon or "*" in service or "?" in service:
        return ()
    # As a glob, since a regular expression with many stars takes for ever; names have no brackets.
    return tuple(action for action in actions_of(service) if "[" not in name and fnmatchcase(action.name, name))


def scopable(item: object) -> bool:
    """Whether an item of Action is or holds an action that can be limited to resources."""
    return item == "*" or (isinstance(item, str) and any(action.types for action in expand(item)))


def is_pattern(action: str) -> bool:
    return "*" in action or "?" in action


@cache
def _policies() -> Mapping[str, Raw]:
    return read_parts(data_folder() / "AdditionalSpecs" / "Policies.json")
