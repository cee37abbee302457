"""A database, directory or cache takes its password from a parameter.

## Why
Whoever deploys has to know the password, pass it on, and keep it somewhere; without NoEcho, everybody who may describe
the stack reads it. CloudFormation can read it from Secrets Manager itself (cfn-lint W1011; user guide, "Security best
practices").

## Repair
A dynamic reference, `{{resolve:secretsmanager:...}}`, takes the place of the parameter:

- to a secret of the template that holds the value of the parameter; the password stays the same, and so does the
  parameter;
- else to a new `AWS::SecretsManager::Secret` with a generated password of 30 letters and digits, which RDS, Redshift,
  Directory Service and ElastiCache take, and with the name of the master user. Whatever else gets the parameter gets the
  secret too, such as a variable of a function; then the parameter goes.

Told of, and left alone: a parameter that also goes where a secret cannot be read, as a condition, an output, UserData, a
nested stack or a custom resource, because that would be left with another password; one that comes from the Parameter
Store; and services whose passwords come from elsewhere, or have to follow rules that are not known here: users of IAM,
OpsWorks, and Firehose without the Redshift cluster.

## Safety
Unsafe: the generated password is a new one. In a live stack the password changes with the next update, and who logs in
with the old one cannot any more. Who passes the parameter has to stop.

## Impact
That of a change of each property, as the schemas say. The password of a database changes without interruption; that of a
directory is taken at its creation only, and the directory is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fixer.cloudformation.entries import Parameter, Resource
from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.limits import full
from fixer.cloudformation.parameters import removal
from fixer.cloudformation.references import Reference
from fixer.cloudformation.secrets import (
    SECRET,
    dynamic_reference,
    generated,
    holders,
    is_replaceable,
    replacement,
    room_for_references,
)
from fixer.cloudformation.template import Template
from fixer.cloudformation.types.deletion_policies import with_policies
from fixer.cloudformation.unused import alone
from fixer.model import Case, Finding, Fix, Insert, Operation, Options, Safety, before, transform

INVALID = (
    Case(
        "a database and a function",
        before="""\
Parameters:
  User: {Type: String, Default: app}
  Password: {Type: String, NoEcho: true, MinLength: 8}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      DBInstanceClass: db.t4g.micro
      Engine: postgres
      MasterUsername: !Ref User
      MasterUserPassword: !Ref Password # not in the template
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          URL: !Sub "postgres://${User}:${Password}@${Database.Endpoint.Address}"
""",
        after="""\
Parameters:
  User: {Type: String, Default: app}
Resources:
  DatabaseSecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      GenerateSecretString:
        SecretStringTemplate: !Sub '{"username": "${User}"}'
        GenerateStringKey: password
        PasswordLength: 30
        ExcludePunctuation: true
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      DBInstanceClass: db.t4g.micro
      Engine: postgres
      MasterUsername: !Ref User
      MasterUserPassword: !Sub "{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}" # not in the template
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          URL: !Sub "postgres://${User}:{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}@${Database.Endpoint.Address}"
""",
        unsafe=True,
    ),
    Case(
        "JSON, a secret that holds it",
        before="""\
{
  "Parameters": {
    "Password": {"Type": "String", "NoEcho": true}
  },
  "Resources": {
    "Login": {
      "Type": "AWS::SecretsManager::Secret",
      "Properties": {
        "SecretString": {"Fn::Sub": "{\\"user\\": \\"admin\\", \\"pass\\": \\"${Password}\\"}"}
      }
    },
    "Cluster": {
      "Type": "AWS::RDS::DBCluster",
      "Properties": {
        "Engine": "aurora-mysql",
        "MasterUsername": "admin",
        "MasterUserPassword": {"Ref": "Password"}
      }
    }
  }
}
""",
        after="""\
{
  "Parameters": {
    "Password": {"Type": "String", "NoEcho": true}
  },
  "Resources": {
    "Login": {
      "Type": "AWS::SecretsManager::Secret",
      "Properties": {
        "SecretString": {"Fn::Sub": "{\\"user\\": \\"admin\\", \\"pass\\": \\"${Password}\\"}"}
      }
    },
    "Cluster": {
      "Type": "AWS::RDS::DBCluster",
      "Properties": {
        "Engine": "aurora-mysql",
        "MasterUsername": "admin",
        "MasterUserPassword": {"Fn::Sub": "{{resolve:secretsmanager:${Login}:SecretString:pass}}"}
      }
    }
  }
}
""",
        unsafe=True,
    ),
)
VALID = (
    Case(
        "a dynamic reference",
        before="""\
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: "{{resolve:secretsmanager:orders:SecretString:password}}"
""",
        unsafe=True,
    ),
    Case(
        "UserData gets it too",
        before="""\
Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref Password}}
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub "start ${Password}"
""",
        unsafe=True,
        says="Resources.Server.Properties.UserData.Fn::Base64.Fn::Sub gets it too, and cannot read the secret",
    ),
)

_GENERATED = frozenset(
    {
        ("AWS::DirectoryService::MicrosoftAD", "Password"),
        ("AWS::DirectoryService::SimpleAD", "Password"),
        ("AWS::ElastiCache::ReplicationGroup", "AuthToken"),
        ("AWS::RDS::DBCluster", "MasterUserPassword"),
        ("AWS::RDS::DBInstance", "MasterUserPassword"),
        ("AWS::Redshift::Cluster", "MasterUserPassword"),
    }
)
"""Properties that make a password what it is."""
_IN_USE = "the password is in use elsewhere"
_GIVEN: dict[tuple[str, ...], str] = {
    ("AWS::IAM::User", "LoginProfile", "Password"): "the account's password policy may ask for other characters",
    ("AWS::KinesisFirehose::DeliveryStream", "RedshiftDestinationConfiguration", "Password"): _IN_USE,
    ("AWS::OpsWorks::App", "AppSource", "Password"): _IN_USE,
    ("AWS::OpsWorks::Stack", "CustomCookbooksSource", "Password"): _IN_USE,
    ("AWS::OpsWorks::Stack", "RdsDbInstances", "DbPassword"): _IN_USE,
}
"""Properties with a password that a generated one may not be, and why; with those above, all of cfn-lint W1011."""

_SAME = "the password stays, but from now on who changes it in {0} changes it for the stack, with its next update"
_NEW = (
    "the password of {0} becomes a new one, in a live stack with its next update, and who has the old one cannot log in "
    "any more; who passes {1} to the stack has to stop"
)


@transform(lint_rules=("W1011",), valid=VALID, invalid=INVALID)
def secret_parameter(template: Template, options: Options) -> Iterator[Finding]:
    taken: list[str] = []
    going: list[str] = []
    for parameter in template.parameters.values():
        uses = template.references_to(parameter.id, "Parameters")
        sites = [use for use in uses if _is_password(template, use)]
        if not sites:
            continue
        owners = ", ".join(dict.fromkeys(str(site.path[1]) for site in sites))
        message = f"The password of {owners} comes from parameter {parameter.id}"
        found = _held(template, parameter, sites) or _new(template, parameter, sites, uses, taken, options)
        if isinstance(found, str):
            yield Finding(message, sites[0].path, reason=found)
            continue
        title, operations, reason = found
        impact = max(impact_at(template, operation.path) for operation in operations)
        if isinstance(operations[-1], Insert):
            taken.append(str(operations[-1].path[1]))
            going.append(parameter.id)
            whole = len(going) > 1 and len(going) == len(template.section("Parameters"))
            first, *rest = removal(template, parameter.id)
            operations += (alone(template, "Parameters", parameter.id) if whole else first, *rest)
        yield Finding(message, sites[0].path, Fix(title, operations, Safety.UNSAFE, impact), reason)


_Found = tuple[str, tuple[Operation, ...], str]
"""Title and operations of a fix, and why it is unsafe."""


def _held(template: Template, parameter: Parameter, sites: Sequence[Reference]) -> _Found | None:
    """The password from a secret of the template that holds it; None if no secret does that can be read there."""
    for secret, key in holders(template, parameter.id):
        if all(
            is_replaceable(template, site)
            and not template.reaches(secret.id, str(site.path[1]))
            and template.holds_at(site.path, secret.condition)
            for site in sites
        ) and room_for_references(template) >= len(sites):
            text = dynamic_reference(secret.id, key)
            operations = {site.path: replacement(template, site, text) for site in sites}
            return f"Read the password from {secret.id}", tuple(operations.values()), _SAME.format(secret.id)
    return None


def _new(
    template: Template,
    parameter: Parameter,
    sites: Sequence[Reference],
    uses: Sequence[Reference],
    taken: Sequence[str],
    options: Options,
) -> _Found | str:
    """A new secret with a generated password, or the reason why there is none."""
    makers = [site for site in sites if _property(template, site) in _GENERATED]
    if parameter.is_ssm:
        return "it is read from the Parameter Store, where somebody else may use it"
    if not makers:
        return _GIVEN[_property(template, sites[0])]
    for use in uses:
        if not is_replaceable(template, use):
            place = ".".join(map(str, use.path))
            return f"{place} gets it too, and cannot read the secret" if use not in sites else f"{place} is in a loop"
    if len(taken) >= template.room_for("Resources"):
        return full("Resources")
    if room_for_references(template) < len(uses):
        return "the template would have more dynamic references than CloudFormation takes"
    owner = template.resources[str(makers[0].path[1])]
    name = template.fresh_id(f"{owner.id}Secret", "Resources", taken)
    text = dynamic_reference(name)
    replaced = {use.path: replacement(template, use, text) for use in uses}
    owners = ", ".join(dict.fromkeys(str(site.path[1]) for site in makers))
    insert = Insert(("Resources", name), _secret(template, owner, uses, options), before(owner.id))
    return f"Generate the password in {name}", (*replaced.values(), insert), _NEW.format(owners, parameter.id)


def _secret(template: Template, owner: Resource, uses: Sequence[Reference], options: Options) -> dict[str, object]:
    body: dict[str, object] = {"Type": SECRET}
    conditions = {template.condition_of(use.path) for use in uses}
    if conditions == {owner.condition} and owner.condition is not None:
        body["Condition"] = owner.condition
    return with_policies({**body, "Properties": generated(owner)}, options, owner.body)


def _is_password(template: Template, use: Reference) -> bool:
    """Whether a parameter is all of a password. It may also be a part of the name of a secret."""
    found = _property(template, use)
    whole = use.kind == "Ref" or template.value_at(use.path) == "${" + use.target + "}"
    return whole and use.kind in ("Ref", "Sub") and (found in _GENERATED or found in _GIVEN)


def _property(template: Template, use: Reference) -> tuple[str, ...]:
    """Type and names of the property at which a reference is, or the text of a ``Fn::Sub`` that it stands in."""
    owner = template.resource_at(use.path)
    if owner is None or use.path[len(owner.path) : len(owner.path) + 1] != ("Properties",):
        return ()
    keys = [key for key in use.path[len(owner.path) + 1 :] if isinstance(key, str)]
    if not {"Fn::If", "Fn::Sub"}.issuperset(key for key in keys if key.startswith("Fn::")):
        return ()
    return (owner.type, *(key for key in keys if not key.startswith("Fn::")))
