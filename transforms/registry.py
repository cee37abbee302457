"""All transforms, in the order of their application. Tags and outputs come last: they serve what others add, too."""

from __future__ import annotations

from fixer.model import CfnfixError, Entry, Transform


def _entry(module: str, *groups: str) -> Entry:
    return Entry(f"transforms.{module}", frozenset(groups))


TRANSFORMS: tuple[Entry, ...] = (
    _entry("iam.explicit_iam_name", "default", "security"),
    _entry("domain.unconditional_domain", "default"),
    _entry("outputs.alarm_arn_output", "default"),
    _entry("code.uninlined_lambda_code", "default"),
    _entry("code.hard_coded_code_bucket"),
    _entry("storage.missing_public_access_block", "default", "security"),
    _entry("storage.missing_bucket_policy", "default", "security"),
    _entry("lint.legacy_access_control", "lint"),
    _entry("lint.misspelled_action", "lint"),
    _entry("iam.wildcard_iam_resource", "default", "security"),
    _entry("network.missing_network", "network"),
    _entry("ha.single_zone_database", "ha"),
    _entry("ha.single_instance_cluster", "ha"),
    _entry("ha.no_automatic_failover", "ha"),
    _entry("ha.single_subnet", "ha"),
    _entry("ha.no_point_in_time_recovery", "ha"),
    _entry("ha.no_versioning", "ha"),
    _entry("ha.no_dead_letter_queue", "ha"),
    _entry("ha.no_redrive", "ha"),
    _entry("storage.missing_deletion_policy", "lint"),
    _entry("lint.invalid_logical_id", "lint"),
    _entry("lint.missing_sub", "lint"),
    _entry("lint.deprecated_runtime", "lint"),
    _entry("lint.deprecated_engine_version", "lint"),
    _entry("lint.misspelled_name", "lint"),
    _entry("lint.misplaced_property", "lint"),
    _entry("lint.reserved_environment_variable", "lint"),
    _entry("lint.wrong_type", "lint"),
    _entry("lint.ref_for_arn", "lint"),
    _entry("lint.unjoined_list_output", "lint"),
    _entry("lint.missing_retention", "lint"),
    _entry("lint.secret_output", "lint"),
    _entry("lint.secret_parameter", "lint"),
    _entry("portability.region_parameter", "ha", "lint"),
    _entry("portability.hard_coded_availability_zone", "default", "lint"),
    _entry("portability.hard_coded_partition", "default", "lint"),
    _entry("portability.hard_coded_region", "ha", "lint"),
    _entry("portability.hard_coded_account_id", "ha", "lint"),
    _entry("lint.ignored_ports", "lint"),
    _entry("lint.redundant_depends_on", "lint"),
    _entry("lint.circular_security_groups", "lint"),
    _entry("lint.missing_dependency_condition", "lint"),
    _entry("lint.join_without_delimiter", "lint"),
    _entry("lint.sub_without_variables", "lint"),
    _entry("tagging.missing_tags", "default"),
    _entry("outputs.missing_resource_outputs", "default"),
    _entry("lint.unused_condition", "lint"),
    _entry("lint.unused_mapping", "lint"),
    _entry("lint.unused_parameter", "lint"),
    _entry("outputs.missing_parameter_outputs", "default"),
)
"""A module, which holds a transform of its name, and the groups by which it can be selected."""


_WHERE = "; install it into the environment of cfnfix"


def plugin(module: str) -> Transform:
    """The transform of a module outside of this project, on by default. As those here, it has the module's name.

    Raises CfnfixError if it cannot be had.
    """
    if not all(part.isidentifier() for part in module.split(".")):
        raise CfnfixError(f"a module is expected, like acme.repairs, and not {module!r}")
    entry = Entry(module, frozenset({"default"}))
    if any(entry.name == other.name for other in TRANSFORMS):
        raise CfnfixError(f"{module} has the name of one of cfnfix's own transforms; rename it")
    try:
        return entry.load()
    except ModuleNotFoundError as error:
        missing = error.name or module
        own = f"{module}.".startswith(f"{missing}.")
        raise CfnfixError(f"no module {missing}" + ("" if own else f", which {module} needs") + _WHERE) from None
    except Exception as error:  # whatever a module may do when it is imported
        raise CfnfixError(f"{module} cannot be used: {type(error).__name__}: {error}") from None
