"""A value together with the place where it stands."""

from __future__ import annotations

from msgspec import Struct

from fixer.syntax.nodes import Node


class Slot(Struct, frozen=True):
    node: Node
    top: int
    """Where the nearest enclosing block entry or item begins: comments go above it."""
    head: int
    """After the colon, the dash or the tag before the value."""
    indent: int
    """Column of the entry or dash, from 0: what is below stands further in."""
    flow: bool
    """Whether it stands within a flow collection, or is JSON."""
    depth: int = 0
    """How many mappings it is in."""
    item: bool = False
    """Whether it follows a dash."""
    own_line: bool = True
    """In JSON: whether it begins a line of its own, so that what it holds may too."""
