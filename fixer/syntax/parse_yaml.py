"""YAML text to a tree: YAML 1.1 as CloudFormation reads it, from the events of libyaml.

The events and not the composed nodes are used because only they know where an alias stands.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, TypeVar

import yaml
from msgspec import Struct
from msgspec.structs import replace

from fixer.model import InputError, Value
from fixer.syntax.nodes import (
    MERGE,
    MOST_LEVELS,
    Alias,
    Entry,
    Intrinsic,
    Item,
    Leaf,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Style,
    block_column,
    is_merge_key,
)
from fixer.syntax.source import BOM, position

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALAR: Any = yaml.ScalarEvent
_ALIAS: Any = yaml.AliasEvent
_MAPPING: Any = yaml.MappingStartEvent
_MAPPING_END: Any = yaml.MappingEndEvent
_SEQUENCE_END: Any = yaml.SequenceEndEvent
_STREAM_END: Any = yaml.StreamEndEvent
_MOST_NODES = 1_000_000
_BARE = ("Ref", "Condition")
_YAML_TAG = "tag:yaml.org,2002:"
_STYLES = {s.value: s for s in (Style.PLAIN, Style.SINGLE, Style.DOUBLE, Style.LITERAL, Style.FOLDED)}
_SKIP = re.compile(r"(?:[ \t\r\n\x85\u2028\u2029\ufeff]|#[^\r\n\x85\u2028\u2029]*)*")
_PROPERTY = re.compile(r"(?:!<[^>]*>|[!&][^ \t\r\n,\[\]{}]*)(?:[ \t\r\n]|#[^\r\n]*)*")
_EXPLICIT = re.compile(r"\?[ \n\r\t]")
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\r\n]([ \t]+)(?=[\r\n]|\Z)")

_Collection = TypeVar("_Collection", Mapping, Sequence)


def parse_yaml(text: str) -> tuple[Node | None, list[Leaf]]:
    """The tree of a YAML text, None if it holds nothing, and all leaves in the order of the text.

    Raises yaml.YAMLError, and InputError for what no template may have.
    """
    composer = _Composer(text)
    return composer.document(), composer.leaves


class _Anchored(Struct, frozen=True):
    """A node with an anchor: how many nodes it is, and how many levels."""

    node: Node
    count: int
    height: int


class _Composer:
    """Builds nodes of libyaml's events, with the exact place of everything.

    Nearly every node is a scalar without properties, a key with its colon, an item behind its dash: for those the event
    says where they are. For all others the text is read once more.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        # PyYAML counts a byte order mark, libyaml does not.
        self.shift = len(BOM) if text.startswith(BOM) else 0
        self.loader = _LOADER(text[self.shift :])
        self.anchors: dict[str, _Anchored] = {}
        self.depth = self.deepest = self.count = 0
        self.resolved: dict[str, Value] = {}
        self.leaves: list[Leaf] = []

    def document(self) -> Node | None:
        try:
            events = self.loader
            events.get_event()  # the start of the stream
            if events.check_event(_STREAM_END):
                return None
            events.get_event()  # the start of the document
            root = self.node(events.get_event(), self.shift)
            self.grow(self.shift, 0, self.deepest)
            events.get_event()  # its end
            if not events.check_event(_STREAM_END):
                at = events.peek_event().start_mark.index + self.shift
                raise self.error("the file holds several documents; a template is one", at)
            return root
        finally:
            self.loader.dispose()

    def node(self, event: Any, floor: int) -> Node:
        """The node that begins with an event; ``floor`` is where an empty one stands: after its key's colon or its
        dash.
        """
        kind = type(event)
        if kind is _SCALAR:
            return self.leaf(event, floor)
        if kind is _ALIAS:
            return self.alias(event)
        start = event.start_mark.index + self.shift
        self.depth += 1
        self.grow(start, 1, self.depth)
        count, deepest = self.count, self.deepest
        self.deepest = self.depth
        content = self.content(start) if event.tag or event.anchor else start
        whole = self.mapping if kind is _MAPPING else self.sequence
        inner: Node = whole(event, start, content)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(inner, self.count - count + 1, self.deepest - self.depth + 1)
        if deepest > self.deepest:
            self.deepest = deepest
        self.depth -= 1
        return inner

    def alias(self, event: Any) -> Alias:
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            raise self.error(f"the alias *{event.anchor} has no anchor before it", start)
        self.grow(start, anchored.count, self.depth + anchored.height)
        alias = Alias(start, end, anchored.node)
        self.leaves.append(alias)
        return alias

    def error(self, reason: str, at: int) -> InputError:
        return InputError(reason, *position(self.text, at))

    def grow(self, at: int, count: int, deepest: int) -> None:
        """Take note of ``count`` more nodes. Raises InputError if they, aliases written out, are too many or deep."""
        self.count += count
        if deepest > self.deepest:
            self.deepest = deepest
        if self.count > _MOST_NODES or self.deepest > MOST_LEVELS:
            much = f"{MOST_LEVELS} levels" if self.deepest > MOST_LEVELS else f"{_MOST_NODES} values"
            raise self.error(f"the file has more than {much}", at)

    def leaf(self, event: Any, floor: int) -> Scalar | Intrinsic:
        """A scalar, or the function of which it is the argument."""
        self.count += 1
        text: str = event.value
        style = _STYLES[event.style or ""]
        if event.tag or event.anchor or not text or style in (Style.LITERAL, Style.FOLDED):
            found = self.scalar(event, style, floor)
            self.leaves.append(found if isinstance(found, Scalar) else found.argument)  # type: ignore[arg-type]
            if event.anchor:
                self.anchors[event.anchor] = _Anchored(found, 1, 1)
            return found
        start = event.start_mark.index + self.shift
        value = self.resolve(event) if style is Style.PLAIN else text
        scalar = Scalar(start, event.end_mark.index + self.shift, start, style, value, text)
        self.leaves.append(scalar)
        return scalar

    def content(self, start: int) -> int:
        """Where the content begins after up to two properties, a tag and an anchor."""
        for _ in range(2):
            found = _PROPERTY.match(self.text, start)
            if found is None:
                break
            start = found.end()
        return start

    def scalar(self, event: Any, style: Style, floor: int) -> Scalar | Intrinsic:
        """A scalar with properties, an empty one, or one in several lines."""
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        content = self.content(start) if event.tag or event.anchor else start
        if style in (Style.LITERAL, Style.FOLDED):
            header = re.compile(r"[^\r\n]*").match(self.text, content)
            assert header is not None
            if "+" not in header.group().partition("#")[0]:
                end = self.block_end(event.value, style, header.end(), end)
        elif event.value == "" and style is Style.PLAIN:
            if event.tag or event.anchor:  # only the properties are there
                properties = self.text[start:end]
                end = start + len(properties.rstrip())
                content = end
            else:
                start = content = end = floor
        if event.tag and event.tag.startswith("!") and event.tag != "!":
            argument = Scalar(content, end, content, style, event.value, event.value)
            return Intrinsic(start, end, content, _long(event.tag), argument, event.anchor)
        value = event.value
        if event.tag and event.tag.startswith(_YAML_TAG):
            value = self.construct(event.tag, event)
        elif style is Style.PLAIN and event.tag != "!":
            value = self.resolve(event)
        return Scalar(start, end, content, style, value, event.value, event.anchor)

    def block_end(self, value: str, style: Style, head: int, end: int) -> int:
        """Where the last line of a block scalar ends. A line of nothing but blanks may be one of the text."""
        if style is Style.LITERAL and value.rstrip("\n"):
            breaks = _BREAK.finditer(self.text, head, end)
            found = next(islice(breaks, len(_BREAK.findall(value.rstrip("\n"))) + 1, None), None)
        else:
            trailing = head + len(self.text[head:end].rstrip(" \t\r\n"))
            found = _BREAK.search(self.text, trailing, end)
        last = found.start() if found else end
        if style is Style.FOLDED and value.rstrip("\n")[-1:] in (" ", "\t") and value.strip():
            column = block_column(self.text, head, end, value)
            blanks = [line.end() for line in _BLANKS.finditer(self.text, last, end) if len(line[1]) > column]
            last = blanks[-1] if blanks else last
        return last

    def resolve(self, event: Any) -> Value:
        text = event.value
        if text not in self.resolved:
            tag = self.loader.resolve(yaml.ScalarNode, text, (True, False))
            self.resolved[text] = text if tag == _YAML_TAG + "str" else self.construct(tag, event)
        return self.resolved[text]

    def construct(self, tag: str, event: Any) -> Value:
        kind = tag[len(_YAML_TAG) :]
        if kind not in ("int", "float", "bool", "null"):  # CloudFormation knows no timestamp, binary, set ...
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        try:
            return self.loader.construct_object(node)
        except (ValueError, yaml.YAMLError):
            return event.value

    def mapping(self, event: Any, start: int, content: int) -> Mapping | Intrinsic:
        flow, tag, anchor = bool(event.flow_style), event.tag, event.anchor
        next_event, text = self.loader.get_event, self.text
        entries: list[Entry] = []
        seen: dict[Value, Scalar] = {}
        braced = flow and text.startswith("{", content)  # a single pair in a flow sequence, [a: b], needs no braces
        at = content + 1 if braced else content
        while type(event := next_event()) is not _MAPPING_END:
            if type(event) is not _SCALAR:
                raise self.error("a key that is no plain text is not allowed", self.begin(at, flow))
            first = event.start_mark.index + self.shift
            if event.tag or event.anchor or not event.value or text.find("?", at, first) >= 0:
                at = first = self.begin(at, flow)
                if _EXPLICIT.match(text, first) is None:
                    first = -1
            key = self.leaf(event, at)
            if not isinstance(key, Scalar):
                raise self.error("a key with a tag is not allowed", key.start)
            if seen.setdefault(key.value, key) is not key and not is_merge_key(key):
                line, _ = position(text, seen[key.value].start)
                reason = f"the key {key.text!r} is there twice, first in line {line}; remove or rename one of them"
                raise self.error(reason, key.start)
            colon = key.end if text.startswith(":", key.end) else self.skip(key.end)
            head = colon + 1 if text.startswith(":", colon) else key.end
            value = self.node(next_event(), head)
            if key.text == MERGE and is_merge_key(key) and not _is_mapping(value, lists=1):
                raise self.error("a merge key (<<) takes a mapping or a list of mappings", value.start)
            entries.append(Entry(key.start if first < 0 else first, key, head, value))
            at = value.end if value.end > head else head
        if entries and self.deepest <= self.depth:
            self.deepest = self.depth + 1
        end = event.end_mark.index + self.shift if braced else at
        style = Style.FLOW if flow else Style.BLOCK
        return _tagged(tag, Mapping(start, end, content, style, tuple(entries), anchor))

    def sequence(self, event: Any, start: int, content: int) -> Sequence | Intrinsic:
        flow, tag, anchor = bool(event.flow_style), event.tag, event.anchor
        next_event, text = self.loader.get_event, self.text
        items: list[Item] = []
        at = content + 1 if flow else content
        while type(event := next_event()) is not _SEQUENCE_END:
            if flow:
                value = self.node(event, self.begin(at, flow))
                items.append(Item(value.start, value.start, value))
                at = value.end
            else:
                dash = event.start_mark.index + self.shift - 2
                if not text.startswith("- ", dash) or (type(event) is _SCALAR and not event.value):
                    dash = self.skip(at)
                value = self.node(event, dash + 1)
                items.append(Item(dash, dash + 1, value))
                at = value.end if value.end > dash else dash + 1
        if items and self.deepest <= self.depth:
            self.deepest = self.depth + 1
        end = event.end_mark.index + self.shift if flow else at
        style = Style.FLOW if flow else Style.BLOCK
        return _tagged(tag, Sequence(start, end, content, style, tuple(items), anchor))

    def begin(self, at: int, flow: bool) -> int:
        """Where the next entry or item begins, from the end of the one before it on."""
        at = self.skip(at)
        return self.skip(at + 1) if flow and self.text.startswith(",", at) else at

    def skip(self, at: int) -> int:
        """The first offset from ``at`` on that is neither blank nor comment."""
        found = _SKIP.match(self.text, at)
        return found.end() if found else at


def _is_mapping(node: Node, lists: int = 0) -> bool:
    """Whether a node is a mapping, or an alias of one; with ``lists``, also a list of such."""
    if isinstance(node, Alias):
        return _is_mapping(node.target, lists)
    if isinstance(node, Sequence):
        return lists > 0 and all(_is_mapping(item.value) for item in node.items)
    return isinstance(node, Mapping)


def _tagged(tag: str | None, node: _Collection) -> _Collection | Intrinsic:
    """A collection, or the function whose tag stands before it."""
    if not tag or tag == "!" or tag.startswith(_YAML_TAG):
        return node
    argument = replace(node, start=node.content, anchor=None)
    return Intrinsic(node.start, node.end, node.content, _long(tag), argument, node.anchor)


def _long(tag: str) -> str:
    name = tag.lstrip("!")
    return name if name in _BARE else "Fn::" + name
