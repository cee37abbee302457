"""Operations to new text. Each change is written by whoever knows the style of its place: block, flow, or a single value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fixer.model import EditRefused, Operation
from fixer.syntax import block, flow
from fixer.syntax.changes import KEEP, Change, plan, rewritten
from fixer.syntax.document import Document
from fixer.syntax.nodes import Alias, Intrinsic, Mapping, Scalar, Sequence, Style, parts, plain
from fixer.syntax.pen import Pen
from fixer.syntax.slot import Slot
from fixer.syntax.values import replace_value


def edit(document: Document, operations: Iterable[Operation]) -> str:
    """The text of a document after a batch of operations, whose paths all refer to the document as it is.

    Raises EditRefused, with the reason, if an operation does not fit or cannot be written without loss.
    """
    pen = Pen(document)
    root = Slot(document.root, top=0, head=0, indent=pen.column(document.root.content), flow=False)
    _Editor(pen).visit(root, plan(document.data, operations))
    return pen.result()


@dataclass(frozen=True, slots=True)
class _Editor:
    pen: Pen

    def visit(self, slot: Slot, change: Change) -> None:
        """Write what changes in a value and below it."""
        node = slot.node
        if change.set is not KEEP:
            self.refuse_aliased(node, "is used by an alias")
            replace_value(self.pen, slot, change.set)
            return
        if change.empty or not change.alters and not change.children:
            return
        if isinstance(node, Alias):
            if change.alters:
                raise EditRefused("the value is an alias; a change would reach every place that uses its anchor")
            return
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
        """A function in short form: its argument is edited where it stands if it can be, else the call is written anew."""
        inner = change.children.get(node.name)
        only_argument = not change.insertions and inner is not None and not inner.removed and inner.renamed is None
        if inner is not None and only_argument:
            argument = replace(slot, node=node.argument, head=node.content)
            if parts(node.argument) and inner.set is KEEP:
                self.visit(argument, inner)
                return
            if isinstance(node.argument, Scalar) and isinstance(inner.set, str):
                replace_value(self.pen, argument, inner.set)
                return
        if change.alters:
            replace_value(self.pen, slot, rewritten(plain(node), change))

    def refuse_aliased(self, node: object, why: str) -> None:
        anchor = getattr(node, "anchor", None)
        if anchor is not None and anchor in self.pen.document.aliased:
            raise EditRefused(f"the value {why} (&{anchor})")
