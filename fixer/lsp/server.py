"""The language server: which features there are, and how they come to the session."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcServerNotInitialized
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.workspace import PositionCodec

from fixer.lsp import actions, hover
from fixer.lsp.configuration import SECTION, section
from fixer.lsp.diagnostics import within
from fixer.lsp.documents import Document
from fixer.lsp.session import Session
from fixer.model import Finding
from fixer.report.edits import edits

logger = logging.getLogger(__name__)

WATCHED = ("**/.cfnfix.toml", "**/pyproject.toml")
PATIENCE = 1.0
"""Seconds that a first save waits for an editor that was asked for its settings."""
SWITCH = 0.001
"""Seconds for which a thread has the interpreter. A message passes from thread to thread six times until it is
answered, and while a repair is at work in another, each time costs as much."""


class Protocol(LanguageServerProtocol):
    """The protocol, with documents of our own: pygls also breaks lines at form feeds, U+2028 and the like. And with an
    answer to every request, as editors wait for one: pygls has none for parameters that are wrong, nor after shutdown.
    """

    def structure_message(self, data: dict[str, Any]) -> Any:
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and "id" in data:
                self._send_response(data["id"], None, error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        method, number = getattr(message, "method", None), getattr(message, "id", None)
        early = self._workspace is None and method not in (types.INITIALIZE, types.EXIT)
        if method is None or method == types.EXIT or not (early or self._shutdown):
            super().handle_message(message)
        elif number is not None:
            error = JsonRpcServerNotInitialized() if early else JsonRpcInvalidRequest("the server has been shut down")
            self._send_response(number, None, error.to_response_error())

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class Server(LanguageServer):
    """The server with its session. Errors of ours go to the log, and never pop up over somebody's work."""

    def __init__(self) -> None:
        super().__init__("cfnfix", _version(), protocol_cls=Protocol)
        self.session = Session(self.text_document_publish_diagnostics, self.warn)
        self.waiting: set[asyncio.Task[Any]] = set()
        self.is_done = self.is_told_to_exit = False
        """Whether the editor has asked for shutdown, and for exit."""
        self.asked: asyncio.Task[Any] | None = None
        """The question for the editor's settings, as soon as it was put."""

    def warn(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"cfnfix: {message}"))

    def report_server_error(self, error: Exception, source: Any) -> None:
        logger.error("%s: %s", type(error).__name__, error)

    def later(self, work: Any) -> asyncio.Task[Any]:
        """Run a coroutine beside the messages."""
        task: asyncio.Task[Any] = asyncio.ensure_future(work)
        self.waiting.add(task)
        task.add_done_callback(self.waiting.discard)
        return task

    async def knows_settings(self) -> None:
        """Wait a moment for the settings of an editor that was asked for them."""
        if self.asked is not None and not self.asked.done():
            await asyncio.wait([self.asked], timeout=PATIENCE)

    def can(self, *path: str) -> Any:
        """A capability of the editor, or None."""
        found: Any = self.client_capabilities
        for name in path:
            found = getattr(found, name, None)
        return found


def create() -> Server:
    """A server that knows its features."""
    server = Server()
    feature = server.feature
    feature(types.INITIALIZE)(initialize)
    feature(types.INITIALIZED)(initialized)
    feature(types.SHUTDOWN)(shutdown)
    feature(types.EXIT)(leave)
    feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    feature(types.TEXT_DOCUMENT_DID_SAVE, types.SaveOptions(include_text=False))(did_save)
    feature(types.TEXT_DOCUMENT_FORMATTING)(formatting)
    feature(types.TEXT_DOCUMENT_WILL_SAVE_WAIT_UNTIL)(will_save_wait_until)
    options = types.CodeActionOptions(code_action_kinds=list(actions.KINDS), resolve_provider=True)
    feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(code_action)
    feature(types.CODE_ACTION_RESOLVE)(resolve)
    feature(types.TEXT_DOCUMENT_HOVER)(hovered)
    feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(did_change_configuration)
    feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(did_change_watched_files)
    feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(did_change_workspace_folders)
    return server


def serve() -> int:
    """Serve on standard input and output, and give the exit status: 1 for an exit without shutdown, as the protocol
    wants it. What anything else prints goes to standard error.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="cfnfix: %(levelname)s: %(message)s")
    logging.getLogger("pygls").setLevel(logging.ERROR)
    sys.setswitchinterval(SWITCH)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server = create()
    try:
        server.start_io(sys.stdin.buffer, output)
    finally:
        server.session.close()
    return int(server.is_told_to_exit and not server.is_done)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("cfnfix")
    except PackageNotFoundError:
        return ""


# Life


def initialize(ls: Server, params: types.InitializeParams) -> None:
    session = ls.session
    session.codec = PositionCodec(ls.workspace.position_encoding)
    folders = list(params.workspace_folders or [])
    if not folders and params.root_uri:
        folders = [types.WorkspaceFolder(params.root_uri, "")]
    session.set_folders(folders)
    session.configuration.everywhere = section(params.initialization_options)


def initialized(ls: Server, params: types.InitializedParams) -> None:
    registrations = []
    if ls.can("workspace", "did_change_watched_files", "dynamic_registration"):
        watchers = [types.FileSystemWatcher(glob) for glob in WATCHED]
        watch = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registrations.append(types.Registration("cfnfix-files", method, watch))
    if ls.can("workspace", "did_change_configuration", "dynamic_registration"):
        told = types.DidChangeConfigurationRegistrationOptions(SECTION)
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        registrations.append(types.Registration("cfnfix-settings", method, told))
    if registrations:
        ls.client_register_capability(types.RegistrationParams(registrations))
    ls.asked = ls.later(_ask_for_settings(ls))
    ls.later(ls.session.warm_up())


def shutdown(ls: Server, params: None) -> None:
    ls.is_done = True
    ls.session.close()


def leave(ls: Server, params: None) -> None:
    ls.is_told_to_exit = True


# Documents


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    ls.session.opened(params.text_document)


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    ls.session.changed(params)


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.session.closed(params.text_document.uri)


def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    ls.session.saved(params.text_document.uri)


# Repairs


async def formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    return await _formatted(ls, params.text_document.uri)


async def will_save_wait_until(ls: Server, params: types.WillSaveTextDocumentParams) -> list[types.TextEdit] | None:
    if params.reason != types.TextDocumentSaveReason.Manual:
        return None  # the editor saves by itself while somebody types: not the moment to change the text
    return await _formatted(ls, params.text_document.uri)


async def _formatted(ls: Server, uri: str) -> list[types.TextEdit] | None:
    await ls.knows_settings()
    after = await ls.session.formatted(uri)
    document = ls.session.document(uri)
    if after is None or document is None:
        return None
    return document.text_edits(edits(document.text, after))


async def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    await ls.knows_settings()
    document = await ls.session.current(params.text_document.uri)
    settings = ls.session.settings(document) if document else None
    if document is None or settings is None:
        return None
    here: list[Finding] = within(document, params.range, document.findings)
    found = list(actions.offered(document, settings, here, params.context.only))
    lazy = ls.can("text_document", "code_action", "resolve_support")
    if lazy is None or "edit" not in lazy.properties or not ls.can("text_document", "code_action", "data_support"):
        found = [action for action in found if await _resolved(ls, action, quiet=True)]
        for action in found:
            action.data = None
    return found


async def resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    await _resolved(ls, action, quiet=False)
    return action


async def _resolved(ls: Server, action: types.CodeAction, *, quiet: bool) -> bool:
    """Give an action its edit; whether it has one. ``quiet``: nobody has chosen it, so that nobody is told why not."""
    data: Any = action.data
    data = data if isinstance(data, dict) else {}
    document = await ls.session.current(data.get("uri", ""))
    settings = ls.session.settings(document) if document else None
    if document is None or settings is None or document.version != data.get("version"):
        return False
    text, version = document.text, document.version
    try:
        after = await ls.session.jobs.urgent(actions.edited(document, settings, data))
    except actions.NoEdit as reason:
        if not quiet:
            ls.warn(str(reason))
        return False
    if document.version != version:
        return False
    action.edit = _workspace_edit(ls, document, document.text_edits(edits(text, after)))
    return True


def _workspace_edit(ls: Server, document: Document, changes: list[types.TextEdit]) -> types.WorkspaceEdit:
    """Edits of one document; with its version, so that an editor refuses them when they are outdated, if it can."""
    if not ls.can("workspace", "workspace_edit", "document_changes"):
        return types.WorkspaceEdit(changes={document.uri: changes})
    identifier = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(changes))])


async def hovered(ls: Server, params: types.HoverParams) -> types.Hover | None:
    document = await ls.session.current(params.text_document.uri)
    if document is None:
        return None
    here = within(document, types.Range(params.position, params.position), document.findings)
    if not here:
        return None
    span = document.span(here[0])
    plugins = document.settings.plugins if document.settings else ()
    content = types.MarkupContent(types.MarkupKind.Markdown, hover.markdown(here, plugins))
    return types.Hover(content, document.positions.range(span.start, span.end))


# Settings


async def did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    if params.settings:
        ls.session.configuration.everywhere = section(params.settings)
        ls.session.look_at_all()
    else:
        await _ask_for_settings(ls)


async def _ask_for_settings(ls: Server) -> None:
    """Ask an editor that can tell its settings for those of each workspace folder."""
    if not ls.can("workspace", "configuration"):
        return
    session = ls.session
    roots = list(session.roots.items())
    items = [types.ConfigurationItem(scope_uri=None, section=SECTION)]
    items += [types.ConfigurationItem(scope_uri=_uri(root), section=SECTION) for _, root in roots]
    try:
        told = await ls.workspace_configuration_async(types.ConfigurationParams(items))
    except Exception as error:
        logger.warning("the editor did not tell its settings: %s", error)
        return
    whole, *each = [section(one) for one in told] or [{}]
    session.configuration.everywhere = whole or session.configuration.everywhere
    session.configuration.folders = {root: one for (_, root), one in zip(roots, each, strict=False) if one}
    session.look_at_all()


def _uri(path: Path) -> str:
    return path.as_uri()


def did_change_watched_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    ls.session.look_at_all()


def did_change_workspace_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    ls.session.set_folders(params.event.added, params.event.removed)
    ls.asked = ls.later(_ask_for_settings(ls))
    ls.session.look_at_all()
