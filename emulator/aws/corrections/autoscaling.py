"""Amazon EC2 Auto Scaling: groups and scaling policies."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from aws.patching import adds, adds_property, replaces, symbol

action_result = symbol("moto.core.responses:ActionResult")
validation_error = symbol("moto.autoscaling.exceptions:ValidationError")

# Limits of an image by parameter: https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
BY_PARAMETER = "resolve:ssm:"


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


@adds("moto.autoscaling.responses:AutoScalingResponse.start_instance_refresh")
def start_instance_refresh(response: Any) -> Any:
    """StartInstanceRefresh is missing. On AWS it replaces instances; with an image by parameter it neither compares nor rolls back."""
    asked = response._get_params()
    preferences = asked.get("Preferences") or {}
    compares = bool(asked.get("DesiredConfiguration")) or preferences.get("SkipMatching")
    if (compares or preferences.get("AutoRollback")) and _image_by_parameter(response):
        raise validation_error(
            "The launch template specifies a Systems Manager parameter as its ImageId. "
            "DesiredConfiguration, SkipMatching and AutoRollback are not supported with it."
        )
    return action_result({"InstanceRefreshId": str(uuid4())})


@replaces("moto.autoscaling.responses:AutoScalingResponse.put_warm_pool", "self")
def refuse_warm_pool_of_parameter(original: Any, response: Any) -> Any:
    """A warm pool is kept with every kind of image. AWS keeps none with an image by parameter."""
    if _image_by_parameter(response):
        raise validation_error(
            "Warm pools are not supported with a launch template that specifies a Systems Manager parameter as its ImageId."
        )
    return original(response)


def _image_by_parameter(response: Any) -> bool:
    name = response._get_param("AutoScalingGroupName")
    group = response.autoscaling_backend.autoscaling_groups.get(name)
    if group is None:
        raise validation_error(f"AutoScalingGroup name not found - {name}")
    return (group.image_id or "").startswith(BY_PARAMETER)
