"""What goes on behind the features: documents are looked at as they change, and repaired ahead of the next save."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from lsprotocol import types
from msgspec import Struct
from msgspec.structs import replace
from pygls.uris import to_fs_path
from pygls.workspace import PositionCodec

from fixer.engine.run import key
from fixer.lsp import diagnostics, repairs
from fixer.lsp.configuration import Configuration
from fixer.lsp.documents import Document, same_uri
from fixer.lsp.jobs import Jobs, Work
from fixer.lsp.validation import Validator
from fixer.model import CfnfixError, Finding, InputError, Outcome
from fixer.settings.model import Settings

logger = logging.getLogger(__name__)

PAUSE = 0.05
"""Seconds without typing after which a document is looked at, so that a save soon after knows what is to do."""
AHEAD = 0.1
"""Seconds without typing after which a repair begins ahead of the save. Not sooner: most keys follow each other faster,
and a repair that is stopped has cost its time."""
DEBOUNCE = 0.2
"""Seconds without typing after which findings are shown."""

_WARM_UP = (
    "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: app\n",
    '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "app"}}}}\n',
)


class Ahead(Struct, frozen=True):
    """A repair that was begun before anybody asked for it."""

    text: str
    settings: Settings
    task: asyncio.Task[Outcome]


class Session:
    """The state of one server. All of it is touched by the event loop's thread alone."""

    def __init__(self, publish: Callable[[types.PublishDiagnosticsParams], None], tell: Callable[[str], None]) -> None:
        self.publish = publish
        self.tell = tell
        self.codec = PositionCodec()
        self.roots: dict[str, Path] = {}
        self.configuration = Configuration()
        self.jobs = Jobs()
        self.validator = Validator()
        self.documents: dict[str, Document] = {}
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._validating: dict[str, asyncio.Task[None]] = {}
        self._ahead: dict[str, Ahead] = {}
        self._told: dict[str, str] = {}
        """Open document to what the user was told of its settings."""

    # Documents

    def opened(self, item: types.TextDocumentItem) -> None:
        uri = same_uri(item.uri)
        self.documents[uri] = Document(item.uri, item.text, item.version, self.codec)
        self.look(uri, delay=0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        uri = same_uri(params.text_document.uri)
        if uri in self.documents:
            self._stop_validating(uri)
            self.documents[uri].change(params.text_document.version, params.content_changes)
            self.look(uri)

    def closed(self, uri: str) -> None:
        uri = same_uri(uri)
        document = self.documents.pop(uri, None)
        self._told.pop(uri, None)
        for tasks in (self._looking, self._validating):
            if uri in tasks:
                tasks.pop(uri).cancel()
        if uri in self._ahead:
            self._ahead.pop(uri).task.cancel()
        if document is not None:
            self.publish(types.PublishDiagnosticsParams(document.uri, []))

    def document(self, uri: str) -> Document | None:
        return self.documents.get(same_uri(uri))

    def look_at_all(self) -> None:
        """Settings have changed."""
        for uri in self.documents:
            self.look(uri, delay=0)

    # Settings

    def root(self, document: Document) -> Path | None:
        """The workspace folder of a document: the deepest that holds it; for what is no file, the first."""
        path = document.path
        if path is None:
            return next(iter(self.roots.values()), None)
        holding = [root for root in self.roots.values() if path.is_relative_to(root)]
        return max(holding, key=lambda root: len(root.parts), default=None)

    def settings(self, document: Document) -> Settings | None:
        """The settings for a document; None if they exclude it, or, and the user is told once, if they are wrong: then
        nothing is repaired.
        """
        uri = same_uri(document.uri)
        try:
            settings = self.configuration.of(document.path, self.root(document))
        except (CfnfixError, OSError) as error:
            message = str(error)
            if message not in self._told.values():
                self.tell(message)
            self._told[uri] = message
            return None
        self._told.pop(uri, None)
        return replace(settings, fetch_code=False) if settings else None  # nobody waits for S3 while he types

    def set_folders(
        self, added: Iterable[types.WorkspaceFolder], removed: Iterable[types.WorkspaceFolder] = ()
    ) -> None:
        for folder in removed:
            self.roots.pop(same_uri(folder.uri), None)
        for folder in added:
            name = to_fs_path(folder.uri)
            if name:
                self.roots[same_uri(folder.uri)] = Path(name)

    # Findings

    def look(self, uri: str, delay: float = DEBOUNCE) -> None:
        """Look at a document soon; what was begun for an older text of it ends."""
        if uri in self._looking:
            self._looking[uri].cancel()
        ahead = self._ahead.get(uri)
        if ahead is not None and ahead.text != self.documents[uri].text:
            ahead.task.cancel()
        self._looking[uri] = asyncio.create_task(self._look(self.documents[uri], delay))

    async def _look(self, document: Document, delay: float) -> None:
        text, start = document.text, asyncio.get_running_loop().time()
        await _until(start + min(delay, PAUSE))
        await self.checked(document, self.jobs.background)
        await _until(start + min(delay, AHEAD))
        settings = self.settings(document)
        ahead: asyncio.Future[Outcome] | None = None
        if settings is not None and any(repairs.is_saved(finding, settings) for finding in document.findings):
            ahead = asyncio.ensure_future(self.repaired(document, settings, wait=False))
        await _until(start + delay)
        self._publish(document)
        if ahead is not None:
            outcome = await ahead
            if document.text == text and _with_reasons(document, outcome):
                self._publish(document)

    async def checked(self, document: Document, run: Callable[[Work[Outcome]], Any]) -> None:
        """Bring the document's findings up to its text; if it becomes another one meanwhile, they stay as they are."""
        text, settings = document.text, self.settings(document)
        if document.checked == text and document.settings == settings:
            return
        if settings is None or not document.may_be_template:
            outcome = Outcome("", text, text, error=InputError("no template, or no settings"))
        else:
            outcome = await run(partial(_safely, repairs.found, text, settings))
        if document.text == text:
            document.checked, document.settings = text, settings
            document.findings = tuple(sorted(outcome.remaining, key=lambda finding: (finding.line, finding.column)))
            document.error = outcome.error

    async def current(self, uri: str) -> Document | None:
        """A document with findings of its present text, for who waits for them."""
        document = self.document(uri)
        if document is not None:
            await self.checked(document, self.jobs.urgent)
        return document if document is not None and document.checked == document.text else None

    def _publish(self, document: Document) -> None:
        if self.documents.get(same_uri(document.uri)) is document and document.checked == document.text:
            found = list(diagnostics.all_of(document))
            self.publish(types.PublishDiagnosticsParams(document.uri, found, document.version))

    # Repairs

    async def repaired(self, document: Document, settings: Settings, *, wait: bool) -> Outcome:
        """The outcome of the safe repairs of the present text, unchanged if it becomes outdated; one at most runs.

        ``wait``: somebody waits for it.
        """
        uri, text = same_uri(document.uri), document.text
        ahead = self._ahead.get(uri)
        if ahead is None or ahead.text != text or ahead.settings != settings or ahead.task.cancelled():
            if ahead is not None:
                ahead.task.cancel()  # it is about an older text
            run = self.jobs.urgent if wait else self.jobs.background
            task = asyncio.ensure_future(run(partial(_safely, repairs.repaired, text, settings)))
            ahead = self._ahead[uri] = Ahead(text, settings, task)
        await asyncio.wait([ahead.task])  # who asks may be cancelled, and the repair goes on
        return Outcome("", text, text) if ahead.task.cancelled() else ahead.task.result()

    async def formatted(self, uri: str) -> str | None:
        """The text of a document after its safe repairs; None if there are none, or if it has changed meanwhile."""
        document = self.document(uri)
        settings = self.settings(document) if document is not None and document.may_be_template else None
        if document is None or settings is None:
            return None
        text = document.text
        checked = document.checked == text and document.settings == settings
        if checked and not any(repairs.is_saved(finding, settings) for finding in document.findings):
            return None
        outcome = await self.repaired(document, settings, wait=True)
        return outcome.after if outcome.changed and document.text == text else None

    # Validation

    def saved(self, uri: str) -> None:
        uri = same_uri(uri)
        if uri in self.documents:
            self._stop_validating(uri)
            self._validating[uri] = asyncio.create_task(self._validate(self.documents[uri]))

    def _stop_validating(self, uri: str) -> None:
        if uri in self._validating:
            self._validating.pop(uri).cancel()

    async def _validate(self, document: Document) -> None:
        settings = self.settings(document)
        if settings is None or settings.validate == "none" or not document.is_meant:
            found: tuple[Any, ...] = ()
        else:
            text, starts, path = document.text, document.positions.starts, document.path
            folder = self.root(document) or (path.parent if path else None)
            found = await self.validator.validate(text, folder, starts)
            if document.text != text:
                return
        if document.problems != found:
            document.problems = found
            self._publish(document)

    # Life

    async def warm_up(self) -> None:
        """Load what the first save would wait for."""

        def load(text: str, settings: Settings, stop: Event) -> Outcome:
            for template in _WARM_UP:
                repairs.repaired(template, settings, stop)
            gc.collect()
            gc.freeze()  # modules and schemas stay: the collector need not look at them each time
            return Outcome("", text, text)

        await self.jobs.background(partial(_safely, load, "", Settings()))

    def close(self) -> None:
        for tasks in (self._looking, self._validating):
            for task in tasks.values():
                task.cancel()
        self.jobs.close()
        self.validator.close()


async def _until(moment: float) -> None:
    """Sleep until a moment of the loop's clock, at least once round the loop."""
    await asyncio.sleep(moment - asyncio.get_running_loop().time())


def _safely(work: Callable[[str, Settings, Event], Outcome], text: str, settings: Settings, stop: Event) -> Outcome:
    """Work on a text, in which a mistake of ours is logged and otherwise leaves the template alone."""
    try:
        return work(text, settings, stop)
    except Exception as error:
        logger.exception("cfnfix failed; please report this")
        return Outcome("", text, text, error=InputError(f"unexpected {type(error).__name__}"))


def _with_reasons(document: Document, outcome: Outcome) -> bool:
    """Take over why fixes were held back when it came to it; whether there are such."""
    held: Mapping[Any, Finding] = {key(one): one for one in outcome.remaining if one.fix is None}
    findings = tuple(
        replace(one, fix=None, reason=held[key(one)].reason) if one.fix is not None and key(one) in held else one
        for one in document.findings
    )
    differs = findings != document.findings
    document.findings = findings
    return differs
