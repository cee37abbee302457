"""Buckets from which the code of Lambda functions and layers is taken, in CloudFormation and AWS SAM.

Sources: CloudFormation Template Reference, "AWS::Lambda::Function Code" and "AWS::Lambda::LayerVersion Content"; AWS
SAM specification, CodeUri and ContentUri; ``parse_s3_uri`` of samtranslator, which splits plain texts only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs

from msgspec import Struct
from msgspec.structs import replace

from fixer.cloudformation.expressions import Variable, expression
from fixer.cloudformation.intrinsics import intrinsic, ref, value_at
from fixer.cloudformation.template import Template
from fixer.model import Impact, Path, Set, Value

_PLACES = {
    "AWS::Lambda::Function": ("Code", "S3Bucket"),
    "AWS::Lambda::LayerVersion": ("Content", "S3Bucket"),
    "AWS::Serverless::Function": ("CodeUri", "Bucket"),
    "AWS::Serverless::LayerVersion": ("ContentUri", "Bucket"),
}
"""Type to the property of its code and the key of the bucket in it (CloudFormation and SAM reference pages)."""
_PSEUDO = frozenset({"AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"})


class CodeBucket(Struct, frozen=True):
    """A place that names a bucket with code."""

    path: Path
    """Of the name, or of a whole address ``s3://bucket/key``."""
    owner: str
    """The resource, for people."""
    name: str | None
    """None if it is made with a pseudo parameter."""
    pseudo: str = ""
    """A pseudo parameter that the name is made with."""
    rest: Mapping[str, Value] | None = None
    """Key and version, where the path is that of an address."""
    impact: Impact = Impact.NONE
    """What it does to a live resource if the name comes from a parameter, although it stays the same."""

    def taken_from(self, parameter: str) -> Set:
        """The operation that takes the name from a parameter."""
        return Set(self.path, ref(parameter) if self.rest is None else {"Bucket": ref(parameter), **self.rest})


def code_buckets(template: Template) -> Iterator[CodeBucket]:
    """The places at which the name is written out, or made with nothing but texts and pseudo parameters."""
    for resource in (*template.resources.values(), *template.looped):
        name, key = _PLACES.get(resource.type, ("", ""))
        if name in resource.properties:
            owner = f"{resource.type} {resource.id}"
            for found in _in_code(resource.properties[name], resource.property_path(name), owner, key):
                # SAM makes the logical id of a layer version of its properties (_construct_lambda_layer).
                yield replace(found, impact=Impact.REPLACEMENT) if name == "ContentUri" else found
    shared: Path = ("Globals", "Function", "CodeUri")
    yield from _in_code(value_at(template.data, shared), shared, "Globals.Function", "Bucket")


def is_code(path: Path) -> bool:
    """Whether a path leads into the code of a resource."""
    return path[2:4] in {("Properties", name) for name, _ in _PLACES.values()}


def _in_code(code: Value, path: Path, owner: str, key: str) -> Iterator[CodeBucket]:
    for place, value in _branches(code, path):
        if isinstance(value, dict) and key in value:
            for at, bucket in _branches(value[key], (*place, key)):
                yield from _named(bucket, at, owner)
        elif key == "Bucket" and isinstance(value, str) and "{{" not in value:
            yield from _addressed(value, place, owner)


def _branches(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    """The values that a value may come to, through the branches of ``Fn::If``."""
    body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
    if isinstance(body, list) and len(body) == 3:
        for branch in (1, 2):
            yield from _branches(body[branch], (*path, "Fn::If", branch))
    else:
        yield path, value


def _named(value: Value, path: Path, owner: str) -> Iterator[CodeBucket]:
    parts = expression(value) or ()
    variables = [part.name for part in parts if isinstance(part, Variable)]
    texts = [part for part in parts if isinstance(part, str)]
    if not texts or not _PSEUDO.issuperset(variables) or any("{{" in text for text in texts):
        return
    yield CodeBucket(path, owner, None, variables[0]) if variables else CodeBucket(path, owner, texts[0])


def _addressed(address: str, path: Path, owner: str) -> Iterator[CodeBucket]:
    scheme, _, rest = address.partition("://")
    bucket, _, key = rest.partition("/")
    key, _, query = key.lstrip("/").partition("?")
    if scheme != "s3" or not bucket or not key:
        return
    versions = parse_qs(query).get("versionId", [])
    version = {"Version": versions[0]} if len(versions) == 1 else {}
    yield CodeBucket(path, owner, bucket, rest={"Key": key, **version})
