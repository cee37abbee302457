"""The server as a badly behaved client meets it: raw messages, and none of the manners of an editor."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from tests import warm
from tests.lsp.editor import COMMAND, PATIENCE, PROGRAM, ROOT
from tests.lsp.test_server import ROLE

URI = "file:///work/t.yaml"


class Client:
    """Writes what it likes, and reads what comes."""

    def __init__(self, command: Sequence[str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT)
        self.number = 0
        self.came: queue.Queue[Any] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                while stream.readline() != b"\r\n":
                    pass
                self.came.put(json.loads(stream.read(int(line.split(b":")[1]))))

    def write(self, body: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method: str, **params: Any) -> None:
        self.write(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def request(self, method: str, **params: Any) -> Any:
        """The answer, with result or error."""
        self.number += 1
        self.write(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode())
        while (message := self.came.get(timeout=PATIENCE)).get("id") != self.number or "method" in message:
            pass
        return message

    def begin(self) -> None:
        self.request("initialize", processId=None, rootUri=None, capabilities={})
        self.notify("initialized")

    def open(self, text: str, uri: str = URI) -> None:
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=item)

    def change(self, version: Any, *changes: Any) -> None:
        document = {"uri": URI, "version": version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=list(changes))

    def format(self, uri: str = URI) -> Any:
        options = {"tabSize": 2, "insertSpaces": True}
        return self.request("textDocument/formatting", textDocument={"uri": uri}, options=options)

    def ended(self) -> int:
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read().decode()


@pytest.fixture
def client() -> Iterator[Client]:
    with server(warm.command(PROGRAM)) as made:
        yield made


@pytest.fixture
def whole_life() -> Iterator[Client]:
    """For what is about how the process ends: one that started as with a user."""
    with server(COMMAND) as made:
        yield made


@contextmanager
def server(command: Sequence[str]) -> Iterator[Client]:
    made = Client(command)
    yield made
    made.process.kill()
    made.process.wait()
    for stream in (made.process.stdin, made.process.stdout, made.process.stderr):
        if stream:
            stream.close()


def code(answer: Any) -> int:
    return int(answer["error"]["code"])


def test_before_it_is_initialized(client: Client) -> None:
    client.open(ROLE)
    assert code(client.format()) == -32002
    client.begin()
    assert client.format()["result"] is None, "what was opened before does not count"
    client.open(ROLE)
    assert client.format()["result"]


def test_every_request_is_answered(whole_life: Client) -> None:
    whole_life.begin()
    assert code(whole_life.request("no/such/method")) == -32601
    assert code(whole_life.request("textDocument/formatting", nonsense=1)) == -32602
    whole_life.notify("textDocument/didOpen", nonsense=1)
    whole_life.notify("textDocument/didClose", textDocument={"uri": "file:///never/opened.yaml"})
    whole_life.notify("$/cancelRequest", id=4711)
    whole_life.write(b"{no json")
    whole_life.write(b"[]")
    whole_life.open(ROLE)
    assert whole_life.format()["result"]
    assert whole_life.request("shutdown")["result"] is None
    assert code(whole_life.format()) == -32600
    whole_life.notify("exit")
    assert whole_life.ended() == 0


def test_an_exit_without_shutdown_and_one_at_once(whole_life: Client) -> None:
    whole_life.begin()
    whole_life.notify("exit")
    assert whole_life.ended() == 1
    assert "Traceback" not in whole_life.said()


def test_shutdown_at_once_leaves_no_traceback(whole_life: Client) -> None:
    whole_life.begin()
    whole_life.open(ROLE)
    whole_life.request("shutdown")
    whole_life.notify("exit")
    assert whole_life.ended() == 0
    assert "never retrieved" not in whole_life.said()


def test_a_client_that_is_gone(whole_life: Client) -> None:
    whole_life.begin()
    whole_life.open(ROLE)
    assert whole_life.process.stdin
    whole_life.process.stdin.close()
    assert whole_life.ended() == 0


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "vscode-remote://ssh-remote%2Bhost/home/me/t.yaml", "git:/a?x"])
def test_documents_that_are_no_files(client: Client, uri: str) -> None:
    client.begin()
    client.open(ROLE, uri)
    assert client.format(uri)["result"]


def test_changes_without_sense(client: Client) -> None:
    """Versions that fall or are missing, ranges that are outside or the wrong way round."""
    client.begin()
    client.open(ROLE)
    beyond = {"start": {"line": 99, "character": 0}, "end": {"line": 200, "character": 5}}
    reverse = {"start": {"line": 0, "character": 5}, "end": {"line": 0, "character": 0}}
    client.change(-3, {"range": beyond, "text": "# end\n"}, {"range": reverse, "text": ""})
    client.change(None, {"text": ROLE})
    assert client.format()["result"]
    for number in range(300):
        client.change(10 + number, {"range": reverse, "text": "#"})
    client.change(999, {"text": ROLE})
    assert client.format()["result"]
