"""The report as SARIF 2.1.0, for code scanning and for viewers
(https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

All places refer to the templates as they were before the run. A result has level "warning" if the run repairs it or
would, "note" if not; one that has been repaired in place is no failure any more. Where the template is still as it
was, each result that can be repaired on its own carries that repair as its fix; the first of a template offers all of
its repairs together as the other choice. What is held back carries none: nobody could tell it from a safe one.

The log is built as plain data: sarif-om has had no release since 2019 and does not write JSON, sarif-pydantic would
bring in pydantic at run time for one module. The official JSON schema judges it in the tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from msgspec import Struct

from fixer.model import Finding
from fixer.report import HOME, Result, Run, word
from fixer.report.edits import edits
from fixer.report.places import STDIN, Lines, named, top
from fixer.report.sarif_rules import described, rules
from fixer.report.told import State, Told, dumps, told

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
CATEGORY = "CFNFIX_SARIF_CATEGORY"
"""The environment variable with what tells this run from others of the same commit, like one for each folder."""

FAILED = "input-failed"
"""The notification about an input that could not be repaired."""

_FAILURE = (
    "An input could not be repaired.",
    "The input cannot be read, is no template, is broken, or its repairs were refused. It was left as it was.",
    "Put right what the message says, and run cfnfix again.",
)

FAILURE_DOCS = HOME + "reference/command-line/#when-something-goes-wrong"
"""Where it is documented what to do about it."""

_Json: TypeAlias = "dict[str, Any]"


def render(run: Run) -> str:
    """The log with one run."""
    names = list(dict.fromkeys(one.finding.transform for result in run.results for one in told(run, result)))
    index = {name: number for number, name in enumerate(names)}
    root = top()
    files = [_File(run, result, index, root, number) for number, result in enumerate(run.results)]
    failures = [file.failure() for file in files if file.result.outcome.error is not None]
    driver: _Json = {
        "name": "cfnfix",
        **_version(),
        "informationUri": HOME,
        "rules": list(rules(run, names)),
        "notifications": [described(FAILED, *_FAILURE, level="error", link=FAILURE_DOCS)],
    }
    # The id ends in a slash: then all of it is the category, and none of it the name of this run.
    log = {
        "tool": {"driver": driver},
        "automationDetails": {"id": (os.environ.get(CATEGORY, "").rstrip("/") or "cfnfix") + "/"},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"uri": root.as_uri().rstrip("/") + "/"}},
        "invocations": [{"executionSuccessful": not failures, "toolExecutionNotifications": failures}],
        "artifacts": [file.artifact() for file in files],
        "results": [result for file in files for result in file.results()],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [log]})


def _version() -> _Json:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {"version": version("cfnfix")}
    except PackageNotFoundError:
        return {}


class _File(Struct, frozen=True):
    run: Run
    result: Result
    index: dict[str, int]
    root: Path
    number: int

    @property
    def place(self) -> _Json:
        location = self.result.outcome.location
        name = named(location, self.root)
        if location != STDIN and Path(name).is_absolute():
            return {"uri": Path(name).as_uri(), "index": self.number}
        return {"uri": quote(os.fsencode(name)), "uriBaseId": ROOT, "index": self.number}

    def artifact(self) -> _Json:
        outcome = self.result.outcome
        known: _Json = {"location": self.place, "roles": ["analysisTarget"]}
        if outcome.before:
            content = outcome.before.encode("utf-8", "surrogatepass")
            known |= {"encoding": "utf-8", "length": len(content), "hashes": {"sha-256": sha256(content).hexdigest()}}
        if outcome.notes:
            known["properties"] = {"notes": list(outcome.notes)}
        return known

    def failure(self) -> _Json:
        error = self.result.outcome.error
        assert error is not None
        physical: _Json = {"artifactLocation": self.place}
        if error.line is not None:
            physical["region"] = {"startLine": max(error.line, 1), "startColumn": max(error.column or 1, 1)}
        return {
            "descriptor": {"id": FAILED, "index": 0},
            "level": "error",
            "message": {"text": error.message},
            "locations": [{"physicalLocation": physical}],
        }

    def results(self) -> Iterator[_Json]:
        outcome = self.result.outcome
        if outcome.error is not None:
            return
        lines = Lines(outcome.before)
        fixes = self._fixes(lines)
        seen: dict[str, int] = {}
        for number, one in enumerate(told(self.run, self.result)):
            finding = one.finding
            physical: _Json = {"artifactLocation": self.place, "region": _region(lines, finding)}
            location: _Json = {"physicalLocation": physical}
            if finding.path:
                location["logicalLocations"] = [{"fullyQualifiedName": "/".join(map(str, finding.path))}]
            result = {
                "ruleId": finding.transform,
                "ruleIndex": self.index[finding.transform],
                **_verdict(one),
                "message": {"text": one.said},
                "locations": [location],
                "partialFingerprints": {"cfnfix/v1": _fingerprint(finding, seen)},
                "properties": _properties(one),
            }
            if number < len(fixes) and fixes[number]:
                result["fixes"] = fixes[number]
            yield result

    def _fixes(self, lines: Lines) -> list[list[_Json]]:
        """For each applied finding the repairs to choose from."""
        outcome = self.result.outcome
        if not outcome.changed or not (self.run.dry_run or self.result.destination):
            return []
        alone = list(self.result.alone()) or [None] * len(outcome.applied)
        found: list[list[_Json]] = []
        for finding, after in zip(outcome.applied, alone, strict=True):
            title = finding.fix.title if finding.fix else finding.message
            found.append([] if after is None else [self._fix(lines, title, after)])
        every = f"All {len(outcome.applied)} repairs of this template"
        if [outcome.after] != alone:
            found[0].append(self._fix(lines, every, outcome.after))
        return found

    def _fix(self, lines: Lines, title: str, after: str) -> _Json:
        replacements = []
        for edit in edits(lines.text, after):
            replacement: _Json = {"deletedRegion": _between(lines, edit.start, edit.end)}
            if edit.text:
                replacement["insertedContent"] = {"text": edit.text}
            replacements.append(replacement)
        change = {"artifactLocation": self.place, "replacements": replacements}
        return {"description": {"text": title}, "artifactChanges": [change]}


def _between(lines: Lines, start: int, end: int) -> _Json:
    (line, column), (end_line, end_column) = lines.place(start), lines.place(end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _region(lines: Lines, finding: Finding) -> _Json:
    span = finding.span
    if span is None or span.end <= span.start:
        return {"startLine": finding.line, "startColumn": finding.column}
    return _between(lines, span.start, span.end)


def _verdict(one: Told) -> _Json:
    if one.state is State.REPAIRED:
        return {"kind": "informational", "level": "none"}
    return {"kind": "fail", "level": "warning" if one.is_due else "note"}


def _fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """The same for the same problem in a later commit, whatever its line is then. Equal ones are numbered."""
    parts = (finding.transform, *map(str, finding.path), finding.message)
    digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[digest] = seen.get(digest, 0) + 1
    return f"{digest}:{seen[digest]}"


def _properties(one: Told) -> _Json:
    fix = one.finding.fix
    known: _Json = {"state": one.state.value, "templatePath": list(one.finding.path)}
    if fix is not None:
        known |= {"safety": word(fix.safety), "impact": word(fix.impact), "repair": fix.title}
    if one.held:
        known["reason"] = one.held
    return known
