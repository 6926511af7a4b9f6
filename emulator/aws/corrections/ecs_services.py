"""Amazon ECS: what a service is created and updated with."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces

RESPONSE = "moto.ecs.responses:EC2ContainerServiceResponse"
SERVICE = "moto.ecs.models:Service"

FORGOTTEN = {
    "capacityProviderStrategy": "capacity_provider_strategy",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
}


@replaces(f"{RESPONSE}.create_service", "self")
def create_service(original: Any, response: Any) -> Any:
    """CreateService forgets capacity providers, deployment configuration, grace period and the like.

    On AWS they are answered, and a service with capacity providers has no launch type.
    """
    answer = original(response)
    service = answer.result["service"]
    for parameter, attribute in FORGOTTEN.items():
        if response._get_param(parameter) is not None:
            setattr(service, attribute, response._get_param(parameter))
    if response._get_param("capacityProviderStrategy"):
        service.launch_type = None
    _remember_rebalancing(service, response._get_param("availabilityZoneRebalancing"))
    return answer


@replaces("moto.ecs.models:EC2ContainerServiceBackend.update_service", "self, service_properties")
def update_service(original: Any, backend: Any, service_properties: dict[str, Any]) -> Any:
    """UpdateService fails on availabilityZoneRebalancing, which the service does not keep. On AWS it is changed."""
    rebalancing = service_properties.pop("availability_zone_rebalancing", None)
    service = original(backend, service_properties)
    _remember_rebalancing(service, rebalancing)
    return service


@replaces(f"{SERVICE}.availability_zone_rebalancing", "_service")
def availability_zone_rebalancing(original: Any, service: Any) -> str:
    """A service always answers the default of availabilityZoneRebalancing. On AWS what it was given."""
    kept: str | None = vars(service).get("kept_rebalancing")
    return kept or original(service)


def _remember_rebalancing(service: Any, rebalancing: str | None) -> None:
    if rebalancing is not None:
        service.kept_rebalancing = rebalancing
