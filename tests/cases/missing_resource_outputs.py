"""More cases of missing-resource-outputs."""

from fixer.model import Case, Options

_ALERTS = "Resources:\n  Alerts:\n    Type: AWS::SNS::Topic\n"
_RESOURCES = _ALERTS + "  Queue:\n    Type: AWS::SQS::Queue\n"
_EXPORTED = "Outputs:\n  Topic:\n    Value: !Ref Alerts\n    Export:\n      Name: topic\n"
_ADDED = "  AlertsArn:\n    Value: !Ref Alerts\n  QueueUrl:\n    Value: !Ref Queue\n"


def _outputs(count: int) -> str:
    """So many outputs of the template's own."""
    return "Outputs:\n" + "".join(f"  Old{number}:\n    Value: old\n" for number in range(count))


INVALID = (
    Case.grown(
        "queue needs its URL and its ARN, after the template's own outputs",
        _ALERTS
        + """\
  Queue:
    Type: AWS::SQS::Queue

Outputs:
  # for people
  Topic:
    Description: Topic of alerts
    Value: !Ref Alerts
""",
        """\
  QueueUrl:
    Description: URL of the queue Queue
    Value: !Ref Queue
  QueueArn:
    Description: ARN of the queue Queue
    Value: !GetAtt Queue.Arn
""",
    ),
    Case.grown(
        "URL of a queue is there, its ARN is not",
        """\
Resources:
  Queue:
    Type: AWS::SQS::Queue
Outputs:
  Url:
    Description: Queue
    Value: !Ref Queue
""",
        """\
  QueueArn:
    Description: ARN of the queue Queue
    Value: !GetAtt Queue.Arn
""",
    ),
    Case.grown(
        "empty Outputs section",
        _ALERTS + "Outputs:\n",
        """\
  AlertsArn:
    Description: ARN of the topic Alerts
    Value: !Ref Alerts
""",
    ),
    Case.grown(
        "long form and outputs without descriptions",
        """\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}}
Outputs:
  Net:
    Value:
      Ref: Vpc
""",
        """\
  RoleArn:
    Value:
      Fn::GetAtt:
        - Role
        - Arn
""",
    ),
    Case.grown(
        "pattern without the stack's name",
        """\
Parameters:
  Env:
    Type: String
Resources:
  AppVpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Alerts:
    Type: AWS::SNS::Topic
Outputs:
  Topic:
    Value: !Ref Alerts
    Description: Topic
    Export:
      Name: !Sub ${Env}-alert-topic
""",
        """\
  AppVpcId:
    Value: !Ref AppVpc
    Description: ID of the VPC AppVpc
    Export:
      Name: !Sub ${Env}-${AWS::StackName}-app-vpc-id
""",
    ),
    Case.grown(
        "most outputs are not exported",
        _RESOURCES + _EXPORTED + "  Url:\n    Value: !Ref Queue\n",
        "  QueueArn:\n    Value: !GetAtt Queue.Arn\n",
    ),
    Case.grown(
        "exports asked for",
        _ALERTS,
        """\
Outputs:
  AlertsArn:
    Description: ARN of the topic Alerts
    Value: !Ref Alerts
    Export:
      Name: !Sub ${AWS::StackName}-AlertsArn
""",
        Options(export=True),
    ),
    Case.grown(
        "exports refused",
        _RESOURCES + _EXPORTED,
        """\
  QueueUrl:
    Value: !Ref Queue
  QueueArn:
    Value: !GetAtt Queue.Arn
""",
        Options(export=False),
    ),
    Case.grown(
        "condition goes along, and no stutter",
        """\
Conditions:
  InProduction: !Equals [!Ref AWS::AccountId, '123456789012']
Resources:
  AlertsArn:
    Type: AWS::SNS::Topic
    Condition: InProduction
""",
        """\
Outputs:
  AlertsArn:
    Condition: InProduction
    Description: ARN of the topic AlertsArn
    Value: !Ref AlertsArn
""",
    ),
    Case.grown(
        "name of the output is taken",
        _ALERTS + "Outputs:\n  AlertsArn:\n    Value: soon\n",
        "  AlertsArn2:\n    Value: !Ref Alerts\n",
    ),
    Case.grown(
        "API with its one stage, which has a condition",
        """\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop}
  Stage:
    Type: AWS::ApiGateway::Stage
    Condition: IsLive
    Properties: {RestApiId: !Ref Api, DeploymentId: abc123, StageName: v1}
""",
        """\
Outputs:
  ApiId:
    Description: ID of the REST API Api
    Value: !Ref Api
  ApiUrl:
    Condition: IsLive
    Description: URL of the REST API Api
    Value: !Sub https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}
""",
    ),
    Case.grown(
        "database: address and port, never the password",
        """\
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceClass: db.t4g.micro, Engine: postgres, ManageMasterUserPassword: true}
""",
        """\
Outputs:
  DatabaseEndpointAddress:
    Description: Endpoint address of the database Database
    Value: !GetAtt Database.Endpoint.Address
  DatabaseEndpointPort:
    Description: Endpoint port of the database Database
    Value: !GetAtt Database.Endpoint.Port
""",
    ),
    Case.grown(
        "serverless application and its implicit API",
        """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: src/
      Events:
        Get:
          Type: Api
          Properties: {Path: /, Method: get}
""",
        """\
Outputs:
  HelloName:
    Description: Name of the function Hello
    Value: !Ref Hello
  HelloArn:
    Description: ARN of the function Hello
    Value: !GetAtt Hello.Arn
  ServerlessRestApiUrl:
    Description: URL of the API ServerlessRestApi
    Value: !Sub https://${ServerlessRestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/Prod
""",
    ),
    Case.grown(
        "room for the first output of each only",
        _RESOURCES + _outputs(198),
        _ADDED,
        says="No output gives the ARN of Queue",
    ),
)

VALID = (
    Case(
        "resources of loops, one with outputs",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
      Queue${Name}:
        Type: AWS::SQS::Queue
Outputs:
  Fn::ForEach::Topics:
    - Which
    - [A, B]
    - Topic${Which}:
        Value: {Ref: !Sub 'Topic${Which}'}
""",
        says="of Queue${Name}: a loop makes it",
    ),
    Case(
        "names and ARNs that are spelled out",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: !Sub 'orders-${Env}'}
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: worker, Path: /app/}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {AlarmName: !Join ['-', [!Ref Env, errors]]}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties: {StateMachineName: flow}
Outputs:
  Table: {Value: !Join ['-', [orders, !Ref Env]]}
  RoleArn: {Value: !Sub 'arn:aws:iam::${AWS::AccountId}:role/app/worker'}
  AlarmName: {Value: !Sub '${Env}-errors'}
  MachineArn: {Value: !Sub 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:flow'}
""",
    ),
    Case(
        "resource that a macro multiplies",
        before="""\
Transform: Count
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Count: 3
""",
        says="Count is for a macro",
    ),
    Case(
        "given in Sub, in Join, in If, in a URL, in another form",
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Assets:
    Type: AWS::S3::Bucket
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-12345678}
  Alerts:
    Type: AWS::SNS::Topic
  Jobs:
    Type: AWS::DynamoDB::Table
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop}
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: {RestApiId: !Ref Api, DeploymentId: abc123, StageName: v1}
Outputs:
  Bucket:
    Value: !Sub ${Assets}
  Subnets:
    Value: !Join [',', [!Ref SubnetA]]
  Topic:
    Value: !If [IsLive, !Ref Alerts, none]
  Table:
    Value: !GetAtt Jobs.Arn
  Url:
    Value: !Sub https://${Api}.execute-api.${AWS::Region}.amazonaws.com/v1
""",
    ),
    Case("200 outputs", before=_RESOURCES + _outputs(200), says="200 outputs"),
)
