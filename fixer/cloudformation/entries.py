"""The entries of a template: resource, parameter and output, each with its body as it is and what is read from it."""

from __future__ import annotations

import re

from msgspec import Struct

from fixer.cloudformation.intrinsics import intrinsic, value_at
from fixer.cloudformation.references import LOOP
from fixer.model import Path, Value

ATTRIBUTES = frozenset(
    [
        "Type",
        "Properties",
        "DependsOn",
        "Condition",
        "Metadata",
        "DeletionPolicy",
        "UpdateReplacePolicy",
        "CreationPolicy",
        "UpdatePolicy",
    ]
)
"""What stands in a resource beside its logical id (CloudFormation User Guide, "Resource attribute reference")."""
ATTRIBUTES_OF_SAM = frozenset({"Connectors", "IgnoreGlobals"})
_SSM_LISTS = ("AWS::SSM::Parameter::Value<List<", "AWS::SSM::Parameter::Value<CommaDelimitedList")
_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")
_SECRET = re.compile(
    r"passw(or)?d|passphrase|passcode|secret|token|credential|api_?key|access_?key|private_?key|(?-i:Pwd|PWD|^pwd)"
    r"|(signing|encryption|hmac|license)_?key|connection_?string|webhook",
    re.I,
)
_SWITCH = frozenset({"true", "false", "yes", "no", "enabled", "disabled"})
"""Values of a parameter that only switches something on and off, and is no secret itself."""
_SECRET_ADDRESS = re.compile(r"web_?hook(_?(url|uri|endpoint))?$", re.I)
"""Whoever knows the URL of a webhook may post to it."""
_ABOUT_A_SECRET = (
    r"(?i)(arn|name|path|url|uri|endpoint|length|minutes|hours|days|seconds|ttl|expiry|expiration|validity|enabled"
    r"|stack)$"
)

UNKNOWN_PROPERTIES = "its properties are made by an intrinsic, a loop or a macro"
"""The reason why there is no repair for a resource without ``has_known_properties``."""


class Resource(Struct, frozen=True):
    """A resource. ``type`` is "" where it is missing."""

    id: str
    type: str
    body: dict[str, Value]
    path: Path

    @property
    def properties(self) -> dict[str, Value]:
        """Empty where there are none, or where an intrinsic stands for all of them."""
        found = self.body.get("Properties")
        return found if isinstance(found, dict) and intrinsic(found) is None else {}

    @property
    def has_known_properties(self) -> bool:
        """Whether the template says which properties there are: no broken shape, no macro beside or among them, and no
        loop.
        """
        found = self.body.get("Properties", {})
        if "Fn::Transform" in self.body:
            return False
        if not isinstance(found, dict) or intrinsic(found) is not None:
            return found is None
        return not any(isinstance(key, str) and (key == "Fn::Transform" or key.startswith(LOOP)) for key in found)

    def get(self, *keys: str | int, default: Value = None) -> Value:
        """The value inside the properties at ``keys``; ``default`` if it is not there."""
        return value_at(self.properties, keys, default)

    def property_path(self, *keys: str | int) -> Path:
        return (*self.path, "Properties", *keys)

    @property
    def condition(self) -> str | None:
        return as_text(self.body.get("Condition"))

    @property
    def depends_on(self) -> tuple[str, ...]:
        found = self.body.get("DependsOn")
        return tuple(item for item in (found if isinstance(found, list) else [found]) if isinstance(item, str))

    @property
    def deletion_policy(self) -> str | None:
        return as_text(self.body.get("DeletionPolicy"))

    @property
    def update_replace_policy(self) -> str | None:
        return as_text(self.body.get("UpdateReplacePolicy"))


class Parameter(Struct, frozen=True):
    """A parameter. ``type`` is "" where it is missing."""

    id: str
    type: str
    body: dict[str, Value]
    path: Path

    @property
    def default(self) -> Value:
        """None also where there is none: see ``has_default``."""
        return self.body.get("Default")

    @property
    def has_default(self) -> bool:
        return "Default" in self.body

    @property
    def allowed_values(self) -> tuple[Value, ...]:
        found = self.body.get("AllowedValues")
        return tuple(found) if isinstance(found, list) else ()

    @property
    def no_echo(self) -> bool:
        return str(self.body.get("NoEcho")).lower() == "true"

    @property
    def is_list(self) -> bool:
        """Whether a ``Ref`` gives a list."""
        return self.type == "CommaDelimitedList" or self.type.startswith("List<") or self.type.startswith(_SSM_LISTS)

    @property
    def is_ssm(self) -> bool:
        """Whether the value is the name of a parameter of Systems Manager, or is read from there."""
        return self.type.startswith("AWS::SSM::Parameter::")

    @property
    def is_never_empty(self) -> bool:
        """Whether MinLength or AllowedPattern keeps the value from being empty; False also means "not known"."""
        shortest, pattern = str(self.body.get("MinLength")), self.body.get("AllowedPattern")
        if shortest.isdecimal() and int(shortest) > 0:
            return True
        return isinstance(pattern, str) and matches_empty(pattern) is False

    @property
    def is_secret(self) -> bool:
        """Whether its value must not be shown: NoEcho, a dynamic reference to a secret, or a name that looks secret."""
        if self.no_echo or str(self.default).startswith(("{{resolve:secretsmanager:", "{{resolve:ssm-secure:")):
            return True
        if _SECRET_ADDRESS.search(self.id):
            return True
        if self.type == "Number" or (self.allowed_values and {str(v).lower() for v in self.allowed_values} <= _SWITCH):
            return False
        return _SECRET.search(self.id) is not None and re.search(_ABOUT_A_SECRET, self.id) is None


class Output(Struct, frozen=True):
    """An output. ``value`` and ``export``, the name of the export, are None where they are missing."""

    id: str
    value: Value
    export: Value
    condition: str | None
    body: dict[str, Value]
    path: Path


def matches_empty(pattern: str) -> bool | None:
    """Whether the empty text matches an AllowedPattern; None: not known, as its dialect is Java's."""
    # For the empty text, many times are as good as once, and counts within counts would take for ever.
    once = _COUNT.sub(lambda count: "{1}" if count[1].strip("0") else "{0}", pattern)
    try:
        return re.fullmatch(once, "") is not None
    except (re.error, RecursionError, OverflowError):
        return None


def as_text(value: Value) -> str | None:
    """The value if it is a string."""
    return value if isinstance(value, str) else None
