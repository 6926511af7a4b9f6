"""Elastic Load Balancing: names."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces, symbol

ValidationError = symbol("moto.elbv2.exceptions:ValidationError")


@replaces("moto.elbv2.responses:ELBV2Response.create_load_balancer", "self")
def refuse_names_of_internal_balancers(original: Any, response: Any) -> Any:
    """CreateLoadBalancer takes a name that begins with internal-. On AWS it is a ValidationError."""
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
    name = str(response._get_param("Name"))
    if name.startswith("internal-"):
        raise ValidationError(f"The load balancer name '{name}' cannot begin with 'internal-'")
    return original(response)
