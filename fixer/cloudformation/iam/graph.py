"""The dependencies of a template with those that repairs add: two repairs may make a circle together."""

from __future__ import annotations

from msgspec import Struct, field

from fixer.cloudformation.iam.policies import SAM
from fixer.cloudformation.intrinsics import ref_target, value_at
from fixer.cloudformation.template import Template


class Graph(Struct):
    """The template's dependencies, and those that repairs of the same run add: two may make a circle together."""

    template: Template
    added: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # SAM writes the notification of an event into the bucket, which then needs the function's permission.
        for function in self.template.resources_of(*SAM):
            events = function.get("Events")
            for event in events.values() if isinstance(events, dict) else ():
                bucket = ref_target(value_at(event, ("Properties", "Bucket")))
                if bucket is not None:
                    self.add(bucket, function.id)

    def reaches(self, a: str, b: str) -> bool:
        """Whether ``a`` is or depends on ``b``, or on something in a loop that may be it."""
        seen, waiting = {a}, [a]
        while waiting:
            name = waiting.pop()
            if name == b:
                return True
            new = (self.template.dependencies.get(name, frozenset()) | self.added.get(name, set())) - seen
            seen |= new
            waiting.extend(new)
        return False

    def add(self, a: str, b: str) -> None:
        self.added.setdefault(a, set()).add(b)
