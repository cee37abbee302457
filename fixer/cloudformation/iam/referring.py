"""Where the name of an IAM resource can give way to a reference to the resource."""

from __future__ import annotations

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.iam.arns import Graph
from fixer.cloudformation.iam.names import Mention, Sort, Speech
from fixer.cloudformation.template import Template
from fixer.model import Fix, Insert, Path, Set, Value


class Referring:
    """What the decisions of one run over a template share."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.speech = Speech(template)
        self.graph = Graph(template)
        """With the references of the repairs so far: two of them could make a circle together."""
        self.taken: list[str] = []
        """Logical ids of the policies that repairs make."""

    def note(self, resource: Resource, fix: Fix | None) -> None:
        """Count on a fix that refers to the resource."""
        for owner in _owners(fix):
            self.graph.add(owner, resource.id)
        self.taken += _made(fix)

    def clashes(self, resource: Resource, fix: Fix | None) -> bool:
        """Whether a fix that refers to the resource does not go with those that are counted on."""
        circle = any(self.graph.reaches(resource.id, owner) for owner in _owners(fix))
        return circle or not set(_made(fix)).isdisjoint(self.taken)

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

    def is_needed(self, mention: Mention) -> bool:
        """Whether what mentions the name would fail or do nothing without it: a policy or property that means the
        resource, or one of those that a loop makes.
        """
        return mention.sort is not Sort.UNSURE and mention.path[0] == "Resources"

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


def _owners(fix: Fix | None) -> list[str]:
    """The resources in which a fix puts references."""
    found = fix.operations if fix else ()
    paths = [operation.path for operation in found if isinstance(operation, Set)]
    return [str(path[1]) for path in paths if path[0] == "Resources" and path[2:3] != ("DependsOn",)]


def _made(fix: Fix | None) -> list[str]:
    """The logical ids of the resources that a fix makes."""
    found = fix.operations if fix else ()
    paths = [operation.path for operation in found if isinstance(operation, Insert)]
    return [str(path[1]) for path in paths if path[0] == "Resources" and len(path) == 2]
