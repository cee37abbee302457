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
from fixer.engine.settings import IMPACTS, Overrides, Settings, tag
from fixer.engine.settings_file import find_settings, read_settings
from fixer.model import CfnfixError

SECTION = "cfnfix"
"""The section of the editor's settings."""


class Configuration(Struct):
    """What the editor has said, as a whole and for single workspace folders, and the settings files read so far."""

    everywhere: Mapping[str, Any] = field(default_factory=dict)
    folders: dict[Path, Mapping[str, Any]] = field(default_factory=dict)
    _files: dict[Path, tuple[tuple[int, int], Settings]] = field(default_factory=dict)

    def of(self, path: Path | None, root: Path | None) -> Settings:
        """The settings for a file; ``root`` is its workspace folder, or that of an unsaved one. Raises CfnfixError."""
        folder = root if path is None else path.parent
        file = find_settings(folder) if folder is not None else None
        settings = self._read(file) if file else Settings()
        told = {**self.everywhere, **(self.folders.get(root, {}) if root else {})}
        settings = over(settings, told, root) if told else settings
        if settings.options.code_root is None and path is not None:
            settings = replace(settings, options=replace(settings.options, code_root=str(path.parent)))
        return settings

    def _read(self, file: Path) -> Settings:
        status = file.stat()
        state = (status.st_mtime_ns, status.st_size)
        known = self._files.get(file)
        if known is None or known[0] != state:
            settings = read_settings(file)
            try:
                api.check_names((*settings.select, *settings.extend_select, *settings.ignore))
            except CfnfixError as error:
                raise CfnfixError(f"{file}: {error}") from None
            known = self._files[file] = (state, settings)
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

    from fixer.engine.settings_schema import SettingsFile

    known = {one.encode_name for one in msgspec.structs.fields(SettingsFile)}
    given = {kebab(key): value for key, value in told.items() if value is not None and kebab(key) in known}
    try:
        held = msgspec.convert(given, SettingsFile)
    except msgspec.ValidationError as error:
        raise CfnfixError(f"the editor's settings of {SECTION}: {error}") from None
    overrides = Overrides(
        select=held.select if "select" in given else None,
        extend_select=held.extend_select,
        ignore=held.ignore,
        unsafe_fixes=held.unsafe_fixes if "unsafe-fixes" in given else None,
        max_impact=None if held.max_impact is None else IMPACTS[held.max_impact],
        validate=held.validate if "validate" in given else None,
        tags={key: tag(key, text) for key, text in held.tags.items()},
        code_root=None if held.code_root is None else str((root or Path()) / held.code_root),
    )
    try:
        api.check_names((*(overrides.select or ()), *overrides.extend_select, *overrides.ignore))
    except CfnfixError as error:
        raise CfnfixError(f"the editor's settings of {SECTION}: {error}") from None
    settings = overrides.over(settings)
    if "outputs" in given:
        settings = replace(settings, options=replace(settings.options, export=held.outputs.export))
    return settings


def kebab(key: str) -> str:
    """``unsafeFixes`` and ``unsafe_fixes`` as ``unsafe-fixes``."""
    return re.sub(r"(?<=[a-z])[A-Z]", lambda found: "-" + found.group().lower(), key).replace("_", "-")
