"""The pages of the documentation as what can be run: files that they show, commands with their output, programs.

What a page says is what is done, from top to bottom, in an empty folder:

- a block with a title is a file of that name: it is written there;
- in a ``console`` block, what follows ``$ `` is a command, up to the next one the lines are its output; no lines say
  nothing about the output, ``...`` stands for any lines, or within a line for any text; a command ends in status 0
  unless it says ``# exit status N``;
- a ``python`` block without a title is run, and the ``text`` block that follows it at once is what it prints;
- a block whose title begins with "not run" is not run. What may be so is a list in the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NOT_RUN = "not run"

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+)(?P<language>\w*)(?: +title=\"(?P<title>[^\"]*)\")?(?P<rest>.*)$")
_STATUS = re.compile(r"\s+# exit status (\d+)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its title or an empty string, its text, and the line where it begins."""

    language: str
    title: str
    text: str
    line: int

    @property
    def end(self) -> int:
        """The line of its last fence."""
        return self.line + self.text.count("\n") + 1

    @property
    def is_run(self) -> bool:
        return not self.title.startswith(NOT_RUN)


@dataclass(frozen=True)
class Command:
    """A command for bash, the output that the page shows (None: it shows none), and the status that it ends in."""

    text: str
    shown: str | None
    line: int
    status: int = 0


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page. Raises ValueError for one whose first line says what is not understood here."""
    lines = iter(enumerate(page.read_text().splitlines(), 1))
    for number, line in lines:
        found = _FENCE.match(line)
        if found is None:
            continue
        if found["rest"].strip():
            raise ValueError(f"{page}:{number}: what is {found['rest'].strip()!r}?")
        end = found["indent"] + found["fence"]
        held = []
        for _, inner in lines:
            if inner.rstrip() == end:
                break
            held.append(inner.removeprefix(found["indent"]) + "\n")
        yield Block(found["language"], found["title"] or "", "".join(held), number)


def commands(block: Block) -> list[Command]:
    """The commands of a ``console`` block. A line that ends in a backslash goes on in the next."""
    found: list[Command] = []
    text, shown, start = "", [], 0
    going_on = False

    def finish() -> None:
        if text:
            said = _STATUS.search(text)
            output = "\n".join(shown) if shown else None
            found.append(Command(_STATUS.sub("", text), output, start, int(said[1]) if said else 0))

    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        if going_on:
            text += "\n" + line
        elif line.startswith("$ "):
            finish()
            text, shown, start = line[2:], [], number
        elif not text:
            raise ValueError(f"line {number}: output before the first command")
        else:
            shown.append(line)
            continue
        going_on = line.endswith("\\")
    finish()
    return found


def agrees(shown: str, printed: str) -> bool:
    """Whether what a page shows is what a command prints. Blanks at the ends of lines do not count."""
    wanted = [line.rstrip() for line in shown.strip("\n").split("\n")]
    parts = [r"(?:.*\n)*" if line == "..." else ".*".join(map(re.escape, line.split("..."))) + r"\n" for line in wanted]
    found = "".join(line.rstrip() + "\n" for line in printed.strip("\n").split("\n"))
    return re.fullmatch("".join(parts), found) is not None
