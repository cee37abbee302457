"""missing-deletion-policy against the linter whose findings it repairs, and against its tables."""

from __future__ import annotations

import pytest

from fixer.api import fix_text
from fixer.cloudformation.types.deletion_policies import EMPTY_FIRST, SNAPSHOT_TYPES, holds_data, with_policies
from fixer.engine.loader import load
from fixer.model import Case, Options, Value
from fixer.settings.model import Settings
from tests.linted import matches
from tests.test_transforms import TRANSFORMS, cases

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
    return {f"{match.rule.id} {match.path[1]}" for match in matches(text) if match.rule.id in RULES}


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
    assert {name for name, body in spec.items() if body.get("DeleteRequiresEmptyResource")} == EMPTY_FIRST


INVALID = [(one.name, case) for one in TRANSFORMS for case in cases(one) if case.after]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{name}: {case.name}") for name, case in INVALID])
def test_what_is_new_has_both_policies(case: Case) -> None:
    before, after = (
        load(text, "json" if text.lstrip().startswith("{") else "yaml")["Resources"]
        for text in (case.before, str(case.after))
    )
    gone = [before[name] for name in before.keys() - after.keys()]
    for name in after.keys() - before.keys():
        if after[name] in gone:  # it has another name now
            continue
        if isinstance(after[name], dict) and holds_data(str(after[name].get("Type"))):
            assert after[name].keys() >= {"DeletionPolicy", "UpdateReplacePolicy"}, name


QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {}}
MEMBER = {"Type": "AWS::RDS::DBInstance", "Properties": {"DBClusterIdentifier": "c"}}
CHOSEN = {"Fn::If": ["Live", "Retain", "Delete"]}


@pytest.mark.parametrize(
    ("body", "like", "options", "wanted"),
    [
        (QUEUE, None, Options(), ("Retain", "Retain")),
        (QUEUE, None, Options(deletion_policy="RetainExceptOnCreate"), ("RetainExceptOnCreate", "Retain")),
        (QUEUE, None, Options(deletion_policy="Delete", update_replace_policy="Retain"), ("Delete", "Retain")),
        (QUEUE, {"DeletionPolicy": "Delete"}, Options(), ("Delete", "Delete")),
        (QUEUE, {"DeletionPolicy": "RetainExceptOnCreate"}, Options(), ("RetainExceptOnCreate", "Retain")),
        (QUEUE, {"UpdateReplacePolicy": "Delete"}, Options(), ("Delete", "Delete")),
        (QUEUE, {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Retain"}, Options(), ("Delete", "Retain")),
        (QUEUE, {"DeletionPolicy": "Snapshot"}, Options(), ("Retain", "Retain")),
        (QUEUE, {"DeletionPolicy": CHOSEN}, Options(), (CHOSEN, "Retain")),
        (MEMBER, None, Options(), ("Delete", "Delete")),
        (MEMBER, {"DeletionPolicy": "Snapshot"}, Options(), ("Delete", "Delete")),
        (MEMBER, {"DeletionPolicy": "Retain"}, Options(), ("Retain", "Retain")),
    ],
)
def test_policies_of_something_new(body: Value, like: Value, options: Options, wanted: tuple[Value, Value]) -> None:
    made = with_policies({**body, "Condition": "C"}, options, like)
    assert (made["DeletionPolicy"], made["UpdateReplacePolicy"]) == wanted
    assert list(made) == ["Type", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Properties"]


def test_what_holds_nothing_has_no_policies() -> None:
    assert with_policies({"Type": "AWS::EC2::VPC"}, Options()) == {"Type": "AWS::EC2::VPC"}
