"""Statements that allow on ``*`` are split: what needs ``*`` stays there, and the rest names its resources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fixer.cloudformation.iam.arrangement import Arrangement, Pieces, Spot, arranged
from fixer.cloudformation.iam.authorization import Action
from fixer.cloudformation.iam.policies import Statement, statements
from fixer.cloudformation.iam.scoping import Placed
from fixer.cloudformation.intrinsics import NO_VALUE, if_, intrinsic, walk
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.schemas import schema
from fixer.model import FIRST, LAST, Append, Operation, Path, Remove, Set, Value, after

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
_FEW = 3
"""So many actions may get a statement of their own each, where one for all of them finds no place."""
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


class Commented(Struct, frozen=True):
    """The items of Action that comments are about."""

    behind: frozenset[Path] = frozenset()
    """Those with a comment on their line: it goes where they go."""
    groups: tuple[frozenset[Path], ...] = ()
    """Each with a comment above it: it is about the item below it and those up to the next, and stays with the first
    that stays.
    """


def commented(template: Template, statement: Statement) -> Commented:
    behind: set[Path] = set()
    groups: list[set[Path]] = []
    for path, _ in statement.actions:
        remarks = template.remarks_at(path)
        if remarks.above:
            groups.append(set())
        if groups:
            groups[-1].add(path)
        if remarks.behind:
            behind.add(path)
    return Commented(frozenset(behind), tuple(map(frozenset, groups)))


class Split(Struct, frozen=True):
    """A statement, and the parts that it is to be taken apart into."""

    statement: Statement
    parts: tuple[Part, ...]
    commented: Commented = Commented()

    @property
    def firsts(self) -> frozenset[int]:
        """The parts that may take over the statement itself: no comment is left there which is about nothing."""
        found = [{path for path, _ in part.items} for part in self.parts]
        bound = list(self.commented.groups)
        if any(part.names for part in self.parts):  # they may come in for all that was there, which is written anew
            bound += [frozenset([path]) for path in self.commented.behind]
        return frozenset(index for index, paths in enumerate(found) if all(paths & each for each in bound))

    @property
    def place(self) -> int | None:
        """The index of the statement in the list of its policy; None where it stands alone or in a ``Fn::If``."""
        last = self.statement.path[-1]
        return last if isinstance(last, int) and self.statement.path[-2] == "Statement" else None

    def hindrance(self, template: Template) -> str:
        """Why it cannot be taken apart; "" if nothing stands in the way."""
        if not self.fits():
            return "the policy would be longer than IAM allows"
        alone = self.statement.path[-1] == "Statement"
        rewrites = alone and len(self.parts) > 1
        if not self.firsts or (rewrites and self.commented != Commented()):
            return "comments on its actions would stay behind: give those with a comment a statement of their own"
        if len(self.parts) > 1 and not alone and _list_around(template, self.statement) is None:
            return "the statement stands where no other can be added"
        return ""

    def finer(self) -> Split:
        """The same with a part for each action of the small parts: single actions find a place more often."""
        few = [part.where is not None and not part.names and len(part.items) <= _FEW for part in self.parts]
        made = Split(
            self.statement,
            tuple(
                replace(part, items=items)
                for part, divides in zip(self.parts, few, strict=True)
                for items in (((item,) for item in part.items) if divides else (part.items,))
            ),
            self.commented,
        )
        return made if made.fits() and made.firsts else self

    def fits(self) -> bool:
        """Whether the policy stays short enough."""
        pieces = self.pieces()
        return _fits(self.statement, [pieces.own[0], *pieces.new[1:]])

    def pieces(self) -> Pieces:
        """What becomes of each part, in the place of the statement and as a new one."""
        sids = _fresh_sids(self.statement, len(self.parts))
        new = (_statement(self.statement, part, False, sid) for part, sid in zip(self.parts, sids, strict=True))
        own = tuple(_statement(self.statement, part, True) for part in self.parts)
        return Pieces(own, tuple(new), self.firsts)

    def operations(self, template: Template, arrangement: Arrangement) -> tuple[Operation, ...]:
        """One part takes over the statement itself, and the others stand in new ones."""
        statement = self.statement
        first, *others = (self.parts[index] for index in arrangement.order)
        sids = _fresh_sids(statement, len(others))
        made = [_statement(statement, part, False, sid) for part, sid in zip(others, sids, strict=True)]
        around = _list_around(template, statement)
        if made and around is None:
            return (Set(statement.path, [_statement(statement, first, True), *made]),)
        own: list[Operation] = list(_on_actions(statement, first))
        if first.where:
            own.append(Set((*statement.path, "Resource"), _resources(statement, first.where)))
        if around == statement.path[:-1]:
            spot = {Spot.BEHIND: after(statement.path[-1]), Spot.LAST: LAST, Spot.FIRST: FIRST}[arrangement.spot]
            return (*own, *(Append(around, each, spot, self.moves(p)) for p, each in zip(others, made, strict=True)))
        if around is not None:
            name, place = template.value_at((*statement.path[:-1], 0)), statement.path[-1]
            guarded = [if_(name, each) if place == 1 else if_(name, dict(NO_VALUE), each) for each in made]
            spot = after(statement.path[-3])
            own += (
                Append(around, each, spot, self.moves(part, ("Fn::If", place)))
                for part, each in zip(others, guarded, strict=True)
            )
        return tuple(own)

    def moves(self, part: Part, above: Path = ()) -> tuple[tuple[Path, Path], ...]:
        """Where the comments go that stand behind the actions of a part in a new statement, itself at ``above``."""
        several = len(part.actions) > 1
        places = ((*above, "Action", *((number,) if several else ())) for number in range(len(part.items)))
        pairs = zip(places, (path for path, _ in part.items), strict=True)
        return tuple((place, path) for place, path in pairs if path in self.commented.behind)


def take_apart(template: Template, splits: Sequence[Split]) -> list[tuple[Operation, ...] | str]:
    """The operations that take each of these statements of one policy apart; a text is the reason why they do not."""
    finer = [[*splits[:index], split.finer(), *splits[index + 1 :]] for index, split in enumerate(splits)]
    for number, tried in enumerate((splits, *finer)):
        chosen = _arranged(template, tried, number)
        if chosen is not None:
            return [split.operations(template, way) for split, way in zip(tried, chosen, strict=True)]
    return [_out_of_order(split) for split in splits]


def _arranged(template: Template, splits: Sequence[Split], number: int) -> list[Arrangement] | None:
    """How each is to be arranged: those in the list of the policy together, and others in their own order. ``number``:
    of the attempt.
    """
    pieces = {split.place: split.pieces() for split in splits if split.place is not None}
    found: dict[int, Arrangement] | None = {}
    if pieces:
        policy = splits[0].statement.policy
        listed = (*policy.path, "Statement", number)
        found = template.seen(_arranged_in, listed, policy.document["Statement"], pieces)
    if found is None:
        return None
    own = (next(split.pieces().arrangements()) for split in splits)
    return [order if split.place is None else found[split.place] for split, order in zip(splits, own, strict=True)]


def _arranged_in(
    path: Path, statements: Sequence[Value], pieces: Mapping[int, Pieces]
) -> dict[int, Arrangement] | None:
    return arranged(statements, pieces)


def _list_around(template: Template, statement: Statement) -> Path | None:
    """The list for new statements beside this one: its own, or that around a ``Fn::If``; None if there is none."""
    container = statement.path[:-1]
    path = container[:-2] if container[-1] == "Fn::If" else container
    return path if isinstance(template.value_at(path), list) else None


def _out_of_order(split: Split) -> str:
    """The reason where every arrangement moves actions past a line that stays, and what the author can do about it."""
    why = "a diff would show lines as changed that stay"
    if len(split.parts) == 1:
        return f"another statement of the policy cannot be split as it is written: {why}"
    staying = [str(item) for part in split.parts if part.where is None for _, item in part.items]
    order = f"list {', '.join(staying)} last" if staying else "list those of one service together"
    return f"if it were split as it is written, {why}: {order}"


_VERBS = ("Batch", "Create", "Delete", "Describe", "Get", "List", "Put", "Tag", "Untag", "Update")


def spelled(template: Template, action: Action) -> str:
    """An action as the schema of one of the template's types writes it, or put together of the words that these use;
    else in lower case: IAM takes any case.
    """
    words = set(_VERBS)
    for type_name in sorted({resource.type for resource in template.resources.values()}):
        found = schema(type_name)
        handlers = found.document.get("handlers", {}) if found else {}
        for handler in handlers.values():
            for text in handler.get("permissions", ()):
                if str(text).lower() == str(action):
                    return str(text)
                if str(text).lower().startswith(f"{action.service}:"):
                    words.update(re.findall(r"[A-Z][a-z0-9]+|[A-Z]+(?![a-z])", str(text)))
    name = _in_words(action.name, {word.lower(): word for word in sorted(words)})
    return f"{action.service}:{name}" if name else str(action)


def _in_words(name: str, words: Mapping[str, str]) -> str:
    """A name in lower case, put together of words; empty if it is not made of them."""
    if name in words:
        return words[name]
    for end in range(len(name) - 1, 0, -1):
        rest = _in_words(name[end:], words) if name[:end] in words else ""
        if rest:
            return words[name[:end]] + rest
    return ""


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
    found = [*statement.others, *(t.guarded for t in placed.targets if t.guarded not in statement.others)]
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
