"""``cfnfix completion SHELL``, and what a shell completes: click's scripts, with files beside the subcommands, names
behind commas, and values behind ``--option=``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_CFNFIX_COMPLETE"
"""What the scripts set when they ask; click's name for it."""

ABOUT = """\
Print the script that completes commands, options, transforms and files in SHELL.

\b
To have it in every new shell:
  bash   echo 'eval "$(cfnfix completion bash)"' >> ~/.bashrc
  zsh    echo 'eval "$(cfnfix completion zsh)"' >> ~/.zshrc
  fish   cfnfix completion fish > ~/.config/fish/completions/cfnfix.fish
"""

_BASH = r"""%(complete_func)s() {
    local IFS=$'\n'
    local response completion type value files
    local -a names

    response=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete $1)
    for completion in $response; do
        IFS=',' read type value <<< "$completion"
        case $type in
            dir) compopt -o dirnames ;;
            file) files=1 ;;
            plain) names+=("$value") ;;
        esac
    done
    if [[ -z $files ]]; then
        COMPREPLY=("${names[@]}")
    elif [[ ${#names[@]} -eq 0 ]]; then
        COMPREPLY=()
        compopt -o default
    else
        compopt -o filenames
        COMPREPLY=("${names[@]}" $(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
    fi
    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_COMPDEF = "    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }\n"


@click.command("completion", help=ABOUT, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script of a shell."""
    from click.shell_completion import get_completion_class

    register()
    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(ctx.command, {}, "cfnfix", VARIABLE).source(), nl=False)


def register() -> None:
    """Let click use our scripts and values."""
    from click.shell_completion import BashComplete, FishComplete, ZshComplete, add_completion_class

    class Bash(BashComplete):
        """Bash takes ``--select=x`` for three words."""

        source_template = _BASH

        def get_completion_args(self) -> tuple[list[str], str]:
            args, incomplete = super().get_completion_args()
            return [arg for arg in args if arg != "="], "" if incomplete == "=" else incomplete

    class Zsh(ZshComplete):
        """A zsh without a configuration, as a new account has it, does not know ``compdef``."""

        source_template = ZshComplete.source_template.replace("    compdef ", _COMPDEF + "    compdef ")

        def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
            return _behind(incomplete, super().get_completions(args, incomplete))

    class Fish(FishComplete):
        source_template = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')

        def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
            return _behind(incomplete, super().get_completions(args, incomplete))

    for one in (Bash, Zsh, Fish):
        add_completion_class(one)


def _behind(incomplete: str, items: Iterable[CompletionItem[str]]) -> list[CompletionItem[str]]:
    """The items as the shell wants them where ``--option=`` stands before the value: with it."""
    from click.shell_completion import CompletionItem

    option, equals, _ = incomplete.partition("=")
    if not equals or not option.startswith("--"):
        return list(items)
    return [CompletionItem(f"{option}={item.value}", item.type, item.help) for item in items]


def paths(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Files; and the subcommands, if it is the first word."""
    from click.core import ParameterSource
    from click.shell_completion import CompletionItem

    given = [ctx.get_parameter_source(one.name) for one in ctx.command.params if one.name]
    known: dict[str, str] = {} if ParameterSource.COMMANDLINE in given else getattr(ctx.command, "subcommands", {})
    found = [CompletionItem(name, help=about) for name, about in known.items() if name.startswith(incomplete)]
    return [*found, CompletionItem(incomplete, type="file")]


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Files, that need not be there."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Transforms and groups, the last of several behind commas."""
    from fixer import api

    before, comma, last = incomplete.rpartition(",")
    return _starting(before + comma, last, (name for name in api.names() if name not in before.split(",")))


def transforms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Transforms."""
    from fixer import api

    return _starting("", incomplete, (name for name in api.names() if name not in api.GROUPS))


def _starting(before: str, text: str, known: Iterable[Any]) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(before + name) for name in known if name.startswith(text)]
