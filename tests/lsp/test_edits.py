"""Two texts to few edits: applied, they give the second text, whatever the editor counts in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.workspace import PositionCodec

from fixer.lsp.documents import Document, Positions
from fixer.report.edits import Edit, apply, edits
from tests.lsp.editor import applied, offset_of, position

PIECES = st.sampled_from(
    ["a", "b", "key: ", " ", "\n", "\r\n", "\r", "é", "ẞ", "😀", "\ufeff", "\u2028", "\x0c", "- x", "#"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
ENCODINGS = [types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32]


@given(TEXTS, TEXTS)
def test_they_give_the_second_text(before: str, after: str) -> None:
    found = edits(before, after)
    assert apply(before, found) == after
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(one.start < one.end or one.text for one in found)
    for edit in found:
        for place in (edit.start, edit.end):
            assert before[max(place - 1, 0) : place + 1] != "\r\n", "no position is between CR and LF"


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(before=TEXTS, after=TEXTS)
def test_in_the_units_of_the_editor(encoding: types.PositionEncodingKind, before: str, after: str) -> None:
    document = Document("file:///t.yaml", before, 1, PositionCodec(encoding))
    assert applied(before, document.text_edits(edits(before, after)), encoding.value) == after


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, data=st.data())
def test_positions_and_back(encoding: types.PositionEncodingKind, text: str, data: st.DataObject) -> None:
    places = [at for at in range(len(text) + 1) if text[max(at - 1, 0) : at + 1] != "\r\n"]
    offset = data.draw(st.sampled_from(places))
    positions = Positions(text, PositionCodec(encoding))
    found = positions.position(offset)
    assert found == position(text, offset, encoding.value)
    assert positions.offset(found) == offset == offset_of(text, found, encoding.value)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), TEXTS), max_size=4))
def test_incremental_changes(text: str, changes: list[tuple[int, int, str]]) -> None:
    document = Document("file:///t.yaml", text, 1, PositionCodec(types.PositionEncodingKind.Utf16))
    for one, other, new in changes:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        if any(text[max(at - 1, 0) : at + 1] == "\r\n" for at in (start, end)):
            continue
        place = types.Range(position(text, start, "utf-16"), position(text, end, "utf-16"))
        document.change(document.version + 1, [types.TextDocumentContentChangePartial(place, new)])
        text = text[:start] + new + text[end:]
    assert document.text == text


def test_beyond_the_end_means_the_end() -> None:
    positions = Positions("a😀\r\nb", PositionCodec(types.PositionEncodingKind.Utf16))
    assert positions.offset(types.Position(0, 99)) == 2
    assert positions.offset(types.Position(1, 99)) == positions.offset(types.Position(7, 0)) == 5


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("a\nb\nc\n", "a\nb\nc\n", []),
        ("a\nb\nc\n", "a\nc\n", [Edit(2, 4, "")]),
        ("a\nc\n", "a\nb\nc\n", [Edit(2, 2, "b\n")]),
        ("a: arn:aws:s3:::b  # why\n", "a: arn:${AWS::Partition}:s3:::b  # why\n", [Edit(7, 10, "${AWS::Partition}")]),
        ("x: '1'\r\ny: 2\r\n", "x: '1'\r\ny: 3\r\n", [Edit(11, 12, "3")]),
        ("a", "a\nb", [Edit(1, 1, "\nb")]),
        ("a\r\n", "a\n", [Edit(1, 3, "\n")]),
    ],
)
def test_minimal(before: str, after: str, wanted: list[Edit]) -> None:
    assert edits(before, after) == wanted


def test_lines_that_have_nothing_in_common_are_replaced() -> None:
    assert edits("k: abc def\n", "other words here\n") == [Edit(0, 10, "other words here")]
