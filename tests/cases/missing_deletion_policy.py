from __future__ import annotations

from fixer.model import Case, Options

INVALID = (
    Case(
        "in a loop",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Table${Name}:
        Type: AWS::DynamoDB::Table
        DeletionPolicy: Retain
        Properties:
          BillingMode: PAY_PER_REQUEST
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Table${Name}:
        Type: AWS::DynamoDB::Table
        DeletionPolicy: Retain
        Properties:
          BillingMode: PAY_PER_REQUEST
        UpdateReplacePolicy: Retain
""",
    ),
    Case(
        "snapshots where there are some",
        before="""\
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
  Member:
    Type: AWS::RDS::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Cluster
  Graph:
    Type: AWS::Neptune::DBInstance
  Redis:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
  Memcached:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
  Simple:
    Type: AWS::Serverless::SimpleTable
""",
        after="""\
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
  Member:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      DBClusterIdentifier: !Ref Cluster
  Graph:
    Type: AWS::Neptune::DBInstance
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
  Redis:
    Type: AWS::ElastiCache::CacheCluster
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: redis
  Memcached:
    Type: AWS::ElastiCache::CacheCluster
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      Engine: memcached
  Simple:
    Type: AWS::Serverless::SimpleTable
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
""",
        unsafe=True,
    ),
    Case(
        "as the settings say",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Disk:
    Type: AWS::EC2::Volume
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Retain
  Disk:
    Type: AWS::EC2::Volume
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Retain
""",
        options=Options(deletion_policy="RetainExceptOnCreate"),
        unsafe=True,
    ),
    Case(
        "as the settings say on replacement",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Disk:
    Type: AWS::EC2::Volume
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Delete
    UpdateReplacePolicy: Retain
  Disk:
    Type: AWS::EC2::Volume
    DeletionPolicy: Delete
    UpdateReplacePolicy: Snapshot
""",
        options=Options(deletion_policy="Delete", update_replace_policy="Snapshot"),
        unsafe=True,
    ),
    Case(
        "what happens anyway is safe to say",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Database:
    Type: AWS::RDS::DBInstance
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
  Database:
    Type: AWS::RDS::DBInstance
""",
        options=Options(deletion_policy="Delete"),
        says="AWS::RDS::DBInstance Database has no DeletionPolicy",
    ),
    Case(
        "one policy alone",
        before="""\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, DeletionPolicy: RetainExceptOnCreate}
  Others: {Type: AWS::DynamoDB::Table, DeletionPolicy: Delete}
  Disk: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot}
  Group: {Type: AWS::EC2::SecurityGroup, UpdateReplacePolicy: Retain}
""",
        after="""\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, DeletionPolicy: RetainExceptOnCreate, UpdateReplacePolicy: Retain}
  Others: {Type: AWS::DynamoDB::Table, DeletionPolicy: Delete, UpdateReplacePolicy: Delete}
  Disk: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot}
  Group: {Type: AWS::EC2::SecurityGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
""",
    ),
)
VALID = (
    Case(
        "a policy that cannot be known",
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  Policy: {Type: String}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: !Ref Policy
""",
        unsafe=True,
        says="its DeletionPolicy is known only when a stack is made",
    ),
    Case(
        "a policy that is none",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Snapshot
""",
        unsafe=True,
        says="its DeletionPolicy is Snapshot, which it cannot have",
    ),
)
