"""The process that validates: cloudformation-validate if it is installed, else cfn-lint with its rules loaded once.

It reads one JSON object per line, ``{"text": ..., "folder": ...}``, and answers each with one line,
``{"source": ..., "problems": [...]}``. Nothing else ever reaches its standard output.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

Problems: TypeAlias = "Iterator[dict[str, Any]]"
"""Rule, message, severity and place, lines and columns from 1, the end exclusive."""

_FAST = {2: "warning", 3: "error", 4: "error"}
"""Severities of cloudformation-validate; what is below a warning is left out, as cfn-lint does by default."""


def main() -> None:
    """Answer until standard input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    source, validate = _validator()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        answer: dict[str, Any] = {"source": source, "problems": []}
        try:
            answer["problems"] = list(validate(request["text"].removeprefix("\ufeff"), request["folder"]))
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _validator() -> tuple[str, Callable[[str, str | None], Problems]]:
    try:
        from cloudformation_validate import CelEngine
    except ImportError:
        return "cfn-lint", _lint
    engine = CelEngine()
    return "cloudformation-validate", lambda text, folder: _fast(engine, text)


def _fast(engine: Any, text: str) -> Problems:
    for found in engine.validate_template(text.encode()).diagnostics:
        severity = _FAST.get(int(getattr(found.severity, "value", found.severity)))
        if severity is not None:
            yield {
                "rule": found.rule_id,
                "message": found.message,
                "severity": severity,
                "line": found.start_line,
                "column": found.start_column,
                "end_line": found.end_line,
                "end_column": found.end_column,
                "link": found.documentation_url,
            }


def _lint(text: str, folder: str | None) -> Problems:
    from cfnlint.decode import decode_str
    from cfnlint.runner import run_template_by_data

    config, rules = _rules(folder)
    template, matches = decode_str(text)
    if template is not None and not matches:
        matches = list(run_template_by_data(template, config, rules))
    for found in matches:
        yield {
            "rule": found.rule.id,
            "message": found.message,
            "severity": found.rule.severity,
            "line": found.linenumber,
            "column": found.columnnumber,
            "end_line": found.linenumberend,
            "end_column": found.columnnumberend,
            "link": getattr(found.rule, "source_url", ""),
        }


@cache
def _rules(folder: str | None) -> tuple[Any, Any]:
    """cfn-lint's configuration for a folder, by the .cfnlintrc there, and the rules that it selects."""
    from cfnlint.config import ConfigMixIn
    from cfnlint.runner import Runner

    if folder is not None and os.path.isdir(folder):
        os.chdir(folder)
    config = ConfigMixIn([])
    return config, Runner(config).rules


if __name__ == "__main__":
    main()
