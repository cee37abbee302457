"""Edits of JSON, in the layouts that tools write and in one that people do."""

# ruff: noqa: E501 - the lines of templates

from __future__ import annotations

import json

import pytest

from fixer.model import FIRST, Insert, Operation, Remove, after
from fixer.syntax.changes import plan, rewritten
from fixer.syntax.edit import edit
from fixer.syntax.parse import parse
from tests.syntax.tables import OPERATIONS, cases, check, difference

SHORT = """\
{
    "Resources": {
        "A": {
            "Type": "AWS::SNS::Topic",
            "Properties": {
                "Name": "a",
                "Tags": [
                    { "Key": "k", "Value": "v" },
                    { "Key": "l", "Value": { "Ref": "P" } }
                ]
            }
        },
        "B": { "Type": "AWS::SQS::Queue" }
    },
    "Outputs": {
        "A": { "Value": { "Ref": "A" } }
    }
}
"""

SHORT_EDITS = r"""
## set a scalar
             "Properties": {
-                "Name": "a",
+                "Name": "new",
                 "Tags": [

## set a function
             "Properties": {
-                "Name": "a",
+                "Name": { "Fn::Sub": "${AWS::StackName}-a" },
                 "Tags": [

## set a mapping
             "Properties": {
-                "Name": "a",
+                "Name": {
+                    "Fn::If": [
+                        "C",
+                        {
+                            "a": "b"
+                        },
+                        { "Ref": "AWS::NoValue" }
+                    ]
+                },
                 "Tags": [

## set a scalar for a mapping
                 "Tags": [
-                    { "Key": "k", "Value": "v" },
+                    "x",
                     { "Key": "l", "Value": { "Ref": "P" } }

## set deep in a list
                 "Tags": [
-                    { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
+                    { "Key": "k", "Value": "w" },
+                    { "Key": "l", "Value": { "Ref": "P" } },
+                    { "Key": "m", "Value": "n" }
                 ]

## insert last
                     { "Key": "l", "Value": { "Ref": "P" } }
-                ]
+                ],
+                "Last": {
+                    "a": 1,
+                    "b": [true, "yes"]
+                }
             }

## insert first
             "Properties": {
+                "First": "1",
                 "Name": "a",

## insert before
                 "Name": "a",
+                "New": { "Fn::GetAtt": ["B", "Arn"] },
                 "Tags": [

## insert after
                 "Name": "a",
+                "New": [],
                 "Tags": [

## insert a resource
         },
-        "B": { "Type": "AWS::SQS::Queue" }
+        "B": { "Type": "AWS::SQS::Queue" },
+        "C": {
+            "Type": "AWS::SNS::Topic",
+            "Properties": {
+                "Name": { "Ref": "A" }
+            }
+        }
     },

## insert a resource between
         },
+        "C": {
+            "Type": "AWS::SNS::Topic"
+        },
         "B": { "Type": "AWS::SQS::Queue" }

## insert sections
 {
+    "Parameters": {
+        "P": {
+            "Type": "String"
+        }
+    },
+    "Conditions": {
+        "C": { "Fn::Equals": [{ "Ref": "P" }, ""] }
+    },
     "Resources": {

## insert missing Properties
         },
-        "B": { "Type": "AWS::SQS::Queue" }
+        "B": { "Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain", "Properties": { "Tags": [{ "Key": "m", "Value": "n" }] } }
     },

## insert into an item
                 "Tags": [
-                    { "Key": "k", "Value": "v" },
+                    { "New": 1, "Key": "k", "Value": "v" },
                     { "Key": "l", "Value": { "Ref": "P" } }

## append
                     { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
+                    { "Key": "l", "Value": { "Ref": "P" } },
+                    { "Key": "m", "Value": { "Ref": "AWS::StackName" } }
                 ]

## append first
                 "Tags": [
+                    { "Key": "m", "Value": "n" },
                     { "Key": "k", "Value": "v" },

## append between
                     { "Key": "k", "Value": "v" },
+                    { "Key": "m", "Value": "n" },
                     { "Key": "l", "Value": { "Ref": "P" } }

## remove first
             "Properties": {
-                "Name": "a",
                 "Tags": [

## remove last
             "Properties": {
-                "Name": "a",
-                "Tags": [
-                    { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
-                ]
+                "Name": "a"
             }

## remove all
             "Type": "AWS::SNS::Topic",
-            "Properties": {
-                "Name": "a",
-                "Tags": [
-                    { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
-                ]
-            }
+            "Properties": {}
         },

## remove a resource
     "Resources": {
-        "A": {
-            "Type": "AWS::SNS::Topic",
-            "Properties": {
-                "Name": "a",
-                "Tags": [
-                    { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
-                ]
-            }
-        },
         "B": { "Type": "AWS::SQS::Queue" }

## remove an item
                 "Tags": [
-                    { "Key": "k", "Value": "v" },
                     { "Key": "l", "Value": { "Ref": "P" } }

## remove the last item
                 "Tags": [
-                    { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
+                    { "Key": "k", "Value": "v" }
                 ]

## remove within an item
                 "Tags": [
-                    { "Key": "k", "Value": "v" },
+                    { "Value": "v" },
                     { "Key": "l", "Value": { "Ref": "P" } }

## rename
     "Resources": {
-        "A": {
+        "Topic": {
             "Type": "AWS::SNS::Topic",
...
                     { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
+                    { "Key": "l", "yes": { "Ref": "P" } }
                 ]

## comment

## remove and append
             "Properties": {
+                "New": 1,
                 "Name": "a",
                 "Tags": [
-                    { "Key": "k", "Value": "v" },
-                    { "Key": "l", "Value": { "Ref": "P" } }
+                    { "Key": "l", "Value": { "Ref": "P" } },
+                    { "Key": "m", "Value": "n" }
                 ]

"""


@pytest.mark.parametrize(("template", "operations", "expected"), cases(SHORT, SHORT_EDITS))
def test_small_things_on_one_line(template: str, operations: list[Operation], expected: str) -> None:
    check(template, operations, expected)


LAYOUTS = {
    "two blanks": {"indent": 2},
    "four blanks": {"indent": 4},
    "one blank": {"indent": 1},
    "tabs": {"indent": "\t"},
    "tabs, no blank after the colon": {"indent": "\t", "separators": (",", ":")},
    "one line": {},
    "one line, compact": {"separators": (",", ":")},
    "one line, wide": {"separators": (" , ", " : ")},
}


@pytest.mark.parametrize("operations", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layout_of_a_tool_is_kept(layout: dict[str, object], operations: list[Operation]) -> None:
    """What a tool wrote is, after an edit, what the same tool would write."""
    data = json.loads(SHORT)
    document = parse(json.dumps(data, **layout) + "\n")  # type: ignore[arg-type]
    declared = rewritten(data, plan(data, operations))
    assert edit(document, operations) == json.dumps(declared, **layout) + "\n"  # type: ignore[arg-type]


SPACED = """\
{
  "Parameters": {
    "P": 1
  },

  "Resources": {
    "A": {
      "Type": "X"
    },
    \t
    "B": {
      "Type": "Y"
    }
  }
}
"""


def test_blank_lines_between_entries() -> None:
    operations = [
        Insert(("Resources", "First"), {}, FIRST),
        Insert(("Resources", "C"), {}, after("A")),
        Insert(("Resources", "D"), {}),
        Insert(("Resources", "E"), {}),
        Insert(("Resources", "B", "Z"), 1),
        Insert(("Outputs",), {"a": 1}),
    ]
    text = edit(parse(SPACED), operations)
    assert (
        difference(SPACED, text)
        == """\
   "Resources": {
+    "First": {},
+
     "A": {
...
     \t
+    "C": {},
+
     "B": {
-      "Type": "Y"
-    }
+      "Type": "Y",
+      "Z": 1
+    },
+
+    "D": {},
+
+    "E": {}
+  },
+
+  "Outputs": {
+    "a": 1
   }

"""
    )
    back = edit(parse(text), [Remove(("Resources", key)) for key in ("First", "C", "D", "E")])
    assert back == edit(parse(SPACED), operations[-2:])


def test_braces_on_lines_of_their_own() -> None:
    text = '{\n  "A" :\n  {\n    "B" :\n    {\n      "C" : 1\n    }\n  }\n}\n'
    assert edit(parse(text), [Insert(("A", "B", "D"), 2)]) == text.replace('"C" : 1', '"C" : 1,\n      "D" : 2')
