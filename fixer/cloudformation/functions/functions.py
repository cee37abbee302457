"""Lambda functions whose code is not in the template, of CloudFormation and of SAM with its Globals.

Sources: CloudFormation User Guide, "AWS::Lambda::Function Code"; AWS SAM Developer Guide, "AWS::Serverless::Function"
and "Globals section": what stands there counts for every function that does not say otherwise. SAM takes only one of
CodeUri and InlineCode, and a resource cannot be rid of a global property, so that a global CodeUri has to go for all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.expressions import Variable, alternatives, expression
from fixer.cloudformation.intrinsics import intrinsic, value_at, walk
from fixer.cloudformation.template import Template
from fixer.model import Insert, Operation, Path, Remove, Rename, Set, Value, before

LAMBDA, SAM = "AWS::Lambda::Function", "AWS::Serverless::Function"
_S3_KEYS = ("S3Bucket", "S3Key", "S3ObjectVersion", "S3ObjectStorageMode")


class PackagedFunction(Struct, frozen=True):
    """A function whose code is not inline."""

    resource: Resource
    shared: Mapping[str, Value]
    """What the Globals say; empty for a function that is not one of SAM."""
    path: Path
    """Of its Code or CodeUri, which may stand in the Globals."""
    key: Value
    """Key of the package in S3, or a whole ``s3://`` address."""
    where: str
    """Where the code is, for people."""
    local: str | None = None
    """The path that ``aws cloudformation package`` would upload; None for code in S3."""

    @property
    def id(self) -> str:
        return self.resource.id

    @property
    def package(self) -> str:
        """Key and version of the package, whatever bucket it is in: buckets differ by Region and stage."""
        return self.where.removeprefix("s3://").partition("/")[2]

    @property
    def commented(self) -> Path:
        """The entry above which a comment about the code stays when it is inlined."""
        return self.path if self.path[0] == "Resources" else self.resource.path

    @property
    def code(self) -> Value:
        return self.get(str(self.path[-1]))

    def get(self, name: str) -> Value:
        """A property, the function's own or else that of the Globals; None if it is not there."""
        return self.resource.properties.get(name, self.shared.get(name))


def packaged_functions(template: Template) -> Iterator[PackagedFunction]:
    """The functions with code in S3 and, but for SAM, on a local path; in document order."""
    yield from _packaged(template, template.resources_of(LAMBDA, SAM))


def packaged_in_loops(template: Template) -> Iterator[PackagedFunction]:
    """The same of the functions that loops make."""
    yield from _packaged(template, [resource for resource in template.looped if resource.type in (LAMBDA, SAM)])


def _packaged(template: Template, resources: Iterable[Resource]) -> Iterator[PackagedFunction]:
    shared = value_at(template.data, ("Globals", "Function"), {})
    for resource in resources:
        is_sam = resource.type == SAM
        name = "CodeUri" if is_sam else "Code"
        common = shared if is_sam and isinstance(shared, dict) else {}
        path = resource.property_path(name) if name in resource.properties else ("Globals", "Function", name)
        found = PackagedFunction(resource, common, path, None, "")
        if found.get("PackageType") == "Image" or any(key in resource.properties for key in ("InlineCode", "ImageUri")):
            continue
        location = _location(found.code, is_sam)
        if location is not None:
            yield PackagedFunction(resource, common, path, *location)


def inlining(template: Template, function: PackagedFunction, text: str) -> list[Operation]:
    """The operations that put ``text`` in the place of the package, and make the handler one of the file ``index``."""
    resource, path = function.resource, function.path
    operations: list[Operation] = []
    if resource.type == SAM:
        if "CodeUri" in resource.properties:
            operations += [Set(path, text), Rename(path, "InlineCode")]
        else:
            operations += [Remove(_whole(template, path)), Insert(resource.property_path("InlineCode"), text)]
    elif isinstance(function.code, dict) and intrinsic(function.code) is None:
        keys = [key for key in _S3_KEYS if key in function.code]
        first = next(key for key in function.code if key in keys)
        operations += [Insert((*path, "ZipFile"), text, before(first)), *(Remove((*path, key)) for key in keys)]
    else:
        operations.append(Set(path, {"ZipFile": text}))
    handler = function.get("Handler")
    inline = "index." + str(handler).rpartition(".")[2]
    if "Handler" not in resource.properties and handler != inline:
        operations.append(Insert(resource.property_path("Handler"), inline))
    elif handler != inline:
        operations.append(Set(resource.property_path("Handler"), inline))
    return operations


def _whole(template: Template, path: Path) -> Path:
    """The path of what would be empty without the entry at ``path``, or of the entry itself."""
    while len(path) > 1 and len(template.value_at(path[:-1])) == 1:
        path = path[:-1]
    return path


def _location(code: Value, is_sam: bool) -> tuple[Value, str, str | None] | None:
    """Key, description and local path of the code; None for code that is inline, an image, or for SAM to build."""
    names = ("Bucket", "Key", "Version") if is_sam else _S3_KEYS[:3]
    if isinstance(code, dict) and intrinsic(code) is None:
        bucket, key, version = (code.get(name) for name in names)
        if (bucket is None and key is None) or "ZipFile" in code:
            return None
        where = f"s3://{_shown(bucket)}/{_shown(key)}" + (f" (version {_shown(version)})" if version else "")
        return key, where, None
    addresses = [parts for parts in alternatives(code) if parts and str(parts[0]).startswith("s3://")]
    chosen = [item for _, item in walk(code) if isinstance(item, dict) and names[1] in item]
    if addresses or (intrinsic(code) == "Fn::If" and chosen):
        return code, _shown(code), None
    if isinstance(code, str) and not is_sam:
        return code, f"the local path {code}", code
    return None


def _shown(value: Value) -> str:
    """A value on one line as people read it, ``<Bucket>`` for a reference: ``${Bucket}`` asks for a Sub (E1029)."""
    parts = expression(value)
    if parts is None:
        body = value["Fn::If"] if intrinsic(value) == "Fn::If" else None
        if isinstance(body, list) and len(body) == 3:
            return f"{_shown(body[1])} or {_shown(body[2])}"
        for bucket, key in (("S3Bucket", "S3Key"), ("Bucket", "Key")):
            if isinstance(value, dict) and bucket in value:
                return f"s3://{_shown(value[bucket])}/{_shown(value.get(key))}"
        if isinstance(value, dict) and "ZipFile" in value:
            return "inline code"
        if intrinsic(value) in ("Fn::FindInMap", "Fn::ImportValue"):
            body = next(iter(value.values()))
            return f"<{'.'.join(map(_shown, body)) if isinstance(body, list) else _shown(body)}>"
        return json.dumps(value, default=str)
    text = "".join(f"<{part.name}>" if isinstance(part, Variable) else part for part in parts)
    return " ".join(text.split())
