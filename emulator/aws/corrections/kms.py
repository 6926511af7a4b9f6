"""AWS KMS: multi-Region keys, rotation periods."""

from __future__ import annotations

import json
from typing import Any

from aws.patching import replaces, symbol

kms_backends = symbol("moto.kms.models:kms_backends")


@replaces("moto.kms.models:Key.to_dict", "self")
def report_role_in_key_family(original: Any, key: Any) -> dict[str, Any]:
    """A primary and its replicas share one dict that each description rewrites, so the primary turns into a replica.

    On AWS every member reports the same primary and the same list of replicas, and its own type.
    """
    described = original(key)
    if key.multi_region:
        described["KeyMetadata"]["MultiRegionConfiguration"] = _family_of(key)
    return described


@replaces("moto.kms.models:KmsBackend.replicate_key", "self, key_id, replica_region")
def replicate_into_enabled_key(original: Any, backend: Any, key_id: str, replica_region: str) -> Any:
    """A replica copies the primary's state, so a replica of a disabled or deleted primary begins in that state.

    On AWS a replica is created enabled, with its own aliases, grants and tags.
    """
    replica = original(backend, key_id, replica_region)
    replica.enabled, replica.key_state, replica.deletion_date = True, "Enabled", None
    replica.aliases, replica.grants = {}, {}
    return replica


@replaces("moto.kms.responses:KmsResponse.replicate_key", "self")
def keep_own_settings_of_replica(original: Any, response: Any) -> str:
    """ReplicateKey ignores Description, Policy and Tags. On AWS they are the replica's own, not the primary's."""
    answer = json.loads(original(response))
    replica_backend = kms_backends[response.current_account][response._get_param("ReplicaRegion")]
    replica = replica_backend.keys[answer["ReplicaKeyMetadata"]["KeyId"]]
    replica.description = response._get_param("Description") or ""
    replica.policy = response._get_param("Policy") or replica.generate_default_policy()
    if response._get_param("Tags"):
        replica_backend.tagger.tag_resource(replica.id, response._get_param("Tags"))
    return json.dumps(
        {"ReplicaKeyMetadata": replica.to_dict()["KeyMetadata"], "ReplicaPolicy": replica.policy}
    )


@replaces("moto.kms.responses:KmsResponse.enable_key_rotation", "self")
def keep_rotation_period(original: Any, response: Any) -> str:
    """EnableKeyRotation ignores RotationPeriodInDays. On AWS it is kept, and is 365 when not given."""
    answer = original(response)
    _key_of(response).rotation_period = int(response._get_param("RotationPeriodInDays") or 365)
    return answer


@replaces("moto.kms.responses:KmsResponse.get_key_rotation_status", "self")
def report_rotation_period(original: Any, response: Any) -> str:
    """GetKeyRotationStatus leaves the period out, which shows as a change in every plan. On AWS it is reported while on."""
    answer = json.loads(original(response))
    if answer["KeyRotationEnabled"]:
        answer["RotationPeriodInDays"] = getattr(_key_of(response), "rotation_period", 365)
    return json.dumps(answer)


def _key_of(response: Any) -> Any:
    backend = kms_backends[response.current_account][response.region]
    return backend.keys[backend.get_key_id(response._get_param("KeyId"))]


def _family_of(key: Any) -> dict[str, Any]:
    primary = key.multi_region_configuration["PrimaryKey"]
    members = [
        (region, backend.keys[key.id])
        for region, backend in kms_backends[key.account_id].items()
        if key.id in backend.keys
    ]
    return {
        "MultiRegionKeyType": "PRIMARY" if key.arn == primary["Arn"] else "REPLICA",
        "PrimaryKey": dict(primary),
        "ReplicaKeys": [
            {"Arn": member.arn, "Region": region} for region, member in members if member.arn != primary["Arn"]
        ],
    }
