"""Amazon EFS: backup policies, replication, and the protection from being overwritten by it."""

from __future__ import annotations

import json
import time
import uuid
from copy import deepcopy
from typing import Any

from aws.corrections._store import store
from aws.patching import adds, replaces, symbol

efs_backends = symbol("moto.efs.models:efs_backends")
EFSError = symbol("moto.efs.exceptions:EFSError")

EFSResponse = symbol("moto.efs.responses:EFSResponse")

# moto routes only the paths it carries.
for path in ("<file_system_id>/protection", "<file_system_id>/replication-configuration", "replication-configurations"):
    symbol("moto.efs.urls:url_paths")[f"/2015-02-01/file-systems/{path}"] = EFSResponse.dispatch


class ReplicationNotFound(EFSError):
    code = 404

    def __init__(self, file_system_id: str):
        super().__init__("ReplicationNotFound", f"Replication configuration for {file_system_id} not found.")


class ReplicationAlreadyExists(EFSError):
    code = 409

    def __init__(self, file_system_id: str):
        super().__init__("ReplicationAlreadyExists", f"{file_system_id} is a replication destination.")


class OverwriteProtected(EFSError):
    code = 409

    def __init__(self, file_system_id: str):
        super().__init__("ConflictException", f"Replication overwrite protection of {file_system_id} is enabled.")


@replaces("moto.efs.models:FileSystem.info_json", "self")
def describe_protection(original: Any, file_system: Any) -> dict[str, Any]:
    """A file system has no protection. On AWS replication overwrite protection is enabled until it is updated."""
    return {**original(file_system), "FileSystemProtection": {"ReplicationOverwriteProtection": _protection(file_system)}}


@adds("moto.efs.responses:EFSResponse.update_file_system_protection")
def update_file_system_protection(response: Any) -> str:
    """UpdateFileSystemProtection is missing. On AWS it decides whether a replication may overwrite a file system."""
    file_system = response.efs_backend.file_systems_by_id[response._get_param("FileSystemId")]
    if _protection(file_system) == "REPLICATING":
        raise ReplicationAlreadyExists(file_system.file_system_id)
    file_system._overwrite_protection = response._get_param("ReplicationOverwriteProtection")
    return json.dumps({"ReplicationOverwriteProtection": file_system._overwrite_protection})


@replaces("moto.efs.models:FileSystem.backup_policy", "self")
def answer_disabled_backup_policy(_original: Any, file_system: Any) -> dict[str, str]:
    """A file system without backups is answered with PolicyNotFound. On AWS the status is DISABLED."""
    return {"Status": "ENABLED" if file_system._backup else "DISABLED"}


@adds("moto.efs.responses:EFSResponse.put_backup_policy")
def put_backup_policy(response: Any) -> str:
    """PutBackupPolicy is missing. On AWS it switches the automatic backups of a file system."""
    policy = response._get_param("BackupPolicy")
    file_system = response.efs_backend.file_systems_by_id[response._get_param("FileSystemId")]
    file_system._backup = policy["Status"] == "ENABLED"
    return json.dumps({"BackupPolicy": policy})


@adds("moto.efs.responses:EFSResponse.create_replication_configuration")
def create_replication_configuration(response: Any) -> str:
    """EFS replication is missing. On AWS the destination is created, or given and unprotected, and is read-only."""
    backend, source_id = response.efs_backend, response._get_param("SourceFileSystemId")
    source = backend.file_systems_by_id[source_id]
    arn = f"arn:aws:elasticfilesystem:{backend.region_name}:{backend.account_id}:file-system/{source_id}"
    replication = {
        "SourceFileSystemId": source_id,
        "SourceFileSystemRegion": backend.region_name,
        "SourceFileSystemArn": arn,
        "OriginalSourceFileSystemArn": arn,
        "SourceFileSystemOwnerId": backend.account_id,
        "CreationTime": time.time(),
        "Destinations": [_destination(backend, source, asked) for asked in response._get_param("Destinations")],
    }
    for region in _regions(replication):
        store(efs_backends[backend.account_id][region], "efs-replications")[source_id] = deepcopy(replication)
    return json.dumps(replication)


@adds("moto.efs.responses:EFSResponse.describe_replication_configurations")
def describe_replication_configurations(response: Any) -> str:
    """EFS replication is missing. On AWS both ends describe it: the source's Region and the destination's."""
    wanted = response._get_param("FileSystemId")
    here = store(response.efs_backend, "efs-replications").values()
    found = [replication for replication in here if wanted is None or wanted in _ids(replication)]
    if wanted is not None and not found:
        raise ReplicationNotFound(wanted)
    return json.dumps({"Replications": found})


@adds("moto.efs.responses:EFSResponse.delete_replication_configuration")
def delete_replication_configuration(response: Any) -> tuple[str, dict[str, Any]]:
    """EFS replication is missing. On AWS either Region may end it, on both sides or its own; the destination is writable."""
    backend, source_id = response.efs_backend, response._get_param("SourceFileSystemId")
    replication = store(backend, "efs-replications").pop(source_id, None)
    if replication is None:
        raise ReplicationNotFound(source_id)
    local = response._get_param("deletionMode") == "LOCAL_CONFIGURATION_ONLY"
    for region in set(_regions(replication)) - {backend.region_name}:
        there = store(efs_backends[backend.account_id][region], "efs-replications")
        if not local:
            there.pop(source_id, None)
        elif source_id in there:
            there[source_id]["Destinations"][0]["Status"] = "ERROR"
    for end in replication["Destinations"]:
        if not local or end["Region"] == backend.region_name:
            _file_system(backend.account_id, end)._overwrite_protection = "ENABLED"
    return "", {"status": 204}


def _destination(backend: Any, source: Any, asked: dict[str, Any]) -> dict[str, Any]:
    zone = asked.get("AvailabilityZoneName")
    region = asked.get("Region") or zone[:-1]
    file_system_id = asked.get("FileSystemId")
    if file_system_id is None:
        replica = efs_backends[backend.account_id][region].create_file_system(
            creation_token=uuid.uuid4().hex,
            performance_mode=source.performance_mode,
            encrypted=True,
            kms_key_id=asked.get("KmsKeyId"),
            throughput_mode="bursting",
            provisioned_throughput_in_mibps=None,
            availability_zone_name=zone,
            backup=False,
            tags=[],
        )
        file_system_id = replica.file_system_id
        replica._overwrite_protection = "REPLICATING"
    else:
        file_system = _file_system(backend.account_id, {"Region": region, "FileSystemId": file_system_id})
        if _protection(file_system) == "ENABLED":
            raise OverwriteProtected(file_system_id)
        file_system._overwrite_protection = "REPLICATING"
    return {"FileSystemId": file_system_id, "Region": region, "Status": "ENABLED", "OwnerId": backend.account_id}


def _protection(file_system: Any) -> str:
    return getattr(file_system, "_overwrite_protection", "ENABLED")


def _file_system(account_id: str, end: dict[str, Any]) -> Any:
    return efs_backends[account_id][end["Region"]].file_systems_by_id[end["FileSystemId"]]


def _ids(replication: dict[str, Any]) -> list[str]:
    return [replication["SourceFileSystemId"], *(end["FileSystemId"] for end in replication["Destinations"])]


def _regions(replication: dict[str, Any]) -> list[str]:
    return [replication["SourceFileSystemRegion"], *(end["Region"] for end in replication["Destinations"])]
