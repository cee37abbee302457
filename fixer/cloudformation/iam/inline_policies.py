"""Inline policies that become AWS::IAM::Policy resources. There, a reference to the role, user or group that the policy
belongs to, or to what depends on it, makes no circle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.intrinsics import intrinsic, ref, value_at
from fixer.cloudformation.template import Template
from fixer.model import Insert, Operation, Path, Remove, Value, after

_ATTACHED = {"AWS::IAM::Role": "Roles", "AWS::IAM::User": "Users", "AWS::IAM::Group": "Groups"}
"""Types with inline policies, each to the property of AWS::IAM::Policy that attaches a policy to one."""
_DEPTH = 5
"""Length of the path of an inline policy."""


class Extraction(Struct, frozen=True):
    """Inline policies that become resources."""

    operations: tuple[Operation, ...]
    policies: tuple[Path, ...]
    """Where they were."""
    names: tuple[str, ...]
    """The logical ids of the resources."""


def is_extractable(template: Template, path: Path, *, commented: bool = False) -> bool:
    """Whether ``path`` lies in an inline policy that can become a resource. Comments in it could not go along;
    ``commented``: whether it could but for them.
    """
    owner = template.resources.get(str(path[1])) if path[:1] == ("Resources",) and len(path) > _DEPTH else None
    if owner is None or owner.type not in _ATTACHED or path[2:4] != ("Properties", "Policies"):
        return False
    policy, listed = template.value_at(path[:_DEPTH]), template.value_at(path[: _DEPTH - 1])
    whole = isinstance(policy, dict) and policy.keys() == {"PolicyName", "PolicyDocument"}
    alone = _DEPTH - (isinstance(listed, list) and len(listed) == 1)  # then the list goes as well
    return isinstance(path[4], int) and whole and (commented or not template.remarks_at(path[:alone]).there)


def extract(template: Template, rewrites: Mapping[Path, Value]) -> Extraction:
    """Make resources of the inline policies in which the paths of ``rewrites`` lie, with the values of ``rewrites`` at
    these paths.

    Two fixes that make resources of policies of one owner want the same logical id, and so one waits for the other: the
    policy may be the same.
    """
    policies = tuple(dict.fromkeys(path[:_DEPTH] for path in rewrites))
    names: list[str] = []
    operations: list[Operation] = []
    for place in policies:
        owner = template.resources[str(place[1])]
        name = template.fresh_id(f"{owner.id}Policy", "Resources", names)
        names.append(name)
        inside = {path[_DEPTH:]: value for path, value in rewrites.items() if path[:_DEPTH] == place}
        operations.append(Insert(("Resources", name), _resource(template, owner, place, inside), after(owner.id)))
    return Extraction((*_removals(template, policies), *operations), policies, tuple(names))


def statement_at(template: Template, path: Path) -> Path | None:
    """The path of the statement of an inline policy in which ``path`` lies, if it can stand in a policy of its own; of
    the policy, if that has a statement and no list of them.
    """
    owner = template.resources.get(str(path[1])) if path[:1] == ("Resources",) and len(path) > _DEPTH else None
    if owner is None or owner.type not in _ATTACHED or path[2:4] != ("Properties", "Policies"):
        return None
    policy = template.value_at(path[:_DEPTH])
    if (
        not isinstance(path[4], int)
        or not isinstance(policy, dict)
        or policy.keys() != {"PolicyName", "PolicyDocument"}
    ):
        return None
    listed = value_at(policy, ("PolicyDocument", "Statement"))
    if path[_DEPTH : _DEPTH + 2] != ("PolicyDocument", "Statement"):
        return None
    if isinstance(listed, dict) and intrinsic(listed) is None:
        return path[:_DEPTH]
    item = value_at(listed, path[7:8]) if len(path) > 7 else None
    return path[:8] if isinstance(item, dict) and intrinsic(item) is None else None


def extract_statements(template: Template, places: Collection[Path], taken: Collection[str] = ()) -> Extraction:
    """Make policies of their own of what ``statement_at`` gave. Of a policy, all of whose statements go, nothing stays.

    Comments stay where they are. ``taken``: logical ids not to use.
    """
    names: list[str] = []
    inserts: list[Operation] = []
    removals: list[Operation] = []
    whole: list[Path] = []
    for policy in dict.fromkeys(place[:_DEPTH] for place in places):
        owner, body = template.resources[str(policy[1])], template.value_at(policy)
        listed = value_at(body, ("PolicyDocument", "Statement"))
        going = [place for place in places if place[:_DEPTH] == policy]
        name = template.fresh_id(f"{owner.id}Policy", "Resources", [*taken, *names])
        names.append(name)
        new = _resource(template, owner, policy, {})
        if policy in going or len(going) == len(listed):
            whole.append(policy)
        else:
            new["Properties"]["PolicyName"] = name
            new["Properties"]["PolicyDocument"]["Statement"] = [deepcopy(template.value_at(place)) for place in going]
            removals += map(Remove, going)
        inserts.append(Insert(("Resources", name), new, after(owner.id)))
    return Extraction((*removals, *_removals(template, whole), *inserts), tuple(whole), tuple(names))


def _resource(template: Template, owner: Resource, place: Path, rewrites: Mapping[Path, Value]) -> dict[str, Value]:
    policy = deepcopy(template.value_at(place))
    for path, value in rewrites.items():
        value_at(policy, path[:-1])[path[-1]] = value
    body: dict[str, Value] = {"Type": "AWS::IAM::Policy"}
    if owner.condition is not None:
        body["Condition"] = owner.condition
    names = {"PolicyName": policy["PolicyName"], _ATTACHED[owner.type]: [ref(owner.id)]}
    return {**body, "Properties": {**names, "PolicyDocument": policy["PolicyDocument"]}}


def _removals(template: Template, policies: Collection[Path]) -> Iterator[Operation]:
    for listed in dict.fromkeys(place[:-1] for place in policies):
        going = [place for place in policies if place[:-1] == listed]
        whole = len(going) == len(template.value_at(listed))
        yield from [Remove(listed)] if whole else (Remove(place) for place in going)
