"""A statement that allows on ``*``, taken apart: what needs ``*`` stays, the rest names its resources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from fixer.cloudformation.iam.arrangement import arranged
from fixer.cloudformation.iam.authorization import Action
from fixer.cloudformation.iam.policies import Statement, statements
from fixer.cloudformation.iam.scoping import Placed
from fixer.cloudformation.intrinsics import NO_VALUE, if_, intrinsic, walk
from fixer.cloudformation.schemas import schema
from fixer.cloudformation.template import Template
from fixer.model import Append, Operation, Path, Remove, Set, Value, after

_MOST: Mapping[str, int] = {
    "AWS::IAM::Role": 10_240,
    "AWS::IAM::RolePolicy": 10_240,
    "AWS::IAM::Policy": 10_240,
    "AWS::IAM::ManagedPolicy": 6_144,
    "AWS::IAM::User": 2_048,
    "AWS::IAM::UserPolicy": 2_048,
    "AWS::IAM::Group": 5_120,
    "AWS::IAM::GroupPolicy": 5_120,
    "AWS::Serverless::Function": 10_240,
    "AWS::Serverless::StateMachine": 10_240,
}
"""Characters of a policy without white space; of all inline policies of one identity (IAM user guide, "IAM quotas")."""
_LONG = 100
"""As many characters an intrinsic is taken to give."""


class Part(Struct, frozen=True):
    """What of a statement has the same resources; no ``where``: it stays on ``*``."""

    items: tuple[tuple[Path, Value], ...]
    where: Placed | None
    names: tuple[str, ...] = ()
    """Further actions: what of a pattern needs ``*``."""

    @property
    def actions(self) -> list[Value]:
        return [*(item for _, item in self.items), *self.names]


def parts(
    statement: Statement, placed: Mapping[Path, Placed], spell: Callable[[Action], str] = str
) -> tuple[Part, ...]:
    """The parts of a statement, in the order of the first action of each. ``placed``: where items of Action belong."""
    found: dict[str, list[tuple[Path, Value]]] = {}
    for path, item in statement.actions:
        found.setdefault(placed[path].key if path in placed else "", []).append((path, item))
    remainder = dict.fromkeys(action for where in placed.values() for action in where.remainder)
    names = tuple(spell(action) for action in remainder)
    if names:
        found.setdefault("", [])
    return tuple(
        Part(tuple(items), placed[items[0][0]] if key else None, () if key else names) for key, items in found.items()
    )


def split(template: Template, statement: Statement, found: tuple[Part, ...]) -> tuple[Operation, ...] | str:
    """The operations that take a statement apart; a text is the reason why it cannot be.

    The first part takes over the statement itself, and the others follow it in new ones.
    """
    first, *others = arranged(
        found, statement.body, _around(statement), lambda part, is_first: _statement(statement, part, is_first)
    )
    sids = _fresh_sids(statement, len(others))
    made = [_statement(statement, part, False, sid) for part, sid in zip(others, sids, strict=True)]
    if not _fits(statement, [_statement(statement, first, True), *made]):
        return "the policy would be longer than IAM allows"
    own: list[Operation] = list(_on_actions(statement, first))
    if first.where:
        own.append(Set((*statement.path, "Resource"), _resources(statement, first.where)))
    if not made:
        return tuple(own)
    container, place = statement.path[:-1], statement.path[-1]
    if isinstance(template.value_at(container), list) and container[-1] != "Fn::If":
        return (*own, *(Append(container, each, after(place)) for each in made))
    if container[-1] == "Fn::If" and isinstance(template.value_at(container[:-2]), list):
        name = template.value_at((*container, 0))
        guarded = [if_(name, each) if place == 1 else if_(name, dict(NO_VALUE), each) for each in made]
        return (*own, *(Append(container[:-2], each, after(container[-2])) for each in guarded))
    if place == "Statement":
        return (Set(statement.path, [_statement(statement, first, True), *made]),)
    return "the statement stands where no other can be added"


def spelled(template: Template, action: Action) -> str:
    """An action as the schema of one of the template's types writes it; else in lower case: IAM takes any case."""
    for type_name in sorted({resource.type for resource in template.resources.values()}):
        found = schema(type_name)
        handlers = found.document.get("handlers", {}) if found else {}
        for handler in handlers.values():
            for text in handler.get("permissions", ()):
                if str(text).lower() == str(action):
                    return str(text)
    return str(action)


def _around(statement: Statement) -> tuple[list[Value], list[Value]]:
    """The statements of the policy before and behind a statement."""
    bodies = [(each.path, each.body) for each in statements(statement.policy)]
    place = [path for path, _ in bodies].index(statement.path)
    return [body for _, body in bodies[:place]], [body for _, body in bodies[place + 1 :]]


def _on_actions(statement: Statement, first: Part) -> Iterator[Operation]:
    """Leave only the first part's actions in the statement."""
    keeping = {path for path, _ in first.items}
    yield from (Remove(path) for path, _ in statement.actions if path not in keeping)
    yield from (Append((*statement.path, "Action"), name) for name in first.names)


def _statement(statement: Statement, part: Part, is_first: bool, sid: str = "") -> Value:
    """A statement like the given one, but for its actions and resources; a new one has a Sid of its own, if any."""
    made = {key: value for key, value in statement.body.items() if key != "Sid" or is_first or sid}
    if sid:
        made["Sid"] = sid
    as_list = is_first and isinstance(statement.body["Action"], list)
    made["Action"] = part.actions if as_list or len(part.actions) > 1 else part.actions[0]
    if part.where:
        made["Resource"] = _resources(statement, part.where)
    return made


def _resources(statement: Statement, placed: Placed) -> Value:
    found = [target.guarded for target in placed.targets]
    return found if len(found) > 1 or isinstance(statement.body["Resource"], list) else found[0]


def _fresh_sids(statement: Statement, count: int) -> list[str]:
    """Sids for new statements, unique in the policy and alphanumeric; empty where the statement has none to go by."""
    own = statement.body.get("Sid")
    if not isinstance(own, str):
        return [""] * count
    taken = {each.body["Sid"] for each in statements(statement.policy) if isinstance(each.body.get("Sid"), str)}
    base = re.sub(r"[^A-Za-z0-9]", "", own) or "Scoped"
    made: list[str] = []
    number = 2
    while len(made) < count:
        if f"{base}{number}" not in taken:
            made.append(f"{base}{number}")
        number += 1
    return made


def _fits(statement: Statement, made: list[Value]) -> bool:
    """Whether a policy in which ``made`` stands for a statement is short enough."""
    holder = statement.holder
    inline = holder.get("Policies") if "Policies" in holder.properties else statement.policy.document
    size = _size(inline) - _size(statement.body) + sum(map(_size, made))
    return size <= _MOST.get(holder.type, 6_144)


def _size(value: Value) -> int:
    """Characters of a policy, about: an intrinsic gives ``_LONG``, of the branches of an If all count."""
    text = json.dumps(value, separators=(",", ":"), default=str)
    outermost = [item for path, item in walk(value) if intrinsic(item) and intrinsic(item) != "Fn::If"]
    return len(text) + sum(max(0, _LONG - len(json.dumps(item, default=str))) for item in outermost)
