"""What each principal of ten templates may do before and after the repair."""

from __future__ import annotations

from textwrap import indent
from typing import Any

import pytest

from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.iam.policies import policies, statements
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.template import Template
from fixer.engine.run import Repair, repair
from fixer.model import Value
from fixer.settings.model import Settings
from transforms.iam.wildcard_iam_resource import wildcard_iam_resource

LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
OWN = "arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:"


def role(name: str, service: str, *actions: str) -> str:
    """A role with an inline policy that allows the actions on ``*``."""
    listed = "\n".join(f"                  - {action}" for action in actions)
    return f"""\
  {name}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {{Effect: Allow, Principal: {{Service: {service}.amazonaws.com}}, Action: 'sts:AssumeRole'}}
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
{listed}
                Resource: '*'
"""


def resources(**types: str) -> str:
    return "".join(f"  {name}:\n    Type: AWS::{kind.replace('_', '::')}\n" for name, kind in types.items())


def function(name: str, role_name: str, *properties: str) -> str:
    head = f"  {name}:\n    Type: AWS::Lambda::Function\n    Properties:\n      Role: !GetAtt {role_name}.Arn\n"
    return head + indent("\n".join(properties), " " * 6) + "\n"


TEMPLATES: dict[str, tuple[str, dict[str, list[str]]]] = {
    "a function of an API, and its table": (
        resources(Orders="DynamoDB_Table", Audit="DynamoDB_Table")
        + role(
            "Role",
            "lambda",
            *LOGS,
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:ListTables",
            "xray:PutTraceSegments",
        )
        + function("Api", "Role", "Environment: {Variables: {TABLE: !Ref Orders}}"),
        {
            **{action: [OWN + "/aws/lambda/*-Api-*:*"] for action in LOGS},
            "dynamodb:GetItem": ["<Orders.Arn>"],
            "dynamodb:Query": ["<Orders.Arn>", "<Orders.Arn>/index/*"],
            "dynamodb:ListTables": ["*"],
            "xray:PutTraceSegments": ["*"],
        },
    ),
    "a user who may read a bucket, as a role may": (
        resources(Site="S3_Bucket", Role="IAM_Role")
        + "  Deployer:\n    Type: AWS::IAM::User\n    Properties:\n      Policies:\n        - PolicyName: p\n"
        "          PolicyDocument:\n            Statement:\n"
        "              - {Effect: Allow, Action: [iam:PassRole, s3:PutObject], Resource: '*'}\n"
        "  Policy:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref Site\n"
        "      PolicyDocument: {Statement: [{Principal: {AWS: [!GetAtt Deployer.Arn, !GetAtt Role.Arn]}}]}\n",
        {"iam:PassRole": ["*"], "s3:PutObject": ["<Site.Arn>/*"]},
    ),
    "a consumer of a queue, by its event source": (
        resources(Work="SQS_Queue", Other="SQS_Queue", Dead="SQS_Queue")
        + role("Role", "lambda", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ListQueues", "sns:Publish")
        + function("Worker", "Role", "DeadLetterConfig: {TargetArn: !GetAtt Dead.Arn}")
        + "  Mapping:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n"
        "      FunctionName: !Ref Worker\n      EventSourceArn: !GetAtt Work.Arn\n",
        {
            "sqs:ReceiveMessage": ["<Work.Arn>", "<Dead.Arn>"],
            "sqs:DeleteMessage": ["<Work.Arn>", "<Dead.Arn>"],
            "sqs:ListQueues": ["*"],
            "sns:Publish": ["*"],
        },
    ),
    "a state machine that calls functions": (
        role("FnRole", "lambda", "s3:PutObject")
        + function("Step", "FnRole")
        + function("Unused", "FnRole")
        + role("Role", "states", "lambda:InvokeFunction", "logs:CreateLogDelivery", "states:StartExecution")
        + "  Flow:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      RoleArn: !GetAtt Role.Arn\n"
        '      StateMachineName: flow\n      DefinitionString: !Sub \'{"Resource": "${Step.Arn}"}\'\n',
        {
            "s3:PutObject": ["*"],
            "lambda:InvokeFunction": ["<Step.Arn>", "<Step.Arn>:*"],
            "logs:CreateLogDelivery": ["*"],
            "states:StartExecution": ["arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:flow"],
        },
    ),
    "a task with its execution role": (
        resources(Logs="Logs_LogGroup", Repo="ECR_Repository", Token="SecretsManager_Secret", Key="KMS_Key")
        + role("Role", "ecs-tasks", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "secretsmanager:GetSecretValue")
        + role("TaskRole", "ecs-tasks", "logs:PutLogEvents", "kms:Decrypt", "kms:ListKeys")
        + "  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ExecutionRoleArn: !GetAtt Role.Arn\n"
        "      TaskRoleArn: !GetAtt TaskRole.Arn\n      ContainerDefinitions:\n"
        "        - Image: !GetAtt Repo.RepositoryUri\n"
        "          Secrets: [{Name: TOKEN, ValueFrom: !Ref Token}]\n"
        "          LogConfiguration: {Options: {awslogs-group: !Ref Logs}}\n",
        {
            "ecr:BatchGetImage": ["<Repo.Arn>"],
            "ecr:GetAuthorizationToken": ["*"],
            "secretsmanager:GetSecretValue": ["<Token>"],
            "logs:PutLogEvents": ["<Logs.Arn>"],
            "kms:Decrypt": ["<Key.Arn>"],
            "kms:ListKeys": ["*"],
        },
    ),
    "a build in a pipeline": (
        resources(Artifacts="S3_Bucket", Cache="S3_Bucket", Site="S3_Bucket")
        + role("Role", "codebuild", *LOGS, "s3:GetObject", "s3:ListBucket", "s3:ListAllMyBuckets")
        + "  Build:\n    Type: AWS::CodeBuild::Project\n    Properties:\n      Name: web\n"
        "      ServiceRole: !GetAtt Role.Arn\n"
        "      Cache: {Type: S3, Location: !Ref Cache}\n"
        "  Pipeline:\n    Type: AWS::CodePipeline::Pipeline\n    Properties:\n"
        "      ArtifactStore: {Type: S3, Location: !Ref Artifacts}\n"
        "      Stages: [{Actions: [{Configuration: {ProjectName: !Ref Build}}]}]\n",
        {
            **{action: [OWN + "/aws/codebuild/web:*"] for action in LOGS},
            "s3:GetObject": ["<Artifacts.Arn>/*", "<Cache.Arn>/*"],
            "s3:ListBucket": ["<Artifacts.Arn>", "<Cache.Arn>"],
            "s3:ListAllMyBuckets": ["*"],
        },
    ),
    "an instance that says nothing of what it uses": (
        resources(One="S3_Bucket", Two="S3_Bucket", Group="Logs_LogGroup")
        + role("Role", "ec2", "s3:GetObject", "logs:PutLogEvents", "ec2:DescribeInstances", "cloudwatch:PutMetricData")
        + "  Profile:\n    Type: AWS::IAM::InstanceProfile\n    Properties:\n      Roles: [!Ref Role]\n"
        "  Server:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: !Ref Profile\n",
        {
            "s3:GetObject": ["<One.Arn>/*", "<Two.Arn>/*"],
            "logs:PutLogEvents": ["<Group.Arn>"],
            "ec2:DescribeInstances": ["*"],
            "cloudwatch:PutMetricData": ["*"],
        },
    ),
    "a function in a VPC": (
        role("Role", "lambda", *LOGS, "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeSubnets")
        + resources(Eni="EC2_NetworkInterface")
        + function(
            "Inside", "Role", "FunctionName: !Sub '${AWS::StackName}-inside'", "VpcConfig: {SubnetIds: [subnet-1]}"
        ),
        {
            **{action: [OWN + "/aws/lambda/<AWS::StackName>-inside:*"] for action in LOGS},
            "ec2:CreateNetworkInterface": ["*"],
            "ec2:DeleteNetworkInterface": ["*"],
            "ec2:DescribeSubnets": ["*"],
        },
    ),
    "a bucket that notifies the function": (
        role("Role", "lambda", "s3:GetObject", "rekognition:DetectLabels")
        + function("Thumb", "Role")
        + "  Uploads:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Sub 'up-${AWS::AccountId}'\n"
        "      NotificationConfiguration:\n"
        "        LambdaConfigurations: [{Event: 's3:*', Function: !GetAtt Thumb.Arn}]\n",
        {
            "s3:GetObject": ["arn:<AWS::Partition>:s3:::up-<AWS::AccountId>/*"],
            "rekognition:DetectLabels": ["*"],
        },
    ),
    "a custom resource": (
        resources(Site="S3_Bucket", Other="S3_Bucket")
        + role("Role", "lambda", "s3:DeleteObject", "ssm:GetParameter", "ssm:GetParametersByPath")
        + function("Cleaner", "Role")
        + "  Clean:\n    Type: Custom::Clean\n    Properties:\n      ServiceToken: !GetAtt Cleaner.Arn\n"
        "      Bucket: !Ref Site\n"
        "  Config:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Name: /app/config\n",
        {
            "s3:DeleteObject": ["<Site.Arn>/*"],
            "ssm:GetParameter": ["arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter<Config>"],
            "ssm:GetParametersByPath": ["*"],
        },
    ),
    "an ECS instance": (
        resources(Cluster="ECS_Cluster")
        + role("Role", "ec2", "ecs:Poll", "ecs:RegisterContainerInstance", "ecs:DiscoverPollEndpoint", "ecs:ListTasks")
        + "  Profile:\n    Type: AWS::IAM::InstanceProfile\n    Properties:\n      Roles: [!Ref Role]\n"
        "  Config:\n    Type: AWS::AutoScaling::LaunchConfiguration\n    Properties:\n"
        "      IamInstanceProfile: !Ref Profile\n"
        "      UserData: !Sub 'ECS_CLUSTER=${Cluster}'\n",
        {
            "ecs:Poll": ["arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:container-instance/<Cluster>/*"],
            "ecs:RegisterContainerInstance": ["<Cluster.Arn>"],
            "ecs:DiscoverPollEndpoint": ["*"],
            "ecs:ListTasks": ["*"],
        },
    ),
}


def repaired(text: str) -> Repair:
    return repair(text, [wildcard_iam_resource], Settings(unsafe_fixes=True))


def may(data: dict[str, Any]) -> dict[str, list[str]]:
    """Each allowed action and its resources; a reference is shown in angle brackets."""
    found: dict[str, list[str]] = {}
    for policy in policies(Template(data)):
        for statement in statements(policy):
            listed = statement.body["Resource"]
            for _, action in statement.actions:
                assert action not in found
                found[action] = [shown(each) for each in (listed if isinstance(listed, list) else [listed])]
    return found


def shown(value: Value) -> str:
    assert intrinsic(value) != "Fn::If"
    parts = expression(value)
    assert parts is not None
    return "".join(f"<{part.name}>" if isinstance(part, Variable) else part for part in parts)


@pytest.mark.parametrize("name", TEMPLATES)
def test_before_and_after(name: str) -> None:
    body, after = TEMPLATES[name]
    result = repaired("Resources:\n" + body)
    assert may(result.before.data) == {action: ["*"] for action in after}
    assert may(result.after.data) == after


@pytest.mark.parametrize("name", TEMPLATES)
def test_all_that_stays_and_could_be_limited_is_reported(name: str) -> None:
    body, after = TEMPLATES[name]
    result = repaired("Resources:\n" + body)
    said = " ".join(finding.message for finding in result.remaining)
    free = {"dynamodb:ListTables", "xray:PutTraceSegments", "sqs:ListQueues", "logs:CreateLogDelivery"} | {
        "cloudwatch:PutMetricData",
        "ecr:GetAuthorizationToken",
        "kms:ListKeys",
        "s3:ListAllMyBuckets",
        "ec2:DescribeInstances",
        "ec2:DescribeSubnets",
        "rekognition:DetectLabels",
        "ecs:DiscoverPollEndpoint",
    }
    staying = {action for action, where in after.items() if where == ["*"]}
    assert all((action in said) is (action not in free) for action in staying)
    assert all(finding.reason for finding in result.remaining)


def test_two_repairs_make_no_circle_together() -> None:
    """Each role may refer to the other's function, but not both."""
    body = role("RoleA", "lambda", "lambda:InvokeFunction") + role("RoleB", "lambda", "lambda:InvokeFunction")
    body += function("FnA", "RoleA") + function("FnB", "RoleB")
    for x, y in ("AB", "BA"):
        body += f"  Mention{x}:\n    Type: Custom::Call\n    Properties:\n      ServiceToken: !GetAtt Fn{x}.Arn\n"
        body += f"      Other: !GetAtt Fn{y}.Arn\n"
    result = repaired("Resources:\n" + body)
    template = Template(result.after.data)
    edges = [(name, target) for name, targets in template.dependencies.items() for target in targets]
    assert not any(template.reaches(target, name) for name, target in edges)
    assert len(result.applied) == 1
    assert "would make a circle" in result.remaining[0].reason


def test_a_policy_that_would_be_too_long_is_left_alone() -> None:
    buckets = resources(**{f"Bucket{number}": "S3_Bucket" for number in range(120)})
    body = buckets + role("Role", "ec2", "s3:GetObject", "s3:ListAllMyBuckets")
    result = repaired("Resources:\n" + body)
    assert result.after.text == result.before.text
    assert "longer than IAM allows" in " ".join(finding.reason for finding in result.remaining)
