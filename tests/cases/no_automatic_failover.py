"""More cases of no-automatic-failover."""

from fixer.model import Case

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
    - Group${Name}:
        Type: AWS::ElastiCache::ReplicationGroup
        Properties:
          ReplicationGroupDescription: !Ref Name
          NumCacheClusters: 2
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Group${Name}:
        Type: AWS::ElastiCache::ReplicationGroup
        Properties:
          ReplicationGroupDescription: !Ref Name
          NumCacheClusters: 2
          AutomaticFailoverEnabled: true
          MultiAZEnabled: true
""",
    ),
    Case(
        "enough nodes",
        before="""\
Resources:
  A:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      NumCacheClusters: 3
      AutomaticFailoverEnabled: true
  B:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      NodeGroupConfiguration: [{ReplicaCount: 1}, {ReplicaCount: 2}]
  C:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: valkey
""",
        after="""\
Resources:
  A:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      NumCacheClusters: 3
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
  B:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      NodeGroupConfiguration: [{ReplicaCount: 1}, {ReplicaCount: 2}]
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
  C:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: valkey
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      NumCacheClusters: 2
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "old nodes",
        before="""\
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {CacheNodeType: cache.t1.micro, NumCacheClusters: 2}
""",
        unsafe=True,
        says="nodes of the type T1",
    ),
    Case(
        "decided elsewhere",
        before="""\
Resources:
  A:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {AutomaticFailoverEnabled: !Ref IsProd}
  B:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {AutomaticFailoverEnabled: true, MultiAZEnabled: true}
""",
        unsafe=True,
    ),
    Case(
        "zones node by node",
        before="""\
Resources:
  A:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {NumCacheClusters: 1, PreferredCacheClusterAZs: [eu-west-1a]}
""",
        unsafe=True,
        says="its zones are listed node by node",
    ),
    Case(
        "a subnet group of one subnet",
        before="""\
Resources:
  Group:
    Type: AWS::ElastiCache::SubnetGroup
    Properties: {SubnetIds: [!ImportValue Subnet]}
  A:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {NumCacheClusters: 2, CacheSubnetGroupName: !Ref Group}
""",
        unsafe=True,
        says="its subnet group has one subnet",
    ),
)
