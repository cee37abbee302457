"""The report as JUnit XML, as CI systems read it: a suite for each template, a case for each finding.

What a run that writes would repair is a failure, what is held back or cannot be repaired is skipped, an input that
failed is an error. So a suite fails where the exit status does.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from fixer.report import Result, Run
from fixer.report.places import named, top
from fixer.report.told import State, Told, printable, told

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def render(run: Run) -> str:
    """The document, in UTF-8."""
    root = top()
    suites = ElementTree.Element("testsuites", name="cfnfix")
    for result in run.results:
        suites.append(_suite(run, result, root))
    _count(suites)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _suite(run: Run, result: Result, root: Path) -> ElementTree.Element:
    outcome = result.outcome
    name = printable(named(outcome.location, root))
    suite = ElementTree.Element("testsuite", name=name)
    if outcome.error is not None:
        case = _case(suite, name, "cfnfix", outcome.error.line)
        message = printable(str(outcome.error))
        ElementTree.SubElement(case, "error", message=message, type="input-failed").text = f"{name}:{message}"
    else:
        for one in told(run, result):
            _add(suite, name, one)
        if not len(suite):
            _case(suite, name, "cfnfix")
    _count(suite)
    return suite


def _add(suite: ElementTree.Element, name: str, one: Told) -> None:
    finding = one.finding
    case = _case(suite, name, f"{finding.transform} {'/'.join(map(str, finding.path))}", finding.line)
    said = printable(one.said)
    where = f"{name}:{finding.line}:{finding.column}: {said}"
    if one.is_due:
        ElementTree.SubElement(case, "failure", message=said, type=finding.transform).text = where
    elif one.state is State.REPAIRED:
        ElementTree.SubElement(case, "system-out").text = where
    else:
        ElementTree.SubElement(case, "skipped", message=said)


def _case(suite: ElementTree.Element, name: str, title: str, line: int | None = None) -> ElementTree.Element:
    case = ElementTree.SubElement(suite, "testcase", name=printable(title), classname=name, file=name, time="0")
    if line is not None:
        case.set("line", str(line))
    return case


def _count(element: ElementTree.Element) -> None:
    """Say how many cases are below an element, and how they ended."""
    element.set("tests", str(sum(1 for _ in element.iter("testcase"))))
    for attribute, tag in _COUNTED.items():
        element.set(attribute, str(sum(1 for _ in element.iter(tag))))
    element.set("time", "0")
