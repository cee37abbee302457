"""As much of an editor as the tests and the benchmark need, and the server as a process behind it."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

PROGRAM = "from fixer.lsp.command import lsp; lsp()"
COMMAND = (sys.executable, "-c", PROGRAM)
ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a test gives up; machines of CI are slow."""


def capabilities(
    encodings: Sequence[types.PositionEncodingKind] | None = None, *, resolve: bool = True, ask: bool = False
) -> types.ClientCapabilities:
    """What a modern editor can do."""
    code_action = types.CodeActionClientCapabilities(
        data_support=True, resolve_support=types.ClientCodeActionResolveOptions(["edit"]) if resolve else None
    )
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=encodings),
        text_document=types.TextDocumentClientCapabilities(
            code_action=code_action,
            synchronization=types.TextDocumentSyncClientCapabilities(will_save_wait_until=True, did_save=True),
        ),
        workspace=types.WorkspaceClientCapabilities(
            configuration=ask,
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
    )


class Editor(BaseLanguageClient):
    """An editor with its open texts, and what the server has told it."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        super().__init__("editor", "1")
        self.command = command
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: list[types.PublishDiagnosticsParams] = []
        self.messages: list[str] = []
        self.registered: list[str] = []
        self.settings: dict[str | None, Any] = {}
        """What is answered when the server asks: scope to settings."""
        self.thinks = 0.0
        """Seconds that it takes to answer such a question."""
        self.encoding = "utf-16"
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.published.append(params))
        self.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.messages.append(params.message))
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: self._register(params))

        async def tell(params: types.ConfigurationParams) -> list[Any]:
            await asyncio.sleep(self.thinks)
            return [self.settings.get(item.scope_uri) for item in params.items]

        self.feature(types.WORKSPACE_CONFIGURATION)(tell)

    def _register(self, params: types.RegistrationParams) -> None:
        self.registered += [one.method for one in params.registrations]

    # Life

    async def begin(
        self,
        *folders: Path,
        can: types.ClientCapabilities | None = None,
        options: Any = None,
        env: dict[str, str] | None = None,
    ) -> types.InitializeResult:
        await self.start_io(*self.command, cwd=str(ROOT), env={**os.environ, **(env or {})})
        result = await self.initialize_async(
            types.InitializeParams(
                can or capabilities(),
                process_id=os.getpid(),
                workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
                initialization_options=options,
            )
        )
        self.encoding = str(
            getattr(result.capabilities.position_encoding, "value", result.capabilities.position_encoding)
        )
        self.initialized(types.InitializedParams())
        return result

    async def end(self) -> None:
        await self.shutdown_async(None)
        self.exit(None)
        await self.stop()

    # Documents

    def open(self, uri: str, text: str, language: str = "yaml") -> None:
        self.texts[uri], self.versions[uri] = text, 1
        self.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text)))

    def replace(self, uri: str, start: int, end: int, new: str) -> None:
        """Type over a range, in code points."""
        text = self.texts[uri]
        place = types.Range(position(text, start, self.encoding), position(text, end, self.encoding))
        self.texts[uri] = text[:start] + new + text[end:]
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangePartial(place, new)
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    def put(self, uri: str, old: str, new: str) -> None:
        """Type ``new`` over the first ``old``."""
        start = self.texts[uri].index(old)
        self.replace(uri, start, start + len(old), new)

    def save(self, uri: str) -> None:
        self.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def close(self, uri: str) -> None:
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    # Requests

    async def format(self, uri: str) -> tuple[float, list[types.TextEdit]]:
        """The seconds that a request to format takes, and its edits."""
        document, options = types.TextDocumentIdentifier(uri), types.FormattingOptions(2, True)
        start = time.perf_counter()
        edits = await self.text_document_formatting_async(types.DocumentFormattingParams(document, options))
        return time.perf_counter() - start, list(edits or [])

    async def actions(self, uri: str, at: str, only: Sequence[str] | None = None) -> list[types.CodeAction]:
        """The actions where ``at`` stands in the text."""
        place = position(self.texts[uri], self.texts[uri].index(at), self.encoding)
        context = types.CodeActionContext([], only=only)  # type: ignore[arg-type]
        found = await self.text_document_code_action_async(
            types.CodeActionParams(types.TextDocumentIdentifier(uri), types.Range(place, place), context)
        )
        return [action for action in found or [] if isinstance(action, types.CodeAction)]

    async def hover(self, uri: str, at: str) -> str:
        place = position(self.texts[uri], self.texts[uri].index(at), self.encoding)
        found = await self.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(uri), place))
        return found.contents.value if found and isinstance(found.contents, types.MarkupContent) else ""

    async def taken(self, uri: str, action: types.CodeAction) -> str:
        """The text after an action."""
        if action.edit is None:
            action = await self.code_action_resolve_async(action)
        assert action.edit is not None
        (change,) = action.edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.version == self.versions[uri]
        return applied(
            self.texts[uri], [edit for edit in change.edits if isinstance(edit, types.TextEdit)], self.encoding
        )

    async def until(self, wanted: Callable[[], Any]) -> Any:
        """Wait for something that is true."""
        end = time.monotonic() + PATIENCE
        while not (result := wanted()):
            assert time.monotonic() < end, "it never came"
            await asyncio.sleep(0.01)
        return result

    async def diagnostics(self, uri: str, source: str = "cfnfix") -> list[types.Diagnostic]:
        """The diagnostics of the present version, as soon as there are some of that source."""

        def last() -> list[types.Diagnostic] | None:
            mine = [one for one in self.published if one.uri == uri and one.version == self.versions[uri]]
            found = [one for one in mine[-1].diagnostics if one.source == source] if mine else []
            return found or None

        result: list[types.Diagnostic] = await self.until(last)
        return result

    def latest(self, uri: str) -> types.PublishDiagnosticsParams | None:
        return next((one for one in reversed(self.published) if one.uri == uri), None)


def units(text: str, encoding: str) -> int:
    return {"utf-8": len(text.encode()), "utf-16": len(text.encode("utf-16-le")) // 2, "utf-32": len(text)}[encoding]


def breaks(text: str) -> list[int]:
    """Where the lines begin, by the plainest means."""
    starts, at = [0], 0
    while at < len(text):
        at += 2 if text[at : at + 2] == "\r\n" else 1
        if text[at - 1] in "\r\n":
            starts.append(at)
    return starts


def position(text: str, offset: int, encoding: str) -> types.Position:
    starts = breaks(text)
    line = max(number for number, start in enumerate(starts) if start <= offset)
    return types.Position(line, units(text[starts[line] : offset], encoding))


def offset_of(text: str, place: types.Position, encoding: str) -> int:
    start = breaks(text)[place.line]
    for end in range(start, len(text) + 1):
        if units(text[start:end], encoding) == place.character:
            return end
    raise AssertionError(f"{place} is amid a character or beyond its line")


def applied(text: str, edits: Sequence[types.TextEdit], encoding: str = "utf-16") -> str:
    """The text after edits, which must not overlap."""
    places = []
    for edit in edits:
        start, end = (offset_of(text, place, encoding) for place in (edit.range.start, edit.range.end))
        places.append((start, end, edit.new_text))
    last = len(text)
    for start, end, new in sorted(places, key=lambda one: one[:2], reverse=True):
        assert end <= last, "edits overlap"
        text, last = text[:start] + new + text[end:], start
    return text
