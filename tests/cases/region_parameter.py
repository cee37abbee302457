"""More cases of region-parameter."""

from fixer.model import Case

_POLICY = """\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: sns:Publish
            Resource: !Sub arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:orders
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets:
        - Id: one
          Arn: !Sub arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Name}
"""

INVALID = (
    Case(
        "the only parameter, and nothing else in the console's form",
        unsafe=True,
        before="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label: {default: Place}
        Parameters:
          - DeploymentRegion
Parameters:
  DeploymentRegion:
    Type: String
    Default: eu-west-1
    AllowedValues: [eu-west-1, eu-central-1]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub
        - '${Where} ${Region}-${DeploymentRegion}'
        - Where: !Ref DeploymentRegion
          Region: there
""",
        after="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub
        - '${Where} ${Region}-${AWS::Region}'
        - Where: !Ref AWS::Region
          Region: there
""",
    ),
    Case(
        "AWS SAM, one of several in a group",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label:
          default: All
        Parameters:
          - Name
          - AWSRegion
    ParameterLabels:
      Name:
        default: What?
      AWSRegion:
        default: Where?
Parameters:
  Name:
    Type: String
  AWSRegion:
    Type: String
Globals:
  Function:
    Environment:
      Variables:
        REGION: !Ref AWSRegion
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      InlineCode: pass
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label:
          default: All
        Parameters:
          - Name
    ParameterLabels:
      Name:
        default: What?
Parameters:
  Name:
    Type: String
Globals:
  Function:
    Environment:
      Variables:
        REGION: !Ref AWS::Region
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      InlineCode: pass
""",
    ),
    Case(
        "in the Resource of a policy, and as a rule's target",
        unsafe=True,
        before="""\
Parameters:
  Name:
    Type: String
  Region:
    Type: String
    Default: us-east-1
"""
        + _POLICY.replace("AWS::Region", "Region"),
        after="""\
Parameters:
  Name:
    Type: String
"""
        + _POLICY,
    ),
)
VALID = (
    Case(
        "another Region, or not only a Region",
        unsafe=True,
        before="""\
Parameters:
  SecondaryRegion:
    Type: String
    Default: us-west-2
  Region:
    Type: String
    Default: north
  AWSRegion:
    Type: String
    Default: us-east-1
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub '${SecondaryRegion} ${Region}'
""",
    ),
    Case(
        "where a replica is",
        unsafe=True,
        before="""\
Parameters:
  Region:
    Type: String
    Default: us-west-2
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      ReplicaRegions:
        - Region: !Ref Region
""",
        says="where another Region may be meant",
    ),
    Case(
        "checked by a rule",
        unsafe=True,
        before="""\
Parameters:
  Region:
    Type: String
    Default: us-west-2
Rules:
  Known:
    Assertions:
      - Assert: !Contains [[us-west-2], !Ref Region]
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="a rule checks it",
    ),
    Case(
        "used in a loop",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  Region:
    Type: String
    Default: us-west-2
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Ref Region
""",
        says="a loop",
    ),
)
