"""``cfnfix lsp``: the language server."""

from __future__ import annotations

import click


@click.command("lsp", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--stdio", is_flag=True, help="Accepted, as many editors pass it; there is no other way.")
@click.pass_context
def lsp(ctx: click.Context, stdio: bool) -> None:
    """Serve an editor on standard input and output: diagnostics, fixes, format on save.

    Settings come from the .cfnfix.toml or pyproject.toml nearest to each template, and from the editor over them.

    \b
    Examples:
      vim.lsp.config("cfnfix", {cmd = {"cfnfix", "lsp"}})    in Neovim 0.11
      cfnfix -                  for editors that want a command as a filter
    """
    from fixer.lsp import main

    ctx.exit(main())
