"""A batch of operations as one tree of changes, beside the tree of the data that they refer to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from msgspec import Struct, field

from fixer.model import (
    LAST,
    Append,
    Comment,
    EditRefused,
    Insert,
    Operation,
    Path,
    Place,
    Remove,
    Rename,
    Set,
    Value,
    Where,
    after,
    before,
)
from fixer.syntax.compare import copied, differences, same
from fixer.syntax.order import customary_place, customary_rank

KEEP = object()


class Insertion(Struct):
    """A new entry, or a new item if ``key`` is None."""

    key: str | None
    value: Value
    place: Place
    rank: int = -1
    """In the customary order of those that go to one place."""
    remarks: tuple[tuple[Path, Path], ...] = ()
    """Place in the value, and path of the item whose comment goes there."""
    moves: list[tuple[Path, Path]] = field(default_factory=list)
    """Place of an entry, which begins with the key, and path of the entry whose text goes there."""


class Change(Struct):
    """What happens to one value and to the entry that holds it. Only ``plan`` writes it."""

    set: Value = KEEP
    removed: bool = False
    mute: bool = False
    """Whether the comment behind it goes elsewhere."""
    moved: bool = False
    """Whether all of its text goes elsewhere, with its comments."""
    renamed: str | None = None
    comments: list[str] = field(default_factory=list)
    insertions: dict[object, Insertion] = field(default_factory=dict)
    """By key, or by what tells an item from the others that are put in."""
    names: dict[str, str | int] = field(default_factory=dict)
    """New keys of entries, to the old ones."""
    children: dict[str | int, Change] = field(default_factory=dict)

    def child(self, key: str | int) -> Change:
        return self.children.setdefault(key, Change())

    def makes(self, key: str) -> bool:
        """Whether an entry of that key comes in by insertion or by its new name."""
        return key in self.insertions or key in self.names

    @property
    def appends(self) -> bool:
        """Whether the value is a sequence, by what is put in."""
        return any(insertion.key is None for insertion in islice(self.insertions.values(), 1))

    @property
    def alters(self) -> bool:
        """Whether the value itself changes, not only its key or the comments above it."""
        return (
            self.set is not KEEP
            or bool(self.insertions)
            or any(c.removed or c.renamed is not None or c.alters for c in self.children.values())
        )

    @property
    def empty(self) -> bool:
        return not (self.alters or self.removed or self.comments or self.renamed is not None or self.children)


def plan(data: Value, operations: Iterable[Operation], onto: Change | None = None) -> Change:
    """The changes that the operations make to ``data``, beside those of ``onto``.

    Raises EditRefused for what cannot be done; ``onto`` is spoilt then.
    """
    root = Change() if onto is None else onto
    for operation in operations:
        match operation:
            case Set(path, value):
                _difference(_descend(root, path), value_at(data, path), value)
            case Insert(path, value, place, source):
                _insert(root, data, path, value, place, source)
            case Append(path, value, place, remarks):
                _append(root, data, path, value, place, remarks)
                for _, source in remarks:
                    _descend(root, source).mute = True
            case Remove(path):
                value_at(data, path)
                _descend(root, path).removed = True
            case Rename(path, key):
                value_at(data, path)
                above = _descend(root, path[:-1])
                if key in value_at(data, path[:-1]) or above.makes(key):
                    raise EditRefused(f"{_named(path[:-1])} has the key {key} already")
                above.child(path[-1]).renamed = key
                above.names[key] = path[-1]
            case Comment(path, text):
                value_at(data, path)
                _descend(root, path).comments += text.split("\n")
    return root


def rewritten(value: Value, change: Change) -> Value:
    """The value after a change. It shares what does not change with the old value. What the change may still grow is
    copied.
    """
    if change.set is not KEEP:
        return copied(change.set)
    if not change.alters:
        return value
    if isinstance(value, list) or (value is None and change.appends):
        old = value or []
        steps = arrange(range(len(old)), change)
        return [
            s.value if isinstance(s, Insertion) else rewritten(old[s], change.children.get(s, Change())) for s in steps
        ]
    if isinstance(value, dict) or value is None:
        new: dict[str, Value] = {}
        for slot in arrange(value or {}, change):
            if isinstance(slot, Insertion):
                new[slot.key or ""] = copied(slot.value)
            else:
                inner = change.children.get(slot, Change())
                new[slot if inner.renamed is None else inner.renamed] = rewritten((value or {})[slot], inner)
        return new
    raise EditRefused("the place is neither a mapping nor a sequence")


def arrange(old: Iterable[str | int], change: Change) -> list[Any]:
    """The keys that stay and the insertions, in their new order; an insertion without a place of its own comes last."""
    keys = dict.fromkeys(old)
    if not change.insertions:
        return [key for key in keys if key not in change.children or not change.children[key].removed]
    insertions = sorted(change.insertions.values(), key=lambda insertion: insertion.rank)
    lead = [i for i in insertions if i.place.where is Where.FIRST]
    ahead: dict[str | int, list[Insertion]] = {}
    behind: dict[str | int, list[Insertion]] = {}
    tail: list[Insertion] = []
    for insertion in insertions:
        place = insertion.place
        if place.where is Where.FIRST:
            continue
        if place.where is Where.BEFORE and place.sibling in keys and place.sibling is not None:
            ahead.setdefault(place.sibling, []).append(insertion)
        elif place.where is Where.AFTER and place.sibling in keys and place.sibling is not None:
            behind.setdefault(place.sibling, []).append(insertion)
        else:
            tail.append(insertion)
    order: list[str | int | Insertion] = [*lead]
    for key in keys:
        order += ahead.get(key, [])
        if not (key in change.children and change.children[key].removed):
            order.append(key)
        order += behind.get(key, [])
    return order + tail


def value_at(data: Value, path: Path) -> Value:
    """The value at a path. Raises EditRefused if there is none."""
    value = data
    walked: Path = ()
    try:
        for key in path:
            walked = (*walked, key)
            value = value[key]
    except (KeyError, IndexError, TypeError):
        raise EditRefused(f"{_named(walked)} is not there") from None
    return value


def _named(path: Path) -> str:
    return ".".join(str(key) for key in path) or "the template"


def _descend(change: Change, path: Path) -> Change:
    for key in path:
        change = change.child(key)
    return change


def _insert(root: Change, data: Value, path: Path, value: Value, place: Place, source: Path | None) -> None:
    *parents, key = path
    change, parent, made = _host(root, data, tuple(parents), {})
    if parent is None and made is None:
        parent = {}
    if made is not None:
        parent = made
    if not isinstance(parent, dict):
        raise EditRefused(f"{_named(path[:-1])} is not a mapping")
    there = change.insertions.get(key) if made is None else None
    old = there.value if there is not None else parent.get(str(key), KEEP)
    if old is not KEEP:
        if (there is None and made is None) or not same(old, value):
            raise EditRefused(f"{_named(path)} is there already")
        return
    if made is not None:
        made[str(key)] = copied(value)
    else:
        if place == LAST:
            place = customary_place(path[:-1], str(key), parent)
        rank = customary_rank(path[:-1], str(key))
        _add(change, path[:-1], Insertion(str(key), copied(value), place, rank))
    if source is not None:
        value_at(data, source)
        _descend(root, source).moved = True
        keys = path[_depth(data, path) :]
        change.insertions[keys[0]].moves.append((keys, source))


def _depth(data: Value, path: Path) -> int:
    """How many of a path's keys are there."""
    for depth, key in enumerate(path):
        if (isinstance(data, dict) and key not in data) or data is None:
            return depth
        data = data[key]
    return len(path)


def _add(change: Change, parent: Path, insertion: Insertion, known_as: object = None) -> None:
    """Note an insertion, under its key or by what else it is known. Raises EditRefused if it does not go with the
    others.
    """
    if insertion.key is not None and change.makes(insertion.key):
        raise EditRefused(f"{_named((*parent, insertion.key))} is there already")
    if change.insertions and change.appends != (insertion.key is None):
        raise EditRefused(f"{_named(parent)} cannot be both a mapping and a sequence")
    change.insertions[insertion.key if known_as is None else known_as] = insertion


def _append(
    root: Change, data: Value, path: Path, value: Value, place: Place, remarks: tuple[tuple[Path, Path], ...]
) -> None:
    change, sequence, made = _host(root, data, path, [])
    if made is not None:
        if remarks:
            raise EditRefused("comments cannot go along into a sequence that is new")
        if not isinstance(made, list):
            raise EditRefused(f"{_named(path)} is not a sequence")
        if not any(same(value, item) for item in made):
            made.append(copied(value))
    elif not isinstance(sequence, list | None):
        raise EditRefused(f"{_named(path)} is not a sequence")
    elif (known_as := repr((value, place))) not in change.insertions:
        _add(change, path, Insertion(None, copied(value), place, remarks=remarks), known_as)


def _host(root: Change, data: Value, path: Path, empty: Value) -> tuple[Change, Value, Value]:
    """The change of the collection at a path, and its data; or, where it is missing, the third: the new collection in
    the insertion that makes it, with all its parents.
    """
    change, value = root, data
    for depth, key in enumerate(path):
        if isinstance(value, dict) and key in value:
            change, value = change.child(key), value[key]
            continue
        if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            change, value = change.child(key), value[key]
            continue
        if not isinstance(value, dict | None) or not isinstance(key, str):
            raise EditRefused(f"{_named(path[:depth])} is not a mapping")
        there = change.insertions.get(key)
        last = depth == len(path) - 1
        if there is None:
            place = customary_place(path[:depth], key, value or {})
            there = Insertion(key, empty if last else {}, place, customary_rank(path[:depth], key))
            _add(change, path[:depth], there)
        box = there.value
        for below, inner in enumerate(path[depth + 1 :], depth + 1):
            if not isinstance(box, dict):
                raise EditRefused(f"{_named(path[:below])} is not a mapping")
            box = box.setdefault(inner, empty if below == len(path) - 1 else {})
        if box is None:
            raise EditRefused(f"{_named(path)} is not there")
        return change, None, box
    return change, value, None


def _difference(change: Change, old: Value, new: Value) -> None:
    """Note what turns ``old`` into ``new``, as deep down as they are alike."""
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() & new.keys():
        previous: str | None = None
        for key in old:
            if key not in new:
                change.child(key).removed = True
        for key, value in new.items():
            if key in old:
                _difference(change.child(key), old[key], value)
            else:
                place = after(previous) if previous is not None else before(next(iter(old)))
                _add(change, (), Insertion(key, copied(value), place))
            previous = key if key in old else previous
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        _difference_of_lists(change, old, new)
    else:
        change.set = copied(new)


def _difference_of_lists(change: Change, old: list[Value], new: list[Value]) -> None:
    one, other = ([repr(item) for item in items] for items in (old, new))
    for _, i1, i2, j1, j2 in differences(one, other):
        paired = min(i2 - i1, j2 - j1)
        for offset in range(paired):
            _difference(change.child(i1 + offset), old[i1 + offset], new[j1 + offset])
        for index in range(i1 + paired, i2):
            change.child(index).removed = True
        for index in range(j1 + paired, j2):
            place = before(i2) if i2 < len(old) else LAST
            _add(change, (), Insertion(None, copied(new[index]), place), known_as=(index, place))
