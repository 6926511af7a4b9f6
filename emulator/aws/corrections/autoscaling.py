"""Amazon EC2 Auto Scaling: groups and scaling policies."""

from __future__ import annotations

from typing import Any

from aws.patching import adds_property, replaces


@adds_property("moto.autoscaling.models:FakeScalingPolicy.enabled")
def enabled(_policy: Any) -> bool:
    """A scaling policy does not say that it is enabled. On AWS it is, unless created otherwise."""
    return True


@replaces("moto.autoscaling.models:FakeScalingPolicy.__init__", "self, name, policy_type, ...")
def omit_empty_prediction(original: Any, policy: Any, *args: Any, **kwargs: Any) -> None:
    """A target-tracking policy is answered with an empty predictive block. On AWS the block is absent."""
    original(policy, *args, **kwargs)
    policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None


@replaces("moto.autoscaling.responses:AutoScalingResponse.create_auto_scaling_group", "self")
def remember_settings_of_new_group(original: Any, response: Any) -> Any:
    """A new group forgets default warm-up, longest lifetime, zone distribution and the like. On AWS they are answered."""
    return _remembering(original, response)


@replaces("moto.autoscaling.responses:AutoScalingResponse.update_auto_scaling_group", "self")
def remember_settings_of_group(original: Any, response: Any) -> Any:
    """An update forgets default warm-up, longest lifetime, zone distribution and the like. On AWS they are changed."""
    return _remembering(original, response)


FORGOTTEN = {
    "availability_zone_distribution": "AvailabilityZoneDistribution",
    "capacity_reservation_specification": "CapacityReservationSpecification",
    "default_instance_warmup": "DefaultInstanceWarmup",
    "max_instance_lifetime": "MaxInstanceLifetime",
    "instance_maintenance_policy": "InstanceMaintenancePolicy",
    "desired_capacity_type": "DesiredCapacityType",
}


def _remembering(original: Any, response: Any) -> Any:
    result = original(response)
    group = response.autoscaling_backend.autoscaling_groups[response._get_param("AutoScalingGroupName")]
    for attribute, parameter in FORGOTTEN.items():
        value = response._get_param(parameter)
        if value is not None:
            setattr(group, attribute, value)
    return result
