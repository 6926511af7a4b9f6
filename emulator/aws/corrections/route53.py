"""Amazon Route 53: health checks, and records that point to each other."""

from __future__ import annotations

from threading import Lock
from typing import Any

from aws.patching import replaces, symbol

Route53ClientError = symbol("moto.route53.exceptions:Route53ClientError")

_one_at_a_time = Lock()

# Fields of endpoint checks. AWS omits them for checks on alarms, on other checks and on routing controls.
ENDPOINT_ONLY = (
    "Port", "RequestInterval", "FailureThreshold", "MeasureLatency", "EnableSNI", "IPAddress", "ResourcePath",
    "FullyQualifiedDomainName", "SearchString",
)  # fmt: skip
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html#Route53-Type-HealthCheckConfig-Regions
CHECKER_REGIONS = (
    "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1", "sa-east-1", "us-east-1", "us-west-1", "us-west-2",
)  # fmt: skip
FEWEST_REGIONS = 3
KEPT_BESIDE = ("AlarmIdentifier", "InsufficientDataHealthStatus", "RoutingControlArn", "EnableSNI")


@replaces("moto.route53.models:HealthCheck.health_check_config", "self")
def answer_config_of_its_type(original: Any, check: Any) -> dict[str, Any]:
    """Every health check is answered with a port, an interval and SNI off, and an alarm's name is lost.

    On AWS a check answers what belongs to its type; Terraform would replace it otherwise. An endpoint check that names no
    regions answers all of them.
    """
    config: dict[str, Any] = original(check)
    config.update(getattr(check, "kept_beside", {}))
    if check.type_ in ("CLOUDWATCH_METRIC", "CALCULATED", "RECOVERY_CONTROL"):
        return {key: value for key, value in config.items() if key not in ENDPOINT_ONLY}
    config["Regions"] = config.get("Regions") or list(CHECKER_REGIONS)
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
    """UpdateHealthCheck forgets AlarmIdentifier and InsufficientDataHealthStatus, and takes an empty list of regions.

    On AWS they are changed. A request without regions leaves them as they are, and one with fewer than three is refused.
    """
    regions = response._get_param("Regions")
    if regions is not None and len(regions) < FEWEST_REGIONS:
        raise Route53ClientError("InvalidInput", "Invalid XML ; The content of element 'Regions' is not complete.")
    check = response.backend.get_health_check(response._get_param("HealthCheckId"))
    before = check.regions
    result = original(response)
    if regions is None:
        check.set_regions([] if "Regions" in response._get_param("ResetElements", []) else before)
    changed = {key: response._get_param(key) for key in KEPT_BESIDE}
    _remember(_health_check_of(result), {key: value for key, value in changed.items() if value is not None})
    return result


@replaces("moto.route53.models:Route53Backend.change_resource_record_sets", "self, zoneid, change_list")
def change_records_by_name(original: Any, backend: Any, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    """Deleting a record deletes all of its set identifier, it cannot be created again, and an alias may point to nothing.

    On AWS name, type and set identifier identify a record. The target of an alias within a zone must exist.
    """
    with _one_at_a_time:
        _change_records(original, backend, zoneid, change_list)


def _change_records(original: Any, backend: Any, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    zone = backend.get_hosted_zone(zoneid)
    _refuse_dangling_aliases(zone, zoneid, change_list)
    before = list(zone.rrsets)
    there = {_identity_of(record) for record in before}
    again = [change for change in change_list if _identity(change["ResourceRecordSet"]) not in there]
    zone.rr_changes[:] = [change for change in zone.rr_changes if change not in again]
    original(backend, zoneid, change_list)
    deleted = {
        _identity(change["ResourceRecordSet"])
        for change in change_list
        if change["Action"] == "DELETE" and "SetIdentifier" in change["ResourceRecordSet"]
    }
    gone = deleted | {_identity_of(record) for record in zone.rrsets}
    if deleted:
        zone.rrsets.extend(record for record in before if _identity_of(record) not in gone)


def _refuse_dangling_aliases(zone: Any, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    there = {(record.name.rstrip("."), record.type) for record in zone.rrsets}
    for change in change_list:
        record = change["ResourceRecordSet"]
        target = record.get("AliasTarget") or {}
        name = target.get("DNSName", "").rstrip(".")
        within = target.get("HostedZoneId") == zoneid.removeprefix("/hostedzone/")
        if change["Action"] != "DELETE" and within and (name, record["Type"]) not in there:
            raise Route53ClientError(
                "InvalidChangeBatch",
                f"Tried to create an alias that targets {name}., type {record['Type']} in zone {zoneid}, "
                "but the alias target name was not found.",
            )
        there.add((record["Name"].rstrip("."), record["Type"]))


def _identity(record: dict[str, Any]) -> tuple[str, str, str | None]:
    return record["Name"].rstrip("."), record["Type"], record.get("SetIdentifier")


def _identity_of(record: Any) -> tuple[str, str, str | None]:
    return record.name.rstrip("."), record.type, record.set_identifier


def _health_check_of(result: Any) -> Any:
    return result.result["HealthCheck"]


def _remember(check: Any, config: dict[str, Any]) -> None:
    kept = getattr(check, "kept_beside", {})
    check.kept_beside = {**kept, **{key: config[key] for key in KEPT_BESIDE if key in config}}
