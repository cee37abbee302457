"""How a run ends when something fails: one line for people and an exit status; a traceback only for who asks for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

import click

from fixer.model import TRACEBACK, CfnfixError

DONE, WOULD_CHANGE, FAILED = 0, 1, 2
"""The exit statuses: done or nothing to do; a dry run would change something; an input or the usage is at fault."""

_LAST = 2  # the descriptor of standard error

INTERRUPTED, PIPE_CLOSED = 130, 141
"""What a shell says of a process that ended by SIGINT, or by SIGPIPE."""


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
    _occupy()
    try:
        status = run()
        if sys.stdout is not None:
            _flush(sys.stdout)
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
        _say(str(unwritten(error)) if not isinstance(error.filename, str) and _is_full() else _told(error))
        return FAILED
    except Exception as error:
        _say(unexpected(error))
        return FAILED


def _told(error: OSError) -> str:
    where = error.filename if isinstance(error.filename, str) else "" if _is_here() else "the current folder"
    return f"{where}{': ' if where else ''}{error.strerror or error}"


def _is_full() -> bool:
    """Whether what waits for standard output cannot be written there."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        return True
    return False


def _is_here() -> bool:
    """Whether the current folder is there; it may have been removed under this process."""
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _occupy() -> None:
    """Let standard streams that are closed lead nowhere. Else the next file that is opened would take the place of one,
    and what a subprocess says would be written into it. ``sys.stdout`` stays None: who has a product for it must know.
    """
    while (opened := os.open(os.devnull, os.O_RDWR)) <= _LAST:
        pass
    os.close(opened)
    sys.stdin = sys.stdin if sys.stdin is not None else open(os.devnull)  # noqa: SIM115 - until the process ends
    sys.stderr = sys.stderr if sys.stderr is not None else open(os.devnull, "w")  # noqa: SIM115


def _flush(stream: TextIO) -> None:
    try:
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritten(error) from None


def unwritten(error: OSError) -> CfnfixError:
    """What to raise where standard output takes no more. What waits to be written there is dropped: at its end, the
    interpreter would try again, and change the exit status.
    """
    _silence()
    return CfnfixError(f"standard output: {error.strerror or error}")


def _say(message: str) -> None:
    try:
        click.echo(f"cfnfix: {message}", err=True)
    except OSError:
        _silence()


def _silence() -> None:
    """Nobody reads on: let the interpreter flush into nothing at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(ValueError):
            _divert(stream, nowhere)


def _divert(stream: TextIO, nowhere: int) -> None:
    try:
        stream.flush()
    except OSError:
        os.dup2(nowhere, stream.fileno())
