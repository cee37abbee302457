"""Changes to block mappings and block sequences: whole lines come and go, everything else stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from fixer.model import Where
from fixer.syntax.changes import Change, Insertion, arrange, rewritten
from fixer.syntax.layout import gaps
from fixer.syntax.moved import end_of_lines, with_moved
from fixer.syntax.nodes import Entry, Item, Mapping, Node, Part, Sequence, Style, key_of, parts, plain
from fixer.syntax.pen import Pen
from fixer.syntax.remarks import with_remarks
from fixer.syntax.render import guard_of_lines, yaml_entry, yaml_item, yaml_key
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


def _is_flow(node: Node) -> bool:
    return isinstance(node, Mapping) and node.style is Style.FLOW


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

    def write(self, order: list[str | int | Insertion]) -> None:
        """Write the parts that stay and the insertions in their new order."""
        insertions = self.anchored(order)
        if self.compact and self.first:
            self.cut_leading()
        for index, part in enumerate(self.parts):
            if self.removed[index]:
                if (index > self.first and not self.removed[index - 1]) or (index == 0 and not self.compact):
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
        top = self.slot.top if self.compact and part is self.parts[0] else part.start
        if inner.comments:
            self.pen.comment_above(top, inner.comments)
        if inner.renamed is not None and isinstance(part, Entry):
            key = yaml_key(inner.renamed, self.pen.layout, part.key.style)
            self.pen.replace(part.key.start, part.key.end, key)
        if isinstance(part, Entry) and inner.alters and self.pen.text[part.head - 1] != ":":  # an explicit key alone
            self.pen.replace(part.head, part.head, self.pen.lines.newline(part.start) + " " * self.column + ":")
        is_item = isinstance(part, Item)
        self.visit(Slot(part.value, top, part.head, self.column, flow=False, depth=self.depth, item=is_item), inner)

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
            new = self.rendered(insertion)
            lines += [*new, *[""] * self.blank_beside(new)]
        top = self.pen.top(part.start)
        if top == self.pen.lines.starts[0]:  # comments that begin the file are about all of it
            top = self.pen.lines.start(part.start)
        self.pen.add_lines(top, lines)

    def insert_after(self, index: int, insertions: list[Insertion]) -> None:
        if not insertions:
            return
        lines = []
        for insertion in insertions:
            new = self.rendered(insertion)
            lines += [*[""] * self.blank_beside(new), *new]
        guard = guard_of_lines(insertions[-1].value, lines, self.pen.layout)
        self.pen.add_lines(self.below(index), lines, guard)

    def below(self, index: int) -> int:
        """Where the line after a part begins, behind the comments that belong to it: those that stand further in than
        it does, and after the last part those right below that stand as far in, unless the key above the collection
        does so too.
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
            flow = isinstance(insertion.value, dict) and all(_is_flow(part.value) for part in self.parts)
            lines = yaml_item(insertion.value, layout, self.column, flow)
            return with_remarks(self.pen.document, lines, insertion.remarks) if insertion.remarks else lines
        inner = layout.blank_lines[self.depth] if self.depth < len(layout.blank_lines) else 0
        lines = yaml_entry(insertion.key, insertion.value, layout, self.column, inner if self.depth == 1 else 0)
        return with_moved(self.pen, lines, insertion.moves) if insertion.moves else lines

    def cut(self, index: int) -> None:
        """Remove the lines of a part and of those behind it that go too. Comments stay; of the blank lines around one
        set goes.
        """
        pen = self.pen
        last = index
        while last + 1 < len(self.parts) and self.removed[last + 1]:
            last += 1
        start, end = self.top(index), self.below_exactly(last)
        kept = self.comments(index, last, start, end)
        if not kept:
            start, end = self.with_blanks(start, end, index, last)
        pen.cut_lines(start, end, [" " * self.column + comment for comment in kept])

    def comments(self, first: int, last: int, start: int, end: int) -> list[str]:
        """The comments in the range of a run of parts, but for those that go elsewhere."""
        edges = [start]
        for n in range(first, last + 1):
            inner = self.change.children[self.keys[n]]
            if inner.mute or inner.moved:
                edges += (self.top(n) if inner.moved else self.parts[n].end), self.below_exactly(n)
        edges.append(end)
        ranges = zip(edges[::2], edges[1::2], strict=True)
        return [text for one, other in ranges for text in self.pen.comments(one, other)]

    def below_exactly(self, index: int) -> int:
        return end_of_lines(self.pen, self.parts[index].end)

    def top(self, index: int) -> int:
        """Where the lines begin that go with a part: the comments above it stay, unless its text goes elsewhere."""
        start = self.parts[index].start
        return self.pen.top(start) if self.change.children[self.keys[index]].moved else self.pen.lines.start(start)

    def with_blanks(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """The lines of a run of parts and one set of the blank lines beside it: those above at the collection's end,
        else as many below as there are above. All below go where nothing but the key stands above.
        """
        pen = self.pen
        floor = self.parts[first - 1].end if first else self.slot.head
        above = start
        while above > floor:
            previous = pen.lines.start(above - 1)
            if previous < floor or not pen.is_blank_line(previous):
                break
            above = previous
        if last == len(self.parts) - 1 and first:
            return above, end
        spare = pen.lines.number(start) - pen.lines.number(above)
        while (spare > 0 or first == 0) and end < len(pen.text) and pen.is_blank_line(end):
            end = pen.lines.next(end)
            spare -= 1
        return start, end

    def cut_leading(self) -> None:
        """Remove the first parts where a dash stands before them: the first that stays moves up to the dash."""
        pen, start, end = self.pen, self.parts[0].start, self.parts[self.first].start
        pen.keep_above(self.slot.top, self.comments(0, self.first - 1, start, end))
        pen.replace(start, end, "")

    def blank_beside(self, lines: list[str]) -> int:
        """How many blank lines keep new lines from the other parts. Two of one line show no habit, and need none."""
        numbers = self.pen.lines
        alone = len(self.parts) == 1 and numbers.number(self.parts[0].start) == numbers.number(self.parts[0].end)
        return 0 if alone and len(lines) == 1 else self.blank

    @cached_property
    def blank(self) -> int:
        """How many blank lines the author leaves between the parts."""
        found = gaps(self.pen.document, self.parts)
        if found:
            return max(set(found), key=found.count)
        habits = self.pen.layout.blank_lines
        return habits[self.slot.depth] if isinstance(self.slot.node, Mapping) and self.slot.depth < len(habits) else 0
