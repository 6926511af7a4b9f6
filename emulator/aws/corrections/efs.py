"""Amazon EFS: backup policies and replication."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from aws.corrections._store import store
from aws.patching import adds, replaces, symbol

efs_backends = symbol("moto.efs.models:efs_backends")
EFSError = symbol("moto.efs.exceptions:EFSError")

EFSResponse = symbol("moto.efs.responses:EFSResponse")

# moto routes only the paths it carries.
for path in ("<file_system_id>/replication-configuration", "replication-configurations"):
    symbol("moto.efs.urls:url_paths")[f"/2015-02-01/file-systems/{path}"] = EFSResponse.dispatch


class ReplicationNotFound(EFSError):
    code = 404

    def __init__(self, file_system_id: str):
        super().__init__("ReplicationNotFound", f"Replication configuration for {file_system_id} not found.")


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
    """EFS replication is missing. On AWS the destination file system is created unless it is given, and is read-only."""
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
    store(backend, "efs-replications")[source_id] = replication
    return json.dumps(replication)


@adds("moto.efs.responses:EFSResponse.describe_replication_configurations")
def describe_replication_configurations(response: Any) -> str:
    """EFS replication is missing. On AWS both ends describe it: the source's Region and the destination's."""
    wanted = response._get_param("FileSystemId")
    found = [replication for replication in _replications(response) if wanted is None or wanted in _ids(replication)]
    if wanted is not None and not found:
        raise ReplicationNotFound(wanted)
    return json.dumps({"Replications": found})


@adds("moto.efs.responses:EFSResponse.delete_replication_configuration")
def delete_replication_configuration(response: Any) -> tuple[str, dict[str, Any]]:
    """EFS replication is missing. On AWS either Region may end it, after which the destination is writable."""
    source_id = response._get_param("SourceFileSystemId")
    for backend in list(efs_backends[response.current_account].values()):
        store(backend, "efs-replications").pop(source_id, None)
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
    return {"FileSystemId": file_system_id, "Region": region, "Status": "ENABLED", "OwnerId": backend.account_id}


def _replications(response: Any) -> list[dict[str, Any]]:
    here = response.efs_backend.region_name
    backends = list(efs_backends[response.current_account].values())
    everywhere = [replication for backend in backends for replication in store(backend, "efs-replications").values()]
    return [replication for replication in everywhere if here in _regions(replication)]


def _ids(replication: dict[str, Any]) -> list[str]:
    return [replication["SourceFileSystemId"], *(end["FileSystemId"] for end in replication["Destinations"])]


def _regions(replication: dict[str, Any]) -> list[str]:
    return [replication["SourceFileSystemRegion"], *(end["Region"] for end in replication["Destinations"])]
