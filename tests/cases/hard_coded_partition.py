"""More cases of hard-coded-partition."""

from fixer.model import Case

INVALID = (
    Case(
        "patterns of parameters",
        before="""\
Parameters:
  Certificate:
    Type: String
    AllowedPattern: ^$|^arn:aws:acm:[a-z0-9-]+:\\d{12}:(certificate)/.*$ # of ACM
  Others:
    Type: String
    AllowedPattern: (?!arn:aws:iam::).*
  Letters:
    Type: String
    AllowedPattern: '[arn:aws:]+'
  Either:
    Type: String
    AllowedPattern: arn:aws(-cn)?:s3:::.+
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        after="""\
Parameters:
  Certificate:
    Type: String
    AllowedPattern: ^$|^arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:(certificate)/.*$ # of ACM
  Others:
    Type: String
    AllowedPattern: (?!arn:aws:iam::).*
  Letters:
    Type: String
    AllowedPattern: '[arn:aws:]+'
  Either:
    Type: String
    AllowedPattern: arn:aws(-cn)?:s3:::.+
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="is not known",
    ),
    Case(
        "the pattern of a parameter, in JSON",
        before="""\
{
  "Parameters": {"Role": {"Type": "String", "AllowedPattern": "arn:aws:iam::\\\\d{12}:role/.+"}},
  "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}
}
""",
        after="""\
{
  "Parameters": {"Role": {"Type": "String", "AllowedPattern": "arn:aws[a-z-]*:iam::\\\\d{12}:role/.+"}},
  "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}
}
""",
    ),
    Case(
        "in loops, but not in a plain string with the loop's variable",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Roles:
    - Name
    - [A, B]
    - Role${Name}:
        Type: AWS::IAM::Role
        Properties:
          ManagedPolicyArns:
            - arn:aws:iam::aws:policy/ReadOnlyAccess # all may read
            - !Sub arn:aws:iam::${AWS::AccountId}:policy/${Name}
            - arn:aws:iam::111122223333:policy/${Name}
            - arn:aws:iam::111122223333:policy/&{Name}
      Fn::ForEach::Topics:
        - Other
        - [C, D]
        - Topic${Name}${Other}:
            Type: AWS::SNS::Topic
            Properties:
              KmsMasterKeyId: arn:aws:kms:us-east-1:111122223333:alias/x
Outputs:
  Fn::ForEach::Arns:
    - Name
    - [A, B]
    - Arn${Name}:
        Value: arn:aws:sns:us-east-1:111122223333:orders
        Export: {Name: 'arn:aws:x'}
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Roles:
    - Name
    - [A, B]
    - Role${Name}:
        Type: AWS::IAM::Role
        Properties:
          ManagedPolicyArns:
            - !Sub arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess # all may read
            - !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/${Name}
            - arn:aws:iam::111122223333:policy/${Name}
            - arn:aws:iam::111122223333:policy/&{Name}
      Fn::ForEach::Topics:
        - Other
        - [C, D]
        - Topic${Name}${Other}:
            Type: AWS::SNS::Topic
            Properties:
              KmsMasterKeyId: !Sub arn:${AWS::Partition}:kms:us-east-1:111122223333:alias/x
Outputs:
  Fn::ForEach::Arns:
    - Name
    - [A, B]
    - Arn${Name}:
        Value: !Sub arn:${AWS::Partition}:sns:us-east-1:111122223333:orders
        Export: {Name: !Sub 'arn:${AWS::Partition}:x'}
""",
        says="a loop may put its variable into the text",
    ),
    Case(
        "texts of several lines keep their style",
        before="""\
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      DefinitionSubstitutions:
        Orders: !GetAtt Orders.Arn
      DefinitionString: |
        {
          "StartAt": "Take",
          "States": {
            "Take": {"Type": "Task", "Resource": "${Orders}", "Next": "Tell"},
            "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true}
          }
        }
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          aws sns publish --topic-arn arn:aws:sns:${AWS::Region}:${AWS::AccountId}:up
          echo ${!HOME}  # no variable of ours
  Watcher:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          def handler(event, context):
              return event["arn"].startswith("arn:aws:s3:")
      Timeout: 3
""",
        after="""\
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      DefinitionSubstitutions:
        Orders: !GetAtt Orders.Arn
      DefinitionString: !Sub |
        {
          "StartAt": "Take",
          "States": {
            "Take": {"Type": "Task", "Resource": "${!Orders}", "Next": "Tell"},
            "Tell": {"Type": "Task", "Resource": "arn:${AWS::Partition}:states:::sns:publish", "End": true}
          }
        }
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          aws sns publish --topic-arn arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:up
          echo ${!HOME}  # no variable of ours
  Watcher:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: !Sub |
          def handler(event, context):
              return event["arn"].startswith("arn:${AWS::Partition}:s3:")
      Timeout: 3
""",
    ),
    Case(
        "long forms, a variable map, branches, several in one text",
        before="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource:
              Fn::Sub:
                - "arn:aws:s3:::${Name}/*"
                - Name: !Select [5, !Split [':', 'arn:aws:s3:::orders']]
          - Resource:
              Fn::Sub: arn:aws:s3:::${Bucket}
          - Resource: !If [Mine, 'arn:aws:s3:::orders', !Ref AWS::NoValue]
          - Resource: [arn:aws:s3:::a, 'arn:aws:s3:::b', 'arn:aws-cn:s3:::c']
  Api:
    Type: AWS::ApiGateway::Method
    Properties:
      Integration:
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:x/arn:aws:lambda:*:1:function:x
""",
        after="""\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource:
              Fn::Sub:
                - "arn:${AWS::Partition}:s3:::${Name}/*"
                - Name: !Select [5, !Split [':', !Sub 'arn:${AWS::Partition}:s3:::orders']]
          - Resource:
              Fn::Sub: arn:${AWS::Partition}:s3:::${Bucket}
          - Resource: !If [Mine, !Sub 'arn:${AWS::Partition}:s3:::orders', !Ref AWS::NoValue]
          - Resource: [!Sub 'arn:${AWS::Partition}:s3:::a', !Sub 'arn:${AWS::Partition}:s3:::b', 'arn:aws-cn:s3:::c']
  Api:
    Type: AWS::ApiGateway::Method
    Properties:
      Integration:
        Uri: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:x/arn:${AWS::Partition}:lambda:*:1:function:x
""",
    ),
    Case(
        "a Join around colons",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  Parts:
    Value: !Join [':', [arn, aws, sns, !Ref AWS::Region, orders]]
  Head:
    Value:
      Fn::Join:
        - ':'
        - - arn:aws
          - sns
          - !Ref AWS::Region
  Long:
    Value: !Join [':', ['arn:aws:sns', !Ref AWS::Region]]
    Export:
      Name: arn:aws:topic
  Whole:
    Value: !Join [',', [arn, aws]]
  Pieces:
    Value: !Join ['', ['arn:aws', ':sns:', !Ref AWS::Region, ':1:orders']]
  Smaller:
    Value: !Join ['', ['arn:', aws, ':sns', ':', !Ref AWS::Region]]
  Cut:
    Value: !Join ['', [arn, ':aws', !Ref Colon, 'awsome', ':aws:']]
  Both:
    Value: !Join ['', ['arn:aws:iam::aws:policy/A arn:aw', 's:', 'arn:aws', ':x:']]
""",
        after="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  Parts:
    Value: !Join [':', [arn, !Ref AWS::Partition, sns, !Ref AWS::Region, orders]]
  Head:
    Value:
      Fn::Join:
        - ':'
        - - !Sub arn:${AWS::Partition}
          - sns
          - !Ref AWS::Region
  Long:
    Value: !Join [':', [!Sub 'arn:${AWS::Partition}:sns', !Ref AWS::Region]]
    Export:
      Name: !Sub arn:${AWS::Partition}:topic
  Whole:
    Value: !Join [',', [arn, aws]]
  Pieces:
    Value: !Join ['', [!Sub 'arn:${AWS::Partition}', ':sns:', !Ref AWS::Region, ':1:orders']]
  Smaller:
    Value: !Join ['', ['arn:', !Ref AWS::Partition, ':sns', ':', !Ref AWS::Region]]
  Cut:
    Value: !Join ['', [arn, ':aws', !Ref Colon, 'awsome', ':aws:']]
  Both:
    Value: !Join ['', [!Sub 'arn:${AWS::Partition}:iam::aws:policy/A arn:aw', 's:', !Sub 'arn:${AWS::Partition}', ':x:']]
""",
    ),
    Case(
        "AWS SAM: policies, layers, globals, a definition",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    PermissionsBoundary: arn:aws:iam::111122223333:policy/bound
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      DefinitionBody:
        paths:
          /:
            get:
              uri: arn:aws:apigateway:us-east-1:dynamodb:action/${stageVariables.action}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess
        - Statement:
            - Resource: arn:aws:s3:::orders
  Other:
    Type: AWS::Serverless::Application
    Properties:
      Location:
        ApplicationId: arn:aws:serverlessrepo:us-east-1:111122223333:applications/x
        SemanticVersion: 1.0.0
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    PermissionsBoundary: !Sub arn:${AWS::Partition}:iam::111122223333:policy/bound
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      DefinitionBody:
        paths:
          /:
            get:
              uri: !Sub arn:${AWS::Partition}:apigateway:us-east-1:dynamodb:action/${!stageVariables.action}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess
        - Statement:
            - Resource: !Sub arn:${AWS::Partition}:s3:::orders
  Other:
    Type: AWS::Serverless::Application
    Properties:
      Location:
        ApplicationId: arn:aws:serverlessrepo:us-east-1:111122223333:applications/x
        SemanticVersion: 1.0.0
""",
        says="AWS SAM takes a literal value here",
    ),
    Case(
        "through a macro only if asked for",
        unsafe=True,
        before="""\
Transform: RoleBuilder
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Reads: arn:aws:s3:::orders
""",
        after="""\
Transform: RoleBuilder
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Reads: !Sub arn:${AWS::Partition}:s3:::orders
""",
    ),
    Case(
        "JSON, escaped texts",
        before="""\
{
  "Resources": {
    "Policy": {
      "Type": "AWS::IAM::ManagedPolicy",
      "Properties": {
        "Description": "tab\\t \\u00e9 arn:aws:s3:::\\"x\\" ${aws:PrincipalTag/team} ${!odd}",
        "PolicyDocument": {"Fn::Sub": "{\\"Resource\\": \\"arn:aws:s3:::${AWS::AccountId}\\"}"}
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Policy": {
      "Type": "AWS::IAM::ManagedPolicy",
      "Properties": {
        "Description": {
          "Fn::Sub": "tab\\t é arn:${AWS::Partition}:s3:::\\"x\\" ${!aws:PrincipalTag/team} ${!!odd}"
        },
        "PolicyDocument": {"Fn::Sub": "{\\"Resource\\": \\"arn:${AWS::Partition}:s3:::${AWS::AccountId}\\"}"}
      }
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "what a macro among the properties, or beside them, gets",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Fn::Transform: {Name: Macro, Parameters: {Policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess'}}
  Other:
    Type: AWS::IAM::Role
    Fn::Transform: {Name: Macro}
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']
""",
        unsafe=True,
        says="a macro or a loop works on it first",
    ),
    Case(
        "defaults and mappings",
        before="""\
Parameters:
  Policy:
    Type: String
    Default: arn:aws:iam::aws:policy/ReadOnlyAccess
Mappings:
  Accounts:
    us-east-1: {Id: 'arn:aws:iam::127311923021:root'}
  Stages:
    prod: {Topic: 'arn:aws:sns:us-east-1:111122223333:orders'}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="no function may stand in a mapping",
    ),
    Case(
        "a program with a ${ of its own",
        before="""\
Resources:
  Watcher:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          exports.handler = async (event) => `arn:aws:s3:::${event.bucket}`
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData: !Base64
        Fn::Join:
          - ""
          - - "#!/bin/bash\\n"
            - "echo arn:aws:s3:::${BUCKET}\\n"
""",
        says="a ${ of its own",
    ),
    Case(
        "Sub may be missing",
        before="""\
Parameters:
  Bucket:
    Type: String
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource: arn:aws:s3:::${Bucket}/*
""",
        says="names Bucket in ${} without Fn::Sub",
    ),
    Case(
        "modules and macros",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Module:
    Type: My::Own::Thing::MODULE
    Properties:
      Policy: arn:aws:iam::aws:policy/ReadOnlyAccess
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        Fn::Transform:
          Name: AWS::Include
          Parameters:
            Location: arn:aws:s3:::orders
""",
        says="a macro or a loop",
    ),
    Case(
        "arguments that are names, and what is no ARN of the partition aws",
        before="""\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !FindInMap [Buckets, 'arn:aws:', Name]
      Tags:
        - {Key: Words, Value: 'learn:aws:cloudformation, arn:aws-us-gov:s3:::x, arn:aws'}
        - {Key: Other, Value: !ImportValue 'arn:aws:s3:::x'}
        - {Key: Neutral, Value: !Sub 'arn:${AWS::Partition}:s3:::x'}
""",
    ),
)
