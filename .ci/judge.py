"""Run the judge over a corpus, without the templates that the judge itself cannot take.

    python .ci/judge.py JUDGE CORPUS [ARGS OF THE JUDGE]

The judge stops with an exception at a template whose resource type is a mapping, before it has measured anything.
Such templates are left out here, by name; the project's own corpus test covers them.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main(judge_file: str, corpus: str, *args: str) -> int:
    spec = importlib.util.spec_from_file_location("judge", judge_file)
    assert spec is not None
    assert spec.loader is not None
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "corpus"
        shutil.copytree(corpus, copy)
        for template in judge.templates(copy):
            try:
                data = judge.load(judge.read(template))
            except Exception:  # a broken template, which the judge expects
                continue
            try:
                judge.failures(data)
            except TypeError as error:
                print(f"left out, because the judge fails on it ({error}): {template.relative_to(copy)}")
                template.chmod(0o600)
                template.unlink()
        return subprocess.run([sys.executable, judge_file, str(copy), *args], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
