"""Where a reference to an IAM resource can take the place of its name."""

from __future__ import annotations

from fixer.cloudformation.entries import Resource
from fixer.cloudformation.iam.graph import Graph
from fixer.cloudformation.iam.mentions import MentionKind
from fixer.cloudformation.iam.names import Mention, NameIndex
from fixer.cloudformation.intrinsics import get_att, ref
from fixer.cloudformation.template import Template
from fixer.model import Fix, Path, Set, Value


class NameRewriter:
    """Decides which mentions of a name become references. One for each run over a template."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.index = NameIndex(template)
        self.graph = Graph(template)
        """With the references of the fixes that were accepted."""

    def accept(self, resource: Resource, fix: Fix | None) -> None:
        """Take a fix that refers to the resource into account from now on."""
        for owner in _owners(fix):
            self.graph.add(owner, resource.id)

    def conflicts(self, resource: Resource, fix: Fix | None) -> bool:
        """Whether a fix that refers to the resource does not go together with those that were accepted."""
        return any(self.graph.reaches(resource.id, owner) for owner in _owners(fix))

    def can_refer(self, resource: Resource, mention: Mention) -> bool:
        """Whether a reference to the resource may stand in place of the mention; ``circles`` is another question."""
        section, owner = mention.path[0], str(mention.path[1])
        if resource.id not in self.template.resources or mention.kind is MentionKind.UNSURE:
            return False
        if section not in ("Resources", "Outputs") or owner in self.template.opaque:
            return False
        return self.template.holds_at(mention.path, resource.condition)

    def reference(self, resource: Resource, mention: Mention) -> Value:
        """What takes the place of the mention. The ``Ref`` of a managed policy is its ARN."""
        arn = mention.kind in (MentionKind.ARN, MentionKind.LIKELY_ARN) and resource.type != "AWS::IAM::ManagedPolicy"
        return get_att(resource.id, "Arn") if arn else ref(resource.id)

    def circles(self, resource: Resource, path: Path) -> bool:
        """Whether a reference to the resource would make a circle at ``path``."""
        return path[0] == "Resources" and self.graph.reaches(resource.id, str(path[1]))

    def is_needed(self, mention: Mention) -> bool:
        """Whether the mention would be broken without the name: a policy or a property that means the resource, or one
        of those that a loop makes.
        """
        return mention.kind is not MentionKind.UNSURE and mention.path[0] == "Resources"

    def joined(self, resource: Resource, rewrites: dict[Path, Value]) -> dict[Path, Value]:
        """The rewrites, with one for the whole of each ``Fn::If`` whose two branches would become the same."""
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
