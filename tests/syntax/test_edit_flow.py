"""Edits of flow style in YAML: on one line, and on many lines with comments, with and without a comma at the end."""

# ruff: noqa: E501 - the lines of templates

from __future__ import annotations

import pytest

from fixer.model import FIRST, Insert, Operation, Remove, Rename, Set
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse
from tests.syntax.invariants import broken
from tests.syntax.tables import cases, check

ONE_LINE = """\
Resources:
  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
  B: { Type: AWS::SQS::Queue }
Outputs: {A: {Value: !Ref A}}
"""

ONE_LINE_EDITS = r"""
## set a scalar
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: new, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## set a function
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: !Sub "${AWS::StackName}-a", Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## set a mapping
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: !If [C, {a: b}, !Ref AWS::NoValue], Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## set a scalar for a mapping
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [x, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## set deep in a list
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: w}, {Key: l, Value: !Ref P}, {Key: m, Value: "n"}]}}
   B: { Type: AWS::SQS::Queue }

## insert last
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}], Last: {a: 1, b: [true, "yes"]}}}
   B: { Type: AWS::SQS::Queue }

## insert first
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {First: "1", Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## insert before
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, New: !GetAtt B.Arn, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## insert after
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, New: [], Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## insert a resource
   B: { Type: AWS::SQS::Queue }
+  C:
+    Type: AWS::SNS::Topic
+    Properties:
+      Name: !Ref A
 Outputs: {A: {Value: !Ref A}}

## insert a resource between
   A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  C:
+    Type: AWS::SNS::Topic
   B: { Type: AWS::SQS::Queue }

## insert sections
+Parameters:
+  P:
+    Type: String
+Conditions:
+  C: !Equals [!Ref P, ""]
 Resources:

## insert missing Properties
   A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
-  B: { Type: AWS::SQS::Queue }
+  B: { Type: AWS::SQS::Queue, DeletionPolicy: Retain, Properties: {Tags: [{Key: m, Value: "n"}]} }
 Outputs: {A: {Value: !Ref A}}

## insert into an item
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{New: 1, Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## append
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}, {Key: m, Value: !Ref AWS::StackName}]}}
   B: { Type: AWS::SQS::Queue }

## append first
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: m, Value: "n"}, {Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## append between
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: m, Value: "n"}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## remove first
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## remove last
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a}}
   B: { Type: AWS::SQS::Queue }

## remove all
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {}}
   B: { Type: AWS::SQS::Queue }

## remove a resource
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## remove an item
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## remove the last item
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}]}}
   B: { Type: AWS::SQS::Queue }

## remove within an item
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Value: v}, {Key: l, Value: !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## rename
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  Topic: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, "yes": !Ref P}]}}
   B: { Type: AWS::SQS::Queue }

## comment
 Resources:
+  # why
+  # so
+  # the other
   A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}

## remove and append
 Resources:
-  A: {Type: AWS::SNS::Topic, Properties: {Name: a, Tags: [{Key: k, Value: v}, {Key: l, Value: !Ref P}]}}
+  A: {Type: AWS::SNS::Topic, Properties: {New: 1, Name: a, Tags: [{Key: l, Value: !Ref P}, {Key: m, Value: "n"}]}}
   B: { Type: AWS::SQS::Queue }

"""

MANY_LINES = """\
Resources: {
  # about A
  A: {
    Type: AWS::SNS::Topic,  # a topic
    Properties: {
      Name: a,
      # about Tags
      Tags: [
        {Key: k, Value: v},  # first
        {Key: l, Value: !Ref P}  # second
      ]
    }
  },
  B: {
    Type: AWS::SQS::Queue,
  },
}
Outputs: {A: {Value: !Ref A}}
"""

MANY_LINES_EDITS = r"""
## set a scalar
     Properties: {
-      Name: a,
+      Name: new,
       # about Tags

## set a function
     Properties: {
-      Name: a,
+      Name: !Sub "${AWS::StackName}-a",
       # about Tags

## set a mapping
     Properties: {
-      Name: a,
+      Name: !If [C, {a: b}, !Ref AWS::NoValue],
       # about Tags

## set a scalar for a mapping
       Tags: [
-        {Key: k, Value: v},  # first
+        x,  # first
         {Key: l, Value: !Ref P}  # second

## set deep in a list
       Tags: [
-        {Key: k, Value: v},  # first
-        {Key: l, Value: !Ref P}  # second
+        {Key: k, Value: w},  # first
+        {Key: l, Value: !Ref P},  # second
+        {Key: m, Value: "n"}
       ]

## insert last
         {Key: l, Value: !Ref P}  # second
-      ]
+      ],
+      Last: {a: 1, b: [true, "yes"]}
     }

## insert first
     Properties: {
+      First: "1",
       Name: a,

## insert before
       Name: a,
+      New: !GetAtt B.Arn,
       # about Tags

## insert after
       Name: a,
+      New: [],
       # about Tags

## insert a resource
   },
+  C: {Type: AWS::SNS::Topic, Properties: {Name: !Ref A}},
 }

## insert a resource between
   },
+  C: {Type: AWS::SNS::Topic},
   B: {

## insert sections
+Parameters:
+  P:
+    Type: String
+Conditions:
+  C: !Equals [!Ref P, ""]
 Resources: {

## insert missing Properties
     Type: AWS::SQS::Queue,
+    DeletionPolicy: Retain,
+    Properties: {Tags: [{Key: m, Value: "n"}]},
   },

## insert into an item
       Tags: [
-        {Key: k, Value: v},  # first
+        {New: 1, Key: k, Value: v},  # first
         {Key: l, Value: !Ref P}  # second

## append
         {Key: k, Value: v},  # first
-        {Key: l, Value: !Ref P}  # second
+        {Key: l, Value: !Ref P},  # second
+        {Key: m, Value: !Ref AWS::StackName}
       ]

## append first
       Tags: [
+        {Key: m, Value: "n"},
         {Key: k, Value: v},  # first

## append between
         {Key: k, Value: v},  # first
+        {Key: m, Value: "n"},
         {Key: l, Value: !Ref P}  # second

## remove first
     Properties: {
-      Name: a,
       # about Tags

## remove last
refused: a comment stands inside the value that would be written anew
## remove all
refused: a comment stands inside the value that would be written anew
## remove a resource
   # about A
-  A: {
-    Type: AWS::SNS::Topic,  # a topic
-    Properties: {
-      Name: a,
-      # about Tags
-      Tags: [
-        {Key: k, Value: v},  # first
-        {Key: l, Value: !Ref P}  # second
-      ]
-    }
-  },
+  # a topic
+  # about Tags
+  # first
+  # second
   B: {

## remove an item
       Tags: [
-        {Key: k, Value: v},  # first
+        # first
         {Key: l, Value: !Ref P}  # second

## remove the last item
refused: a comment stands inside the value that would be written anew
## remove within an item
       Tags: [
-        {Key: k, Value: v},  # first
+        {Value: v},  # first
         {Key: l, Value: !Ref P}  # second

## rename
   # about A
-  A: {
+  Topic: {
     Type: AWS::SNS::Topic,  # a topic
...
         {Key: k, Value: v},  # first
-        {Key: l, Value: !Ref P}  # second
+        {Key: l, "yes": !Ref P}  # second
       ]

## comment
       # about Tags
+      # why
+      # so
       Tags: [
         {Key: k, Value: v},  # first
+        # the other
         {Key: l, Value: !Ref P}  # second

## remove and append
     Properties: {
+      New: 1,
       Name: a,
...
       Tags: [
-        {Key: k, Value: v},  # first
-        {Key: l, Value: !Ref P}  # second
+        # first
+        {Key: l, Value: !Ref P},  # second
+        {Key: m, Value: "n"}
       ]

"""


@pytest.mark.parametrize(("template", "operations", "expected"), cases(ONE_LINE, ONE_LINE_EDITS))
def test_one_line(template: str, operations: list[Operation], expected: str) -> None:
    check(template, operations, expected)


@pytest.mark.parametrize(("template", "operations", "expected"), cases(MANY_LINES, MANY_LINES_EDITS))
def test_many_lines(template: str, operations: list[Operation], expected: str) -> None:
    check(template, operations, expected)


NEW = Insert(("L", 0, "New"), 1)
FIRST_NEW = Insert(("L", 0, "New"), 1, FIRST)
SET_A = Set(("L", 0, "a"), "x")
ODD = [
    pytest.param("L: [a: b, c]\n", [NEW], "L: [{a: b, New: 1}, c]\n", id="a pair without braces"),
    pytest.param("L: [? a : b , c]\n", [FIRST_NEW], "L: [{New: 1, ? a : b} , c]\n", id="an explicit pair"),
    pytest.param("L: [a: b # one\n  ]\n", [NEW], "L: [{a: b, New: 1} # one\n  ]\n", id="a pair with a comment behind"),
    pytest.param("L: [a: , c]\n", [NEW, SET_A], "L: [{a: x, New: 1}, c]\n", id="a pair without a value"),
    pytest.param("L: [{a: }, c]\n", [NEW], "L: [{a: , New: 1}, c]\n", id="behind a key without a value"),
    pytest.param("L: [{a:\n  }]\n", [NEW], "L: [{a: , New: 1\n  }]\n", id="behind a colon that ends its line"),
    pytest.param("L: [{a: }]\n", [NEW, SET_A], "L: [{a: x, New: 1}]\n", id="a value and a new entry behind it"),
    pytest.param(
        "L: [{a: , b: }]\n", [Remove(("L", 0, "b")), SET_A], "L: [{a: x }]\n", id="a value where the next entry goes"
    ),
    pytest.param("L: [{a}]\n", [NEW, SET_A], "L: [{a: x, New: 1}]\n", id="a key alone gets a value"),
    pytest.param("{'L': [{'a': 1}]}\n", [NEW], "{'L': [{'a': 1, 'New': 1}]}\n", id="keys in single quotes"),
    pytest.param(
        "{\n    L: [\n        {a: 1},\n    ],\n}\n",
        [Insert(("M",), {"Text": "x" * 90, "List": [1, {"Ref": "P"}], "Long": ["y" * 90, {"Fn::Sub": "z" * 90}]})],
        f"""\
{{
    L: [
        {{a: 1}},
    ],
    M: {{
        Text: {"x" * 90},
        List: [1, !Ref P],
        Long: [
            {"y" * 90},
            !Sub {"z" * 90}
        ]
    }},
}}
""",
        id="a long value on several lines",
    ),
    pytest.param("L: [{a}]\n", [NEW, Rename(("L", 0, "a"), "b")], "L: [{b, New: 1}]\n", id="a key alone is renamed"),
    pytest.param(
        "L: [ { a: 1,\n       b: 2 } ]\n",
        [Remove(("L", 0, "a"))],
        "L: [ {\n       b: 2 } ]\n",
        id="the next keeps its line",
    ),
    pytest.param(
        '{"L": [{"a": [1,\r\n  2], "b": 3,\r\n  "c": 4}]}\r\n',
        [Remove(("L", 0, "a")), Remove(("L", 0, "b"))],
        '{"L": [{\r\n  "c": 4}]}\r\n',
        id="JSON, the next keeps its line",
    ),
    pytest.param(
        '{"L": [1, 2,\n  3]}\n', [Remove(("L", 1))], '{"L": [1,\n  3]}\n', id="JSON, an item before a line of others"
    ),
    pytest.param(
        '{"L": [\n  {\n    "a": 1, "b": 2\n  }\n]}\n',
        [NEW],
        '{"L": [\n  {\n    "a": 1, "b": 2,\n    "New": 1\n  }\n]}\n',
        id="JSON, behind entries that share a line of their own",
    ),
    pytest.param(
        "L: [{\na: 1, b: 2,\n}]\n", [NEW], "L: [{\na: 1, b: 2,\nNew: 1,\n}]\n", id="the same, with a comma at the end"
    ),
]


@pytest.mark.parametrize(("old", "operations", "new"), ODD)
def test_odd_entries(old: str, operations: list[Operation], new: str) -> None:
    document = parse(old)
    text = edit(document, operations)
    assert text == new
    assert broken(document, text, operations) is None
