"""What a user may set, as values: the settings, and what the command line says over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from fixer.model import CfnfixError, Impact, Options, Value

VALIDATORS = ("cfn-lint", "fast", "none")
IMPACTS: Mapping[str, Impact] = {impact.name.lower().replace("_", "-"): impact for impact in Impact}
"""The names under which the impacts of an update are set: ``no-interruption`` and so on."""

_INTRINSICS = frozenset(
    {"Base64", "Cidr", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Ref", "Select", "Split", "Sub"}
)
_TAG_KEY = re.compile(r"[\w .:/=+\-@]{1,128}")


@dataclass(frozen=True, slots=True)
class Settings:
    """How templates are repaired. Names are those of transforms or groups."""

    select: tuple[str, ...] = ("default",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    max_impact: Impact | None = None
    """No fix with an impact above this one; None: any."""
    validate: str = "cfn-lint"
    """One of VALIDATORS."""
    fetch_code: bool = False
    """Whether the code of Lambda functions may be read from S3."""
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says. None, or empty: nothing, so that the settings file counts."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool | None = None
    max_impact: Impact | None = None
    validate: str | None = None
    tags: Mapping[str, Value] = field(default_factory=dict)
    code_root: str | None = None
    fetch_code: bool | None = None

    def over(self, settings: Settings) -> Settings:
        """The settings of a file with the command line on top.

        ``--select`` begins anew, so that it alone says what runs; ``--extend-select`` and ``--ignore`` add to the file,
        and undo what it says about the same name. ``--tag`` goes by key.
        """
        anew = self.select is not None
        extended = () if anew else _without(settings.extend_select, self.ignore)
        ignored = () if anew else _without(settings.ignore, self.extend_select)
        return replace(
            settings,
            select=settings.select if self.select is None else self.select,
            extend_select=_joined(extended, self.extend_select),
            ignore=_joined(ignored, self.ignore),
            unsafe_fixes=settings.unsafe_fixes if self.unsafe_fixes is None else self.unsafe_fixes,
            max_impact=settings.max_impact if self.max_impact is None else self.max_impact,
            validate=settings.validate if self.validate is None else self.validate,
            fetch_code=settings.fetch_code if self.fetch_code is None else self.fetch_code,
            options=replace(
                settings.options,
                tags={**settings.options.tags, **self.tags},
                code_root=settings.options.code_root if self.code_root is None else self.code_root,
            ),
        )


def _joined(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _without(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    dropped = frozenset(others)
    return tuple(name for name in names if name not in dropped)


def tag(key: str, text: str) -> Value:
    """The value of a tag in long form: ``text`` itself, or the intrinsic that it spells, like ``!Ref Environment``.

    Raises CfnfixError for a key or value that CloudFormation would refuse (user guide, aws-properties-resource-tags).
    """
    if not _TAG_KEY.fullmatch(key):
        raise CfnfixError(
            f"{key!r} is no tag key: 1 to 128 letters, digits, blanks or characters of _.:/=+-@ are expected"
        )
    if key.lower().startswith("aws:"):
        raise CfnfixError(f"the tag key {key!r} begins with aws:, which is reserved for AWS")
    if not text.startswith("!"):
        if not 1 <= len(text) <= 256:
            raise CfnfixError(f"the value of the tag {key!r} has {len(text)} characters; 1 to 256 are expected")
        return text
    name = re.split(r"[\s\[{]", text[1:], maxsplit=1)[0]
    if name not in _INTRINSICS:
        known = "!Ref Environment or !Sub '${AWS::StackName}-tag'"
        raise CfnfixError(
            f"the value of the tag {key!r} begins with !{name}, which is no intrinsic; expected is one like {known}"
        )
    from fixer.model import InputError
    from fixer.syntax.parse import parse

    try:
        value = parse(f"Value: {text}\n").data["Value"]
    except InputError as error:
        raise CfnfixError(f"the value of the tag {key!r} cannot be read: {error.message} in {text!r}") from None
    if not isinstance(value, dict) or not all(value.values()):
        raise CfnfixError(f"the value of the tag {key!r}, {text!r}, lacks what !{name} refers to")
    return value
