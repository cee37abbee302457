"""Where an allowed action belongs: on resources of the template, or on ``*``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.iam import log_groups
from fixer.cloudformation.iam.arns import Target, can_refer, named, target
from fixer.cloudformation.iam.authorization import Action, expand, is_pattern
from fixer.cloudformation.iam.exceptions import exception, makes_new
from fixer.cloudformation.iam.graph import Graph
from fixer.cloudformation.iam.policies import Statement, granted
from fixer.cloudformation.iam.principals import Principal, principal
from fixer.cloudformation.iam.scopes import OPTIONAL, SCOPES, Scope, is_about_one
from fixer.cloudformation.template import Template

_NOUNS: Mapping[str, str] = {
    "dynamodb": r"table(?!t)",
    "ecr": r"repo(sitory)?(name|arn|uri)",
    "events": r"(event)?bus",
    "firehose": r"firehose|delivery_?stream",
    "kinesis": r"(?<!delivery)(?<!delivery_)stream",
    "kms": r"kms|(?<!api_)(?<!api)key_?(id|arn)",
    "lambda": r"(function|lambda)\w*(arn|name)",
    "s3": r"bucket|^s3://",
    "secretsmanager": r"secret\w*(arn|name|id)$",
    "sns": r"topic",
    "sqs": r"queue",
    "iam": r"role",
    "ssm": r"(ssm|parameter)_?(name|path|prefix)",
    "states": r"state_?machine",
    "sts": r"role",
}
"""What the resources of a service are called where a consumer is given one."""

_FEW = 4
"""So many actions of a pattern are named in full because they need ``*``; with more, the author has to choose."""

_LOGS = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:@:*"
_LOGS_TAGGED = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${@}"


class Placed(Struct, frozen=True):
    """On these resources. No two targets are the same."""

    targets: tuple[Target, ...]
    remainder: tuple[Action, ...] = ()
    """Actions that a pattern also stands for, and that need ``*``."""

    @property
    def key(self) -> str:
        return json.dumps([found.guarded for found in self.targets])


class Stays(Struct, frozen=True):
    """On ``*``. No ``reason``: it supports no resource-level permission, as it should be."""

    reason: str = ""


class Scoping:
    """The decisions of one run over a template."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.graph = Graph(template)
        self._principals: dict[str, Principal] = {}

    def principal(self, holder: Resource) -> Principal:
        if holder.id not in self._principals:
            self._principals[holder.id] = principal(self.template, holder)
        return self._principals[holder.id]

    def accept(self, statement: Statement, placed: Iterable[Placed]) -> None:
        """Count on the references that a repair adds."""
        for found in (found for where in placed for found in where.targets):
            for name in found.needs:
                self.graph.add(statement.holder.id, name)

    def place(self, statement: Statement, written: str) -> Placed | Stays:
        """Where an item of Action belongs."""
        matched = expand(written)
        if not matched:
            return Stays("the authorization data does not know it")
        if not is_pattern(written):
            return self._not_granted(statement, matched[0], self._place(statement, matched[0]))
        return self._place_pattern(statement, matched)

    def _not_granted(self, statement: Statement, action: Action, found: Placed | Stays) -> Placed | Stays:
        """What other statements already allow on just these resources is not what ``*`` is there for."""
        if isinstance(found, Stays):
            return found
        targets = {target.resource for target in found.targets}
        if "" in targets or not targets <= set(granted(self.template, statement, str(action))):
            return found
        return Stays(f"another statement allows it on {' and '.join(sorted(targets))} already, and * may mean others")

    def _place_pattern(self, statement: Statement, matched: tuple[Action, ...]) -> Placed | Stays:
        if not any(action.types for action in matched):
            return Stays()
        found = {action: self._place(statement, action) for action in matched}
        placed = [where for where in found.values() if isinstance(where, Placed)]
        remainder = tuple(action for action, where in found.items() if isinstance(where, Stays))
        if not placed:
            reasons = [where.reason for where in found.values() if isinstance(where, Stays) and where.reason]
            free = len(found) - len(reasons)
            some = f"{free} of the {len(matched)} actions that it stands for can be limited to no resource"
            return Stays(f"{some}: name those that are used" if free else reasons[0])
        if len(remainder) > _FEW:
            count = f"{len(remainder)} of the {len(matched)} actions that it stands for"
            return Stays(f"{count} need *: name those that are used")
        targets = {json.dumps(t.guarded): t for where in placed for t in where.targets}
        return Placed(tuple(targets.values()), remainder)

    def _place(self, statement: Statement, action: Action) -> Placed | Stays:
        if not action.types:
            return Stays()
        reason = exception(action)
        if reason:
            return Stays(reason)
        who = self.principal(statement.holder)
        if who.elsewhere:
            return Stays("an export hands the role on, and what uses it is not in this template")
        noun = _NOUNS.get(action.service)
        given = next((name for name in who.outside if noun and re.search(noun, name, re.I)), None)
        if given is not None:
            return Stays(f"{given} {'is' if '://' in given else 'may name one that is'} not of this template")
        if action.service == "logs" and action.name in log_groups.WRITING:
            return self._place_writing(statement, who)
        known = SCOPES.get(action.service, {})
        optional = OPTIONAL.get(action.service, frozenset())
        targets: list[Target] = []
        order = list(known)
        for name in sorted(action.types, key=lambda name: order.index(name) if name in order else -1):
            found = self._of_type(statement, who, action, known.get(name, ()))
            if isinstance(found, str):
                return Stays(found)
            if not found and name not in optional and not is_about_one(action.name):
                return Stays(_lacking(action, name))
            targets += found
        return self._checked(targets, action)

    def _checked(self, targets: list[Target], action: Action) -> Placed | Stays:
        if not targets:
            return Stays(_lacking(action, action.types[0]))
        if all(found.condition is not None for found in targets):
            return Stays(f"{targets[0].resource} exists only under the condition {targets[0].condition}")
        unique = {json.dumps(found.guarded): found for found in targets}
        return Placed(tuple(unique.values()))

    def _of_type(
        self, statement: Statement, who: Principal, action: Action, scopes: tuple[Scope, ...]
    ) -> list[Target] | str:
        """The ARNs for one of an action's types; a text is the reason why there are none in spite of resources."""
        candidates = [
            (resource, scope)
            for scope in scopes
            for resource in self.template.resources_of(*scope.types)
            if not scope.when or str(resource.get(scope.when)).lower() not in ("none", "false")
        ]
        used = [(resource, scope) for resource, scope in candidates if resource.id in who.uses]
        if not used and action.service in ("iam", "sts"):
            return "it is not known here which roles are meant" if candidates else []
        if str(action) == "events:putevents" and candidates and not used:
            return "it may be meant for the default event bus"
        if makes_new(action) and candidates and not used:
            return "it creates resources, and those of the template exist already"
        targets: list[Target] = []
        for resource, scope in used or candidates:
            tagged = action.service == "logs" and is_about_one(action.name)
            for form in (_LOGS_TAGGED,) if tagged else scope.forms:
                found = target(self.graph, statement.holder, resource, form, statement.path)
                if not found:
                    return f"a reference to {resource.id} would make a circle, and it has no explicit name for an ARN"
                targets += found
        return targets

    def _place_writing(self, statement: Statement, who: Principal) -> Placed | Stays:
        groups = log_groups.written(self.template, who)
        if groups.reason:
            return Stays(groups.reason)
        targets = [
            named(self.template, _LOGS, name) for name in groups.names if can_refer(self.graph, statement.holder, name)
        ]
        if len(targets) < len(groups.names):
            return Stays("the name of a log group refers to what needs this policy")
        for name in groups.ids:
            resource = self.template.resources[name]
            found = target(self.graph, statement.holder, resource, "@", statement.path)
            if not found:
                return Stays(f"a reference to {name} would make a circle, and it has no explicit name for an ARN")
            targets += found
        return self._checked(targets, Action("logs", "putlogevents", ("log group",)))


def _lacking(action: Action, name: str) -> str:
    """Why there is nothing of a type that an action is about. Of types that are not known here, nothing is claimed."""
    if name not in SCOPES.get(action.service, {}) and name != "log group":
        return f"it is not known here which resources of {action.service} are meant"
    return f"the template has no {action.service} {name.strip('/').replace('-', ' ')}"
