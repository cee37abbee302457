"""How long the command takes beside what people use today, run by run in turn, so that a noisy machine is fair to all.

    python -m benchmarks.command_line FILE... [--rounds N]

For each template, in YAML, the shortest wall time of whole processes, in milliseconds:

- repair: `cfnfix --no-validate`, beside `ruamel`, a script that loads, changes and dumps with ruamel.yaml.
- validated: `cfnfix`, beside `cfn-lint`, one run over the same file.
- reads: the least that a repair with a proof can take: Python, the libraries that it cannot be without, and both texts
  read by the parser and by the loader of the proof. Nothing is looked for, edited or compared.
- start: Python and these libraries alone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

RUAMEL = """\
import sys
from ruamel.yaml import YAML
yaml = YAML()
yaml.preserve_quotes, yaml.width = True, 4096
with open(sys.argv[1]) as source:
    data = yaml.load(source)
for resource in data["Resources"].values():
    (resource.get("Properties") or {}).pop("RoleName", None)
with open(sys.argv[2], "w") as target:
    yaml.dump(data, target)
"""
CFNFIX = "from fixer.cli import main; main()"
CFN_LINT = "from cfnlint.runner import main; main()"
READS = """\
import gc, sys
gc.set_threshold(100_000)
import click, msgspec, yaml
from fixer.engine.loader import load
from fixer.syntax.parse import parse
for path in sys.argv[1:]:
    with open(path, newline="") as source:
        text = source.read()
    parse(text).data, load(text, "yaml")
gc.freeze()
"""
START = "import click, msgspec, yaml"


def measure(file: Path, rounds: int, target: Path) -> Mapping[str, float]:
    """The shortest time of each command, in seconds."""
    commands = {
        "repair": [CFNFIX, str(file), "--no-validate", "-q", "-o", str(target)],
        "ruamel": [RUAMEL, str(file), str(target.with_suffix(".ruamel"))],
        "validated": [CFNFIX, str(file), "-q", "-o", str(target)],
        "cfn-lint": [CFN_LINT, str(file)],
        "reads": [READS, str(file), str(target)],
        "start": [START],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):  # the first round only fills caches
        for name, (program, *arguments) in commands.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=False)
            times[name].append(time.perf_counter() - began)
    return {name: min(measured[1:]) for name, measured in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for file in given.files:
            found = measure(file, given.rounds, Path(folder) / "out.yaml")
            print(file.name, " ".join(f"{name} {1e3 * seconds:.0f}" for name, seconds in found.items()))
            for one, other in (
                ("repair", "ruamel"),
                ("validated", "cfn-lint"),
                ("reads", "ruamel"),
                ("start", "ruamel"),
            ):
                print(f"  {one} / {other}: {found[one] / found[other]:.2f}")


if __name__ == "__main__":
    main()
