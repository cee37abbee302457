"""Operations to new text. Each change is written by whoever knows the style of its place: block, flow, or a single
value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from fixer.model import EditRefused, Insert, Operation
from fixer.syntax import block, flow
from fixer.syntax.changes import KEEP, Change, plan, rewritten
from fixer.syntax.document import Document
from fixer.syntax.layout import Layout, measure
from fixer.syntax.nodes import Alias, Intrinsic, Mapping, Node, Scalar, Sequence, Style, is_long_call, parts, plain
from fixer.syntax.parse import parse
from fixer.syntax.pen import Pen
from fixer.syntax.render import intrinsic_name
from fixer.syntax.slot import Slot
from fixer.syntax.values import replace_value

_PROPERTIES = re.compile(r"[!&]\S*(?:\s+[!&]\S*)?")
_BLOCK_SCALAR = re.compile(r"[|>][-+\d]*[ \t]*(?:#[^\r\n]*)?[\r\n]")


def edit(document: Document, operations: Iterable[Operation], layout: Layout | None = None) -> str:
    """The text of a document after a batch of operations, whose paths all refer to the document as it is.

    ``layout``: how the author writes, if it is known already. Raises EditRefused, with the reason, if an operation does
    not fit or cannot be written without loss.
    """
    layout, operations = layout or measure(document), list(operations)
    text = _written(document, operations, layout)
    if document.text.endswith(("\n", "\r")):
        return text
    if not _ends_with_break(text):
        return text.rstrip("\r\n")
    # The last value ends with a line break, and the file does not: quotes can hold it, a block cannot.
    text = _written(document, operations, replace(layout, blocks=False)).rstrip("\r\n")
    if _ends_with_break(text + "\n"):
        raise EditRefused("the last value ends with a line break, and the file does not")
    return text


def _written(document: Document, operations: Iterable[Operation], layout: Layout) -> str:
    pen = Pen(document, layout)
    start = document.root.start
    root = Slot(document.root, top=start, head=start, indent=pen.column(document.root.content), flow=False)
    change = plan(document.data, operations)
    if document.data and all(key in change.children and change.children[key].removed for key in document.data):
        raise EditRefused("nothing of the template would stay")
    _Editor(pen).visit(root, change)
    text = pen.result()
    if any(isinstance(operation, Insert) and operation.source is not None for operation in operations):
        _refuse_lost_comments(document, text)
    return text


def _refuse_lost_comments(document: Document, text: str) -> None:
    """Raises EditRefused if a comment went with an entry that moved, and did not arrive."""
    left = Counter(document.text[span.start : span.end] for span in document.comments)
    if document.comments:
        new = parse(text)
        left.subtract(new.text[span.start : span.end] for span in new.comments)
    if any(count > 0 for count in left.values()):
        raise EditRefused("a comment stands inside the value that would move")


def _ends_with_break(text: str) -> bool:
    """Whether the line break at the end of a text is part of its last value."""
    shorter = text.rstrip("\r\n")
    return shorter != text and bool(_BLOCK_SCALAR.search(text)) and parse(shorter).data != parse(text).data


class _Editor(Struct, frozen=True):
    pen: Pen

    def visit(self, slot: Slot, change: Change) -> None:
        """Write what changes in a value and below it."""
        node = slot.node
        if change.set is not KEEP:
            self.refuse_aliased(node, "is used by an alias")
            replace_value(self.pen, slot, change.set)
            return
        if change.empty or (not change.alters and not change.children):
            return
        if isinstance(node, Alias):
            raise EditRefused("the value is an alias; a change would reach every place that uses its anchor")
        if change.alters:
            self.refuse_aliased(node, "has an anchor that is used elsewhere; a change would reach those places too")
        match node:
            case Mapping() | Sequence() if parts(node):
                writer = block if node.style is Style.BLOCK else flow
                writer.change(self.pen, slot, change, self.visit)
            case Intrinsic():
                self.intrinsic(slot, node, change)
            case Scalar() | Mapping() | Sequence():
                if change.alters:
                    replace_value(self.pen, slot, rewritten(plain(node), change))

    def intrinsic(self, slot: Slot, node: Intrinsic, change: Change) -> None:
        """A function in short form: its argument is edited where it stands if it can be, else all is written anew."""
        inner = change.children.get(node.name)
        if inner is not None and inner.comments:
            self.pen.comment_above(slot.top, inner.comments)
        only_argument = not change.insertions and inner is not None and not inner.removed and inner.renamed is None
        if inner is not None and only_argument:
            properties = _PROPERTIES.match(self.pen.text, node.start, node.content)
            argument = replace(slot, node=node.argument, head=properties.end() if properties else node.content)
            if parts(node.argument) and inner.set is KEEP:
                self.visit(argument, inner)
                return
            if isinstance(node.argument, Scalar) and isinstance(inner.set, str) and node.name != "Fn::GetAtt":
                replace_value(self.pen, argument, inner.set)
                return
            below = isinstance(node.argument, Mapping) and node.argument.style is Style.BLOCK
            if below and is_long_call(node.argument) and intrinsic_name(inner.set):
                with self.pen.in_long_form():  # one short form cannot be the whole argument of another
                    replace_value(self.pen, argument, inner.set)
                return
        self.pen.comment_above(slot.top, _comments_below(change))
        if change.alters:
            replace_value(self.pen, slot, rewritten(plain(node), change))

    def refuse_aliased(self, node: Node, why: str) -> None:
        if not isinstance(node, Alias) and node.anchor and node.start in self.pen.document.aliased:
            raise EditRefused(f"the value {why} (&{node.anchor})")


def _comments_below(change: Change) -> list[str]:
    """The comments on what is below a value."""
    inner = change.children.values()
    return [text for below in inner for text in (*below.comments, *_comments_below(below))]
