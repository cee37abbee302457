"""Further cases of missing-tags: the shapes, tags under conditions, SAM, settings, and what cannot be told."""

from __future__ import annotations

from fixer.model import Case, Options

_TEAM = Options(tags={"Team": "payments"})

INVALID = (
    Case(
        "the habits of the template",
        before="""\
Parameters:
  Environment: {Type: String, Default: dev}
  DataClassification: {Type: String, Default: public}
Resources:
  One:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - Key: env
          Value: Production
        - Key: cost-center
          Value: !Sub "${AWS::StackName}-42"
        - Key: data-classification
          Value: public
  Two:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - {Key: env, Value: Production}
        - Key: data-classification
          Value: secret
  Three:
    Type: AWS::SQS::Queue
""",
        after="""\
Parameters:
  Environment: {Type: String, Default: dev}
  DataClassification: {Type: String, Default: public}
Resources:
  One:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - Key: env
          Value: Production
        - Key: cost-center
          Value: !Sub "${AWS::StackName}-42"
        - Key: data-classification
          Value: public
  Two:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - {Key: env, Value: Production}
        - Key: data-classification
          Value: secret
        - Key: cost-center
          Value: !Sub "${AWS::StackName}-42"
  Three:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - Key: cost-center
          Value: !Sub "${AWS::StackName}-42"
        - Key: data-classification
          Value: !Ref DataClassification
        - Key: env
          Value: Production
""",
    ),
    Case(
        "one literal tag where a parameter says it, and a value with branches",
        before="""\
Parameters:
  environment: {Type: String, Default: dev}
  DataClassification: {Type: String, Default: public}
Conditions:
  IsProd: !Equals [!Ref environment, prod]
Resources:
  One:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: x
      Tags:
        Environment: dev
        CostCenter: !If [IsProd, "1", "2"]
        DataClassification: public
  Two:
    Type: AWS::SQS::Queue
""",
        after="""\
Parameters:
  environment: {Type: String, Default: dev}
  DataClassification: {Type: String, Default: public}
Conditions:
  IsProd: !Equals [!Ref environment, prod]
Resources:
  One:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: x
      Tags:
        Environment: dev
        CostCenter: !If [IsProd, "1", "2"]
        DataClassification: public
  Two:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - Key: CostCenter
          Value: !If [IsProd, "1", "2"]
        - Key: DataClassification
          Value: !Ref DataClassification
        - Key: Environment
          Value: !Ref environment
""",
    ),
    Case(
        "the console's form shows the parameters",
        before="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Parameters: [Stage, Size]
    ParameterLabels:
      Stage: {default: Where?}
Parameters:
  Stage: {Type: String}
  Size: {Type: String}
  Users: {Type: String}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Queue: {Type: AWS::SQS::Queue}
""",
        after="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Parameters: [Stage, Size, CostCenter, DataClassification]
    ParameterLabels:
      Stage: {default: Where?}
Parameters:
  Stage: {Type: String}
  Size: {Type: String}
  Users: {Type: String}
  CostCenter:
    Type: String
    Description: Cost center that pays for the resources
    Default: unassigned
    AllowedPattern: "[A-Za-z0-9 _.:/=+@-]{1,256}"
  DataClassification:
    Type: String
    Description: Classification of the data in the resources
    Default: internal
    AllowedPattern: "[A-Za-z0-9 _.:/=+@-]{1,256}"
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: CostCenter, Value: !Ref CostCenter}, {Key: DataClassification, Value: !Ref DataClassification}, {Key: Environment, Value: !Ref Stage}]}}
  Queue: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: CostCenter, Value: !Ref CostCenter}, {Key: DataClassification, Value: !Ref DataClassification}, {Key: Environment, Value: !Ref Stage}]}}
""",
    ),
    Case(
        "a parameter that may be empty",
        before="""\
Parameters:
  Env:
    Type: String
    Default: ''
  Environment:
    Type: String
    NoEcho: true
  Stage:
    Type: String
Conditions:
  IsNamed: !Not [!Equals [!Ref Stage, '']]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Key: CostCenter
          Value: '42'
        - Key: DataClassification
          Value: public
""",
        after="""\
Parameters:
  Env:
    Type: String
    Default: ''
  Environment:
    Type: String
    NoEcho: true
  Stage:
    Type: String
  EnvironmentTag:
    Type: String
    Description: Environment that the resources belong to
    Default: unassigned
    AllowedPattern: '[A-Za-z0-9 _.:/=+@-]{1,256}'
Conditions:
  IsNamed: !Not [!Equals [!Ref Stage, '']]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Key: CostCenter
          Value: '42'
        - Key: DataClassification
          Value: public
        - Key: Environment
          Value: !Ref EnvironmentTag
""",
    ),
    Case(
        "a tag by which a policy allows, beside others",
        before="""\
Parameters:
  Environment: {Type: String, Default: dev}
  DataClassification: {Type: String, Default: internal}
  CostCenter: {Type: Number, Default: 42}
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: ec2:StopInstances
            Resource: "*"
            Condition: {StringEquals: {'ec2:ResourceTag/environment': dev}}
  Server:
    Type: AWS::EC2::Instance
  Jobs:
    Type: AWS::SQS::Queue
""",
        after="""\
Parameters:
  Environment: {Type: String, Default: dev}
  DataClassification: {Type: String, Default: internal}
  CostCenter: {Type: Number, Default: 42}
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: ec2:StopInstances
            Resource: "*"
            Condition: {StringEquals: {'ec2:ResourceTag/environment': dev}}
  Server:
    Type: AWS::EC2::Instance
    Properties:
      Tags:
        - Key: CostCenter
          Value: !Ref CostCenter
        - Key: DataClassification
          Value: !Ref DataClassification
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - Key: CostCenter
          Value: !Ref CostCenter
        - Key: DataClassification
          Value: !Ref DataClassification
        - Key: Environment
          Value: !Ref Environment
""",
        says="Policy selects or allows by the tag Environment",
    ),
    Case(
        "in loops",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  'Fn::ForEach::Topics':
    - Name
    - [A, B]
    - 'Topic${Name}':
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Ref Name
      'Fn::ForEach::Queues':
        - Kind
        - [C, D]
        - 'Queue${Name}${Kind}':
            Type: AWS::SQS::Queue
            Properties:
              Tags:
                - Key: Team
                  Value: !Ref Kind
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  'Fn::ForEach::Topics':
    - Name
    - [A, B]
    - 'Topic${Name}':
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Ref Name
          Tags:
            - Key: Team
              Value: payments
      'Fn::ForEach::Queues':
        - Kind
        - [C, D]
        - 'Queue${Name}${Kind}':
            Type: AWS::SQS::Queue
            Properties:
              Tags:
                - Key: Team
                  Value: !Ref Kind
""",
        options=_TEAM,
    ),
    Case(
        "a list",
        before="""\
Resources:
  Pool:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
""",
        after="""\
Resources:
  Pool:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      FileSystemTags:
        - Key: Team
          Value: payments
""",
        options=_TEAM,
    ),
    Case(
        "a map",
        before="""\
Resources:
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolTags:
        Name: users
""",
        after="""\
Resources:
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolTags:
        Name: users
        Team: payments
""",
        options=_TEAM,
    ),
    Case(
        "a JSON object",
        before="""\
Resources:
  Load:
    Type: AWS::Glue::Job
    Properties: {Role: etl}
""",
        after="""\
Resources:
  Load:
    Type: AWS::Glue::Job
    Properties: {Role: etl, Tags: {Team: payments}}
""",
        options=_TEAM,
    ),
    Case(
        "tags that are handed on to instances",
        before="""\
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      Tags:
        - Key: Name
          Value: web
          PropagateAtLaunch: true
""",
        after="""\
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      Tags:
        - Key: Name
          Value: web
          PropagateAtLaunch: true
        - Key: Team
          Value: payments
          PropagateAtLaunch: true
""",
        options=_TEAM,
    ),
    Case(
        "tag specifications",
        before="""\
Resources:
  One:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      TagSpecifications:
        - ResourceType: launch-template
          Tags:
            - Key: Name
              Value: web
  Two:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        TagSpecifications:
          - ResourceType: instance
            Tags: [{Key: Team, Value: web}]
""",
        after="""\
Resources:
  One:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      TagSpecifications:
        - ResourceType: launch-template
          Tags:
            - Key: Name
              Value: web
            - Key: Team
              Value: payments
  Two:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        TagSpecifications:
          - ResourceType: instance
            Tags: [{Key: Team, Value: web}]
      TagSpecifications:
        - ResourceType: launch-template
          Tags:
            - Key: Team
              Value: payments
""",
        options=_TEAM,
        unsafe=True,
    ),
    Case(
        "no properties, no value, nothing in the list",
        before="""\
Resources:
  One: {Type: AWS::SNS::Topic}
  Two:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Key: team
          Value: # to do
  Three:
    Type: AWS::SNS::Topic
    Properties:
      Tags: []
  Four:
    Type: AWS::SNS::Topic
    Properties:
      Tags: !Ref AWS::NoValue
""",
        after="""\
Resources:
  One: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: Team, Value: payments}]}}
  Two:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Key: team
          Value: payments # to do
  Three:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Key: Team
          Value: payments
  Four:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Key: Team
          Value: payments
""",
        options=_TEAM,
    ),
    Case(
        "a tag under a condition",
        before="""\
Resources:
  One:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - !If [IsShared, {Key: Team, Value: all}, !Ref AWS::NoValue]
  Two:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Fn::If: [IsShared, {Key: Name, Value: all}, {Key: Name, Value: own}]
""",
        after="""\
Resources:
  One:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - !If [IsShared, {Key: Team, Value: all}, !Ref AWS::NoValue]
  Two:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - Fn::If: [IsShared, {Key: Name, Value: all}, {Key: Name, Value: own}]
        - Key: Team
          Value: payments
""",
        options=_TEAM,
    ),
    Case(
        "SAM, with tags in Globals",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Tags:
      Team: web
Resources:
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: ''
  Table:
    Type: AWS::Serverless::SimpleTable
  Layer:
    Type: AWS::Serverless::LayerVersion
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Tags:
      Team: web
Resources:
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: ''
  Table:
    Type: AWS::Serverless::SimpleTable
    Properties:
      Tags:
        Team: payments
  Layer:
    Type: AWS::Serverless::LayerVersion
""",
        options=_TEAM,
    ),
    Case(
        "create-only tags, with unsafe fixes",
        before="""\
Resources:
  Service:
    Type: AWS::AppRunner::Service
""",
        after="""\
Resources:
  Service:
    Type: AWS::AppRunner::Service
    Properties:
      Tags:
        - Key: Team
          Value: payments
""",
        options=_TEAM,
        unsafe=True,
    ),
    Case(
        "settings with an intrinsic, in long form",
        before="""\
Parameters:
  Stage:
    Type: String
Resources:
  One:
    Type: AWS::SNS::Topic
    Properties:
      TopicName:
        Ref: Stage
  Two:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
      - Key: Environment
        Value: prod
""",
        after="""\
Parameters:
  Stage:
    Type: String
Resources:
  One:
    Type: AWS::SNS::Topic
    Properties:
      TopicName:
        Ref: Stage
      Tags:
      - Key: Env
        Value:
          Ref: Stage
      - Key: Code
        Value: "0042"
  Two:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
      - Key: Environment
        Value: prod
      - Key: Code
        Value: "0042"
""",
        options=Options(tags={"Env": {"Ref": "Stage"}, "Code": "0042"}),
    ),
    Case(
        "JSON",
        before="""\
{
  "Parameters": {
    "Environment": {"Type": "String", "Default": "dev"},
    "CostCenter": {"Type": "String", "MinLength": 1}
  },
  "Resources": {
    "Jobs": {
      "Type": "AWS::SQS::Queue",
      "Properties": {
        "Tags": [
          {
            "Key": "DataClassification",
            "Value": "public"
          }
        ]
      }
    },
    "Value": {
      "Type": "AWS::SSM::Parameter",
      "Properties": {
        "Type": "String",
        "Tags": {
          "data-classification": "public",
          "Environment": {"Ref": "AWS::NoValue"}
        }
      }
    }
  }
}
""",
        after="""\
{
  "Parameters": {
    "Environment": {"Type": "String", "Default": "dev"},
    "CostCenter": {"Type": "String", "MinLength": 1}
  },
  "Resources": {
    "Jobs": {
      "Type": "AWS::SQS::Queue",
      "Properties": {
        "Tags": [
          {
            "Key": "DataClassification",
            "Value": "public"
          },
          {
            "Key": "CostCenter",
            "Value": {"Ref": "CostCenter"}
          },
          {
            "Key": "Environment",
            "Value": {"Ref": "Environment"}
          }
        ]
      }
    },
    "Value": {
      "Type": "AWS::SSM::Parameter",
      "Properties": {
        "Type": "String",
        "Tags": {
          "data-classification": "public",
          "Environment": {"Ref": "Environment"},
          "CostCenter": {"Ref": "CostCenter"}
        }
      }
    }
  }
}
""",
    ),
)

VALID = (
    Case(
        "tags in another case, with a prefix, or under a synonym",
        before="""\
Resources:
  One:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - {Key: cost_center, Value: '42'}
        - {Key: DATACLASSIFICATION, Value: public}
        - {Key: acme:env-name, Value: prod}
  Two:
    Type: AWS::SSM::Parameter
    Properties:
      Tags: {BillingCode: '42', Confidentiality: public, Stage: prod}
  None:
    Type: AWS::IAM::ManagedPolicy
""",
    ),
    Case(
        "an HTTP API of SAM that takes no tags",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefinitionUri: api.yaml
""",
        options=_TEAM,
        says="together with DefinitionUri",
    ),
    Case(
        "settings that refer to what is not there",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        options=Options(tags={"Env": {"Ref": "Stage"}}),
        says="the value set for Env refers to Stage, which this template does not have",
    ),
    Case(
        "a key that is known only when a stack is made",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Tags:
        - {Key: !Ref TagKey, Value: web}
""",
        options=_TEAM,
        says="may be the same",
    ),
    Case(
        "a loop and a macro",
        before="""\
Transform: [AWS::LanguageExtensions, Tagger]
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
  Topic:
    Type: AWS::SNS::Topic
""",
        options=_TEAM,
        says="the macro Tagger may add the same tags",
    ),
    Case(
        "a tag by which something selects",
        before="""\
Parameters:
  DataClassification: {Type: String, Default: internal}
  CostCenter: {Type: Number, Default: 42}
  Environment: {Type: String, Default: dev}
Resources:
  Patches:
    Type: AWS::SSM::MaintenanceWindowTarget
    Properties:
      Targets: [{Key: 'tag:Environment', Values: [dev]}]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      Tags:
        - {Key: CostCenter, Value: !Ref CostCenter}
        - {Key: DataClassification, Value: !Ref DataClassification}
""",
        says="Patches selects or allows by the tag Environment",
    ),
    Case(
        "a tag by which a backup and a release select",
        before="""\
Resources:
  Nightly:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupSelection: {ListOfTags: [{ConditionKey: Team, ConditionType: STRINGEQUALS, ConditionValue: payments}]}
  Release:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      Ec2TagFilters: [{Key: Team, Value: payments, Type: KEY_AND_VALUE}]
""",
        options=_TEAM,
        says="Nightly selects or allows by the tag Team",
    ),
    Case(
        "create-only tags",
        before="""\
Resources:
  Service:
    Type: AWS::AppRunner::Service
""",
        options=_TEAM,
        says="a change of Tags replaces the resource",
    ),
    Case(
        "tags at creation only",
        before="""\
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: {}
""",
        options=_TEAM,
        says="AWS::EC2::LaunchTemplate takes TagSpecifications at creation only",
    ),
    Case(
        "JSON, tags at creation only",
        before="""\
{"Resources": {"Flow": {"Type": "AWS::AppFlow::Flow", "Properties": {"FlowName": "orders"}}}}
""",
        options=_TEAM,
        says="AWS::AppFlow::Flow takes Tags at creation only",
    ),
)
