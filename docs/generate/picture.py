"""The picture of a diff in the README, as cfnfix paints it on a terminal: ``python docs/generate/picture.py`` makes it
anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "diff.svg"
SAMPLE = ROOT / "samples" / "nightly-report"
ARGUMENTS = ("--diff", "--select", "security", "template.yaml")
_COLUMNS = 80
_CFNFIX = "import sys; from fixer.cli import main; main()"
_FONTS = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace'


def painted() -> str:
    """The diff and the summary, with the codes of their colours."""
    done = subprocess.run(
        [sys.executable, "-c", _CFNFIX, "--color", "always", "--validate", "none", *ARGUMENTS],
        cwd=SAMPLE,
        env={**os.environ, "COLUMNS": str(_COLUMNS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 1:
        raise RuntimeError(done.stdout)
    return done.stdout


def drawn() -> str:
    """The picture as SVG. It names no font and no file of another site."""
    import io

    from rich.console import Console
    from rich.terminal_theme import SVG_EXPORT_THEME
    from rich.text import Text

    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.assemble(("$ ", "dim"), " ".join(("cfnfix", *ARGUMENTS))))
    console.print(Text.from_ansi(painted()), soft_wrap=True)
    svg = console.export_svg(title="cfnfix", theme=SVG_EXPORT_THEME, unique_id="cfnfix-diff")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: (?:Fira Code|arial)[^;]*;", lambda _: f"font-family: {_FONTS};", svg)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)  # or else librsvg takes the indentation away
    return "".join(line.rstrip() + "\n" for line in svg.splitlines())


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
