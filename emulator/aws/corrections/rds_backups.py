"""Amazon RDS: automated backups replicated to another Region."""

from __future__ import annotations

import copy
from typing import Any

from aws.corrections._store import store
from aws.corrections.rds import configure, instance_from
from aws.patching import adds, replaces, symbol

random = symbol("moto.moto_api._internal:mock_random")
AlreadyExists = symbol("moto.rds.exceptions:DBInstanceAlreadyExists")
ActionResult = symbol("moto.core.responses:ActionResult")
RDSClientError = symbol("moto.rds.exceptions:RDSClientError")


@adds("moto.rds.responses:RDSResponse.start_db_instance_automated_backups_replication")
def start_replication(response: Any) -> Any:
    """Replicating automated backups is missing. On AWS the backup appears in the Region that was asked, replicating."""
    backend = response.backend
    arn = response._get_param("SourceDBInstanceArn")
    source = backend.find_db_from_id(arn)
    if not source.backup_retention_period:
        raise RDSClientError(
            "InvalidDBInstanceState", "Automated backups are not enabled for the source DB instance."
        )
    backup_id = f"ab-{random.get_random_string(26).lower()}"
    backup = {
        "DBInstanceArn": arn,
        "DBInstanceAutomatedBackupsArn": f"arn:aws:rds:{backend.region_name}:{backend.account_id}:auto-backup:{backup_id}",
        "DBInstanceIdentifier": source.db_instance_identifier,
        "DbiResourceId": source.dbi_resource_id,
        "Region": source.region,
        "Status": "replicating",
        "Engine": source.engine,
        "EngineVersion": source.engine_version,
        "Encrypted": source.storage_encrypted,
        "KmsKeyId": response._get_param("KmsKeyId"),
        "BackupRetentionPeriod": int(response._get_param("BackupRetentionPeriod") or 7),
        "_Contents": copy.copy(source),  # the source may be gone when they are restored
    }
    _replicated(backend)[backup["DBInstanceAutomatedBackupsArn"]] = backup
    return ActionResult({"DBInstanceAutomatedBackup": backup})


@adds("moto.rds.responses:RDSResponse.stop_db_instance_automated_backups_replication")
def stop_replication(response: Any) -> Any:
    """Stopping the replication of automated backups is missing. On AWS the source need not be reachable for it."""
    replicated = _replicated(response.backend)
    for arn, backup in list(replicated.items()):
        if backup["DBInstanceArn"] == response._get_param("SourceDBInstanceArn"):
            return ActionResult({"DBInstanceAutomatedBackup": replicated.pop(arn)})
    raise RDSClientError("DBInstanceAutomatedBackupNotFound", "Automated backup replication not found.")


@replaces("moto.rds.responses:RDSResponse.describe_db_instance_automated_backups", "self")
def describe_replicated(original: Any, response: Any) -> Any:
    """Replicated backups cannot be described. On AWS they are listed beside the Region's own, or found by their ARN."""
    replicated = _replicated(response.backend)
    arn = response._get_param("DBInstanceAutomatedBackupsArn")
    if arn is None:
        own = original(response).result["DBInstanceAutomatedBackups"]
        return ActionResult({"DBInstanceAutomatedBackups": [*own, *replicated.values()]})
    if arn not in replicated:
        raise RDSClientError("DBInstanceAutomatedBackupNotFound", f"{arn} not found.")
    return ActionResult({"DBInstanceAutomatedBackups": [replicated[arn]]})


@replaces("moto.rds.responses:RDSResponse.restore_db_instance_to_point_in_time", "self")
def restore_from_replicated(original: Any, response: Any) -> Any:
    """Replicated backups cannot be restored. On AWS that makes an instance from them alone, whatever became of the source."""
    arn = response._get_param("SourceDBInstanceAutomatedBackupsArn")
    if arn is None:
        return original(response)
    backend = response.backend
    if arn not in _replicated(backend):
        raise RDSClientError("DBInstanceAutomatedBackupNotFound", f"{arn} not found.")
    identifier = response._get_param("TargetDBInstanceIdentifier")
    if identifier in backend.databases:
        raise AlreadyExists()
    backup = _replicated(backend)[arn]
    restored = instance_from(backup["_Contents"], backend)
    restored.is_replica, restored.source_db_instance_identifier = False, None
    restored.replicas = []
    restored.kms_key_id = backup["KmsKeyId"] or restored.kms_key_id
    restored.backup_retention_period = backup["BackupRetentionPeriod"]
    configure(restored, {**response.params, "db_instance_identifier": identifier})
    backend.databases[identifier] = restored
    return ActionResult({"DBInstance": restored})


def _replicated(backend: Any) -> dict[str, dict[str, Any]]:
    return store(backend, "replicated automated backups")
