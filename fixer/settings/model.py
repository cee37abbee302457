"""What a user may set, as values: the settings, and what files, the editor and the command line say over them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from fixer.cloudformation.limits import TAG_KEY_LENGTH, TAG_VALUE_LENGTH
from fixer.model import CfnfixError, Impact, Options, Value

VALIDATORS = ("cfn-lint", "fast", "none")
IMPACTS: Mapping[str, Impact] = {impact.name.lower().replace("_", "-"): impact for impact in Impact}
"""The names under which the impacts of an update are set: ``no-interruption`` and so on."""

NAMED = ("select", "extend_select", "ignore")
"""The settings that name transforms and groups."""

_INTRINSICS = frozenset(
    {"Base64", "Cidr", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Ref", "Select", "Split", "Sub"}
)
_TAG_KEY = re.compile(rf"[\w .:/=+\-@]{{1,{TAG_KEY_LENGTH}}}")


class Settings(Struct, frozen=True):
    """How templates are repaired. Names are those of transforms or groups."""

    select: tuple[str, ...] = ("default",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    max_impact: Impact | None = None
    """No fix with an impact above this one; None: any."""
    validate: str = "cfn-lint"
    """One of VALIDATORS."""
    options: Options = field(default_factory=Options)
    fetch_code: bool = False
    """Whether the code of Lambda functions may be read from S3."""
    plugins: tuple[str, ...] = ()
    """Modules with further transforms, by their dotted names; see ``fixer.api.known``."""


class Overrides(Struct, frozen=True):
    """What one place says about the settings: a file, an override of it, the editor, the command line. None, or empty:
    nothing, so that what is below counts.

    Each field has the name of the one of Settings, or of Options, that it goes over.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool | None = None
    max_impact: Impact | None = None
    validate: str | None = None
    tags: Mapping[str, Value] = field(default_factory=dict)
    code_root: str | None = None
    export: bool | None = None
    nat: bool | None = None
    private_api: bool | None = None
    fetch_code: bool | None = None
    deletion_policy: str | None = None
    update_replace_policy: str | None = None
    retention_days: int | None = None
    plugins: tuple[str, ...] = ()

    def over(self, settings: Settings) -> Settings:
        """The settings with these on top.

        ``select`` begins anew, so that it alone says what runs; ``extend_select`` and ``ignore`` add to what is below,
        and undo what it says about the same name. ``tags`` go by key; ``plugins`` add.
        """
        anew = self.select is not None
        extended = () if anew else _without(settings.extend_select, self.ignore)
        ignored = () if anew else _without(settings.ignore, self.extend_select)
        said = {name: getattr(self, name) for name in self.__struct_fields__}
        said["extend_select"] = _joined(extended, self.extend_select)
        said["ignore"] = _joined(ignored, self.ignore)
        said["tags"] = {**settings.options.tags, **self.tags}
        said["plugins"] = _joined(settings.plugins, self.plugins)
        said = {name: value for name, value in said.items() if value is not None}
        options = {name: said.pop(name) for name in _OPTIONS if name in said}
        return replace(settings, **said, options=replace(settings.options, **options))

    def says(self, name: str) -> bool:
        """Whether anything is said about a field."""
        value = getattr(self, name)
        return value is not None and (name == "select" or value not in ((), {}))


_OPTIONS = frozenset(Options.__struct_fields__)


class PathOverride(Struct, frozen=True):
    """What a settings file says for some templates alone."""

    paths: tuple[str, ...]
    """Globs as in .gitignore, relative to the folder of the settings file."""
    said: Overrides

    def matches(self, path: str) -> bool:
        """Whether it speaks of a template, by its path from the folder of the settings file, with slashes."""
        return match(self.paths, path)


class FileSettings(Struct, frozen=True):
    """What a settings file says."""

    file: Path
    said: Overrides = Overrides()
    overrides: tuple[PathOverride, ...] = ()
    exclude: tuple[str, ...] = ()
    """Globs, as those of overrides, of what is passed over in folders and in an editor."""

    @property
    def plugins(self) -> tuple[str, ...]:
        """All plugins that it names, for whichever templates."""
        return _joined(self.said.plugins, (name for one in self.overrides for name in one.said.plugins))

    def matching(self, template: Path | None) -> tuple[int, ...]:
        """The indexes of the overrides that speak of a template; of a text without a path, none does."""
        if template is None or not self.overrides:
            return ()
        path = relative(template, self.file.parent)
        return tuple(number for number, one in enumerate(self.overrides) if one.matches(path))

    def excludes(self, template: Path) -> bool:
        """Whether a template is passed over where nobody has named it."""
        return match(self.exclude, relative(template, self.file.parent))

    def of(self, template: Path | None = None) -> Settings:
        """The settings for a template, or for what has no path. Later overrides win."""
        settings = self.said.over(Settings())
        for number in self.matching(template):
            settings = self.overrides[number].said.over(settings)
        return settings


def relative(template: Path, folder: Path) -> str:
    """The path of a template from a folder on, with slashes, as globs see it."""
    place = os.path.join(os.path.realpath(template.parent), template.name)
    try:
        path = os.path.relpath(place, os.path.realpath(folder))
    except ValueError:  # another drive
        path = place
    return Path(path).as_posix()


def match(globs: Iterable[str], path: str) -> bool:
    """Whether a path matches globs as in .gitignore."""
    globs = tuple(globs)
    if not globs:
        return False
    import pathspec  # late: most runs have no globs

    return pathspec.GitIgnoreSpec.from_lines(globs).match_file(path)


def is_glob(text: str) -> bool:
    """Whether a text says which files are meant, as a line of .gitignore."""
    import pathspec

    try:
        return any(one.include is not None for one in pathspec.GitIgnoreSpec.from_lines([text]).patterns)
    except ValueError:
        return False


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
            f"{key!r} is no tag key: 1 to {TAG_KEY_LENGTH} letters, digits, blanks "
            "or characters of _.:/=+-@ are expected"
        )
    if key.lower().startswith("aws:"):
        raise CfnfixError(f"the tag key {key!r} begins with aws:, which is reserved for AWS")
    if not text.startswith("!"):
        if not 1 <= len(text) <= TAG_VALUE_LENGTH:
            raise CfnfixError(
                f"the value of the tag {key!r} has {len(text)} characters; 1 to {TAG_VALUE_LENGTH} are expected"
            )
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
