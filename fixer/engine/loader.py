"""Texts to plain data by readers apart from the syntax room: the parser that erred must not be the judge."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any

import yaml

from fixer.model import Value

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_YAML = "tag:yaml.org,2002:"
_MERGE = _YAML + "merge"
_TEXTS = ("timestamp", "binary", "set", "omap", "pairs", "value")
"""What CloudFormation takes as it is written."""
_PLAIN = {_YAML + "map": yaml.MappingNode, _YAML + "seq": yaml.SequenceNode}
_AS_WRITTEN = frozenset(_YAML + tag for tag in ("str", *_TEXTS))


class _Loader(_BASE):  # type: ignore[misc]
    """YAML as CloudFormation reads it, intrinsics in long form, from the nodes that libyaml composes.

    PyYAML's own constructor serves values that hold themselves, which the parser refuses, and takes twice the time.
    """

    def get_single_data(self) -> Value:
        return self.value(self.get_single_node())

    def value(self, node: Any) -> Value:
        tag = node.tag
        if type(node) is yaml.ScalarNode and tag in _AS_WRITTEN:
            return node.value
        if not tag.startswith(_YAML):
            name, argument = tag.removeprefix("!"), self.plain(node)
            if name == "GetAtt" and isinstance(argument, str):
                argument = argument.split(".", 1)
            return {name if name in ("Ref", "Condition") else f"Fn::{name}": argument}
        if type(node) is _PLAIN.get(tag):
            return self.plain(node)
        return self.construct_object(node, deep=True)

    def plain(self, node: Any) -> Value:
        """The value without its tag. Raises yaml.YAMLError for a tag that does not fit."""
        value = self.value
        if type(node) is yaml.MappingNode:
            self.flatten_mapping(node)
            return {value(key): value(inner) for key, inner in node.value}
        return [value(item) for item in node.value] if type(node) is yaml.SequenceNode else node.value

    def flatten_mapping(self, node: Any) -> None:
        """Of several mappings that are merged the first one counts; PyYAML 6.0.4 takes the last."""
        merged, own = [], []
        for entry in node.value:
            key, value = entry
            if key.tag != _MERGE:
                own.append(entry)
                continue
            for source in reversed(value.value) if isinstance(value, yaml.SequenceNode) else [value]:
                self.flatten_mapping(source)
                merged += source.value
        node.value = merged + own


@lru_cache(maxsize=2)
def load(text: str, form: str) -> Value:
    """The data of a text, ``form`` "yaml" or "json". Raises ValueError or yaml.YAMLError if it cannot be read.

    The new text of one proof is the old text of the next, so the last two are kept; nobody may change what comes out.
    """
    if form == "json":
        return json.loads(text.removeprefix("\ufeff"))
    return yaml.load(text, Loader=_Loader)


def load_again(text: str, form: str) -> Value:
    """The same by ruamel.yaml, which shares no parser with the others; slower."""
    if form == "json":
        return load(text, form)
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    yaml.Constructor = _ruamel_constructor()
    return yaml.load(text.removeprefix("\ufeff"))


@cache
def _ruamel_constructor() -> Any:
    from ruamel.yaml.constructor import SafeConstructor

    class Constructor(SafeConstructor):
        """YAML as CloudFormation reads it, intrinsics in long form."""

    def intrinsic(constructor: Any, suffix: str, node: Any) -> Value:
        if isinstance(node.value, str):
            value = constructor.construct_scalar(node)
            value = value.split(".", 1) if suffix == "GetAtt" else value
        elif node.id == "sequence":
            value = constructor.construct_sequence(node, deep=True)
        else:
            value = constructor.construct_mapping(node, deep=True)
        return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}

    def boolean(constructor: Any, node: Any) -> Value:
        # One letter is a boolean to YAML 1.1 as it is written, but to no reader of CloudFormation: `AttributeType: N`.
        return node.value if len(node.value) == 1 else constructor.construct_yaml_bool(node)

    Constructor.add_multi_constructor("!", intrinsic)
    Constructor.add_constructor("tag:yaml.org,2002:bool", boolean)
    for tag in _TEXTS:
        Constructor.add_constructor(
            f"tag:yaml.org,2002:{tag}", lambda constructor, node: constructor.construct_scalar(node)
        )
    return Constructor
