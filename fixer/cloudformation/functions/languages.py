"""The languages of inline Lambda code, Python and Node.js: handlers, modules, and what a source needs beside itself.

Sources: AWS Lambda Developer Guide, "Define Lambda function handler" and "Lambda runtimes" for both languages; the
runtime interface clients of AWS for how a handler is told into module and function.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterable, Iterator

from msgspec import Struct

from fixer.cloudformation.functions.javascript import read_module

_PYTHON_GONE = frozenset(
    [
        "aifc",
        "asynchat",
        "asyncore",
        "audioop",
        "cgi",
        "cgitb",
        "chunk",
        "crypt",
        "distutils",
        "imghdr",
        "imp",
        "lib2to3",
        "mailcap",
        "msilib",
        "nis",
        "nntplib",
        "ossaudiodev",
        "pipes",
        "smtpd",
        "sndhdr",
        "spwd",
        "sunau",
        "telnetlib",
        "uu",
        "xdrlib",
    ]
)
"""Modules of the standard library that a newer Python, which may be the one that runs this, no longer has."""
_PYTHON_GIVEN = frozenset(
    [
        "awslambdaric",
        "boto3",
        "botocore",
        "cfnresponse",
        "dateutil",
        "jmespath",
        "s3transfer",
        "six",
        "urllib3",
    ]
)
"""What Lambda's Python runtimes bring; ``cfnresponse`` comes with inline code."""
_NODE_GIVEN = frozenset(
    [
        "assert",
        "async_hooks",
        "buffer",
        "child_process",
        "cluster",
        "console",
        "constants",
        "crypto",
        "dgram",
        "diagnostics_channel",
        "dns",
        "domain",
        "events",
        "fs",
        "http",
        "http2",
        "https",
        "inspector",
        "module",
        "net",
        "os",
        "path",
        "perf_hooks",
        "process",
        "punycode",
        "querystring",
        "readline",
        "repl",
        "stream",
        "string_decoder",
        "sys",
        "timers",
        "tls",
        "trace_events",
        "tty",
        "url",
        "util",
        "v8",
        "vm",
        "wasi",
        "worker_threads",
        "zlib",
        "cfn-response",
    ]
)
"""Built-in modules of Node.js; ``cfn-response`` comes with inline code."""
_NODE_SDK_3 = 18
"""The Node.js version from which the runtime has version 3 of the SDK, ``@aws-sdk/*``, instead of ``aws-sdk``."""
_FUNCTION = re.compile(r"[A-Za-z_$][\w$]*")


class Language(Struct, frozen=True):
    """A language with the version of its runtime. ``suffixes``: of its modules, and of what compiles to them."""

    name: str
    version: tuple[int, ...]
    suffixes: tuple[str, ...]


class Handler(Struct, frozen=True):
    """A handler: the path of the module below the root of the package, without suffix, and the function in it."""

    module: str
    function: str

    @property
    def inline(self) -> str:
        """The handler of the same function in inline code, whose file is always ``index``."""
        return f"index.{self.function}"


class Needs(Struct, frozen=True):
    """What stands in the way of inlining a source. ``problem``: why it cannot be inlined at all, "" if it can.

    ``missing``: modules that are neither built in nor part of the runtime.
    """

    problem: str = ""
    missing: tuple[str, ...] = ()


def language_of(runtime: object) -> Language | None:
    """The language of a runtime such as ``python3.12`` or ``nodejs20.x``; None if it takes no inline code."""
    match = re.fullmatch(r"(python|nodejs)(\d[\d.x]*)", runtime) if isinstance(runtime, str) else None
    if match is None:
        return None
    version = tuple(int(part) for part in match[2].split(".") if part.isdecimal())
    suffixes = (".py",) if match[1] == "python" else (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx")
    return Language(match[1], version, suffixes)


def parse_handler(handler: object, language: Language) -> Handler | None:
    """Module and function of a handler; None if it is no literal, or names none.

    Python ends the module at the last dot, and dots in it separate folders; Node.js ends it at the first dot of the
    last part.
    """
    if not isinstance(handler, str):
        return None
    if language.name == "python":
        module, _, function = handler.rpartition(".")
        module = module.replace(".", "/")
    else:
        folder, slash, last = handler.rpartition("/")
        module, _, function = last.partition(".")
        module = folder + slash + module if module else ""
    module = module.strip("/").removeprefix("./")
    parts = module.split("/")
    if not module or ".." in parts or "" in parts or not _FUNCTION.fullmatch(function):
        return None
    return Handler(module, function)


def examine(source: bytes, text: str, function: str, language: Language) -> Needs:
    """Whether a source can run alone as inline code with ``function`` as its handler; ``text`` is it decoded."""
    if language.name == "python":
        return _python(source, function)
    return _node(text, function, language)


def package_name(requirement: str) -> str:
    """The package that a line of requirements.txt, or an import, names."""
    return re.split(r"[\s\[<>=!~;@(]", requirement.strip(), maxsplit=1)[0]


def is_given(package: str, language: Language) -> bool:
    """Whether Lambda's runtime brings a package, in some version."""
    if language.name == "python":
        return package.lower().replace("-", "_") in _PYTHON_GIVEN
    if package == "aws-sdk":
        return language.version[:1] < (_NODE_SDK_3,)
    if package.startswith(("@aws-sdk/", "@smithy/")):
        return language.version[:1] >= (_NODE_SDK_3,)
    return False


def _python(source: bytes, function: str) -> Needs:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except SyntaxError as error:
        return Needs(f"cannot be read as Python 3 (line {error.lineno}: {error.msg})")
    except (ValueError, RecursionError, MemoryError):
        return Needs("cannot be read as Python 3")
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            return Needs(f"has a relative import (line {node.lineno})")
        if isinstance(node, ast.Import):
            names += [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(str(node.module).split(".")[0])
    if function not in set(_top_level_names(tree.body)):
        return Needs(f"has no function {function}")
    given = sys.stdlib_module_names | _PYTHON_GONE | _PYTHON_GIVEN
    return Needs(missing=_sorted(name for name in names if name not in given))


def _top_level_names(body: Iterable[ast.AST]) -> Iterator[str]:
    """Names that a module binds by functions, assignments and imports, branches of top-level statements included."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.ExceptHandler):
            yield from _top_level_names(ast.iter_child_nodes(node))


def _node(text: str, function: str, language: Language) -> Needs:
    module = read_module(text)
    if module is None:
        return Needs("cannot be told into the tokens of JavaScript")
    if module.is_es:
        return Needs("is an ES module, and Lambda reads inline code as CommonJS")
    local = [name for name in module.requires if name.startswith((".", "/"))]
    if local:
        return Needs(f"requires {local[0]}, a file beside it")
    if module.has_computed_require:
        return Needs("requires a module by a computed name")
    if function not in module.exports:
        return Needs(f"exports no function {function}")
    names = (name for name in module.requires if not name.startswith("node:"))
    packages = ("/".join(name.split("/")[: 2 if name.startswith("@") else 1]) for name in names)
    return Needs(missing=_sorted(p for p in packages if p not in _NODE_GIVEN and not is_given(p, language)))


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
