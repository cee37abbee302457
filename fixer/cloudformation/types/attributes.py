"""What Fn::GetAtt accepts for a resource type.

The read-only properties of the provider schema, and for types older than the schemas a few or all of the others:
the same rule and the same lists as cfn-lint's (``cfnlint/schema/_getatts.py``, MIT-0), which cannot be read as data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

_EVERY_PROPERTY = frozenset(
    {
        "AWS::Amplify::Branch",
        "AWS::Amplify::Domain",
        "AWS::AppSync::DomainName",
        "AWS::AppSync::FunctionConfiguration",
        "AWS::AppSync::Resolver",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::Backup::BackupSelection",
        "AWS::Backup::BackupVault",
        "AWS::Backup::LogicallyAirGappedBackupVault",
        "AWS::CodeArtifact::Domain",
        "AWS::CodeArtifact::Repository",
        "AWS::EC2::CapacityReservation",
        "AWS::EC2::Instance",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::Subnet",
        "AWS::EC2::VPC",
        "AWS::EFS::MountTarget",
        "AWS::EKS::Nodegroup",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::Events::EventBus",
        "AWS::EventSchemas::Discoverer",
        "AWS::EventSchemas::Registry",
        "AWS::EventSchemas::Schema",
        "AWS::GameLift::GameSessionQueue",
        "AWS::GameLift::MatchmakingConfiguration",
        "AWS::GameLift::MatchmakingRuleSet",
        "AWS::Grafana::Workspace",
        "AWS::Greengrass::ConnectorDefinition",
        "AWS::Greengrass::CoreDefinition",
        "AWS::Greengrass::DeviceDefinition",
        "AWS::Greengrass::FunctionDefinition",
        "AWS::Greengrass::Group",
        "AWS::Greengrass::LoggerDefinition",
        "AWS::Greengrass::ResourceDefinition",
        "AWS::Greengrass::SubscriptionDefinition",
        "AWS::ImageBuilder::Component",
        "AWS::ImageBuilder::ContainerRecipe",
        "AWS::ImageBuilder::DistributionConfiguration",
        "AWS::ImageBuilder::ImagePipeline",
        "AWS::ImageBuilder::ImageRecipe",
        "AWS::ImageBuilder::InfrastructureConfiguration",
        "AWS::ManagedBlockchain::Node",
        "AWS::Neptune::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBParameterGroup",
        "AWS::RedshiftServerless::Workgroup",
        "AWS::RoboMaker::RobotApplication",
        "AWS::RoboMaker::SimulationApplication",
        "AWS::Route53Resolver::ResolverRule",
        "AWS::Route53Resolver::ResolverRuleAssociation",
        "AWS::S3::AccessPoint",
        "AWS::SageMaker::DataQualityJobDefinition",
        "AWS::SageMaker::ModelBiasJobDefinition",
        "AWS::SageMaker::ModelExplainabilityJobDefinition",
        "AWS::SageMaker::ModelQualityJobDefinition",
        "AWS::SageMaker::MonitoringSchedule",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::SSM::Parameter",
        "AWS::StepFunctions::Activity",
    }
)
"""Types that give each of their properties as an attribute."""

_MORE: Mapping[str, tuple[str, ...]] = {
    "AWS::AppMesh::GatewayRoute": ("GatewayRouteName", "MeshName", "MeshOwner", "VirtualGatewayName"),
    "AWS::AppMesh::Mesh": ("MeshName",),
    "AWS::AppMesh::Route": ("MeshName", "MeshOwner", "RouteName", "VirtualRouterName"),
    "AWS::AppMesh::VirtualGateway": ("MeshName", "MeshOwner", "VirtualGatewayName"),
    "AWS::AppMesh::VirtualNode": ("MeshName", "MeshOwner", "VirtualNodeName"),
    "AWS::AppMesh::VirtualRouter": ("MeshName", "MeshOwner", "VirtualRouterName"),
    "AWS::AppMesh::VirtualService": ("MeshName", "MeshOwner", "VirtualServiceName"),
    "AWS::AppSync::DataSource": ("Name",),
    "AWS::Cloud9::EnvironmentEC2": ("Name",),
    "AWS::CloudWatch::InsightRule": ("RuleName",),
    "AWS::DocDB::DBCluster": ("Port",),
    "AWS::Greengrass::ConnectorDefinition": ("Name",),
    "AWS::Greengrass::CoreDefinition": ("Name",),
    "AWS::Greengrass::DeviceDefinition": ("Name",),
    "AWS::Greengrass::FunctionDefinition": ("Name",),
    "AWS::Greengrass::Group": ("Name", "RoleArn"),
    "AWS::Greengrass::LoggerDefinition": ("Name",),
    "AWS::Greengrass::ResourceDefinition": ("Name",),
    "AWS::Greengrass::SubscriptionDefinition": ("Name",),
    "AWS::IoT1Click::Device": ("Enabled",),
    "AWS::IoT1Click::Placement": ("PlacementName", "ProjectName"),
    "AWS::IoT1Click::Project": ("ProjectName",),
    "AWS::Kinesis::StreamConsumer": ("ConsumerName", "StreamARN"),
    "AWS::ManagedBlockchain::Member": ("NetworkId",),
    "AWS::MediaConvert::JobTemplate": ("Name",),
    "AWS::MediaConvert::Preset": ("Name",),
    "AWS::MediaConvert::Queue": ("Name",),
    "AWS::MediaLive::Input": ("Destinations", "Sources"),
    "AWS::OpsWorks::Instance": ("AvailabilityZone",),
    "AWS::OpsWorks::UserProfile": ("SshUsername",),
    "AWS::Route53Resolver::ResolverEndpoint": ("Direction", "Name"),
    "AWS::SageMaker::CodeRepository": ("CodeRepositoryName",),
    "AWS::SageMaker::Endpoint": ("EndpointName",),
    "AWS::SageMaker::EndpointConfig": ("EndpointConfigName",),
    "AWS::SageMaker::Model": ("ModelName",),
    "AWS::SageMaker::NotebookInstance": ("NotebookInstanceName",),
    "AWS::SageMaker::NotebookInstanceLifecycleConfig": ("NotebookInstanceLifecycleConfigName",),
    "AWS::SageMaker::Workteam": ("WorkteamName",),
    "AWS::ServiceDiscovery::Service": ("Name",),
    "AWS::Transfer::User": ("ServerId", "UserName"),
}
"""Properties that are attributes although the schema does not call them read-only."""

_STACKS = frozenset({"AWS::CloudFormation::Stack", "AWS::Serverless::Application"})
_PROVISIONED_PRODUCT = "AWS::ServiceCatalog::CloudFormationProvisionedProduct"
OUTPUTS = "Outputs.*"
"""The outputs of a nested stack, whose names only its own template knows."""


def attribute_names(
    type_name: str, document: Mapping[str, Any], resolve: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> frozenset[str]:
    """Names that Fn::GetAtt accepts, dotted; a part ``*`` stands for anything.

    ``document`` is the provider schema of the type and ``resolve`` follows the ``$ref`` of a part of it.
    """
    if type_name in _EVERY_PROPERTY:
        properties: Mapping[str, Any] = document["properties"]
        return frozenset(leaf for name, node in properties.items() for leaf in _leaves(name, node, resolve))
    if type_name in _STACKS:
        return frozenset({OUTPUTS})
    names = {".".join(pointer.split("/")[2:]) for pointer in document.get("readOnlyProperties", ())}
    if type_name == _PROVISIONED_PRODUCT and "Outputs" in names:
        names = names - {"Outputs"} | {OUTPUTS}
    return frozenset(names) | frozenset(_MORE.get(type_name, ()))


def _leaves(
    name: str, node: Mapping[str, Any], resolve: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> Iterator[str]:
    """Scalars and lists of scalars below a property: Fn::GetAtt does not reach into lists of objects."""
    if "type" not in node:
        node = resolve(node)
    kinds = node.get("type", ())
    kinds = (kinds,) if isinstance(kinds, str) else kinds
    if "object" in kinds:
        for inner, value in node.get("properties", {}).items():
            yield from _leaves(f"{name}.{inner}", value, resolve)
    elif "array" not in kinds or node.get("items", {}).get("type") not in ("object", "array"):
        yield name
