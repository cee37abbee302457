"""The files below a folder, as far as a search for sources goes: folders and zip archives become bundles of files.

Nothing leads out of the folder: no link is followed that ends elsewhere, linked folders are not entered, and a path
that a template names is only compared with what the walk found. What was not seen is remembered: nobody may take it
for absent.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path as FilePath
from typing import Literal

from msgspec import Struct

from fixer.cloudformation.limits import PACKAGE_BYTES, UNZIPPED_BYTES, ZIP_FILE_BYTES

DEPTH = 6
"""Folders below the root that are entered, one inside the other."""
ENTRIES = 20_000
ARCHIVE_ENTRIES = 2_000

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "env", "virtualenv", "site-packages", "cdk.out"})


class Unreadable(Exception):
    """A file that cannot be read, or is too large; the message is the reason, to follow the file's name."""


class Bundle(Struct, frozen=True):
    """Files that belong together, as the package of a function does.

    Their paths have ``/`` and are relative to the bundle.
    """

    name: str
    """Path of the folder, file or archive below the root."""
    files: Mapping[str, Callable[[], bytes]]
    """Path to what reads the file: at most ZIP_FILE_BYTES, and Unreadable where that fails."""
    unseen: tuple[str, ...] = ()
    """Folders and links inside that were not looked into."""
    kind: Literal["folder", "file", "archive"] = "folder"
    """A file is a bundle by itself, its neighbours left aside."""


class Tree(Struct, frozen=True):
    """What is below a folder, nearest first and then by name."""

    root: str
    files: tuple[str, ...]
    folders: tuple[str, ...]
    unseen: tuple[str, ...]
    complete: bool
    """False: there are more than ENTRIES entries, and the rest was not looked at."""

    def folder(self, path: str) -> Bundle:
        """The bundle of a folder."""
        inside = path + "/"
        files = {p[len(inside) :]: self._reader(p) for p in self.files if p.startswith(inside)}
        unseen = tuple(p for p in self.unseen if p == path or p.startswith(inside))
        return Bundle(path, files, unseen)

    def file(self, path: str) -> Bundle:
        """A file by itself."""
        return Bundle(path, {path.rpartition("/")[2]: self._reader(path)}, kind="file")

    def archive(self, path: str) -> Bundle:
        """The bundle of a zip archive. Raises Unreadable."""
        file = FilePath(self.root, path)
        try:
            _check_archive(file.stat().st_size)
        except OSError as error:
            raise Unreadable("is no zip archive that can be read") from error
        return _archive(path, lambda: zipfile.ZipFile(file))

    def _reader(self, path: str) -> Callable[[], bytes]:
        return lambda: _read(FilePath(self.root, path))


def walk_tree(root: str) -> Tree:
    """All files and folders below ``root``, but for hidden ones, dependencies and virtual environments."""
    real = os.path.realpath(root)
    files: list[str] = []
    folders: list[str] = []
    unseen: list[str] = []
    level = [""]
    count = 0
    for depth in range(DEPTH + 1):
        below: list[str] = []
        for folder in level:
            try:
                with os.scandir(os.path.join(real, folder)) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError:
                unseen.append(folder)
                continue
            if folder and any(entry.name == "pyvenv.cfg" for entry in entries):
                folders.remove(folder)
                continue
            for entry in entries:
                count += 1
                path = f"{folder}/{entry.name}" if folder else entry.name
                kind = _kind(entry, real)
                if not entry.name.isprintable():
                    path, kind = ascii(path), "unseen"
                if count > ENTRIES:
                    return Tree(real, tuple(files), tuple(folders), tuple(unseen), complete=False)
                if kind == "file":
                    files.append(path)
                elif kind == "folder":
                    folders.append(path)
                    below.append(path)
                elif kind == "unseen":
                    unseen.append(path)
        level = below
        if depth == DEPTH:
            unseen += level
    return Tree(real, tuple(files), tuple(folders), tuple(unseen), complete=True)


def _kind(entry: os.DirEntry[str], root: str) -> str:
    """What the walk makes of an entry: "file", "folder", "unseen" or "" for what nobody misses."""
    name = entry.name
    try:
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            inside = os.path.commonpath((root, target)) == root
            return "file" if inside and os.path.isfile(target) else "unseen"
        if entry.is_dir():
            skipped = name.startswith(".") or name in _SKIPPED or name.endswith((".egg-info", ".dist-info"))
            return "" if skipped else "folder"
        return "file" if entry.is_file() else ""
    except (OSError, ValueError):
        return "unseen"


def _read(path: FilePath) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(ZIP_FILE_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    return _limited(content)


def _limited(content: bytes) -> bytes:
    if len(content) > ZIP_FILE_BYTES:
        raise Unreadable(f"is larger than {ZIP_FILE_BYTES // 1024 // 1024} MB")
    return content


def archive_of(name: str, content: bytes) -> Bundle:
    """The bundle of a zip archive that is no file. Raises Unreadable."""
    _check_archive(len(content))
    return _archive(name, lambda: zipfile.ZipFile(io.BytesIO(content)))


def _check_archive(size: int) -> None:
    if size > PACKAGE_BYTES:
        raise Unreadable(f"is larger than {PACKAGE_BYTES // 1024 // 1024} MB")


def _archive(name: str, opened: Callable[[], zipfile.ZipFile]) -> Bundle:
    try:
        with opened() as archive:
            entries = archive.infolist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("is no zip archive that can be read") from error
    if len(entries) > ARCHIVE_ENTRIES:
        raise Unreadable(f"has more than {ARCHIVE_ENTRIES} entries")
    if sum(entry.file_size for entry in entries) > UNZIPPED_BYTES:
        raise Unreadable(f"unpacks to more than {UNZIPPED_BYTES // 1024 // 1024} MB")
    files: dict[str, Callable[[], bytes]] = {}
    for entry in entries:
        parts = entry.filename.rstrip("/").split("/")
        if ".." in parts or "" in parts or "\\" in entry.filename or ":" in parts[0]:
            raise Unreadable(f"has an entry that leads out of it: {entry.filename!r}")
        if not entry.filename.isprintable():
            raise Unreadable(f"has an entry with an odd name: {entry.filename!a}")
        if entry.filename in files:
            raise Unreadable(f"has two entries {entry.filename}")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unreadable(f"has a link: {entry.filename}")
        if not entry.is_dir():
            files[entry.filename] = _member_reader(opened, entry)
    return Bundle(name, files, kind="archive")


def _member_reader(opened: Callable[[], zipfile.ZipFile], entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        """As many bytes as the limit allows are unpacked, whatever size the archive claims."""
        try:
            with opened() as archive, archive.open(entry) as member:
                return _limited(member.read(ZIP_FILE_BYTES + 1))
        except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise Unreadable("cannot be unpacked") from error

    return read
