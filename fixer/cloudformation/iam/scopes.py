"""Which resources of a template a resource type of IAM stands for, and the ARNs that a policy names them by.

Sources: Service Authorization Reference, "Resource types defined by ..." of each service (the forms of the ARNs);
CloudFormation User Guide, "Return values" of each type (what Ref and Fn::GetAtt give). Where that reference and a
service disagree, the entry says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

_OWN = "${AWS::Region}:${AWS::AccountId}"


class Arn(Struct, frozen=True):
    """How a resource of a CloudFormation type is named in a policy.

    ``reference``: a Sub string in which ``@`` stands for the logical id. ``named``: the same without a reference, with
    ``@`` for the value of ``name_property``; empty if there is no ARN without one.
    """

    reference: str
    name_property: str = ""
    named: str = ""


class Scope(Struct, frozen=True):
    """Resources that a resource type of IAM stands for, and the forms that a policy needs of each; ``@`` is its ARN."""

    types: tuple[str, ...]
    forms: tuple[str, ...] = ("@",)
    when: str = ""
    """A property that a resource must have."""


def _arn(service: str, rest: str) -> str:
    return f"arn:${{AWS::Partition}}:{service}:{_OWN}:{rest}"


def _by_attribute(service: str, rest: str, name: str) -> Arn:
    """The attribute Arn; ``rest`` is what stands before the name in it."""
    return Arn("${@.Arn}", name, _arn(service, f"{rest}@"))


def _by_ref(service: str, rest: str, name: str = "") -> Arn:
    """An ARN made of what Ref gives, the resource's name or ID."""
    return Arn(_arn(service, f"{rest}${{@}}"), name, _arn(service, f"{rest}@") if name else "")


_MACHINE = Arn("${@.Arn}", "StateMachineName", _arn("states", "stateMachine:@"))
_FUNCTION = _by_attribute("lambda", "function:", "FunctionName")
_TABLE = _by_attribute("dynamodb", "table/", "TableName")
_PARAMETER = Arn(_arn("ssm", "parameter/${@}"), "Name", _arn("ssm", "parameter/@"))

ARNS: Mapping[str, Arn] = {
    "AWS::ApiGateway::RestApi": _by_ref("execute-api", ""),
    "AWS::ApiGatewayV2::Api": _by_ref("execute-api", ""),
    "AWS::Serverless::Api": _by_ref("execute-api", ""),
    "AWS::Serverless::HttpApi": _by_ref("execute-api", ""),
    "AWS::Serverless::WebSocketApi": _by_ref("execute-api", ""),
    "AWS::AppSync::GraphQLApi": Arn("${@.Arn}"),
    "AWS::Athena::WorkGroup": _by_ref("athena", "workgroup/", "Name"),
    "AWS::AutoScaling::AutoScalingGroup": _by_ref(
        "autoscaling", "autoScalingGroup:*:autoScalingGroupName/", "AutoScalingGroupName"
    ),
    "AWS::Bedrock::AgentAlias": Arn("${@.AgentAliasArn}"),
    "AWS::Bedrock::KnowledgeBase": Arn("${@.KnowledgeBaseArn}"),
    "AWS::CloudFront::Distribution": Arn("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${@}"),
    "AWS::CloudWatch::Alarm": _by_attribute("cloudwatch", "alarm:", "AlarmName"),
    "AWS::CloudWatch::CompositeAlarm": _by_attribute("cloudwatch", "alarm:", "AlarmName"),
    "AWS::CodeBuild::Project": _by_attribute("codebuild", "project/", "Name"),
    "AWS::CodeCommit::Repository": _by_attribute("codecommit", "", "RepositoryName"),
    "AWS::CodeDeploy::Application": _by_ref("codedeploy", "application:", "ApplicationName"),
    "AWS::CodePipeline::Pipeline": _by_ref("codepipeline", "", "Name"),
    "AWS::Cognito::UserPool": Arn("${@.Arn}"),
    "AWS::DynamoDB::Table": _TABLE,
    "AWS::DynamoDB::GlobalTable": _TABLE,
    "AWS::Serverless::SimpleTable": _TABLE,
    "AWS::EC2::Instance": _by_ref("ec2", "instance/"),
    "AWS::ECR::Repository": _by_attribute("ecr", "repository/", "RepositoryName"),
    "AWS::ECS::Cluster": _by_attribute("ecs", "cluster/", "ClusterName"),
    "AWS::ECS::Service": Arn("${@}"),
    "AWS::ECS::TaskDefinition": Arn("${@}", "Family", _arn("ecs", "task-definition/@:*")),
    "AWS::EFS::AccessPoint": Arn("${@.Arn}"),
    "AWS::EFS::FileSystem": Arn("${@.Arn}"),
    "AWS::Elasticsearch::Domain": _by_attribute("es", "domain/", "DomainName"),
    "AWS::OpenSearchService::Domain": _by_attribute("es", "domain/", "DomainName"),
    "AWS::Events::ApiDestination": Arn("${@.Arn}"),
    "AWS::Events::Connection": Arn("${@.Arn}"),
    "AWS::Events::EventBus": _by_attribute("events", "event-bus/", "Name"),
    "AWS::Events::Rule": Arn("${@.Arn}"),
    "AWS::Glue::Crawler": _by_ref("glue", "crawler/", "Name"),
    "AWS::Glue::Job": _by_ref("glue", "job/", "Name"),
    "AWS::Glue::Trigger": _by_ref("glue", "trigger/", "Name"),
    "AWS::Glue::Workflow": _by_ref("glue", "workflow/", "Name"),
    "AWS::IAM::Role": Arn("${@.Arn}"),  # a role's ARN has its path: never by name
    "AWS::Kinesis::Stream": _by_attribute("kinesis", "stream/", "Name"),
    "AWS::KinesisFirehose::DeliveryStream": _by_attribute("firehose", "deliverystream/", "DeliveryStreamName"),
    "AWS::KMS::Alias": Arn(_arn("kms", "${@}"), "AliasName", _arn("kms", "@")),  # the name begins with alias/
    "AWS::KMS::Key": Arn("${@.Arn}"),
    "AWS::Lambda::EventSourceMapping": _by_ref("lambda", "event-source-mapping:"),
    "AWS::Lambda::Function": _FUNCTION,
    "AWS::Serverless::Function": _FUNCTION,
    # GetAtt Arn ends in :*, as "Overview of managing access permissions" of CloudWatch Logs wants it in policies.
    "AWS::Logs::LogGroup": Arn("${@.Arn}", "LogGroupName", _arn("logs", "log-group:@:*")),
    "AWS::RDS::DBCluster": Arn("${@.DBClusterArn}"),
    "AWS::RDS::DBInstance": Arn("${@.DBInstanceArn}"),
    "AWS::Route53::HostedZone": Arn("arn:${AWS::Partition}:route53:::hostedzone/${@}"),
    "AWS::S3::Bucket": Arn("${@.Arn}", "BucketName", "arn:${AWS::Partition}:s3:::@"),
    "AWS::SageMaker::Endpoint": Arn("${@}"),
    "AWS::Scheduler::ScheduleGroup": _by_attribute("scheduler", "schedule-group/", "Name"),
    # Six random characters end the ARN of a secret (Secrets Manager user guide, "Secret ARN").
    "AWS::SecretsManager::Secret": Arn("${@}", "Name", _arn("secretsmanager", "secret:@-??????")),
    "AWS::SNS::Topic": Arn("${@}", "TopicName", _arn("sns", "@")),
    "AWS::SQS::Queue": _by_attribute("sqs", "", "QueueName"),
    "AWS::SSM::Parameter": _PARAMETER,
    "AWS::Serverless::StateMachine": Arn("${@.Arn}", "Name", _arn("states", "stateMachine:@")),
    "AWS::StepFunctions::Activity": Arn("${@}"),
    "AWS::StepFunctions::StateMachine": _MACHINE,
    "AWS::Timestream::Database": _by_attribute("timestream", "database/", "DatabaseName"),
    "AWS::Timestream::Table": Arn("${@.Arn}"),
    "AWS::ElasticLoadBalancing::LoadBalancer": _by_ref("elasticloadbalancing", "loadbalancer/", "LoadBalancerName"),
    "AWS::ElasticLoadBalancingV2::TargetGroup": Arn("${@}"),
}

_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Serverless::Function")
_TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable")
_MACHINES = ("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine")
_APIS = (
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGatewayV2::Api",
    "AWS::Serverless::Api",
    "AWS::Serverless::HttpApi",
    "AWS::Serverless::WebSocketApi",
)
_DOMAINS = ("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain")
_CLUSTER = ("AWS::ECS::Cluster",)
_PROJECT = ("AWS::CodeBuild::Project",)

SCOPES: Mapping[str, Mapping[str, tuple[Scope, ...]]] = {
    "appsync": {
        "graphqlapi": (Scope(("AWS::AppSync::GraphQLApi",)),),
        "field": (Scope(("AWS::AppSync::GraphQLApi",), ("@/types/*",)),),
    },
    "athena": {"workgroup": (Scope(("AWS::Athena::WorkGroup",)),)},
    "autoscaling": {"autoscalinggroup": (Scope(("AWS::AutoScaling::AutoScalingGroup",)),)},
    "bedrock": {
        "agent-alias": (Scope(("AWS::Bedrock::AgentAlias",)),),
        "knowledge-base": (Scope(("AWS::Bedrock::KnowledgeBase",)),),
    },
    "cloudfront": {"distribution": (Scope(("AWS::CloudFront::Distribution",)),)},
    "cloudwatch": {"alarm": (Scope(("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")),)},
    "codebuild": {
        "project": (Scope(_PROJECT),),
        # The groups that a buildspec asks for are called PROJECT-NAME (CodeBuild user guide, "Report group naming").
        "report-group": (Scope(_PROJECT, (_arn("codebuild", "report-group/${@}-*"),)),),
    },
    "codecommit": {"repository": (Scope(("AWS::CodeCommit::Repository",)),)},
    "codedeploy": {
        "application": (Scope(("AWS::CodeDeploy::Application",)),),
        "deploymentgroup": (Scope(("AWS::CodeDeploy::Application",), (_arn("codedeploy", "deploymentgroup:${@}/*"),)),),
        # Most deployments use a configuration of AWS: CodeDeployDefault.OneAtATime.
        "deploymentconfig": (Scope(("AWS::CodeDeploy::Application",), (_arn("codedeploy", "deploymentconfig:*"),)),),
    },
    "codepipeline": {
        "pipeline": (Scope(("AWS::CodePipeline::Pipeline",)),),
        "stage": (Scope(("AWS::CodePipeline::Pipeline",), ("@/*",)),),
        "action": (Scope(("AWS::CodePipeline::Pipeline",), ("@/*/*",)),),
    },
    "cognito-idp": {"userpool": (Scope(("AWS::Cognito::UserPool",)),)},
    "dynamodb": {
        "table": (Scope(_TABLES),),
        "index": (Scope(_TABLES, ("@/index/*",)),),
        "stream": (Scope(_TABLES, ("@/stream/*",)),),
        "backup": (Scope(_TABLES, ("@/backup/*",)),),
        "export": (Scope(_TABLES, ("@/export/*",)),),
        "import": (Scope(_TABLES, ("@/import/*",)),),
    },
    "ec2": {"instance": (Scope(("AWS::EC2::Instance",)),)},
    "ecr": {"repository": (Scope(("AWS::ECR::Repository",)),)},
    "ecs": {
        "cluster": (Scope(_CLUSTER),),
        "service": (Scope(("AWS::ECS::Service",)),),
        "task": (Scope(_CLUSTER, (_arn("ecs", "task/${@}/*"),)),),
        "task-set": (Scope(_CLUSTER, (_arn("ecs", "task-set/${@}/*"),)),),
        "container-instance": (Scope(_CLUSTER, (_arn("ecs", "container-instance/${@}/*"),)),),
        "service-deployment": (Scope(_CLUSTER, (_arn("ecs", "service-deployment/${@}/*"),)),),
        "service-revision": (Scope(_CLUSTER, (_arn("ecs", "service-revision/${@}/*"),)),),
        "task-definition": (Scope(("AWS::ECS::TaskDefinition",)),),
    },
    "elasticfilesystem": {
        "file-system": (Scope(("AWS::EFS::FileSystem",)),),
        "access-point": (Scope(("AWS::EFS::AccessPoint",)),),
    },
    "elasticloadbalancing": {
        "loadbalancer": (Scope(("AWS::ElasticLoadBalancing::LoadBalancer",)),),
        "targetgroup": (Scope(("AWS::ElasticLoadBalancingV2::TargetGroup",)),),
    },
    "es": {"domain": (Scope(_DOMAINS, ("@", "@/*")),)},
    "events": {
        "event-bus": (Scope(("AWS::Events::EventBus",)),),
        "rule-on-default-event-bus": (Scope(("AWS::Events::Rule",)),),
        "rule-on-custom-event-bus": (Scope(("AWS::Events::Rule",)),),
        "api-destination": (Scope(("AWS::Events::ApiDestination",)),),
        "connection": (Scope(("AWS::Events::Connection",)),),
    },
    "execute-api": {"execute-api-general": (Scope(_APIS, ("@/*",)),)},
    "firehose": {"deliverystream": (Scope(("AWS::KinesisFirehose::DeliveryStream",)),)},
    "glue": {
        "crawler": (Scope(("AWS::Glue::Crawler",)),),
        "job": (Scope(("AWS::Glue::Job",)),),
        "trigger": (Scope(("AWS::Glue::Trigger",)),),
        "workflow": (Scope(("AWS::Glue::Workflow",)),),
    },
    "iam": {"role": (Scope(("AWS::IAM::Role",)),)},
    "kinesis": {
        "stream": (Scope(("AWS::Kinesis::Stream",)),),
        "consumer": (Scope(("AWS::Kinesis::Stream",), ("@/consumer/*",)),),
    },
    "kms": {
        "key": (Scope(("AWS::KMS::Key",)),),
        "alias": (Scope(("AWS::KMS::Alias",)),),
    },
    "lambda": {
        # A call that names a version or an alias is authorized for its qualified ARN.
        "function": (Scope(_FUNCTIONS, ("@", "@:*")),),
        "function version": (Scope(_FUNCTIONS, ("@:*",)),),
        "function alias": (Scope(_FUNCTIONS, ("@:*",)),),
        "durable execution": (Scope(_FUNCTIONS, ("@:*",)),),
        "eventsourcemapping": (Scope(("AWS::Lambda::EventSourceMapping",)),),
    },
    "logs": {
        "log-group": (Scope(("AWS::Logs::LogGroup",)),),
        "log-stream": (Scope(("AWS::Logs::LogGroup",)),),
    },
    "rds-data": {"cluster": (Scope(("AWS::RDS::DBCluster",)),)},
    "route53": {"hostedzone": (Scope(("AWS::Route53::HostedZone",)),)},
    "s3": {
        "bucket": (Scope(("AWS::S3::Bucket",)),),
        "object": (Scope(("AWS::S3::Bucket",), ("@/*",)),),
    },
    "sagemaker": {"endpoint": (Scope(("AWS::SageMaker::Endpoint",)),)},
    "scheduler": {
        "schedule-group": (Scope(("AWS::Scheduler::ScheduleGroup",)),),
        "schedule": (Scope(("AWS::Scheduler::ScheduleGroup",), (_arn("scheduler", "schedule/${@}/*"),)),),
    },
    "secretsmanager": {
        "secret": (
            Scope(("AWS::SecretsManager::Secret",)),
            Scope(
                ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
                ("${@.MasterUserSecret.SecretArn}",),
                when="ManageMasterUserPassword",
            ),
        )
    },
    "sns": {"topic": (Scope(("AWS::SNS::Topic",)),)},
    "sqs": {"queue": (Scope(("AWS::SQS::Queue",)),)},
    "ssm": {"parameter": (Scope(("AWS::SSM::Parameter",)),)},
    "timestream": {
        "database": (Scope(("AWS::Timestream::Database",)),),
        "table": (Scope(("AWS::Timestream::Table",)),),
    },
    "sts": {"role": (Scope(("AWS::IAM::Role",)),)},
    "states": {
        "statemachine": (Scope(_MACHINES),),
        "statemachineversion": (Scope(_MACHINES, ("@:*",)),),
        "statemachinealias": (Scope(_MACHINES, ("@:*",)),),
        "execution": (Scope(_MACHINES, (_arn("states", "execution:${@.Name}:*"),)),),
        "express": (Scope(_MACHINES, (_arn("states", "express:${@.Name}:*"),)),),
        "maprun": (Scope(_MACHINES, (_arn("states", "mapRun:${@.Name}/*"),)),),
        "activity": (Scope(("AWS::StepFunctions::Activity",)),),
    },
}
"""Service prefix, resource type of IAM, and what stands for it."""

OPTIONAL: Mapping[str, frozenset[str]] = {
    "dynamodb": frozenset({"stream"}),
    "codebuild": frozenset({"report-group"}),
    "elasticfilesystem": frozenset({"access-point"}),
    "events": frozenset({"event-busv2", "subscriber"}),
    "execute-api": frozenset({"execute-api-domain"}),
    "lambda": frozenset({"webfunction"}),
    "logs": frozenset({"destination"}),
    "s3": frozenset({"accesspoint", "accesspointobject"}),
    "sagemaker": frozenset({"inference-component"}),
}
"""Types of an action of several that a call need not name. All others may be required together with the rest."""


def is_about_one(name: str) -> bool:
    """Whether each call of an action of several types is about a resource of just one of them: tags and their like."""
    return name in (
        "tagresource",
        "untagresource",
        "listtagsforresource",
        "listtagsofresource",
        "addtags",
        "removetags",
    )
