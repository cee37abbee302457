"""The text that Lambda would run is byte-equal to the source file, however the template is written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from fixer import api
from fixer.cloudformation.functions.languages import language_of
from fixer.cloudformation.functions.placeholders import Called, placeholder
from fixer.cloudformation.types.schemas import schema
from fixer.model import Impact, Options, Outcome, Safety
from fixer.settings.model import Settings
from transforms.code.uninlined_lambda_code import uninlined_lambda_code

PYTHON = "def handler(event, context):\n    return 1\n"
SOURCES = {
    "plain": PYTHON,
    "no final newline": PYTHON.rstrip(),
    "several final newlines": PYTHON + "\n\n\n",
    "one line": "handler = print",
    "CRLF": PYTHON.replace("\n", "\r\n"),
    "CR alone": PYTHON + "x = 1\ry = 2\n",
    "mixed line ends": PYTHON + "x = 1\r\ny = 2\n",
    "trailing blanks": PYTHON + "x = 1   \n   \n\t\n",
    "ends in blanks": PYTHON + "  ",
    "ends in a line of blanks": PYTHON + "  \n",
    "tabs": "def handler(event, context):\n\treturn '\t'\n",
    "leading newline": "\n" + PYTHON,
    "leading newlines": "\n\n\n" + PYTHON,
    "leading blanks": "  # indented\n" + PYTHON,
    "leading tab": "\t# indented\n" + PYTHON,
    "leading line of blanks": "   \n" + PYTHON,
    "indented deeper first": "      # far\n\n" + PYTHON,
    "next line": PYTHON + "x = 'a\x85b'\n",
    "line separator": PYTHON + "x = 'a\u2028b\u2029c'\n",
    "no-break space": PYTHON + "x = 'a\xa0b'\n",
    "not ASCII": "# prüfen ✓\n" + PYTHON,
    "beyond the BMP": PYTHON + "x = '🚨 𝒳'\n",
    "byte order mark": "\ufeff" + PYTHON,
    "inner byte order mark": PYTHON + "x = 'a\ufeffb'\n",
    "combining and right-to-left": PYTHON + "x = 'e\u0301 \u202e \u05d0'\n",
    "percent and document marks": "# %\n'''\n%YAML 1.1\n---\n--- x\n...\n'''\n" + PYTHON,
    "begins with a document mark": "'''\n---\n'''\n" + PYTHON,
    "YAML look-alikes": "# - a: b\n'''\n- a: [b\n? c\n!x &y *z\n|2-\n> # {{\n'''\n" + PYTHON,
    "comment only at the end": PYTHON + "# end",
    "Sub look-alikes": PYTHON + "x = '${AWS::Region} ${!x} $${y} {{resolve:ssm:a}}'\n",
    "quotes and backslashes": PYTHON + "x = \"\\\\\\n'\\\" '' \\u0041 \\x85\"\n",
    "long line": PYTHON + "x = '" + "word " * 500 + "'\n",
}

BLOCK = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: packages
        S3Key: orders.zip
      Handler: orders.handler
      Runtime: python3.12
"""
LAST = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.12
      Code:
        S3Key: orders.zip
"""
FLOW = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Handler: orders.handler, Code: {S3Bucket: packages, S3Key: orders.zip}, Runtime: python3.12}
"""
DEEP = """\
Resources:
    Orders:
        Type: "AWS::Lambda::Function"
        Properties:
            Code: { "S3Bucket": "packages", "S3Key": "orders.zip" }
            Handler: "orders.handler"
            Runtime: "python3.12"
            # behind it
"""
LOCAL = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: s3://packages/orders.zip
      Handler: orders.handler
      Runtime: python3.12
"""
SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://packages/orders.zip
      Handler: orders.handler
      Runtime: python3.12
"""
JSON = json.dumps(yaml.safe_load(BLOCK), indent=2) + "\n"
TEMPLATES = {
    "block": BLOCK,
    "last": LAST,
    "last, no final newline": LAST.rstrip(),
    "last, followed by a section": LAST + "\n# outputs\nOutputs: {}\n",
    "flow": FLOW,
    "deep": DEEP,
    "local": LOCAL,
    "SAM": SAM,
    "JSON": JSON,
    "compact JSON": json.dumps(yaml.safe_load(BLOCK)),
    "block, CRLF": BLOCK.replace("\n", "\r\n"),
    "last, CRLF, no final newline": LAST.rstrip().replace("\n", "\r\n"),
    "flow, CRLF": FLOW.replace("\n", "\r\n"),
    "JSON, CRLF": JSON.replace("\n", "\r\n"),
    "block, byte order mark": "\ufeff" + BLOCK,
}


def repaired(folder: Path, template: str, monkeypatch: pytest.MonkeyPatch, *, unsafe: bool = False) -> Outcome:
    monkeypatch.setattr(api, "TRANSFORMS", (uninlined_lambda_code,))
    file = folder / ("template.json" if template.lstrip("\ufeff").startswith("{") else "template.yaml")
    file.write_bytes(template.encode())
    options = Options(code_root=str(folder))
    settings = Settings(("uninlined-lambda-code",), unsafe_fixes=unsafe, validate="none", options=options)
    return api.fix_file(file, settings, write=True)


def inlined(folder: Path, template: str) -> object:
    """The code of the function as another reader, PyYAML in Python or the standard library, finds it on disk."""
    is_json = template.lstrip("\ufeff").startswith("{")
    written = (folder / ("template.json" if is_json else "template.yaml")).read_bytes().decode().removeprefix("\ufeff")
    loaded = json.loads(written) if is_json else yaml.load(written, yaml.SafeLoader)
    properties = loaded["Resources"]["Orders"]["Properties"]
    assert properties["Handler"] == "index.handler"
    return properties["InlineCode"] if "InlineCode" in properties else properties["Code"]["ZipFile"]


def _crossed() -> list[object]:
    """Every source in every template."""
    return [
        pytest.param(source, template, id=f"{of} in {name}")
        for of, source in SOURCES.items()
        for name, template in TEMPLATES.items()
    ]


@pytest.mark.parametrize(("source", "template"), _crossed())
def test_the_source_is_taken_over_byte_by_byte(
    source: str, template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = "orders/index.py" if "index.handler" in template else "orders/orders.py"
    (tmp_path / "orders").mkdir()
    (tmp_path / index).write_bytes(source.encode())
    outcome = repaired(tmp_path, template, monkeypatch)
    assert outcome.error is None
    assert [finding.reason for finding in outcome.remaining] == []
    assert inlined(tmp_path, template) == source
    again = repaired(tmp_path, outcome.after, monkeypatch)
    assert again.after == outcome.after
    assert not again.applied


@pytest.mark.parametrize("template", [BLOCK, FLOW, SAM, JSON])
@pytest.mark.parametrize("runtime", ["python3.12", "nodejs20.x"])
@pytest.mark.parametrize("called_by", ["an API", "a stack"])
def test_a_placeholder_keeps_the_old_location(
    template: str, runtime: str, called_by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = template.replace("python3.12", runtime)
    if called_by == "a stack":
        if text.startswith("{"):
            loaded = json.loads(text)
            token = {"Fn::GetAtt": ["Orders", "Arn"]}
            loaded["Resources"]["Own"] = {"Type": "Custom::Own", "Properties": {"ServiceToken": token}}
            text = json.dumps(loaded)
        else:
            text += "  Own:\n    Type: Custom::Own\n    Properties: {ServiceToken: {'Fn::GetAtt': [Orders, Arn]}}\n"
    held = repaired(tmp_path, text, monkeypatch)
    assert not held.changed
    assert [(f.fix.safety, f.reason) for f in held.remaining if f.fix] == [
        (Safety.UNSAFE, "its source is not at hand: a placeholder would stand in for it")
    ]
    outcome = repaired(tmp_path, text, monkeypatch, unsafe=True)
    code = str(inlined(tmp_path, text))
    assert "s3://packages/orders.zip" in code
    assert ("501" in code) == (called_by == "an API")
    assert ("FAILED" in code) == (called_by == "a stack")
    if not text.startswith("{"):
        assert "# was: s3://packages/orders.zip\n" in outcome.after
    again = repaired(tmp_path, outcome.after, monkeypatch, unsafe=True)
    assert again.after == outcome.after
    assert not again.remaining


def test_python_placeholders_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    python = language_of("python3.12")
    assert python is not None
    sent: list[tuple[object, ...]] = []
    module = SimpleNamespace(SUCCESS="SUCCESS", FAILED="FAILED", send=lambda *answer: sent.append(answer))
    monkeypatch.setitem(sys.modules, "cfnresponse", module)
    context = SimpleNamespace(aws_request_id="0-1")
    for called in Called:
        names: dict[str, Any] = {}
        exec(placeholder(python, "run", "s3://b/k", called), names)
        for kind in ("Create", "Delete"):
            event = {"RequestType": kind, "password": "secret"}
            if called is Called.WITH_EVENTS:
                with pytest.raises(NotImplementedError):
                    names["run"](event, context)
                continue
            answer = names["run"](event, context)
            if called is Called.FOR_AN_ANSWER:
                assert (answer["statusCode"], json.loads(answer["body"])) == (501, {"message": "Not implemented"})
    assert [answer[2] for answer in sent] == ["FAILED", "SUCCESS"]
    logged = capsys.readouterr().out
    assert "0-1" in logged
    assert "secret" not in logged


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_node_placeholder_answers(tmp_path: Path) -> None:
    node = language_of("nodejs20.x")
    assert node is not None
    for called, answer in zip(Called, ("501", "ECONNREFUSED", "undefined"), strict=True):
        (tmp_path / "index.js").write_text(placeholder(node, "run", "s3://b/k", called))
        event = "{RequestType: 'Create', ResponseURL: 'https://127.0.0.1:1/'}"
        script = f"require('./index').run({event}, {{awsRequestId: '0-1'}})"
        script += ".then((r) => console.log(r.statusCode), (e) => console.log(e.code))"
        run = subprocess.run(["node", "-e", script], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert run.stdout.split("\n")[:2] == ["Placeholder called, request 0-1", answer]


def test_impact_is_no_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "orders.py").write_text(PYTHON)
    for template in (BLOCK, SAM):
        assert repaired(tmp_path, template, monkeypatch).impact is Impact.NO_INTERRUPTION
    known = schema("AWS::Lambda::Function")
    assert known is not None
    assert known.impact(("Code", "ZipFile")) is Impact.NO_INTERRUPTION


def test_no_code_root_means_no_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.py").write_text(PYTHON)
    monkeypatch.setattr(api, "TRANSFORMS", (uninlined_lambda_code,))
    outcome = api.fix_text(BLOCK, Settings(("uninlined-lambda-code",), validate="none"))
    assert not outcome.changed
    assert "not at hand" in outcome.remaining[0].reason
