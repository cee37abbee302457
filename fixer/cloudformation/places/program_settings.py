"""Accounts that a template gives programs in environment variables, and Regions that it gives them in options or, in
scripts, in variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixer.cloudformation.places.regions import ACCOUNT, REGION
from fixer.cloudformation.places.value_names import entry_path, value_name
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import Text

_ACCOUNT_NAME = re.compile(r"(?:AWS_|CDK_|CURRENT_|DEPLOY_|STACK_)?(?:DEFAULT_)?ACCOUNT(?:_?ID)?", re.I)
"""Variables that name the account in which a program runs. A SOURCE_ACCOUNT is another one on purpose."""
_ENVIRONMENTS = frozenset({"Variables", "EnvironmentVariables", "Environment"})
_OPTION = re.compile(rf"(?:--region[ =]+|(?P<variable>\bAWS_(?:DEFAULT_)?REGION=))[\"']?(?P<region>{REGION})(?![\w-])")
_COMMAND = re.compile(r"\baws\s+(?:--\S+\s+)*([a-z][a-z0-9-]*)")
_ENDS = re.compile(r"[\n|;&]")
_FAR = 500
"""At most so many characters on each side of an option belong to its command."""
_ELSEWHERE = frozenset({"acm", "ce", "cloudfront", "ecr-public", "route53", "route53domains", "shield", "wafv2"})
"""Services whose commands often or always have to go to us-east-1, wherever the stack is."""


def tells_account(template: Template, text: Text) -> bool:
    """Whether the whole text is the account that a program is to work in, as the value of an environment variable."""
    if not re.fullmatch(ACCOUNT, text.text) or _ENVIRONMENTS.isdisjoint(text.keys[:-1]):
        return False
    return _ACCOUNT_NAME.fullmatch(value_name(template, entry_path(text.path))) is not None


def regions_of_commands(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The Regions that commands get in options or variables, each with the reason why it may not be the stack's own, or
    "".
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
            foreign = "the command is about one resource, which may be in that Region"
        yield found, foreign
