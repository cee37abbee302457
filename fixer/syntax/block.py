"""Changes to block mappings and block sequences: whole lines come and go, everything else stays."""

from __future__ import annotations

from collections.abc import Callable

from fixer.model import Where
from fixer.syntax.changes import Change, Insertion, arrange, rewritten
from fixer.syntax.layout import gaps
from fixer.syntax.nodes import Entry, Item, Mapping, Part, Sequence, key_of, parts, plain
from fixer.syntax.pen import Pen
from fixer.syntax.render import yaml_entry, yaml_item, yaml_key
from fixer.syntax.slot import Slot
from fixer.syntax.values import refuse_merged, replace_value

Visit = Callable[[Slot, Change], None]


def change(pen: Pen, slot: Slot, change: Change, visit: Visit) -> None:
    """Write a change of a block collection that has at least one entry."""
    node = slot.node
    assert isinstance(node, Mapping | Sequence)
    refuse_merged(node, change)
    children = {_key(part, index): part for index, part in enumerate(parts(node))}
    order = arrange(children, change)
    if all(isinstance(step, Insertion) for step in order):
        replace_value(pen, slot, rewritten(plain(node), change))
        return
    _Block(pen, slot, node, change, visit).write(order)


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

    def write(self, order: list[str | int | Insertion]) -> None:
        """Write the parts that stay and the insertions in their new order."""
        insertions = self.anchored(order)
        if self.compact and self.first:
            self.cut_leading()
        for index, part in enumerate(self.parts):
            if self.removed[index]:
                if index > self.first and not self.removed[index - 1] or index == 0 and not self.compact:
                    self.cut(index)
                continue
            self.insert_before(index, insertions.get((index, Where.BEFORE), []))
            self.alter(part, self.change.children.get(self.keys[index]))
            self.insert_after(index, insertions.get((index, Where.AFTER), []))

    def anchored(self, order: list[str | int | Insertion]) -> dict[tuple[int, Where], list[Insertion]]:
        """The insertions by the part that stays beside which each is written, and on which side of it."""
        index_of = {key: index for index, key in enumerate(self.keys)}
        found: dict[tuple[int, Where], list[Insertion]] = {}
        side: tuple[int, Where] | None = None
        waiting: list[Insertion] = []
        for step in order:
            if not isinstance(step, Insertion):
                found[index_of[step], Where.BEFORE] = waiting
                side, waiting = (index_of[step], Where.AFTER), []
            elif side is None or waiting or step.place.where in (Where.FIRST, Where.BEFORE):
                waiting.append(step)
            else:
                found.setdefault(side, []).append(step)
        if side is not None:
            found.setdefault(side, []).extend(waiting)
        return found

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
            text = newline.join(lines)[self.column :] + newline + " " * self.column
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
        below = self.below(index)
        if below == self.parts[index].end:  # of a block scalar that keeps its line breaks, also those of blank lines
            lines = lines[self.blank :]
        self.pen.add_lines(below, lines)

    def below(self, index: int) -> int:
        """Where the line after a part begins, behind the comments that belong to it: those that stand further in than it does, and
        after the last part those right below that stand as far in, unless the key above the collection does so too.
        """
        pen = self.pen
        below = line = self.below_exactly(index)
        least = self.column + (index < len(self.parts) - 1 or self.column == self.slot.indent)
        while line < len(pen.text):
            if pen.is_blank_line(line):
                least = self.column + 1
            elif pen.is_comment_line(line) and pen.margin(line) >= least:
                below = pen.lines.next(line)
            else:
                break
            line = pen.lines.next(line)
        return below

    def rendered(self, insertion: Insertion) -> list[str]:
        layout = self.pen.layout
        if insertion.key is None:
            return yaml_item(insertion.value, layout, self.column)
        inner = layout.blank_lines[self.depth] if self.depth < len(layout.blank_lines) else 0
        return yaml_entry(insertion.key, insertion.value, layout, self.column, inner if self.depth == 1 else 0)

    def cut(self, index: int) -> None:
        """Remove the lines of a part and of those behind it that go too. Comments stay; of the blank lines around one set goes."""
        pen = self.pen
        last = index
        while last + 1 < len(self.parts) and self.removed[last + 1]:
            last += 1
        start, end = pen.lines.start(self.parts[index].start), self.below_exactly(last)
        kept = pen.comments(start, end)
        if not kept:
            start, end = self.with_blanks(start, end, self.parts[index - 1].end if index else self.slot.head)
        pen.cut_lines(start, end, [" " * self.column + comment for comment in kept])

    def below_exactly(self, index: int) -> int:
        return self.pen.lines.next(self.pen.lines.before_break(self.parts[index].end))

    def with_blanks(self, start: int, end: int, floor: int) -> tuple[int, int]:
        """A range of lines with as many blank lines below as there are above, down from ``floor``; at the end of the text with
        those above. Blank lines must not come to stand behind a block scalar that keeps its line breaks.
        """
        pen = self.pen
        above = start
        while (previous := pen.lines.start(max(above - 1, 0))) < above and previous >= floor and pen.is_blank_line(previous):
            above = previous
        spare = len(pen.lines.starts) if start == floor else pen.lines.number(start) - pen.lines.number(above)
        while spare and end < len(pen.text) and pen.is_blank_line(end):
            end = pen.lines.next(end)
            spare -= 1
        return (above if end == len(pen.text) else start), end

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
