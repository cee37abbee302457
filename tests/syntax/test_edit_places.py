"""Edits in places that are out of the ordinary: nothing there yet, odd keys, block scalars, comments, line ends,
anchors.
"""

# ruff: noqa: W291, W293 - blanks at the end of a line stay

from __future__ import annotations

import pytest

from fixer.model import FIRST, Append, Comment, Insert, Operation, Remove, Rename, Set, after, before
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse
from tests.syntax.invariants import broken

CASES = [
    pytest.param(
        """\
Resources:
  A:
    UserData: !Base64
      Fn::Join:
        - ""
        - - x=
          - !Ref X
    Type: T
""",
        [Set(("Resources", "A", "UserData", "Fn::Base64"), {"Fn::Sub": "x=${X}"})],
        """\
Resources:
  A:
    UserData: !Base64
      Fn::Sub: x=${X}
    Type: T
""",
        id="the long call that a short one has on the lines below",
    ),
    pytest.param(
        """\
Resources:
  A: {}  # empty
""",
        [Insert(("Resources", "A", "Type"), "X")],
        """\
Resources:
  A:  # empty
    Type: X
""",
        id="into an empty mapping",
    ),
    pytest.param(
        """\
Resources:
  A: []
""",
        [Append(("Resources", "A"), "x")],
        """\
Resources:
  A:
    - x
""",
        id="into an empty list",
    ),
    pytest.param(
        """\
Resources:
  A:  # nothing
  B: 1
""",
        [Insert(("Resources", "A", "Type"), "X")],
        """\
Resources:
  A:  # nothing
    Type: X
  B: 1
""",
        id="into nothing",
    ),
    pytest.param(
        """\
Resources:
  A: null
""",
        [Append(("Resources", "A"), {"k": 1})],
        """\
Resources:
  A:
    - k: 1
""",
        id="a list into null",
    ),
    pytest.param(
        """\
Resources:
  A:
    -
    - b
""",
        [Insert(("Resources", "A", 0, "k"), "v")],
        """\
Resources:
  A:
    - k: v
    - b
""",
        id="into nothing after a dash",
    ),
    pytest.param(
        """\
Resources: {A: , B: {}, D}
""",
        [Insert(("Resources", "A", "k"), "v"), Insert(("Resources", "B", "k"), "v"), Set(("Resources", "D"), 1)],
        """\
Resources: {A: {k: v}, B: {k: v}, D: 1}
""",
        id="into nothing in flow",
    ),
    pytest.param(
        """\
{"Resources": {"A": {}, "B": [], "C": null}}""",
        [Insert(("Resources", "A", "k"), "v"), Append(("Resources", "B"), 1), Append(("Resources", "C"), 2)],
        """\
{"Resources": {"A": {"k": "v"}, "B": [1], "C": [2]}}""",
        id="into empty JSON",
    ),
    pytest.param(
        """\
{
  "Resources": {
  }
}
""",
        [Insert(("Resources", "A"), {"Type": "X"})],
        """\
{
  "Resources": {
    "A": {
      "Type": "X"
    }
  }
}
""",
        id="into empty JSON on lines of its own",
    ),
    pytest.param(
        """\
Resources:
  A:
    Type: X
""",
        [Insert(("Resources", "A", "Metadata", "a", "b"), 1), Append(("Resources", "A", "DependsOn"), "B")],
        """\
Resources:
  A:
    Type: X
    DependsOn:
      - B
    Metadata:
      a:
        b: 1
""",
        id="missing parents",
    ),
    pytest.param(
        """\
Parameters:
  P:
    Type: String

Resources:
  A:
    Type: X
""",
        [Insert(("Outputs", "A"), {"Value": {"Ref": "A"}}), Insert(("Outputs", "B"), {"Value": {"Ref": "P"}})],
        """\
Parameters:
  P:
    Type: String

Resources:
  A:
    Type: X

Outputs:
  A:
    Value: !Ref A
  B:
    Value: !Ref P
""",
        id="Outputs behind Resources, a blank line between",
    ),
    pytest.param(
        """\
Description: x
Resources:
  A:
    Type: X
""",
        [
            Insert(("Outputs", "A"), {"Value": 1}),
            Insert(("Conditions", "C"), {"Condition": "D"}),
            Insert(("Mappings", "M"), {"a": {"b": "c"}}),
        ],
        """\
Description: x
Mappings:
  M:
    a:
      b: c
Conditions:
  C: !Condition D
Resources:
  A:
    Type: X
Outputs:
  A:
    Value: 1
""",
        id="sections in their order",
    ),
    pytest.param(
        """\
Resources:
  A:
    Type: X
    Properties:
      B: 1
""",
        [
            Insert(("Resources", "A", "Condition"), "C"),
            Insert(("Resources", "A", "DeletionPolicy"), "Retain"),
            Insert(("Resources", "A", "Metadata"), {"a": 1}),
        ],
        """\
Resources:
  A:
    Type: X
    Condition: C
    DeletionPolicy: Retain
    Properties:
      B: 1
    Metadata:
      a: 1
""",
        id="attributes in their order",
    ),
    pytest.param(
        """\
Resources:

  A:
    Type: X


  B:
    Type: X


  C:
    Type: X
""",
        [Insert(("Resources", "D"), {"Type": "X"}), Insert(("Resources", "E"), {"Type": "X"}, before("B"))],
        """\
Resources:

  A:
    Type: X


  E:
    Type: X


  B:
    Type: X


  C:
    Type: X


  D:
    Type: X
""",
        id="between resources with two blank lines",
    ),
    pytest.param(
        """\
Resources:
  A:
    Type: X
    # of A

    # of A too
# of Outputs
Outputs: {}
""",
        [Insert(("Resources", "B"), {"Type": "X"})],
        """\
Resources:
  A:
    Type: X
    # of A

    # of A too
  B:
    Type: X
# of Outputs
Outputs: {}
""",
        id="behind the comments inside the last resource",
    ),
    pytest.param(
        """\
Resources:
  A:
    Type: X
    # of A
  # of B
  B:
    Type: X
""",
        [Insert(("Resources", "X"), 1, after("A")), Insert(("Resources", "Z"), 2, before("B"))],
        """\
Resources:
  A:
    Type: X
    # of A
  X: 1
  Z: 2
  # of B
  B:
    Type: X
""",
        id="comments between stay with the next",
    ),
    pytest.param(
        """\
Tags:
- a
- b
# of Name
Name: x
""",
        [Append(("Tags",), "c"), Append(("Tags",), {"k": ["v"]}, after(0))],
        """\
Tags:
- a
- k:
  - v
- b
- c
# of Name
Name: x
""",
        id="into a sequence that is not indented",
    ),
    pytest.param(
        """\
M:
  - - a
    - b
  - - c
""",
        [Append(("M", 0), "x", FIRST), Append(("M", 1), "d"), Append(("M",), ["z", "w"])],
        """\
M:
  - - x
    - a
    - b
  - - c
    - d
  - - z
    - w
""",
        id="into sequences in sequences",
    ),
    pytest.param(
        """\
V: !If
  - C
  - - a
  - !Ref AWS::NoValue
""",
        [Append(("V", "Fn::If", 1), "b"), Set(("V", "Fn::If", 2), ["c"])],
        """\
V: !If
  - C
  - - a
    - b
  - - c
""",
        id="a sequence under !If",
    ),
    pytest.param(
        """\
Tags:
  - { Key: a, Value: b }
  - { Key: c, Value: d }
""",
        [Append(("Tags",), {"Key": "e", "Value": {"Ref": "F"}})],
        """\
Tags:
  - { Key: a, Value: b }
  - { Key: c, Value: d }
  - { Key: e, Value: !Ref F }
""",
        id="items of flow style",
    ),
    pytest.param(
        """\
Resources:
  ? A
  : Type: X
  ? B
""",
        [Insert(("Resources", "A", "Condition"), "C"), Set(("Resources", "B"), "b"), Rename(("Resources", "A"), "X")],
        """\
Resources:
  ? X
  : Type: X
    Condition: C
  ? B
  : b
""",
        id="explicit keys",
    ),
    pytest.param(
        """\
Resources:
  'A':
    "Type": X
""",
        [
            Rename(("Resources", "A"), "X"),
            Rename(("Resources", "A", "Type"), "t"),
            Insert(("Resources", "A", "123456789012"), "08"),
        ],
        """\
Resources:
  'X':
    "t": X
    '123456789012': '08'
""",
        id="quoted keys",
    ),
    pytest.param(
        """\
R: {"a": 1, "b": 2}
""",
        [Insert(("R", "c"), {"d": "e"}), Rename(("R", "a"), "yes")],
        """\
R: {"yes": 1, "b": 2, "c": {"d": e}}
""",
        id="quoted keys of a flow mapping",
    ),
    pytest.param(
        """\
M:
  2: a
  yes: b
""",
        [Set(("M", 2), "x"), Remove(("M", True)), Insert(("M", "2"), "c", after(2))],
        """\
M:
  2: x
  "2": c
""",
        id="keys that are no strings",
    ),
    pytest.param(
        """\
L:
  - a: 1
    # of b
    b: 2
""",
        [Remove(("L", 0, "a"))],
        """\
L:
  # of b
  - b: 2
""",
        id="remove the first entry behind a dash",
    ),
    pytest.param(
        """\
L:
  - a: 1  # one
    b: 2
""",
        [Remove(("L", 0, "a")), Insert(("L", 0, "c"), {"x": "l\nm"}, FIRST)],
        """\
L:
  # one
  - c:
      x: |-
        l
        m
    b: 2
""",
        id="remove and insert behind a dash",
    ),
    pytest.param(
        """\
A: 1

B: 2
""",
        [Remove(("B",))],
        """\
A: 1
""",
        id="remove the last entry of the text",
    ),
    pytest.param(
        """\
R:
  A: 1

  B: 2

  C: 3

  D: 4
""",
        [Remove(("R", "B")), Remove(("R", "C"))],
        """\
R:
  A: 1

  D: 4
""",
        id="remove neighbours",
    ),
    pytest.param(
        """\
R:
  A: 1

  B: 2
""",
        [Remove(("R", "A"))],
        """\
R:
  B: 2
""",
        id="remove the first",
    ),
    pytest.param(
        """\
R:
  A: 1


  # of B
  B: 2


  C: 3
""",
        [Remove(("R", "B"))],
        """\
R:
  A: 1


  # of B


  C: 3
""",
        id="remove what has blank lines around it",
    ),
    pytest.param(
        """\
R:
  A: 1
  B: 2
  C: 3
""",
        [Remove(("R", "B")), Insert(("R", "X"), 9, after("B")), Insert(("R", "M"), 8, before("B"))],
        """\
R:
  A: 1
  M: 8
  X: 9
  C: 3
""",
        id="remove and insert in one place",
    ),
    pytest.param(
        """\
L: 
- 0
- 1
- 2
""",
        [
            Remove(("L", 1)),
            Append(("L",), "c", before(2)),
            Append(("L",), "b", after(1)),
            Append(("L",), "a", after(0)),
            Append(("L",), "z"),
            Append(("L",), "x", after(2)),
        ],
        """\
L: 
- 0
- a
- b
- c
- 2
- x
- z
""",
        id="places around items that go",
    ),
    pytest.param(
        """\
R:
  A:
    T: 1

    P: 2

  B: 3
""",
        [Remove(("R", "A", "P")), Insert(("R", "X"), 9, after("A"))],
        """\
R:
  A:
    T: 1

  X: 9

  B: 3
""",
        id="remove the last entry and insert behind its parent",
    ),
    pytest.param(
        """\
R: {
  # of a
  a: 1,  # one
  b: 2
}
""",
        [Remove(("R", "a")), Comment(("R", "b"), "why")],
        """\
R: {
  # of a
  # one
  # why
  b: 2
}
""",
        id="remove and comment in flow",
    ),
    pytest.param(
        """\
C: 1
A: |
  x""",
        [Remove(("A",)), Insert(("B",), 1)],
        """\
C: 1
B: 1""",
        id="the last block goes and another comes",
    ),
    pytest.param(
        """\
A: |
  one
B: |-
  two


C: |+
  three

D: >
  four
  words
""",
        [Insert(("X",), 1, after("A")), Insert(("W",), 2, after("B")), Insert(("Z",), 3, after("C"))],
        """\
A: |
  one
X: 1
B: |-
  two
W: 2


C: |+
  three

Z: 3
D: >
  four
  words
""",
        id="a literal block between others",
    ),
    pytest.param(
        """\
R:
  A: 1

  B: |+
    x


  C: 2

  D: 3
""",
        [Insert(("R", "X"), 9, after("B")), Remove(("R", "C"))],
        """\
R:
  A: 1

  B: |+
    x


  X: 9
  D: 3
""",
        id="after a block that keeps its line breaks",
    ),
    pytest.param(
        """\
R:
  A:
    B: |+
      x

    C: 1

  D: 2
""",
        [Remove(("R", "A", "C"))],
        """\
R:
  A:
    B: |+
      x

  D: 2
""",
        id="what goes behind a block that keeps its line breaks, at the end of its mapping",
    ),
    pytest.param(
        """\
R:
  A:
    B: |+
      x

    C: 1

  D: 2

  E: 3
""",
        [Remove(("R", "A", "C")), Insert(("R", "F"), 4, after("A"))],
        """\
R:
  A:
    B: |+
      x

  F: 4

  D: 2

  E: 3
""",
        id="one goes and another comes behind a block that keeps its line breaks",
    ),
    pytest.param(
        """\
A: |+
  x

B: 1

C: 2

# tail
""",
        [Remove(("B",)), Remove(("C",))],
        """\
A: |+
  x

# tail
""",
        id="all goes behind a block that keeps its line breaks",
    ),
    pytest.param(
        "? A\n: x\t# tab\nL:\n  - y\t# tab\n",
        [Set(("A",), {"b": 1}), Set(("L", 0), {"Fn::If": ["C", {"a": 1}, {"b": 2}]})],
        "? A\n: # tab\n  b: 1\nL:\n  - !If\t# tab\n    - C\n    - a: 1\n    - b: 2\n",
        id="a tab behind the colon of an explicit key",
    ),
    pytest.param(
        "A: # of A\n  # of a\n  a: !Ref P\n  b: 1\nB: 2\n",
        [Set(("A",), {"Fn::If": ["C", {"a": {"Ref": "P"}, "b": 1}, {"Ref": "AWS::NoValue"}]})],
        "A: # of A\n  # of a\n  Fn::If:\n    - C\n    - a: !Ref P\n      b: 1\n    - !Ref AWS::NoValue\nB: 2\n",
        id="a function around a mapping leaves the line of the key as it is",
    ),
    pytest.param(
        """\
A: # of A
  a: !Ref P # of a

  # of b
  b: |
    text

    more
  c: "x
    y"
B:
  # of all
  - 1 # one
  - 2
C:
  - - x # x
    - y
  -   d: 1
      # of e
      e:
      - 1
""",
        [
            Set(
                ("A",),
                {"Fn::If": ["IsC", {"a": {"Ref": "P"}, "b": "text\n\nmore\n", "c": "x y"}, {"Ref": "AWS::NoValue"}]},
            ),
            Set(("B",), {"Fn::If": ["IsC", [1, 2], [3]]}),
            Set(("C", 0), {"Fn::If": ["IsC", ["x", "y"], {"Ref": "AWS::NoValue"}]}),
            Set(("C", 1), {"Fn::If": ["IsC", {"d": 1, "e": [1]}, {"f": {"g": 2}}]}),
        ],
        """\
A: # of A
  Fn::If:
    - IsC
    - a: !Ref P # of a

      # of b
      b: |
        text

        more
      c: "x
        y"
    - !Ref AWS::NoValue
B:
  # of all
  Fn::If:
    - IsC
    - - 1 # one
      - 2
    - - 3
C:
  - !If
    - IsC
    - - x # x
      - y
    - !Ref AWS::NoValue
  -   !If
      - IsC
      - d: 1
        # of e
        e:
        - 1
      - f:
          g: 2
""",
        id="a condition around what has comments moves its lines further in",
    ),
    pytest.param(
        """\
A: &a # of A
  a: 1 # of a
B: &b
  - 1 # one
C:
  a: 1 # of a
  b: |
    text
D:
- 1 # one
- 2
""",
        [
            Set(("D",), {"Fn::If": ["IsC", [1, 2], 2]}),
            Set(("A",), {"Fn::If": ["IsC", {"a": 1}, 2]}),
            Set(("C",), {"Fn::If": ["IsC", {"a": 1, "b": "text\n"}, 2]}),
        ],
        """\
A: &a # of A
  # of a
  Fn::If:
    - IsC
    - a: 1
    - 2
B: &b
  - 1 # one
C:
  # of a
  Fn::If:
    - IsC
    - a: 1
      b: |
        text
    - 2
D:
  Fn::If:
    - IsC
    - - 1 # one
      - 2
    - 2
""",
        id="not with an anchor, nor with a block at its end",
    ),
    pytest.param(
        """\
R:
  A: x
      # deep

      # and deeper
   # not so deep
  B: y
""",
        [Set(("R", "A"), "a\nb\n")],
        """\
R:
  A: |
    a
    b
  # deep

      # and deeper
   # not so deep
  B: y
""",
        id="a literal block above a deeper comment",
    ),
    pytest.param(
        """\
A: |
  x
B: 1
  # deep
    # tail
""",
        [Remove(("B",))],
        """\
A: |
  x
# deep
# tail
""",
        id="deep comments behind what goes below a block",
    ),
    pytest.param(
        "L:\n - - |\n      a\n\n     \n   - b\n",
        [Set(("L", 0, 0), "a\nb")],
        "L:\n - - |-\n     a\n     b\n\n     \n   - b\n",
        id="a literal block written anew above blanks",
    ),
    pytest.param(
        "'A':\n  'B': 1\n  C: 2\n",
        [Insert(("A", "New"), {"Fn::If": ["x", {"a": 1}, 2]})],
        "'A':\n  'B': 1\n  C: 2\n  'New': !If\n    - x\n    - 'a': 1\n    - 2\n",
        id="an author who writes keys in quotes",
    ),
    pytest.param(
        "A:  # head\n\n    a: 1  # one\n  # of b\n    b:\n      c: 2  # two\n    # end\nB: 3\n",
        [Set(("A",), {"c": "x\n", "d": [1]})],
        "A:  # head\n\n    # one\n  # of b\n    # two\n    c: |\n        x\n    d:\n        - 1\n    # end\nB: 3\n",
        id="a mapping in the place of one with comments",
    ),
    pytest.param(
        "A:\n    -   a: 1  # one\n    -   b\nB: 3\n",
        [Remove(("A", 0)), Remove(("A", 1)), Append(("A",), {"d": 2})],
        "A:\n    # one\n    -   d: 2\nB: 3\n",
        id="a list in the place of one with comments",
    ),
    pytest.param(
        "A:\n  Fn::GetAtt: [B, Arn]  # why\nB: !Ref C\nD: !Ref C",
        [Set(("A",), {"Ref": "B"})],
        "A:\n  # why\n  Ref: B\nB: !Ref C\nD: !Ref C",
        id="a function in long form stays so",
    ),
    pytest.param(
        "A: text\nB:\n  Fn::Transform: {Name: AWS::Include}\nC:\n  Fn::Transform: {Name: AWS::Include}\nD: !Ref E\n",
        [Set(("A",), {"Ref": "B"})],
        "A: !Ref B\nB:\n  Fn::Transform: {Name: AWS::Include}\nC:\n  Fn::Transform: {Name: AWS::Include}\nD: !Ref E\n",
        id="transforms, which stand in long form, say nothing of other functions",
    ),
    pytest.param(
        "A:\n  B: 1\nC:\n  D:\n    E: 1\n\n  F:\n    G: 1\n",
        [Insert(("A", "H"), 2), Insert(("C", "I"), {"J": 1})],
        "A:\n  B: 1\n  H: 2\nC:\n  D:\n    E: 1\n\n  F:\n    G: 1\n\n  I:\n    J: 1\n",
        id="one line beside one line, though longer parts keep their distance",
    ),
    pytest.param(
        "A:\n  B: 1\nC:\n  D:\n    E: 1\n\n  F:\n    G: 1\n",
        [Insert(("A", "H"), {"I": 2})],
        "A:\n  B: 1\n\n  H:\n    I: 2\nC:\n  D:\n    E: 1\n\n  F:\n    G: 1\n",
        id="several lines beside one line",
    ),
    pytest.param(
        "A:\n  Fn::GetAtt: [B, Arn]\nB: !Ref C\nD: !Ref C\n",
        [Set(("A",), "text")],
        "A: text\nB: !Ref C\nD: !Ref C\n",
        id="a text in the place of a function in long form",
    ),
    pytest.param(
        '"A": {"Fn::Sub": "a"}\n"B":\n  - {"Ref": "P"}\n  - "text"\n"C": ["text"]\n',
        [
            Set(("A",), {"Fn::GetAtt": ["X", "Arn"]}),
            Append(("B",), {"Fn::If": ["C", {"a": 1}, {"Ref": "P"}]}),
            Set(("B", 1), {"Ref": "Q"}),
            Set(("C", 0), {"Ref": "P"}),
            Insert(("D",), {"E": {"Ref": "P"}}),
        ],
        """\
"A": {"Fn::GetAtt": ["X", "Arn"]}
"B":
  - {"Ref": "P"}
  - {"Ref": "Q"}
  - "Fn::If":
      - "C"
      - "a": 1
      - {"Ref": "P"}
"C": [{"Ref": "P"}]
"D":
  "E": {"Ref": "P"}
""",
        id="functions in long form, in braces",
    ),
    pytest.param(
        "A: {'Fn::Sub': 'a'}\nB: !Ref C\nD: !Ref C\n",
        [Set(("A",), {"Ref": "B"})],
        "A: {'Ref': B}\nB: !Ref C\nD: !Ref C\n",
        id="a function in long form in braces stays so",
    ),
    pytest.param(
        "A:\n  - {Key: k, Value: !Ref P}\n  - Key: l\n    Value: v\nB:\n  - {Key: k, Value: v}\nC: {}\n",
        [Set(("C",), {"D": [{"Key": "m", "Value": {"Ref": "P"}}, {"Key": "o", "Value": ["v"]}]})],
        """\
A:
  - {Key: k, Value: !Ref P}
  - Key: l
    Value: v
B:
  - {Key: k, Value: v}
C:
  D:
    - {Key: m, Value: !Ref P}
    - Key: o
      Value:
        - v
""",
        id="small items in braces",
    ),
    pytest.param(
        '{\n "A": [{"Key": "k", "Value": {"Ref": "P"}}],\n "B": 1\n}\n',
        [Insert(("C",), [{"Key": "m", "Value": {"Ref": "P"}}, {"Key": "n", "Value": ["v"]}])],
        """\
{
 "A": [{"Key": "k", "Value": {"Ref": "P"}}],
 "B": 1,
 "C": [
  {"Key": "m", "Value": {"Ref": "P"}},
  {
   "Key": "n",
   "Value": ["v"]
  }
 ]
}
""",
        id="JSON, small items on one line",
    ),
    pytest.param(
        "A:\n- !If\n  - x  # why\n- !Sub\n  a: 1\n",
        [
            Remove(("A", 0, "Fn::If", 0)),
            Append(("A", 0, "Fn::If"), {"why": ["z"]}),
            Remove(("A", 1, "Fn::Sub", "a")),
            Insert(("A", 1, "Fn::Sub", "b"), 2),
        ],
        "A:\n- !If\n  # why\n  - why:\n    - z\n- !Sub\n  b: 2\n",
        id="all arguments of a function behind a dash",
    ),
    pytest.param(
        """\
R:
  Action: 's3:Get'
  Type: Simple
  Arn: !GetAtt 'R.Arn'
  Name: !Ref R
""",
        [
            Insert(("R", "Role"), {"Type": "Simple", "Actions": ["s3:Get", "s3:Put", "Simple: x"]}),
            Insert(("R", "Ids"), [{"Fn::GetAtt": ["B", "Arn"]}, {"Ref": "B"}, {"Fn::Sub": "x"}]),
        ],
        """\
R:
  Action: 's3:Get'
  Type: Simple
  Arn: !GetAtt 'R.Arn'
  Name: !Ref R
  Role:
    Type: Simple
    Actions:
      - 's3:Get'
      - s3:Put
      - 'Simple: x'
  Ids:
    - !GetAtt 'B.Arn'
    - !Ref B
    - !Sub x
""",
        id="strings that were written before, and the quotes of functions",
    ),
    pytest.param(
        "A: 1\n      ",
        [Set(("A",), "a\nb")],
        "A: |-\n  a\n  b",
        id="a new literal block above blanks that end the text",
    ),
    pytest.param(
        "A: |+\n  x\n  y\n\nB: 1\n",
        [Set(("A",), {"Fn::Sub": "x\nz\n\n"})],
        "A: !Sub |+\n  x\n  z\n\nB: 1\n",
        id="a function around a block that keeps its line breaks",
    ),
    pytest.param(
        """\
R: {Ref: P}
A: >+
  x
  y

B: 1

C: 2
""",
        [Set(("A",), {"Fn::Sub": "x z\n\n"}), Remove(("B",))],
        """\
R: {Ref: P}
A:
  Fn::Sub: >+
    x
    z

C: 2
""",
        id="a function in long form around a block that keeps its line breaks",
    ),
    pytest.param(
        "R: !Ref P\nA: !!str |\n  x\n  y\nB: &b |\n  x\n  y\n",
        [Set(("A",), {"Fn::Sub": "x\nz\n"}), Set(("B",), {"Fn::Sub": "x\nz\n"})],
        "R: !Ref P\nA: !Sub |\n  x\n  z\nB: !Sub |\n  x\n  z\n",
        id="a function around texts with a tag or an anchor",
    ),
    pytest.param(
        "A:\n- >\n  x\n   \n \n- B\n",
        [Remove(("A", 1))],
        "A:\n- >\n  x\n   \n",
        id="behind a folded block that ends with a line of blanks",
    ),
    pytest.param(
        "A:\n B: 1\n\n   \nC: 2\n",
        [Insert(("A", "New"), "a\nb\n")],
        "A:\n B: 1\n New: |\n  a\n  b\n\n\nC: 2\n",
        id="a new literal block above more blanks than it is indented",
    ),
    pytest.param(
        "A: |-\n  a\n  b\n",
        [Set(("A",), "\ta\nb")],
        "A: |2-\n  \ta\n  b\n",
        id="a literal block that comes to begin with a tab",
    ),
    pytest.param(
        "L:\n -\n   - |\n       a\n       \n   - b\n",
        [Set(("L", 0, 0), "a\nb")],
        "L:\n -\n   - |-\n     a\n     b\n\n   - b\n",
        id="a literal block written anew above more blanks than it is indented",
    ),
    pytest.param(
        """\
R: !Ref P
A: >-  # why
  arn:aws:s3:::b
  and words

  more
B: |2-
   arn:aws:x

  two
C: arn:aws:x
  two  # behind
D: ["arn:aws:x
  two", y]
E: >+
  arn:aws:x
  two

F: 'arn:aws:x

  two'
""",
        [
            Set(("A",), {"Fn::Sub": "arn:${P}:s3:::b and words\nmore"}),
            Set(("B",), {"Fn::Sub": " arn:${P}:x\n\ntwo"}),
            Set(("C",), {"Fn::Sub": "arn:${P}:x two"}),
            Set(("D", 0), {"Fn::Sub": "arn:${P}:x two"}),
            Set(("E",), {"Fn::Sub": "arn:${P}:x two\n\n"}),
            Set(("F",), {"Fn::Base64": "arn:${P}:x\ntwo"}),
        ],
        """\
R: !Ref P
A: !Sub >-  # why
  arn:${P}:s3:::b
  and words

  more
B: !Sub |2-
   arn:${P}:x

  two
C: !Sub arn:${P}:x
  two  # behind
D: [!Sub "arn:${P}:x
  two", y]
E: !Sub >+
  arn:${P}:x
  two

F: !Base64 'arn:${P}:x

  two'
""",
        id="a function around texts of several lines",
    ),
    pytest.param(
        """\
R: {Ref: P}
A: >-  # why
  arn:aws:s3:::b
  and words

  more
B: |2-
   arn:aws:x
 
  two
C:
    - |
     arn:aws:x
     two
    - >
        arn:aws:x
        two
D: >
     arn:aws:x
     two
""",
        [
            Set(("A",), {"Fn::Sub": "arn:${P}:s3:::b and words\nmore"}),
            Set(("B",), {"Fn::Sub": " arn:${P}:x\n\ntwo"}),
            Set(("C", 0), {"Fn::Sub": "arn:${P}:x\ntwo\n"}),
            Set(("C", 1), {"Fn::Sub": "arn:${P}:x two\n"}),
            Set(("D",), {"Fn::Sub": "arn:${P}:x two\n"}),
        ],
        """\
R: {Ref: P}
A:
  Fn::Sub: >-  # why
    arn:${P}:s3:::b
    and words

    more
B:
  Fn::Sub: |2-
     arn:${P}:x
   
    two
C:
    - Fn::Sub: |
       arn:${P}:x
       two
    - Fn::Sub: >
        arn:${P}:x
        two
D:
  Fn::Sub: >
     arn:${P}:x
     two
""",
        id="a function in long form around texts of several lines",
    ),
    pytest.param(
        'A: [one\n  two, "x\n  y"]\n',
        [Set(("A", 0), "one, two"), Set(("A", 1), "x, y")],
        'A: ["one, two", "x,\n  y"]\n',
        id="plain words in a flow collection",
    ),
    pytest.param(
        """\
A: x
B: y
""",
        [Set(("A",), "#!/bin/sh\n\necho 1\n"), Insert(("C",), "  a\nb")],
        """\
A: |
  #!/bin/sh

  echo 1
B: y
C: |2-
    a
  b
""",
        id="a new literal block",
    ),
    pytest.param(
        """\
A: !Sub x  # why
""",
        [Set(("A",), {"Fn::Sub": "a\nb\n"})],
        """\
A: !Sub |  # why
  a
  b
""",
        id="a literal block in place of a function",
    ),
    pytest.param(
        """\
A: |2-
    x
   y # no comment

  z
B: 1
""",
        [Set(("A",), "  x\nnew\n y # no comment\n\nz")],
        """\
A: |2-
    x
  new
   y # no comment

  z
B: 1
""",
        id="lines of a literal block",
    ),
    pytest.param(
        """\
A: >-
  some words that
  are folded
""",
        [Set(("A",), "some words which are folded")],
        """\
A: >-
  some words which
  are folded
""",
        id="words of a folded block",
    ),
    pytest.param(
        """\
A: "some words
  in quotes"
""",
        [Set(("A",), "some words in brackets")],
        """\
A: "some words
  in brackets"
""",
        id="words of quoted lines",
    ),
    pytest.param(
        """\
A: 'a'
B: "b"
C: c
""",
        [Set(("A",), "it's"), Set(("B",), 'q"\\'), Set(("C",), "yes")],
        "A: 'it''s'\nB: \"q\\\"\\\\\"\nC: 'yes'\n",
        id="quotes stay",
    ),
    pytest.param(
        """\
A: 1
""",
        [
            Set(
                ("A",),
                [
                    "on",
                    "08",
                    "123456789012",
                    "1e3",
                    "0x1F",
                    "12:30:45",
                    "2012-10-17",
                    "null",
                    "~",
                    "",
                    "a: b",
                    "#",
                    "-",
                    "=",
                    "<<",
                ],
            )
        ],
        """\
A:
  - "on"
  - "08"
  - "123456789012"
  - "1e3"
  - "0x1F"
  - "12:30:45"
  - "2012-10-17"
  - "null"
  - "~"
  - ""
  - "a: b"
  - "#"
  - "-"
  - "="
  - "<<"
""",
        id="quotes where YAML 1.1 needs them",
    ),
    pytest.param(
        """\
A: 1
B: 2
""",
        [Insert(("C",), 3, before("X"))],
        """\
A: 1
B: 2
C: 3
""",
        id="a sibling that is not there",
    ),
    pytest.param(
        """\
A: !Sub '${B}-a'
C: !Sub '${D}'
""",
        [Set(("A",), {"Fn::Sub": "${B}-b"}), Insert(("E",), {"Fn::Sub": "${F}"})],
        """\
A: !Sub '${B}-b'
C: !Sub '${D}'
E: !Sub '${F}'
""",
        id="a Sub in the author's quotes",
    ),
    pytest.param(
        """\
A: !Sub ${B}
""",
        [Insert(("C",), ["yes", "a: b"])],
        """\
A: !Sub ${B}
C:
  - "yes"
  - "a: b"
""",
        id="quotes where the author had need of none",
    ),
    pytest.param(
        """\
A: !Join ['-', [a, !Ref B]]  # why
""",
        [Set(("A", "Fn::Join", 1, 1, "Ref"), "C"), Append(("A", "Fn::Join", 1), "d")],
        """\
A: !Join ['-', [a, !Ref C, d]]  # why
""",
        id="argument of a short function",
    ),
    pytest.param(
        """\
A: !Ref x
B: !GetAtt a.b
""",
        [Set(("A", "Ref"), 1), Set(("B", "Fn::GetAtt"), ["a.b", "c"])],
        """\
A:
  Ref: 1
B:
  Fn::GetAtt:
    - a.b
    - c
""",
        id="what follows !Ref and !GetAtt is text",
    ),
    pytest.param(
        """\
A: !Sub  # about
  # more
  - a
  - b: 1
""",
        [Append(("A", "Fn::Sub"), "c"), Remove(("A", "Fn::Sub", 0))],
        """\
A: !Sub  # about
  # more
  - b: 1
  - c
""",
        id="a tag and comments before the content",
    ),
    pytest.param(
        """\
A:
  B:  # one
    # two
    - x  # three
C: 1
""",
        [Set(("A", "B"), "z")],
        """\
A:
  # one
  # two
  B: z  # three
C: 1
""",
        id="comments in a value that goes",
    ),
    pytest.param(
        """\
A: 1
# why
B: 2
""",
        [Comment(("B",), "why\nso")],
        """\
A: 1
# why
# so
B: 2
""",
        id="a comment that is there already",
    ),
    pytest.param(
        """\
A: !Cidr [a, !Ref b]
""",
        [Comment(("A", "Fn::Cidr", 1), "why"), Rename(("A", "Fn::Cidr"), "Fn::New")],
        """\
# why
A:
  Fn::New:
    - a
    - !Ref b
""",
        id="a comment inside a function that is written anew",
    ),
    pytest.param(
        """\
A: !GetAtt b.c
""",
        [Comment(("A", "Fn::GetAtt", 1), "why")],
        """\
# why
A: !GetAtt b.c
""",
        id="a comment on what has no line",
    ),
    pytest.param(
        """\
L:
  - a: 1
    b: 2
""",
        [Comment(("L", 0, "a"), "why"), Comment(("L", 0, "b"), "so")],
        """\
L:
  # why
  - a: 1
    # so
    b: 2
""",
        id="a comment in a compact item",
    ),
    pytest.param(
        """\
%YAML 1.1
--- # head
A: 1
...
# tail
""",
        [Insert(("B",), 2), Set(("A",), {"x": 1})],
        """\
%YAML 1.1
--- # head
A:
  x: 1
B: 2
...
# tail
""",
        id="document markers",
    ),
    pytest.param(
        "A:\r\n  B: 1\r\n\r\n  C: 2\r\n",
        [Insert(("A", "D"), {"x": "l\nm"}), Set(("A", "B"), [1])],
        "A:\r\n  B:\r\n    - 1\r\n\r\n  C: 2\r\n\r\n  D:\r\n    x: |-\r\n      l\r\n      m\r\n",
        id="CRLF",
    ),
    pytest.param(
        "A:\r  B: 1\r",
        [Insert(("A", "D"), 2)],
        "A:\r  B: 1\r  D: 2\r",
        id="CR",
    ),
    pytest.param(
        "A: 1\r\nB: 2\nC: 3\r\n",
        [Insert(("X",), 1, after("A")), Insert(("W",), 2, after("B"))],
        "A: 1\r\nX: 1\r\nB: 2\nW: 2\nC: 3\r\n",
        id="mixed line ends take the neighbour's",
    ),
    pytest.param(
        '{\r\n  "A": 1\r\n}\r\n',
        [Insert(("B",), {"c": [1]})],
        '{\r\n  "A": 1,\r\n  "B": {\r\n    "c": [\r\n      1\r\n    ]\r\n  }\r\n}\r\n',
        id="CRLF in JSON",
    ),
    pytest.param(
        """\
A:
  B: 1""",
        [Insert(("A", "C"), {"x": 1})],
        """\
A:
  B: 1
  C:
    x: 1""",
        id="no final newline",
    ),
    pytest.param(
        """\
A: |
  x""",
        [Insert(("B",), 1)],
        """\
A: |-
  x
B: 1""",
        id="no final newline after a literal block",
    ),
    pytest.param(
        """\
R:
  A:
    T: 1

  B:
    T: 2""",
        [Insert(("R", "C"), {"T": 3}), Insert(("R", "D"), {"T": 4})],
        """\
R:
  A:
    T: 1

  B:
    T: 2

  C:
    T: 3

  D:
    T: 4""",
        id="no final newline, blank lines between entries",
    ),
    pytest.param(
        """\
A: 1

B: |+
  x""",
        [Insert(("C",), 1)],
        """\
A: 1

B: |-
  x

C: 1""",
        id="no final newline after a literal block that keeps line breaks, blank lines between entries",
    ),
    pytest.param(
        """\
A: 1

B: |
  x""",
        [Remove(("B",))],
        """\
A: 1""",
        id="no final newline, the last entry goes",
    ),
    pytest.param(
        """\
R:
  A:
    T: 1

    P: 2

  B: 3""",
        [Remove(("R", "A", "P")), Remove(("R", "B"))],
        """\
R:
  A:
    T: 1""",
        id="no final newline, the last entries go",
    ),
    pytest.param(
        "\ufeffA:\n    B: 1\n",
        [Comment(("A",), "why"), Insert(("A", "C"), {"D": 2})],
        "\ufeff# why\nA:\n    B: 1\n    C:\n        D: 2\n",
        id="byte order mark",
    ),
    pytest.param(
        '\ufeff{"A": 1}',
        [Insert(("B",), "é😀")],
        '\ufeff{"A": 1, "B": "é😀"}',
        id="byte order mark before JSON",
    ),
    pytest.param(
        """\
A: 😀 # 😀
B: {C: '😀', D: x}
""",
        [Set(("B", "D"), "😀"), Insert(("E",), "\u2028\x85")],
        'A: 😀 # 😀\nB: {C: \'😀\', D: "😀"}\nE: "\\u2028\\u0085"\n',
        id="characters beyond the BMP",
    ),
    pytest.param(
        '{"A": "\\ud83d", "B": {"C": 1}}',
        [Set(("B", "C"), "\ud83d")],
        '{"A": "\\ud83d", "B": {"C": "\\ud83d"}}',
        id="half a surrogate pair",
    ),
    pytest.param(
        """\
A: &a {x: 1}
B: *a
C: 1
""",
        [Set(("C",), 2), Comment(("B",), "why"), Rename(("A",), "X")],
        """\
X: &a {x: 1}
# why
B: *a
C: 2
""",
        id="aliases elsewhere",
    ),
    pytest.param(
        """\
A:
  x: &a 1
  y: *a
C: 1
""",
        [Remove(("A",))],
        """\
C: 1
""",
        id="an anchor that goes with its aliases",
    ),
    pytest.param(
        """\
A: &a {x: 1}
B:
  <<: *a
  y: 2
""",
        [Set(("B", "y"), 3), Insert(("B", "z"), 4), Remove(("B", "y"))],
        """\
A: &a {x: 1}
B:
  <<: *a
  z: 4
""",
        id="own entries of a mapping with a merge key",
    ),
    pytest.param(
        "A: 1\t# one\nB: 2\n",
        [Set(("A",), 3), Insert(("C",), 4, after("A"))],
        "A: 3\t# one\nC: 4\nB: 2\n",
        id="tabs before a comment",
    ),
    pytest.param(
        """\
A: [1, 2,]
B: {c: 1,
    d: 2,
  }
""",
        [Append(("A",), 3), Remove(("B", "d")), Insert(("B", "e"), 3)],
        """\
A: [1, 2, 3,]
B: {c: 1,
    e: 3,
  }
""",
        id="a comma at the end, and none",
    ),
    pytest.param(
        """\
A: [ 1,  2 ]
B: { c: 1 }
""",
        [Append(("A",), 3), Insert(("D",), {"Fn::Join": [",", ["x", {"a": 1}]]})],
        """\
A: [ 1,  2,  3 ]
B: { c: 1 }
D: !Join
  - ","
  - - x
    - a: 1
""",
        id="the author's blanks inside brackets",
    ),
    pytest.param(
        """\
L:
-   a: 1
    b: 2
""",
        [Append(("L",), {"c": {"d": 1}, "e": [1]}), Set(("L", 0), {"x": 1, "z": 2})],
        """\
L:
-   x: 1
    z: 2
-   c:
        d: 1
    e:
    -   1
""",
        id="wide dashes",
    ),
]


@pytest.mark.parametrize(("old", "operations", "new"), CASES)
def test_edit(old: str, operations: list[Operation], new: str) -> None:
    document = parse(old)
    text = edit(document, operations)
    assert text == new
    assert broken(document, text, operations) is None
