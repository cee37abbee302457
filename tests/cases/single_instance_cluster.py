"""More cases of single-instance-cluster."""

from fixer.model import Case

INVALID = (
    Case(
        "with a condition and policies",
        before="""\
Conditions:
  HasOrders: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Condition: HasOrders
    Properties: {Engine: aurora-mysql}
  Orders:
    Type: AWS::RDS::DBInstance
    Condition: HasOrders
    DependsOn: [Cluster]
    DeletionPolicy: Snapshot
    Properties:
      DBClusterIdentifier: !Ref Cluster
      Engine: aurora-mysql
""",
        after="""\
Conditions:
  HasOrders: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Condition: HasOrders
    Properties: {Engine: aurora-mysql}
  Orders:
    Type: AWS::RDS::DBInstance
    Condition: HasOrders
    DependsOn: [Cluster]
    DeletionPolicy: Snapshot
    Properties:
      DBClusterIdentifier: !Ref Cluster
      Engine: aurora-mysql
  Orders2:
    Type: AWS::RDS::DBInstance
    Condition: HasOrders
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      DBClusterIdentifier: !Ref Cluster
      Engine: aurora-mysql
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "two instances, none, or a loop of them",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Two:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql}
  A:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Two}
  B:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Two}
  None:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, EngineMode: serverless}
  Many:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql}
  C:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Many}
  Fn::ForEach::Instances:
    - Name
    - [X, Y]
    - Instance${Name}:
        Type: AWS::RDS::DBInstance
        Properties: {DBClusterIdentifier: !Ref Many}
""",
        unsafe=True,
    ),
)
