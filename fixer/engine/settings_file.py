"""Where settings come from: `.cfnfix.toml`, or `[tool.cfnfix]` of `pyproject.toml`.

The nearest settings file upwards of a template counts, alone; in one folder `.cfnfix.toml` goes before
`pyproject.toml`. What a file may hold, key by key, stands in `settings_schema`, which is imported only if there is
one: reading TOML costs.
"""

from __future__ import annotations

from pathlib import Path

from fixer.engine.settings import Settings

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
        return False
    if file.name != PROJECT_NAME:
        return True
    try:
        if b"cfnfix" not in file.read_bytes():
            return False
    except OSError:
        return False
    from fixer.engine.settings_schema import has_table

    return has_table(file)


def read_settings(file: Path) -> Settings:
    """The settings of a file. Raises CfnfixError that names the file, the key, what was found and what was expected."""
    from fixer.engine.settings_schema import read

    return read(file)
