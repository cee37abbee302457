"""Resources that a macro works on."""

from __future__ import annotations

from fixer.cloudformation.entries import ATTRIBUTES, ATTRIBUTES_OF_SAM, Resource
from fixer.cloudformation.template import Template


def macro_attribute(template: Template, resource: Resource) -> str | None:
    """What a resource has that can only be for a macro, such as ``Count``.

    Then a reference to it may come to nothing: the macro Count puts ``Bucket1`` and ``Bucket2`` in the place of
    ``Bucket`` (aws-cloudformation-templates, MacrosExamples/Count), and Explode likewise.

    Nor can a repair add a resource that goes along with each of them. Count would turn ``!Ref Bucket%d`` into a
    reference to its own copies, but until then that is an error to every validator; and Explode gives what it makes the
    names that its mapping holds (``ResourceName``), so that the second resource would take the place of the first.
    """
    foreign = (str(key) for key in resource.body if key not in ATTRIBUTES | ATTRIBUTES_OF_SAM)
    return next(foreign, None) if template.has_macros else None
