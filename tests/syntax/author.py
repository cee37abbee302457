"""A random author: templates in every style that YAML and JSON allow.

All choices are made by one ``random.Random``, so that a seed is a template, and hypothesis may make the choices and
shrink them.
"""

# ruff: noqa: E501 - a table of texts

from __future__ import annotations

import json
from random import Random

from fixer.model import Value

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
ODD = ("", " ", "yes", "k: \"v\"", "[x]: y", "{{}}", "'", "\"", "\\", "a/b", "x:y:z", "𝒳 \U0010ffff", "!Ref A", ">", "|", "# x", ", ", "08", "123456789012", "a: b", "a #b", "#a", "- a", "*", "&a", "!x", "%", "@", "`", "it's", 'say "x"', "a\\b",
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
        if self.chance(4):
            text = text.replace("/", "\\/")
        if self.chance(6) and indent:  # one line of its own for each brace, tabs and blanks wherever they may stand
            text = text.replace(": {\n", " :\t\n\t{\n")
        return self.disguise(text + "\n" * self.rng.randrange(3))

    # YAML

    def yaml_text(self) -> str:
        head = self.rng.choice(["", "", "", "---\n", "%YAML 1.1\n---\n", "# head\n\n", "--- # x\n", "\n"])
        lines = []
        for section in [*self.rng.sample(SECTIONS, self.rng.randrange(4)), "Resources"]:
            lines += self.entry(section, 0, 3) if section != "Resources" else self.resources()
            lines += [""] * self.rng.randrange(2)
        tail = self.rng.choice(["", "", "", "...\n", "# tail\n", "\n\n", "  # odd tail\n"])
        if self.odd(10):
            lines += self.tower()
        return self.disguise(head + "\n".join(lines) + "\n" + tail)

    def tower(self) -> list[str]:
        """Something very deep, or very wide."""
        if self.chance(2):
            return ["Wide:", *(f" k{n}: {self.inline(1)}{self.trail()}" for n in range(60))]
        lines = ["Deep:"]
        column = 0
        for level in range(40):
            dash = self.chance(4)
            column += self.rng.randrange(1, 3)
            lines.append(" " * column + ("- " if dash else "") + f"k{level}:")
            column += 2 * dash
        return [*lines, " " * (column + 1) + "end"]

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
            question = self.rng.choice([[f"{margin}? {written}"], [f"{margin}? {written} # why", "", f"{margin} # is"],
                                        [f"{margin}?", f"{margin}  {written}"], [f"{margin}? |-", f"{margin}  {name}"]])  # fmt: skip
            if "\n" in name or not name.strip() or not name.isprintable():
                question = question[:1] if "|" not in question[0] and len(question) == 1 else [f"{margin}? {written}"]
            return [*lines, *question, f"{margin}:{first}", *rest]
        written = (self.anchor()[0] or self.rng.choice(["!!str ", ""])) + written if self.odd(20) else written
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
        tag = self.rng.choice(["!Base64 ", "!Sub ", "!Odd ", "!!str "]) if self.odd(20) else ""
        properties = tag + properties if self.odd(2) else properties + tag
        first, rest = self.untagged(indent, 0 if "!!" in tag else depth, parent, properties)
        if name:
            self.anchors.append(name)
        return first, rest

    def untagged(self, indent: int, depth: int, parent: str, properties: str) -> tuple[str, list[str]]:
        kind = self.rng.randrange(13) if depth > 0 else 0
        if "!" in properties and kind < 3:
            text = self.rng.choice(["x", "12", '"x"', ""])
            return f" {properties}{text}".rstrip() + self.trail(), []
        if kind == 12:
            return self.function(indent, depth, parent) if not properties else (" " + properties + "x", [])
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
            merge = [f"{' ' * column}<<: {self.merged()}"] if self.anchors and self.odd(4) else []
            lines = merge + [line for n in dict.fromkeys(names) for line in self.entry(n, column, depth - 1)]
            start = lines[0][: column + 1].strip() and not lines[0].lstrip().startswith("#")
            if parent == "item" and not properties and start and self.chance(2) and column > indent + 1:
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

    def merged(self) -> str:
        one, other = (f"*{self.rng.choice(self.anchors)}" for _ in range(2))
        return self.rng.choice([one, one, f"[{one}, {other}]", "{Merged: 1}", f"[{one}, {{Merged: {other} }}]"])

    def function(self, indent: int, depth: int, parent: str) -> tuple[str, list[str]]:
        """A function in short form over several lines: arguments behind dashes, or in brackets."""
        name = self.rng.choice(["!If", "!Join", "!Sub", "!Equals", "!Transform"])
        column = indent + (self.step if parent == "item" else max(self.offset, 1 if parent != "key" else 0))
        margin = " " * column
        if name == "!Transform" or self.odd(6):
            lines = [f"{margin or ' '}Name: x", *self.entry("Parameters", max(column, 1), 1)]
            return f" {name}{self.trail()}", lines if column else [f" {line}" if line else line for line in lines]
        if name == "!Sub":
            text = self.rng.choice(["${A}-${B}", "|", ">-", '"${A} \\\n' + margin + '   b"', "'it''s ${A}'"])
            lines = [f"{margin}- {text}", *([f"{margin}  echo ${{A}}", ""] if text in ("|", ">-") else [])]
            first, rest = self.value(column, 1, parent="item")
            pair = [f"{margin}- A: !Ref B", f"{margin}  B:", f"{margin}    !GetAtt x.Arn"]
            lines += pair if self.chance(2) else [f"{margin}- {{A: !Ref B}}{self.trail()}"]
            return f" {name}{self.trail()}", lines
        lines = [f"{margin}- Alpha{self.trail()}"]
        for _ in range(2):
            first, rest = self.value(column, depth - 1, parent="item")
            lines += [*self.between(column), f"{margin}-{first}", *rest]
        return f" {name}{self.trail()}", lines

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
        is_list = self.chance(2)
        parts = [self.flow_part(depth, is_list) for _ in range(self.rng.randrange(4))]
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
            if self.odd(4):
                lines.insert(self.rng.randrange(len(lines)), self.rng.choice(["", "\t", "# ] within }", "   #"]))
            if self.odd(4) and not any("#" in line for line in lines):
                lines = [line.replace(",", f"\n{margin}, ") for line in lines]
            return f" {properties}{opening}{self.trail()}", [*lines, " " * (indent + 1) + closing + self.trail()]
        gap = self.rng.choice(["", "", " "])
        comma = "," if texts and self.odd(6) else ""
        return (
            f" {properties}{opening}{gap}{self.rng.choice([', ', ', ', ',  ']).join(texts)}{comma}{gap}{closing}{self.trail()}",
            [],
        )

    def flow_part(self, depth: int, is_item: bool) -> str:
        if depth > 1 and self.chance(4):
            return (
                self.flow(0, depth - 2, "")[0].strip().split("#")[0] if self.tidy else "{a: [1, {b: c}], 'd' : \"e\"}"
            )
        gap = self.rng.choice([" ", "  ", "\t"]) if self.odd(4) else " "
        if is_item and self.odd(4):
            return self.rng.choice([f"{self.rng.choice(WORDS)}:{gap}x", f"'x':{gap}!Sub '${{A}}'", "? a : b"])
        return self.rng.choice(
            [
                self.rng.choice(WORDS),
                "two words",
                "!If [A, !Ref B, !If [C, {D: !GetAtt E.F}, !Ref 'AWS::NoValue']]",
                f"&f{self.rng.randrange(10**6)} x" if self.odd(2) else "http://x/y?z",
                self.quoted(self.rng.choice(ODD)),
                "!Ref A",
                "1",
                "{}",
                "[]",
                "null",
                "[a, !Sub '${A}']",
            ]
        )
