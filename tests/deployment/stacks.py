"""Stacks in moto's CloudFormation: made of templates, updated, and read back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from tests.deployment.asked import ASKED, told
from tests.deployment.intrinsics import Evaluator
from tests.deployment.taught import REGION, client, prepared

ACCOUNT = "123456789012"
"""moto's."""
CAPABILITIES = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


class StackFailed(Exception):
    """A stack could not be made. ``kind``: the service's code for the error, or the class of moto's own."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
        inner = re.search(r'"__type": "(\w+)"', str(error))  # moto answers in the protocol of the service that failed
        self.kind: str = inner[1] if inner else code


@dataclass
class Stack:
    """A stack as the service sees it. ``given``: the parameters that were passed."""

    template: dict[str, Any]
    given: Mapping[str, str] = field(default_factory=dict)
    name: str = "shop"

    def create(self) -> Stack:
        """Raises StackFailed if a resource cannot be made."""
        try:
            client("cloudformation").create_stack(**self._request())
        except Exception as error:
            raise StackFailed(error) from error
        assert self._described()["StackStatus"] == "CREATE_COMPLETE", self._described()
        return self

    def update(self, template: dict[str, Any]) -> Stack:
        """The same stack with another template and the same parameters."""
        new = Stack(template, self.given, self.name)
        client("cloudformation").update_stack(**new._request())
        assert self._described()["StackStatus"] == "UPDATE_COMPLETE"
        return new

    def _request(self) -> dict[str, Any]:
        body = json.dumps(prepared(self.template, self.evaluator(before=True)), default=str)
        lists = {key: body["Default"] for key, body in self.template.get("Parameters", {}).items() if _is_list(body)}
        passed = {**lists, **self.given}  # moto splits no default
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in passed.items()]
        return {"StackName": self.name, "TemplateBody": body, "Parameters": given, "Capabilities": CAPABILITIES}

    def _described(self) -> dict[str, Any]:
        found: dict[str, Any] = client("cloudformation").describe_stacks(StackName=self.name)["Stacks"][0]
        return found

    @property
    def outputs(self) -> dict[str, str]:
        return {item["OutputKey"]: item["OutputValue"] for item in self._described().get("Outputs", [])}

    @property
    def ids(self) -> dict[str, str]:
        """Logical to physical id, of the resources that there are."""
        found = client("cloudformation").describe_stack_resources(StackName=self.name)["StackResources"]
        return {
            item["LogicalResourceId"]: item.get("PhysicalResourceId", "")
            for item in found
            if "LogicalResourceId" in item
        }

    def evaluator(self, *, before: bool = False) -> Evaluator:
        """What values come to in this stack. ``before`` it is made, of its resources only what the template says."""
        ids = {} if before else self.ids
        once = cache(told)

        def ask(name: str, attribute: str) -> Any:
            body = self.template["Resources"][name]
            if before:
                return evaluator.value(body["Properties"][attribute])
            return once(body["Type"], ids[name])[attribute]

        pseudo = {"AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws"}
        pseudo |= {"AWS::URLSuffix": "amazonaws.com", "AWS::StackName": self.name}
        evaluator = Evaluator(
            self.template, self.given, ask, pseudo, lambda key: str(told("AWS::SSM::Parameter", key)["Value"])
        )
        return evaluator

    def expected_outputs(self) -> dict[str, str]:
        """What the outputs have to be, as the services and the parameters say."""
        evaluator = self.evaluator()
        bodies = self.template.get("Outputs") or {}
        return {name: str(evaluator.value(b["Value"])) for name, b in bodies.items() if evaluator.is_there(b)}

    def misnamed_outputs(self) -> dict[str, str]:
        """Outputs that do not give what their name promises: ``TableArn`` has to be the ARN of the resource ``Table``
        as its service tells it, ``Stage`` the value of the parameter of that name.
        """
        evaluator, ids, wrong = self.evaluator(), self.ids, {}
        once = cache(told)
        for key, value in self.outputs.items():
            is_right = True
            if key in self.template.get("Parameters", {}):
                parameter = evaluator.parameter(key)
                is_right = value == (",".join(parameter) if isinstance(parameter, list) else parameter)
            for promise in ("Arn", "Name"):
                name = key.removesuffix(promise)
                kind = self.template["Resources"].get(name, {}).get("Type")
                if name != key and kind in ASKED:
                    is_arn = value.startswith("arn:")
                    is_right = value in once(kind, ids[name]).values() and is_arn == (promise == "Arn")
            if not is_right:
                wrong[key] = value
        return wrong


def _stored(name: str) -> str:
    return str(told("AWS::SSM::Parameter", name)["Value"])


def _is_list(parameter: Mapping[str, Any]) -> bool:
    is_list = parameter["Type"] == "CommaDelimitedList" or parameter["Type"].startswith("List<")
    return is_list and "Default" in parameter
