"""The command line. ``main`` is the console script; what it does stands in ``command``, which is imported when it is
called.
"""

_OBJECTS = 100_000
"""New objects after which the collector looks for circles: a template holds none, so that it looks in vain."""


def main() -> None:
    """Run the command line, and end the process with its exit status."""
    import gc
    import sys

    gc.set_threshold(_OBJECTS)
    try:
        from fixer.cli.command import cli
    except KeyboardInterrupt:  # before there is anybody who would say so
        print("cfnfix: interrupted", file=sys.stderr)
        sys.exit(130)
    try:
        cli.main(prog_name="cfnfix")
    finally:
        gc.freeze()  # what is left goes with the process: it is not searched once more before
