"""How long format on save takes: drives the server process as an editor does, and prints the median and the 95th
percentile of the time from request to answer.

    python -m benchmarks.format_on_save FOLDER [--rounds N] [--templates N]

FOLDER holds templates; those of 20 to 30 KB are taken. Each case is a keystroke and a request to format:

- steady: the template had been repaired before, as it is when every save formats. What somebody waits for all day.
- paused: the same, saved 150 ms after the keystroke, as fast as fingers are: the server knows already that there is
  nothing to do.
- new problem: the same, and the keystroke brings a named role and an untagged bucket, which the save repairs.
- new, later: the same, saved 300 ms after the keystroke: the server has worked ahead.
- first: a template that was never repaired, opened, changed and saved at once.
- first, later: the same, but opened a second before the keystroke, and saved 300 ms after it.
- settled: the same, saved when the server has nothing more to do.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
from collections.abc import Callable
from pathlib import Path

from tests.lsp.editor import Editor, applied

SMALL, LARGE = 20_000, 30_000
"""Bytes of the templates that are taken."""
BUDGET = (0.050, 0.150)
"""Seconds that the steady case may take: the median, and the 95th percentile."""
FINGERS = 0.15
"""Seconds from the last keystroke to the command to save."""
LATER = 0.3
"""Seconds from the last keystroke to the command to save, of somebody who looks at the text first."""
READING = 1.0
"""Seconds from opening a template to the first keystroke."""
PROBLEM = """\
  BenchmarkRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: benchmark
      AssumeRolePolicyDocument: {}
  BenchmarkBucket:
    Type: AWS::S3::Bucket
"""


async def measure(
    templates: list[Path], rounds: int, between: Callable[[], None] = lambda: None, settle: float = READING
) -> dict[str, list[float]]:
    """The times of each case, in seconds.

    ``between``: called after each round, when the server has nothing to do. ``settle``: seconds after which that is so.
    """
    times: dict[str, list[float]] = {}
    editor = Editor()
    await editor.begin()
    for number in range(rounds + 1):  # the first round only warms up
        for path in templates:
            for case, seconds in (await _round(editor, path, settle)).items() if number else ():
                times.setdefault(case, []).append(seconds)
        between()
    await editor.end()
    return times


async def _round(editor: Editor, path: Path, settle: float) -> dict[str, float]:
    uri, result = path.as_uri(), {}
    editor.open(uri, path.read_text())
    _type(editor, uri, "  # typed\n")
    result["first"], edits = await editor.format(uri)
    repaired = applied(editor.texts[uri], edits)
    assert repaired != editor.texts[uri], f"{path.name} has nothing to repair"
    editor.close(uri)
    editor.open(uri, path.read_text())
    await asyncio.sleep(READING)
    _type(editor, uri, "  # typed\n")
    await asyncio.sleep(LATER)
    result["first, later"], edits = await editor.format(uri)
    assert edits
    _type(editor, uri, "  # and typed\n")
    await _settled(editor, uri, settle)
    result["settled"], edits = await editor.format(uri)
    assert edits
    editor.close(uri)
    editor.open(uri, repaired)
    await _settled(editor, uri, settle)
    _type(editor, uri, "  # typed\n")
    result["steady"], edits = await editor.format(uri)
    assert not edits, f"{path.name}: what is repaired is repaired again"
    _type(editor, uri, "  # and typed\n")
    await asyncio.sleep(FINGERS)
    result["paused"], _ = await editor.format(uri)
    _type(editor, uri, PROBLEM)
    result["new problem"], edits = await editor.format(uri)
    assert edits, f"{path.name}: a new problem is not repaired"
    _type(editor, uri, "  # and typed\n")
    await asyncio.sleep(LATER)
    result["new, later"], edits = await editor.format(uri)
    assert edits
    editor.close(uri)
    return result


def _type(editor: Editor, uri: str, new: str) -> None:
    """Type lines at the head of the resources."""
    at = editor.texts[uri].index("\nResources:\n") + len("\nResources:\n")
    editor.replace(uri, at, at, new)


async def _settled(editor: Editor, uri: str, settle: float) -> None:
    """Wait until the server has told its findings, and had time to do what it does next. It is not asked for it."""
    await editor.until(lambda: (last := editor.latest(uri)) and last.version == editor.versions[uri])
    await asyncio.sleep(settle)


def suitable(folder: Path, most: int) -> list[Path]:
    """Templates of the right size, one document each, with a block of resources."""
    sized = [path for path in sorted(folder.glob("*.yaml")) if SMALL <= path.stat().st_size <= LARGE]
    texts = {path: path.read_text() for path in sized}
    return [path for path, text in texts.items() if text.count("\nResources:\n") == 1 and "\n---" not in text][:most]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--templates", type=int, default=10)
    given = parser.parse_args()
    templates = suitable(given.folder.resolve(), given.templates)
    if not templates:
        parser.error(f"{given.folder} itself holds no templates of {SMALL} to {LARGE} bytes in block style")
    before = os.getloadavg()[0]
    times = asyncio.run(measure(templates, given.rounds))
    print(f"{len(templates)} templates, {given.rounds} rounds, {os.cpu_count()} cores, ", end="")
    print(f"load {before:.1f} before and {os.getloadavg()[0]:.1f} after")
    for case, seconds in times.items():
        median, late = 1e3 * statistics.median(seconds), 1e3 * statistics.quantiles(seconds, n=20)[-1]
        print(f"{case:12} median {median:4.0f} ms   p95 {late:4.0f} ms   n {len(seconds)}")
    steady = times["steady"]
    within = statistics.median(steady) <= BUDGET[0] and statistics.quantiles(steady, n=20)[-1] <= BUDGET[1]
    print("budget of 50 ms and 150 ms:", "kept" if within else "missed")


if __name__ == "__main__":
    main()
