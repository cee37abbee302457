"""Texts to plain data by readers that share no code with the syntax room: the parser that erred must not be the judge."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from fixer.model import Value

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[misc]
    """YAML as CloudFormation reads it, intrinsics in long form."""


def _intrinsic(loader: Any, suffix: str, node: Any) -> Value:
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _intrinsic)
for _tag in ("timestamp", "binary", "set", "omap", "pairs"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda loader, node: loader.construct_scalar(node))


@lru_cache(maxsize=2)
def load(text: str, form: str) -> Value:
    """The data of a text, ``form`` "yaml" or "json". Raises ValueError or yaml.YAMLError if it cannot be read.

    The new text of one proof is the old text of the next, so the last two are kept; nobody may change what comes out.
    """
    if form == "json":
        return json.loads(text.removeprefix("\ufeff"))
    return yaml.load(text, Loader=_Loader)


def load_again(text: str, form: str) -> Value:
    """The same by cfn-flip's loader, which reads with a parser of its own; slower."""
    if form == "json":
        return load(text, form)
    from cfn_tools import load_yaml

    return _plain(load_yaml(text.removeprefix("\ufeff")))


def _plain(value: Value) -> Value:
    """cfn-flip's ordered dictionaries as plain ones; dates, which it alone takes for more than text, as text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
