"""Further cases of hard-coded-code-bucket: where a name may come from, conditions, the Globals of SAM."""

from __future__ import annotations

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
    - Function${Name}:
        Type: AWS::Lambda::Function
        Properties:
          Runtime: python3.13
          Handler: index.handler
          Code: {S3Bucket: acme-code, S3Key: orders.zip}
""",
        after="""\
Transform: AWS::LanguageExtensions
Parameters:
  CodeBucket:
    Type: String
    Description: Bucket that holds the code of Lambda functions; it must exist in the Region of the stack
    Default: acme-code
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Properties:
          Runtime: python3.13
          Handler: index.handler
          Code: {S3Bucket: !Ref CodeBucket, S3Key: orders.zip}
""",
    ),
    Case(
        "the console's form shows the parameter",
        before="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label: {default: Network}
        Parameters: [VpcId]
      - Label:
          default: Code
        Parameters:
          - Release # of the code
    ParameterLabels:
      VpcId: {default: Which network?}
      Release:
        default: Which release?
Parameters:
  VpcId: {Type: String}
  Release: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: acme-code, S3Key: orders.zip}
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: acme-code, S3Key: billing.zip}
""",
        after="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label: {default: Network}
        Parameters: [VpcId]
      - Label:
          default: Code
        Parameters:
          - Release # of the code
          - CodeBucket
    ParameterLabels:
      VpcId: {default: Which network?}
      Release:
        default: Which release?
      CodeBucket:
        default: Code Bucket
Parameters:
  VpcId: {Type: String}
  Release: {Type: String}
  CodeBucket:
    Type: String
    Description: Bucket that holds the code of Lambda functions; it must exist in the Region of the stack
    Default: acme-code
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Ref CodeBucket, S3Key: orders.zip}
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Ref CodeBucket, S3Key: billing.zip}
""",
        unsafe=True,
    ),
    Case(
        "a parameter that has the name, a name that is taken, a condition",
        before="""\
Parameters:
  Artifacts:
    Type: String
    Default: acme-code
  CodeBucket:
    Type: String
Conditions:
  IsNew: !Equals [!Ref CodeBucket, '']
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: acme-code
        S3Key: orders.zip
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: !If
        - IsNew
        - S3Bucket: !If [IsNew, acme-new, !Ref Artifacts]
          S3Key: billing.zip
        - ZipFile: ''
""",
        after="""\
Parameters:
  Artifacts:
    Type: String
    Default: acme-code
  CodeBucket:
    Type: String
  CodeBucket2:
    Type: String
    Description: Bucket that holds the code of Lambda functions; it must exist in the Region of the stack
    Default: acme-new
Conditions:
  IsNew: !Equals [!Ref CodeBucket, '']
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: !Ref Artifacts
        S3Key: orders.zip
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: !If
        - IsNew
        - S3Bucket: !If [IsNew, !Ref CodeBucket2, !Ref Artifacts]
          S3Key: billing.zip
        - ZipFile: ''
""",
        unsafe=True,
    ),
    Case(
        "SAM: Globals, layers, addresses and mappings",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    CodeUri: s3://acme-code/all.zip
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri:
        Bucket: acme-code
        Key: orders.zip
  Tools:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: s3://acme-code/tools.zip
  Local:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./local
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    CodeUri:
      Bucket: !Ref CodeBucket
      Key: all.zip
Parameters:
  CodeBucket:
    Type: String
    Description: Bucket that holds the code of Lambda functions; it must exist in the Region of the stack
    Default: acme-code
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri:
        Bucket: !Ref CodeBucket
        Key: orders.zip
  Tools:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri:
        Bucket: !Ref CodeBucket
        Key: tools.zip
  Local:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./local
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "not without being asked for, and a policy that names the bucket",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument: {Statement: {Resource: arn:aws:s3:::acme-code/*}}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: acme-code, S3Key: orders.zip}
""",
        says="Resources.Role.Properties.Policies.0.PolicyDocument.Statement.Resource mentions it too",
    ),
    Case(
        "a name with the Region in it",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Sub 'acme-code-${AWS::Region}', S3Key: orders.zip}
""",
        unsafe=True,
        says="it is made with AWS::Region",
    ),
    Case(
        "names from elsewhere",
        before="""\
Parameters:
  Stage:
    Type: String
Mappings:
  Buckets:
    eu-west-1: {Code: acme-code-eu}
Resources:
  Packages:
    Type: AWS::S3::Bucket
  A:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Ref Packages, S3Key: a.zip}
  B:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !Sub 'code-${Stage}', S3Key: b.zip}
  C:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !ImportValue code, S3Key: c.zip}
  D:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: !FindInMap [Buckets, !Ref AWS::Region, Code], S3Key: d.zip}
  E:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: '{{resolve:ssm:/code/bucket}}', S3Key: e.zip}
  F:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: ''}
  G:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./folder
""",
        unsafe=True,
    ),
)
