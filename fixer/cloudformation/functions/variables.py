"""The environment variables of Lambda functions, and those that Lambda sets itself.

Source: cfn-lint's ``environment_variable_keys.json`` (E3663), after the AWS Lambda Developer Guide, "Defined runtime
environment variables": a template that sets one of the reserved is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from fixer.cloudformation.functions.functions import LAMBDA, SAM
from fixer.cloudformation.intrinsics import NO_VALUE, intrinsic, value_at
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.bundled import data_folder, read_data
from fixer.model import Path, Remove, Set, Value


@cache
def reserved_variables() -> frozenset[str]:
    """The names that no function may set."""
    folder = data_folder() / "schemas" / "extensions" / "aws_lambda_function"
    names = read_data(folder / "environment_variable_keys.json")["propertyNames"]["not"]["enum"]
    return frozenset(names)


def variables(template: Template) -> Iterator[tuple[Path, dict[str, Value]]]:
    """The path and the content of each mapping of variables: of functions, of those in loops, and of SAM's Globals."""
    shared = value_at(template.data, ("Globals", "Function"))
    places: list[tuple[Path, Value]] = [(("Globals", "Function", "Environment"), value_at(shared, ("Environment",)))]
    for function in template.written(LAMBDA, SAM):
        places.append((function.property_path("Environment"), function.get("Environment")))
    for path, environment in places:
        for at, body in _branches(path, environment):
            if isinstance(body, dict) and intrinsic(body) is None:
                for place, held in _branches((*at, "Variables"), body.get("Variables")):
                    if isinstance(held, dict) and intrinsic(held) is None:
                        yield place, held


def _branches(path: Path, value: Value) -> Iterator[tuple[Path, Value]]:
    body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
    if not isinstance(body, list) or len(body) != 3:
        yield path, value
        return
    for index in (1, 2):
        yield from _branches((*path, "Fn::If", index), body[index])


def without(template: Template, path: Path, names: Collection[str]) -> tuple[Remove | Set, ...]:
    """The operations that take variables out of the mapping at ``path``, and what would be empty along with them.

    A branch of ``Fn::If`` that would be empty gives no value.
    """
    if not set(names) >= template.value_at(path).keys():
        return tuple(Remove((*path, name)) for name in names)
    while len(path) > 2 and path[-1] != "Environment":
        if isinstance(path[-1], int):
            return (Set(path, dict(NO_VALUE)),)
        path = path[:-1]
        if len(template.value_at(path)) > 1:
            break
    return (Remove(path),)
