"""More cases of explicit-iam-name."""

from fixer.model import Case

INVALID = (
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
)

VALID = (
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
        says="Resources.Role.Properties.Policies.0.PolicyDocument.Statement.Resource",
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
)
