"""Amazon RDS: automated backups replicated to another Region.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstanceAutomatedBackup.html
"""

from __future__ import annotations

import copy
from typing import Any

from aws.corrections._store import store
from aws.corrections.rds import configure, instance_from
from aws.patching import adds, replaces, symbol

random = symbol("moto.moto_api._internal:mock_random")
NotFound = symbol("moto.rds.exceptions:DBInstanceNotFoundError")
AlreadyExists = symbol("moto.rds.exceptions:DBInstanceAlreadyExists")
ActionResult = symbol("moto.core.responses:ActionResult")
RDSClientError = symbol("moto.rds.exceptions:RDSClientError")


REPLICATING = "replicating"
RETAINED = "retained"


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
        "Status": REPLICATING,
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
    """Stopping the replication of automated backups is missing. On AWS the copies stay, retained; there must be a replication."""
    arn = response._get_param("SourceDBInstanceArn")
    for backup in _replicated(response.backend).values():
        if backup["DBInstanceArn"] == arn and backup["Status"] == REPLICATING:
            backup["Status"] = RETAINED
            return ActionResult({"DBInstanceAutomatedBackup": backup})
    raise RDSClientError("InvalidDBInstanceState", f"{arn} is not replicating to the current region.")


@replaces("moto.rds.responses:RDSResponse.describe_db_instance_automated_backups", "self")
def describe_replicated(original: Any, response: Any) -> Any:
    """Replicated backups cannot be described. On AWS they are listed with the Region's own, or found by their ARN.

    They are `retained` once their source is deleted, and no longer replicated.
    """
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
    restored.enable_performance_insights = False  # a restore takes no such setting
    restored.kms_key_id = backup["KmsKeyId"] or restored.kms_key_id
    restored.backup_retention_period = backup["BackupRetentionPeriod"]
    configure(restored, {**response.params, "db_instance_identifier": identifier})
    backend.databases[identifier] = restored
    return ActionResult({"DBInstance": restored})


def _replicated(backend: Any) -> dict[str, dict[str, Any]]:
    replicated = store(backend, "replicated automated backups")
    for backup in replicated.values():
        if not _exists(backend, backup):
            backup["Status"] = RETAINED
    return replicated


def _exists(backend: Any, backup: dict[str, Any]) -> bool:
    try:
        return bool(backend.find_db_from_id(backup["DBInstanceArn"]).dbi_resource_id == backup["DbiResourceId"])
    except NotFound:
        return False
