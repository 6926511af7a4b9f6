"""Amazon Route 53: health checks."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces

# What only an endpoint check has; AWS leaves them out for checks on alarms, on other checks and on routing controls.
ENDPOINT_ONLY = (
    "Port", "RequestInterval", "FailureThreshold", "MeasureLatency", "EnableSNI", "IPAddress", "ResourcePath",
    "FullyQualifiedDomainName", "SearchString",
)  # fmt: skip
KEPT_BESIDE = ("AlarmIdentifier", "InsufficientDataHealthStatus", "RoutingControlArn", "EnableSNI")


@replaces("moto.route53.models:HealthCheck.health_check_config", "self")
def answer_config_of_its_type(original: Any, check: Any) -> dict[str, Any]:
    """Every health check is answered with a port, an interval and SNI off, and an alarm's name is lost.

    On AWS a check answers what belongs to its type; Terraform would replace it otherwise.
    """
    config: dict[str, Any] = original(check)
    config.update(getattr(check, "kept_beside", {}))
    if check.type_ in ("CLOUDWATCH_METRIC", "CALCULATED", "RECOVERY_CONTROL"):
        return {key: value for key, value in config.items() if key not in ENDPOINT_ONLY}
    if check.type_.startswith("HTTPS"):
        config["EnableSNI"] = config.get("EnableSNI", True)
        config["Port"] = check.port if check.port != 80 else 443
    return config


@replaces("moto.route53.responses:Route53.create_health_check", "self")
def remember_alarm_of_health_check(original: Any, response: Any) -> Any:
    """CreateHealthCheck forgets AlarmIdentifier and InsufficientDataHealthStatus. On AWS they are answered."""
    result = original(response)
    _remember(_health_check_of(result), response._get_param("HealthCheckConfig"))
    return result


@replaces("moto.route53.responses:Route53.update_health_check", "self")
def update_alarm_of_health_check(original: Any, response: Any) -> Any:
    """UpdateHealthCheck forgets AlarmIdentifier and InsufficientDataHealthStatus. On AWS they are changed."""
    result = original(response)
    changed = {key: response._get_param(key) for key in KEPT_BESIDE}
    _remember(_health_check_of(result), {key: value for key, value in changed.items() if value is not None})
    return result


def _health_check_of(result: Any) -> Any:
    return result.result["HealthCheck"]


def _remember(check: Any, config: dict[str, Any]) -> None:
    kept = getattr(check, "kept_beside", {})
    check.kept_beside = {**kept, **{key: config[key] for key in KEPT_BESIDE if key in config}}
