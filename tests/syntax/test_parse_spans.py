"""Every node knows exactly where it stands, in every style."""

# ruff: noqa: E501 - a table

from __future__ import annotations

import pytest
import yaml

from fixer.syntax import parse_yaml
from fixer.syntax.document import Document
from fixer.syntax.nodes import Alias, Intrinsic, Mapping, Node, Scalar, Sequence
from fixer.syntax.parse import parse

# A template, and the text of its nodes in their order: "key", "entry", "item", "head" (what stands between the start of an
# entry or item and its value's), and for values the kind with what they span; "content" where a tag or anchor stands before it.
SPANS: dict[str, tuple[str, list[str]]] = {
    "block mapping": ("A:\n  B: c  # d\n\n# e\n", ["Mapping A:\n  B: c", "entry A:\n  B: c", "Mapping B: c", "entry B: c", "Scalar c"]),
    "flow mapping": ("A: { b: 1 , c }\n", ["Mapping A: { b: 1 , c }", "entry A: { b: 1 , c }", "Mapping { b: 1 , c }", "entry b: 1", "Scalar 1", "entry c", "Scalar "]),
    "JSON": ('{"a" : [1, true]}', ['Mapping {"a" : [1, true]}', 'entry "a" : [1, true]', "Sequence [1, true]", "item 1", "Scalar 1", "item true", "Scalar true"]),
    "block sequences": ("A:\n- - x\n  - y\n-\n", ["Mapping A:\n- - x\n  - y\n-", "entry A:\n- - x\n  - y\n-", "Sequence - - x\n  - y\n-", "item - - x\n  - y", "Sequence - x\n  - y", "item - x", "Scalar x", "item - y", "Scalar y", "item -", "Scalar "]),
    "compact items": ("A:\n  - b: 1\n    c: 2\n", ["Mapping A:\n  - b: 1\n    c: 2", "entry A:\n  - b: 1\n    c: 2", "Sequence - b: 1\n    c: 2", "item - b: 1\n    c: 2", "Mapping b: 1\n    c: 2", "entry b: 1", "Scalar 1", "entry c: 2", "Scalar 2"]),
    "explicit keys": ("? A\n: b\n? 'C'\n", ["Mapping ? A\n: b\n? 'C'", "entry ? A\n: b", "Scalar b", "entry ? 'C'", "Scalar "]),
    "explicit keys in flow": ("A: {? b : c, ? d}\n", ["Mapping A: {? b : c, ? d}", "entry A: {? b : c, ? d}", "Mapping {? b : c, ? d}", "entry ? b : c", "Scalar c", "entry ? d", "Scalar "]),
    "tags and anchors": ("A: !Sub &a  # why\n  - b\nC: &d !Ref e\nF: *a\n", ["Mapping A: !Sub &a  # why\n  - b\nC: &d !Ref e\nF: *a", "entry A: !Sub &a  # why\n  - b", "Intrinsic !Sub &a  # why\n  - b", "Sequence - b", "item - b", "Scalar b", "entry C: &d !Ref e", "Intrinsic &d !Ref e", "Scalar e", "entry F: *a", "Alias *a"]),
    "a tag of a flow collection": ("A: !If [b, {c: d}]\n", ["Mapping A: !If [b, {c: d}]", "entry A: !If [b, {c: d}]", "Intrinsic !If [b, {c: d}]", "Sequence [b, {c: d}]", "item b", "Scalar b", "item {c: d}", "Mapping {c: d}", "entry c: d", "Scalar d"]),
    "properties without content": ("A: &a\nB: !Ref  # x\nC: !!str\n", ["Mapping A: &a\nB: !Ref  # x\nC: !!str", "entry A: &a", "Scalar &a", "entry B: !Ref", "Intrinsic !Ref", "Scalar ", "entry C: !!str", "Scalar !!str"]),
    "nothing everywhere": ("A:\nB: # c\nD:\n  -\n  - # e\n", ["Mapping A:\nB: # c\nD:\n  -\n  -", "entry A:", "Scalar ", "entry B:", "Scalar ", "entry D:\n  -\n  -", "Sequence -\n  -", "item -", "Scalar ", "item -", "Scalar "]),
    "literal blocks": ("A: |\n  a\n\n  b  \n\n\nB: |-  # c\n  d\n# e\n", ["Mapping A: |\n  a\n\n  b  \n\n\nB: |-  # c\n  d", "entry A: |\n  a\n\n  b  ", "Scalar |\n  a\n\n  b  ", "entry B: |-  # c\n  d", "Scalar |-  # c\n  d"]),
    "blocks that keep their line breaks": ("A: !Sub |+2\n   a\n\n\nB: >+\n\n", ["Mapping A: !Sub |+2\n   a\n\n\nB: >+\n\n", "entry A: !Sub |+2\n   a\n\n\n", "Intrinsic !Sub |+2\n   a\n\n\n", "Scalar |+2\n   a\n\n\n", "entry B: >+\n\n", "Scalar >+\n\n"]),
    "blanks that are text of a block": ("A: |\n  a\n    \n\nB: |\n\nC: >\n  a\n  b\n \n", ["Mapping A: |\n  a\n    \n\nB: |\n\nC: >\n  a\n  b", "entry A: |\n  a\n    ", "Scalar |\n  a\n    ", "entry B: |", "Scalar |", "entry C: >\n  a\n  b", "Scalar >\n  a\n  b"]),
    "quotes and folded lines": ("A: 'a''\n  b'\nB: \"c\\\n  d\"\nC: e\n  f\n\n", ["Mapping A: 'a''\n  b'\nB: \"c\\\n  d\"\nC: e\n  f", "entry A: 'a''\n  b'", "Scalar 'a''\n  b'", "entry B: \"c\\\n  d\"", 'Scalar "c\\\n  d"', "entry C: e\n  f", "Scalar e\n  f"]),
    "comments inside flow": ("A: [ # b, c\n  d, # e\n  # f\n  g # h\n]\n", ["Mapping A: [ # b, c\n  d, # e\n  # f\n  g # h\n]", "entry A: [ # b, c\n  d, # e\n  # f\n  g # h\n]", "Sequence [ # b, c\n  d, # e\n  # f\n  g # h\n]", "item d", "Scalar d", "item g", "Scalar g"]),
    "merge keys": ("A: &a {b: 1}\nC:\n  <<: [*a, *a]\n", ["Mapping A: &a {b: 1}\nC:\n  <<: [*a, *a]", "entry A: &a {b: 1}", "Mapping &a {b: 1}", "entry b: 1", "Scalar 1", "entry C:\n  <<: [*a, *a]", "Mapping <<: [*a, *a]", "entry <<: [*a, *a]", "Sequence [*a, *a]", "item *a", "Alias *a", "item *a", "Alias *a"]),
    "the document's marks": ("%YAML 1.1\n--- # a\nA: 1\n... # b\n", ["Mapping A: 1", "entry A: 1", "Scalar 1"]),
    "no final newline": ("A:\n  - |\n    b", ["Mapping A:\n  - |\n    b", "entry A:\n  - |\n    b", "Sequence - |\n    b", "item - |\n    b", "Scalar |\n    b"]),
    "characters": ("é😀: '😀\u2028\x85' # 😀\nB: \"\x85 a\"\n", ["Mapping é😀: '😀\u2028\x85' # 😀\nB: \"\x85 a\"", "entry é😀: '😀\u2028\x85'", "Scalar '😀\u2028\x85'", 'entry B: "\x85 a"', 'Scalar "\x85 a"']),
    "JSON that YAML cannot read": ('{\n\t"a\\/b": "\\ud83d\\ude00" ,\n\t"c":{}\n}', ['Mapping {\n\t"a\\/b": "\\ud83d\\ude00" ,\n\t"c":{}\n}', 'entry "a\\/b": "\\ud83d\\ude00"', 'Scalar "\\ud83d\\ude00"', 'entry "c":{}', "Mapping {}"]),
}  # fmt: skip
DISGUISES = {
    "LF": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "mixed": lambda text: "\r\n".join(text.split("\n", 2)),
    "BOM": lambda text: "\ufeff" + text,
}


def spans(document: Document) -> list[str]:
    """What each node spans, line breaks as LF."""
    found: list[str] = []

    def visit(node: Node) -> None:
        text = document.text[node.start : node.end].replace("\r\n", "\n").replace("\r", "\n")
        found.append(f"{type(node).__name__} {text}")
        match node:
            case Intrinsic():
                assert node.start < node.content <= node.argument.start
                visit(node.argument)
            case Mapping():
                for entry in node.entries:
                    part("entry", entry.start, entry.end)
                    assert document.text[entry.head - 1] == ":" or entry.head == entry.key.end
                    assert document.text[entry.key.start : entry.key.end].strip("'\"")
                    visit(entry.value)
            case Sequence():
                for item in node.items:
                    part("item", item.start, item.end)
                    visit(item.value)
            case Scalar() | Alias():
                pass

    def part(kind: str, start: int, end: int) -> None:
        found.append(f"{kind} {document.text[start:end]}".replace("\r\n", "\n").replace("\r", "\n"))

    visit(document.root)
    return found


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", SPANS)
def test_spans(name: str, disguise: str) -> None:
    text, expected = SPANS[name]
    assert spans(parse(DISGUISES[disguise](text))) == expected


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", SPANS)
def test_pure_python_gives_the_same_tree(name: str, disguise: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = DISGUISES[disguise](SPANS[name][0])
    fast = parse(text)
    monkeypatch.setattr(parse_yaml, "_LOADER", yaml.SafeLoader)
    assert parse(text).root == fast.root


def test_data() -> None:
    text = "A: !GetAtt a.b.c\nB: !Sub [x, {y: !Ref z}]\nC: [yes, 'yes', 0o7, 010, 1_0, 1e3, 1.0e+3, ~, '', 12:30]\nD: 2012-10-17\n"
    assert parse(text).data == {
        "A": {"Fn::GetAtt": ["a", "b.c"]},
        "B": {"Fn::Sub": ["x", {"y": {"Ref": "z"}}]},
        "C": [True, "yes", "0o7", 8, 10, "1e3", 1000.0, None, "", 750],
        "D": "2012-10-17",
    }


def test_merged_data() -> None:
    text = "A: &a {x: 1, y: 1}\nB: &b {y: 2, z: 2}\nC: {<<: [*a, *b], z: 3}\nD: *a\n"
    data = parse(text).data
    assert data["C"] == {"x": 1, "y": 1, "z": 3}
    assert data["D"] == {"x": 1, "y": 1}


COMMENTS = {
    "# one\nA: b # two\n": ["# one", "# two"],
    "A: '# no' # yes\nB: a#no\nC: \"\n  # no\"\n": ["# yes"],
    "A: | # yes\n  # no\nB: >-\n  no # no\n# yes\n": ["# yes", "# yes"],
    "A: [ # one\n  a, # two\n  # three\n]\n# four": ["# one", "# two", "# three", "# four"],
    "A: !Sub # one\n  # two\n  - a\nB: &c # three\n  d: 1\n": ["# one", "# two", "# three"],
    "\ufeff# one\r\nA: 1\r# two\r\n": ["# one", "# two"],
    "# one\x85A: 1 # two\u2028# three\nB: 2\n": ["# one", "# two", "# three"],
    '{"a": "# no"}': [],
}


@pytest.mark.parametrize("text", COMMENTS)
def test_comments(text: str) -> None:
    document = parse(text)
    assert [text[span.start : span.end] for span in document.comments] == COMMENTS[text]


def test_positions() -> None:
    document = parse("\ufeffA:\r\n  😀: x\r\n  C:\n  - d\n")
    assert document.position(("A",)) == (1, 1)
    assert document.position(("A", "😀")) == (2, 3)
    assert document.position(("A", "C", 0)) == (4, 5)
    assert document.position(("A", "C", 7, "x")) == (3, 3)
    assert document.position(("X",)) == (1, 1)
