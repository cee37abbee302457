"""Changes to flow collections, on one line or on many, and to JSON."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from fixer.syntax.changes import Change, Insertion, arrange, rewritten
from fixer.syntax.layout import gaps
from fixer.syntax.moved import flow_text
from fixer.syntax.nodes import Entry, Item, Mapping, Part, Sequence, Style, key_of, parts, plain
from fixer.syntax.pen import Pen
from fixer.syntax.render import json_text, yaml_flow, yaml_key
from fixer.syntax.slot import Slot
from fixer.syntax.values import refuse_lost_comments, refuse_merged, replace_value, style_of_keys

Visit = Callable[[Slot, Change], None]


def change(pen: Pen, slot: Slot, change: Change, visit: Visit) -> None:
    """Write a change of a flow collection that has at least one entry."""
    node = slot.node
    assert isinstance(node, Mapping | Sequence)
    children: dict[str | int, Part] = {
        key_of(part) if isinstance(part, Entry) else index: part for index, part in enumerate(parts(node))
    }
    refuse_merged(node, change)
    order = arrange(children, change)
    kept = [step for step in order if not isinstance(step, Insertion)]
    if not kept:
        replace_value(pen, slot, rewritten(plain(node), change))
        return
    writer = _Flow(pen, slot, node, children)
    bare = bool(change.insertions) and pen.text[node.content] not in "{["  # a single pair, [a: b]
    if bare:
        pen.replace(node.content, node.content, "{" + pen.layout.braces)
    writer.cut(kept)
    tail = writer.insert(order)
    for key in kept:
        inner = change.children.get(key)
        if inner is not None:
            writer.alter(children[key], inner, visit)
    if tail:
        writer.insert_last(children[kept[-1]], tail)
    if bare:
        end = writer.end(writer.all[-1])
        pen.replace(end, end, pen.layout.braces + "}")


class _Flow:
    def __init__(self, pen: Pen, slot: Slot, node: Mapping | Sequence, children: dict[str | int, Part]) -> None:
        self.pen = pen
        self.slot = slot
        self.node = node
        self.children = children
        self.all = list(children.values())
        self.before = {part.start: before for before, part in pairwise(self.all)}
        # The first part may share the line of the bracket while the others have lines of their own.
        self.multi_line = pen.lines.number(self.all[-1].start) > pen.lines.number(([node, *self.all])[-2].start)
        spaced = self.multi_line and isinstance(node, Mapping)
        blanks = gaps(pen.document, tuple(self.all)) if spaced else []
        self.blank = max(set(blanks), key=blanks.count) if blanks else 0
        self.keys = style_of_keys(node, pen.layout.key_quote)
        line = pen.lines.number
        items = [part.value for part in self.all if isinstance(part, Item) and parts(part.value)]
        self.one_line_items = bool(items) and all(line(item.start) == line(item.end) for item in items)

    def alter(self, part: Part, inner: Change, visit: Visit) -> None:
        top = part.start if self.multi_line and self.pen.starts_line(part.start) else self.slot.top
        if inner.comments:
            self.pen.comment_above(top, inner.comments)
        if inner.renamed is not None and isinstance(part, Entry):
            self.pen.replace(part.key.start, part.key.end, self.key(inner.renamed, part.key.style))
        if isinstance(part, Entry) and inner.alters and self.pen.text[part.head - 1] != ":":  # a key alone
            self.pen.replace(part.head, part.head, ":")
        below = Slot(part.value, top, part.head, self.slot.indent, flow=True, own_line=self.multi_line)
        visit(below, inner)

    def key(self, key: str, style: Style) -> str:
        return (
            json_text(key, self.pen.layout, None)
            if self.pen.is_json
            else yaml_key(key, self.pen.layout, style, flow=True)
        )

    def cut(self, kept: list[str | int]) -> None:
        """Remove parts with one comma each: the one behind, or at the end the one before."""
        stays = [self.children[key] for key in kept]
        staying = {part.start for part in stays}
        at = 0
        while at < len(self.all):
            if self.all[at].start in staying:
                at += 1
                continue
            run = at
            while run < len(self.all) and self.all[run].start not in staying:
                run += 1
            if run < len(self.all):
                self.cut_between(self.all[at].start, self.all[run].start)
            else:
                start, end = self.end(self.all[at - 1]), self.all[-1].end
                refuse_lost_comments(self.pen, start, end)
                self.pen.replace(start, end, "")
            at = run

    def cut_between(self, start: int, end: int) -> None:
        """Remove what begins at ``start``, up to the part at ``end``. Comments stay on lines of their own."""
        pen = self.pen
        comments = pen.comments(start, end)
        margin = " " * pen.column(end)
        if pen.starts_line(start) and pen.starts_line(end):
            pen.cut_lines(pen.lines.start(start), pen.lines.start(end), [margin + comment for comment in comments])
            return
        if comments and not self.multi_line:
            refuse_lost_comments(pen, start, end)
        if not comments and pen.starts_line(end):  # the part at the end stays on its line
            start = pen.lines.start(start) + len(pen.text[pen.lines.start(start) : start].rstrip())
            end = pen.lines.before_break(pen.lines.start(end))
        pen.replace(start, end, "".join(comment + pen.lines.newline(start) + margin for comment in comments))

    def insert(self, order: list[str | int | Insertion]) -> list[Insertion]:
        """Write new parts before the next one that stays. Gives those that come behind the last one."""
        pending: list[Insertion] = []
        last: Part | None = None
        for step in order:
            if isinstance(step, Insertion):
                pending.append(step)
                continue
            part = self.children[step]
            if pending:
                self.insert_before(part, pending, follows=last)
            pending, last = [], part
        return pending

    def insert_before(self, part: Part, insertions: list[Insertion], follows: Part | None) -> None:
        margin = self.margin(part)
        texts = [self.rendered(insertion, margin) for insertion in insertions]
        before = self.before.get(part.start)
        if margin is not None and self.pen.starts_line(part.start) and before is follows:
            lines = [line for text in texts for line in (margin + text + ",", *[""] * self.blank)]
            self.pen.add_lines(self.pen.top(part.start), lines)
        else:
            self.pen.replace(part.start, part.start, "".join(text + self.comma(margin) for text in texts))

    def insert_last(self, last: Part, insertions: list[Insertion]) -> None:
        margin = self.margin(last)
        if margin is None:
            margin = self.margin_below(last)
        comma = self.comma(margin)
        text = comma.join(self.rendered(insertion, margin) for insertion in insertions)
        end = self.end(last)
        line_end = self.pen.lines.end(end)
        if margin is not None and self.pen.comments(end, line_end):
            ends_in_comma = self.pen.text[end:line_end].lstrip().startswith(",")
            if not ends_in_comma:
                self.pen.replace(end, end, ",")
            self.pen.replace(line_end, line_end, comma[1:] + text + ("," if ends_in_comma else ""))
        else:
            colon = self.pen.text[end - 1] == ":"  # which a comma must not follow at once
            self.pen.replace(end, end, " " * colon + comma + text)

    def end(self, part: Part) -> int:
        """Where a comma may follow a part: behind the blank after a colon without a value."""
        empty = part.end == part.head and self.pen.text[part.head - 1] == ":"
        return part.end + (empty and self.pen.text[part.end : part.end + 1] == " ")

    def margin(self, part: Part) -> str | None:
        """The blanks before a part if parts have lines of their own, else None."""
        if not self.multi_line:
            return None
        own = part if self.pen.starts_line(part.start) else self.all[-1]
        start = self.pen.lines.start(own.start)
        line = self.pen.text[start : self.pen.lines.end(start)]
        return line[: len(line) - len(line.lstrip())]

    def margin_below(self, last: Part) -> str | None:
        """The blanks before parts that share a line which is theirs alone, the last of several; else None."""
        own = next(part for part in self.all if self.pen.lines.number(part.start) == self.pen.lines.number(last.start))
        alone = self.pen.starts_line(own.start) and self.pen.starts_line(self.node.end - 1)
        return self.pen.text[self.pen.lines.start(own.start) : own.start] if alone else None

    def comma(self, margin: str | None) -> str:
        """A comma and the blanks around it, or the new line behind it."""
        if margin is not None:
            return "," + self.pen.lines.newline(self.all[0].start) * (1 + self.blank) + margin
        if len(self.all) > 1:
            gap = self.pen.text[self.all[0].end : self.all[1].start]
            if gap.strip(" \t") == ",":
                return gap
        return self.pen.layout.json_comma if self.pen.is_json else ", "

    def rendered(self, insertion: Insertion, margin: str | None) -> str:
        layout = self.pen.layout
        own = None if self.one_line_items else margin
        moved = flow_text(self.pen, insertion.key or "", insertion.moves, margin) if insertion.moves else None
        if moved is not None:
            return moved
        value = (
            json_text(insertion.value, layout, own)
            if self.pen.is_json
            else yaml_flow(insertion.value, layout, own, self.keys)
        ).replace("\n", self.pen.lines.newline(self.all[0].start))
        if insertion.key is None:
            return value
        return self.key(insertion.key, self.keys) + (layout.json_colon if self.pen.is_json else ": ") + value
