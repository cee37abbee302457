"""All transforms, in the order of their application."""

from __future__ import annotations

from fixer.model import Transform
from transforms.domain.unconditional_domain import unconditional_domain
from transforms.iam.explicit_iam_name import explicit_iam_name
from transforms.outputs.missing_parameter_outputs import missing_parameter_outputs
from transforms.outputs.missing_resource_outputs import missing_resource_outputs

TRANSFORMS: tuple[Transform, ...] = (
    explicit_iam_name,
    unconditional_domain,
    missing_resource_outputs,
    missing_parameter_outputs,
)
