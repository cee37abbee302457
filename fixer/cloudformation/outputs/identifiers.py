"""What identifies a resource to other stacks and to people: what Ref returns, and the attributes worth handing on.

The provider schemas know neither: ``primaryIdentifier`` is not always what Ref returns (``AWS::Events::Rule``).
Source of both: the section Return values of each type's page in the CloudFormation User Guide. Only attributes that
exist as soon as the resource does are listed, or those whose ``when`` and ``unless`` tell from the properties that
they will; none is a secret.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fixer.cloudformation.intrinsics import intrinsic
from fixer.model import Value


class Identifier(Struct, frozen=True):
    """One value that a resource gives, and how an output of it may be called and described."""

    suffix: str
    """Follows the resource's logical id in the logical id of an output: ``Arn``."""
    attribute: str | None
    """For Fn::GetAtt; None: Ref gives it."""
    description: str
    """``ARN of the bucket``"""
    when: tuple[str, ...] = ()
    """Conditions on the properties, all of which must hold for the attribute to exist: ``Name`` (is there) or
    ``Name=value``.
    """
    unless: tuple[str, ...] = ()
    """Conditions of which none may hold."""

    def available(self, properties: Mapping[str, Value]) -> bool:
        """Whether a resource with these properties gives the value for sure."""
        return all(_holds(c, properties) is True for c in self.when) and all(
            _holds(c, properties) is False for c in self.unless
        )


def identifiers(type_name: str, properties: Mapping[str, Value]) -> tuple[Identifier, ...]:
    """What a resource of the type with these properties gives, the most useful first; empty for other types."""
    return tuple(i for i in _IDENTIFIERS.get(type_name, ()) if i.available(properties))


def identified_types() -> frozenset[str]:
    """The types that ``identifiers`` knows."""
    return frozenset(_IDENTIFIERS)


def ref_returns(type_name: str) -> str | None:
    """What Ref returns for the type: ``Name``, ``Id``, ``Arn``, ``Url`` or ``PublicIp``; None: not known."""
    listed = (i.suffix for i in _IDENTIFIERS.get(type_name, ()) if i.attribute is None)
    return next(listed, _OTHER_REFS.get(type_name))


def _holds(condition: str, properties: Mapping[str, Value]) -> bool | None:
    """None: an intrinsic decides when the stack is deployed, and may even leave the property out."""
    name, equals, value = condition.partition("=")
    if name not in properties:
        return False
    if intrinsic(properties[name]):
        return None
    return not equals or bool(properties[name] == value)


def _ref(suffix: str, noun: str) -> Identifier:
    word = {"Id": "ID", "Arn": "ARN", "Url": "URL", "Name": "Name"}[suffix]
    return Identifier(suffix, None, f"{word} of the {noun}")


def _arn(noun: str, attribute: str = "Arn") -> Identifier:
    return Identifier("Arn", attribute, f"ARN of the {noun}")


def _endpoint(noun: str, address: str = "Endpoint.Address", port: str = "Endpoint.Port") -> tuple[Identifier, ...]:
    return (
        Identifier("EndpointAddress", address, f"Endpoint address of the {noun}"),
        Identifier("EndpointPort", port, f"Endpoint port of the {noun}"),
    )


def _named(noun: str) -> tuple[Identifier, ...]:
    return (_ref("Name", noun), _arn(noun))


_CLUSTERED = (
    "ClusterMode",
    "NumNodeGroups",
    "NodeGroupConfiguration",
    "CacheParameterGroupName",
    "GlobalReplicationGroupId",
)
"""Properties with which a replication group may have a configuration endpoint instead of a primary one."""

_LAMBDA = _named("function")
_TABLE = (
    *_named("table"),
    Identifier("StreamArn", "StreamArn", "ARN of the table's stream", when=("StreamSpecification",)),
)
_REST_API = (
    _ref("Id", "REST API"),
    Identifier("RootResourceId", "RootResourceId", "ID of the REST API's root resource"),
)
_HTTP_API = (_ref("Id", "API"), Identifier("Endpoint", "ApiEndpoint", "Endpoint URL of the API"))
_STATE_MACHINE = (_ref("Arn", "state machine"), Identifier("Name", "Name", "Name of the state machine"))

_IDENTIFIERS: Mapping[str, tuple[Identifier, ...]] = {
    # Networks
    "AWS::EC2::VPC": (_ref("Id", "VPC"),),
    "AWS::EC2::Subnet": (_ref("Id", "subnet"),),
    # Ref of a group in the default VPC may be its name.
    "AWS::EC2::SecurityGroup": (Identifier("Id", "GroupId", "ID of the security group"),),
    "AWS::EC2::TransitGateway": (_ref("Id", "transit gateway"),),
    "AWS::EC2::EIP": (
        Identifier("PublicIp", None, "Address of the Elastic IP"),
        Identifier("AllocationId", "AllocationId", "Allocation ID of the Elastic IP"),
    ),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (
        Identifier("DnsName", "DNSName", "DNS name of the load balancer", unless=("Type=gateway",)),
        _ref("Arn", "load balancer"),
    ),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (_ref("Arn", "target group"),),
    "AWS::ElasticLoadBalancingV2::Listener": (_ref("Arn", "listener"),),
    "AWS::ElasticLoadBalancing::LoadBalancer": (
        Identifier("DnsName", "DNSName", "DNS name of the load balancer"),
        _ref("Name", "load balancer"),
    ),
    "AWS::GlobalAccelerator::Accelerator": (
        Identifier("DnsName", "DnsName", "DNS name of the accelerator"),
        _ref("Arn", "accelerator"),
    ),
    "AWS::CloudFront::Distribution": (
        _ref("Id", "distribution"),
        Identifier("DomainName", "DomainName", "Domain name of the distribution"),
    ),
    "AWS::Route53::HostedZone": (_ref("Id", "hosted zone"),),
    "AWS::ServiceDiscovery::PrivateDnsNamespace": (_ref("Id", "namespace"), _arn("namespace")),
    "AWS::ServiceDiscovery::PublicDnsNamespace": (_ref("Id", "namespace"), _arn("namespace")),
    "AWS::ServiceDiscovery::HttpNamespace": (_ref("Id", "namespace"), _arn("namespace")),
    # Compute
    "AWS::EC2::Instance": (
        _ref("Id", "instance"),
        Identifier("PrivateIp", "PrivateIp", "Private IP address of the instance"),
    ),
    "AWS::EC2::LaunchTemplate": (
        _ref("Id", "launch template"),
        Identifier("LatestVersionNumber", "LatestVersionNumber", "Latest version of the launch template"),
    ),
    "AWS::EC2::KeyPair": (
        _ref("Name", "key pair"),
        Identifier("Id", "KeyPairId", "ID of the key pair"),
    ),
    "AWS::AutoScaling::AutoScalingGroup": (_ref("Name", "Auto Scaling group"),),
    "AWS::Lambda::Function": _LAMBDA,
    "AWS::Lambda::Alias": (_ref("Arn", "alias"),),
    "AWS::Lambda::LayerVersion": (_ref("Arn", "layer version"),),
    "AWS::Lambda::Url": (Identifier("Url", "FunctionUrl", "URL of the function"),),
    "AWS::ECS::Cluster": _named("cluster"),
    "AWS::ECS::Service": (_ref("Arn", "service"), Identifier("Name", "Name", "Name of the service")),
    "AWS::ECS::TaskDefinition": (_ref("Arn", "task definition"),),
    "AWS::EKS::Cluster": (
        *_named("cluster"),
        Identifier("Endpoint", "Endpoint", "Endpoint of the cluster's Kubernetes API"),
    ),
    "AWS::Batch::JobQueue": (_arn("job queue", "JobQueueArn"),),
    "AWS::Batch::ComputeEnvironment": (_arn("compute environment", "ComputeEnvironmentArn"),),
    "AWS::AppRunner::Service": (
        Identifier("Url", "ServiceUrl", "URL of the service, without https://"),
        _ref("Arn", "service"),
    ),
    "AWS::ElasticBeanstalk::Environment": (
        _ref("Name", "environment"),
        Identifier("EndpointUrl", "EndpointURL", "Endpoint of the environment"),
    ),
    # Storage and databases
    "AWS::S3::Bucket": (
        *_named("bucket"),
        Identifier("WebsiteUrl", "WebsiteURL", "URL of the bucket's website", when=("WebsiteConfiguration",)),
    ),
    "AWS::EFS::FileSystem": (_ref("Id", "file system"), _arn("file system")),
    "AWS::EFS::AccessPoint": (_ref("Id", "access point"), _arn("access point")),
    "AWS::FSx::FileSystem": (_ref("Id", "file system"),),
    "AWS::DynamoDB::Table": _TABLE,
    "AWS::DynamoDB::GlobalTable": _TABLE,
    "AWS::RDS::DBInstance": (*_endpoint("database"), _ref("Id", "database instance")),
    "AWS::RDS::DBCluster": (
        *_endpoint("database cluster"),
        # A serverless cluster of version 1 has no reader.
        Identifier(
            "ReadEndpointAddress",
            "ReadEndpoint.Address",
            "Reader endpoint of the database cluster",
            unless=("EngineMode=serverless",),
        ),
        _ref("Id", "database cluster"),
    ),
    "AWS::RDS::DBProxy": (Identifier("Endpoint", "Endpoint", "Endpoint of the proxy"), _arn("proxy", "DBProxyArn")),
    "AWS::DocDB::DBCluster": (*_endpoint("database cluster", "Endpoint", "Port"), _ref("Id", "database cluster")),
    "AWS::Neptune::DBCluster": (*_endpoint("database cluster", "Endpoint", "Port"), _ref("Id", "database cluster")),
    "AWS::Redshift::Cluster": (*_endpoint("cluster"), _ref("Id", "cluster")),
    "AWS::ElastiCache::ReplicationGroup": (
        _ref("Id", "replication group"),
        Identifier(
            "PrimaryEndpointAddress",
            "PrimaryEndPoint.Address",
            "Primary endpoint address of the replication group",
            unless=_CLUSTERED,
        ),
        Identifier(
            "PrimaryEndpointPort",
            "PrimaryEndPoint.Port",
            "Primary endpoint port of the replication group",
            unless=_CLUSTERED,
        ),
    ),
    "AWS::ElastiCache::CacheCluster": (_ref("Id", "cache cluster"),),
    "AWS::ElastiCache::ServerlessCache": (*_endpoint("cache"), _arn("cache", "ARN")),
    "AWS::MemoryDB::Cluster": (
        *_endpoint("cluster", "ClusterEndpoint.Address", "ClusterEndpoint.Port"),
        _arn("cluster", "ARN"),
    ),
    "AWS::DAX::Cluster": (
        Identifier("Endpoint", "ClusterDiscoveryEndpoint", "Discovery endpoint of the cluster"),
        _arn("cluster"),
    ),
    "AWS::OpenSearchService::Domain": (
        Identifier("Endpoint", "DomainEndpoint", "Endpoint of the domain"),
        *_named("domain"),
    ),
    "AWS::Elasticsearch::Domain": (
        Identifier("Endpoint", "DomainEndpoint", "Endpoint of the domain"),
        *_named("domain"),
    ),
    "AWS::OpenSearchServerless::Collection": (
        Identifier("Endpoint", "CollectionEndpoint", "Endpoint of the collection"),
        _arn("collection"),
    ),
    "AWS::Backup::BackupVault": (_ref("Name", "backup vault"), _arn("backup vault", "BackupVaultArn")),
    "AWS::Glue::Database": (_ref("Name", "database"),),
    "AWS::Athena::WorkGroup": (_ref("Name", "workgroup"),),
    "AWS::ECR::Repository": (
        Identifier("Uri", "RepositoryUri", "URI of the repository"),
        *_named("repository"),
    ),
    # Messages and events
    "AWS::SQS::Queue": (_ref("Url", "queue"), _arn("queue")),
    "AWS::SNS::Topic": (_ref("Arn", "topic"),),
    "AWS::Kinesis::Stream": _named("stream"),
    "AWS::KinesisFirehose::DeliveryStream": _named("delivery stream"),
    # Ref of a rule on a bus of its own is "bus|rule".
    "AWS::Events::Rule": (_arn("rule"),),
    "AWS::Events::EventBus": _named("event bus"),
    "AWS::Scheduler::Schedule": (_arn("schedule"),),
    "AWS::Pipes::Pipe": (_arn("pipe"),),
    "AWS::StepFunctions::StateMachine": _STATE_MACHINE,
    "AWS::StepFunctions::Activity": (_ref("Arn", "activity"),),
    "AWS::MSK::Cluster": (_ref("Arn", "cluster"),),
    "AWS::AmazonMQ::Broker": (_ref("Id", "broker"), _arn("broker")),
    # APIs and users
    "AWS::ApiGateway::RestApi": _REST_API,
    "AWS::ApiGatewayV2::Api": _HTTP_API,
    "AWS::AppSync::GraphQLApi": (
        Identifier("Url", "GraphQLUrl", "URL of the GraphQL API"),
        Identifier("Id", "ApiId", "ID of the GraphQL API"),
    ),
    "AWS::Cognito::UserPool": (_ref("Id", "user pool"), _arn("user pool")),
    "AWS::Cognito::UserPoolClient": (_ref("Id", "user pool client"),),
    "AWS::Cognito::UserPoolDomain": (_ref("Name", "user pool domain"),),
    "AWS::Cognito::IdentityPool": (_ref("Id", "identity pool"),),
    "AWS::Transfer::Server": (Identifier("Id", "ServerId", "ID of the server"), _ref("Arn", "server")),
    "AWS::Amplify::App": (
        Identifier("Id", "AppId", "ID of the app"),
        Identifier("DefaultDomain", "DefaultDomain", "Default domain of the app"),
    ),
    # Security
    "AWS::IAM::Role": (_arn("role"),),
    "AWS::IAM::User": _named("user"),
    "AWS::IAM::Group": _named("group"),
    "AWS::IAM::ManagedPolicy": (_ref("Arn", "managed policy"),),
    "AWS::IAM::InstanceProfile": (_arn("instance profile"),),
    "AWS::IAM::OIDCProvider": (_ref("Arn", "identity provider"),),
    "AWS::KMS::Key": (_ref("Id", "key"), _arn("key")),
    "AWS::KMS::Alias": (_ref("Name", "key alias"),),
    "AWS::SecretsManager::Secret": (_ref("Arn", "secret"),),
    "AWS::CertificateManager::Certificate": (_ref("Arn", "certificate"),),
    "AWS::WAFv2::WebACL": (_arn("web ACL"),),
    "AWS::GuardDuty::Detector": (_ref("Id", "detector"),),
    # Operation
    "AWS::CloudWatch::Alarm": (_ref("Name", "alarm"),),
    "AWS::CloudWatch::CompositeAlarm": (_ref("Name", "alarm"),),
    "AWS::CloudWatch::Dashboard": (_ref("Name", "dashboard"),),
    "AWS::Logs::LogGroup": _named("log group"),
    "AWS::CloudTrail::Trail": _named("trail"),
    "AWS::SSM::Parameter": (_ref("Name", "parameter"),),
    "AWS::CodePipeline::Pipeline": (_ref("Name", "pipeline"),),
    "AWS::CodeBuild::Project": _named("project"),
    "AWS::CodeCommit::Repository": (
        Identifier("CloneUrlHttp", "CloneUrlHttp", "HTTPS clone URL of the repository"),
        _arn("repository"),
    ),
    # AWS SAM: Ref and Fn::GetAtt reach the resource that it generates under the same logical id.
    "AWS::Serverless::Function": _LAMBDA,
    "AWS::Serverless::Api": _REST_API,
    "AWS::Serverless::HttpApi": _HTTP_API,
    "AWS::Serverless::WebSocketApi": (_ref("Id", "API"),),
    "AWS::Serverless::SimpleTable": _named("table"),
    "AWS::Serverless::StateMachine": _STATE_MACHINE,
    "AWS::Serverless::LayerVersion": (_ref("Arn", "layer version"),),
}

_OTHER_REFS: Mapping[str, str] = {
    "AWS::ApiGateway::Stage": "Name",
    "AWS::ApiGatewayV2::Stage": "Name",
    "AWS::AppSync::GraphQLApi": "Arn",
    "AWS::AutoScaling::LaunchConfiguration": "Name",
    "AWS::CodeCommit::Repository": "Id",
    "AWS::CloudFormation::Stack": "Arn",
    "AWS::DAX::Cluster": "Name",
    "AWS::EC2::InternetGateway": "Id",
    "AWS::EC2::NatGateway": "Id",
    "AWS::EC2::NetworkAcl": "Id",
    "AWS::EC2::RouteTable": "Id",
    "AWS::EC2::Volume": "Id",
    "AWS::EC2::VPCEndpoint": "Id",
    "AWS::IAM::InstanceProfile": "Name",
    "AWS::IAM::Role": "Name",
    "AWS::Lambda::Version": "Arn",
    "AWS::Pipes::Pipe": "Name",
    "AWS::RDS::DBProxy": "Name",
    "AWS::RDS::DBSubnetGroup": "Name",
    "AWS::Scheduler::Schedule": "Name",
}
"""What Ref returns where it is no output of its own."""
