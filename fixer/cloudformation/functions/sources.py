"""Finds the source of a Lambda function among local files, and says why a source cannot be inlined.

A package in S3 leaves two traces in a template: the base name of its key and the module of the handler. A folder,
file or archive of that base name which holds the module is taken for the source; the module alone is a weaker trace.
Two candidates with different content are no answer.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from fixer.cloudformation.expressions import Variable, alternatives
from fixer.cloudformation.functions.languages import Handler, Language, examine
from fixer.cloudformation.functions.packages import dependencies, function_files, is_beside, other_files
from fixer.cloudformation.functions.source_tree import Bundle, Tree, Unreadable, archive_of
from fixer.cloudformation.limits import S3_BODY_BYTES
from fixer.cloudformation.template import Template
from fixer.model import Value

_COMMON_FOLDERS = frozenset(
    [
        "app",
        "code",
        "function",
        "functions",
        "handler",
        "handlers",
        "lambda",
        "lambda_functions",
        "lambdas",
        "python",
        "nodejs",
        "src",
    ]
)
_COMMON_MODULES = frozenset(
    [
        "app",
        "bootstrap",
        "function",
        "handler",
        "index",
        "lambda",
        "lambda_function",
        "lambda_handler",
        "main",
    ]
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Wanted(Struct, frozen=True):
    """The function whose source is looked for.

    ``names``: possible base names of its package; ``local``: its path, for a template whose code is not in S3 yet.
    ``has_layers``: whether modules may come from elsewhere than package and runtime.
    """

    names: tuple[str, ...]
    handler: Handler
    language: Language
    local: str | None = None
    has_layers: bool = False


class Source(Struct, frozen=True):
    """A source that can run as inline code."""

    text: str
    file: str
    """Path below the root; of a file in an archive: ``orders.zip/index.py``."""
    doubt: str = ""
    """Why this may not be the source, or may not do without its package; "" if nothing speaks for that."""


class Unusable(Struct, frozen=True):
    """The source is there, or may be, and cannot be inlined; ``reason`` names file and cause."""

    reason: str


def package_names(key: Value, template: Template) -> tuple[str, ...]:
    """Base names that an S3 key may have, without ``.zip``: ``${Prefix}/orders-${Version}.zip`` gives ``orders``.

    A parameter counts with its default first, and then as an empty text.
    """
    names: dict[str, None] = {}
    for parts in alternatives(key):
        for with_defaults in (True, False):
            text = ""
            for part in parts:
                parameter = template.parameters.get(part.name) if isinstance(part, Variable) else None
                if isinstance(part, str):
                    text += part
                elif parameter is not None and with_defaults:
                    text += str(parameter.default or "")
            name = posixpath.basename(text).removesuffix(".zip").strip("-_. ")
            if name:
                names[name] = None
    return tuple(names)


def find_source(tree: Tree, wanted: Wanted) -> Source | Unusable | None:
    """The source of a function below a folder; None if there is no candidate."""
    if wanted.local is not None:
        found = list(_local(tree, wanted, wanted.local))
    else:
        if not tree.complete:
            return Unusable(f"{tree.root} holds too many files to look for its source; name a smaller code root")
        found = list(_named(tree, wanted)) or list(_by_module(tree, wanted))
    if not found:
        return None
    best = [answer for rank, answer in found if rank == max(rank for rank, _ in found)]
    for answer in best:
        if isinstance(answer, Unusable):
            return answer
    sources = [answer for answer in best if isinstance(answer, Source)]
    other = next((source for source in sources if source.text != sources[0].text), None)
    if other is not None:
        return Unusable(f"{sources[0].file} and {other.file} may both be its source, and differ")
    return max(sources, key=lambda source: bool(source.doubt))


def source_in(name: str, content: bytes, wanted: Wanted) -> Source | Unusable:
    """The source of a function in the archive that is its package."""
    try:
        answer = _from_bundle(archive_of(name, content), wanted)
    except Unreadable as error:
        return Unusable(f"{name} {error}")
    if answer is None or (answer[0] < 2 and isinstance(answer[1], Source)):
        return Unusable(f"{name} has no module {wanted.handler.module}, which the handler names")
    return answer[1]


def _named(tree: Tree, wanted: Wanted) -> Iterator[tuple[int, Source | Unusable]]:
    """What the folders, archives and files of the package's name give, with the rank of the evidence."""
    named = [path for path in tree.folders if posixpath.basename(path) in wanted.names]
    bundles = [tree.folder(path) for path in named if not is_beside(f"{path}/")]
    for path in tree.files:
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        if stem not in wanted.names or is_beside(path):
            continue
        if suffix == ".zip":
            try:
                bundles.append(tree.archive(path))
            except Unreadable as error:
                yield 2, Unusable(f"{path} {error}")
        elif suffix in wanted.language.suffixes:
            bundles.append(tree.file(path))
    for bundle in bundles:
        answer = _from_bundle(bundle, wanted)
        if answer is not None:
            yield answer


def _by_module(tree: Tree, wanted: Wanted) -> Iterator[tuple[int, Source | Unusable]]:
    """What the files that are named like the handler's module give. A common name counts in common folders alone."""
    module = wanted.handler.module
    common = posixpath.basename(module).lower() in _COMMON_MODULES
    for path in tree.files:
        stem, suffix = posixpath.splitext(path)
        above = stem.removesuffix(module).rstrip("/")
        if suffix not in wanted.language.suffixes or not f"/{stem}".endswith(f"/{module}") or is_beside(path):
            continue
        if common and not set(filter(None, above.lower().split("/"))) <= _COMMON_FOLDERS:
            continue
        doubt = f"only the handler, and not the key of the object, points to {path}" if common else ""
        answer = _from_bundle(tree.file(path), wanted, doubt)
        if answer is not None:
            yield answer


def _local(tree: Tree, wanted: Wanted, local: str) -> Iterator[tuple[int, Source | Unusable]]:
    path = posixpath.normpath(local.removeprefix("file://").replace("\\", "/"))
    if path.startswith(("/", "..")):
        yield 2, Unusable(f"{local} lies outside of the code root")
        return
    try:
        if path in tree.files:
            bundle = tree.archive(path) if path.endswith(".zip") else tree.file(path)
        elif path in tree.folders:
            bundle = tree.folder(path)
        else:
            return
    except Unreadable as error:
        yield 2, Unusable(f"{path} {error}")
        return
    answer = _from_bundle(bundle, wanted)
    if answer is not None:
        yield answer


def _from_bundle(bundle: Bundle, wanted: Wanted, doubt: str = "") -> tuple[int, Source | Unusable] | None:
    """What a bundle gives; None if it is not the function's package. Rank 2: it has the handler's module; 1: not."""
    language, module = wanted.language, wanted.handler.module
    files = function_files(bundle)
    code = [path for path in files if path.endswith(language.suffixes)]
    hits = [path for path in code if _is_module(bundle, path, module)]
    if not code or (len(code) > 1 and not hits):
        return None
    rank = 2 if hits else 1
    file = (hits or code)[0]
    name = bundle.name if bundle.kind == "file" else f"{bundle.name}/{file}"
    try:
        reason = other_files(bundle, files, code)
        doubts = [doubt, *([] if hits else [f"{name} is not named {module} as in the handler"])]
        if not reason:
            reason, more = dependencies(bundle, language)
            doubts.append(more)
        if reason:
            return rank, Unusable(f"{bundle.name} {reason}")
        return rank, _inlined(bundle.files[file], name, wanted, doubts)
    except Unreadable as error:
        return rank, Unusable(f"{name} {error}")


def _is_module(bundle: Bundle, path: str, module: str) -> bool:
    """Whether a file is the handler's module: in an archive at its very place, in a folder at some depth."""
    stem = posixpath.splitext(path)[0]
    if bundle.kind == "archive":
        return posixpath.normpath(stem) == module
    return f"/{stem}".endswith(f"/{module}") or (bundle.kind == "file" and stem == posixpath.basename(module))


def _inlined(read: Callable[[], bytes], name: str, wanted: Wanted, doubts: list[str]) -> Source | Unusable:
    content = read()
    if len(content) > S3_BODY_BYTES:
        return Unusable(f"{name} is larger than a template may be ({S3_BODY_BYTES:,} bytes)")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return Unusable(f"{name} is not UTF-8")
    if not text.strip():
        return Unusable(f"{name} is empty")
    if _CONTROL.search(text):
        return Unusable(f"{name} has control characters, which a template cannot hold for sure")
    suffix = posixpath.splitext(name)[1]
    if suffix == ".mjs":
        return Unusable(f"{name} is an ES module, and Lambda reads inline code as CommonJS")
    if suffix not in (".py", ".js", ".cjs"):
        return Unusable(f"{name} has to be compiled")
    needs = examine(content, text, wanted.handler.function, wanted.language)
    if needs.problem:
        return Unusable(f"{name} {needs.problem}")
    if needs.missing:
        missing = f"{name} needs {', '.join(needs.missing)}, which the runtime does not bring"
        if not wanted.has_layers:
            return Unusable(missing)
        doubts = [*doubts, f"{missing}; its layers may"]
    return Source(text, name, "; ".join(filter(None, doubts)))
