from __future__ import annotations

from fixer.model import Case, Options

ALL = """\
Transform: AWS::LanguageExtensions
Parameters:
  Engine: {Type: String, Default: mysql}
Resources:
  Fn::ForEach::Queues:
    - Name
    - [A, B]
    - Queue${Name}:
        Type: AWS::SQS::Queue
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: !Ref Engine}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Documents: {Type: AWS::DocDB::DBCluster, Properties: {StorageEncrypted: true}}
  Warehouse: {Type: AWS::Redshift::Cluster, Properties: {ClusterType: single-node}}
  Canary: {Type: AWS::Synthetics::Canary, Properties: {FailureRetentionPeriod: 9}}
  Stream: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
"""
KEPT = """\
Transform: AWS::LanguageExtensions
Parameters:
  Engine: {{Type: String, Default: mysql}}
Resources:
  Fn::ForEach::Queues:
    - Name
    - [A, B]
    - Queue${{Name}}:
        Type: AWS::SQS::Queue
        Properties:
          MessageRetentionPeriod: {queue}
  Database: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: !Ref Engine, BackupRetentionPeriod: {backup}}}}}
  Cluster: {{Type: AWS::RDS::DBCluster, Properties: {{Engine: aurora-mysql, BackupRetentionPeriod: {backup}}}}}
  Documents: {{Type: AWS::DocDB::DBCluster, Properties: {{StorageEncrypted: true, BackupRetentionPeriod: {backup}}}}}
  Warehouse: {{Type: AWS::Redshift::Cluster, Properties: {{ClusterType: single-node, AutomatedSnapshotRetentionPeriod: {backup}}}}}
  Canary: {{Type: AWS::Synthetics::Canary, Properties: {{FailureRetentionPeriod: 9, SuccessRetentionPeriod: {canary}}}}}
  Stream: {{Type: AWS::Kinesis::Stream, Properties: {{ShardCount: 1, RetentionPeriodHours: {stream}}}}}
"""
INVALID = (
    Case("every type", ALL, KEPT.format(queue=345600, backup=7, canary=31, stream=24), unsafe=True),
    Case(
        "no longer than a service allows",
        ALL,
        KEPT.format(queue=1209600, backup=35, canary=90, stream=2160),
        Options(retention_days=90),
        unsafe=True,
    ),
    Case(
        "the longest that logs may be kept",
        """\
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: a}}
""",
        """\
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: a, RetentionInDays: 3653}}
""",
        Options(retention_days=5000),
        unsafe=True,
    ),
)
VALID = (
    Case(
        "not unless asked for",
        """\
Resources:
  Queue: {Type: AWS::SQS::Queue}
""",
        says="what is older is deleted, and longer costs more",
    ),
)
