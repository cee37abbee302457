"""Availability Zones that a template names literally: in values, and in mappings from which values are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from string import ascii_lowercase

from msgspec import Struct

from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.intrinsics import intrinsic, value_at
from fixer.cloudformation.places.regions import ZONE, is_region
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text, texts
from fixer.model import Path, Value

_LONGEST = 40
"""More characters than a zone has, or a part of one: ``${AWS::Region}a``."""


class Zone(Struct, frozen=True):
    """A zone by its letter. ``region`` None: of the stack's own Region, as in ``!Sub ${AWS::Region}a``."""

    letter: str
    region: str | None = None


class Place(Struct, frozen=True):
    """A value that is a zone, or several with commas in between."""

    path: Path
    zones: tuple[Zone, ...]
    has_commas: bool = False
    fixed: str = ""
    """Why no function may stand there; empty if one may."""


class ZoneMap(Struct, frozen=True):
    """A mapping that has zones, each attribute the same letter, or letters, under each key."""

    name: str
    attributes: Mapping[str, tuple[Zone, ...]]
    lists: frozenset[str]
    """Attributes whose values are lists."""


def zone(value: Value) -> Zone | None:
    """The zone that a value is: literal, or the stack's Region and a letter."""
    match (value,) if isinstance(value, str) else expression(value):
        case (str() as text,):
            found = ZONE.fullmatch(text)
            return Zone(found["letter"], found["region"]) if found else None
        case (Variable("AWS::Region"), str() as letter) if len(letter) == 1 and letter.isalpha():
            return Zone(letter)
    return None


def zone_places(template: Template) -> Iterator[Place]:
    """The values in properties and outputs that are zones, in document order."""
    seen: set[Path] = set()
    for text in texts(template):
        if not _could_be_zone(text):
            continue
        ends = [index for index, key in enumerate(text.path) if key in ("Fn::Sub", "Fn::Join")]
        path = text.path[: ends[0]] if ends else text.path
        if path in seen:
            continue
        seen.add(path)
        value = template.value_at(path)
        found = zone(value)
        if found is not None:
            yield Place(path, (found,), fixed=text.fixed)
        elif isinstance(value, str) and "," in value:
            several = [zone(part.strip()) for part in value.split(",")]
            zones = tuple(part for part in several if part is not None)
            if len(zones) == len(several):
                yield Place(path, zones, has_commas=True, fixed=text.fixed)


def _could_be_zone(text: Text) -> bool:
    """Whether a text may be a zone or a part of one: most are seen at a glance to be none."""
    if text.is_sub or "Fn::Join" in text.path:
        return len(text.text) <= _LONGEST
    return "," in text.text or ZONE.fullmatch(text.text) is not None


def zone_maps(template: Template) -> Iterator[ZoneMap | tuple[str, str]]:
    """The mappings that have zones. A name and a reason for one whose zones are not the same under each key."""
    for name, body in template.mappings.items():
        found: dict[str, list[tuple[Zone, ...]]] = {}
        lists = set()
        for key, entries in body.items():
            for attribute, value in entries.items() if isinstance(entries, dict) else ():
                values = value if isinstance(value, list) else [value]
                zones = [zone(item) for item in values if isinstance(item, str)]
                known = tuple(item for item in zones if item is not None)
                if not known:
                    continue
                whole = len(known) == len(values) and all(not is_region(key) or item.region == key for item in known)
                found.setdefault(attribute, []).append(known if whole else ())
                lists |= {attribute} if isinstance(value, list) else set()
        if not found:
            continue
        same = all(
            len({tuple(item.letter for item in zones) for zones in each}) == 1 and each[0] for each in found.values()
        )
        regions = {item.region for each in found.values() for zones in each for item in zones}
        if same and (len(regions) == 1 or all(map(is_region, body))):
            yield ZoneMap(name, {attribute: each[0] for attribute, each in found.items()}, frozenset(lists))
        else:
            yield name, "its zones differ from key to key"


def numbers(template: Template, letters: Iterable[str]) -> dict[str, int]:
    """The number by which each letter's zone is selected: distinct ones, and no higher than they have to be.

    Of the numbers by which the template selects zones already, a letter has the one of its place in the alphabet, so
    that both go together, or none. If one of them is only known when the stack is made, that place counts throughout;
    and so it does where there is no letter but a and b: each Region has two zones, and a live stack stays in its own.
    """
    places = {letter: ascii_lowercase.index(letter) for letter in sorted(set(letters))}
    if not places:
        return places
    selected = _selected(template)
    if selected is None or places.keys() <= set("ab"):
        return places
    free = (number for number in count() if number not in selected)
    return {letter: place if place in selected else next(free) for letter, place in places.items()}


def _selected(template: Template) -> set[int] | None:
    """The numbers by which the template selects zones; None if not all of them are known."""
    found = set()
    for _, body in template.functions("Fn::Select"):
        if isinstance(body, list) and len(body) == 2 and intrinsic(body[1]) == "Fn::GetAZs":
            if not str(body[0]).isdecimal():
                return None
            found.add(int(str(body[0])))
    return found


def lookups(template: Template, name: str) -> list[tuple[Path, Value, Value]] | str:
    """Where a mapping is looked up: path, key and attribute; or the reason why that is not known."""
    found = []
    for path, body in template.functions("Fn::FindInMap"):
        if not isinstance(body, list) or len(body) < 3:
            continue
        if not isinstance(body[0], str):
            return "which mapping is looked up is only known when the stack is made"
        if body[0] == name:
            found.append((path, body[1], body[2]))
    return found


def is_stack_region(value: Value) -> bool:
    """Whether a value is certainly the name of the stack's Region."""
    return bool(value == {"Ref": "AWS::Region"})


def is_within(data: Value, path: Path, function: str) -> bool:
    """Whether the value at ``path`` is an argument of that function."""
    return any(key == function and intrinsic(value_at(data, path[:end])) == function for end, key in enumerate(path))
