"""Where a template tells a program its account, by a variable of the environment, or its Region, by an option or, in
the text of a script, by a variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixer.cloudformation.places.regions import ACCOUNT, REGION
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text

_ACCOUNT_NAME = re.compile(r"(?:AWS_|CDK_|CURRENT_|DEPLOY_|STACK_)?(?:DEFAULT_)?ACCOUNT(?:_?ID)?", re.I)
"""Variables that speak of the place where the program runs. A SOURCE_ACCOUNT is another one on purpose."""
_OPTION = re.compile(rf"(?:--region[ =]+|(?P<variable>\bAWS_(?:DEFAULT_)?REGION=))[\"']?(?P<region>{REGION})(?![\w-])")
_COMMAND = re.compile(r"\baws\s+(?:--\S+\s+)*([a-z][a-z0-9-]*)")
_ENDS = re.compile(r"[\n|;&]")
_FAR = 500
"""So many characters before an option belong to its command at most."""
_ELSEWHERE = frozenset({"acm", "ce", "cloudfront", "ecr-public", "route53", "route53domains", "shield", "wafv2"})
"""Commands that often or always have to be for us-east-1, wherever the stack is."""


def tells_account(template: Template, text: Text) -> bool:
    """Whether the whole text is the account that a program is to work in."""
    return bool(re.fullmatch(ACCOUNT, text.text) and _ACCOUNT_NAME.fullmatch(_variable(template, text)))


def regions_of_commands(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The Regions that commands are given by option or variable; each with the reason why it is not the stack's own, if
    any.
    """
    for found in _OPTION.finditer(text):
        before = _ENDS.split(text[max(0, found.start() - _FAR) : found.start()])[-1]
        behind = _ENDS.split(text[found.end() : found.end() + _FAR], maxsplit=1)[0]
        wide = found["variable"] is not None  # it is for all commands that follow, an option for its own
        commands = _COMMAND.findall(text if wide else before)
        elsewhere = [name for name in (commands if wide else commands[:1]) if name in _ELSEWHERE]
        foreign = ""
        if elsewhere:
            foreign = f"aws {elsewhere[0]} may have to be called there"
        elif re.search(r"s3://[\w.-]", text if wide else before + behind) or found["region"] in before + behind:
            foreign = "the command is about one thing, which may be in that Region"
        yield found, foreign


def _variable(template: Template, text: Text) -> str:
    """The name of the variable whose value a text is; empty if it is none."""
    keys = text.keys
    if "Variables" in keys[:-1] or "EnvironmentVariables" in keys[:-1] or "Environment" in keys[:-1]:
        around = template.value_at(text.path[:-1])
        if keys[-1] == "Value" and isinstance(around, dict):
            return str(around.get("Name", ""))
        return keys[-1]
    return ""
