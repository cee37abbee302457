"""What the field's customary names mean: which parameter, and which tag, tells the environment, the cost center, the classification.

The names are those of AWS's "Best Practices for Tagging AWS Resources" and of public templates.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

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
        "costcenter costcentre costcentercode costcode costallocation costid billingcode billingcenter billto chargecode chargeback"
    ),
    DATA_CLASSIFICATION: (
        "dataclassification dataclass dataclassificationlevel datasensitivity classification classificationlevel"
        " confidentiality confidentialitylevel sensitivity sensitivitylevel securityclassification informationclassification"
    ),
    ENVIRONMENT: (
        "environment env environmentname envname stage environmenttype envtype environmentsuffix envsuffix"
        " deploymentenvironment deployenvironment deploymentstage targetenvironment"
    ),
}
"""Concept to its names, folded, the plainest first. No StageName: that is often the version of an API."""

_PAYERS = ("businessunit", "department", "team", "teamname", "owner")
"""Parameters that tell who pays where none tells the cost center. As tags they are others than it."""

_SUFFIXES = ("", "tag", "tagvalue", "parameter", "param")

_VALUE = re.compile(rf"(?!aws:)(?=.*\S)[\w\s.:/=+\-@]{{1,{TAG_VALUE_LENGTH}}}", re.IGNORECASE | re.DOTALL)
"""What every service takes as a tag's value (CloudFormation User Guide, "Resource tag")."""

_STRINGS = ("String", "AWS::SSM::Parameter::Value<String>")


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
    names = [*_NAMES[concept].split(), *(_PAYERS if concept == COST_CENTER else ())]
    by_name: dict[str, Parameter] = {}
    for parameter in template.parameters.values():
        by_name.setdefault(_rooted(parameter.id, names), parameter)
        if fits_tag(template, parameter):
            by_name[_rooted(parameter.id, names)] = _first(by_name[_rooted(parameter.id, names)], parameter, template)
    return next((by_name[name] for name in names if name in by_name and fits_tag(template, by_name[name])), None)


def fits_tag(template: Template, parameter: Parameter) -> bool:
    """Whether a ``Ref`` to the parameter may be a tag's value: a string, no secret, not empty, of admissible characters.

    What somebody passes is not known; the default and the allowed values are looked at.
    """
    if parameter.type not in _STRINGS or parameter.is_secret or may_be_empty(template, parameter):
        return False
    # The default of an SSM parameter is a name, not the value.
    shown = () if parameter.is_ssm else (*parameter.allowed_values, *([parameter.default] if parameter.has_default else ()))
    return all(isinstance(value, str | int | float) and is_tag_value(str(value)) for value in shown)


def may_be_empty(template: Template, parameter: Parameter) -> bool:
    """Whether the template reckons with an empty value: as its default, as an allowed value, or in a comparison.

    A parameter without a default, or with one that is not empty, is taken to have a value: whoever passes an empty one
    nevertheless gets empty names, too.
    """
    if parameter.is_ssm or _forbids_empty(parameter):
        return False
    if parameter.allowed_values:
        return any(_is_blank(value) for value in parameter.allowed_values)
    return (parameter.has_default and _is_blank(parameter.default)) or parameter.id in set(_compared_with_empty(template))


def _rooted(name: str, names: Collection[str]) -> str:
    """The known name that a parameter's is, apart from a ``p`` before and a ``Tag`` or ``Parameter`` behind it."""
    folded = fold_whole(name)
    for root in (folded, re.sub(r"^(parameter|param|p)", "", folded)):
        for suffix in _SUFFIXES:
            # A number: one that had to be told from another of the same name.
            cut = re.sub(rf"{suffix}\d*$", "", root) if suffix else root
            if cut in names:
                return cut
    return folded


def _first(one: Parameter, other: Parameter, template: Template) -> Parameter:
    return one if fits_tag(template, one) else other


def _forbids_empty(parameter: Parameter) -> bool:
    shortest, pattern = parameter.body.get("MinLength"), parameter.body.get("AllowedPattern")
    if str(shortest).isdecimal() and int(str(shortest)) > 0:
        return True
    try:
        return isinstance(pattern, str) and re.fullmatch(pattern, "") is None
    except re.error:
        return False


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _compared_with_empty(template: Template) -> Iterator[str]:
    for section in ("Conditions", "Rules"):
        for _, value in walk(template.section(section)):
            sides = value["Fn::Equals"] if intrinsic(value) == "Fn::Equals" else None
            if isinstance(sides, list) and "" in [literal_text(side) for side in sides]:
                yield from (name for name in map(ref_target, sides) if name is not None)
