"""Regions, Availability Zones and accounts by their literal names."""

from __future__ import annotations

import re

_SIDE = r"(?:central|north|south|(?:north|south)?(?:east|west))"
REGION = rf"(?:[a-z]{{2}}(?:-(?:gov|iso[a-z]?))?-{_SIDE}-[1-9]|eusc-[a-z]{{2}}-{_SIDE}-[1-9])"
"""Pattern of a Region's name (cfn-lint's provider schemas: one file a Region)."""
ZONE = re.compile(rf"(?P<region>{REGION})(?P<letter>[a-z])")
"""An Availability Zone's name: its Region's, and a letter (Amazon EC2 user guide, "Regions and Zones")."""
OTHER_ZONE = re.compile(
    rf"{REGION}-(?:[a-z0-9]+-)+[1-9]\d?[a-z]|{REGION}-wl\d-[a-z0-9-]+|[a-z]{{3,4}}\d(?:-[a-z]+\d)?-az\d"
)
"""A Local Zone (us-west-2-lax-1a), a Wavelength Zone (us-east-1-wl1-bos-wlz-1) or a zone's id (use1-az1)."""
ACCOUNT = r"\d{12}"
"""Pattern of an account's id."""

LOAD_BALANCING = frozenset(
    {
        "127311923021", "033677994240", "027434742980", "797873946194", "098369216593", "754344448648", "589379963580",
        "718504428378", "383597477331", "600734575887", "114774131450", "783225319266", "582318560864", "985666609251",
        "054676820928", "156460612806", "652711504416", "635631232127", "009996457667", "897822967062", "076674570225",
        "507241528517", "048591011584", "190560391635", "638102146993", "037604701340",
    }
)  # fmt: skip
"""Accounts from which Elastic Load Balancing delivers access logs, one a Region (user guide of Application Load
Balancers, "Enable access logs for your Application Load Balancer")."""
AWS_OWNED = LOAD_BALANCING | frozenset(
    {
        "580247275435",  # CloudWatch Lambda Insights
        "017000801446",  # Powertools for AWS Lambda
        "094274105915",  # Powertools for AWS Lambda (TypeScript)
        "901920570463",  # AWS Distro for OpenTelemetry
        "177933569100",  # Parameters and Secrets Lambda Extension
        "336392948345",  # AWS SDK for pandas
        "602401143452",  # images of Amazon EKS
        "763104351884",  # AWS Deep Learning Containers
        "806199016981",  # topic AmazonIpSpaceChanged
        "137112412989",  # images of Amazon Linux
        "801119661308",  # images of Windows
        "679593333241",  # AWS Marketplace
        "386209384616",  # billing reports
        "193672423079",  # audit logs of Amazon Redshift
    }
)
"""Further accounts of AWS itself that templates name (user guides of the services, each for its own)."""


def is_region(text: object) -> bool:
    """Whether a value is a Region's name."""
    return isinstance(text, str) and re.fullmatch(REGION, text) is not None
