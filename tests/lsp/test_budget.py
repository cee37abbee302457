"""Format on save within the budget of an editor; a generous bound, as machines of CI are slow. The figures are printed.

`python -m benchmarks.format_on_save` measures for real.
"""

from __future__ import annotations

import asyncio
import statistics
from pathlib import Path

import pytest

from benchmarks.format_on_save import BUDGET, measure

SLOWER = 20
"""How much slower than the budget a loaded machine may be."""

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


def template(size: int = 25_000) -> str:
    """A template of about ``size`` bytes."""
    blocks = [BLOCK.format(n=number) for number in range(size // len(BLOCK))]
    return "AWSTemplateFormatVersion: '2010-09-09'\nDescription: orders\nResources:\n" + "".join(blocks)


def test_budget(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(template())
    times = asyncio.run(measure([path], rounds=3))
    with capsys.disabled():
        for case, seconds in times.items():
            print(f"\nformat on save, {case}: median {1e3 * statistics.median(seconds):.0f} ms", end="")
    assert statistics.median(times["steady"]) < SLOWER * BUDGET[0]
    assert statistics.median(times["settled"]) < SLOWER * BUDGET[0]
    assert max(times["new problem"]) < SLOWER * BUDGET[1]
