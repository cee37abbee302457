"""All transforms, in the order of their application. Tags and outputs come last: they also serve what the others add."""

from __future__ import annotations

from fixer.model import Transform
from transforms.code.hard_coded_code_bucket import hard_coded_code_bucket
from transforms.code.uninlined_lambda_code import uninlined_lambda_code
from transforms.domain.unconditional_domain import unconditional_domain
from transforms.iam.explicit_iam_name import explicit_iam_name
from transforms.outputs.alarm_arn_output import alarm_arn_output
from transforms.outputs.missing_parameter_outputs import missing_parameter_outputs
from transforms.outputs.missing_resource_outputs import missing_resource_outputs
from transforms.storage.missing_bucket_policy import missing_bucket_policy
from transforms.storage.missing_public_access_block import missing_public_access_block
from transforms.tagging.missing_tags import missing_tags

TRANSFORMS: tuple[Transform, ...] = (
    explicit_iam_name,
    unconditional_domain,
    alarm_arn_output,
    uninlined_lambda_code,
    hard_coded_code_bucket,
    missing_public_access_block,
    missing_bucket_policy,
    missing_tags,
    missing_resource_outputs,
    missing_parameter_outputs,
)
