"""More cases of hard-coded-region."""

from fixer.model import Case

INVALID = (
    Case(
        "where programs are told their Region",
        unsafe=True,
        before="""\
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders
          LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: eu-west-1}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables: {REGION: eu-west-1, TABLE: orders}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {Name: AWS_DEFAULT_REGION, Value: eu-west-1}
      Source:
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin $REGISTRY
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      DynamoDBConfig: {AwsRegion: eu-west-1, TableName: orders}
  Key:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Condition: {StringEquals: {'kms:ViaService': s3.eu-west-1.amazonaws.com}}
Outputs:
  Kubeconfig:
    Value: !Sub aws eks update-kubeconfig --region eu-west-1 --name ${Cluster}
""",
        after="""\
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders
          LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: !Ref AWS::Region}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables: {REGION: !Ref AWS::Region, TABLE: orders}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {Name: AWS_DEFAULT_REGION, Value: !Ref AWS::Region}
      Source:
        BuildSpec: !Sub |
          version: 0.2
          phases:
            build:
              commands:
                - aws ecr get-login-password --region ${AWS::Region} | docker login --username AWS --password-stdin $REGISTRY
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      DynamoDBConfig: {AwsRegion: !Ref AWS::Region, TableName: orders}
  Key:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Condition: {StringEquals: {'kms:ViaService': !Sub "s3.${AWS::Region}.amazonaws.com"}}
Outputs:
  Kubeconfig:
    Value: !Sub aws eks update-kubeconfig --region ${AWS::Region} --name ${Cluster}
""",
    ),
    Case(
        "addresses, a dashboard, a principal, an edge certificate beside",
        unsafe=True,
        before="""\
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - Principal: {Service: logs.eu-central-1.amazonaws.com}
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: |
        {"widgets": [
          {"properties": {"region": "eu-central-1", "title": "${orders}"}}
        ]}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/3c4d
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      Integration:
        Uri: arn:aws:apigateway:eu-central-1:lambda:path/arn:aws:lambda:eu-central-1:1:function:x
Outputs:
  Registry:
    Value: !Sub '${AWS::AccountId}.dkr.ecr.eu-central-1.amazonaws.com/orders'
  Console:
    Value: !Sub 'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards:name=${Board}'
  Bucket:
    Value: !Sub 'https://s3.eu-central-1.amazonaws.com/${Bucket}'
  Disk:
    Value: eu-central-1a
""",
        after="""\
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - Principal: {Service: !Sub 'logs.${AWS::Region}.amazonaws.com'}
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: !Sub |
        {"widgets": [
          {"properties": {"region": "${AWS::Region}", "title": "${!orders}"}}
        ]}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/3c4d
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      Integration:
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/arn:aws:lambda:${AWS::Region}:1:function:x
Outputs:
  Registry:
    Value: !Sub '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/orders'
  Console:
    Value: !Sub 'https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#dashboards:name=${Board}'
  Bucket:
    Value: !Sub 'https://s3.${AWS::Region}.amazonaws.com/${Bucket}'
  Disk:
    Value: eu-central-1a
""",
    ),
    Case(
        "origins of a distribution that the template makes",
        unsafe=True,
        before="""\
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - DomainName: !Sub ${Api}.execute-api.eu-west-1.amazonaws.com
          - DomainName: !Sub '${Assets}.s3.eu-west-1.amazonaws.com'
  Api:
    Type: AWS::ApiGateway::RestApi
  Assets:
    Type: AWS::S3::Bucket
""",
        after="""\
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - DomainName: !Sub ${Api}.execute-api.${AWS::Region}.amazonaws.com
          - DomainName: !Sub '${Assets}.s3.${AWS::Region}.amazonaws.com'
  Api:
    Type: AWS::ApiGateway::RestApi
  Assets:
    Type: AWS::S3::Bucket
""",
    ),
    Case(
        "AWS SAM",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - Statement:
            - Resource: !Sub arn:aws:dynamodb:us-west-2:${AWS::AccountId}:table/orders
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - Statement:
            - Resource: !Sub arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders
""",
    ),
    Case(
        "in loops, not for edge services",
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
          Environment:
            Variables: {AWS_REGION: eu-west-1, REGION: eu-west-1, URL: !Sub 'https://${Api}.execute-api.eu-west-1.amazonaws.com'}
      Site${Name}:
        Type: AWS::CloudFront::Distribution
        Properties:
          DistributionConfig:
            DefaultCacheBehavior:
              LambdaFunctionAssociations:
                - LambdaFunctionARN: arn:aws:lambda:us-east-1:111122223333:function:edge:1
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Properties:
          Environment:
            Variables: {REGION: !Ref AWS::Region, URL: !Sub 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com'}
      Site${Name}:
        Type: AWS::CloudFront::Distribution
        Properties:
          DistributionConfig:
            DefaultCacheBehavior:
              LambdaFunctionAssociations:
                - LambdaFunctionARN: arn:aws:lambda:us-east-1:111122223333:function:edge:1
""",
        says="services of the edge locations",
    ),
    Case(
        "whole values",
        unsafe=True,
        before="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          AWS_DEFAULT_REGION: eu-west-1 # Lambda knows
          REGION: eu-west-1 # here
          BEDROCK_REGION: eu-west-1
          BACKUP_REGION: eu-west-1
          STORE: !If [IsLive, eu-west-1, none]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: app
          Environment:
            - {Name: AWS_REGION, Value: eu-west-1}
            - Name: OTHER
              Value: eu-west-1
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://example.com/t.yaml
      Parameters: {Region: eu-west-1}
      Tags:
        - Key: region
          Value: 'eu-west-1'
  Table:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - Region: eu-west-1
  Warm:
    Type: Custom::Warm
    Properties:
      ServiceToken: !ImportValue token
      Region: eu-west-1
  Name:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: !Join ['-', [app, eu-west-1]]
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      Parameters:
        - {ParameterKey: Region, ParameterValue: eu-west-1}
      StackInstancesGroup:
        - Regions: [eu-west-1]
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument:
            Statement:
              - Condition: {StringEquals: {'aws:RequestedRegion': eu-west-1}}
Outputs:
  Region:
    Value: eu-west-1
""",
        after="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          # Lambda knows
          REGION: !Ref AWS::Region # here
          BEDROCK_REGION: eu-west-1
          BACKUP_REGION: eu-west-1
          STORE: !If [IsLive, eu-west-1, none]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: app
          Environment:
            - {Name: AWS_REGION, Value: !Ref AWS::Region}
            - Name: OTHER
              Value: eu-west-1
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://example.com/t.yaml
      Parameters: {Region: !Ref AWS::Region}
      Tags:
        - Key: region
          Value: !Ref AWS::Region
  Table:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - Region: !Ref AWS::Region
  Warm:
    Type: Custom::Warm
    Properties:
      ServiceToken: !ImportValue token
      Region: eu-west-1
  Name:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: !Join ['-', [app, eu-west-1]]
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      Parameters:
        - {ParameterKey: Region, ParameterValue: eu-west-1}
      StackInstancesGroup:
        - Regions: [eu-west-1]
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument:
            Statement:
              - Condition: {StringEquals: {'aws:RequestedRegion': eu-west-1}}
Outputs:
  Region:
    Value: !Ref AWS::Region
""",
        says="BEDROCK_REGION does not say that the stack's own Region is meant",
    ),
    Case(
        "the only variable, in JSON",
        unsafe=True,
        before="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Globals": {"Function": {"Environment": {"Variables": {"REGION": "us-east-1"}}}},
  "Resources": {
    "Function": {
      "Type": "AWS::Serverless::Function",
      "Properties": {
        "Environment": {
          "Variables": {
            "AWS_REGION": "us-east-1"
          }
        }
      }
    }
  }
}
""",
        after="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Globals": {"Function": {"Environment": {"Variables": {"REGION": {"Ref": "AWS::Region"}}}}},
  "Resources": {
    "Function": {
      "Type": "AWS::Serverless::Function",
      "Properties": {}
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "commands about one thing, and variables that name another Region",
        unsafe=True,
        before="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables: {REPLICA_REGION: eu-west-1}
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: |
          aws s3 cp s3://boot/agent.rpm . --region eu-west-1
          aws ecr-public get-login-password --region us-east-1 | docker login --password-stdin public.ecr.aws
""",
        says="the command is about one thing, which may be in that Region",
    ),
    Case(
        "two Regions",
        unsafe=True,
        before="""\
Parameters:
  SecondaryRegion:
    Type: String
    Default: us-west-2
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource: arn:aws:sqs:us-east-1:*:orders
          - Resource: !Sub arn:aws:sqs:${SecondaryRegion}:*:orders
""",
        says="the template also names us-west-2",
    ),
    Case(
        "a condition asks for it",
        unsafe=True,
        before="""\
Conditions:
  Home: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      KmsMasterKeyId: !If [Home, !Ref AWS::NoValue, 'arn:aws:kms:us-east-1:111122223333:alias/topics']
""",
        says="a condition asks for us-east-1",
    ),
    Case(
        "what is in one Region",
        unsafe=True,
        before="""\
Mappings:
  Images:
    us-east-1: {Id: ami-1}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      KmsKeyArn: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
      Layers:
        - arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:14
      Environment:
        Variables:
          BUCKET: https://orders.s3.us-east-1.amazonaws.com
          PATH: https://s3.us-east-1.amazonaws.com/orders
          IMAGE: 111122223333.dkr.ecr.us-east-1.amazonaws.com/orders
          TOPIC: arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged
          BILL: arn:aws:ce:us-east-1:111122223333:anomalymonitor/x
          EDGE: arn:aws:logs:us-east-1:*:log-group:/aws/lambda/us-east-1.edge
          IMAGE_ID: !FindInMap [Images, us-east-1, Id]
          REGION_OF_BEDROCK: us-east-1
""",
        says="a key is in one Region",
    ),
    Case(
        "a dashboard that tells its Regions apart",
        unsafe=True,
        before="""\
Resources:
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: !Sub |
        {"widgets": [
          {"properties": {"region": "us-east-1", "metrics": [["Orders", "Taken"]]}},
          {"properties": {"region": "${AWS::Region}", "metrics": [["Orders", "Taken"]]}}
        ]}
  Edge:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: '{"widgets": [{"properties": {"region": "us-east-1", "metrics": [["AWS/CloudFront"]]}}]}'
""",
        says="metrics of a global service",
    ),
    Case(
        "the website endpoint of a bucket",
        unsafe=True,
        before="""\
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - DomainName: !Sub ${Assets}.s3-website-us-east-1.amazonaws.com
  Assets:
    Type: AWS::S3::Bucket
""",
        says="WebsiteURL",
    ),
    Case(
        "the Web ACL of a distribution",
        unsafe=True,
        before="""\
Resources:
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: CLOUDFRONT
      Rules:
        - Statement:
            IPSetReferenceStatement:
              Arn: !Sub arn:aws:wafv2:us-east-1:${AWS::AccountId}:global/ipset/x/y
""",
        says="services of the edge locations",
    ),
    Case(
        "what works for the edge from us-east-1",
        unsafe=True,
        before="""\
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig: {Enabled: true}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables: {REGION: us-east-1}
""",
        says="which work from us-east-1",
    ),
    Case(
        "records by latency and lists of replicas",
        unsafe=True,
        before="""\
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      Region: us-east-1
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      ReplicaRegions:
        - Region: us-east-1
  Table:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - Region: us-east-1
        - Region: !Ref Other
""",
        says="another Region may be meant at Resources.Secret",
    ),
)
