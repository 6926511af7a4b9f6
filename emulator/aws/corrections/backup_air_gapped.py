"""AWS Backup: logically air-gapped vaults."""

from __future__ import annotations

import json
import time
from typing import Any

from aws.corrections.backup import RESPONSE, arn_of, kept, path_of, remember_tags
from aws.patching import adds, replaces


@adds(f"{RESPONSE}.create_logically_air_gapped_backup_vault")
def create_logically_air_gapped_backup_vault(response: Any) -> str:
    """Air-gapped vaults are missing. On AWS one is locked in compliance mode from the start."""
    name = path_of(response, "backupVaultName")
    vault = {
        "BackupVaultName": name,
        "BackupVaultArn": arn_of(response, f"backup-vault:{name}"),
        "VaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT",
        "VaultState": "AVAILABLE",
        "CreationDate": time.time(),
        "Locked": True,
        "NumberOfRecoveryPoints": 0,
        "MinRetentionDays": response._get_param("MinRetentionDays"),
        "MaxRetentionDays": response._get_param("MaxRetentionDays"),
    }
    kept(response, "air-gapped vaults")[name] = vault
    remember_tags(response, vault["BackupVaultArn"], response._get_param("BackupVaultTags"))
    return json.dumps({key: vault[key] for key in ("BackupVaultName", "BackupVaultArn", "CreationDate", "VaultState")})


@replaces(f"{RESPONSE}.describe_backup_vault", "self")
def describe_air_gapped_vault(original: Any, response: Any) -> Any:
    """Air-gapped vaults are missing. On AWS they are described as vaults of their own type."""
    name = path_of(response, "backupVaultName")
    if name in kept(response, "air-gapped vaults"):
        return json.dumps(kept(response, "air-gapped vaults")[name])
    return original(response)


@replaces(f"{RESPONSE}.delete_backup_vault", "self")
def delete_air_gapped_vault(original: Any, response: Any) -> Any:
    """Air-gapped vaults are missing. On AWS an empty one can be deleted."""
    if kept(response, "air-gapped vaults").pop(path_of(response, "backupVaultName"), None) is not None:
        return ""
    return original(response)
