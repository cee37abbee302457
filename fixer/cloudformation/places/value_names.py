"""What a value is called: by its key, or by the name beside it in a list of names and values."""

from __future__ import annotations

from fixer.cloudformation.template import Template
from fixer.model import Path


def entry_path(path: Path) -> Path:
    """The path of the entry whose value the functions at the end of ``path`` make: without these and their indexes."""
    end = len(path)
    while end and not (isinstance(path[end - 1], str) and not str(path[end - 1]).startswith("Fn::")):
        end -= 1
    return path[:end]


def value_name(template: Template, entry: Path) -> str:
    """The name of the value of an entry: its key, or the name that stands beside a ``Value``; of an output, its own."""
    if entry[0] == "Outputs":
        return str(entry[1])
    key, holder = str(entry[-1]), template.value_at(entry[:-1])
    if key.lower().endswith("value") and isinstance(holder, dict):
        beside = (holder.get(other) for other in ("Name", "name", "Key", "ParameterKey"))
        return next((other for other in beside if isinstance(other, str)), key)
    return key
