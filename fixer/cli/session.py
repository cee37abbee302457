"""One run of the command line: inputs go through `api`, several at a time, and come back in order, with their settings.

Whatever happens to one input, the others go on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from fixer.cli import apart
from fixer.cli.discover import STDIN, Input
from fixer.cli.failures import INTERRUPTED, unexpected
from fixer.model import CfnfixError, InputError, Outcome
from fixer.report import Result
from fixer.settings.file import check_names, find_settings, load_settings
from fixer.settings.model import NAMED, FileSettings, Overrides, Settings

if TYPE_CHECKING:
    from concurrent.futures import Executor, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

    from fixer.engine.validate import Validator

MOST_JOBS = 16
_FEW = 3  # files that are done before anybody looks for a progress bar
_WORKER = "a worker process ended before its time, perhaps for want of memory; try again with --jobs 1"


class Configuration(Struct):
    """The settings of each template: its settings file with the command line on top, read once, names checked."""

    overrides: Overrides
    config: Path | None = None
    isolated: bool = False
    _known: dict[tuple[Path | None, tuple[int, ...]], Settings] = field(default_factory=dict)
    _files: dict[Path, FileSettings] = field(default_factory=dict)
    _folders: dict[Path, Path | None] = field(default_factory=dict)

    def of(self, template: Path | None) -> Settings:
        """The settings for a template, or for a text without a path in the current folder; the same object if they are
        the same. Raises CfnfixError.
        """
        held = self.held(Path() if template is None else template.parent)
        key = (held.file, held.matching(template)) if held else (None, ())
        if key not in self._known:
            settings = self.overrides.over(held.of(template) if held else Settings())
            self._check(settings.plugins)
            self._known[key] = settings
        return self._known[key]

    def held(self, folder: Path) -> FileSettings | None:
        """The settings file for the templates in ``folder``. Raises CfnfixError."""
        if folder not in self._folders:
            self._folders[folder] = self.config or (None if self.isolated else find_settings(folder))
        file = self._folders[folder]
        if file is None:
            return None
        if file not in self._files:
            from fixer import api

            self._files[file] = load_settings(file)
            check_names(self._files[file], api.check_names)
        return self._files[file]

    def excludes(self, template: Path) -> bool:
        """Whether its settings file passes a template over. Raises CfnfixError."""
        held = self.held(template.parent)
        return held is not None and held.excludes(template)

    def _check(self, plugins: tuple[str, ...]) -> None:
        """Raise CfnfixError if the command line names what is no transform and no group."""
        from fixer import api

        for key in NAMED:
            try:
                api.check_names(getattr(self.overrides, key) or (), plugins)
            except CfnfixError as error:
                raise CfnfixError(f"--{key.replace('_', '-')}: {error}") from None


def process(
    inputs: Sequence[Input],
    configuration: Configuration,
    *,
    write: bool,
    jobs: int,
    stdin_name: str | None = None,
    progress: bool = False,
) -> Iterator[Result]:
    """The results of the inputs, in order. Raises CfnfixError if settings are wrong, before any input is touched."""
    batches: dict[int, tuple[Settings, list[Path]]] = {}
    given: list[tuple[Input, Settings]] = []
    for one in inputs:
        settings = Settings()
        if isinstance(one, Path):
            piped = str(one) == STDIN
            settings = configuration.of((Path(stdin_name) if stdin_name else None) if piped else one)
            if not piped:
                batches.setdefault(id(settings), (settings, []))[1].append(one)
        given.append((one, settings))
    files = sum(len(batch) for _, batch in batches.values())
    alone = given[0][1].validate if len(given) == 1 else "none"
    with (
        _pool(min(jobs, files)) as executor,
        _ahead(alone, jobs) as validate,
        _bar(len(given), progress and len(given) > _FEW) as advance,
    ):
        running = {
            key: _files(batch, settings, write, executor, validate) for key, (settings, batch) in batches.items()
        }
        for one, settings in given:
            if isinstance(one, Outcome):
                outcome = one
            elif str(one) == STDIN:
                outcome = _standard_input(settings, stdin_name, validate)
            else:
                outcome = next(running[id(settings)])
            advance()
            singly = partial(apart.alone, outcome, settings)
            yield Result(outcome, settings.unsafe_fixes, settings.max_impact, alone=singly, plugins=settings.plugins)


def _files(
    paths: Sequence[Path], settings: Settings, write: bool, executor: Executor | None, validate: Validator | None
) -> Iterator[Outcome]:
    """One outcome for each path, in their order, even if the machinery fails."""
    from fixer import api

    left = list(paths)
    while left:
        try:
            for outcome in api.fix_files(tuple(left), settings, write=write, executor=executor, validate=validate):
                left.pop(0)
                yield outcome
            if left:
                raise RuntimeError("an outcome is missing")
        except Exception as error:
            broken = executor is not None and _is_broken(error)
            for path in left if broken else left[:1]:
                yield Outcome(str(path), "", "", error=InputError(_WORKER if broken else unexpected(error)))
            left = [] if broken else left[1:]


def _is_broken(error: Exception) -> bool:
    from concurrent.futures import BrokenExecutor

    return isinstance(error, BrokenExecutor)


def _standard_input(settings: Settings, name: str | None, validate: Validator | None) -> Outcome:
    from fixer import api
    from fixer.syntax.source import decode

    if name and settings.options.code_root is None:
        options = replace(settings.options, code_root=str(Path(name).parent))
        settings = replace(settings, options=options)
    location = name or STDIN
    try:
        text = decode(sys.stdin.buffer.read())
        return api.fix_text(text, settings, location=location, validate=validate)
    except InputError as error:
        return Outcome(location, "", "", error=error)
    except Exception as error:
        return Outcome(location, "", "", error=InputError(unexpected(error)))


def default_jobs() -> int:
    """As many as there are cores for this process, within reason: each holds its own cfn-lint."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_JOBS)


def _ahead(name: str, jobs: int) -> AbstractContextManager[Validator | None]:
    """A validator that loads while the one template is being repaired; the others load theirs when they need it."""
    if name == "none" or jobs < 2:
        return nullcontext()
    from fixer.engine.ahead import Ahead

    return Ahead(name)


def _pool(jobs: int) -> AbstractContextManager[ProcessPoolExecutor | None]:
    return _processes(jobs) if jobs > 1 else nullcontext()


@contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    import signal
    from concurrent.futures import ProcessPoolExecutor

    executor = ProcessPoolExecutor(jobs, initializer=_serve)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # to be ended is to be interrupted
    try:
        yield executor
    finally:  # what has begun ends, so that no file is left half done; what has not, never begins
        executor.shutdown(wait=True, cancel_futures=True)
        signal.signal(signal.SIGTERM, before)


def _serve() -> None:
    """Workers leave Ctrl-C to the process that started them, and end with it, however it ends."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    """Wait for the end of another process, and end this one. Nobody is left to hand an outcome to."""
    parent.join()
    os._exit(INTERRUPTED)


@contextmanager
def _bar(number: int, wanted: bool) -> Iterator[Callable[[], object]]:
    """A progress bar on standard error, gone when all is done."""
    if not wanted:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Repairing"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=number)
        yield lambda: bar.advance(task)
