"""What customary names mean: which parameter and which tag tell the cost center, the classification, the environment.

The names are those of AWS's "Best Practices for Tagging AWS Resources" and of public templates.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from fixer.cloudformation.entries import Parameter
from fixer.cloudformation.intrinsics import intrinsic, literal_text, ref_target, walk
from fixer.cloudformation.limits import TAG_VALUE_LENGTH
from fixer.cloudformation.template import Template
from fixer.model import Value

COST_CENTER = "CostCenter"
DATA_CLASSIFICATION = "DataClassification"
ENVIRONMENT = "Environment"

_NAMES = {
    COST_CENTER: (
        "costcenter costcentre costcentercode costcode costallocation costid"
        " billingcode billingcenter billto chargecode chargeback"
    ),
    DATA_CLASSIFICATION: (
        "dataclassification dataclass dataclassificationlevel datasensitivity classification classificationlevel"
        " confidentiality confidentialitylevel sensitivity sensitivitylevel securityclassification"
        " informationclassification"
    ),
    ENVIRONMENT: (
        "environment env environmentname envname stage environmenttype envtype"
        " deploymentenvironment deployenvironment deploymentstage targetenvironment"
    ),
}
"""Concept to its names, folded, the plainest first. No StageName: that is often the version of an API."""

_NEXT_BEST = {
    COST_CENTER: "businessunit department team teamname owner",
    ENVIRONMENT: "environmentsuffix envsuffix",
}
"""Parameters that give the value where none has a name of the concept; a tag of such a name is another tag."""

_VALUE = re.compile(rf"(?!aws:)(?=.*\S)[\w\s.:/=+\-@]{{1,{TAG_VALUE_LENGTH}}}", re.IGNORECASE | re.DOTALL)
"""What every service takes as a tag's value (CloudFormation User Guide, "Resource tag")."""

_STRINGS = ("String", "Number", "AWS::SSM::Parameter::Value<String>")
"""A number that is referred to "becomes a literal string" (CloudFormation User Guide, "Parameters")."""


@lru_cache(maxsize=1024)
def fold(name: str) -> str:
    """A name without case, separators and the prefix of an organization: ``acme:cost-center`` is ``costcenter``."""
    return fold_whole(re.split(r"[:/]", name)[-1]) or fold_whole(name) or name


def fold_whole(name: str) -> str:
    """A name without case and separators."""
    return re.sub(r"[\W_]", "", name.casefold())


def synonyms(name: str) -> frozenset[str]:
    """The folded names of tags that mean the same as ``name``, itself included."""
    folded = fold(name)
    found = next((names.split() for names in _NAMES.values() if folded in names.split()), [])
    return frozenset({folded, *found})


def is_tag_value(text: str) -> bool:
    """Whether every service takes the text as a tag's value."""
    return _VALUE.fullmatch(text) is not None


def known_parameter(template: Template, concept: str) -> Parameter | None:
    """The parameter that tells the cost center, the classification or the environment, and is fit for a tag's value."""
    names = [*_NAMES[concept].split(), *_NEXT_BEST.get(concept, "").split()]
    rooted = ((_root(parameter.id, names), parameter) for parameter in template.parameters.values())
    fit = [(names.index(root), p) for root, p in rooted if root is not None and fits_tag(template, p)]
    return min(fit, key=lambda ranked: ranked[0])[1] if fit else None


def fits_tag(template: Template, parameter: Parameter) -> bool:
    """Whether a ``Ref`` to it may be a tag's value: a string, no secret, not empty, of admissible characters.

    What somebody will pass is not known; the default and the allowed values are looked at.
    """
    if parameter.type not in _STRINGS or parameter.is_secret or may_be_empty(template, parameter):
        return False
    shown = [*parameter.allowed_values, *([parameter.default] if parameter.has_default else ())]
    # The default of an SSM parameter is a name, not the value; an empty one is refused here, or asks for a value.
    return parameter.is_ssm or all(_is_blank(value) or is_tag_value(str(value)) for value in shown)


def may_be_empty(template: Template, parameter: Parameter) -> bool:
    """Whether the template reckons with an empty value: as its default, as an allowed value, or in a comparison.

    A parameter without a default, or with one that is not empty, is taken to have a value: whoever passes an empty one
    nevertheless gets empty names, too.
    """
    if parameter.is_ssm or parameter.is_never_empty:
        return False
    if parameter.allowed_values:
        return any(_is_blank(value) for value in parameter.allowed_values)
    if parameter.has_default and _is_blank(parameter.default):
        return True
    return parameter.id in _compared_with_empty(template)


def _root(name: str, names: Collection[str]) -> str | None:
    """The known name that a parameter's is, apart from a ``p`` before and a ``Tag`` or ``Parameter`` behind it."""
    folded = fold_whole(name)
    # A number behind: one that had to be told from another of the same name.
    tails = ("", r"(tag|tagvalue|parameter|param)\d*$")
    roots = (re.sub(tail, "", re.sub(head, "", folded)) for tail in tails for head in ("", r"^(parameter|param|p)"))
    return next((root for root in roots if root in names), None)


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _compared_with_empty(template: Template) -> Iterator[str]:
    for section in ("Conditions", "Rules"):
        for _, value in walk(template.section(section)):
            sides = value["Fn::Equals"] if intrinsic(value) == "Fn::Equals" else None
            if isinstance(sides, list) and "" in [literal_text(side) for side in sides]:
                yield from (name for name in map(ref_target, sides) if name is not None)
