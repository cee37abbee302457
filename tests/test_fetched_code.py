"""--fetch-code, against a stand-in for S3: the object becomes inline code, or a finding with the reason why not."""

from __future__ import annotations

import io
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fixer import api
from fixer.cli.command import cli
from fixer.engine import fetch
from fixer.model import Options, Safety, Unfetched
from fixer.settings.model import Settings

boto3 = pytest.importorskip("boto3")
moto = pytest.importorskip("moto")
JSONFileLoader = pytest.importorskip("botocore.loaders").JSONFileLoader

PYTHON = "def handler(event, context):\n    return {'é': 1}\n"
TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: packages
        S3Key: releases/orders.zip
      Handler: app.handler
      Runtime: python3.12
      Role: !Ref Role
"""
INLINE = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          def handler(event, context):
              return {'é': 1}
      Handler: index.handler
      Runtime: python3.12
      Role: !Ref Role
"""
PLACE = "s3://packages/releases/orders.zip"


def package(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module", autouse=True)
def models() -> Iterator[None]:
    """boto3's descriptions of services are read once, and not once for each client, which takes longer than a test."""
    once = cache(JSONFileLoader().load_file)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(JSONFileLoader, "load_file", lambda _, path: once(path))
        yield


@pytest.fixture
def s3(credentials: None) -> Iterator[Any]:
    with moto.mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="packages")
        yield client


def run(folder: Path, template: str = TEMPLATE, *args: str) -> Result:
    (folder / "template.yaml").write_bytes(template.encode())
    file = str(folder / "template.yaml")
    chosen = ["-j", "1", "-v", "--no-validate", "-w", "--select", "uninlined-lambda-code"]
    return CliRunner().invoke(cli, [*chosen, *(args or ("--isolated", "--fetch-code")), file])


def written(folder: Path) -> str:
    return (folder / "template.yaml").read_bytes().decode()


def words(done: Result) -> str:
    return re.sub(r"\s+", " ", done.stderr)


def refused(folder: Path, reason: str, template: str = TEMPLATE) -> None:
    """A run, unsafe fixes and all, leaves the template and says why; nothing looks like a failure of the tool."""
    done = run(folder, template, "--isolated", "--fetch-code", "--unsafe-fixes")
    assert reason in words(done)
    assert "please report" not in words(done)
    assert "Traceback" not in done.stderr
    assert done.exit_code == 0
    assert written(folder) == template


def test_the_code_is_inlined_and_that_is_safe(s3: Any, tmp_path: Path) -> None:
    s3.put_object(Bucket="packages", Key="releases/orders.zip", Body=package({"app.py": PYTHON}))
    done = run(tmp_path)
    assert written(tmp_path) == INLINE
    assert f"Inline {PLACE}/app.py" in words(done)


def test_nobody_goes_there_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "s3_fetch", lambda: pytest.fail("it goes to S3"))
    monkeypatch.setitem(sys.modules, "boto3", None)
    assert "a placeholder would stand in for it" in words(run(tmp_path, TEMPLATE, "--isolated"))
    assert written(tmp_path) == TEMPLATE


def test_the_setting_asks_and_the_command_line_takes_back(s3: Any, tmp_path: Path) -> None:
    s3.put_object(Bucket="packages", Key="releases/orders.zip", Body=package({"app.py": PYTHON}))
    (tmp_path / ".cfnfix.toml").write_text("fetch-code = true\n")
    run(tmp_path, TEMPLATE, "--no-fetch-code")
    assert written(tmp_path) == TEMPLATE
    run(tmp_path, TEMPLATE, "-v")
    assert written(tmp_path) == INLINE


def test_a_source_at_hand_is_taken_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "app.py").write_text(PYTHON, encoding="utf-8")
    assert "Inline orders/app.py" in words(run(tmp_path))


def test_a_version(s3: Any, tmp_path: Path) -> None:
    s3.put_bucket_versioning(Bucket="packages", VersioningConfiguration={"Status": "Enabled"})
    place = {"Bucket": "packages", "Key": "releases/orders.zip"}
    old = s3.put_object(**place, Body=package({"app.py": PYTHON}))["VersionId"]
    s3.put_object(**place, Body=package({"app.py": "def handler(event, context): ...\n"}))
    line = "        S3Key: releases/orders.zip\n"
    run(tmp_path, TEMPLATE.replace(line, f"{line}        S3ObjectVersion: {old}\n"))
    assert written(tmp_path) == INLINE
    missing = TEMPLATE.replace(line, line + "        S3ObjectVersion: 3a9c71b0-9b1b-4f0a-8e52-0c4d9c1f0d11\n")
    refused(tmp_path, "cannot be fetched: there is no such object (404)", missing)


def test_defaults_of_parameters_are_unsafe(s3: Any, tmp_path: Path) -> None:
    s3.put_object(Bucket="packages", Key="releases/orders.zip", Body=package({"app.py": PYTHON}))
    parameters = "Parameters:\n  Release: {Type: String, Default: releases}\n"
    template = parameters + TEMPLATE.replace("releases/", "!Sub '${Release}/").replace("orders.zip", "orders.zip'")
    done = run(tmp_path, template)
    assert f"it is {PLACE} by default, and a stack may set Release otherwise" in words(done)
    assert written(tmp_path) == template
    run(tmp_path, template, "--isolated", "--fetch-code", "--unsafe-fixes")
    assert written(tmp_path) == parameters + INLINE


@pytest.mark.parametrize(
    "key",
    [
        "!Sub '${AWS::Region}/orders.zip'",
        "!Sub '${Release}/orders.zip'",
        "!ImportValue orders",
        "'{{resolve:ssm:/orders}}'",
        "!If [A, a.zip, b.zip]",
        "!Ref Secret",
        "!Ref Stored",
    ],
)
def test_a_place_that_cannot_be_known(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No S3 is there: it must not be asked."""
    parameters = """\
Parameters:
  Release: {Type: String}
  Secret: {Type: String, NoEcho: true, Default: a.zip}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /orders}
"""
    monkeypatch.setitem(sys.modules, "boto3", None)
    done = run(tmp_path, parameters + TEMPLATE.replace("releases/orders.zip", key))
    assert "its place in S3 is known only when a stack is made: a placeholder would stand in for it" in words(done)


def test_aws_sam_and_nodejs(s3: Any, tmp_path: Path) -> None:
    code = "exports.handler = async () => 1;\n"
    s3.put_object(Bucket="packages", Key="a b.zip", Body=package({"app.js": code}))
    head = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    kind = "    Type: AWS::Serverless::Function\n    Properties:\n"
    body = kind + "      {}\n      Handler: app.handler\n      Runtime: nodejs20.x\n"
    for place in ("CodeUri: s3://packages/a b.zip", "CodeUri: {Bucket: packages, Key: a b.zip}"):
        run(tmp_path, f"{head}  Orders:\n{body.format(place)}")
        inline = body.format("InlineCode: |\n        exports.handler = async () => 1;")
        assert written(tmp_path) == f"{head}  Orders:\n{inline}".replace("app.handler", "index.handler")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"no zip at all", "is no zip archive that can be read", id="no zip"),
        pytest.param(package({}), "has no module app, which the handler names", id="empty"),
        pytest.param(package({"other.py": PYTHON}), "has no module app, which the handler names", id="other module"),
        pytest.param(
            package({"app.py": PYTHON, "util.py": "x = 1\n"}),
            "has more than one code file: app.py, util.py",
            id="several modules",
        ),
        pytest.param(package({"app.py": PYTHON, "data.csv": "1"}), "has other files: data.csv", id="other files"),
        pytest.param(
            package({"app.py": PYTHON, "lib/_fast.so": b"\x7fELF"}), "has a native module: lib/_fast.so", id="native"
        ),
        pytest.param(package({"app.py": b"\xff\xfe\x00"}), "app.py is not UTF-8", id="binary"),
        pytest.param(package({"app.py": "import requests\n" + PYTHON}), "app.py needs requests", id="needs a package"),
        pytest.param(package({"app.py": "x = 1\n"}), "app.py has no function handler", id="no function"),
        pytest.param(package({"app.py": b"#" * 5_000_000}), "app.py is larger than 4 MB", id="too large"),
        pytest.param(
            package({"app.py": PYTHON, "../x.py": "1"}), "has an entry that leads out of it: '../x.py'", id="leads out"
        ),
    ],
)
def test_what_cannot_be_inlined(content: bytes, reason: str) -> None:
    options = Options(fetch=lambda bucket, key, version: content)
    settings = Settings(select=("uninlined-lambda-code",), unsafe_fixes=True, validate="none", options=options)
    outcome = api.fix_text(TEMPLATE, settings)
    (finding,) = outcome.remaining
    assert outcome.after == TEMPLATE
    assert finding.reason.startswith(f"{PLACE}/{reason}" if reason.startswith("app.py") else f"{PLACE} {reason}")


def test_a_bomb_is_not_unpacked(s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that says how large it is, and one that lies."""
    bomb = package({"app.py": PYTHON, **{f"a{number}/__init__.py": b"\0" * 30_000_000 for number in range(9)}})
    assert len(bomb) < 1_000_000
    s3.put_object(Bucket="packages", Key="releases/orders.zip", Body=bomb)
    with monkeypatch.context() as patched:
        patched.setattr(zipfile.ZipFile, "open", lambda *args: pytest.fail("it is unpacked"))
        refused(tmp_path, "unpacks to more than 250 MB")
    liar = bytearray(package({"app.py": b"#" * 5_000_000}))
    for at, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # the size of the entry, in both its headers
        struct.pack_into("<I", liar, liar.index(at) + offset, 10)
    s3.put_object(Bucket="packages", Key="releases/orders.zip", Body=bytes(liar))
    refused(tmp_path, "app.py cannot be unpacked")


def test_a_large_object_is_not_downloaded(s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "PACKAGE_BYTES", 1024 * 1024)
    s3.put_object(Bucket="packages", Key="releases/orders.zip", Body=b"x" * (1024 * 1024 + 1))
    make = boto3.session.Session.client
    clients = []

    def client(*args: Any, **more: Any) -> Any:
        clients.append(make(*args, **more))
        clients[-1].get_object = lambda **place: pytest.fail("it is downloaded")
        return clients[-1]

    monkeypatch.setattr(boto3.session.Session, "client", client)
    refused(tmp_path, f"{PLACE} cannot be fetched: it is larger than 1 MB")
    assert clients


def test_no_such_object_and_no_such_bucket(s3: Any, tmp_path: Path) -> None:
    refused(tmp_path, f"{PLACE} cannot be fetched: there is no such object (404)")
    refused(tmp_path, "cannot be fetched: there is no such object", TEMPLATE.replace("packages", "none-at-all"))


def test_a_name_that_no_bucket_has(s3: Any, tmp_path: Path) -> None:
    refused(tmp_path, "cannot be fetched: Parameter validation failed", TEMPLATE.replace("packages", "'no bucket!'"))


def test_no_credentials(s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    refused(tmp_path, "cannot be fetched: there are no AWS credentials")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    refused(tmp_path, "cannot be fetched: The config profile (nobody) could not be found")


def test_no_boto3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    refused(tmp_path, 'cannot be fetched: boto3 is missing: pip install "cfnfix[aws]"')


def test_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    refused(tmp_path, 'cannot be fetched: Could not connect to the endpoint URL: "http://127.0.0.1:9')


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, "403", "access is denied (403)"),
        (400, "400", "S3 answers 400: Bad Request"),
        (503, "SlowDown", "S3 answers SlowDown: Bad Request"),
    ],
)
def test_what_s3_answers(status: int, code: str, reason: str) -> None:
    from botocore.stub import Stubber

    client = boto3.client("s3", region_name="us-east-1")
    with Stubber(client) as stub:
        stub.add_client_error("head_object", code, "Bad Request", status)
        with pytest.raises(Unfetched) as caught:
            fetch._read([client], "packages", "orders.zip", None)
    assert reason in str(caught.value)


def test_each_object_is_read_once(tmp_path: Path) -> None:
    asked = []

    def port(bucket: str, key: str, version: str | None) -> bytes:
        asked.append((bucket, key, version))
        return package({"app.py": PYTHON})

    options = Options(fetch=port)
    settings = Settings(select=("uninlined-lambda-code",), validate="none", options=options)
    outcome = api.fix_text(TEMPLATE, settings)
    assert outcome.after == INLINE
    assert [f.fix.safety for f in outcome.applied if f.fix] == [Safety.SAFE]
    assert set(asked) == {("packages", "releases/orders.zip", None)}


def test_what_was_read_is_remembered(s3: Any) -> None:
    reader = fetch.s3_fetch()
    for _ in range(2):
        with pytest.raises(Unfetched, match="no such object"):
            reader("packages", "orders.zip", None)
        s3.put_object(Bucket="packages", Key="other.zip", Body=b"1")
        assert reader("packages", "other.zip", None) == b"1"
        s3.put_object(Bucket="packages", Key="orders.zip", Body=b"2")
        s3.put_object(Bucket="packages", Key="other.zip", Body=b"3")


def test_it_works_in_processes_and_in_reports(s3: Any, tmp_path: Path) -> None:
    """The settings go to the processes of several inputs."""
    import pickle

    settings = Settings(fetch_code=True)
    assert pickle.loads(pickle.dumps(settings)) == settings
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    command = ["-j", "1", "--isolated", "--no-validate", "--fetch-code", "--output-format", "json", str(tmp_path)]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code in (0, 1)
    assert "cannot be fetched" in json.dumps(json.loads(done.stdout))


def test_an_editor_never_waits_for_it(tmp_path: Path) -> None:
    from fixer.lsp.documents import Document
    from fixer.lsp.session import Session

    (tmp_path / ".cfnfix.toml").write_text("fetch-code = true\nunsafe-fixes = true\n")
    session = Session(lambda published: None, pytest.fail)
    document = Document((tmp_path / "template.yaml").as_uri(), TEMPLATE, 1, session.codec)
    settings = session.settings(document)
    assert settings
    assert settings.unsafe_fixes
    assert not settings.fetch_code
