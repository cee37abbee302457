"""YAML to JSON and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixer.cli.convert import convert
from fixer.model import CfnfixError
from fixer.syntax.parse import parse

YAML = """\
# why
Resources:
  B:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub "${AWS::StackName}-b"  # name
      Tags: [{Key: Id, Value: "012345678901"}]
"""


def test_yaml_to_json_says_that_comments_are_lost() -> None:
    text, note = convert(YAML, Path("x.json"))
    assert json.loads(text) == parse(YAML).data
    assert note == "converted to JSON by cfn-flip; its comments are lost, as JSON has none"
    assert text.endswith("}\n")


def test_there_and_back_means_the_same() -> None:
    text, _ = convert("\ufeff" + YAML, Path("x.json"))
    back, note = convert(text, Path("x.yml"))
    assert parse(back).data == parse(YAML).data
    assert "!Sub" in back
    assert note == "converted to YAML by cfn-flip"


@pytest.mark.parametrize("name", ["x.yaml", "x.YML", "x.template", "x"])
def test_the_same_format_keeps_every_byte(name: str) -> None:
    assert convert(YAML, Path(name)) == (YAML, "")


def test_yaml_in_braces_is_yaml() -> None:
    text = "{Resources: {A: {Type: AWS::S3::Bucket}}}  # x\n"
    assert convert(text, Path("x.yaml")) == (text, "")


def test_what_cfn_flip_would_change_is_refused() -> None:
    base = "Resources:\n  A: &a\n    Type: AWS::S3::Bucket\n  B:\n    <<: *a\n"
    for text in (base, base + "    X: !Join [',', *b]\n", base + "  C:\n    <<: [*a]\n"):
        with pytest.raises(CfnfixError):
            convert(text, Path("x.json"))
