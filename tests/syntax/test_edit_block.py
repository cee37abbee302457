"""Edits of block style: a template with comments and blank lines, and one that is dense, quoted, in long form and with
wide dashes.
"""

from __future__ import annotations

import pytest

from fixer.model import Operation
from tests.syntax.tables import cases, check

LOOSE = """\
# the whole template
Resources:
  # about A
  A:
    Type: AWS::SNS::Topic  # a topic
    Properties:
      Name: a
      # about Tags
      Tags:
        - Key: k  # first
          Value: v
        - Key: l
          Value: !Ref P

  B:
    Type: AWS::SQS::Queue
    # end of B

Outputs:
  A:
    Value: !Ref A
"""

LOOSE_EDITS = r"""
## set a scalar
     Properties:
-      Name: a
+      Name: new
       # about Tags

## set a function
     Properties:
-      Name: a
+      Name: !Sub ${AWS::StackName}-a
       # about Tags

## set a mapping
     Properties:
-      Name: a
+      Name: !If
+        - C
+        - a: b
+        - !Ref AWS::NoValue
       # about Tags

## set a scalar for a mapping
       Tags:
-        - Key: k  # first
-          Value: v
+        # first
+        - x
         - Key: l

## set deep in a list
         - Key: k  # first
-          Value: v
+          Value: w
         - Key: l
           Value: !Ref P
+        - Key: m
+          Value: "n"


## insert last
           Value: !Ref P
+      Last:
+        a: 1
+        b:
+          - true
+          - "yes"


## insert first
     Properties:
+      First: "1"
       Name: a

## insert before
       Name: a
+      New: !GetAtt B.Arn
       # about Tags

## insert after
       Name: a
+      New: []
       # about Tags

## insert a resource

+  C:
+    Type: AWS::SNS::Topic
+    Properties:
+      Name: !Ref A
+
 Outputs:

## insert a resource between

+  C:
+    Type: AWS::SNS::Topic
+
   B:

## insert sections
 # the whole template
+Parameters:
+  P:
+    Type: String
+
+Conditions:
+  C: !Equals [!Ref P, ""]
+
 Resources:

## insert missing Properties
     # end of B
+    DeletionPolicy: Retain
+    Properties:
+      Tags:
+        - Key: m
+          Value: "n"


## insert into an item
       Tags:
-        - Key: k  # first
+        - New: 1
+          Key: k  # first
           Value: v

## append
           Value: !Ref P
+        - Key: m
+          Value: !Ref AWS::StackName


## append first
       Tags:
+        - Key: m
+          Value: "n"
         - Key: k  # first

## append between
           Value: v
+        - Key: m
+          Value: "n"
         - Key: l

## remove first
     Properties:
-      Name: a
       # about Tags

## remove last
       # about Tags
-      Tags:
-        - Key: k  # first
-          Value: v
-        - Key: l
-          Value: !Ref P
+      # first


## remove all
     Type: AWS::SNS::Topic  # a topic
-    Properties:
-      Name: a
-      # about Tags
-      Tags:
-        - Key: k  # first
-          Value: v
-        - Key: l
-          Value: !Ref P
+    # about Tags
+    # first
+    Properties: {}


## remove a resource
   # about A
-  A:
-    Type: AWS::SNS::Topic  # a topic
-    Properties:
-      Name: a
-      # about Tags
-      Tags:
-        - Key: k  # first
-          Value: v
-        - Key: l
-          Value: !Ref P
+  # a topic
+  # about Tags
+  # first


## remove an item
       Tags:
-        - Key: k  # first
-          Value: v
+        # first
         - Key: l

## remove the last item
           Value: v
-        - Key: l
-          Value: !Ref P


## remove within an item
       Tags:
-        - Key: k  # first
-          Value: v
+        # first
+        - Value: v
         - Key: l

## rename
   # about A
-  A:
+  Topic:
     Type: AWS::SNS::Topic  # a topic
...
         - Key: l
-          Value: !Ref P
+          "yes": !Ref P


## comment
       # about Tags
+      # why
+      # so
       Tags:
...
           Value: v
+        # the other
         - Key: l

## remove and append
     Properties:
+      New: 1
       Name: a
...
       Tags:
-        - Key: k  # first
-          Value: v
+        # first
         - Key: l
           Value: !Ref P
+        - Key: m
+          Value: "n"


"""

DENSE = """\
Resources:
    A:
        Type: "AWS::SNS::Topic"
        Properties:
            Name: "a"
            Tags:
            -   Key: "k"
                Value: "v"
            -   Key: "l"
                Value:
                    Ref: "P"
    B:
        Type: "AWS::SQS::Queue"
Outputs:
    A:
        Value:
            Ref: "A"
"""

DENSE_EDITS = r"""
## set a scalar
         Properties:
-            Name: "a"
+            Name: "new"
             Tags:

## set a function
         Properties:
-            Name: "a"
+            Name:
+                Fn::Sub: "${AWS::StackName}-a"
             Tags:

## set a mapping
         Properties:
-            Name: "a"
+            Name:
+                Fn::If:
+                -   "C"
+                -   a: "b"
+                -   Ref: "AWS::NoValue"
             Tags:

## set a scalar for a mapping
             Tags:
-            -   Key: "k"
-                Value: "v"
+            -   "x"
             -   Key: "l"

## set deep in a list
             -   Key: "k"
-                Value: "v"
+                Value: "w"
             -   Key: "l"
...
                     Ref: "P"
+            -   Key: "m"
+                Value: "n"
     B:

## insert last
                     Ref: "P"
+            Last:
+                a: 1
+                b:
+                -   true
+                -   "yes"
     B:

## insert first
         Properties:
+            First: "1"
             Name: "a"

## insert before
             Name: "a"
+            New:
+                Fn::GetAtt:
+                -   "B"
+                -   "Arn"
             Tags:

## insert after
             Name: "a"
+            New: []
             Tags:

## insert a resource
         Type: "AWS::SQS::Queue"
+    C:
+        Type: "AWS::SNS::Topic"
+        Properties:
+            Name:
+                Ref: "A"
 Outputs:

## insert a resource between
                     Ref: "P"
+    C:
+        Type: "AWS::SNS::Topic"
     B:

## insert sections
+Parameters:
+    P:
+        Type: "String"
+Conditions:
+    C:
+        Fn::Equals:
+        -   Ref: "P"
+        -   ""
 Resources:

## insert missing Properties
         Type: "AWS::SQS::Queue"
+        DeletionPolicy: "Retain"
+        Properties:
+            Tags:
+            -   Key: "m"
+                Value: "n"
 Outputs:

## insert into an item
             Tags:
-            -   Key: "k"
+            -   New: 1
+                Key: "k"
                 Value: "v"

## append
                     Ref: "P"
+            -   Key: "m"
+                Value:
+                    Ref: "AWS::StackName"
     B:

## append first
             Tags:
+            -   Key: "m"
+                Value: "n"
             -   Key: "k"

## append between
                 Value: "v"
+            -   Key: "m"
+                Value: "n"
             -   Key: "l"

## remove first
         Properties:
-            Name: "a"
             Tags:

## remove last
             Name: "a"
-            Tags:
-            -   Key: "k"
-                Value: "v"
-            -   Key: "l"
-                Value:
-                    Ref: "P"
     B:

## remove all
         Type: "AWS::SNS::Topic"
-        Properties:
-            Name: "a"
-            Tags:
-            -   Key: "k"
-                Value: "v"
-            -   Key: "l"
-                Value:
-                    Ref: "P"
+        Properties: {}
     B:

## remove a resource
 Resources:
-    A:
-        Type: "AWS::SNS::Topic"
-        Properties:
-            Name: "a"
-            Tags:
-            -   Key: "k"
-                Value: "v"
-            -   Key: "l"
-                Value:
-                    Ref: "P"
     B:

## remove an item
             Tags:
-            -   Key: "k"
-                Value: "v"
             -   Key: "l"

## remove the last item
                 Value: "v"
-            -   Key: "l"
-                Value:
-                    Ref: "P"
     B:

## remove within an item
             Tags:
-            -   Key: "k"
-                Value: "v"
+            -   Value: "v"
             -   Key: "l"

## rename
 Resources:
-    A:
+    Topic:
         Type: "AWS::SNS::Topic"
...
             -   Key: "l"
-                Value:
+                "yes":
                     Ref: "P"

## comment
             Name: "a"
+            # why
+            # so
             Tags:
...
                 Value: "v"
+            # the other
             -   Key: "l"

## remove and append
         Properties:
+            New: 1
             Name: "a"
             Tags:
-            -   Key: "k"
-                Value: "v"
             -   Key: "l"
...
                     Ref: "P"
+            -   Key: "m"
+                Value: "n"
     B:

"""


@pytest.mark.parametrize(("template", "operations", "expected"), cases(LOOSE, LOOSE_EDITS))
def test_loose(template: str, operations: list[Operation], expected: str) -> None:
    check(template, operations, expected)


@pytest.mark.parametrize(("template", "operations", "expected"), cases(DENSE, DENSE_EDITS))
def test_dense(template: str, operations: list[Operation], expected: str) -> None:
    check(template, operations, expected)
