"""The command line. ``main`` is the console script; what it does stands in ``command``, which is imported when it is
called.
"""


def main() -> None:
    """Run the command line, and end the process with its exit status."""
    from fixer.cli.command import cli

    cli.main(prog_name="cfnfix")
