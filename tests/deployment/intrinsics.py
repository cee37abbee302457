"""What a template's values come to in a stack, by the book of CloudFormation: written for these tests, apart from moto
and from the product, so that both are judged by it.

Source: CloudFormation User Guide, "Intrinsic function reference", "Condition functions", "Pseudo parameters reference".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

NO_VALUE = object()
_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")

Ask = Callable[[str, str], Any]
"""Logical id and attribute (the empty string: what Ref returns) to a value."""


@dataclass
class Evaluator:
    """The values of one template with these parameters (those that are not given have their defaults)."""

    template: Mapping[str, Any]
    given: Mapping[str, str]
    ask: Ask
    pseudo: Mapping[str, Any]
    look_up: Callable[[str], str]
    """The value of a parameter of Systems Manager."""

    def parameter(self, name: str) -> Any:
        body = self.template["Parameters"][name]
        value = str(self.given.get(name, body.get("Default", "")))
        if body["Type"].startswith("AWS::SSM::Parameter::Value"):
            value = self.look_up(value)
        is_list = body["Type"] == "CommaDelimitedList" or body["Type"].startswith("List<")
        return [item.strip() for item in value.split(",")] if is_list else value

    def condition(self, name: str) -> bool:
        return self._test(self.template["Conditions"][name])

    def _test(self, value: Any) -> bool:
        ((function, argument),) = value.items()
        match function:
            case "Condition":
                return self.condition(argument)
            case "Fn::Equals":
                one, other = (str(self.value(item)) for item in argument)
                return one == other
            case "Fn::Not":
                return not self._test(argument[0])
            case "Fn::And":
                return all(self._test(item) for item in argument)
            case "Fn::Or":
                return any(self._test(item) for item in argument)
        raise NotImplementedError(function)

    def is_there(self, body: Mapping[str, Any]) -> bool:
        """Whether a resource or output exists."""
        return "Condition" not in body or self.condition(body["Condition"])

    def value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [found for item in value if (found := self.value(item)) is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((function, argument),) = value.items()
            if function in ("Ref", "Condition") or function.startswith("Fn::"):
                return self._call(function, argument)
        return {key: found for key, item in value.items() if (found := self.value(item)) is not NO_VALUE}

    def _call(self, function: str, argument: Any) -> Any:
        match function:
            case "Ref":
                return self._ref(argument)
            case "Fn::GetAtt":
                name, _, attribute = argument.partition(".") if isinstance(argument, str) else (argument[0], "", "")
                return self.ask(name, attribute or str(self.value(argument[1])))
            case "Fn::If":
                return self.value(argument[1] if self.condition(argument[0]) else argument[2])
            case "Fn::Sub":
                return self._sub(argument)
            case "Fn::Join":
                return argument[0].join(str(item) for item in self.value(argument[1]))
            case "Fn::Split":
                return self.value(argument[1]).split(argument[0])
            case "Fn::Select":
                return self.value(argument[1])[int(self.value(argument[0]))]
            case "Fn::FindInMap":
                name, first, second = (self.value(item) for item in argument)
                return self.template["Mappings"][name][first][second]
            case "Fn::GetAZs":
                return [f"{self.value(argument) or self.pseudo['AWS::Region']}{letter}" for letter in "abcd"]
            case "Fn::Cidr":
                return cidrs(*(self.value(item) for item in argument))
            case "Condition":
                return self.condition(argument)
        raise NotImplementedError(function)

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.pseudo:
            return self.pseudo[name]
        return self.parameter(name) if name in self.template.get("Parameters", {}) else self.ask(name, "")

    def _sub(self, argument: Any) -> str:
        text, variables = (argument, {}) if isinstance(argument, str) else argument

        def replaced(match: re.Match[str]) -> str:
            literal, name = match.groups()
            if literal:
                return "${" + name + "}"
            if name in variables:
                return str(self.value(variables[name]))
            return str(self._call("Fn::GetAtt", name) if "." in name else self._ref(name))

        return _PLACEHOLDER.sub(replaced, text)


def cidrs(block: str, count: int | str, bits: int | str = 8) -> list[str]:
    """The first ``count`` blocks of 2 ** ``bits`` addresses in ``block`` (Fn::Cidr)."""
    parts = ipaddress.ip_network(block).subnets(new_prefix=32 - int(bits))
    return [str(next(parts)) for _ in range(int(count))]
