"""Format on save costs what the engine costs and no more, and next to nothing when the server has worked ahead.

Machines of CI are slow and busy, so nothing is compared with a clock but with the same work done here, meanwhile.
`python -m benchmarks.format_on_save` measures for real; the figures are printed.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path
from threading import Event

import pytest

from benchmarks.format_on_save import measure
from fixer.lsp import repairs
from fixer.settings.model import Settings

BLOCK = """\
  Role{n}:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub '${{AWS::StackName}}-role-{n}'
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
  Function{n}:  # does the work
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Role: !GetAtt Role{n}.Arn
      Runtime: python3.12
      Timeout: 30
      Code:
        ZipFile: |
          def handler(event, context):
              return {{"statusCode": 200, "body": "{n}"}}
      Environment:
        Variables:
          TABLE: !Ref Table{n}
  Table{n}:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
"""


def template(size: int = 10_000) -> str:
    """A template of about ``size`` bytes."""
    blocks = [BLOCK.format(n=number) for number in range(size // len(BLOCK))]
    return "AWSTemplateFormatVersion: '2010-09-09'\nDescription: orders\nResources:\n" + "".join(blocks)


def seconds(text: str) -> float:
    """How long the engine takes, without a server."""
    start = time.perf_counter()
    repairs.repaired(text, Settings(), Event())
    return time.perf_counter() - start


def test_budget(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(template())
    repaired = repairs.repaired(template(), Settings(), Event()).after
    whole, nothing = [], []

    def meanwhile() -> None:
        whole.append(seconds(template()))
        nothing.append(seconds(repaired))

    meanwhile()
    times = asyncio.run(measure([path], rounds=2, between=meanwhile, settle=0.5 + 3 * whole[0]))
    found = {case: statistics.median(each) for case, each in times.items()}
    with capsys.disabled():
        for case, each in found.items():
            print(f"\nformat on save, {case}: median {1e3 * each:.0f} ms", end="")
        print(f"\nthe engine alone: {1e3 * statistics.median(nothing):.0f} ms if there is nothing to do", end="")
        print(f", else {1e3 * statistics.median(whole):.0f} ms")
    assert min(times["steady"]) < 3 * max(nothing) + 0.05
    assert min(times["first"]) < 3 * max(whole) + 0.05
    assert min(times["settled"]) < max(whole) / 3, "it is done already"
    assert min(times["paused"]) < max(whole) / 3, "it is known already that there is nothing to do"
