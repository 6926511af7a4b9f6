"""AWS Secrets Manager: replicas of a secret."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces


@replaces("moto.secretsmanager.models:FakeSecret.create_replicas", "self, replica_regions, force_overwrite")
def encrypt_replicas_with_their_keys(
    original: Any, secret: Any, replica_regions: list[dict[str, str]], force_overwrite: bool
) -> list[Any]:
    """A replica always answers the default key. On AWS it answers the key of its Region that was asked for."""
    replicas = original(secret, replica_regions, force_overwrite)
    for replica, asked in zip(replicas, replica_regions, strict=True):
        if asked.get("KmsKeyId"):
            replica.config["KmsKeyId"] = asked["KmsKeyId"]
    return replicas
