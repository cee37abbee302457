"""The one place that knows both the engine and the transforms. Both faces, the command line and the editor, call it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fixer.engine.notes import notes
from fixer.engine.proof import disputed
from fixer.engine.run import Key, Repair, Unsettled, positions, repair
from fixer.engine.size import check_size
from fixer.engine.validate import Problem, Validator, new_problems, validator
from fixer.model import TRACEBACK, CfnfixError, Entry, InputError, Outcome, Transform
from fixer.settings.model import Settings
from fixer.syntax.source import read, write_atomic
from transforms.registry import TRANSFORMS, plugin

if TYPE_CHECKING:
    from concurrent.futures import Executor

GROUPS = ("default", "security", "network", "ha", "lint", "all")


def fix_text(
    text: str,
    settings: Settings | None = None,
    *,
    location: str = "<text>",
    validate: Validator | None = None,
    transforms: Sequence[Transform] | None = None,
) -> Outcome:
    """Repair the text of one template, in YAML or JSON, and give the repaired text with all that was found.

    What is wrong with the template is told in the outcome (``outcome.error``); only wrong settings raise CfnfixError.

    - ``settings``: those of the command line without options, if there are none. No settings file is read.
    - ``location``: what to call the template in the outcome. No file of that name is read.
    - ``validate``: the validator to use, if it is at hand already; else that of the settings.
    - ``transforms``: those to use instead of what the settings select; an editor hands in some that it can stop.

    The sources of Lambda functions are looked for in ``settings.options.code_root`` alone.
    """
    settings = settings or Settings()
    transforms = selected(settings) if transforms is None else transforms
    if settings.fetch_code and settings.options.fetch is None:
        from fixer.engine.fetch import s3_fetch

        settings = replace(settings, options=replace(settings.options, fetch=s3_fetch()))
    try:
        result, said = _repaired(text, transforms, settings, validate or validator(settings.validate))
    except InputError as error:
        return Outcome(location, text, text, error=error)
    except Unsettled as unsettled:
        reason = f"left as it was, because its repairs are in doubt ({unsettled}); please report this"
        return Outcome(location, text, text, error=InputError(reason))
    said += notes(result.before, result.after, result.applied, result.template)
    applied, remaining = positions(result.applied), positions(result.remaining)
    return Outcome(location, text, result.after.text, tuple(applied), tuple(remaining), tuple(said))


def fix_file(
    path: Path | str, settings: Settings | None = None, *, write: bool = False, validate: Validator | None = None
) -> Outcome:
    """Repair a file. It is only read; with ``write`` it is replaced, atomically and only if something changed.

    A file that cannot be read or written, or is no template, is told in the outcome; only wrong settings raise
    CfnfixError. The sources of Lambda functions are looked for beside the file, unless the settings name a code root.
    """
    path, settings = Path(path), settings or Settings()
    if settings.options.code_root is None:
        settings = replace(settings, options=replace(settings.options, code_root=str(path.parent)))
    text = ""
    try:
        text = read(path)
        outcome = fix_text(text, settings, location=str(path), validate=validate)
        if write and outcome.error is None and outcome.changed:
            write_atomic(path, outcome.after)
    except InputError as error:
        return Outcome(str(path), text, text, error=error)
    return outcome


def fix_files(
    paths: Iterable[Path | str],
    settings: Settings | None = None,
    *,
    write: bool = False,
    executor: Executor | None = None,
    validate: Validator | None = None,
) -> Iterator[Outcome]:
    """Repair files, each as ``fix_file`` does, and give their outcomes in the order of the paths.

    Nothing happens before the first outcome is asked for. Without an executor, each file is repaired when its outcome
    is asked for. ``executor``: any of ``concurrent.futures``, or one that is used like them, such as Dask's; all files
    are handed to it at once. Where its workers are other processes, ``validate`` must be None or picklable; where they
    are other machines, they need cfnfix, and the files under the same paths.

    An error in one file, foreseen or not, is told in its outcome, and the others go on. Wrong settings raise
    CfnfixError, and what the executor itself raises (``BrokenProcessPool``) is handed on.
    """
    fix = partial(_fix_one, settings=settings, write=write, validate=validate)
    if executor is None:
        yield from map(fix, paths)
    else:  # Dask takes no iterators, and answers a call that it has seen from memory, although the file has changed
        yield from executor.map(partial(fix, call=os.urandom(8)), list(paths))


def _fix_one(
    path: Path | str, settings: Settings | None, write: bool, validate: Validator | None, call: bytes = b""
) -> Outcome:
    """The outcome of one file of many, which must not stop the others. ``call`` tells one call from another."""
    try:
        return fix_file(path, settings, write=write, validate=validate)
    except CfnfixError:
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        reason = f"unexpected {type(error).__name__}: {error}; please report this ({TRACEBACK}=1 shows its place)"
        return Outcome(str(path), "", "", error=InputError(reason))


def selected(settings: Settings) -> tuple[Transform, ...]:
    """The transforms that the settings select, in the order of their application. Raises CfnfixError for an unknown
    name.
    """
    check_names((*settings.select, *settings.extend_select, *settings.ignore), settings.plugins)
    wanted = {*settings.select, *settings.extend_select}
    every = known(settings.plugins)
    return tuple(t.load() for t in every if _is_meant(t, wanted) and not _is_meant(t, settings.ignore))


def known(plugins: Iterable[str] = ()) -> tuple[Entry | Transform, ...]:
    """All transforms, in the order of their application. Plugins come first, so that tags and outputs serve them too.

    A plugin is a module with a transform of its name, as those of ``transforms/`` are. Raises CfnfixError for one that
    cannot be had.
    """
    return (*map(plugin, plugins), *TRANSFORMS)


def names(plugins: Iterable[str] = ()) -> tuple[str, ...]:
    """The groups and transforms that can be selected."""
    return (*GROUPS, *(t.name for t in known(plugins)))


def check_names(given: Iterable[str], plugins: Iterable[str] = ()) -> None:
    """Raise CfnfixError for a name that is no transform and no group, with the closest that is."""
    known = names(plugins)
    for name in given:
        if name not in known:
            from difflib import get_close_matches

            close = get_close_matches(name, known, 1)
            hint = f"; did you mean {close[0]}?" if close else "; cfnfix rule lists them"
            raise CfnfixError(f"{name!r} is no transform and no group{hint}")


def _is_meant(transform: Entry | Transform, names: Iterable[str]) -> bool:
    return any(name in (transform.name, "all") or name in transform.groups for name in names)


def _repaired(
    text: str, transforms: Sequence[Transform], settings: Settings, validate: Validator | None
) -> tuple[Repair, list[str]]:
    """The repair that brings no new error, and notes about what was withheld for that."""
    result = repair(text, transforms, settings)
    if result.applied:
        check_size(text, result.after.text, result.applied)
    if validate is None or not result.applied:
        return result, []
    validate.ask(result.after.text, text)
    if settings.validate == "cfn-lint" and disputed(result.before, result.after):
        raise Unsettled("another reader understands the result differently")
    judge = lru_cache(maxsize=2)(validate)  # the search for culprits asks for the errors of the old text each time
    problems = new_problems(judge, text, result.after.text)
    if not problems:
        return result, []
    from fixer.engine.blame import acquit

    def again(withheld: Mapping[Key, str]) -> tuple[Repair, list[Problem]]:
        other = repair(text, transforms, settings, withheld)
        return other, new_problems(judge, text, other.after.text) if other.applied else []

    best = acquit(result, problems, again)
    if best is None:
        return repair(text, (), settings), [f"Nothing was repaired: a new error would come, {problems[0]}"]
    return best, []
