"""A review: the fixes of one template, proposed one at a time, each taken or left. Texts and decisions, no terminal.

After each decision that changes the text its findings are looked for anew, so that what is proposed always fits the
text as it is. States are values: to undo a decision is to go on from an earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from fixer.engine.run import Key, Unsettled, key
from fixer.engine.single import found, ignored, repaired
from fixer.model import Finding, Fix, Safety, Transform
from fixer.settings.model import Settings


class Decision(Enum):
    """What becomes of a proposal."""

    YES = auto()
    NO = auto()
    ALL = auto()
    """Yes to it and to the others of its transform, unless they are less safe or of a higher impact."""
    NEVER = auto()
    """It is to be ignored here, now and later: a comment or metadata says so in the template."""


class Proposal(Struct, frozen=True):
    """A finding of the present text, and the text with its fix."""

    finding: Finding
    fix: Fix
    after: str


class State(Struct, frozen=True):
    """How far a review has come."""

    text: str
    proposal: Proposal | None = None
    """What is to be decided; None: nothing is left."""
    left: int = 0
    """How many findings with a fix come after it, as far as can be seen."""
    accepted: tuple[Finding, ...] = ()
    declined: tuple[Finding, ...] = ()
    ignored: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()
    """Fixes that could not be made, each with the reason."""
    others: tuple[Finding, ...] = ()
    """Findings of the present text that are not proposed: there is no fix, or the settings leave it out."""


class Review:
    """The rules of a review: which transforms, and which of their fixes are proposed."""

    def __init__(self, transforms: Sequence[Transform], settings: Settings, *, unsafe: bool = True) -> None:
        """``settings``: fixes above their ``max_impact`` are left out; unsafe ones only if ``unsafe`` is False."""
        self.transforms = tuple(transforms)
        self.settings = settings
        self.least = Safety.UNSAFE if unsafe else Safety.SAFE

    def begin(self, text: str) -> State:
        """The state before the first decision. Raises InputError for what is no template."""
        return self._proposed(State(text))

    def decide(self, state: State, decision: Decision) -> State:
        """The state after a decision on its proposal."""
        proposal = state.proposal
        if proposal is None:
            raise ValueError("nothing is proposed")
        finding = proposal.finding
        if decision is Decision.NO:
            state = replace(state, declined=(*state.declined, finding))
        elif decision is Decision.YES:
            state = replace(state, text=proposal.after, accepted=(*state.accepted, finding))
        elif decision is Decision.NEVER:
            state = self._ignored(state, finding)
        else:
            state = self._all(state, proposal)
        return self._proposed(state)

    def _ignored(self, state: State, finding: Finding) -> State:
        text = ignored(state.text, finding, self.transforms, self.settings)
        if text is None:
            reason = "it cannot be ignored here; name it under ignore in the settings"
            return replace(state, refused=(*state.refused, replace(finding, reason=reason)))
        return replace(state, text=text, ignored=(*state.ignored, finding))

    def _all(self, state: State, proposal: Proposal) -> State:
        finding, fix = proposal.finding, proposal.fix
        out = _keys(state)

        def wanted(other: Finding) -> bool:
            theirs = other.fix
            alike = theirs is not None and theirs.safety >= fix.safety and theirs.impact <= fix.impact
            return alike and key(other) not in out

        try:
            result = repaired(state.text, self._named(finding), self.settings, wanted)
        except Unsettled:  # then at least what was shown
            return replace(state, text=proposal.after, accepted=(*state.accepted, finding))
        return replace(state, text=result.after.text, accepted=(*state.accepted, *result.applied))

    def _proposed(self, state: State) -> State:
        """The state with the first proposal of its text: in the order of the transforms, then of the text."""
        findings = found(state.text, self.transforms, self.settings)
        out = _keys(state)
        offered = [one for one in findings if self._is_offered(one) and key(one) not in out]
        order = {one.name: number for number, one in enumerate(self.transforms)}
        offered.sort(key=lambda one: (order[one.transform], one.line, one.column))
        others = tuple(one for one in findings if not self._is_offered(one))
        state = replace(state, proposal=None, left=0, others=others)
        for number, finding in enumerate(offered):
            after, reason = self._alone(state.text, finding)
            if after is not None and finding.fix is not None:
                proposal = Proposal(finding, finding.fix, after)
                return replace(state, proposal=proposal, left=len(offered) - number - 1)
            state = replace(state, refused=(*state.refused, replace(finding, reason=reason)))
        return state

    def _alone(self, text: str, finding: Finding) -> tuple[str | None, str]:
        """The text with one fix; or None, and the reason why it cannot be had."""
        try:
            result = repaired(text, self._named(finding), self.settings, lambda other: key(other) == key(finding))
        except Unsettled:
            return None, "its repair comes to no end; please report this"
        if result.applied:
            return result.after.text, ""
        return None, next((one.reason for one in result.remaining if key(one) == key(finding)), "it cannot be made")

    def _is_offered(self, finding: Finding) -> bool:
        fix, most = finding.fix, self.settings.max_impact
        good = fix is not None and bool(fix.operations) and fix.safety >= self.least
        return good and fix is not None and (most is None or fix.impact <= most)

    def _named(self, finding: Finding) -> tuple[Transform, ...]:
        return tuple(one for one in self.transforms if one.name == finding.transform)


def _keys(state: State) -> frozenset[Key]:
    """The findings that are not proposed again."""
    return frozenset(key(one) for one in (*state.declined, *state.refused))
