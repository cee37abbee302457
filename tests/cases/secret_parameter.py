"""More cases of secret-parameter."""

from fixer.model import Case

INVALID = (
    Case(
        "all parameters, a branch, a condition, the console's form",
        before="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Parameters: [First, Second]
Parameters:
  First: {Type: String}
  Second: {Type: String, NoEcho: true}
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Database:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Condition: IsHere
    Properties:
      Engine: aurora-mysql
      MasterUsername: admin
      MasterUserPassword: !Ref First
  Other:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      Engine: aurora-mysql
      MasterUsername: admin
      MasterUserPassword: !If [IsHere, !Sub "${Second}", "{{resolve:secretsmanager:other}}"]
""",
        after="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  DatabaseSecret:
    Type: AWS::SecretsManager::Secret
    Condition: IsHere
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"username": "admin"}'
        GenerateStringKey: password
        PasswordLength: 30
        ExcludePunctuation: true
  Database:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Condition: IsHere
    Properties:
      Engine: aurora-mysql
      MasterUsername: admin
      MasterUserPassword: !Sub "{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}"
  OtherSecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"username": "admin"}'
        GenerateStringKey: password
        PasswordLength: 30
        ExcludePunctuation: true
  Other:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      Engine: aurora-mysql
      MasterUsername: admin
      MasterUserPassword: !If [IsHere, !Sub "{{resolve:secretsmanager:${OtherSecret}:SecretString:password}}", "{{resolve:secretsmanager:other}}"]
""",
        unsafe=True,
    ),
    Case(
        "a directory, a cache, a cluster and what loads it",
        before="""\
Parameters:
  Admin: {Type: String}
  Token: {Type: String}
  Load: {Type: String}
  Size: {Type: String}
Resources:
  Directory:
    Type: AWS::DirectoryService::SimpleAD
    Properties: {Name: acme.org, Size: !Ref Size, Password: !Ref Admin}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {AuthToken: !Ref Token}
  Cluster:
    Type: AWS::Redshift::Cluster
    Properties: {MasterUserPassword: !Ref Load}
  Stream:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      RedshiftDestinationConfiguration: {Password: !Ref Load}
""",
        after="""\
Parameters:
  Size: {Type: String}
Resources:
  DirectorySecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GenerateSecretString:
        SecretStringTemplate: "{}"
        GenerateStringKey: password
        PasswordLength: 30
        ExcludePunctuation: true
  Directory:
    Type: AWS::DirectoryService::SimpleAD
    Properties: {Name: acme.org, Size: !Ref Size, Password: !Sub "{{resolve:secretsmanager:${DirectorySecret}:SecretString:password}}"}
  CacheSecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GenerateSecretString:
        SecretStringTemplate: "{}"
        GenerateStringKey: password
        PasswordLength: 30
        ExcludePunctuation: true
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {AuthToken: !Sub "{{resolve:secretsmanager:${CacheSecret}:SecretString:password}}"}
  ClusterSecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GenerateSecretString:
        SecretStringTemplate: "{}"
        GenerateStringKey: password
        PasswordLength: 30
        ExcludePunctuation: true
  Cluster:
    Type: AWS::Redshift::Cluster
    Properties: {MasterUserPassword: !Sub "{{resolve:secretsmanager:${ClusterSecret}:SecretString:password}}"}
  Stream:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      RedshiftDestinationConfiguration: {Password: !Sub "{{resolve:secretsmanager:${ClusterSecret}:SecretString:password}}"}
""",
        unsafe=True,
    ),
    Case(
        "a secret that waits for the database",
        before="""\
Parameters:
  Password: {Type: String, NoEcho: true}
  Name: {Type: String}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {DBName: !Ref Name, MasterUsername: !If [A, b, c], MasterUserPassword: !Ref Password}
  Login:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      SecretString: !Sub '{"host": "${Database.Endpoint.Address}", "pass": "${Password}", "again": "${Password}"}'
""",
        after="""\
Parameters:
  Name: {Type: String}
Resources:
  DatabaseSecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{}'
        GenerateStringKey: password
        PasswordLength: 30
        ExcludePunctuation: true
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {DBName: !Ref Name, MasterUsername: !If [A, b, c], MasterUserPassword: !Sub '{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}'}
  Login:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      SecretString: !Sub '{"host": "${Database.Endpoint.Address}", "pass": "{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}", "again": "{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}"}'
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "not unless asked for",
        before="""\
Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref Password}}
""",
        says="the password of Database becomes a new one, in a live stack with its next update",
    ),
    Case(
        "the name of a secret",
        before="""\
Parameters:
  Login: {Type: String}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {MasterUserPassword: !Sub "{{resolve:secretsmanager:${Login}:SecretString:password}}"}
""",
        unsafe=True,
    ),
    Case(
        "a user, whose password follows rules of the account",
        before="""\
Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  User: {Type: AWS::IAM::User, Properties: {LoginProfile: {Password: !Ref Password}}}
""",
        unsafe=True,
        says="the account's password policy may ask for other characters",
    ),
    Case(
        "the Parameter Store",
        before="""\
Parameters:
  Password: {Type: AWS::SSM::Parameter::Value<String>, Default: /orders/password}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref Password}}
""",
        unsafe=True,
        says="it is read from the Parameter Store, where somebody else may use it",
    ),
    Case(
        "a condition asks for it",
        before="""\
Parameters:
  Password: {Type: String, Default: ''}
Conditions:
  HasPassword: !Not [!Equals [!Ref Password, '']]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Condition: HasPassword
    Properties: {MasterUserPassword: !Ref Password}
""",
        unsafe=True,
        says="Conditions.HasPassword.Fn::Not.0.Fn::Equals.0 gets it too, and cannot read the secret",
    ),
    Case(
        "a loop, a nested stack",
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  First: {Type: String}
  Second: {Type: String}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref Second}}
  Stack: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a, Parameters: {Password: !Ref Second}}}
  Fn::ForEach::Databases:
    - Name
    - [A, B]
    - Database${Name}: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref First}}
""",
        unsafe=True,
        says="Resources.Stack.Properties.Parameters.Password gets it too, and cannot read the secret",
    ),
)
