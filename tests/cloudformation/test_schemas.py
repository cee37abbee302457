"""Facts of resource types: against what AWS documents, and against cfn-lint's own reading of the same data."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fixer.cloudformation.outputs.identifiers import identified_types, identifiers, ref_returns
from fixer.cloudformation.tags.shapes import TagShape, TagSpec
from fixer.cloudformation.types.schemas import ResourceSchema, resource_types, schema, stateful_types
from fixer.model import Impact


def known(type_name: str) -> ResourceSchema:
    found = schema(type_name)
    assert found is not None, type_name
    return found


def tags(type_name: str) -> TagSpec:
    spec = known(type_name).tags
    assert spec is not None, type_name
    return spec


# ---------------------------------------------------------------- tags


@pytest.mark.parametrize(
    ("type_name", "property_name", "shape"),
    [
        ("AWS::S3::Bucket", "Tags", TagShape.LIST),
        ("AWS::Lambda::Function", "Tags", TagShape.LIST),
        ("AWS::EC2::Instance", "Tags", TagShape.LIST),
        ("AWS::IAM::Role", "Tags", TagShape.LIST),
        ("AWS::ECS::Service", "Tags", TagShape.LIST),
        ("AWS::ApiGateway::DomainName", "Tags", TagShape.LIST),
        ("AWS::AppStream::AppBlock", "Tags", TagShape.LIST),
        ("AWS::AppMesh::Mesh", "Tags", TagShape.LIST),
        ("AWS::CodeBuild::Project", "Tags", TagShape.LIST),
        ("AWS::EC2::SpotFleet", "Tags", TagShape.LIST),
        ("AWS::EFS::FileSystem", "FileSystemTags", TagShape.LIST),
        ("AWS::Route53::HostedZone", "HostedZoneTags", TagShape.LIST),
        ("AWS::Route53::HealthCheck", "HealthCheckTags", TagShape.LIST),
        ("AWS::AutoScaling::AutoScalingGroup", "Tags", TagShape.PROPAGATE),
        ("AWS::CloudFront::AnycastIpList", "Tags", TagShape.ITEMS),
        ("AWS::Cognito::UserPool", "UserPoolTags", TagShape.MAP),
        ("AWS::Backup::BackupVault", "BackupVaultTags", TagShape.MAP),
        ("AWS::ApiGatewayV2::DomainName", "Tags", TagShape.MAP),
        ("AWS::SSM::Parameter", "Tags", TagShape.MAP),
        ("AWS::EKS::Nodegroup", "Tags", TagShape.MAP),
        ("AWS::PCS::Cluster", "Tags", TagShape.MAP),
        ("AWS::Batch::JobQueue", "Tags", TagShape.MAP),
        ("AWS::Glue::Job", "Tags", TagShape.JSON),
        ("AWS::DAX::Cluster", "Tags", TagShape.JSON),
        ("AWS::EC2::LaunchTemplate", "TagSpecifications", TagShape.SPECIFICATIONS),
        ("AWS::EC2::CapacityReservation", "TagSpecifications", TagShape.SPECIFICATIONS),
        ("AWS::Serverless::Function", "Tags", TagShape.MAP),
        ("AWS::Serverless::Api", "Tags", TagShape.MAP),
        ("AWS::Serverless::HttpApi", "Tags", TagShape.MAP),
        ("AWS::Serverless::StateMachine", "Tags", TagShape.MAP),
        ("AWS::Serverless::SimpleTable", "Tags", TagShape.MAP),
        ("AWS::Serverless::Application", "Tags", TagShape.MAP),
        ("AWS::Serverless::GraphQLApi", "Tags", TagShape.MAP),
    ],
)
def test_tag_property_and_shape(type_name: str, property_name: str, shape: TagShape) -> None:
    spec = tags(type_name)
    assert (spec.property_name, spec.shape) == (property_name, shape)


@pytest.mark.parametrize(
    "type_name",
    [
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::InstanceProfile",
        "AWS::Lambda::Permission",
        "AWS::S3::BucketPolicy",
        "AWS::EC2::Route",
        "AWS::Serverless::LayerVersion",
        "AWS::Serverless::Connector",
        "AWS::Cognito::IdentityPoolPrincipalTag",
        "AWS::LakeFormation::TagAssociation",
        "AWS::Inspector::ResourceGroup",
    ],
)
def test_without_tags_there_is_a_reason(type_name: str) -> None:
    assert known(type_name).tags is None
    assert type_name in known(type_name).untaggable


def test_value_of_each_shape() -> None:
    wanted = {"Team": {"Ref": "Team"}}
    pair = {"Key": "Team", "Value": {"Ref": "Team"}}
    assert tags("AWS::S3::Bucket").value(wanted) == [pair]
    assert tags("AWS::SSM::Parameter").value(wanted) == wanted
    assert tags("AWS::Glue::Job").value(wanted) == wanted
    assert tags("AWS::AutoScaling::AutoScalingGroup").value(wanted) == [{**pair, "PropagateAtLaunch": True}]
    assert tags("AWS::CloudFront::AnycastIpList").value(wanted) == {"Items": [pair]}
    assert tags("AWS::EC2::LaunchTemplate").value(wanted) == [{"ResourceType": "launch-template", "Tags": [pair]}]


def test_limits_and_updates_of_tags() -> None:
    assert tags("AWS::KMS::Key").max_items is None
    assert tags("AWS::CloudWatch::Alarm").max_items == 50
    assert tags("AWS::S3::Bucket").impact is Impact.NO_INTERRUPTION
    assert not tags("AWS::S3::Bucket").create_only
    assert tags("AWS::AppRunner::Service").create_only
    assert tags("AWS::AppRunner::Service").impact is Impact.REPLACEMENT
    domain = tags("AWS::ApiGatewayV2::DomainName")
    assert (domain.impact, domain.create_only) == (Impact.NO_INTERRUPTION, False)
    # Listed below the property, and a type that cannot be updated at all.
    assert tags("AWS::RedshiftServerless::Snapshot").create_only
    assert tags("AWS::AppStream::ImageBuilder").impact is Impact.REPLACEMENT


def test_every_taggable_type_has_a_shape() -> None:
    flagged = 0
    for name in resource_types():
        found = schema(name)
        if found is None or not found.document.get("tagging", {}).get("taggable"):
            continue
        pointer = found.document["tagging"].get("tagProperty", "/properties/Tags").split("/")[2]
        if pointer in found.properties or "TagSpecifications" in found.properties:
            flagged += 1
            assert found.tags is not None, found.untaggable
            assert found.tags.property_name in found.properties
            assert found.tags.create_only == any(p[0] == found.tags.property_name for p in found.create_only), name
    assert flagged > 1000


# ---------------------------------------------------------------- update behaviour


@pytest.mark.parametrize(
    ("type_name", "path", "impact"),
    [
        ("AWS::IAM::Role", ("RoleName",), Impact.REPLACEMENT),
        ("AWS::IAM::Role", ("Policies", 0, "PolicyName"), Impact.NO_INTERRUPTION),
        ("AWS::IAM::ManagedPolicy", ("ManagedPolicyName",), Impact.REPLACEMENT),
        ("AWS::IAM::InstanceProfile", ("InstanceProfileName",), Impact.REPLACEMENT),
        ("AWS::Lambda::Function", ("Code", "ZipFile"), Impact.NO_INTERRUPTION),
        ("AWS::Lambda::Function", ("FunctionName",), Impact.REPLACEMENT),
        ("AWS::S3::Bucket", ("PublicAccessBlockConfiguration",), Impact.NO_INTERRUPTION),
        ("AWS::ApiGatewayV2::DomainName", ("Tags",), Impact.NO_INTERRUPTION),
        ("AWS::ApiGatewayV2::DomainName", ("DomainName",), Impact.REPLACEMENT),
        ("AWS::EC2::Subnet", ("AvailabilityZone",), Impact.REPLACEMENT),
        # Below and above what is listed, and in a list.
        ("AWS::EC2::LaunchTemplate", ("TagSpecifications", 0, "Tags"), Impact.NO_INTERRUPTION),
        ("AWS::ECS::TaskDefinition", ("ContainerDefinitions", 0, "Image"), Impact.REPLACEMENT),
        ("AWS::EKS::Cluster", ("EncryptionConfig", 0), Impact.REPLACEMENT),
        ("AWS::RedshiftServerless::Snapshot", ("Tags", 0, "Value"), Impact.REPLACEMENT),
        # It depends on the value: the worst is told.
        ("AWS::RDS::DBInstance", ("Engine",), Impact.REPLACEMENT),
        # No update handler.
        ("AWS::AppStream::ImageBuilder", ("Description",), Impact.REPLACEMENT),
        # SAM: that of the generated resource.
        ("AWS::Serverless::Function", ("FunctionName",), Impact.REPLACEMENT),
        ("AWS::Serverless::Function", ("InlineCode",), Impact.NO_INTERRUPTION),
        ("AWS::Serverless::StateMachine", ("Name",), Impact.REPLACEMENT),
        ("AWS::Serverless::LayerVersion", ("ContentUri",), Impact.REPLACEMENT),
    ],
)
def test_impact(type_name: str, path: tuple[str | int, ...], impact: Impact) -> None:
    assert known(type_name).impact(path) is impact


# ---------------------------------------------------------------- properties


def test_property_schemas_and_types() -> None:
    function = known("AWS::Lambda::Function")
    assert {"Code", "Role"} == function.required
    assert "integer" in function.types(("Timeout",))
    assert "string" in function.types(("VpcConfig", "SubnetIds", 0))
    assert "string" in function.types(("Environment", "Variables", "LOG_LEVEL"))
    assert function.types(("Handler",)) == {"string"}
    assert function.property_schema(("TracingConfig", "Mode")) is not None
    assert "Active" in (function.property_schema(("TracingConfig", "Mode")) or {})["enum"]
    assert function.property_schema(("TracingConfig", "Moode")) is None
    assert function.property_schema(("Timeout", 0)) is None
    assert function.types(("Nope",)) == frozenset()
    inner = ("Rules", 0, "Statement", "AndStatement", "Statements", 0, "NotStatement")
    assert "object" in known("AWS::WAFv2::WebACL").types(inner)
    assert "object" in known("AWS::Serverless::Function").types(("Tags",))
    assert ("Arn",) in function.read_only


def test_types_without_a_schema() -> None:
    for name in ("AWS::S3::Bukket", "Custom::Thing", "AWS::CloudFormation::CustomResource", "A::B::C::MODULE", ""):
        assert schema(name) is None


def test_types_of_other_regions_are_known() -> None:
    import json
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("cfnlint")
    assert spec is not None
    assert spec.submodule_search_locations
    providers = Path(spec.submodule_search_locations[0], "data", "schemas", "providers")
    elsewhere = resource_types() - set(json.loads((providers / "us-east-1.json").read_text()))
    name = min(n for n in elsewhere if not n.startswith("AWS::Serverless::"))
    assert known(name).type_name == name


def test_stateful_types() -> None:
    assert {"AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::RDS::DBInstance"} <= stateful_types()
    assert "AWS::Lambda::Function" not in stateful_types()


# ---------------------------------------------------------------- attributes


def test_attributes_are_those_of_cfn_lint() -> None:
    manager = pytest.importorskip("cfnlint.schema.manager").ProviderSchemaManager()
    special = {  # one of each kind, and what the tables hold
        "AWS::CloudFormation::Stack",
        "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
        "AWS::AmazonMQ::Broker",
        "AWS::Cognito::UserPool",
        "AWS::AppMesh::Mesh",
        "AWS::DocDB::DBCluster",
    }
    in_region = sorted(set(manager.get_resource_types("us-east-1")) & resource_types())
    for name in sorted(special | set(in_region[::25]) | (identified_types() & set(in_region))):
        if schema(name) is None:
            continue
        theirs = {key.replace("\\..*", ".*") for key in manager.get_type_getatts(name, "us-east-1").data}
        assert known(name).attributes == theirs, name


def test_tables_of_attributes_are_those_of_cfn_lint() -> None:
    from fixer.cloudformation.types import attributes

    # A newer cfn-lint may bring changes of its lists: they are to be copied then.
    _getatts = pytest.importorskip("cfnlint.schema._getatts")
    assert set(_getatts._all_property_types) == attributes._EVERY_PROPERTY
    assert {k: tuple(v) for k, v in _getatts._exceptions.items()} == attributes._MORE


def test_kinds_of_attributes() -> None:
    assert known("AWS::RDS::DBInstance").has_attribute("Endpoint.Address")
    assert not known("AWS::RDS::DBInstance").has_attribute("Endpoint.Adress")
    assert known("AWS::CloudFormation::Stack").has_attribute("Outputs.VpcId")
    assert not known("AWS::CloudFormation::Stack").has_attribute("Outputs")
    assert not known("AWS::CloudFormation::Stack").attribute_is_list("Outputs.VpcId")
    assert known("AWS::Route53::HostedZone").attribute_is_list("NameServers")
    assert known("AWS::EC2::Subnet").attribute_is_list("Ipv6CidrBlocks")
    assert not known("AWS::S3::Bucket").attribute_is_list("Arn")
    assert known("AWS::S3::Bucket").attribute_types("Nope") == frozenset()


# ---------------------------------------------------------------- identifiers


def test_every_identifier_exists_and_is_scalar() -> None:
    from fixer.cloudformation.outputs.identifiers import _IDENTIFIERS

    for name, listed in _IDENTIFIERS.items():
        found = known(name)
        assert len({i.suffix for i in listed}) == len(listed), name
        for identifier in listed:
            assert identifier.suffix.isalnum()
            for condition in (*identifier.when, *identifier.unless):
                assert condition.partition("=")[0] in found.properties, (name, condition)
            if identifier.attribute is not None:
                assert found.has_attribute(identifier.attribute), (name, identifier.attribute)
                assert found.attribute_types(identifier.attribute) & {"string", "integer", "number"}, (name, identifier)
                assert not found.attribute_is_list(identifier.attribute), (name, identifier.attribute)


def test_what_ref_returns_agrees_with_the_primary_identifier() -> None:
    """The last word of the one primary identifier says name, id, ARN or URL, save where Ref is known to differ."""
    from fixer.cloudformation.outputs.identifiers import _OTHER_REFS

    differs = {
        "AWS::DAX::Cluster",
        "AWS::CloudFormation::Stack",
        "AWS::CodeBuild::Project",
        "AWS::Elasticsearch::Domain",
        "AWS::ElastiCache::CacheCluster",
        "AWS::SecretsManager::Secret",
    }
    words = {"arn": "Arn", "id": "Id", "name": "Name", "url": "Url", "identifier": "Id"}
    for name in sorted(identified_types() | set(_OTHER_REFS)):
        primary = known(name).primary_identifier
        returned = ref_returns(name)
        if returned is None or len(primary) != 1:
            continue
        expected = next(word for ending, word in words.items() if primary[0][-1].lower().endswith(ending))
        assert (returned == expected) != (name in differs), (name, returned, primary)


@pytest.mark.parametrize(
    ("type_name", "returned"),
    [
        ("AWS::SQS::Queue", "Url"),
        ("AWS::SNS::Topic", "Arn"),
        ("AWS::ECS::Service", "Arn"),
        ("AWS::IAM::Role", "Name"),
        ("AWS::IAM::ManagedPolicy", "Arn"),
        ("AWS::SecretsManager::Secret", "Arn"),
        ("AWS::CloudWatch::Alarm", "Name"),
        ("AWS::KMS::Key", "Id"),
        ("AWS::EC2::EIP", "PublicIp"),
        ("AWS::Serverless::StateMachine", "Arn"),
        ("AWS::EC2::Route", None),
    ],
)
def test_ref_returns(type_name: str, returned: str | None) -> None:
    assert ref_returns(type_name) == returned


def test_identifiers_that_depend_on_properties() -> None:
    def suffixes(type_name: str, **properties: object) -> list[str]:
        return [i.suffix for i in identifiers(type_name, properties)]

    assert "StreamArn" not in suffixes("AWS::DynamoDB::Table")
    assert "StreamArn" in suffixes("AWS::DynamoDB::Table", StreamSpecification={"StreamViewType": "KEYS_ONLY"})
    assert "StreamArn" not in suffixes(
        "AWS::DynamoDB::Table", StreamSpecification={"Fn::If": ["HasStream", {}, {"Ref": "AWS::NoValue"}]}
    )
    assert "ReadEndpointAddress" in suffixes("AWS::RDS::DBCluster")
    assert "ReadEndpointAddress" in suffixes("AWS::RDS::DBCluster", EngineMode="provisioned")
    assert "ReadEndpointAddress" not in suffixes("AWS::RDS::DBCluster", EngineMode="serverless")
    balancer = "AWS::ElasticLoadBalancingV2::LoadBalancer"
    assert "DnsName" in suffixes(balancer, Type="network")
    assert "DnsName" not in suffixes(balancer, Type="gateway")
    assert "DnsName" not in suffixes(balancer, Type={"Ref": "Kind"})
    assert suffixes("AWS::CloudWatch::Alarm") == ["Name"]
    assert suffixes("AWS::SecretsManager::Secret") == ["Arn"]
    assert suffixes("AWS::EC2::Route") == []


def test_cfn_lint_is_not_imported() -> None:
    code = (
        "import sys; from fixer.cloudformation.types.schemas import schema; "
        "assert schema('AWS::S3::Bucket').tags; print([m for m in sys.modules if m.startswith('cfnlint')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"
