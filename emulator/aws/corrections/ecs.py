"""Amazon ECS: services."""

from __future__ import annotations

from typing import Any

from aws.patching import adds_property


@adds_property("moto.ecs.models:Service.availability_zone_rebalancing")
def availability_zone_rebalancing(_service: Any) -> str:
    """A service does not answer availabilityZoneRebalancing. On AWS the default is answered."""
    return "DISABLED"
