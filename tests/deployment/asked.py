"""What a service's own API says about a resource: asked with the physical id that the stack gives, so that an output
can be compared with something that was not made from the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.deployment.taught import REGION, client

Told = Mapping[str, Any]
"""Attribute to value; the empty string is what Ref returns."""


def told(kind: str, physical_id: str) -> Told:
    """Raises KeyError for a type about which nobody is asked here."""
    return ASKED[kind](physical_id)


def _first(service: str, operation: str, result: str, **arguments: Any) -> dict[str, Any]:
    found: list[dict[str, Any]] = getattr(client(service), operation)(**arguments)[result]
    assert len(found) == 1, f"{operation} {arguments} finds {len(found)}"
    return found[0]


def _api(name: str) -> Told:
    found = client("apigateway").get_rest_api(restApiId=name)
    (root,) = (r for r in client("apigateway").get_resources(restApiId=name)["items"] if r["path"] == "/")
    return {"": found["id"], "RestApiId": found["id"], "RootResourceId": root["id"]}


def _domain(name: str) -> Told:
    found = client("apigateway").get_domain_name(domainName=name)
    return {"": found["domainName"]}


def _http_api(name: str) -> Told:
    found = client("apigatewayv2").get_api(ApiId=name)
    return {"": found["ApiId"], "ApiId": found["ApiId"], "ApiEndpoint": found["ApiEndpoint"]}


def _stage(name: str) -> Told:
    apis = client("apigateway").get_rest_apis()["items"]
    stages = [s for api in apis for s in client("apigateway").get_stages(restApiId=api["id"])["item"]]
    assert name in {s["stageName"] for s in stages}
    return {"": name}


def _bucket(name: str) -> Told:
    client("s3").head_bucket(Bucket=name)
    return {
        "": name,
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{REGION}.amazonaws.com",
        "WebsiteURL": f"http://{name}.s3-website-{REGION}.amazonaws.com",
    }


def _table(name: str) -> Told:
    found = client("dynamodb").describe_table(TableName=name)["Table"]
    return {"": found["TableName"], "Arn": found["TableArn"], "StreamArn": found.get("LatestStreamArn")}


def _queue(url: str) -> Told:
    arn = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return {"": url, "Arn": arn, "QueueName": arn.rpartition(":")[2], "QueueUrl": url}


def _topic(arn: str) -> Told:
    found = client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]["TopicArn"]
    return {"": found, "TopicArn": found, "TopicName": found.rpartition(":")[2]}


def _function(name: str) -> Told:
    found = client("lambda").get_function(FunctionName=name)["Configuration"]
    return {"": found["FunctionName"], "Arn": found["FunctionArn"]}


def _role(name: str) -> Told:
    found = client("iam").get_role(RoleName=name)["Role"]
    return {"": found["RoleName"], "Arn": found["Arn"], "RoleId": found["RoleId"]}


def _profile(name: str) -> Told:
    found = client("iam").get_instance_profile(InstanceProfileName=name)["InstanceProfile"]
    return {"": found["InstanceProfileName"], "Arn": found["Arn"]}


def _managed_policy(arn: str) -> Told:
    found = client("iam").get_policy(PolicyArn=arn)["Policy"]["Arn"]
    return {"": found, "PolicyArn": found}


def _user(name: str) -> Told:
    found = client("iam").get_user(UserName=name)["User"]
    return {"": found["UserName"], "Arn": found["Arn"]}


def _log_group(name: str) -> Told:
    found = client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    (arn,) = (group["arn"] for group in found if group["logGroupName"] == name)
    return {"": name, "Arn": arn}


def _key(name: str) -> Told:
    found = client("kms").describe_key(KeyId=name)["KeyMetadata"]
    return {"": found["KeyId"], "KeyId": found["KeyId"], "Arn": found["Arn"]}


def _alias(name: str) -> Told:
    (found,) = (a["AliasName"] for a in client("kms").list_aliases()["Aliases"] if a["AliasName"] == name)
    return {"": found}


def _alarm(name: str) -> Told:
    found = _first("cloudwatch", "describe_alarms", "MetricAlarms", AlarmNames=[name])
    return {"": found["AlarmName"], "Arn": found["AlarmArn"]}


def _dashboard(name: str) -> Told:
    return {"": client("cloudwatch").get_dashboard(DashboardName=name)["DashboardName"]}


def _document(name: str) -> Told:
    return {"": client("ssm").describe_document(Name=name)["Document"]["Name"]}


def _listener(arn: str) -> Told:
    found = _first("elbv2", "describe_listeners", "Listeners", ListenerArns=[arn])["ListenerArn"]
    return {"": found, "ListenerArn": found}


def _database(name: str) -> Told:
    found = _first("rds", "describe_db_instances", "DBInstances", DBInstanceIdentifier=name)
    endpoint = {f"Endpoint.{key}": str(found["Endpoint"][key]) for key in ("Address", "Port")}
    return {"": found["DBInstanceIdentifier"], "DBInstanceArn": found["DBInstanceArn"], **endpoint}


def _rule(name: str) -> Told:
    found = client("events").describe_rule(Name=name.rpartition("/")[2])
    return {"": found["Name"], "Arn": found["Arn"]}


def _secret(arn: str) -> Told:
    found = client("secretsmanager").describe_secret(SecretId=arn)["ARN"]
    return {"": found, "Id": found}


def _machine(arn: str) -> Told:
    found = client("stepfunctions").describe_state_machine(stateMachineArn=arn)
    return {"": found["stateMachineArn"], "Arn": found["stateMachineArn"], "Name": found["name"]}


def _repository(name: str) -> Told:
    found = _first("ecr", "describe_repositories", "repositories", repositoryNames=[name])
    return {"": found["repositoryName"], "Arn": found["repositoryArn"], "RepositoryUri": found["repositoryUri"]}


def _cluster(name: str) -> Told:
    found = _first("ecs", "describe_clusters", "clusters", clusters=[name])
    return {"": found["clusterName"], "Arn": found["clusterArn"]}


def _service(arn: str) -> Told:
    cluster = arn.split("/")[-2]
    found = _first("ecs", "describe_services", "services", cluster=cluster, services=[arn])
    return {"": found["serviceArn"], "ServiceArn": found["serviceArn"], "Name": found["serviceName"]}


def _task(arn: str) -> Told:
    return {"": client("ecs").describe_task_definition(taskDefinition=arn)["taskDefinition"]["taskDefinitionArn"]}


def _balancer(arn: str) -> Told:
    found = _first("elbv2", "describe_load_balancers", "LoadBalancers", LoadBalancerArns=[arn])
    return {
        "": found["LoadBalancerArn"],
        "LoadBalancerArn": found["LoadBalancerArn"],
        "DNSName": found["DNSName"],
        "LoadBalancerName": found["LoadBalancerName"],
        "LoadBalancerFullName": found["LoadBalancerArn"].partition("loadbalancer/")[2],
        "CanonicalHostedZoneID": found.get("CanonicalHostedZoneId"),
    }


def _target_group(arn: str) -> Told:
    found = _first("elbv2", "describe_target_groups", "TargetGroups", TargetGroupArns=[arn])
    return {"": found["TargetGroupArn"], "TargetGroupArn": found["TargetGroupArn"]}


def _group(name: str) -> Told:
    operation = "describe_auto_scaling_groups"
    found = _first("autoscaling", operation, "AutoScalingGroups", AutoScalingGroupNames=[name])
    return {"": found["AutoScalingGroupName"]}


def _file_system(name: str) -> Told:
    found = _first("efs", "describe_file_systems", "FileSystems", FileSystemId=name)
    return {"": found["FileSystemId"], "FileSystemId": found["FileSystemId"], "Arn": found["FileSystemArn"]}


def _stream(name: str) -> Told:
    found = client("kinesis").describe_stream(StreamName=name)["StreamDescription"]
    return {"": found["StreamName"], "Arn": found["StreamARN"]}


def _parameter(name: str) -> Told:
    found = client("ssm").get_parameter(Name=name)["Parameter"]
    return {"": found["Name"], "Value": found["Value"], "Type": found["Type"]}


def _zone(name: str) -> Told:
    found = client("route53").get_hosted_zone(Id=name)["HostedZone"]["Id"].rpartition("/")[2]
    return {"": found, "Id": found}


def _instance(name: str) -> Told:
    (found,) = _first("ec2", "describe_instances", "Reservations", InstanceIds=[name])["Instances"]
    names = ("PublicDnsName", "PublicIpAddress", "PrivateIpAddress", "PrivateDnsName")
    public_name, public, private, private_name = (found.get(key, "") for key in names)
    told = {"": found["InstanceId"], "InstanceId": found["InstanceId"], "PublicIp": public, "PrivateIp": private}
    zone = found["Placement"]["AvailabilityZone"]
    return {**told, "PublicDnsName": public_name, "PrivateDnsName": private_name, "AvailabilityZone": zone}


def _address(public_ip: str) -> Told:
    found = _first("ec2", "describe_addresses", "Addresses", PublicIps=[public_ip])
    return {"": found["PublicIp"], "PublicIp": found["PublicIp"], "AllocationId": found["AllocationId"]}


def _ec2(operation: str, result: str, wanted: str, key: str, **more: str) -> Callable[[str], Told]:
    """A type of EC2: ``more`` maps attributes to keys of the description."""

    def ask(name: str) -> Told:
        found = _first("ec2", operation, result, **{wanted: [name]})
        return {"": found[key], key: found[key], **{a: found[k] for a, k in more.items()}}

    return ask


ASKED: dict[str, Callable[[str], Told]] = {
    "AWS::ApiGateway::DomainName": _domain,
    "AWS::ApiGateway::RestApi": _api,
    "AWS::ApiGateway::Stage": _stage,
    "AWS::ApiGatewayV2::Api": _http_api,
    "AWS::AutoScaling::AutoScalingGroup": _group,
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::CloudWatch::Dashboard": _dashboard,
    "AWS::DynamoDB::Table": _table,
    "AWS::EC2::EIP": _address,
    "AWS::EC2::Instance": _instance,
    "AWS::EC2::InternetGateway": _ec2(
        "describe_internet_gateways", "InternetGateways", "InternetGatewayIds", "InternetGatewayId"
    ),
    "AWS::EC2::LaunchTemplate": _ec2(
        "describe_launch_templates", "LaunchTemplates", "LaunchTemplateIds", "LaunchTemplateId"
    ),
    "AWS::EC2::NatGateway": _ec2("describe_nat_gateways", "NatGateways", "NatGatewayIds", "NatGatewayId"),
    "AWS::EC2::RouteTable": _ec2("describe_route_tables", "RouteTables", "RouteTableIds", "RouteTableId"),
    "AWS::EC2::SecurityGroup": _ec2("describe_security_groups", "SecurityGroups", "GroupIds", "GroupId", VpcId="VpcId"),
    "AWS::EC2::Subnet": _ec2(
        "describe_subnets", "Subnets", "SubnetIds", "SubnetId", AvailabilityZone="AvailabilityZone", VpcId="VpcId"
    ),
    "AWS::EC2::VPC": _ec2("describe_vpcs", "Vpcs", "VpcIds", "VpcId", CidrBlock="CidrBlock"),
    "AWS::EC2::VPCEndpoint": _ec2("describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointIds", "VpcEndpointId"),
    "AWS::EC2::Volume": _ec2("describe_volumes", "Volumes", "VolumeIds", "VolumeId"),
    "AWS::ECR::Repository": _repository,
    "AWS::ECS::Cluster": _cluster,
    "AWS::ECS::Service": _service,
    "AWS::ECS::TaskDefinition": _task,
    "AWS::EFS::FileSystem": _file_system,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _balancer,
    "AWS::ElasticLoadBalancingV2::TargetGroup": _target_group,
    "AWS::ElasticLoadBalancingV2::Listener": _listener,
    "AWS::Events::Rule": _rule,
    "AWS::IAM::InstanceProfile": _profile,
    "AWS::IAM::ManagedPolicy": _managed_policy,
    "AWS::IAM::Role": _role,
    "AWS::IAM::User": _user,
    "AWS::KMS::Alias": _alias,
    "AWS::KMS::Key": _key,
    "AWS::Kinesis::Stream": _stream,
    "AWS::Lambda::Function": _function,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::RDS::DBInstance": _database,
    "AWS::Route53::HostedZone": _zone,
    "AWS::S3::Bucket": _bucket,
    "AWS::SNS::Topic": _topic,
    "AWS::SQS::Queue": _queue,
    "AWS::SSM::Document": _document,
    "AWS::SSM::Parameter": _parameter,
    "AWS::SecretsManager::Secret": _secret,
    "AWS::StepFunctions::StateMachine": _machine,
}
