"""More cases of explicit-iam-name."""

from fixer.model import Case

INVALID = (
    Case(
        "a role and a profile of one name, and a property that says role and means the profile",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: ecsInstanceRole, AssumeRolePolicyDocument: {}}
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties: {InstanceProfileName: ecsInstanceRole, Roles: [ecsInstanceRole]}
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties: {Type: MANAGED, ComputeResources: {InstanceRole: ecsInstanceRole}}
  Cluster:
    Type: AWS::EMR::Cluster
    Properties: {JobFlowRole: ecsInstanceRole, ServiceRole: ecsInstanceRole}
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}}
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties: {Roles: [!Ref Role]}
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties: {Type: MANAGED, ComputeResources: {InstanceRole: !Ref Profile}}
  Cluster:
    Type: AWS::EMR::Cluster
    Properties: {JobFlowRole: !Ref Profile, ServiceRole: !Ref Role}
""",
    ),
    Case(
        "an inline policy that names two roles",
        before="""\
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      RoleName: the-deployer
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: pass
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: iam:GetRole, Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/the-deployer'}
              - {Effect: Allow, Action: iam:PassRole, Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/the-worker'}
  Worker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: the-worker
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: !GetAtt Deployer.Arn}}
""",
        after="""\
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  DeployerPolicy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: pass
      Roles:
        - !Ref Deployer
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: 'iam:GetRole', Resource: !GetAtt Deployer.Arn}
          - Effect: Allow
            Action: iam:PassRole
            Resource: !GetAtt Worker.Arn
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: !GetAtt Deployer.Arn}}
""",
        unsafe=True,
    ),
    Case(
        "a role that passes itself",
        before="""\
Conditions:
  IsProd: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: IsProd
    Properties:
      RoleName: orders-api
      AssumeRolePolicyDocument: {}
      Policies:
        # what it reads
        - PolicyName: read
          PolicyDocument: {Statement: []}
        - PolicyName: pass
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: iam:PassRole
                Resource:
                  - !Sub arn:aws:iam::${AWS::AccountId}:role/orders-api
                  - arn:aws:iam::123456789012:role/other
  RolePolicy:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: more, Roles: [other], PolicyDocument: {}}
""",
        after="""\
Conditions:
  IsProd: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: IsProd
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        # what it reads
        - PolicyName: read
          PolicyDocument: {Statement: []}
  RolePolicy2:
    Type: AWS::IAM::Policy
    Condition: IsProd
    Properties:
      PolicyName: pass
      Roles:
        - !Ref Role
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:PassRole
            Resource:
              - !GetAtt Role.Arn
              - arn:aws:iam::123456789012:role/other
  RolePolicy:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: more, Roles: [other], PolicyDocument: {}}
""",
        unsafe=True,
    ),
    Case(
        "JSON, two roles that name each other",
        before="""\
{
  "Resources": {
    "One": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "RoleName": "orders-one",
        "AssumeRolePolicyDocument": {},
        "Policies": [
          {
            "PolicyName": "assume",
            "PolicyDocument": {
              "Statement": {"Resource": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/orders-two"}}
            }
          }
        ]
      }
    },
    "Two": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "RoleName": "orders-two",
        "AssumeRolePolicyDocument": {},
        "Policies": [
          {
            "PolicyName": "assume",
            "PolicyDocument": {
              "Statement": {"Resource": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/orders-one"}}
            }
          }
        ]
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "One": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {}
      }
    },
    "OnePolicy": {
      "Type": "AWS::IAM::Policy",
      "Properties": {
        "PolicyName": "assume",
        "Roles": [{"Ref": "One"}],
        "PolicyDocument": {
          "Statement": {
            "Resource": {"Fn::GetAtt": ["Two", "Arn"]}
          }
        }
      }
    },
    "Two": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {},
        "Policies": [
          {
            "PolicyName": "assume",
            "PolicyDocument": {
              "Statement": {"Resource": {"Fn::GetAtt": ["One", "Arn"]}}
            }
          }
        ]
      }
    }
  }
}
""",
        unsafe=True,
    ),
    Case(
        "a condition that only chooses the name",
        before="""\
Parameters:
  Name: {Type: String, Default: ''}
  Stage: {Type: String, Default: dev}
Conditions:
  HasName: !Not [!Equals [!Ref Name, '']]
  IsLive: !Equals [!Ref Stage, live]
  # the auditors ask for names there
  HasLiveName: !And [!Condition HasName, !Condition IsLive]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !If [HasLiveName, !Ref Name, !Ref AWS::NoValue]
      AssumeRolePolicyDocument: {}
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLive
""",
        after="""\
Parameters:
  Name: {Type: String, Default: ''}
  Stage: {Type: String, Default: dev}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  # the auditors ask for names there
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsLive
""",
    ),
    Case(
        "the only condition, in JSON",
        before="""\
{
  "Parameters": {"Name": {"Type": "String", "Default": ""}},
  "Conditions": {"HasName": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Name"}, ""]}]}},
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "RoleName": {"Fn::If": ["HasName", {"Ref": "Name"}, {"Ref": "AWS::NoValue"}]},
        "AssumeRolePolicyDocument": {}
      }
    }
  }
}
""",
        after="""\
{
  "Parameters": {"Name": {"Type": "String", "Default": ""}},
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {}
      }
    }
  }
}
""",
    ),
    Case(
        "nothing else is said of it",
        before="""\
Resources:
  Deploy:
    Type: AWS::IAM::User
    Properties:
      UserName: deploy  # by the pipeline
    DeletionPolicy: Retain
  Operators:
    Type: AWS::IAM::Group
    Properties:
      GroupName: operators
    DeletionPolicy: Retain
""",
        after="""\
Resources:
  Deploy:
    Type: AWS::IAM::User
    Properties: {}  # by the pipeline
    DeletionPolicy: Retain
  Operators:
    Type: AWS::IAM::Group
    DeletionPolicy: Retain
""",
    ),
    Case(
        "the other kinds of names",
        before="""\
Resources:
  Group:
    Type: AWS::IAM::Group
    Properties:
      GroupName: operators
  User:
    Type: AWS::IAM::User
    Properties:
      UserName: deploy
      Groups:
        - operators
  Key:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: deploy
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: read-orders
      PolicyDocument: {}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/read-orders
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      InstanceProfileName: web
      Roles: [!Ref Role]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: web
""",
        after="""\
Resources:
  Group:
    Type: AWS::IAM::Group
  User:
    Type: AWS::IAM::User
    Properties:
      Groups:
        - !Ref Group
  Key:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: !Ref User
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - !Ref Policy
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      Roles: [!Ref Role]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: !Ref Profile
""",
    ),
    Case(
        "the name of a function that is called the same",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-processor
      Path: /
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-processor
Outputs:
  Function: {Value: orders-processor}
  Role: {Value: orders-processor}
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-processor
Outputs:
  Function: {Value: orders-processor}
  Role: {Value: !Ref Role}
""",
    ),
    Case(
        "addresses and files that begin with the name are no mentions",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-processor
      Path: /
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: orders-processor@acme.org orders-processor.zip my.orders-processor
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: orders-processor@acme.org orders-processor.zip my.orders-processor
""",
    ),
    Case(
        "a tag and a function of the same name are no mentions",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-processor
      Tags:
        - Key: Name
          Value: orders-processor
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-processor
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Tags:
        - Key: Name
          Value: orders-processor
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-processor
""",
    ),
    Case(
        "a script counts on the name",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-api
      Path: /
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: |
          aws iam get-role --role-name orders-api
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: |
          aws iam get-role --role-name orders-api
""",
        unsafe=True,
    ),
    Case(
        "names that are looked up",
        before="""\
Parameters:
  Env: {Type: String, Default: dev}
Mappings:
  Names:
    dev: {Role: orders-dev}
    prod: {Role: orders-prod}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !FindInMap [Names, !Ref Env, Role]
      AssumeRolePolicyDocument: {}
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      InstanceProfileName: !Sub
        - ${Name}-web
        - Name: !ImportValue shared
      Roles: [!FindInMap [Names, !Ref Env, Role]]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: !Join ['-', [!ImportValue shared, web]]
  Split:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Select [0, !Split [',', !Ref Env]]
      AssumeRolePolicyDocument: {}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: orders
      Roles:
        - !Select [0, !Split [',', !Ref Env]]
      PolicyDocument:
        Statement:
          - Resource: !Sub
              - arn:aws:iam::${AWS::AccountId}:role/${Name}
              - Name: !FindInMap [Names, !Ref Env, Role]
""",
        after="""\
Parameters:
  Env: {Type: String, Default: dev}
Mappings:
  Names:
    dev: {Role: orders-dev}
    prod: {Role: orders-prod}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      Roles: [!Ref Role]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: !Ref Profile
  Split:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: orders
      Roles:
        - !Ref Split
      PolicyDocument:
        Statement:
          - Resource: !GetAtt Role.Arn
""",
    ),
    Case(
        "an ARN with an account in digits, where another account's would not do",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders
      AssumeRolePolicyDocument:
        Statement: {Principal: {AWS: 'arn:aws:iam::210987654321:role/orders'}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::210987654321:role/orders
      Environment: {Variables: {ROLE_ARN: 'arn:aws:iam::210987654321:role/orders'}}
  Queue:
    Type: AWS::SQS::QueuePolicy
    Properties:
      PolicyDocument:
        Statement: {Principal: {AWS: 'arn:aws:iam::123456789012:role/orders'}}
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Principal: {AWS: 'arn:aws:iam::210987654321:role/orders'}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment: {Variables: {ROLE_ARN: 'arn:aws:iam::210987654321:role/orders'}}
  Queue:
    Type: AWS::SQS::QueuePolicy
    Properties:
      PolicyDocument:
        Statement: {Principal: {AWS: !GetAtt Role.Arn}}
""",
        unsafe=True,
    ),
    Case(
        "a DependsOn that a reference makes redundant",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-api
      Path: /
  Other:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-other
      Path: /
  Function:
    Type: AWS::Lambda::Function
    DependsOn: Role  # made first
    Properties:
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-api
      Runtime: python3.12
  Policy:
    Type: AWS::IAM::Policy
    DependsOn: [Role, Table, Other]
    Properties:
      Roles: [orders-api, orders-other]
  Late:
    Type: AWS::SNS::Topic
    DependsOn: Role
  Table:
    Type: AWS::DynamoDB::Table
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /
  Other:
    Type: AWS::IAM::Role
    Properties:
      Path: /
  Function:
    Type: AWS::Lambda::Function
    # made first
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: python3.12
  Policy:
    Type: AWS::IAM::Policy
    DependsOn: [Table]
    Properties:
      Roles: [!Ref Role, !Ref Other]
  Late:
    Type: AWS::SNS::Topic
    DependsOn: Role
  Table:
    Type: AWS::DynamoDB::Table
""",
    ),
    Case(
        "an ARN with the path of a parameter",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub ${Env}-orders
      Path: !Sub /${Team}/
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/${Team}/${Env}-orders
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: !Sub /${Team}/
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
""",
    ),
    Case(
        "mentions of what the name is by default",
        before="""\
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  RoleName: {Type: String, Default: orders-worker}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      AssumeRolePolicyDocument: {}
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      Roles: [orders-worker]
  Server:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub server-${Env}
      AssumeRolePolicyDocument: {}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/server-dev
""",
        after="""\
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  RoleName: {Type: String, Default: orders-worker}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      Roles: [!Ref Role]
  Server:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Server.Arn
""",
        unsafe=True,
    ),
    Case(
        "a condition chooses between two names",
        before="""\
Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsOld: !Equals [!Ref Stage, old]
Resources:
  Worker:
    Type: AWS::IAM::User
    Properties:
      UserName: !If [IsDev, orders-dev, !If [IsOld, orders-old, orders]]
      Path: /
  Key:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: !If [IsDev, orders-dev, !If [IsOld, orders-old, orders]]
  Policy:
    Type: AWS::IAM::UserPolicy
    Properties:
      PolicyName: !If [IsDev, a, b]
      UserName: !If
        - IsOld
        - orders-old
        - somebody
""",
        after="""\
Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsOld: !Equals [!Ref Stage, old]
Resources:
  Worker:
    Type: AWS::IAM::User
    Properties:
      Path: /
  Key:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: !Ref Worker
  Policy:
    Type: AWS::IAM::UserPolicy
    Properties:
      PolicyName: !If [IsDev, a, b]
      UserName: !If
        - IsOld
        - !Ref Worker
        - somebody
""",
    ),
    Case(
        "a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Roles:
    - Team
    - [red, blue]
    - Role${Team}:
        Type: AWS::IAM::Role
        Properties:
          RoleName: !Sub orders-${Team}
          AssumeRolePolicyDocument: {}
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Roles:
    - Team
    - [red, blue]
    - Role${Team}:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument: {}
""",
        unsafe=True,
    ),
    Case(
        "files that are called like the role",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: detector
  Detector:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Code: ./src/detector
      Handler: detector.main
  Packed:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Code: {S3Bucket: packages, S3Key: detector/1.zip}
      Handler: index.main
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {}
  Detector:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Code: ./src/detector
      Handler: detector.main
  Packed:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Code: {S3Bucket: packages, S3Key: detector/1.zip}
      Handler: index.main
""",
    ),
    Case(
        "two references would make a circle together",
        before="""\
Resources:
  Deployer:
    Type: AWS::IAM::User
    Properties:
      UserName: orders-deployer
      ManagedPolicyArns: [!Sub 'arn:aws:iam::${AWS::AccountId}:policy/orders-deploy']
  Deploy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: orders-deploy
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:CreateAccessKey
            Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:user/orders-deployer'
""",
        after="""\
Resources:
  Deployer:
    Type: AWS::IAM::User
    Properties:
      ManagedPolicyArns: [!Sub 'arn:aws:iam::${AWS::AccountId}:policy/orders-deploy']
  Deploy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: orders-deploy
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:CreateAccessKey
            Resource: !GetAtt Deployer.Arn
""",
        says="Resources.Deployer.Properties.ManagedPolicyArns.0 needs the name, and a reference would make a circle there",
    ),
    Case(
        "what is safe goes before what is not, where both would make a circle",
        unsafe=True,
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: orders-deploy
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:PassRole
            Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/orders-runner'
  Runner:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-runner
      ManagedPolicyArns: [!Sub 'arn:aws:iam::${AWS::AccountId}:policy/orders-deploy']
  Notes:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: ask for orders-deploy in the chat
""",
        after="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: orders-deploy
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:PassRole
            Resource: !GetAtt Runner.Arn
  Runner:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [!Sub 'arn:aws:iam::${AWS::AccountId}:policy/orders-deploy']
  Notes:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: ask for orders-deploy in the chat
""",
    ),
)

VALID = (
    Case(
        "an output of a short name that is made of a parameter",
        before="""\
Parameters:
  Env: {Type: String}
Resources:
  Job:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub ${Env}-job
      AssumeRolePolicyDocument: {}
Outputs:
  JobName: {Value: !Sub '${Env}-job'}
""",
        says="the name is also mentioned at Outputs.JobName.Value",
    ),
    Case(
        "a role that trusts itself",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-api
      AssumeRolePolicyDocument:
        Statement:
          - Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-api
""",
        unsafe=True,
        says="Statement.0.Principal.AWS needs the name, and a reference would make a circle there",
    ),
    Case(
        "a policy with comments",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-api
      Policies:
        - PolicyName: self
          PolicyDocument:
            Statement:
              # to hand it on
              Resource: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-api
        - PolicyName: other
          PolicyDocument: {}
""",
        unsafe=True,
        json_differs=True,
        says="Statement.Resource needs the name, and a reference would make a circle there; a policy of its own would not, "
        "but comments could not go along",
    ),
    Case(
        "a policy that is always there",
        before="""\
Conditions:
  IsProd: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: IsProd
    Properties:
      RoleName: orders-api
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          Resource: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-api
""",
        unsafe=True,
        says="Statement.Resource needs the name, and a reference cannot stand there",
    ),
    Case(
        "a session of the role",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders
      Path: /
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      PolicyDocument:
        Statement: {NotPrincipal: {AWS: !Sub 'arn:aws:sts::${AWS::AccountId}:assumed-role/orders/session'}}
""",
        says="Resources.Policy.Properties.PolicyDocument.Statement.NotPrincipal.AWS",
    ),
    Case(
        "a variable of all functions of SAM",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Environment: {Variables: {ROLE: orders-api}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-api
      Path: /
""",
        says="Globals.Function.Environment.Variables.ROLE",
    ),
    Case(
        "a variable of a script, and a list",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub orders-api-${Env}
      Path: /
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          export ROLE=orders-api-${Env}
  Late:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: !Sub 'orders-api-${Env}-2 orders-api-${Env}'}
Outputs:
  Names: {Value: !Sub 'orders-api-${Env},other'}
""",
        says="Resources.Server.Properties.UserData.Fn::Base64, Resources.Late.Properties.Value, Outputs.Names.Value",
    ),
    Case(
        "another resource says the name that a parameter has by default",
        before="""\
Parameters:
  RoleName: {Type: String, Default: orders-worker}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      AssumeRolePolicyDocument: {}
  Profile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      Roles: [orders-worker]
""",
        says="Resources.Profile.Properties.Roles.0",
    ),
    Case(
        "a reference would make a circle",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-api
      Policies:
        - PolicyName: self
          PolicyDocument:
            Statement:
              Resource: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-api
""",
        says="Resources.Role.Properties.Policies.0 becomes a policy of its own",
    ),
    Case(
        "a role that a service looks for by name",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: dms-vpc-role
""",
        says="looks for a role of exactly this name",
    ),
    Case(
        "no name",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: required
""",
    ),
    Case(
        "a loop, in which the roles name themselves",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Roles:
    - Team
    - [red, blue]
    - Role${Team}:
        Type: AWS::IAM::Role
        Properties:
          RoleName: !Sub orders-${Team}
          AssumeRolePolicyDocument: {}
          Policies:
            - PolicyName: pass
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: iam:PassRole
                    Resource: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-${Team}
""",
        unsafe=True,
        says="needs the name, and a reference cannot stand there",
    ),
    Case(
        "a loop, where somebody may mention what comes of it",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Roles:
    - Team
    - [red, blue]
    - Role${Team}:
        Type: AWS::IAM::Role
        Properties:
          RoleName: !Sub orders-${Team}
""",
        says="a loop makes it",
    ),
)
