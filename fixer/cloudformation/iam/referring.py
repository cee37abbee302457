"""Where the name of an IAM resource can give way to a reference to the resource."""

from __future__ import annotations

from collections.abc import Iterable

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.iam.arns import Graph
from fixer.cloudformation.iam.names import Mention, Sort, Speech
from fixer.cloudformation.iam.own_policies import Outsourced
from fixer.cloudformation.template import Template
from fixer.model import Path, Set, Value


class Referring:
    """What the decisions of one run over a template share."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.speech = Speech(template)
        self.graph = Graph(template)
        """With the references of the repairs so far: two of them could make a circle together."""
        self.taken: list[str] = []
        """Logical ids of the policies that repairs make."""

    def note(self, resource: Resource, rewrites: Iterable[Set], outsourced: Outsourced) -> None:
        """Count on a repair that refers to the resource."""
        for rewrite in rewrites:
            if rewrite.path[0] == "Resources":
                self.graph.add(str(rewrite.path[1]), resource.id)
        self.taken += outsourced.names

    def can_refer(self, resource: Resource, mention: Mention) -> bool:
        """Whether a reference to the resource may stand where its name is mentioned, but for a circle."""
        section, owner = mention.path[0], str(mention.path[1])
        if resource.id not in self.template.resources or mention.sort is Sort.UNSURE:
            return False
        if section not in ("Resources", "Outputs") or owner in self.template.opaque:
            return False
        return self.template.holds_at(mention.path, resource.condition)

    def circles(self, resource: Resource, path: Path) -> bool:
        """Whether a reference to the resource would make a circle there."""
        return path[0] == "Resources" and self.graph.reaches(resource.id, str(path[1]))

    def is_needed(self, resource: Resource, mention: Mention) -> bool:
        """Whether what mentions the name would fail or do nothing without it: a policy or property that means the
        resource.
        """
        known = resource.id in self.template.resources
        return known and mention.sort is not Sort.UNSURE and mention.path[0] == "Resources"

    def joined(self, resource: Resource, rewrites: dict[Path, Value]) -> dict[Path, Value]:
        """The same, but that an ``Fn::If`` whose branches now say the same goes as a whole."""
        found = dict(rewrites)
        todo = list(found)
        for path in todo:
            whole, branches = path[:-2], [(*path[:-1], branch) for branch in (1, 2)]
            values = [found.get(branch) for branch in branches]
            if path[-2:-1] != ("Fn::If",) or values[0] is None or values[0] != values[1]:
                continue
            if self.template.holds_at(whole, resource.condition):
                found[whole] = values[0]
                for branch in branches:
                    del found[branch]
                todo.append(whole)
        return found
