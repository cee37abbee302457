"""missing-deletion-policy against the linter whose findings it repairs, and against its tables."""

from __future__ import annotations

import pytest

from fixer.api import fix_text
from fixer.cloudformation.types.deletion_policies import SNAPSHOT_TYPES
from fixer.engine.settings import Settings
from fixer.model import Options
from transforms.storage.missing_deletion_policy import _EMPTY_FIRST

TEMPLATE = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table}
  Cluster: {Type: AWS::RDS::DBCluster}
  Member: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Cluster}}
  Database: {Type: AWS::RDS::DBInstance}
  Cache: {Type: AWS::ElastiCache::CacheCluster}
  Disk: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot}
  Queue: {Type: AWS::SQS::Queue, UpdateReplacePolicy: Delete}
  Files: {Type: AWS::S3::Bucket, DeletionPolicy: RetainExceptOnCreate}
  Empty: {Type: AWS::S3::Bucket}
"""
RULES = {"I3011", "W3011", "E3035", "E3036"}


def said(text: str) -> set[str]:
    """The rules about the policies that cfn-lint finds broken, with the resource."""
    from cfnlint.api import lint
    from cfnlint.config import ManualArgs

    found = lint(text, config=ManualArgs(regions=["us-east-1"], include_checks=["I"]))
    return {f"{match.rule.id} {match.path[1]}" for match in found if match.rule.id in RULES}


@pytest.mark.parametrize("policy", [None, "Delete", "Retain", "RetainExceptOnCreate", "Snapshot"])
def test_cfn_lint_agrees(policy: str | None) -> None:
    if policy is None:
        assert {line.split()[0] for line in said(TEMPLATE)} == {"I3011", "W3011"}
    settings = Settings(
        select=("missing-deletion-policy",),
        unsafe_fixes=True,
        validate="none",
        options=Options(deletion_policy=policy),
    )
    outcome = fix_text(TEMPLATE, settings)
    assert outcome.remaining == ()
    assert said(outcome.after) == set()


def test_the_tables_are_those_of_cfn_lint() -> None:
    helpers = pytest.importorskip("cfnlint.helpers")
    import cfnlint.data.AdditionalSpecs

    spec = helpers.load_resource(cfnlint.data.AdditionalSpecs, "StatefulResources.json")["ResourceTypes"]
    assert helpers.valid_snapshot_types == SNAPSHOT_TYPES
    assert {name for name, body in spec.items() if body.get("DeleteRequiresEmptyResource")} == _EMPTY_FIRST
