"""The settings of each document: the file nearest to it, and over it what the editor says.

Nothing is cached beyond the state of the file, so that new ones count even if no editor tells that it has changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from fixer import api
from fixer.model import CfnfixError
from fixer.settings.file import check_names, find_settings, load_settings
from fixer.settings.model import NAMED, FileSettings, Settings

SECTION = "cfnfix"
"""The section of the editor's settings."""


class Configuration(Struct):
    """What the editor has said, as a whole and for single workspace folders, and the settings files read so far."""

    everywhere: Mapping[str, Any] = field(default_factory=dict)
    folders: dict[Path, Mapping[str, Any]] = field(default_factory=dict)
    _files: dict[Path, tuple[tuple[int, int], FileSettings]] = field(default_factory=dict)

    def of(self, path: Path | None, root: Path | None) -> Settings | None:
        """The settings for a file, None if they exclude it; ``root`` is its workspace folder, or that of an unsaved
        one. Raises CfnfixError.
        """
        folder = root if path is None else path.parent
        file = find_settings(folder) if folder is not None else None
        held = self._read(file) if file else None
        settings = held.of(path) if held else Settings()
        told = {**self.everywhere, **(self.folders.get(root, {}) if root else {})}
        settings = over(settings, told, root) if told else settings
        if held is not None and path is not None and held.excludes(path):
            return None
        if settings.options.code_root is None and path is not None:
            settings = replace(settings, options=replace(settings.options, code_root=str(path.parent)))
        return settings

    def _read(self, file: Path) -> FileSettings:
        status = file.stat()
        state = (status.st_mtime_ns, status.st_size)
        known = self._files.get(file)
        if known is None or known[0] != state:
            held = load_settings(file)
            check_names(held, api.check_names)
            known = self._files[file] = (state, held)
        return known[1]


def section(settings: Any) -> Mapping[str, Any]:
    """The part of an editor's settings that is ours; editors send it with or without the name of the section."""
    if not isinstance(settings, Mapping):
        return {}
    inner = settings.get(SECTION, settings)
    return inner if isinstance(inner, Mapping) else {}


def over(settings: Settings, told: Mapping[str, Any], root: Path | None) -> Settings:
    """Settings with those of an editor on top; keys as in the settings file, also in camelCase. Raises CfnfixError.

    Keys that the settings file does not know are passed over: editors keep settings of their own in the same section.
    """
    import msgspec

    from fixer.settings.schema import Keys, said
    from fixer.settings.toml import explain

    known = {one.encode_name for one in msgspec.structs.fields(Keys)}
    given = {kebab(key): value for key, value in told.items() if value is not None and kebab(key) in known}
    try:
        overrides = said(msgspec.convert(given, Keys), root or Path())
        plugins = (*settings.plugins, *overrides.plugins)
        api.check_names((name for key in NAMED for name in getattr(overrides, key) or ()), plugins)
    except msgspec.ValidationError as error:
        raise CfnfixError(f"the editor's settings of {SECTION}: {explain(str(error), given)[1]}") from None
    except CfnfixError as error:
        raise CfnfixError(f"the editor's settings of {SECTION}: {error}") from None
    return overrides.over(settings)


def kebab(key: str) -> str:
    """``unsafeFixes`` and ``unsafe_fixes`` as ``unsafe-fixes``."""
    return re.sub(r"(?<=[a-z])[A-Z]", lambda found: "-" + found.group().lower(), key).replace("_", "-")
