"""The proof objects when the engine is made wrong: its edits are mutated one by one, each mutant is caught."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from fixer.engine import proof
from fixer.engine.loader import load, load_again
from fixer.engine.proof import apply, prove
from fixer.model import FIRST, Append, Comment, InputError, Insert, Operation, Remove, Rename, Set, after, before
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse
from fixer.syntax.pen import Edit, Pen
from tests.syntax.tables import OPERATIONS
from tests.syntax.test_edit_block import DENSE, LOOSE
from tests.syntax.test_edit_flow import MANY_LINES, ONE_LINE
from tests.syntax.test_edit_json import SHORT

TEMPLATES = {
    "block": LOOSE,
    "dense block": DENSE,
    "flow": ONE_LINE,
    "flow on many lines": MANY_LINES,
    "JSON": SHORT,
    "CRLF": LOOSE.replace("\n", "\r\n"),
}


def objection(old: str, new: str, operations: list[Operation]) -> str | None:
    try:
        return prove(parse(old), parse(new), operations)
    except InputError as error:
        return str(error)


def mutants(made: list[Edit]) -> Iterator[tuple[str, list[Edit]]]:
    """The edits with one thing wrong."""
    for number, one in enumerate(made):
        for name, wrong in {
            "forgotten": (),
            "twice": (one, replace(one, start=one.end)),
            "shifted right": (replace(one, start=one.start + 1, end=one.end + 1),),
            "shifted left": (replace(one, start=one.start - 1, end=one.end - 1),),
            "starts late": (replace(one, start=min(one.start + 1, one.end)),),
            "ends early": (replace(one, end=max(one.end - 1, one.start)),),
            "ends late": (replace(one, end=one.end + 1),),
            "without a comma": (replace(one, text=one.text.replace(",", "", 1)),),
            "with a comma more": (replace(one, text=one.text + ","),),
            "without quotes": (replace(one, text=re.sub("['\"]", "", one.text)),),
            "without its first line": (replace(one, text=one.text.partition("\n")[2]),),
            "without its last line": (replace(one, text=one.text.rstrip("\n").rpartition("\n")[0] + "\n"),),
            "indented": (replace(one, text=one.text.replace("\n", "\n ")),),
            "not indented": (replace(one, text=re.sub(r"(?m)^ +", "", one.text)),),
            "with LF only": (replace(one, text=one.text.replace("\r\n", "\n")),),
        }.items():
            yield f"edit {number} {name}", [*made[:number], *wrong, *made[number + 1 :]]


def meaning(text: str) -> object:
    """All that a text says and the proof guards; None if it cannot be read."""
    try:
        document = parse(text)
        data = load(text, document.format)
    except Exception:
        return None
    comments = sorted(text[span.start : span.end].rstrip() for span in document.comments)
    return repr(data), comments, set(re.findall(r"\r\n|\r|\n", text)), text.endswith(("\n", "\r"))


@pytest.mark.parametrize("operations", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_wrong_edits_are_caught(template: str, operations: list[Operation], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mutant of every edit is objected to, unless its text says the same as the right one."""
    document = parse(template)
    noted: list[Pen] = []
    right = Pen.result
    monkeypatch.setattr(Pen, "result", lambda pen: noted.append(pen) or right(pen))
    try:
        text = edit(document, operations)
    except Exception:
        pytest.skip("refused")
    pen = noted[0]
    assert objection(template, text, operations) is None
    for name, wrong in mutants(pen.edits):
        pen.edits = wrong
        try:
            mutant = right(pen)
        except Exception:  # refused: two edits overlap
            continue
        if mutant != text and meaning(mutant) != meaning(text):
            assert objection(template, mutant, operations), f"{name} is not noticed:\n{mutant}"


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
@pytest.mark.parametrize("batch", [["append", "remove first", "insert a resource"], ["rename", "set a function"]])
def test_a_forgotten_operation_is_caught(template: str, batch: list[str]) -> None:
    operations = [operation for name in batch for operation in OPERATIONS[name]]
    assert objection(template, edit(parse(template), operations), operations) is None
    for number in range(len(operations)):
        fewer = operations[:number] + operations[number + 1 :]
        assert "the new text is not what the repair declares" in str(
            objection(template, edit(parse(template), fewer), operations)
        )


OLD = "# head\nA: 'on'  # one\nB: [x, 'y']\nC:\n  D: |\n    text # no\n  # two\n  E: 1\n"
NEW = OLD.replace("E: 1", "E: 2")
DONE: list[Operation] = [Set(("C", "E"), 2)]
WRONG = {
    "a lost comment": (NEW.replace("  # one", ""), "a comment is lost: # one"),
    "a lost comment line": (NEW.replace("  # two\n", ""), "a comment is lost: # two"),
    "a changed comment": (NEW.replace("# two", "#two"), "a comment is lost: # two"),
    "a comment twice": (NEW.replace("  # two\n", "  # two\n  # two\n"), "a comment is new: # two"),
    "a new comment": (NEW + "# new\n", "a comment is new: # new"),
    "a line twice": (NEW.replace("  E: 2\n", "  E: 2\n  E: 2\n"), "9:3: the key 'E' is there twice"),
    "lost quotes that tell the type": (NEW.replace("'on'", "on"), "not what the repair declares, at A"),
    "quotes that tell the type": (NEW.replace("E: 2", "E: '2'"), "not what the repair declares, at C.E"),
    "a lost item": (NEW.replace(", 'y'", ""), "not what the repair declares, at B"),
    "a changed text": (NEW.replace("text # no", "text  # no"), "not what the repair declares, at C.D"),
    "a changed indicator": (NEW.replace("|", "|-"), "not what the repair declares, at C.D"),
    "other order": (
        NEW.replace("B: [x, 'y']\n", "").replace("# head\n", "# head\nB: [x, 'y']\n"),
        "the order of keys changed, at the top",
    ),
    "no final newline": (NEW.rstrip("\n"), "the end of the last line changed"),
    "CRLF in part": (NEW.replace("E: 2\n", "E: 2\r\n"), "line ends changed"),
    "CR": (NEW.replace("\n", "\r"), "line ends changed"),
    "nothing done": (OLD, "not what the repair declares, at C.E"),
    "broken": (NEW + "  x\n", "invalid YAML"),
}


@pytest.mark.parametrize(("wrong", "reason"), WRONG.values(), ids=WRONG)
def test_wrong_text_is_caught(wrong: str, reason: str) -> None:
    assert objection(OLD, NEW, DONE) is None
    assert reason in str(objection(OLD, wrong, DONE))


def test_byte_order_mark_and_line_ends() -> None:
    assert objection("\ufeff" + OLD, NEW, DONE) == "the byte order mark is lost"
    assert objection(OLD.replace("\n", "\r\n"), NEW.replace("\n", "\r\n"), DONE) is None
    assert objection(OLD.replace("\n", "\r\n"), NEW, DONE) == "line ends changed"
    assert objection(OLD.rstrip("\n"), NEW, DONE) == "the end of the last line changed"


def test_commas_of_json() -> None:
    old, new = '{"A": [1, 2], "B": {}}', '{"A": [1, 2, 3], "B": {"c": 4, "d": 5}}'
    done: list[Operation] = [Append(("A",), 3), Insert(("B", "c"), 4), Insert(("B", "d"), 5)]
    assert objection(old, new, done) is None
    for comma in re.finditer(",", new):
        assert objection(old, new[: comma.start()] + new[comma.end() :], done)
        assert objection(old, new[: comma.end()] + "," + new[comma.end() :], done)


def test_readers_that_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    new = parse(NEW)
    new.data["C"]["E"] = 3
    assert prove(parse(OLD), new, DONE) == "two readers disagree about the new text"


def test_operations_that_do_not_fit() -> None:
    for operation in (
        Remove(("X",)),
        Set(("A", 0, "x"), 1),
        Append(("A",), 1),
        Rename(("X", "y"), "z"),
        Insert(("B", "x"), 1),
    ):
        assert "the operations do not fit the old text" in str(objection(OLD, NEW, [operation]))


DATA = {"A": {"x": 1, "y": [0, 1, 2]}, "N": None}
APPLIED = {
    "set": ([Set(("A", "x"), [2])], {"A": {"x": [2], "y": [0, 1, 2]}, "N": None}),
    "insert with parents": ([Insert(("N", "a", "b"), 1)], {**DATA, "N": {"a": {"b": 1}}}),
    "the same insert twice": ([Insert(("B",), 1), Insert(("B",), 1)], {**DATA, "B": 1}),
    "old indexes stay good": (
        [Remove(("A", "y", 0)), Set(("A", "y", 1), "b"), Remove(("A", "y", 2)), Append(("A", "y"), "c")],
        {"A": {"x": 1, "y": ["b", "c"]}, "N": None},
    ),
    "places": (
        [Append(("A", "y"), place.where.value, place) for place in (after(0), before(0), FIRST, after(9))],
        {"A": {"x": 1, "y": ["first", "before", 0, "after", 1, 2, "after"]}, "N": None},
    ),
    "append to nothing": ([Append(("N",), 1), Append(("N",), 1), Append(("N",), 2)], {**DATA, "N": [1, 2]}),
    "rename what is changed too": (
        [Rename(("A",), "B"), Set(("A", "x"), 2), Comment(("A",), "why")],
        {"B": {"x": 2, "y": [0, 1, 2]}, "N": None},
    ),
}


@pytest.mark.parametrize(("operations", "expected"), APPLIED.values(), ids=APPLIED)
def test_apply(operations: list[Operation], expected: object) -> None:
    assert apply(DATA, operations) == expected
    assert DATA == {"A": {"x": 1, "y": [0, 1, 2]}, "N": None}


def test_shared_parts_are_changed_apart() -> None:
    """Aliases make one object of two places; an operation is about one of them."""
    data = load("A: &a {x: 1}\nB: *a\n", "yaml")
    assert apply(data, [Set(("A", "x"), 2)]) == {"A": {"x": 2}, "B": {"x": 1}}


@pytest.mark.parametrize(
    ("merges", "expected"),
    [("<<: [*two, *one]", 2), ("<<: [*one, *two]", 1), ("<<: *one\n  Own: 1", 1), ("<<: *one\n  Name: 3", 3)],
)
def test_readers_agree_which_of_several_merged_values_counts(merges: str, expected: int) -> None:
    text = f"One: &one {{Name: 1}}\nTwo: &two {{Name: 2}}\nResources:\n  {merges}\n"
    readers = (load(text, "yaml"), load_again(text, "yaml"), parse(text).data)
    assert [data["Resources"]["Name"] for data in readers] == [expected] * 3


def test_readers_take_an_equals_sign_as_it_is_written() -> None:
    text = "Resources:\n  A: =\n  =: {=: b}\n"
    for data in (load(text, "yaml"), load_again(text, "yaml"), parse(text).data):
        assert data == {"Resources": {"A": "=", "=": {"=": "b"}}}


def test_a_third_reader_is_heard_unless_it_never_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = parse("A: old\n"), parse("A: new\n")
    assert not proof.disputed(old, new)
    for misread, expected in (({"A: new\n"}, True), ({"A: old\n"}, False), ({"A: old\n", "A: new\n"}, False)):

        def reader(text: str, form: str, misread: set[str] = misread) -> object:
            return {} if text in misread else load(text, form)

        monkeypatch.setattr(proof, "load_again", reader)
        assert proof.disputed(old, new) is expected
