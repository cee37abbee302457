"""Random operations on the data of a template."""

from __future__ import annotations

from random import Random

from fixer.model import (
    FIRST,
    LAST,
    Append,
    Comment,
    Insert,
    Operation,
    Path,
    Place,
    Remove,
    Rename,
    Set,
    Value,
    after,
    before,
)
from tests.syntax.author import key, value


class Reviser:
    """Random operations on the data of a template."""

    def __init__(self, rng: Random, data: Value) -> None:
        self.rng = rng
        self.data = data
        self.paths = list(walk(data, ()))
        self.hosts = [(path, old) for path, old in self.paths if old is None or isinstance(old, dict | list)]

    def operation(self) -> Operation:
        path, old = self.rng.choice(self.paths)
        kind = self.rng.randrange(10)
        if kind < 3 and path:
            return Set(path, revised(self.rng, old) if self.rng.randrange(3) else value(self.rng, 3))
        if kind < 6:
            return self.addition(*self.rng.choice(self.hosts))
        if not path or not isinstance(path[-1], str):
            return Remove(path) if path and kind < 9 else self.addition(*self.rng.choice(self.hosts))
        return (Remove(path), Rename(path, key(self.rng)), Comment(path, "why\nso" if kind == 9 else "why"))[kind % 3]

    def addition(self, path: Path, old: Value) -> Operation:
        siblings = list(old) if isinstance(old, dict) else list(range(len(old))) if isinstance(old, list) else []
        sibling = self.rng.choice(siblings) if siblings else "Nowhere"
        place: Place = self.rng.choice([LAST, LAST, FIRST, before(sibling), after(sibling)])
        if isinstance(old, list) or (old is None and self.rng.randrange(2)):
            return Append(path, value(self.rng, 3), place)
        new = key(self.rng)
        if self.rng.randrange(5) == 0:
            return Append((*path, new), value(self.rng, 3))
        below = (key(self.rng),) if self.rng.randrange(5) == 0 else ()
        return Insert((*path, new, *below), value(self.rng, 3), place)


def walk(data: Value, path: Path) -> list[tuple[Path, Value]]:
    found = [(path, data)]
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inner in pairs:
        found += walk(inner, (*path, step))
    return found


def revised(rng: Random, old: Value) -> Value:
    """The same value with something changed somewhere within, or with a condition around it."""
    if isinstance(old, dict | list) and old and rng.randrange(5) == 0:
        return {"Fn::If": ["IsC", old, rng.choice([{"Ref": "AWS::NoValue"}, value(rng, 1)])]}
    if isinstance(old, dict) and old:
        new = dict(old)
        chosen = rng.choice(list(new))
        if rng.randrange(3) == 0:
            del new[chosen]
        elif rng.randrange(3) == 0:
            new[key(rng)] = value(rng, 2)
        else:
            new[chosen] = revised(rng, new[chosen])
        return new
    if isinstance(old, list) and old:
        items = list(old)
        at = rng.randrange(len(items))
        items[at : at + rng.randrange(2)] = [revised(rng, items[at])] * rng.randrange(3)
        return items
    if isinstance(old, str) and old and rng.randrange(2):
        return rng.choice([
            old + "x", old.replace("a", "b"), old + "\nx", old.split()[0] if old.split() else "x", "new " + old,
            {"Fn::Sub": old.replace("a", "${A}")}, {"Fn::Sub": old.replace("o", "${AWS::StackName}")},
            {"Fn::Base64": old},
        ])  # fmt: skip
    return value(rng, 1)
