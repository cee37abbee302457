"""A value names the stack's own Region literally.

## Why
An ARN, an address or an endpoint with `us-east-1` in it makes a template that works in one Region only.

## Repair
The Region becomes `${AWS::Region}`, in ARNs, in addresses of services, in names of VPC endpoints
(`com.amazonaws.us-east-1.s3`), in links to the console, in the widgets of dashboards and in options of commands
(`--region us-east-1`); `awslogs-region`, `AwsRegion` and variables such as `AWS_DEFAULT_REGION` become
`!Ref AWS::Region`, and the argument of `Fn::GetAZs` the empty string, which means the same (CloudFormation user
guide, "Fn::GetAZs").

A value that is the Region and nothing more becomes `!Ref AWS::Region` if its name says Region and no more (`REGION`,
`AWS_REGION`, `RegionName`; of a variable, a tag, a parameter of a nested stack), and so does the one replica of a global
table, which has to be in the stack's Region. `AWS_REGION` and `AWS_DEFAULT_REGION` go from the variables of a Lambda
function: Lambda sets them itself and refuses a template that does (cfn-lint E3663).

Only if the template names one Region altogether: in its values and in the defaults of its parameters; what its
mappings list is for any Region. A finding without a fix: several Regions, or a condition that asks for this one;
certificates, web ACLs and functions of edge services (CloudFront, Cognito domains, edge-optimized domains), which
have to be in us-east-1; services that work from one Region; keys, layers, buckets and other things that are in one
Region; accounts of AWS; a Region
as the whole value where another may be meant (custom resources, stack sets, records that answer by latency, lists,
names such as `BackupRegion` or `BEDROCK_REGION`, policies that ask for `aws:RequestedRegion`). Never in parameters, mappings and conditions.

## Safety
Unsafe: whether the Region is meant to be the stack's own is not written anywhere.

## Impact
None for a stack that is in that Region: its values stay the same. As it may be in another one, the impact is that of
a change, as the provider schema says for each property.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixer.cloudformation.functions.variables import without
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import ref
from fixer.cloudformation.places.literal_arns import all_regions, regions_in
from fixer.cloudformation.places.regions import is_region
from fixer.cloudformation.places.whole_regions import WholeRegion, whole_region
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Insertion, Text, hindrance, texts
from fixer.model import Case, Finding, Fix, Operation, Options, Path, Safety, Set, transform

INVALID = (
    Case(
        "ARNs, endpoints and logs",
        unsafe=True,
        before="""\
Resources:
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: com.amazonaws.eu-west-1.s3
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource: !Sub arn:aws:logs:eu-west-1:${AWS::AccountId}:*
          - Resource: 'arn:aws:sqs:eu-west-1:*:orders'
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - LogConfiguration:
            Options: {awslogs-region: eu-west-1}
""",
        after="""\
Resources:
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Resource: !Sub arn:aws:logs:${AWS::Region}:${AWS::AccountId}:*
          - Resource: !Sub 'arn:aws:sqs:${AWS::Region}:*:orders'
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - LogConfiguration:
            Options: {awslogs-region: !Ref AWS::Region}
""",
    ),
    Case(
        "JSON, parts of a Join and zones",
        unsafe=True,
        before="""\
{
  "Resources": {
    "Subnet": {
      "Type": "AWS::EC2::Subnet",
      "Properties": {
        "VpcId": {"Ref": "Vpc"},
        "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": "us-west-1"}]}
      }
    }
  },
  "Outputs": {
    "Url": {
      "Value": {"Fn::Join": ["", ["//", {"Ref": "Api"}, ".execute-api.us-west-1.amazonaws.com/prod"]]}
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Subnet": {
      "Type": "AWS::EC2::Subnet",
      "Properties": {
        "VpcId": {"Ref": "Vpc"},
        "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}
      }
    }
  },
  "Outputs": {
    "Url": {
      "Value": {"Fn::Join": ["", ["//", {"Ref": "Api"}, {"Fn::Sub": ".execute-api.${AWS::Region}.amazonaws.com/prod"}]]}
    }
  }
}
""",
    ),
)
VALID = (
    Case(
        "what edge services need in us-east-1",
        unsafe=True,
        before="""\
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        WebACLId: arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/8b2a4d0e
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/3c4d
        DefaultCacheBehavior:
          LambdaFunctionAssociations:
            - LambdaFunctionARN: arn:aws:lambda:us-east-1:111122223333:function:edge:1
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: example.com
      CertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/3c4d
""",
        says="services of the edge locations",
    ),
)

_REASON = "whether this is meant to be the stack's own Region is not written anywhere"


@transform(lint_rules=("I3042", "E3663"), valid=VALID, invalid=INVALID)
def hard_coded_region(template: Template, options: Options) -> Iterator[Finding]:
    named = _named(template)
    asked = all_regions(repr(template.section("Conditions")))
    found_in = [(text, list(regions_in(template, text))) for text in texts(template)]
    bound = {(text.path[:2], found.name) for text, mentions in found_in for found in mentions if found.foreign}
    for text, found_here in found_in:
        mentions = {(found.start, found.end): found for found in found_here}
        for foreign in (found for found in mentions.values() if found.foreign):
            yield Finding(f"Region {foreign.name} is written out", text.path, reason=foreign.foreign)
        own = [
            found for found in mentions.values() if not found.foreign and text.outside_braces(found.start, found.end)
        ]
        if own:
            why_not = hindrance(template, text) or _doubt(own[0].name, named, asked)
            operation = (
                None if why_not else text.with_variables(Insertion(at.start, at.end, "AWS::Region") for at in own)
            )
            yield _finding(template, text.path, own[0].name, operation, why_not)
        whole = whole_region(template, text)
        if whole is not None:
            beside = "something else here is in that Region, and may be what it is about"
            doubt = _doubt(whole.name, named, asked) or (beside if (text.path[:2], whole.name) in bound else "")
            yield _on_whole(template, text, whole, doubt)
    for path, region in template.functions("Fn::GetAZs"):
        if is_region(region) and path[0] in ("Resources", "Outputs"):
            yield _finding(template, path, region, Set((*path, "Fn::GetAZs"), ""), _doubt(region, named, asked))


def _on_whole(template: Template, text: Text, whole: WholeRegion, doubt: str) -> Finding:
    if not whole.reserved:
        why_not = whole.foreign or hindrance(template, text) or doubt
        return _finding(template, text.path, whole.name, Set(text.path, ref("AWS::Region")), why_not)
    message = f"{whole.reserved} is among the variables of a Lambda function"
    reason = f"{whole.name} may be meant, but Lambda sets the variable to the function's own Region, and refuses the template"
    if text.fixed:
        return Finding(message, whole.place, reason=text.fixed)
    operations = without(template, whole.place[:-1], [whole.reserved])
    fix = Fix(f"Remove {whole.reserved}", operations, Safety.UNSAFE, impact_at(template, whole.place))
    return Finding(message, whole.place, fix, reason)


def _named(template: Template) -> frozenset[str]:
    """The Regions that the template names in its values and its parameters' defaults, edge services apart."""
    names: set[str] = set()
    for text in texts(template):
        if not all_regions(text.text):
            continue
        foreign = {found.name for found in regions_in(template, text) if found.foreign}
        names |= all_regions(text.text) - foreign
    for parameter in template.parameters.values():
        names |= all_regions(str(parameter.default))
    return frozenset(names)


def _doubt(region: str, named: frozenset[str], asked: frozenset[str]) -> str:
    if named - {region}:
        return f"the template also names {', '.join(sorted(named - {region}))}"
    return f"a condition asks for {region}" if region in asked else ""


def _finding(template: Template, path: Path, region: str, operation: Operation | None, why_not: str) -> Finding:
    message = f"Region {region} is written out"
    if operation is None or why_not:
        return Finding(message, path, reason=why_not)
    return Finding(
        message, path, Fix("Use ${AWS::Region}", (operation,), Safety.UNSAFE, impact_at(template, path)), _REASON
    )
