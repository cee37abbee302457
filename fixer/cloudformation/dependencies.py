"""The order in which resources are made, as ``DependsOn`` says it, and as references imply it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from fixer.cloudformation.conditions import Literal
from fixer.cloudformation.entries import Resource
from fixer.cloudformation.fragments import worker
from fixer.cloudformation.references import LOOP
from fixer.cloudformation.template import Template
from fixer.model import Operation, Path, Remove, Set

_IMPLYING = frozenset({"Properties", "Metadata"})
"""Attributes whose references make an order. That those of the metadata do:
https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue."""
_OF_THE_FUNCTION = frozenset({"Environment", "FileSystemConfigs", "KmsKeyArn", "Layers", "Role", "VpcConfig"})
"""Properties of a function of AWS SAM that become properties of the Lambda function itself
(``_construct_lambda_function`` in samtranslator/model/sam_resources.py). What its events and policies refer to, other
resources do.
"""


def without_dependencies(resource: Resource, names: Collection[str]) -> Iterator[Operation]:
    """Operations that take names out of a resource's ``DependsOn``, and all of it where no other is left."""
    if set(names).isdisjoint(resource.depends_on):
        return
    place = (*resource.path, "DependsOn")
    # Set and not Remove of an item: two fixes that each leave the other's item must not leave an empty list.
    rest = [name for name in resource.depends_on if name not in names]
    yield Set(place, rest) if rest else Remove(place)


def referring(template: Template, resource: Resource, name: str) -> list[Path]:
    """Where a resource refers to another one, by functions anywhere in it: what cfn-lint W3005 looks at."""
    inside = len(resource.path)
    return [
        reference.path
        for reference in template.references_of(resource.path)
        if reference.kind in ("Ref", "GetAtt", "Sub")
        and reference.target == name
        and reference.path[:inside] == resource.path
    ]


def is_implied(template: Template, resource: Resource, name: str, places: Iterable[Path]) -> bool:
    """Whether the references at ``places`` make the resource wait for ``name`` whenever both are there.

    A reference in a branch of ``Fn::If`` does only where the branch is taken, one in a loop only if that is not empty,
    and what a macro makes of one is not known.
    """
    inside = len(resource.path)
    sure = [
        place
        for place in places
        if place[inside] in _IMPLYING
        and not any(str(key).startswith(LOOP) for key in place[inside:])
        and worker(template, place) != "a macro"
        and (
            not resource.type.startswith("AWS::Serverless::")
            or not _OF_THE_FUNCTION.isdisjoint(place[inside + 1 : inside + 2])
        )
    ]
    target = template.resources.get(name)
    conditions = [resource.condition, target.condition if target else None]
    return _always(template, sure, inside, frozenset((name, True) for name in conditions if name))


def _always(template: Template, places: list[Path], depth: int, known: frozenset[Literal]) -> bool:
    """Whether at least one of the places is there in every case; ``depth``: how much of them is, given ``known``."""
    branches: dict[Path, dict[str | int, list[Path]]] = {}
    for place in places:
        at = next((index for index in range(depth, len(place)) if place[index] == "Fn::If"), None)
        if at is None:
            return True
        branch = place[at + 1] if len(place) > at + 1 else 0
        branches.setdefault(place[: at + 1], {}).setdefault(branch, []).append(place)
    for function, taken in branches.items():
        condition = template.value_at((*function, 0))
        if not isinstance(condition, str):
            continue
        below = len(function) + 1
        cases = [(branch, (condition, branch == 1)) for branch in (1, 2)]
        if all(
            template.is_certain(known, condition, not literal[1])
            or _always(template, taken.get(branch, []), below, known | {literal})
            for branch, literal in cases
        ):
            return True
    return False
