"""All transforms, in the order of their application. Tags and outputs come last: they serve what others add, too."""

from __future__ import annotations

from fixer.model import Transform
from transforms.code.hard_coded_code_bucket import hard_coded_code_bucket
from transforms.code.uninlined_lambda_code import uninlined_lambda_code
from transforms.domain.unconditional_domain import unconditional_domain
from transforms.ha.no_automatic_failover import no_automatic_failover
from transforms.ha.no_dead_letter_queue import no_dead_letter_queue
from transforms.ha.no_point_in_time_recovery import no_point_in_time_recovery
from transforms.ha.no_redrive import no_redrive
from transforms.ha.no_versioning import no_versioning
from transforms.ha.single_instance_cluster import single_instance_cluster
from transforms.ha.single_subnet import single_subnet
from transforms.ha.single_zone_database import single_zone_database
from transforms.iam.explicit_iam_name import explicit_iam_name
from transforms.iam.wildcard_iam_resource import wildcard_iam_resource
from transforms.network.missing_network import missing_network
from transforms.outputs.alarm_arn_output import alarm_arn_output
from transforms.outputs.missing_parameter_outputs import missing_parameter_outputs
from transforms.outputs.missing_resource_outputs import missing_resource_outputs
from transforms.portability.hard_coded_account_id import hard_coded_account_id
from transforms.portability.hard_coded_availability_zone import hard_coded_availability_zone
from transforms.portability.hard_coded_partition import hard_coded_partition
from transforms.portability.hard_coded_region import hard_coded_region
from transforms.portability.region_parameter import region_parameter
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
    wildcard_iam_resource,
    missing_network,
    single_zone_database,
    single_instance_cluster,
    no_automatic_failover,
    single_subnet,
    no_point_in_time_recovery,
    no_versioning,
    no_dead_letter_queue,
    no_redrive,
    region_parameter,
    hard_coded_availability_zone,
    hard_coded_partition,
    hard_coded_region,
    hard_coded_account_id,
    missing_tags,
    missing_resource_outputs,
    missing_parameter_outputs,
)
