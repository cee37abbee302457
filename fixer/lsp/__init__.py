"""The language server, a face of `api` like the command line. ``main`` runs it on standard input and output."""


def main() -> None:
    """Serve until the editor ends it. pygls is imported only now."""
    from fixer.lsp.server import serve

    serve()
