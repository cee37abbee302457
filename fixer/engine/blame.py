"""Never worse: which fixes bring new errors, so that they are withheld and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fixer.engine.run import Key, Repair, key
from fixer.engine.validate import Problem
from fixer.model import Finding

TRIES = 24
"""Most repairs of one template in search of the culprits; beyond it all suspects are withheld."""

Again = Callable[[Mapping[Key, str]], "tuple[Repair, list[Problem]]"]
"""Repairs the template once more without some findings; gives the result and the errors that are new in it."""


def acquit(repair: Repair, problems: list[Problem], again: Again) -> Repair | None:
    """A repair without new errors, from which as few fixes as possible are withheld. None: there is no such repair.

    ``repair`` brought ``problems``. Whoever touched what a problem complains about is suspected first.
    """
    trial = _Trial(again, str(problems[0]))
    everyone = list(dict.fromkeys(key(finding) for finding in repair.applied))
    suspects = list(dict.fromkeys(key(finding) for finding in repair.applied if touches(finding, problems)))
    for group in (suspects, everyone):
        best = trial.without(group) if group else None
        if best is not None:
            return trial.fewest(group, best)
    return None


def touches(finding: Finding, problems: Sequence[Problem]) -> bool:
    """Whether a fix works on an entry that a problem complains about, or one without a place could be about."""
    operations = finding.fix.operations if finding.fix else ()
    return any(
        not problem.path or any(operation.path[:2] == problem.path[:2] for operation in operations)
        for problem in problems
    )


class _Trial:
    def __init__(self, again: Again, reason: str) -> None:
        self.again = again
        self.reason = f"it would bring a new error: {reason}"
        self.tries = 0

    def without(self, group: Sequence[Key]) -> Repair | None:
        """The repair without a group of findings, if it brings no new error."""
        self.tries += 1
        repair, problems = self.again(dict.fromkeys(group, self.reason))
        return None if problems else repair

    def fewest(self, group: Sequence[Key], best: Repair) -> Repair:
        """Let as many of the group go free as is possible, half by half."""
        guilty = list(group)
        size = (len(guilty) + 1) // 2
        while size and self.tries < TRIES:
            at = 0
            while at < len(guilty) and len(guilty) > 1 and self.tries < TRIES:
                fewer = guilty[:at] + guilty[at + size :]
                repair = self.without(fewer) if fewer else None
                if repair is None:
                    at += size
                else:
                    guilty, best = fewer, repair
            size = size // 2
        return best
