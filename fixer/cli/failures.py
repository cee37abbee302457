"""How a run ends when something fails: one line for people and an exit status; a traceback only for who asks for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

import click

from fixer.model import CfnfixError

DONE, WOULD_CHANGE, FAILED = 0, 1, 2
"""The exit statuses: done or nothing to do; a dry run would change something; an input or the usage is at fault."""

INTERRUPTED, PIPE_CLOSED = 130, 141
"""What a shell says of a process that ended by SIGINT, or by SIGPIPE."""

TRACEBACK = "CFNFIX_TRACEBACK"
"""The environment variable that asks for tracebacks; `-v -v` sets it, so that worker processes know as well."""


class PipeClosed(Exception):
    """Nobody reads what is written any more."""


def unexpected(error: BaseException) -> str:
    """The message for an error that nobody foresaw; with its traceback on standard error, if that was asked for."""
    if os.environ.get(TRACEBACK):
        import traceback

        traceback.print_exception(type(error), error, error.__traceback__)
    kind = type(error).__name__
    said = " ".join(str(error).split())
    return f"unexpected {kind}{': ' + said if said else ''}; please report this (-v -v shows where it comes from)"


def guarded(run: Callable[[], object]) -> int:
    """Run it, and give the exit status, whatever happens; errors are said on standard error."""
    try:
        status = run()
        sys.stdout.flush()
        return status if isinstance(status, int) else DONE
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "cfnfix"
        _say(f"{error.format_message()}\nTry '{path} --help'.")
        return FAILED
    except click.ClickException as error:
        _say(error.format_message())
        return FAILED
    except CfnfixError as error:
        _say(str(error))
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted")
        return INTERRUPTED
    except (PipeClosed, BrokenPipeError):
        _silence()
        return PIPE_CLOSED
    except OSError as error:
        _say(f"{error.filename + ': ' if isinstance(error.filename, str) else ''}{error.strerror or error}")
        return FAILED
    except Exception as error:
        _say(unexpected(error))
        return FAILED


def _say(message: str) -> None:
    try:
        click.echo(f"cfnfix: {message}", err=True)
    except OSError:
        _silence()


def _silence() -> None:
    """Nobody reads on: let the interpreter flush into nothing at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError):
            _divert(stream, nowhere)


def _divert(stream: TextIO, nowhere: int) -> None:
    try:
        stream.flush()
    except OSError:
        os.dup2(nowhere, stream.fileno())
