"""The nouns of cfnfix: paths, spans, operations, fixes, findings and transforms.

Everything here is frozen and compares by value. This module imports nothing of the project, so that every room may
use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, IntEnum
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

Path: TypeAlias = "tuple[str | int, ...]"
"""Keys and indexes from the root of the long-form data: ``("Resources", "Role", "Properties", "RoleName")``."""

Value: TypeAlias = Any
"""Plain data in long form: dict, list, str, int, float, bool, None; an intrinsic is ``{"Ref": "Role"}``."""


class Safety(IntEnum):
    """How far a fix may be trusted. SAFE: a new stack deploys wherever it did before and behaves the same."""

    DISPLAY_ONLY = 0
    UNSAFE = 1
    SAFE = 2


class Impact(IntEnum):
    """What an update with this fix does to a live resource, in CloudFormation's own terms of update behaviour."""

    NONE = 0
    NO_INTERRUPTION = 1
    SOME_INTERRUPTION = 2
    REPLACEMENT = 3


class Span(Struct, frozen=True):
    """A half-open range of the decoded text, in code points."""

    start: int
    end: int


class Where(Enum):
    """Where an insertion goes among its siblings."""

    LAST = "last"
    FIRST = "first"
    BEFORE = "before"
    AFTER = "after"

    __hash__ = object.__hash__  # Enum's own is written in Python


class Place(Struct, frozen=True):
    """A place among the children of a collection; ``sibling`` is the key or the old index it refers to.

    A sibling that is not there means: last.
    """

    where: Where = Where.LAST
    sibling: str | int | None = None


LAST = Place()
FIRST = Place(Where.FIRST)


def before(sibling: str | int) -> Place:
    """The place right before ``sibling``, above the comments that belong to it."""
    return Place(Where.BEFORE, sibling)


def after(sibling: str | int) -> Place:
    """The place right after ``sibling``."""
    return Place(Where.AFTER, sibling)


class Set(Struct, frozen=True):
    """Replace the value at ``path``. Only the parts of it that differ are rewritten."""

    path: Path
    value: Value


class Insert(Struct, frozen=True):
    """Add an entry to a mapping: ``path`` ends in the new key. Missing parent mappings are made on the way."""

    path: Path
    value: Value
    place: Place = LAST
    source: Path | None = None
    """An entry of the same key and value that the batch removes: its text comes here, with its comments."""


class Append(Struct, frozen=True):
    """Add an item to the sequence at ``path``; a missing sequence is made."""

    path: Path
    value: Value
    place: Place = LAST
    remarks: tuple[tuple[Path, Path], ...] = ()
    """Comments that go along into the value: the place in it for each, and the path of the item behind which it stands,
    which the batch removes.
    """


class Remove(Struct, frozen=True):
    """Remove the entry or item at ``path``. Its comments stay."""

    path: Path


class Rename(Struct, frozen=True):
    """Give the entry at ``path`` another key, at the same place."""

    path: Path
    key: str


class Remarks(Struct, frozen=True):
    """The author's comments that are about an entry or an item, without their marks."""

    above: tuple[str, ...] = ()
    """Those on the lines right above it."""
    behind: str = ""
    """That on its own line."""
    there: bool = False
    """Whether there is any, about it or about something in it."""

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.above, self.behind) if self.behind else self.above


class Comment(Struct, frozen=True):
    """Write a comment above the entry at ``path``. It has no effect on the data; JSON has no comments and leaves it
    out.
    """

    path: Path
    text: str


Operation: TypeAlias = "Set | Insert | Append | Remove | Rename | Comment"
"""One step of a repair. All paths of a batch of operations refer to the template as it was before the batch."""


class Fix(Struct, frozen=True):
    """A repair: all of its operations are applied, or none."""

    title: str
    operations: tuple[Operation, ...]
    safety: Safety = Safety.UNSAFE
    impact: Impact = Impact.NONE


class Finding(Struct, frozen=True):
    """One problem at one place, with its fix or, where there is none, the ``reason`` why."""

    message: str
    path: Path
    fix: Fix | None = None
    reason: str = ""
    """Why there is no fix; with a fix: why it is unsafe, or why it was held back."""
    transform: str = ""
    """Name of the transform; filled in by the engine, like ``span``, ``line`` and ``column``."""
    span: Span | None = None
    line: int = 1
    column: int = 1
    """Place in the original text; lines and columns count from 1, columns in code points."""
    replaces: str = ""
    """The property of which AWS SAM makes what an update replaces, if that is not the resource itself: ``Domain``.
    Filled in by the engine.
    """


class Outcome(Struct, frozen=True):
    """What became of one template. ``before`` and ``after`` are whole texts, a byte order mark included."""

    location: str
    before: str
    after: str
    applied: tuple[Finding, ...] = ()
    """Findings that were repaired, in the order in which they were."""
    remaining: tuple[Finding, ...] = ()
    """Findings that were not, each with its reason."""
    notes: tuple[str, ...] = ()
    """What else the user should know: capabilities, limits, findings that validation found new."""
    error: InputError | None = None
    """Why the template was left alone altogether."""

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def impact(self) -> Impact:
        """The worst that an update with these repairs does to a live resource."""
        return max((f.fix.impact for f in self.applied if f.fix), default=Impact.NONE)


class Unfetched(Exception):
    """An object in S3 that cannot be had; the message is the reason, to follow the object's address."""


Fetch: TypeAlias = Callable[[str, str, str | None], bytes]
"""Bucket, key and version (None: the latest) of an object in S3 to its content. Raises Unfetched."""


class Options(Struct, frozen=True):
    """What a user may set about the repairs themselves. Every transform gets them; each reads what concerns it."""

    tags: Mapping[str, Value] = field(default_factory=dict)
    """Tag key to value (a string or an intrinsic in long form); empty: the default keys."""
    export: bool | None = None
    """Export the outputs that are added; None: only if the template's own outputs are exported."""
    code_root: str | None = None
    """Folder in which the sources of Lambda functions are looked for; None: there is none, as on standard input."""
    nat: bool = False
    """A network that is added gets a way out: public subnets, an internet gateway and a NAT gateway in each zone."""
    private_api: bool = False
    """REST APIs are reached from within the network only, through an interface endpoint."""
    deletion_policy: str | None = None
    """DeletionPolicy of what holds data and has none; None: a snapshot where the type takes one, else Retain."""
    update_replace_policy: str | None = None
    """UpdateReplacePolicy of the same; None: as its DeletionPolicy."""
    retention_days: int | None = None
    """How long logs, backups, messages and records are kept; None: backups a week, logs until somebody says, and the
    rest as long as its service does.
    """
    fetch: Fetch | None = None
    """Reads objects in S3 that hold the code of Lambda functions; None: nobody goes there."""


class Case(Struct, frozen=True):
    """A named example of a transform: a template before and after. ``after`` None: the transform leaves it alone."""

    name: str
    before: str
    after: str | None = None
    options: Options = Options()
    unsafe: bool = False
    """Whether unsafe fixes are applied."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Files that lie beside the template: relative path to text."""
    json_differs: bool = False
    """Whether the same template in JSON is repaired to other data, because guidance cannot be a comment there."""
    says: str = ""
    """A part of the message or reason that must be among the findings that remain."""

    @classmethod
    def grown(cls, name: str, before: str, added: str, options: Options = Options(), says: str = "") -> Case:
        """A template that only grows at its end."""
        return cls(name, before, before + added, options, says=says)


Check: TypeAlias = "Callable[[Any, Options], Iterable[Finding]]"
"""Template (of ``fixer.cloudformation``, which this module must not know) and options to findings."""


class Transform(Struct, frozen=True):
    """One kind of problem and its repair. Its cases are its documentation, and are run as tests."""

    name: str
    check: Check
    doc: str
    groups: frozenset[str] = frozenset()
    lint_rules: tuple[str, ...] = ()
    valid: tuple[Case, ...] = ()
    """Templates that are left alone."""
    invalid: tuple[Case, ...] = ()
    """Templates that are repaired."""

    def load(self) -> Transform:
        """Itself: it may stand where an ``Entry`` does."""
        return self


def transform(
    *, lint_rules: tuple[str, ...] = (), valid: tuple[Case, ...] = (), invalid: tuple[Case, ...] = ()
) -> Callable[[Check], Transform]:
    """Make a transform of a check function: its name in kebab-case, its docs from the docstring of its module."""
    import sys

    def make(check: Check) -> Transform:
        doc = sys.modules[check.__module__].__doc__ or ""
        name = check.__name__.replace("_", "-")
        return Transform(name, check, doc, lint_rules=lint_rules, valid=valid, invalid=invalid)

    return make


class Entry(Struct, frozen=True):
    """A line of the registry: a module with a transform of its name, which is imported when it is needed."""

    module: str
    groups: frozenset[str] = frozenset()
    """"default" is applied unless the user selects otherwise; "security", "network", "ha", "lint" are for selecting."""

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2].replace("_", "-")

    def load(self) -> Transform:
        from importlib import import_module

        function = self.name.replace("-", "_")
        found = getattr(import_module(self.module), function, None)
        if not isinstance(found, Transform):
            raise TypeError(f"a transform {function} is expected in it")
        return replace(found, groups=self.groups)


TRACEBACK = "CFNFIX_TRACEBACK"
"""The environment variable that asks for the traceback of an error that nobody foresaw."""


class CfnfixError(Exception):
    """Base of all errors that are meant for people; the message says what, where and what to do."""


class InputError(CfnfixError):
    """An input that cannot be repaired: unreadable, not a template, broken. Lines and columns count from 1."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = "" if self.line is None else f"{self.line}:{self.column}: "
        return where + self.message


class EditRefused(CfnfixError):
    """An edit that cannot be made without loss; the message is the reason that the finding shows."""
