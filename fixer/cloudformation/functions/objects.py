"""Which object in S3 holds the code of a function, as far as the template says it."""

from __future__ import annotations

from urllib.parse import parse_qs

from msgspec import Struct

from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.functions.functions import SAM, PackagedFunction
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.template import Template
from fixer.model import Value


class S3Object(Struct, frozen=True):
    """An object in S3; ``parameters``: whose defaults make its name."""

    bucket: str
    key: str
    version: str | None
    parameters: tuple[str, ...]

    @property
    def address(self) -> str:
        """For people, on one line."""
        version = f" (version {self.version})" if self.version else ""
        return " ".join(f"s3://{self.bucket}/{self.key}{version}".split())


class _Unknown(Exception):
    pass


def s3_object(template: Template, function: PackagedFunction) -> S3Object | None:
    """The object with a function's code; None if its name is known only when a stack is made.

    A parameter counts with its default.
    """
    used: list[str] = []
    code = function.code
    try:
        if isinstance(code, dict) and intrinsic(code) is None:
            keys = ("Bucket", "Key", "Version") if function.resource.type == SAM else _KEYS
            bucket, key = (_text(template, code.get(name), used) for name in keys[:2])
            version = None if code.get(keys[2]) is None else _text(template, code[keys[2]], used)
        else:
            bucket, key, version = _parts(_text(template, code, used))
    except _Unknown:
        return None
    return S3Object(bucket, key, version, tuple(dict.fromkeys(used)))


_KEYS = ("S3Bucket", "S3Key", "S3ObjectVersion")


def _parts(address: str) -> tuple[str, str, str | None]:
    """Bucket, key and version of ``s3://bucket/key?versionId=version``."""
    scheme, _, rest = address.partition("://")
    bucket, _, key = rest.partition("/")
    key, _, query = key.partition("?")
    if scheme != "s3" or not bucket or not key:
        raise _Unknown
    versions = parse_qs(query).get("versionId", [])
    return bucket, key, versions[0] if versions else None


def _text(template: Template, value: Value, used: list[str]) -> str:
    """A text that is not empty, with the defaults of parameters, whose names go to ``used``. Raises _Unknown."""
    parts = expression(value)
    if parts is None:
        raise _Unknown
    text = ""
    for part in parts:
        if isinstance(part, Variable):
            parameter = template.parameters.get(part.name)
            plain = parameter is not None and parameter.type == "String" and not parameter.is_secret
            if parameter is None or not plain or not parameter.has_default:
                raise _Unknown
            used.append(part.name)
            text += str(parameter.default)
        else:
            text += part
    if not text.strip() or "{{" in text:
        raise _Unknown
    return text
