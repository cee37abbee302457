"""Actions that have resource types and yet are not to be scoped, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from fixer.cloudformation.iam.authorization import Action

_ALL = "it can be called for all resources at once, which is authorized for *"
_AGENT = "Systems Manager calls it for documents and instances that are not of this template"

_ACTIONS: Mapping[str, str] = {
    # Of a whole cluster, it is authorized for * (https://github.com/cdklabs/construct-hub/pull/1207).
    "ecs:listtasks": "the tasks of a cluster are listed with a permission for *",
    "ecs:describecapacityproviders": _ALL,
    "ecr:describerepositories": _ALL,
    "cloudwatch:describealarms": _ALL,
    "cloudwatch:describealarmhistory": _ALL,
    "codebuild:batchgetreports": _ALL,
    "dynamodb:listexports": _ALL,
    "dynamodb:listimports": _ALL,
    "elasticfilesystem:describefilesystems": _ALL,
    "elasticfilesystem:describeaccesspoints": _ALL,
    "elasticfilesystem:describemounttargets": _ALL,
    "logs:describemetricfilters": _ALL,
    "logs:getlogrecord": "a record is named by a pointer, whatever its log group is",
    # A hierarchy is authorized as a parameter of its own (Systems Manager user guide, "Restricting access").
    "ssm:getparametersbypath": "it reads a whole hierarchy, whose path is not known here",
    "dynamodb:restoretabletopointintime": "it makes a new table",
    "dynamodb:restoretablefromawsbackup": "it makes a new table",
    "dynamodb:importtable": "it makes a new table",
    "dynamodb:createtablereplica": "it works on the replicas of other Regions too",
    "dynamodb:restoretablefrombackup": "it makes a new table",
    "ecs:registertaskdefinition": "it makes a new revision",
    "iam:createservicelinkedrole": "a service-linked role is never one of a template",
    "iam:deleteservicelinkedrole": "a service-linked role is never one of a template",
    "iam:getservicelinkedroledeletionstatus": "a service-linked role is never one of a template",
}


def exception(action: Action) -> str:
    """Why an action with resource types needs ``*`` all the same; empty if it does not."""
    if action.service == "ec2" and "networkinterface" in action.name:
        return "a function in a VPC makes network interfaces of its own, which no policy can name beforehand"
    if action.service == "ec2" and action.name.endswith(("privateipaddresses", "ipv6addresses")):
        return "it is for network interfaces that Lambda makes, which no policy can name beforehand"
    if action.service == "ssm" and "document" in action.types:
        return _AGENT
    return _ACTIONS.get(str(action), "")


def makes_new(action: Action) -> bool:
    """Whether it makes resources of a type of its own, which the template cannot hold already: ``s3:CreateBucket``.

    Log groups are another matter: who writes into one makes it at need, under a name that is known.
    """
    made = action.name.removeprefix("create")
    return (
        str(action) != "logs:createloggroup" and made != action.name and made in {_plain(name) for name in action.types}
    )


def _plain(name: str) -> str:
    return name.replace("-", "").replace(" ", "")
