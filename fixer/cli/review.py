"""``cfnfix review TEMPLATE``: one fix at a time, for a person at a terminal.

The dialogue goes to standard error. Nothing is written before the end; Ctrl-C leaves the file as it was.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from fixer.cli import options
from fixer.cli.delivery import color_of, line_width
from fixer.cli.failures import DONE, FAILED, INTERRUPTED
from fixer.cli.session import Configuration
from fixer.model import Finding, InputError, Outcome
from fixer.report import Result, text
from fixer.report.proposal import diff, proposal
from fixer.settings.model import Settings

if TYPE_CHECKING:
    from fixer.engine.review import Review, State
    from fixer.engine.validate import Problem, Validator

ABOUT = """\
Decide on the fixes of TEMPLATE one by one, each with its diff, why it is safe or unsafe, and what it does to a live
stack. Unsafe fixes are among them, and marked. What you accept is validated and written at the end, in place, all
at once; Ctrl-C leaves the file as it was.

\b
Examples:
  cfnfix review api.yaml                       all that the settings select
  cfnfix review api.yaml --no-unsafe-fixes     safe ones alone
  cfnfix review api.yaml --select security     those of a group
"""

KEYS = {
    "y": "yes, apply it",
    "n": "no, leave it",
    "a": "yes to all of this kind, unless less safe or of a higher impact",
    "d": "never this kind here: write a comment (in JSON: metadata) that ignores it",
    "u": "undo the last decision",
    "v": "view the whole diff",
    "q": "quit: write what was accepted",
    "?": "this help",
}
_QUIT = "q"
_ENDS = ("", "\x04")  # the end of the input, Ctrl-D


def review(template: str, color: str, **given: Any) -> int:
    """Review a template, write what was accepted, and give the exit status."""
    options.check_setting(given)
    path, shade = Path(template), color_of(color)
    file = Path(given["config"]) if given["config"] else None
    configuration = Configuration(options.overrides(given), file, given["isolated"])
    settings = configuration.of(path)
    if settings.options.code_root is None:
        settings = replace(settings, options=replace(settings.options, code_root=str(path.parent)))
    from fixer import api
    from fixer.engine.review import Review
    from fixer.engine.validate import validator
    from fixer.syntax.source import read

    validator(settings.validate)  # says at once if it is not installed
    rules = Review(api.selected(settings), settings, unsafe=given["unsafe_fixes"] is not False)

    def say(line: str = "", *, end: bool = True) -> None:
        click.echo(line, nl=end, err=True, color=shade)

    try:
        before = read(path)
        with _loading(settings) as validate:
            state = _Dialogue(rules, template, say).run(rules.begin(before))
            return _finish(path, before, state, settings, validate, say)
    except InputError as error:
        say(text.error(Outcome(template, "", "", error=error)))
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        say("\ncfnfix: interrupted; nothing was written")
        return INTERRUPTED


class _Dialogue:
    """Shows proposals and takes decisions."""

    def __init__(self, rules: Review, location: str, say: Callable[..., None]) -> None:
        self.rules = rules
        self.location = location
        self.say = say

    def run(self, state: State) -> State:
        """The state at the end of the dialogue."""
        from fixer.engine.review import Decision

        decisions = {"y": Decision.YES, "n": Decision.NO, "a": Decision.ALL, "d": Decision.NEVER}
        past: list[State] = []
        self.show(state)
        while (shown := state.proposal) is not None:
            answer = self.ask(state, undo=bool(past))
            if answer in decisions:
                past.append(state)
                state = self.rules.decide(state, decisions[answer])
                self.tell(past[-1], state)
            elif answer == "u":
                state = past.pop()
            elif answer == "v":
                for line in diff(state.text, shown.after):
                    self.say(line)
                continue
            elif answer == "?":
                for key, about in KEYS.items():
                    self.say(f"  {key}  {about}")
                self.say(f"`cfnfix rule {shown.finding.transform}` explains this kind.")
                continue
            elif answer == _QUIT:
                return state
            self.show(state)
        return state

    def show(self, state: State) -> None:
        """The present proposal."""
        if state.proposal is None:
            return
        found, width = state.proposal, line_width()
        self.say()
        for line in proposal(self.location, found.finding, found.fix, width=min(width, 80)):
            self.say(line)
        rows = shutil.get_terminal_size((80, 24)).lines
        for line in diff(state.text, found.after, most=max(10, rows - 10)):
            self.say(line)

    def tell(self, old: State, new: State) -> None:
        """What a decision has come to, where it is not plain."""
        accepted = len(new.accepted) - len(old.accepted)
        if accepted > 1:
            self.say(f"{accepted} fixes accepted.")
        for one in new.refused[len(old.refused) :]:
            self.say(f"{one.transform} at {self.location}:{one.line}:{one.column}: {text.clean(one.reason)}")

    def ask(self, state: State, *, undo: bool) -> str:
        """One of KEYS."""
        usable = [key for key in KEYS if key != "u" or undo]
        more = f" ({state.left} more)" if state.left else " (the last)"
        while True:
            self.say(click.style(f"Apply it?{more} [{','.join(usable)}] ", bold=True), end=False)
            answer = _key()
            self.say(answer if answer.isprintable() and _is_single() else "")
            if answer in _ENDS:
                return _QUIT
            if answer.lower() in usable:
                return answer.lower()


def _is_single() -> bool:
    """Whether single keys are read; else lines: from a pipe, and from what is no full terminal, as Emacs' shell."""
    return sys.stdin.isatty() and os.environ.get("TERM") != "dumb"


def _key() -> str:
    """The next key, or the first letter of the next line; "" at the end of the input."""
    if _is_single():
        try:
            return click.getchar()
        except EOFError:
            return ""
    line = sys.stdin.readline()
    return line.strip()[:1] or " " if line else ""


def _finish(
    path: Path,
    before: str,
    state: State,
    settings: Settings,
    validate: Validator | None,
    say: Callable[..., None],
) -> int:
    """Validate and write what was accepted, and tell."""
    from fixer.syntax.source import read, write_atomic

    say()
    if state.text != before:
        if validate is not None:
            say(f"Validating with {settings.validate} ...")
        problems = _new_problems(before, state.text, settings, validate)
        if problems:
            for line in _accused(path, problems, state.accepted):
                say(line)
            return FAILED
        if read(path) != before:
            raise InputError("the file has changed during the review; nothing was written")
        write_atomic(path, state.text)
    for line in _told(path, before, state):
        say(line)
    return DONE


def _new_problems(before: str, after: str, settings: Settings, validate: Validator | None) -> Sequence[Problem]:
    if validate is None:
        return ()
    from fixer.engine.proof import disputed
    from fixer.engine.validate import new_problems
    from fixer.syntax.parse import parse

    if settings.validate == "cfn-lint" and disputed(parse(before), parse(after)):
        raise InputError("another reader understands the result differently; nothing was written; please report this")
    return new_problems(validate, before, after)


def _accused(path: Path, problems: Sequence[Problem], accepted: Sequence[Finding]) -> Iterator[str]:
    """Why nothing is written, and which of the accepted fixes are close to it."""
    from fixer.engine.blame import touches

    yield text.error(Outcome(str(path), "", "", error=InputError("nothing was written, as a new error would come:")))
    for problem in problems:
        yield f"  {text.clean(str(problem))}"
    close = [one for one in accepted if touches(one, problems)]
    for one in close:
        yield f"  accepted there: {one.transform} at {one.line}:{one.column}"
    yield f"Review it again without {'these' if close else 'some of the fixes'}; `cfnfix -w` finds the culprits itself."


def _told(path: Path, before: str, state: State) -> Iterator[str]:
    """The summary: what was written, and what was not."""
    from fixer.engine.notes import notes
    from fixer.engine.run import template_of
    from fixer.syntax.parse import parse

    after = parse(state.text)
    said = tuple(notes(parse(before), after, state.accepted, template_of(after)))
    outcome = Outcome(str(path), before, state.text, state.accepted, notes=said)
    if state.accepted:
        yield text.summary([Result(outcome)], width=line_width())
    else:
        yield f"{text.clean(str(path))}: {'ignores written' if state.ignored else 'nothing was changed'}."
    waiting = state.left + 1 if state.proposal is not None else 0
    above = [one for one in state.others if one.fix is not None]
    rest = {
        "declined": len(state.declined),
        "ignored from now on": len(state.ignored),
        "not decided": waiting,
        "could not be made": len(state.refused),
        "left out by the options": len(above),
        "without a fix (cfnfix --check -v tells why)": len(state.others) - len(above),
    }
    counted = [f"{number} {words}" for words, number in rest.items() if number]
    if counted:
        yield from textwrap.wrap(f"{', '.join(counted)}.", line_width(), break_on_hyphens=False)


def _loading(settings: Settings) -> AbstractContextManager[Validator | None]:
    """A validator that loads while decisions are taken."""
    if settings.validate == "none":
        return nullcontext()
    from fixer.engine.ahead import Ahead

    return Ahead(settings.validate)


command = click.Command(
    "review",
    callback=review,
    help=ABOUT,
    params=[
        click.Argument(["template"], type=click.Path(exists=True, dir_okay=False)),
        *options.SETTING,
        options.COLOR,
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)
