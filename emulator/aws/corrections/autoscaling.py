"""Amazon EC2 Auto Scaling: scaling policies."""

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
