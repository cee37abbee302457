"""What a server remembers goes when it is no longer about anything that is open."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lsprotocol import types

from fixer.lsp.session import Session

WRONG, RIGHT = "selct = []\n", "select = []\n"


def test_a_wrong_setting_is_told_once_while_a_document_is_open(tmp_path: Path) -> None:
    settings = tmp_path / ".cfnfix.toml"
    settings.write_text(WRONG)
    told: list[str] = []

    async def scene() -> None:
        session = Session(lambda published: None, told.append)
        one, other = ((tmp_path / name).as_uri() for name in ("one.yaml", "other.yaml"))

        def settle() -> int:
            for document in session.documents.values():
                session.settings(document)
            return len(told)

        def open_(uri: str) -> None:
            session.opened(types.TextDocumentItem(uri, "yaml", 1, "Resources: {}\n"))

        try:
            open_(one)
            open_(other)
            assert [settle(), settle()] == [1, 1]
            session.closed(one)
            assert settle() == 1, "the other one is still open"
            session.closed(other)
            assert not session._told
            open_(one)
            assert settle() == 2, "who opens a document is told"
            settings.write_text(RIGHT)
            assert settle() == 2
            assert not session._told
            settings.write_text(WRONG)
            assert settle() == 3, "it was right in between"
        finally:
            session.close()

    asyncio.run(scene())
