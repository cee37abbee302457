"""Changes to block mappings and block sequences: whole lines come and go, everything else stays."""

from __future__ import annotations

from collections.abc import Callable

from fixer.model import EditRefused, Where
from fixer.syntax.changes import Change, Insertion, arrange, rewritten
from fixer.syntax.layout import gaps
from fixer.syntax.nodes import Entry, Item, Mapping, Part, Sequence, key_of, parts, plain
from fixer.syntax.pen import Pen
from fixer.syntax.render import yaml_entry, yaml_item, yaml_key
from fixer.syntax.slot import Slot
from fixer.syntax.values import replace_value

Visit = Callable[[Slot, Change], None]


def change(pen: Pen, slot: Slot, change: Change, visit: Visit) -> None:
    """Write a change of a block collection that has at least one entry."""
    node = slot.node
    assert isinstance(node, Mapping | Sequence)
    children = {_key(part, index): part for index, part in enumerate(parts(node))}
    order = arrange(children, change)
    if all(isinstance(step, Insertion) for step in order):
        replace_value(pen, slot, rewritten(plain(node), change))
        return
    missing = [key for key, inner in change.children.items() if key not in children and not inner.empty]
    if missing:
        raise EditRefused(f"{missing[0]} comes from a merge key (<<); a change would reach all that use its anchor")
    _Block(pen, slot, node, change, visit).write()


def _key(part: Part, index: int) -> str | int:
    return key_of(part) if isinstance(part, Entry) else index


class _Block:
    def __init__(self, pen: Pen, slot: Slot, node: Mapping | Sequence, change: Change, visit: Visit) -> None:
        self.pen = pen
        self.slot = slot
        self.parts: tuple[Part, ...] = parts(node)
        self.keys = [_key(part, index) for index, part in enumerate(self.parts)]
        self.change = change
        self.visit = visit
        self.column = pen.column(self.parts[0].start)
        self.depth = slot.depth + isinstance(node, Mapping)
        self.removed = [key in change.children and change.children[key].removed for key in self.keys]
        # A first entry that shares its line with a dash: what replaces it has to follow that dash.
        self.compact = not pen.starts_line(self.parts[0].start)
        self.first = self.removed.index(False)
        self.blank = self.blank_lines()

    def write(self) -> None:
        insertions: dict[tuple[int, Where], list[Insertion]] = {}
        for insertion in self.change.insertions:
            insertions.setdefault(self.anchor(insertion), []).append(insertion)
        if self.compact and self.first:
            self.cut_leading()
        for index, part in enumerate(self.parts):
            self.insert_before(index, insertions.get((index, Where.BEFORE), []))
            if self.removed[index]:
                if not (self.compact and index < self.first):
                    self.cut(index)
            else:
                self.alter(part, self.change.children.get(self.keys[index]))
            self.insert_after(index, insertions.get((index, Where.AFTER), []))

    def anchor(self, insertion: Insertion) -> tuple[int, Where]:
        """The part beside which an insertion is written, and on which side."""
        place = insertion.place
        if place.where is Where.FIRST:
            index, side = 0, Where.BEFORE
        elif place.where is not Where.LAST and place.sibling in self.keys:
            index, side = self.keys.index(place.sibling), place.where
        else:
            index, side = len(self.parts) - 1, Where.AFTER
        if self.compact and index < self.first:
            return self.first, Where.BEFORE
        return index, side

    def alter(self, part: Part, inner: Change | None) -> None:
        if inner is None:
            return
        top = part.start
        if inner.comments:
            self.pen.comment_above(top, inner.comments)
        if inner.renamed is not None and isinstance(part, Entry):
            key = yaml_key(inner.renamed, self.pen.layout, part.key.style)
            self.pen.replace(part.key.start, part.key.end, key)
        is_item = isinstance(part, Item)
        self.visit(
            Slot(part.value, top, part.head, self.column, flow=False, depth=self.depth, item=is_item), inner
        )

    def insert_before(self, index: int, insertions: list[Insertion]) -> None:
        if not insertions:
            return
        part = self.parts[index]
        if index == self.first and self.compact:
            newline = self.pen.lines.newline(part.start)
            lines = [line for i in insertions for line in self.rendered(i)]
            margin = " " * self.column
            text = "".join(line + newline + margin if line else newline for line in (line[self.column :] for line in lines))
            self.pen.replace(part.start, part.start, text)
            return
        lines = []
        for insertion in insertions:
            lines += [*self.rendered(insertion), *[""] * self.blank]
        self.pen.add_lines(self.pen.top(part.start), lines)

    def insert_after(self, index: int, insertions: list[Insertion]) -> None:
        if not insertions:
            return
        lines = []
        for insertion in insertions:
            lines += [*[""] * self.blank, *self.rendered(insertion)]
        self.pen.add_lines(self.below(index), lines)

    def below(self, index: int) -> int:
        """Where the line after a part begins; after the last part also comments that stand as far in as it does are passed."""
        pen, end = self.pen, self.parts[index].end
        line = pen.lines.next(max(end - 1, 0)) if end and pen.text[end - 1] in "\r\n" else pen.lines.next(end)
        if index < len(self.parts) - 1:
            return line
        while line < len(pen.text) and pen.is_comment_line(line):
            content = pen.text[line : pen.lines.end(line)]
            if len(content) - len(content.lstrip()) < max(self.column, 1):
                break
            line = pen.lines.next(line)
        return line

    def rendered(self, insertion: Insertion) -> list[str]:
        layout = self.pen.layout
        if insertion.key is None:
            return yaml_item(insertion.value, layout, self.column)
        inner = layout.blank_lines[self.depth] if self.depth < len(layout.blank_lines) else 0
        return yaml_entry(insertion.key, insertion.value, layout, self.column, inner if self.depth == 1 else 0)

    def cut(self, index: int) -> None:
        """Remove a part's lines. Its comments stay; of the blank lines around it one set goes."""
        pen, part = self.pen, self.parts[index]
        start, end = pen.lines.start(part.start), self.below_exactly(index)
        kept = pen.comments(start, end)
        if not kept:
            end = self.beyond_blanks(start, end, index)
        pen.cut_lines(start, end, [" " * self.column + comment for comment in kept])

    def below_exactly(self, index: int) -> int:
        pen, end = self.pen, self.parts[index].end
        return pen.lines.next(end - 1) if pen.text[end - 1] in "\r\n" else pen.lines.next(end)

    def beyond_blanks(self, start: int, end: int, index: int) -> int:
        pen = self.pen
        floor = self.parts[index - 1].end if index else self.slot.head
        above = start
        while above > floor:
            previous = pen.lines.start(above - 1)
            if previous < floor or pen.text[previous:above].strip():
                break
            above = previous
        spare = pen.lines.number(start) - pen.lines.number(above)
        while spare and end < len(pen.text) and not pen.text[end : pen.lines.next(end)].strip():
            end = pen.lines.next(end)
            spare -= 1
        return end

    def cut_leading(self) -> None:
        """Remove the first parts where a dash stands before them: the first that stays moves up to the dash."""
        pen, start, end = self.pen, self.parts[0].start, self.parts[self.first].start
        newline = pen.lines.newline(start)
        kept = "".join(comment + newline + " " * self.column for comment in pen.comments(start, end))
        pen.replace(start, end, kept)

    def blank_lines(self) -> int:
        """How many blank lines the author leaves between the parts."""
        found = gaps(self.pen.document, self.parts)
        if found:
            return max(set(found), key=found.count)
        habits = self.pen.layout.blank_lines
        return habits[self.slot.depth] if isinstance(self.slot.node, Mapping) and self.slot.depth < len(habits) else 0
