"""Passwords that CloudFormation reads from Secrets Manager when it needs them: dynamic references.

Sources: CloudFormation user guide, "Get a secret or secret value from Secrets Manager" and "Get values stored in other
services using dynamic references"; AWS::SecretsManager::Secret.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.intrinsics import literal_text, map_sub, ref_target, sub, value_at
from fixer.cloudformation.limits import DYNAMIC_REFERENCES
from fixer.cloudformation.references import Reference
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import PROGRAMS
from fixer.model import Set, Value

SECRET = "AWS::SecretsManager::Secret"
_KEY = "password"
_LENGTH = 30
"""The most that RDS for Oracle takes; other engines, Redshift and directories take more, and ElastiCache from 16 on."""
_THROUGH = frozenset({"Fn::If", "Fn::Join", "Fn::Sub"})
"""Functions that leave a dynamic reference as it is."""
_UNRESOLVED = ("AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Stack", "Custom::")
"""Types whose properties go elsewhere as they are written."""


def dynamic_reference(secret: str, key: str = _KEY) -> str:
    """The text in a ``Fn::Sub`` that gives the value at ``key`` of a secret of the template; "" is all of it."""
    return "{{resolve:secretsmanager:${" + secret + "}:SecretString" + (f":{key}" if key else "") + "}}"


def holders(template: Template, parameter: str) -> Iterator[tuple[Resource, str]]:
    """The secrets of the template that hold the value of a parameter, each with the key; "" if it is all of it."""
    for secret in template.resources_of(SECRET):
        parts = expression(secret.get("SecretString")) or ()
        if parts == (Variable(parameter),):
            yield secret, ""
        text = "".join(part if isinstance(part, str) else "${" + part.name + "}" for part in parts)
        try:
            held = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for key, value in held.items() if isinstance(held, dict) else ():
            if value == "${" + parameter + "}" and re.fullmatch(r"[\w-]+", key):
                yield secret, key


def generated(database: Resource) -> dict[str, Value]:
    """The properties of a secret with a password that Secrets Manager makes, of letters and digits, and with the name
    of the master user.

    RDS and Redshift refuse ``/``, ``"``, ``@`` and blanks, RDS for Oracle ``&`` and ``'`` besides, and ElastiCache most
    punctuation; in a connection string, all of it would have to be escaped.
    """
    user = database.get("MasterUsername")
    literal, parameter = literal_text(user), ref_target(user)
    shape: Value = "{}"
    if literal is not None:
        shape = json.dumps({"username": literal})
    elif parameter is not None:
        shape = sub('{"username": "${' + parameter + '}"}')
    generation = {
        "SecretStringTemplate": shape,
        "GenerateStringKey": _KEY,
        "PasswordLength": _LENGTH,
        "ExcludePunctuation": True,
    }
    return {"GenerateSecretString": generation}


def is_replaceable(template: Template, reference: Reference) -> bool:
    """Whether a dynamic reference can take the place of a reference to a parameter: in properties of resources, where
    no function and no program needs the value itself.
    """
    path = reference.path
    owner = template.resources.get(str(path[1])) if path[0] == "Resources" and path[2:3] == ("Properties",) else None
    if owner is None or reference.opaque or owner.type.startswith(_UNRESOLVED) or reference.kind not in ("Ref", "Sub"):
        return False
    functions = {key for key in path if isinstance(key, str) and key.startswith("Fn::")}
    return functions <= _THROUGH and PROGRAMS.isdisjoint(path)


def replacement(template: Template, reference: Reference, text: str) -> Set:
    """The operation that puts a dynamic reference into the place of a reference."""
    if reference.kind == "Ref":
        return Set(reference.path, sub(text))
    body = value_at(template.data, reference.path)
    return Set(reference.path, map_sub(body, lambda part: text if part.variable == reference.target else None))


def room_for_references(template: Template) -> int:
    """How many more dynamic references a template may have."""
    return DYNAMIC_REFERENCES - repr(template.data).count("{{resolve:")
