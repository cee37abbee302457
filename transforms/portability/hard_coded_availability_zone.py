"""An Availability Zone is named literally.

## Why
`us-east-1a` is there in one Region only, and in that Region not in every account with the same meaning: the stack
fails anywhere else (cfn-lint W3010). `!Sub ${AWS::Region}a` fails in Regions and accounts whose zones have other
letters.

## Repair
A zone becomes `!Select [0, !GetAZs '']`, in properties and outputs. Letters keep their order and distinct zones stay
distinct: of the letters that the template uses the first is 0, the second 1, and so on, so that a Region with few
zones suffices; a and b are always 0 and 1 where there is no other. If the template selects zones by number already, a
letter whose place in the alphabet is among these numbers gets that one, so that both go together, and the others get
numbers that are free. Each zone in a list is replaced by itself. A mapping that lists the zones of each Region goes,
or loses them, and who looks them up selects instead.

A finding without a fix: zones of several Regions, Local Zones, Wavelength Zones and ids of zones, which have no
counterpart elsewhere; the default of a parameter, which is for whoever makes the stack to choose; zones that a loop
goes through.

## Safety
Unsafe: the new zone may be another one. `Fn::GetAZs` returns the zones with a default subnet only, if there are any
(CloudFormation user guide, "Fn::GetAZs"), and resources outside of the template, such as a volume, may be bound to
the old zone.

## Impact
As the provider schema says for the property: replacement of a subnet or an instance if its zone changes. The same for
all else that lives in one zone, even where a schema calls it updatable: the documentation of AWS::EC2::Volume says
"Updates are not supported", and that of AWS::ElastiCache::CacheCluster "Replacement".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from fixer.cloudformation.impacts import impact_at
from fixer.cloudformation.intrinsics import collections, join
from fixer.cloudformation.places.regions import OTHER_ZONE, ZONE, is_region
from fixer.cloudformation.places.zones import (
    Place,
    ZoneMap,
    is_stack_region,
    is_within,
    lookups,
    numbers,
    zone_maps,
    zone_places,
)
from fixer.cloudformation.references import LOOP
from fixer.cloudformation.template import Template
from fixer.cloudformation.texts import texts
from fixer.cloudformation.types.schemas import schema
from fixer.model import Case, Finding, Fix, Impact, Operation, Options, Path, Remove, Safety, Set, Value, transform

INVALID = (
    Case(
        "subnets in two zones",
        unsafe=True,
        before="""\
Resources:
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: us-east-1a  # north
  SubnetC:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: us-east-1c
""",
        after="""\
Resources:
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [0, !GetAZs ""]  # north
  SubnetC:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !Select [1, !GetAZs ""]
""",
    ),
    Case(
        "JSON, a list and the Region with a letter",
        unsafe=True,
        before="""\
{
  "Resources": {
    "Group": {
      "Type": "AWS::AutoScaling::AutoScalingGroup",
      "Properties": {
        "AvailabilityZones": ["us-west-2a", {"Fn::Sub": "${AWS::Region}b"}]
      }
    }
  }
}
""",
        after="""\
{
  "Resources": {
    "Group": {
      "Type": "AWS::AutoScaling::AutoScalingGroup",
      "Properties": {
        "AvailabilityZones": [{"Fn::Select": [0, {"Fn::GetAZs": ""}]}, {"Fn::Select": [1, {"Fn::GetAZs": ""}]}]
      }
    }
  }
}
""",
    ),
    Case(
        "a mapping of zones",
        unsafe=True,
        before="""\
Mappings:
  Regions:
    us-east-1:
      Image: ami-1
      Zone1: us-east-1a
      Zone2: us-east-1b
    us-west-2:
      Image: ami-2
      Zone1: us-west-2a
      Zone2: us-west-2b
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !FindInMap [Regions, !Ref AWS::Region, Image]
      AvailabilityZone: !FindInMap [Regions, !Ref AWS::Region, Zone2]
""",
        after="""\
Mappings:
  Regions:
    us-east-1:
      Image: ami-1
    us-west-2:
      Image: ami-2
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !FindInMap [Regions, !Ref AWS::Region, Image]
      AvailabilityZone: !Select [1, !GetAZs ""]
""",
    ),
)
VALID = (
    Case(
        "zones of two Regions",
        unsafe=True,
        before="""\
Resources:
  Near:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      AvailabilityZone: !If [East, us-east-1a, us-west-2a]
""",
        says="zones of several Regions",
    ),
)

_OF_ONE_ZONE = ("AvailabilityZone", "PreferredAvailabilityZone")
_REASON = "the new zone may be another one than before, and what is bound to the old one stays behind"


@transform(lint_rules=("W3010",), valid=VALID, invalid=INVALID)
def hard_coded_availability_zone(template: Template, options: Options) -> Iterator[Finding]:
    places = list(zone_places(template))
    maps = list(zone_maps(template))
    zones = [zone for place in places for zone in place.zones]
    mapped = [
        zone for found in maps if isinstance(found, ZoneMap) for each in found.attributes.values() for zone in each
    ]
    several = len({zone.region for zone in zones} - {None}) > 1
    number_of = numbers(template, (zone.letter for zone in (*zones, *mapped)))
    for _, group in groupby(places, key=lambda place: _list_of(place.path)):
        yield _in_values(template, list(group), number_of, several)
    for found in maps:
        yield _in_mapping(template, found, number_of) if isinstance(found, ZoneMap) else _kept_mapping(*found)
    yield from _others(template)


def _select(number: int) -> Value:
    return {"Fn::Select": [number, {"Fn::GetAZs": ""}]}


def _list_of(path: Path) -> Path:
    """The path of the list that a value is in, else its own."""
    return path[:-1] if isinstance(path[-1], int) and not str(path[-2]).startswith("Fn::") else path


def _in_values(template: Template, places: list[Place], number_of: Mapping[str, int], several: bool) -> Finding:
    path = _list_of(places[0].path)
    zones = [f"{zone.region or '${AWS::Region}'}{zone.letter}" for place in places for zone in place.zones]
    what, verb = ("Zone", "is") if len(zones) == 1 else ("Zones", "are")
    message = f"{what} {', '.join(zones)} {verb} hard-coded"
    fixed = next((place.fixed for place in places if place.fixed), "")
    if fixed or several:
        return Finding(message, path, reason=fixed or "the template names zones of several Regions")
    operations: list[Operation] = []
    for place in places:
        selects = [_select(number_of[zone.letter]) for zone in place.zones]
        operations.append(Set(place.path, join(",", selects) if place.has_commas else selects[0]))
    return Finding(message, path, _fix(template, operations), _REASON)


def _fix(template: Template, operations: list[Operation]) -> Fix:
    impact = max((_impact(template, operation.path) for operation in operations), default=Impact.NONE)
    return Fix("Select the zone by its number", tuple(operations), Safety.UNSAFE, impact)


def _impact(template: Template, path: Path) -> Impact:
    """What lives in one zone is not moved: that some schemas do not call the property create-only is no promise."""
    resource = template.resource_at(path)
    own = path[len(resource.path) :] if resource else ()
    if resource is not None and schema(resource.type) and own[:1] == ("Properties",) and own[1] in _OF_ONE_ZONE:
        return Impact.REPLACEMENT
    return impact_at(template, path)


def _kept_mapping(name: str, reason: str) -> Finding:
    return Finding(f"The mapping {name} has hard-coded zones", ("Mappings", name), reason=reason)


def _in_mapping(template: Template, found: ZoneMap, number_of: Mapping[str, int]) -> Finding:
    uses = lookups(template, found.name)
    if isinstance(uses, str):
        return _kept_mapping(found.name, uses)
    by_region = all(is_region(key) for key in template.mappings[found.name])
    operations: list[Operation] = []
    for path, key, attribute in uses:
        if not isinstance(attribute, str):
            return _kept_mapping(found.name, "which of its entries is looked up is only known when the stack is made")
        if attribute not in found.attributes:
            continue
        if path[0] not in ("Resources", "Outputs") or str(path[1]) in template.opaque:
            return _kept_mapping(
                found.name, f"a zone of it is looked up in {path[0]}.{path[1]}, where Fn::GetAZs cannot be"
            )
        if by_region and not is_stack_region(key) and not is_region(key):
            return _kept_mapping(found.name, "the key under which it is looked up need not be the stack's Region")
        own = [number_of[zone.letter] for zone in found.attributes[attribute]]
        selects = [_select(number) for number in own]
        selected = is_within(template.data, path, "Fn::Select") and own == list(range(len(own)))
        all_zones: Value = {"Fn::GetAZs": ""} if selected else selects
        operations.append(Set(path, all_zones if attribute in found.lists else selects[0]))
    finding = _kept_mapping(found.name, _REASON)
    return Finding(finding.message, finding.path, _fix(template, [*operations, *_removals(template, found)]), _REASON)


def _removals(template: Template, found: ZoneMap) -> Iterator[Remove]:
    body = template.mappings[found.name]
    left = {key: [name for name in entries if name not in found.attributes] for key, entries in body.items()}
    if not any(left.values()):
        yield Remove(("Mappings", found.name) if len(template.section("Mappings")) > 1 else ("Mappings",))
        return
    for key, entries in body.items():
        if not left[key]:
            yield Remove(("Mappings", found.name, key))
        else:
            yield from (Remove(("Mappings", found.name, key, name)) for name in entries if name in found.attributes)


def _others(template: Template) -> Iterator[Finding]:
    """What names a zone and cannot be repaired."""
    for text in texts(template):
        if not text.is_sub and OTHER_ZONE.fullmatch(text.text):
            reason = "it has no counterpart in another Region or account"
            yield Finding(f"Zone {text.text} is hard-coded", text.path, reason=reason)
    for path, value in collections(template.data):
        loop = value if isinstance(value, list) and str(path[-1]).startswith(LOOP) else []
        zones = (
            [item for item in loop[1] if ZONE.fullmatch(str(item))]
            if len(loop) > 2 and isinstance(loop[1], list)
            else []
        )
        if zones:
            reason = "the values of a loop have to be known before the zones are, and make the logical ids"
            yield Finding(f"{path[-1]} goes through the zones {', '.join(zones)}", (*path, 1), reason=reason)
    for parameter in template.parameters.values():
        values = parameter.default if isinstance(parameter.default, list) else str(parameter.default).split(",")
        if any(ZONE.fullmatch(str(value).strip()) for value in values):
            reason = (
                "whoever creates the stack can choose another; without a default, stacks that rely on it would fail"
            )
            yield Finding(
                f"Parameter {parameter.id} has a zone as its default", (*parameter.path, "Default"), reason=reason
            )
