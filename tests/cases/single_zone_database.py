"""More cases of single-zone-database."""

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
    - Database${Name}:
        Type: AWS::RDS::DBInstance
        Properties:
          Engine: postgres
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Database${Name}:
        Type: AWS::RDS::DBInstance
        Properties:
          Engine: postgres
          MultiAZ: true
""",
    ),
    Case(
        "an engine of a few",
        before="""\
Parameters:
  Engine: {Type: String, AllowedValues: [mysql, mariadb]}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: !Ref Engine
      MultiAZ: 'false'
""",
        after="""\
Parameters:
  Engine: {Type: String, AllowedValues: [mysql, mariadb]}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: !Ref Engine
      MultiAZ: true
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "decided, replicated, or not known",
        before="""\
Parameters:
  Engine: {Type: String}
Resources:
  A:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: !Ref IsProd}
  B:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref A}
  C:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: !Ref Engine}
  D:
    Type: AWS::RDS::DBInstance
    Properties: {DBSnapshotIdentifier: orders}
""",
        unsafe=True,
        says="Database C lives in one Availability Zone: its engine is not known here",
    ),
    Case(
        "SQL Server without backups",
        before="""\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: sqlserver-ee, BackupRetentionPeriod: 0}
""",
        unsafe=True,
        says="SQL Server has no standby without backups",
    ),
    Case(
        "RDS Custom",
        before="""\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: custom-oracle-ee}
""",
        unsafe=True,
        says="RDS Custom (custom-oracle-ee) has to be prepared for a standby",
    ),
)
