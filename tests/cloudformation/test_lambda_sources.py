"""Where the source of a function is found, and why it cannot be inlined."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from fixer.cloudformation.functions import source_tree
from fixer.cloudformation.functions.javascript import Module, read_module
from fixer.cloudformation.functions.languages import Handler, examine, language_of, parse_handler
from fixer.cloudformation.functions.source_tree import walk_tree
from fixer.cloudformation.functions.sources import Source, Unusable, Wanted, find_source, package_names
from fixer.cloudformation.limits import S3_BODY_BYTES, ZIP_FILE_BYTES
from fixer.cloudformation.template import Template

PYTHON = "def handler(event, context):\n    return 1\n"
NODE = "exports.handler = async () => 1;\n"


def lay(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def search(
    folder: Path,
    name: str = "orders",
    handler: str = "app.handler",
    runtime: str = "python3.12",
    local: str | None = None,
    layers: bool = False,
) -> Source | Unusable | None:
    language = language_of(runtime)
    assert language is not None
    parsed = parse_handler(handler, language)
    assert parsed is not None
    return find_source(walk_tree(str(folder)), Wanted((name,), parsed, language, local, layers))


@pytest.mark.parametrize(
    ("files", "handler", "runtime", "file"),
    [
        ({"orders/app.py": PYTHON}, "app.handler", "python3.12", "orders/app.py"),
        ({"src/orders/app.py": PYTHON}, "app.handler", "python3.12", "src/orders/app.py"),
        ({"orders/src/app.py": PYTHON}, "app.handler", "python3.12", "orders/src/app.py"),
        ({"orders/src/app.py": PYTHON}, "src.app.handler", "python3.12", "orders/src/app.py"),
        ({"orders/src/app.py": PYTHON}, "src/app.handler", "python3.12", "orders/src/app.py"),
        ({"lambda/orders.py": PYTHON}, "orders.handler", "python3.12", "lambda/orders.py"),
        ({"orders.js": NODE}, "orders.handler", "nodejs20.x", "orders.js"),
        ({"orders/index.js": NODE}, "index.handler", "nodejs20.x", "orders/index.js"),
        ({"orders/index.cjs": NODE}, "index.handler", "nodejs20.x", "orders/index.cjs"),
        ({"orders.zip": zipped({"app.py": PYTHON})}, "app.handler", "python3.12", "orders.zip/app.py"),
        ({"dist/orders.zip": zipped({"index.js": NODE})}, "index.handler", "nodejs20.x", "dist/orders.zip/index.js"),
        ({"a/b/billing.py": PYTHON}, "billing.handler", "python3.12", "a/b/billing.py"),
        (
            {"orders/app.py": PYTHON, "orders.zip": zipped({"app.py": PYTHON})},
            "app.handler",
            "python3.12",
            "orders/app.py",
        ),
        ({"orders/app.py": PYTHON, "orders/app.js": NODE}, "app.handler", "python3.12", ""),
        ({"orders/index.js": NODE}, "app.handler", "python3.12", ""),
        ({"orders/a.py": PYTHON, "orders/b.py": PYTHON}, "app.handler", "python3.12", ""),
        ({"tests/orders/app.py": PYTHON}, "app.handler", "python3.12", ""),
        ({".hidden/orders/app.py": PYTHON}, "app.handler", "python3.12", ""),
        ({"node_modules/orders/index.js": NODE}, "index.handler", "nodejs20.x", ""),
        ({"venv/pyvenv.cfg": "", "venv/orders/app.py": PYTHON}, "app.handler", "python3.12", ""),
        ({"own/pyvenv.cfg": "", "own/orders/app.py": PYTHON}, "app.handler", "python3.12", ""),
        ({"payments/app.py": PYTHON}, "app.handler", "python3.12", ""),
        ({"orders.zip": zipped({"lib/app.py": PYTHON, "x.py": ""})}, "app.handler", "python3.12", ""),
    ],
)
def test_found(files: Mapping[str, str], handler: str, runtime: str, file: str, tmp_path: Path) -> None:
    lay(tmp_path, files)
    found = search(tmp_path, handler=handler, runtime=runtime)
    if "app.js" in str(list(files)):
        assert isinstance(found, Unusable)
    elif not file:
        assert found is None
    else:
        assert found == Source(PYTHON if runtime.startswith("python") else NODE, file)


@pytest.mark.parametrize(
    "beside",
    [
        {"README.md": "x", "LICENSE": "x", ".gitignore": "x", "tests/test_app.py": "import pytest", "test_app.py": "x"},
        {"requirements.txt": ""},
        {"requirements.txt": "# nothing\n\nboto3  # in the runtime\n"},
        {"requirements-dev.txt": "pytest"},
        {"__init__.py": "", "src/__init__.py": "\n"},
        {"__pycache__/app.cpython-312.pyc": b"\0"},
        {"events/event.json": "{}", "event.json": "{}"},
        {"node_modules/left-pad/index.js": "x"},
    ],
)
def test_what_lies_beside_does_not_matter(beside: Mapping[str, str], tmp_path: Path) -> None:
    lay(tmp_path / "orders", {"app.py": PYTHON, **beside})
    assert search(tmp_path) == Source(PYTHON, "orders/app.py")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"app.py": PYTHON, "util.py": ""}, "orders has more than one code file: app.py, util.py"),
        ({"app.py": PYTHON, "config.json": "{}"}, "orders has other files: config.json"),
        ({"app.py": PYTHON, "lib/_x.so": b"\x7fELF"}, "orders has a native module: lib/_x.so"),
        ({"app.py": PYTHON, "requirements.txt": "requests==2\n"}, "orders needs requests (requirements.txt)"),
        ({"app.py": PYTHON, "requirements.txt": "-r more.txt\n"}, "orders needs -r (requirements.txt)"),
        ({"app.py": b"# caf\xe9\n" + PYTHON.encode()}, "orders/app.py is not UTF-8"),
        ({"app.py": " \n"}, "orders/app.py is empty"),
        ({"app.py": PYTHON + "x = '\x00'\n"}, "orders/app.py has control characters"),
        ({"app.py": PYTHON + "\x1b"}, "orders/app.py has control characters"),
        ({"app.py": PYTHON + "#" * S3_BODY_BYTES}, "orders/app.py is larger than a template may be"),
        ({"app.py": PYTHON + "#" * ZIP_FILE_BYTES}, "orders/app.py is larger than 4 MB"),
        ({"app.py": "def main(event, context): pass\n"}, "orders/app.py has no function handler"),
        ({"app.py": "print 'old'\n"}, "orders/app.py cannot be read as Python 3"),
        ({"app.py": "(" * 5000}, "orders/app.py cannot be read as Python 3"),
        ({"app.py": "from . import x\n" + PYTHON}, "orders/app.py has a relative import"),
        ({"app.py": "import requests\n" + PYTHON}, "orders/app.py needs requests, which the runtime does not bring"),
        ({"app.py": "def handler(e, c):\n    import sibling\n"}, "orders/app.py needs sibling"),
    ],
)
def test_python_that_cannot_be_inlined(files: Mapping[str, str | bytes], reason: str, tmp_path: Path) -> None:
    lay(tmp_path / "orders", files)
    found = search(tmp_path)
    assert isinstance(found, Unusable)
    assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"app.js": "export const handler = 1;"}, "orders/app.js is an ES module"),
        ({"app.js": "import fs from 'fs';\n" + NODE}, "orders/app.js is an ES module"),
        ({"app.mjs": NODE}, "orders/app.mjs is an ES module"),
        ({"app.ts": NODE}, "orders/app.ts has to be compiled"),
        ({"app.js": NODE, "package.json": '{"type": "module"}'}, 'orders is an ES module ("type": "module"'),
        ({"app.js": NODE, "package.json": '{"dependencies": {"axios": "1"}}'}, "orders needs axios (package.json)"),
        ({"app.js": NODE, "package.json": "["}, "orders has a package.json that cannot be read"),
        ({"app.js": NODE, "package.json": "[]"}, "orders has a package.json that cannot be read"),
        ({"app.js": "require('axios/lib');" + NODE}, "orders/app.js needs axios,"),
        ({"app.js": "require('@a/b/c');" + NODE}, "orders/app.js needs @a/b,"),
        ({"app.js": "require('./x');" + NODE}, "orders/app.js requires ./x, a file beside it"),
        ({"app.js": "require(x);" + NODE}, "orders/app.js requires a module by a computed name"),
        ({"app.js": "require('aws-sdk');" + NODE}, "orders/app.js needs aws-sdk"),
        ({"app.js": "exports.main = 1;"}, "orders/app.js exports no function handler"),
        ({"app.js": "const x = 'open"}, "orders/app.js cannot be told into the tokens of JavaScript"),
    ],
)
def test_node_that_cannot_be_inlined(files: Mapping[str, str], reason: str, tmp_path: Path) -> None:
    lay(tmp_path / "orders", files)
    found = search(tmp_path, runtime="nodejs20.x")
    assert isinstance(found, Unusable)
    assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("files", "search_for", "doubt"),
    [
        ({"src/index.py": PYTHON}, {"handler": "index.handler"}, "only the handler"),
        ({"orders/code.py": PYTHON}, {}, "orders/code.py is not named app as in the handler"),
        ({"orders.py": PYTHON}, {"handler": "index.handler"}, "orders.py is not named index as in the handler"),
        ({"orders/app.py": "import requests\n" + PYTHON}, {"layers": True}, "its layers may"),
        ({"orders/app.py": PYTHON, "orders/requirements.txt": "boto3>=1.34"}, {}, "asks for boto3>=1.34"),
    ],
)
def test_doubts(files: Mapping[str, str], search_for: dict[str, str], doubt: str, tmp_path: Path) -> None:
    lay(tmp_path, files)
    found = search(tmp_path, **search_for)  # type: ignore[arg-type]
    assert isinstance(found, Source)
    assert doubt in found.doubt


def test_a_common_module_counts_in_common_folders_alone(tmp_path: Path) -> None:
    lay(tmp_path, {"website/index.js": NODE})
    assert search(tmp_path, handler="index.handler", runtime="nodejs20.x") is None


def test_two_candidates_that_differ_are_no_answer(tmp_path: Path) -> None:
    lay(tmp_path, {"a/orders/app.py": PYTHON, "b/orders/app.py": PYTHON + "\n"})
    assert search(tmp_path) == Unusable("a/orders/app.py and b/orders/app.py may both be its source, and differ")
    lay(tmp_path, {"b/orders/app.py": PYTHON})
    assert search(tmp_path) == Source(PYTHON, "a/orders/app.py")


@pytest.mark.parametrize(
    ("local", "file"),
    [("./src", "src/app.py"), ("src/", "src/app.py"), ("src/app.py", "src/app.py"), ("file://src", "src/app.py")],
)
def test_local_path(local: str, file: str, tmp_path: Path) -> None:
    lay(tmp_path, {"src/app.py": PYTHON})
    assert search(tmp_path, local=local) == Source(PYTHON, file)


@pytest.mark.parametrize("local", ["../secret", "src/../../secret", "/etc", "..", "file:///etc", "..\\secret"])
def test_a_path_never_leads_out(local: str, tmp_path: Path) -> None:
    lay(tmp_path, {"secret/app.py": PYTHON, "root/src/x": ""})
    found = search(tmp_path / "root", local=local)
    assert isinstance(found, Unusable)
    assert "lies outside of the code root" in found.reason


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    root = tmp_path / "root"
    lay(tmp_path, {"secret/app.py": PYTHON, "root/orders/x.md": ""})
    (root / "orders" / "app.py").symlink_to(tmp_path / "secret" / "app.py")
    assert search(root) is None
    (root / "orders" / "app.py").unlink()
    lay(root, {"orders/app.py": PYTHON})
    (root / "orders" / "more").symlink_to(tmp_path / "secret")
    assert search(root) == Unusable("orders has a part that was not looked into: orders/more")
    (root / "orders" / "more").unlink()
    (root / "orders" / "round").symlink_to(root)
    assert isinstance(search(root), Unusable)
    (root / "orders" / "round").unlink()
    os.rename(root / "orders" / "app.py", root / "real.py")
    (root / "orders" / "app.py").symlink_to(root / "real.py")
    assert search(root) == Source(PYTHON, "orders/app.py")


def test_only_ordinary_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    os.mkfifo(tmp_path / "orders" / "app.py")
    assert search(tmp_path) is None


def test_deep_and_large_trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"orders/app.py": PYTHON, "orders/a/b/c/d/e/f/g/h.py": ""})
    found = search(tmp_path)
    assert isinstance(found, Unusable)
    assert "was not looked into" in found.reason
    monkeypatch.setattr(source_tree, "ENTRIES", 3)
    found = search(tmp_path)
    assert isinstance(found, Unusable)
    assert "too many files" in found.reason


def test_a_missing_root_has_no_sources(tmp_path: Path) -> None:
    assert search(tmp_path / "none") is None


def _with_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("app.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def _lying(size: int) -> bytes:
    """An archive whose directory claims another size than what it unpacks to."""
    content = bytearray(zipped({"app.py": "#" * (ZIP_FILE_BYTES * 8)}))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = size.to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("archive", "reason"),
    [
        (b"no archive", "orders.zip is no zip archive that can be read"),
        (zipped({"../app.py": PYTHON}), "orders.zip has an entry that leads out of it"),
        (zipped({"/app.py": PYTHON}), "orders.zip has an entry that leads out of it"),
        (zipped({"C:/app.py": PYTHON}), "orders.zip has an entry that leads out of it"),
        (zipped({"a\x1b.py": PYTHON}), "orders.zip has an entry with an odd name"),
        (_with_link(), "orders.zip has a link: app.py"),
        (partial(zipped, {f"{n}.py": "" for n in range(2001)}), "orders.zip has more than 2000 entries"),
        (partial(zipped, {"app.py": "#" * (ZIP_FILE_BYTES * 8)}), "orders.zip/app.py is larger than 4 MB"),
        (partial(_lying, 10), "orders.zip/app.py "),
        (zipped({"app.py": PYTHON, "x.py": "1"}), "orders.zip has more than one code file"),
        (zipped({"app.py": PYTHON, "numpy/core.so": "1"}), "orders.zip has a native module"),
        (zipped({"app.py": PYTHON})[:-30], "orders.zip is no zip archive that can be read"),
    ],
)
def test_archives_that_are_refused(archive: bytes | Callable[[], bytes], reason: str, tmp_path: Path) -> None:
    """What takes long to pack is packed when it is its turn."""
    lay(tmp_path, {"orders.zip": archive() if callable(archive) else archive})
    found = search(tmp_path)
    assert isinstance(found, Unusable)
    assert found.reason.startswith(reason)


def test_damaged_content_of_an_archive(tmp_path: Path) -> None:
    content = bytearray(zipped({"app.py": PYTHON * 50}))
    content[45] ^= 0xFF
    lay(tmp_path, {"orders.zip": bytes(content)})
    found = search(tmp_path)
    assert isinstance(found, Unusable)
    assert found.reason == "orders.zip/app.py cannot be unpacked"


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("orders.zip", ("orders",)),
        ("v1/orders.zip", ("orders",)),
        ({"Fn::Sub": "${Prefix}/orders.zip"}, ("orders",)),
        ({"Fn::Sub": "orders-${Version}.zip"}, ("orders-1.0", "orders")),
        ({"Fn::Join": ["/", [{"Ref": "Prefix"}, "orders.zip"]]}, ("orders",)),
        ({"Ref": "Key"}, ("billing",)),
        ({"Ref": "Prefix"}, ()),
        ({"Fn::If": ["A", "a.zip", "b.zip"]}, ("a", "b")),
        ({"Fn::ImportValue": "x"}, ()),
        ("..", ()),
        (None, ()),
        (7, ("7",)),
    ],
)
def test_names_of_a_package(key: object, names: tuple[str, ...]) -> None:
    parameters = {"Prefix": {"Type": "String"}, "Version": {"Default": "1.0"}, "Key": {"Default": "x/billing.zip"}}
    assert package_names(key, Template({"Parameters": parameters})) == names


@pytest.mark.parametrize(
    ("handler", "runtime", "parsed"),
    [
        ("app.handler", "python3.12", Handler("app", "handler")),
        ("pkg.app.handler", "python3.12", Handler("pkg/app", "handler")),
        ("src/app.handler", "python3.12", Handler("src/app", "handler")),
        ("src/app.handler", "nodejs20.x", Handler("src/app", "handler")),
        ("./app.handler", "nodejs20.x", Handler("app", "handler")),
        ("app.a.b", "nodejs20.x", None),
        ("../app.handler", "nodejs20.x", None),
        ("handler", "python3.12", None),
        (".handler", "nodejs20.x", None),
        ("app.", "python3.12", None),
        ({"Ref": "Handler"}, "python3.12", None),
    ],
)
def test_handlers(handler: object, runtime: str, parsed: Handler | None) -> None:
    language = language_of(runtime)
    assert language is not None
    assert parse_handler(handler, language) == parsed


@pytest.mark.parametrize("runtime", ["java21", "provided.al2", "nodejsx", "", None, {"Ref": "Runtime"}, "go1.x"])
def test_runtimes_without_inline_code(runtime: object) -> None:
    assert language_of(runtime) is None


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("const fs = require('fs'); exports.handler = 1;", Module(False, ("fs",), False, frozenset({"handler"}))),
        ("exports['a'] = module.exports.b = 1", Module(False, (), False, frozenset({"a", "b"}))),
        ("module.exports = {a, async b() {}, c: {d: 1}, ...x}", Module(False, (), False, frozenset("abc"))),
        ("// import x\n/* export y */ 'import z'; `export ${`import`}`", Module(False, (), False, frozenset())),
        ("const a = {import: 1, export: 2}; a.import; a?.export", Module(False, (), False, frozenset())),
        ("import('node:fs')", Module(False, ("node:fs",), False, frozenset())),
        ("() => { import.meta.url }", Module(True, (), False, frozenset())),
        ("#!/usr/bin/env node\nexport * from 'x'", Module(True, (), False, frozenset())),
        ("if (x) /'/.test(y); a / b; d = /[/'\"]/g; i++ / 2; exports.a = 1", Module(False, (), False, frozenset("a"))),
        ("const load = require; load('x')", Module(False, (), True, frozenset())),
        ("`${ {a: '}'}.a } export`; a.b.exports.c = 1", Module(False, (), False, frozenset())),
    ],
)
def test_modules_of_javascript(text: str, module: Module) -> None:
    assert read_module(text) == module


@pytest.mark.parametrize("text", ["'open", "`open", "`${open", "/* open", "(", "a)", "/open", "a \\ b", "{]"])
def test_what_is_no_javascript(text: str) -> None:
    assert read_module(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "handler = wrap(main)\n",
        "try:\n    from a import handler\nexcept ImportError:\n    handler = None\n",
        "import json as handler_json\nif True:\n    def handler(e, c): pass\n",
        "async def handler(e, c): pass\n",
        "handler: object = 1\n",
        "a = handler = 1\n",
    ],
)
def test_functions_of_python(text: str) -> None:
    language = language_of("python3.12")
    assert language is not None
    assert examine(text.encode(), text, "handler", language).problem == ""
    assert examine(text.encode(), text, "other", language).problem == "has no function other"
