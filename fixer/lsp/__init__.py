"""The language server, a face of `api` like the command line. ``main`` runs it on standard input and output."""


def main() -> int:
    """Serve until the editor ends it, and give the exit status. pygls is imported only now."""
    from fixer.lsp.server import serve

    return serve()
