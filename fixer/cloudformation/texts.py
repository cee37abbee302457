"""The literal texts of a template in which functions may stand: plain strings and the strings of ``Fn::Sub``.

Variables are put into them without a change of what they give.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from fixer.cloudformation.intrinsics import children, escape_sub, intrinsic, parse_sub, sub_body
from fixer.cloudformation.loops import loop_entries
from fixer.cloudformation.references import LOOP, is_module
from fixer.cloudformation.template import Template
from fixer.model import Path, Set, Value

PROGRAMS = frozenset({"ZipFile", "InlineCode", "FunctionCode", "UserData", "Script", "TemplateBody"})
"""Properties that hold a text in a language of its own, where ``${`` means something: code, scripts, templates."""
_LITERAL = {"AWS::Serverless::Application": ("Location",)}
"""Properties that have to be literal or a ``Ref``: SAM reads them before CloudFormation does ("Only FindInMap and Ref
intrinsic functions are supported", samtranslator/plugins/application/serverless_app_plugin.py)."""
_BRACES = re.compile(r"\$\{[^}]*\}")
_PRIVATE = range(0xE000, 0xF900)
"""Characters that mean nothing, one of which stands for a variable until the text is done."""
_ALL = -1
_HOLDS_TEXTS = {
    "Fn::Base64": _ALL,
    "Fn::If": 1,
    "Fn::Join": 1,
    "Fn::Length": _ALL,
    "Fn::Select": 1,
    "Fn::Split": 1,
    "Fn::ToJsonString": _ALL,
}
"""Functions whose arguments may be or hold functions that make texts, with the index from which on. The arguments of
the others, such as Fn::FindInMap, Fn::GetAZs and Fn::ImportValue, are names."""


class Insertion(Struct, frozen=True):
    """A stretch of a text, in code points, and the variable that takes its place: ``AWS::Partition``."""

    start: int
    end: int
    variable: str


class Text(Struct, frozen=True):
    """A literal text."""

    path: Path
    """Of the string itself: a plain string, or the string of a ``Fn::Sub``."""
    text: str
    is_sub: bool = False
    fixed: str = ""
    """Why no function may take the place of the string; empty if one may."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The names on its path, without functions: section, entry, ``Properties``, ..."""
        return tuple(key for key in self.path if isinstance(key, str) and not key.startswith("Fn::"))

    @property
    def is_program(self) -> bool:
        """Whether it is a text in a language of its own, or a line of one."""
        return not PROGRAMS.isdisjoint(self.keys)

    @property
    def has_braces(self) -> bool:
        """Whether a plain string holds something that ``Fn::Sub`` would take for a variable."""
        return not self.is_sub and any(part.name is not None or part.literal for part in parse_sub(self.text))

    def outside_braces(self, start: int, end: int) -> bool:
        """Whether a stretch of the text has nothing to do with any ``${...}``."""
        starts, ends = _braces(self.text)
        before = bisect_left(starts, end)  # the number of those that begin before the stretch ends
        return before == 0 or ends[before - 1] <= start

    def with_variables(self, insertions: Iterable[Insertion]) -> Set:
        """The operation that puts variables into the text. They must lie outside of braces and not overlap.

        A plain string becomes a ``Fn::Sub`` that gives the same text, or a ``Ref`` where the variable is all of it.
        """
        ordered = sorted(insertions, key=lambda insertion: insertion.start)
        mark = next(char for char in map(chr, _PRIVATE) if char not in self.text)
        pieces, done = [], 0
        for insertion in ordered:
            pieces += [self.text[done : insertion.start], mark]
            done = insertion.end
        marked = "".join([*pieces, self.text[done:]])
        if not self.is_sub and marked == mark:
            return Set(self.path, {"Ref": ordered[0].variable})
        first, *others = (marked if self.is_sub else escape_sub(marked)).split(mark)
        filled = first + "".join(f"${{{i.variable}}}{text}" for i, text in zip(ordered, others, strict=True))
        return Set(self.path, filled if self.is_sub else {"Fn::Sub": filled})


@lru_cache(maxsize=16)
def _braces(text: str) -> tuple[list[int], list[int]]:
    """Where the variables of a text begin and where they end."""
    found = [match.span() for match in _BRACES.finditer(text, 0, text.rfind("}") + 1)]
    return [start for start, _ in found], [end for _, end in found]


@lru_cache(maxsize=1)
def texts(template: Template) -> tuple[Text, ...]:
    """The literal texts of resource properties, output values, export names and SAM's Globals, in document order.

    Texts in which a function would mean something else, or nothing, are ``fixed``. The names that functions take are
    left out, and so are keys, parameters, mappings, conditions, rules and metadata: no function may stand there.

    Several transforms ask for those of the same template, one after the other.
    """
    return tuple(
        text
        for section in ("Globals", "Resources", "Outputs")
        for name, body in template.section(section).items()
        for text in template.seen(_texts_in, (section, name), body, name in template.opaque)
    )


def _texts_in(path: Path, body: Value, opaque: bool) -> tuple[Text, ...]:
    return tuple(_texts_of_entry(path, body, opaque))


def _texts_of_entry(path: Path, body: Value, opaque: bool) -> Iterator[Text]:
    section, name = path
    if section == "Globals":
        yield from _texts(body, path)
    elif str(name).startswith(LOOP):
        for entry in loop_entries(path, body):
            yield from map(_in_loop, _texts_of(section, entry.body, entry.path))
    elif section == "Resources" and opaque:
        yield from _below_properties(body, path)
    elif isinstance(body, dict):
        yield from _texts_of(section, body, path)


def _texts_of(section: str | int, body: dict[str, Value], path: Path) -> Iterator[Text]:
    if section == "Resources":
        module = "it is inside a module" if is_module(body) else ""
        literal = _LITERAL.get(str(body.get("Type")), ())
        properties = body.get("Properties")
        macro = "Fn::Transform" in body or (isinstance(properties, dict) and "Fn::Transform" in properties)
        for key, value in children(properties):
            if macro or str(key).startswith(LOOP):
                yield from _macro_texts(value, (*path, "Properties", key))
                continue
            fixed = "AWS SAM takes a literal value here" if key in literal else module
            yield from _texts(value, (*path, "Properties", key), fixed)
        return
    yield from _texts(body.get("Value"), (*path, "Value"))
    if isinstance(body.get("Export"), dict):
        yield from _texts(body["Export"].get("Name"), (*path, "Export", "Name"))


def _in_loop(text: Text) -> Text:
    """A text of a loop: ``Fn::Sub`` may stand there (CloudFormation template reference, "Fn::ForEach"), but what a loop
    makes of its variable in a plain string is not documented.
    """
    if text.is_sub or text.fixed or not ("${" in text.text or "&{" in text.text):
        return text
    return replace(text, fixed="a loop may put its variable into the text, which is no Fn::Sub")


def _below_properties(value: Value, path: Path) -> Iterator[Text]:
    for key, inner in children(value):
        if key == "Properties":
            yield from _texts(inner, (*path, key), "it is inside a macro or a module")
        else:
            yield from _below_properties(inner, (*path, key))


def _texts(value: Value, path: Path, fixed: str = "") -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(path, value, fixed=fixed)
        return
    name = intrinsic(value)
    body = value[name] if name else None
    if name == "Fn::Sub":
        found = sub_body(value)
        if found is not None:
            at = (*path, name, 0) if isinstance(body, list) else (*path, name)
            yield Text(at, found[0], is_sub=True, fixed=fixed)
            for variable, inner in found[1].items():
                yield from _texts(inner, (*path, name, 1, variable), fixed)
    elif name is not None and name.startswith(("Fn::Transform", LOOP)):
        yield from _macro_texts(value, path)
    elif name is not None and name.startswith("Fn::"):
        first = _HOLDS_TEXTS.get(name)
        if first == _ALL:
            yield from _texts(body, (*path, name), fixed)
        elif first is not None and isinstance(body, list):
            for index in range(first, len(body)):
                yield from _texts(body[index], (*path, name, index), fixed)
    elif name is None:
        if isinstance(value, dict) and any(key == "Fn::Transform" or str(key).startswith(LOOP) for key in value):
            yield from _macro_texts(value, path)
            return
        for key, inner in children(value):
            yield from _texts(inner, (*path, key), fixed)


def _macro_texts(value: Value, path: Path) -> Iterator[Text]:
    """The texts that a macro or a loop works on first."""
    if isinstance(value, str):
        yield Text(path, value, fixed="a macro or a loop works on it first")
        return
    for key, inner in children(value):
        yield from _macro_texts(inner, (*path, key))


def known_variable(template: Template, text: str) -> str | None:
    """The first ``${Name}`` of a plain string that names something of the template, as if ``Fn::Sub`` were meant."""
    for part in parse_sub(text):
        name = part.name or ""
        if name in template.parameters or name in template.resources or name.startswith("AWS::"):
            return name
    return None


def hindrance(template: Template, text: Text) -> str:
    """Why no variables can be put into a text; empty if they can."""
    if text.fixed:
        return text.fixed
    if text.is_program and text.has_braces:
        return "the text has a ${ of its own, which Fn::Sub would read as a variable"
    meant = None if text.is_sub else known_variable(template, text.text)
    return f"the string names {meant} in ${{}} without Fn::Sub, which may be missing" if meant else ""
