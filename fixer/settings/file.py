"""Where settings come from: `.cfnfix.toml`, or `[tool.cfnfix]` of `pyproject.toml`.

The nearest settings file upwards of a template counts, alone; in one folder `.cfnfix.toml` goes before
`pyproject.toml`. What a file may hold, key by key, stands in `schema`; it is read by `toml`, which
is imported only if there is one: reading TOML costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from fixer.model import CfnfixError
from fixer.settings.model import NAMED, FileSettings, Settings

SETTINGS_NAME = ".cfnfix.toml"
PROJECT_NAME = "pyproject.toml"


def find_settings(folder: Path) -> Path | None:
    """The settings file that counts for the templates of ``folder``, or None."""
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        for name in (SETTINGS_NAME, PROJECT_NAME):
            if _counts(place / name):
                return place / name
    return None


def _counts(file: Path) -> bool:
    if not file.is_file():
        return file.name == SETTINGS_NAME and file.is_symlink()  # one that leads nowhere is told, not passed over
    if file.name != PROJECT_NAME:
        return True
    try:
        if b"cfnfix" not in file.read_bytes():
            return False
    except OSError:
        return False
    from fixer.settings.toml import has_table

    return has_table(file)


def load_settings(file: Path) -> FileSettings:
    """What a file says. Raises CfnfixError that names the file, the line, the key, what was found and what was
    expected.
    """
    from fixer.settings.toml import read

    return read(file)


def read_settings(file: Path, template: Path | None = None) -> Settings:
    """The settings of a file for a template, or for what has no path. Raises CfnfixError."""
    return load_settings(file).of(template)


def check_names(held: FileSettings, check: Callable[[Iterable[str], Iterable[str]], None]) -> None:
    """Raise CfnfixError, with file and line, for what ``check`` refuses of names and plugins: a name that is no
    transform and no group, also with the plugins; a plugin that cannot be had.
    """
    said = [((), held.said), *((("overrides", number), one.said) for number, one in enumerate(held.overrides))]
    asked = [(above, "plugins", (), names.plugins) for above, names in said]
    asked += [(above, key, getattr(names, key) or (), held.plugins) for above, names in said for key in NAMED]
    for above, key, names, plugins in asked:
        try:
            check(names, plugins)
        except CfnfixError as error:
            from fixer.settings.toml import complaint

            raise complaint(held.file, (*above, key.replace("_", "-")), str(error)) from None
