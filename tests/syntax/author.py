"""A random author: templates in every style that YAML and JSON allow, and random operations on them.

All choices are made by one ``random.Random``, so that a seed is a template, and hypothesis may make the choices and
shrink them.
"""

# ruff: noqa: E501 - a table of texts

from __future__ import annotations

import json
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

WORDS = (
    "Type",
    "Name",
    "Role",
    "Key",
    "Value",
    "Tags",
    "Policy",
    "Bucket",
    "Queue",
    "x",
    "Alpha",
    "Beta",
    "Gamma",
    "Delta",
)
SECTIONS = ("AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Conditions", "Mappings", "Outputs")
ODD = ("", " ", "yes", "08", "123456789012", "a: b", "a #b", "#a", "- a", "*", "&a", "!x", "%", "@", "`", "it's", 'say "x"', "a\\b",
       "null", "~", "1.0", "1e3", "=", "<<", "{", "}", "[a]", "a,b", "é", "😀 ü", "x\ty", "tail ", " head", "a::b", "a:", "?", "? a",
       "0x1F", "1_000", "12:30:45", "2012-10-17", "${A}", "{{resolve:ssm:x}}", "---", "...", "\u2028", "\x85", "\x07", "\ufeff",
       "a" * 90, "word " * 30 + "end", "a\nb", "a\nb\n", "a\n\n\n", "\n", "\na", "  a\nb", "a\n  b\n", "a \nb", "a\r\nb", "\ta\nb",
       "#!/bin/sh\n# no comment\necho x\n", "a\n\n# b\n")  # fmt: skip
PLAIN = (
    "a",
    "word",
    "two words",
    "AWS::S3::Bucket",
    "a-b",
    "10.0.0.0/16",
    "1",
    "-3",
    "1.5",
    "true",
    "No",
    "08",
    "2012-10-17",
    "é",
    "😀",
)


def scalar(rng: Random) -> Value:
    return rng.choice(
        [rng.choice(WORDS), rng.choice(ODD), rng.choice(PLAIN), rng.randrange(99), 1.5, True, False, None]
    )


def value(rng: Random, depth: int = 2) -> Value:
    """Random plain data, intrinsics among it."""
    kind = rng.randrange(10) if depth else 0
    if kind < 5:
        return scalar(rng)
    if kind < 7:
        return {key(rng): value(rng, depth - 1) for _ in range(rng.randrange(4))}
    if kind < 9:
        return [value(rng, depth - 1) for _ in range(rng.randrange(4))]
    return call(rng, depth - 1)


def key(rng: Random) -> str:
    return rng.choice(ODD) if rng.randrange(12) == 0 else rng.choice(WORDS) + rng.choice(["", "", "A", "2"])


def call(rng: Random, depth: int) -> Value:
    name, text = rng.choice(WORDS), rng.choice(["${A}-x", "arn:${A}", "a: ${B}", "x\n${A}\n"])
    return rng.choice([
        {"Ref": name}, {"Fn::GetAtt": [name, "Arn"]}, {"Fn::Sub": text}, {"Fn::Sub": [text, {"A": {"Ref": name}}]},
        {"Fn::If": [name, value(rng, depth), {"Ref": "AWS::NoValue"}]} if depth > 0 else {"Ref": "AWS::NoValue"},
        {"Fn::Join": [",", [name, {"Ref": "B"}]]}, {"Fn::Base64": {"Fn::Sub": text}}, {"Condition": name},
    ])  # fmt: skip


class Author:
    """Writes one template. ``json_text`` and ``yaml_text`` each give a whole one."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.step = rng.choice([2, 2, 2, 4, 1, 3])
        self.offset = rng.choice([0, 2, 2, 4])
        self.tidy = self.chance(2)
        self.anchors: list[str] = []
        self.names = 0

    def chance(self, out_of: int) -> bool:
        return self.rng.randrange(out_of) == 0

    def odd(self, out_of: int = 8) -> bool:
        """Whether to do something unusual, which a tidy author never does."""
        return not self.tidy and self.chance(out_of)

    # JSON

    def json_text(self) -> str:
        data = {section: value(self.rng, 3) for section in self.rng.sample(SECTIONS, self.rng.randrange(3))}
        data["Resources"] = {
            self.rng.choice(WORDS): {"Type": "AWS::SNS::Topic", "Properties": value(self.rng, 4)} for _ in range(3)
        }
        indent = self.rng.choice([2, 4, "\t", 1, None, None])
        comma, colon = self.rng.choice([(", ", ": "), (",", ":"), (",", ": "), (" , ", " : ")])
        text = json.dumps(
            data, indent=indent, separators=(comma.rstrip() if indent else comma, colon), ensure_ascii=self.chance(3)
        )
        return self.disguise(text + "\n" * self.rng.randrange(3))

    # YAML

    def yaml_text(self) -> str:
        head = self.rng.choice(["", "", "", "---\n", "%YAML 1.1\n---\n", "# head\n\n", "--- # x\n", "\n"])
        lines = []
        for section in [*self.rng.sample(SECTIONS, self.rng.randrange(4)), "Resources"]:
            lines += self.entry(section, 0, 3) if section != "Resources" else self.resources()
            lines += [""] * self.rng.randrange(2)
        tail = self.rng.choice(["", "", "", "...\n", "# tail\n", "\n\n", "  # odd tail\n"])
        return self.disguise(head + "\n".join(lines) + "\n" + tail)

    def disguise(self, text: str) -> str:
        """Other line ends, a byte order mark, no final newline."""
        if self.chance(6):
            text = text.rstrip("\n")
        newline = self.rng.choice(["\n"] * 5 + ["\r\n", "\r\n", "\r", ""])
        if newline:
            text = text.replace("\n", newline)
        else:
            text = "".join(line + self.rng.choice(["\n", "\r\n"]) for line in text.split("\n"))
        return ("\ufeff" if self.chance(8) else "") + text

    def resources(self) -> list[str]:
        lines = ["Resources:"]
        for logical in self.rng.sample(WORDS, self.rng.randrange(1, 4)):
            lines += [
                *self.between(self.step),
                " " * self.step + logical + ":",
                " " * 2 * self.step + "Type: AWS::SNS::Topic",
            ]
            lines += self.entry("Properties", 2 * self.step, 3)
        return lines

    def entry(self, name: str, indent: int, depth: int) -> list[str]:
        """The lines of an entry."""
        margin = " " * indent
        lines = self.between(indent)
        written = self.key(name)
        if self.odd(20):
            first, rest = self.value(indent, depth, parent="?")
            return [*lines, f"{margin}? {written}", f"{margin}:{first}", *rest]
        first, rest = self.value(indent, depth, parent="key")
        return [*lines, f"{margin}{written}{' ' if self.odd(30) else ''}:{first}", *rest]

    def key(self, name: str) -> str:
        plain = name.isascii() and name.isalnum() and name not in ("yes", "08", "null", "123456789012")
        return self.quoted(name) if not plain or self.odd(10) else name

    def quoted(self, text: str) -> str:
        if self.chance(2) and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=not all(c.isprintable() for c in text) and max(text) < "\uffff")

    def between(self, indent: int) -> list[str]:
        """Blank lines and comments above an entry or item."""
        if not self.chance(5):
            return []
        column = indent if self.tidy or self.chance(2) else self.rng.randrange(9)
        return self.rng.choice(
            [[""], ["", ""], [" " * column + "# above"], ["", " " * column + "# above", ""], ["   "]]
        )

    def trail(self) -> str:
        return self.rng.choice([" # behind", "  # it's", " #", "\t# tab", "   "]) if self.odd(10) else ""

    def anchor(self) -> tuple[str, str | None]:
        """The anchor before a value and its name, which may be used once the value is complete."""
        if not self.odd(16):
            return "", None
        self.names += 1
        return f"&a{self.names} ", f"a{self.names}"

    def value(self, indent: int, depth: int, parent: str) -> tuple[str, list[str]]:
        """What follows a colon or dash: the rest of its line, and the lines below."""
        if self.anchors and self.chance(10):
            return f" *{self.rng.choice(self.anchors)}{self.trail()}", []
        properties, name = self.anchor()
        properties += self.rng.choice(["!Base64 ", "!Sub ", "!Odd "]) if self.odd(30) else ""
        first, rest = self.untagged(indent, depth, parent, properties)
        if name:
            self.anchors.append(name)
        return first, rest

    def untagged(self, indent: int, depth: int, parent: str, properties: str) -> tuple[str, list[str]]:
        kind = self.rng.randrange(12) if depth > 0 else 0
        lead = " " + properties if properties else ""
        if kind < 3:
            text = self.rng.choice(["", "null", "~"]) if self.chance(6) else self.inline(indent)
            return (f" {properties}{text}".rstrip() if not text else f" {properties}{text}") + self.trail(), []
        if kind == 3:
            header, lines = self.block_scalar(indent)
            return f" {properties}{header}{self.trail()}", lines
        if kind < 6:
            return self.flow(indent, depth, properties)
        size = self.rng.randrange(1, 4)
        if kind < 9:
            column = indent + (
                2
                if parent == "item" and self.tidy
                else self.rng.choice([self.step, self.rng.randrange(1, 5)])
                if self.odd()
                else self.step
            )
            names = self.rng.sample(WORDS, size) + ([self.rng.choice(ODD)] if self.odd(10) else [])
            merge = [f"{' ' * column}<<: *{self.rng.choice(self.anchors)}"] if self.anchors and self.odd(4) else []
            lines = merge + [line for n in dict.fromkeys(names) for line in self.entry(n, column, depth - 1)]
            start = lines[0][: column + 1].strip() and not lines[0].lstrip().startswith("#")
            if parent == "item" and not properties and start and self.chance(2) and column > indent:
                return lines[0][indent + 1 :], lines[1:]
            return lead.rstrip() + self.trail(), lines
        offset = (
            max(self.offset, 1)
            if parent != "key"
            else self.rng.choice([self.offset, self.rng.randrange(4)])
            if self.odd()
            else self.offset
        )
        column = indent + offset
        lines = []
        for _ in range(size):
            first, rest = self.value(column, depth - 1, parent="item")
            lines += [*self.between(column), f"{' ' * column}-{first}", *rest]
        if parent == "item" and not properties and lines[0][: column + 1].endswith("-") and column >= indent + 2:
            return lines[0][indent + 1 :], lines[1:]
        return lead.rstrip() + self.trail(), lines

    def inline(self, indent: int) -> str:
        """A scalar or function that begins on the line; it may go on below."""
        wide = "\n" + " " * (indent + 1 + self.rng.randrange(5))
        return self.rng.choice([
            lambda: self.rng.choice(PLAIN), lambda: self.rng.choice(PLAIN), lambda: self.quoted(self.rng.choice(ODD)),
            lambda: f"!Ref {self.rng.choice(WORDS)}", lambda: f"!GetAtt {self.rng.choice(WORDS)}.Arn",
            lambda: f"!Sub {self.quoted('${A} b')}", lambda: "{Ref: A}" if self.chance(2) else "!If [A, B, !Ref C]",
            lambda: f"one two{wide}three {wide}four" if self.odd(2) else "one",
            lambda: f"\"one  two{wide}three\\\n\n{wide}four\"" if self.odd(2) else '"two"',
            lambda: f"'it''s{wide}{wide}three'" if self.odd(2) else "'three'",
        ])()  # fmt: skip

    def block_scalar(self, indent: int) -> tuple[str, list[str]]:
        column = indent + self.rng.randrange(1, 5)
        style = self.rng.choice("||||>")
        lines = [
            self.rng.choice(
                ["echo a", "# no comment", "", "  more", "a: b", "- x", "é 😀", "}", "tab\there", "trail  "]
            )
            for _ in range(4)
        ]
        explicit = lines[0][:1] in (" ", "") or self.chance(6)
        chomping = self.rng.choice(["", "", "-", "+"])
        digit = str(column - indent) if explicit else ""
        header = style + (digit + chomping if self.chance(2) else chomping + digit)
        return header, [" " * column + line if line or self.chance(4) else "" for line in lines]

    def flow(self, indent: int, depth: int, properties: str) -> tuple[str, list[str]]:
        """A flow collection, on one line or on many."""
        parts = [self.flow_part(depth) for _ in range(self.rng.randrange(4))]
        is_list = self.chance(2)
        opening, closing = "[]" if is_list else "{}"
        texts = (
            parts
            if is_list
            else [f"{self.key(n)}: {t}" for n, t in zip(self.rng.sample(WORDS, len(parts)), parts, strict=True)]
        )
        if texts and self.chance(3):
            margin = " " * (indent + self.rng.randrange(1, 5))
            comma = self.rng.choice([",", "", ", # last", " # last"]) if self.odd(2) else ""
            lines = [margin + text + "," + self.trail() for text in texts[:-1]] + [margin + texts[-1] + comma]
            if self.odd(4):
                lines.insert(self.rng.randrange(len(lines)), margin + "# within")
            return f" {properties}{opening}{self.trail()}", [*lines, " " * (indent + 1) + closing + self.trail()]
        gap = self.rng.choice(["", "", " "])
        comma = "," if texts and self.odd(6) else ""
        return (
            f" {properties}{opening}{gap}{self.rng.choice([', ', ', ', ',  ']).join(texts)}{comma}{gap}{closing}{self.trail()}",
            [],
        )

    def flow_part(self, depth: int) -> str:
        if depth > 1 and self.chance(4):
            return (
                self.flow(0, depth - 2, "")[0].strip().split("#")[0] if self.tidy else "{a: [1, {b: c}], 'd' : \"e\"}"
            )
        return self.rng.choice(
            [
                self.rng.choice(WORDS),
                self.quoted(self.rng.choice(ODD)),
                "!Ref A",
                "1",
                "{}",
                "[]",
                "null",
                "[a, !Sub '${A}']",
            ]
        )


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
    """The same value with something changed somewhere within."""
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
        return rng.choice(
            [old + "x", old.replace("a", "b"), old + "\nx", old.split()[0] if old.split() else "x", "new " + old]
        )
    return value(rng, 1)
