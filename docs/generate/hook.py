"""What mkdocs calls while it builds: pages and tables that are made from the code itself."""

from __future__ import annotations

import re
from typing import Any

import command_line
import repairs
import settings
from mkdocs.structure.files import File

MADE = {
    "repairs": repairs.index,
    "options": command_line.options,
    "commands": command_line.commands,
    "settings": settings.tables,
}
"""What stands for ``{{ name }}`` on a page, on a line of its own."""

_MARK = re.compile(r"^\{\{ (\w+) \}\}$", re.MULTILINE)


def on_config(config: Any) -> Any:
    """Put a page for each repair below the index of repairs."""
    (reference,) = (part["Reference"] for part in config.nav if "Reference" in part)
    (section,) = (part["Repairs"] for part in reference if "Repairs" in part)
    section.extend({name: path} for name, path in repairs.pages())
    return config


def on_files(files: Any, config: Any) -> Any:
    for name, path in repairs.pages():
        files.append(File.generated(config, path, content=repairs.page(name)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    return filled(markdown)


def filled(markdown: str) -> str:
    """A page with what is made in the place of its marks. Raises KeyError for an unknown one."""
    return _MARK.sub(lambda mark: MADE[mark[1]](), markdown)
