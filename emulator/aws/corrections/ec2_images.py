"""Amazon EC2: copied images, the parameters that name them, and Capacity Reservations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aws.corrections._store import store
from aws.patching import adds, adds_property, replaces, symbol

ActionResult = symbol("moto.core.responses:ActionResult")
EC2ClientError = symbol("moto.ec2.exceptions:EC2ClientError")
random_hex = symbol("moto.moto_api._internal:mock_random").get_random_hex

RESPONSE = "moto.ec2.responses:EC2Response"
DEFAULTS = {"EndDateType": "unlimited", "InstanceMatchCriteria": "open", "Tenancy": "default"}
SETTINGS = ("AvailabilityZone", "EbsOptimized", "EphemeralStorage", "InstancePlatform", "InstanceType", *DEFAULTS)


@adds(f"{RESPONSE}.create_capacity_reservation")
def create_capacity_reservation(response: Any) -> Any:
    """CreateCapacityReservation is missing. On AWS it keeps room for instances, active at once."""
    reservation_id = f"cr-0{random_hex(16)}"
    backend = response.ec2_backend
    given = {name: response._get_param(name) for name in SETTINGS}
    tags = [tag for spec in response._get_param("TagSpecifications", []) for tag in spec["Tags"]]
    count = int(response._get_param("InstanceCount"))
    reservation = {
        **DEFAULTS,
        **{name: value for name, value in given.items() if value is not None},
        "CapacityReservationId": reservation_id,
        "CapacityReservationArn": f"arn:{backend.partition}:ec2:{backend.region_name}:{backend.account_id}:capacity-reservation/{reservation_id}",
        "OwnerId": backend.account_id,
        "State": "active",
        "Tags": tags,
        "TotalInstanceCount": count,
        "AvailableInstanceCount": count,
    }
    _reservations(response)[reservation_id] = reservation
    return ActionResult({"CapacityReservation": reservation})


@adds(f"{RESPONSE}.describe_capacity_reservations")
def describe_capacity_reservations(response: Any) -> Any:
    """DescribeCapacityReservations is missing. On AWS it answers those that were cancelled too."""
    wanted = response._get_param("CapacityReservationIds", [])
    found = [_reservation(response, one) for one in wanted] if wanted else [*_reservations(response).values()]
    return ActionResult({"CapacityReservations": found})


@adds(f"{RESPONSE}.modify_capacity_reservation")
def modify_capacity_reservation(response: Any) -> Any:
    """ModifyCapacityReservation is missing. On AWS it changes the number of instances."""
    reservation = _reservation(response, response._get_param("CapacityReservationId"))
    count = response._get_param("InstanceCount")
    if count is not None:
        reservation["AvailableInstanceCount"] += int(count) - reservation["TotalInstanceCount"]
        reservation["TotalInstanceCount"] = int(count)
    return ActionResult({"Return": True})


@adds(f"{RESPONSE}.cancel_capacity_reservation")
def cancel_capacity_reservation(response: Any) -> Any:
    """CancelCapacityReservation is missing. On AWS it gives the room up."""
    _reservation(response, response._get_param("CapacityReservationId"))["State"] = "cancelled"
    return ActionResult({"Return": True})


@replaces("moto.ec2.responses.amis:AmisResponse.copy_image", "self")
def encrypt_copy(original: Any, response: Any) -> Any:
    """A copied image is not encrypted, whatever is asked for. On AWS its snapshots are, with the key that is named."""
    result = original(response)
    if response._get_bool_param("Encrypted"):
        snapshot = response.ec2_backend.amis[result.result["ImageId"]].ebs_snapshot
        snapshot.encrypted = True
        snapshot.kms_key_id = response._get_param("KmsKeyId")
    return result


@replaces("moto.ec2.models.amis:Ami.block_device_mappings", "self")
def tell_of_encryption(original: Any, image: Any) -> list[dict[str, Any]]:
    """An image does not say that its snapshots are encrypted. On AWS it does."""
    mappings = original(image)
    for mapping in mappings:
        mapping["Ebs"]["Encrypted"] = bool(image.ebs_snapshot.encrypted)
    return mappings


@adds(f"{RESPONSE}.enable_image_deprecation")
def enable_image_deprecation(response: Any) -> Any:
    """EnableImageDeprecation is missing. On AWS the image says from when on it is deprecated."""
    image = response.ec2_backend.describe_images(ami_ids=[response._get_param("ImageId")])[0]
    image.deprecated_at = response._get_param("DeprecateAt")
    return ActionResult({"Return": True})


@adds(f"{RESPONSE}.disable_image_deprecation")
def disable_image_deprecation(response: Any) -> Any:
    """DisableImageDeprecation is missing. On AWS the image is no longer deprecated."""
    image = response.ec2_backend.describe_images(ami_ids=[response._get_param("ImageId")])[0]
    image.deprecated_at = None
    return ActionResult({"Return": True})


@adds_property("moto.ec2.models.amis:Ami.deprecation_time")
def deprecation_time(image: Any) -> str | None:
    """An image does not say when it is deprecated. On AWS it does, to the millisecond."""
    moment = getattr(image, "deprecated_at", None)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") if isinstance(moment, datetime) else moment


@replaces("moto.ssm.responses:SimpleSystemManagerResponse.put_parameter", "self")
def keep_data_type(original: Any, response: Any) -> Any:
    """A parameter that gets a new value without a data type becomes text. On AWS it stays the name of an image."""
    name = response._get_param("Name")
    before = response.ssm_backend.get_parameter(name)
    kept = before.data_type if before is not None and response._get_param("DataType") is None else None
    result = original(response)
    if kept is not None:
        response.ssm_backend.get_parameter(name).data_type = kept
    return result


def _reservations(response: Any) -> dict[str, Any]:
    return store(response.ec2_backend, "capacity_reservations")


def _reservation(response: Any, reservation_id: str) -> dict[str, Any]:
    found = _reservations(response).get(reservation_id)
    if found is None:
        code = "InvalidCapacityReservationId.NotFound"
        raise EC2ClientError(code, f"The capacity reservation ID '{reservation_id}' was not found")
    return found
