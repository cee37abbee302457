"""The runtimes of Lambda functions: which are deprecated, what takes their place, and what inline code makes of that.

Sources: cfn-lint's ``LmbdRuntimeLifecycle.json`` (W2531, E2531, E2533), which holds the dates of the AWS Lambda
Developer Guide, "Lambda runtimes"; AWS Compute Blog, "Node.js 24 runtime now available in AWS Lambda", on handlers
with callbacks; Python's "What's New" 3.12 and 3.13 on removed modules.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from msgspec import Struct

from fixer.cloudformation.functions.languages import language_of
from fixer.cloudformation.types.bundled import data_folder, read_data
from fixer.cloudformation.types.schemas import schema

_GONE_FROM_PYTHON: Mapping[tuple[int, ...], frozenset[str]] = {
    (3, 12): frozenset({"asynchat", "asyncore", "distutils", "imp", "smtpd"}),
    (3, 13): frozenset(
        {"aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "lib2to3", "mailcap", "msilib", "nis"}
        | {"nntplib", "ossaudiodev", "pipes", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib"}
    ),
}
"""Version to the modules of the standard library that it lacks."""
_OLD_SDK = re.compile(r"require\s*\(\s*['\"`]aws-sdk(/[^'\"`]*)?['\"`]\s*\)|\bfrom\s+['\"]aws-sdk(/[^'\"]*)?['\"]")
_OLD_SDK_UNTIL = (18,)
"""The version of Node.js from which the runtime has version 3 of the SDK alone."""
_CALLBACK = re.compile(
    r"exports\.\w+\s*=\s*(async\s*)?(function\b\s*\w*\s*)?\([^(),]*,[^(),]*,[^()]*\)"
    r"|\bcontext\s*\.\s*(done|succeed|fail|callbackWaitsForEmptyEventLoop)\b|['\"`]cfn-response['\"`]"
)
_CALLBACK_UNTIL = (24,)
"""The version of Node.js from which a handler has no callback, and its context no way to end the call."""


class Runtime(Struct, frozen=True):
    """A runtime, and when Lambda stops to look after it, to make functions with it and to update them."""

    name: str
    deprecated: date
    successor: str | None

    @property
    def version(self) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d+", self.name))

    @property
    def family(self) -> str:
        """What is called by one name through all versions; .NET Core became .NET."""
        return re.sub(r"[^a-z].*", "", self.name).removesuffix("core")


@cache
def runtimes() -> Mapping[str, Runtime]:
    """All runtimes by name. Some have no date of deprecation; they are left out."""
    found = read_data(data_folder() / "AdditionalSpecs" / "LmbdRuntimeLifecycle.json")
    names = ("deprecated", "create-block", "update-block")
    dates = {name: [body[key] for key in names if body.get(key)] for name, body in found.items()}
    return {
        name: Runtime(name, date.fromisoformat(min(dates[name])), body.get("successor"))
        for name, body in found.items()
        if dates[name]
    }


def deprecated_on(name: object) -> date | None:
    """When a runtime was deprecated; None if it is not, today, or is no runtime that is known."""
    known = runtimes().get(name) if isinstance(name, str) else None
    return known.deprecated if known and known.deprecated <= date.today() else None


def supported_successors(name: str) -> list[Runtime]:
    """The runtimes that may take the place of a deprecated one, of the same language, the newest first."""
    old, today = runtimes()[name], date.today()
    function = schema("AWS::Lambda::Function")
    node = function.property_schema(("Runtime",)) if function else None
    listed = frozenset((node or {}).get("enum", ()))
    found = [
        new
        for new in runtimes().values()
        if new.family == old.family and new.version > old.version and new.deprecated > today and new.name in listed
    ]
    return sorted(found, key=lambda runtime: runtime.version, reverse=True)


def unfit(code: str, old: str, new: str, *, has_layers: bool = False) -> str:
    """Why inline code that ran on ``old`` cannot run on ``new``, for sure; empty if it may."""
    language, before = language_of(new), language_of(old)
    if language is None or before is None:
        return ""
    if language.name == "python":
        return next(_no_python(code, language.version, has_layers), "")
    sdk = before.version < _OLD_SDK_UNTIL <= language.version and not has_layers
    if sdk and _OLD_SDK.search(code):
        return f"its code needs aws-sdk, which {new} does not bring"
    if before.version < _CALLBACK_UNTIL <= language.version and _CALLBACK.search(code):
        return f"its code answers by callback, or ends its call by itself, which {new} has no more"
    return ""


def _no_python(code: str, version: tuple[int, ...], has_layers: bool) -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield "its code cannot be read as Python 3"
        return
    # What is tried has something else to go on with.
    tried = {id(node) for attempt in ast.walk(tree) if isinstance(attempt, ast.Try) for node in ast.walk(attempt)}
    gone = {name for since, names in _GONE_FROM_PYTHON.items() if since <= version for name in names}
    for node in ast.walk(tree):
        if id(node) in tried or not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        base = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        for name in base:
            if name.startswith("botocore.vendored"):
                yield "its code imports botocore.vendored, which newer runtimes do not bring"
            elif name.split(".")[0] in gone and not has_layers:
                yield f"its code imports {name}, which Python {'.'.join(map(str, version))} does not have"
