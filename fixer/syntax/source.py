"""Bytes to text and back: encoding, lines, atomic replacement of a file.

A byte order mark stays part of the text, and no line end is ever translated, so that decoding and encoding give the
same bytes.
"""

from __future__ import annotations

import contextlib
import os
import re
from bisect import bisect_right
from pathlib import Path

from fixer.model import InputError

BOM = "\ufeff"
_EFFECTIVE = os.access in os.supports_effective_ids
_BREAK = re.compile(r"\r\n|\n|\r")


def decode(data: bytes) -> str:
    """The text of a file's bytes. Raises InputError for what is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        wide = "UTF-32" if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) else "UTF-16"
        raise InputError(f"the file is {wide}; CloudFormation takes UTF-8 only: convert it first")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data[:8192]:
            raise InputError("the file is binary") from None
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        byte = data[error.start]
        raise InputError(
            f"the file is not UTF-8: byte 0x{byte:02x} was found; convert it first", line, column
        ) from None


def read(path: Path) -> str:
    """The text of a file. Raises InputError for what cannot be read or is not UTF-8."""
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from None


def write_atomic(path: Path, text: str, like: Path | None = None) -> None:
    """Replace a file by rename, so that a reader sees the old or the new text and never a part.

    The mode is that of ``like`` (or of the file itself, if it is there), and a file keeps its owner as far as that is
    allowed: a run as root, in a container, must not take the files of the host. A link is followed: its target is
    replaced. A device or a pipe is written to as it is. Raises InputError if the folder, or the file, cannot be
    written to: whoever made a file read-only does not want a rename to get round that.
    """
    target = path.resolve() if path.is_symlink() else path
    model = like if like is not None else target
    temporary = None
    try:
        if target.exists() and not target.is_file():  # a device or a pipe; a folder is refused by the system
            target.write_bytes(text.encode("utf-8"))
            return
        if target.exists() and not os.access(target, os.W_OK, effective_ids=_EFFECTIVE):
            raise InputError("cannot be written: the file is read-only")
        # tempfile would bring random, hashlib, shutil and lzma along, whose import takes longer than all this.
        beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
        with open(beside, "xb", opener=_private) as file:
            temporary = str(beside)
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        _keep_owner(target, temporary)
        os.chmod(temporary, _mode(model))
        os.replace(temporary, target)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _keep_owner(target: Path, temporary: str) -> None:
    if hasattr(os, "chown") and target.exists():
        status = target.stat()
        with contextlib.suppress(OSError):
            os.chown(temporary, status.st_uid, status.st_gid)


def _mode(model: Path) -> int:
    try:
        return model.stat().st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


class Lines:
    """Where the lines of a text begin and end. A line ends at LF, CR or CR LF, and nowhere else; the first one begins
    after a byte order mark.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [len(BOM) if text.startswith(BOM) else 0, *(found.end() for found in _BREAK.finditer(text))]

    @property
    def breaks(self) -> frozenset[str]:
        """The kinds of line breaks that the text has."""
        return frozenset(_BREAK.findall(self.text))

    def number(self, offset: int) -> int:
        """The number of the line of an offset, from 0."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.starts[self.number(offset)]

    def next(self, offset: int) -> int:
        """Where the line after that of an offset begins, or the end of the text."""
        number = self.number(offset) + 1
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def end(self, offset: int) -> int:
        """Where the line of an offset ends: the offset of its line break, or the end of the text."""
        return self.before_break(self.next(offset))

    def before_break(self, end: int) -> int:
        """The same offset, or that of the line break which stands before it."""
        if self.text[max(end - 2, 0) : end] == "\r\n":
            return end - 2
        return end - 1 if self.text[max(end - 1, 0) : end] in ("\n", "\r") else end

    def newline(self, offset: int) -> str:
        """The line break that is used around an offset: that of its line, else of the line before, else LF."""
        number = self.number(offset)
        for start in (number, number - 1):
            if start >= 0 and start + 1 < len(self.starts):
                end = self.starts[start + 1]
                return "\r\n" if self.text[end - 2 : end] == "\r\n" else self.text[end - 1]
        return "\n"

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; the column in code points."""
        number = self.number(offset)
        return number + 1, max(offset - self.starts[number], 0) + 1


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of one offset, as ``Lines.position`` gives them; for errors, where it is needed once."""
    return Lines(text).position(offset)
