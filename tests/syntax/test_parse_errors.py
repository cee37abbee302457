"""What is no template is refused with line, column and a message for people."""

# ruff: noqa: E501 - a table

from __future__ import annotations

import pytest

from fixer.model import InputError
from fixer.syntax.parse import parse
from fixer.syntax.source import decode

BAD = {
    "": "the file is empty",
    " \r\n\ufeff": "the file is empty",
    "a: \0": "1:4: the file is binary: it holds a NUL character",
    "# nothing\n": "1:1: not a template: a mapping of sections such as Resources was expected at the top",
    "text": "1:1: not a template: a mapping of sections such as Resources was expected at the top",
    "- a\n": "1:1: not a template: a mapping of sections such as Resources was expected at the top",
    "[1]": "1:1: not a template: a mapping of sections such as Resources was expected at the top",
    "!Sub {a: b}": "1:1: not a template: a mapping of sections such as Resources was expected at the top",
    # broken YAML
    "A:\n  - a\n  b: c\n": "3:3: invalid YAML: did not find expected '-' indicator while parsing a block collection, which begins at 2:3; look at the indentation",
    "A: 'a\n": "2:1: invalid YAML: found unexpected end of stream while scanning a quoted scalar, which begins at 1:4",
    "A:\n\tB: c\n": "2:1: invalid YAML: a tab is used for indentation, where YAML allows blanks only",
    "\ufeffA: 1\n\tB: c\n": "2:1: invalid YAML: a tab is used for indentation, where YAML allows blanks only",
    "A: @a\n": "1:4: invalid YAML: found character that cannot start any token; a text that begins with @ needs quotes",
    "A: a: b\n": "1:5: invalid YAML: mapping values are not allowed in this context; a text with ': ' in it needs quotes",
    "é: 1\nA: a\x07b\n": "2:5: invalid YAML: control characters are not allowed",
    "A: !Sub ${B\nC: [\n": "3:1: invalid YAML: did not find expected node content",
    "A: *b\n": "1:4: the alias *b has no anchor before it",
    "A: &a [*a]\n": "1:8: the alias *a has no anchor before it",
    "A: 1\n---\nB: 2\n": "2:1: the file holds several documents; a template is one",
    "A: 1\n...\n---\nB: 2\n": "3:1: the file holds several documents; a template is one",
    "? [a]\n: b\n": "1:1: a key that is no plain text is not allowed",
    "{a: 1}: b\n": "1:1: a key that is no plain text is not allowed",
    "A:\n  !Ref x: b\n": "2:3: a key with a tag is not allowed",
    "A: &a x\n*a : b\n": "2:1: a key that is no plain text is not allowed",
    "A:\n  B: 1\n  C: 2\n  'B': 3\n": "4:3: the key 'B' is there twice, first in line 2; remove or rename one of them",
    "A: {b: 1, b: 2}\n": "1:11: the key 'b' is there twice, first in line 1; remove or rename one of them",
    'A: {"<<": 1, "<<": 2}\n': "1:14: the key '<<' is there twice, first in line 1; remove or rename one of them",
    "A: &a 1\nB:\n  <<: *a\n": "3:7: a merge key (<<) takes a mapping or a list of mappings",
    "A:\n  B: 1\n C: 2\n": "3:2: invalid YAML: did not find expected key while parsing a block mapping, which begins at 1:1; look at the indentation",
    "A:\n  B: {C: 1\n": "3:1: invalid YAML: did not find expected ',' or '}' while parsing a flow mapping, which begins at 2:6",
    # what is not meant to be read as it stands
    "A: 1\n<<<<<<< HEAD\nB: 2\n=======\nB: 3\n>>>>>>> other\n": "2:1: a merge conflict was found; resolve it first",
    '{\n<<<<<<< HEAD\n"B": 2\n=======\n"B": 3\n>>>>>>> other\n}': "2:1: a merge conflict was found; resolve it first",
    "A:\n  B: {{ name }}\n": "2:6: the placeholder {{ name }} was found; render this template of Helm, Jinja or the like first",
    "A:\n{{- if .Values.x }}\n  B: 1\n{{- end }}\n": "2:1: the placeholder {{- if .Values.x }} was found; render this template of Helm, Jinja or the like first",
    "A:\n{% for b in c %}\n  B: 1\n": "2:1: the placeholder {% for b in c %} was found; render this template of Helm, Jinja or the like first",
    'A: "{{ a }}" # {{ b }}\nB: c: d\nC: {{ e }}\n': "2:5: invalid YAML: mapping values are not allowed in this context; a text with ': ' in it needs quotes",
    "A: {{resolve:ssm:a}}\n": "1:4: the dynamic reference {{resolve:ssm:a}} needs quotes",
    "A: |\n  {{resolve:ssm:a}}\nB: c: d\n": "3:5: invalid YAML: mapping values are not allowed in this context; a text with ': ' in it needs quotes",
    # broken JSON
    '{"A": 1': "1:8: invalid JSON: the text ends too early",
    '{"A" 1}': "1:6: invalid JSON: ':' was expected",
    '{\n\t"A": [1 {}]\n}': "2:10: invalid JSON: ']' or ',' was expected",
    '{"A": 1}\n{"B": 2}\n': "2:1: invalid JSON: text after the end of the document",
    '{"A": "a\nb\n': "1:9: invalid JSON: a line break or another control character stands inside a string",
    '{"A": "a}': "1:7: invalid JSON: unterminated string",
    '{"A": [1,]}': "1:10: invalid JSON: a comma stands before ']'",
    '{"A": {"b": 1,\n}}': "2:1: invalid JSON: a comma stands before '}'",
    '{"A": 1, // why\n "B": 2}': "1:10: invalid JSON: a comment, which JSON does not have",
    '{\n  // why\n  "B": 2}': "2:3: invalid JSON: a comment, which JSON does not have",
    '{"A": /* why */ 1}': "1:7: invalid JSON: a comment, which JSON does not have",
    '{"A": 1 # why\n}': "1:9: invalid JSON: a comment, which JSON does not have",
    '{"A": 1}\n# why\n': "2:1: invalid JSON: a comment, which JSON does not have",
    "{\"A\": 'b'}": "1:7: invalid JSON: single quotes, where JSON takes double quotes only",
    "{\"A\": {'b': 1}}": "1:8: invalid JSON: single quotes, where JSON takes double quotes only",
    '{"A": "\\x"}': "1:8: invalid JSON: invalid \\escape",
    '{"A": 01 [}': "1:7: invalid JSON: a value was expected",
    '{"A": {"b": 1,\n "c": 2,\n "b": 3}}': "3:2: the key 'b' is there twice, first in line 1; remove or rename one of them",
    '{"A":' * 200: "1:751: the file has more than 150 levels",
    "A: " + "[" * 200: "1:153: the file has more than 150 levels",
    "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    ): "6:45: the file has more than 1000000 values",
}


@pytest.mark.parametrize("text", BAD, ids=[text[:30] or "empty" for text in BAD])
def test_bad_text(text: str) -> None:
    with pytest.raises(InputError) as error:
        parse(text)
    assert str(error.value) == BAD[text]


BYTES = {
    b"\xff\xfeA\0": "the file is UTF-16; CloudFormation takes UTF-8 only: convert it first",
    b"\xfe\xff\0A": "the file is UTF-16; CloudFormation takes UTF-8 only: convert it first",
    b"\xff\xfe\0\0A\0\0\0": "the file is UTF-32; CloudFormation takes UTF-8 only: convert it first",
    b"\0\0\xfe\xff\0\0\0A": "the file is UTF-32; CloudFormation takes UTF-8 only: convert it first",
    b"PK\x03\x04\x80\0": "the file is binary",
    b"A: 1\nBc: caf\xe9\n": "2:8: the file is not UTF-8: byte 0xe9 was found; convert it first",
}


@pytest.mark.parametrize("data", BYTES)
def test_bad_bytes(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        decode(data)
    assert str(error.value) == BYTES[data]


def test_bytes_stay() -> None:
    text = "\ufeffA: é😀\r\nB: 1\rC: 2\n\u2028"
    assert decode(text.encode()) == text


def test_broken_json_is_not_taken_for_yaml() -> None:
    """As YAML it would say something else: a null here, one text of two numbers there."""
    for text, column in (('{"Resources": {"A": }}', 21), ('{"A": [1 2]}', 10)):
        with pytest.raises(InputError, match="invalid JSON") as caught:
            parse(text)
        assert (caught.value.line, caught.value.column) == (1, column)
    assert parse("{Resources: {A: }}").format == "yaml"
