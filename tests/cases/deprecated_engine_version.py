from __future__ import annotations

from fixer.model import Case


def database(*lines: str, kind: str = "Instance") -> str:
    body = "".join(f"      {line}\n" for line in lines)
    return f"Resources:\n  Database:\n    Type: AWS::RDS::DB{kind}\n    Properties:\n{body}"


INVALID = (
    Case(
        "allowed values, branches, mappings with their engines",
        unsafe=True,
        before="""\
Parameters:
  Version: {Type: String, Default: "15.4", AllowedValues: ["15.4", "15.6", "16.10", "14"]}
Conditions:
  Live: !Equals [!Ref AWS::Region, eu-west-1]
Mappings:
  Engines:
    A: {Engine: mysql, Version: 8.0.33}
    B: {Engine: postgres, Version: '13.7'}
Resources:
  One:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, EngineVersion: !Ref Version}
  Two:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, EngineVersion: !If [Live, 8.4.3, 8.4.10]}
  Three:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: !FindInMap [Engines, !Ref Which, Engine]
      EngineVersion: !FindInMap [Engines, !Ref Which, Version]
""",
        after="""\
Parameters:
  Version: {Type: String, Default: "15.19", AllowedValues: ["15.19", "16.10", "14"]}
Conditions:
  Live: !Equals [!Ref AWS::Region, eu-west-1]
Mappings:
  Engines:
    A: {Engine: mysql, Version: "8.0.46"}
    B: {Engine: postgres, Version: '13.23'}
Resources:
  One:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, EngineVersion: !Ref Version}
  Two:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, EngineVersion: !If [Live, "8.4.11", 8.4.10]}
  Three:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: !FindInMap [Engines, !Ref Which, Engine]
      EngineVersion: !FindInMap [Engines, !Ref Which, Version]
""",
    ),
    Case(
        "only builds under Extended Support are left",
        database("Engine: mysql", "EngineVersion: 5.7.38"),
        database("Engine: mysql", "EngineVersion: 5.7.44-rds.20260902"),
        unsafe=True,
    ),
    Case(
        "a version that nobody knows",
        database("Engine: mariadb", "EngineVersion: 10.6.1"),
        database("Engine: mariadb", 'EngineVersion: "10.6.28"'),
        unsafe=True,
    ),
    Case(
        "an engine and its version on one condition",
        unsafe=True,
        before="""\
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: !If [One, postgres, mysql], EngineVersion: !If [One, '14.7', '8.0.33']}
""",
        after="""\
Conditions:
  One: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: !If [One, postgres, mysql], EngineVersion: !If [One, '14.24', '8.0.46']}
""",
    ),
    Case(
        "a number",
        database("Engine: postgres", "EngineVersion: 14.7"),
        database("Engine: postgres", 'EngineVersion: "14.24"'),
        unsafe=True,
    ),
    Case(
        "a replica and its source, and a cluster in a loop",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Source:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, EngineVersion: 8.4.3}
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, EngineVersion: 8.4.3, SourceDBInstanceIdentifier: !Ref Source}
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Cluster${Name}:
        Type: AWS::RDS::DBCluster
        Properties: {Engine: aurora-postgresql, EngineVersion: "16.1"}
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Source:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, EngineVersion: "8.4.11"}
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, EngineVersion: "8.4.11", SourceDBInstanceIdentifier: !Ref Source}
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Cluster${Name}:
        Type: AWS::RDS::DBCluster
        Properties: {Engine: aurora-postgresql, EngineVersion: "16.15"}
""",
    ),
)
VALID = (
    Case(
        "a replica of something elsewhere",
        database("Engine: mysql", "EngineVersion: 8.4.3", "SourceDBInstanceIdentifier: main"),
        unsafe=True,
        says="Database has the version of its source, which is not in the template",
    ),
    Case(
        "a member of a global database",
        database(
            "Engine: aurora-mysql",
            "EngineVersion: 8.0.mysql_aurora.3.02.0",
            "GlobalClusterIdentifier: g",
            kind="Cluster",
        ),
        unsafe=True,
        says="Database is a member of a global database",
    ),
    Case(
        "an engine mode",
        database(
            "Engine: aurora-mysql", "EngineMode: serverless", "EngineVersion: 5.7.mysql_aurora.2.08.3", kind="Cluster"
        ),
        unsafe=True,
        says="Database has an engine mode that takes few versions",
    ),
    Case(
        "a version that leaves the rest to RDS",
        database("Engine: postgres", "EngineVersion: '15'"),
        unsafe=True,
        says="RDS takes the default minor version of it",
    ),
    Case(
        "newer than all that is known",
        database("Engine: postgres", "EngineVersion: '16.99'"),
        unsafe=True,
        says="no newer version of its major is supported",
    ),
    Case(
        "a version of two engines",
        unsafe=True,
        before="""\
Parameters:
  Engine: {Type: String, Default: mysql, AllowedValues: [mysql, mariadb]}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: !Ref Engine, EngineVersion: 8.0.33}
""",
        says="it is the version of several engines",
    ),
    Case(
        "what is fine, or not known",
        unsafe=True,
        before="""\
Resources:
  A: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: 8.4.11}}
  B: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}
  C: {Type: AWS::RDS::DBInstance, Properties: {EngineVersion: 8.0.33}}
  D: {Type: AWS::RDS::DBInstance, Properties: {Engine: oracle-ee, EngineVersion: 12.1.0.2.v1}}
  E: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: !Ref Version}}
  F: {Type: AWS::Neptune::DBCluster, Properties: {EngineVersion: 1.0.1}}
""",
    ),
)
