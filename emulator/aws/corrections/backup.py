"""AWS Backup: what surrounds vaults and plans: selections, policies, frameworks, restore testing, air-gapped vaults."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from aws.corrections._store import store
from aws.patching import adds, replaces, symbol

BackupResponse = symbol("moto.backup.responses:BackupResponse")
RESPONSE = "moto.backup.responses:BackupResponse"
ServiceException = symbol("moto.core.exceptions:ServiceException")

# moto routes only the paths it carries.
symbol("moto.backup.urls:url_paths")["{0}/.*$"] = BackupResponse.dispatch


class NotFound(ServiceException):
    code = "ResourceNotFoundException"

    def __init__(self, what: str):
        super().__init__(self.code, f"{what} does not exist")


class InvalidValue(ServiceException):
    code = "InvalidParameterValueException"

    def __init__(self, message: str):
        super().__init__(self.code, message)


# Selections ----------------------------------------------------------------------------------------------------------


@adds(f"{RESPONSE}.create_backup_selection")
def create_backup_selection(response: Any) -> str:
    """Backup selections are missing. On AWS one says what a plan protects, and by which role."""
    selection_id = str(uuid.uuid4())
    selection = {
        "SelectionId": selection_id,
        "BackupPlanId": _path(response, "backupPlanId"),
        "BackupSelection": response._get_param("BackupSelection"),
        "CreationDate": time.time(),
    }
    _kept(response, "selections")[selection_id] = selection
    return json.dumps({key: value for key, value in selection.items() if key != "BackupSelection"})


@adds(f"{RESPONSE}.get_backup_selection")
def get_backup_selection(response: Any) -> str:
    """Backup selections are missing. On AWS one that is gone is an InvalidParameterValueException."""
    selections, selection_id = _kept(response, "selections"), _path(response, "selectionId")
    if selection_id not in selections:
        raise InvalidValue("Cannot find Backup plan selection with that ID")
    return json.dumps(selections[selection_id])


@adds(f"{RESPONSE}.list_backup_selections")
def list_backup_selections(response: Any) -> str:
    """Backup selections are missing. On AWS they are listed by plan."""
    plan = _path(response, "backupPlanId")
    found = [s for s in _kept(response, "selections").values() if s["BackupPlanId"] == plan]
    names = [{**s, "SelectionName": s["BackupSelection"]["SelectionName"], "IamRoleArn": s["BackupSelection"]["IamRoleArn"]} for s in found]
    return json.dumps({"BackupSelectionsList": [{k: v for k, v in s.items() if k != "BackupSelection"} for s in names]})


@adds(f"{RESPONSE}.delete_backup_selection")
def delete_backup_selection(response: Any) -> str:
    """Backup selections are missing. On AWS a plan cannot be deleted before them."""
    _kept(response, "selections").pop(_path(response, "selectionId"), None)
    return ""


# Access policy and notifications of a vault ----------------------------------------------------------------------------


def _put_of_vault(response: Any, kind: str, *names: str) -> str:
    vault = _path(response, "backupVaultName")
    kept = {name: response._get_param(name) for name in names}
    _kept(response, kind)[vault] = {"BackupVaultName": vault, "BackupVaultArn": _arn(response, f"backup-vault:{vault}"), **kept}
    return ""


def _get_of_vault(response: Any, kind: str) -> str:
    vault = _path(response, "backupVaultName")
    if vault not in _kept(response, kind):
        raise NotFound(f"{kind} of {vault}")
    return json.dumps(_kept(response, kind)[vault])


def _delete_of_vault(response: Any, kind: str) -> str:
    _kept(response, kind).pop(_path(response, "backupVaultName"), None)
    return ""


@adds(f"{RESPONSE}.put_backup_vault_access_policy")
def put_backup_vault_access_policy(response: Any) -> str:
    """Access policies of vaults are missing. On AWS one lets other accounts copy into the vault."""
    return _put_of_vault(response, "access policy", "Policy")


@adds(f"{RESPONSE}.get_backup_vault_access_policy")
def get_backup_vault_access_policy(response: Any) -> str:
    """Access policies of vaults are missing. On AWS a vault without one answers ResourceNotFoundException."""
    return _get_of_vault(response, "access policy")


@adds(f"{RESPONSE}.delete_backup_vault_access_policy")
def delete_backup_vault_access_policy(response: Any) -> str:
    """Access policies of vaults are missing. On AWS they can be taken away."""
    return _delete_of_vault(response, "access policy")


@adds(f"{RESPONSE}.put_backup_vault_notifications")
def put_backup_vault_notifications(response: Any) -> str:
    """Notifications of vaults are missing. On AWS job events go to an SNS topic."""
    return _put_of_vault(response, "notifications", "SNSTopicArn", "BackupVaultEvents")


@adds(f"{RESPONSE}.get_backup_vault_notifications")
def get_backup_vault_notifications(response: Any) -> str:
    """Notifications of vaults are missing. On AWS a vault without them answers ResourceNotFoundException."""
    return _get_of_vault(response, "notifications")


@adds(f"{RESPONSE}.delete_backup_vault_notifications")
def delete_backup_vault_notifications(response: Any) -> str:
    """Notifications of vaults are missing. On AWS they can be taken away."""
    return _delete_of_vault(response, "notifications")


# Region settings -------------------------------------------------------------------------------------------------------


@adds(f"{RESPONSE}.update_region_settings")
def update_region_settings(response: Any) -> str:
    """Region settings are missing. On AWS they opt resource types in."""
    for name in ("ResourceTypeOptInPreference", "ResourceTypeManagementPreference"):
        if response._get_param(name) is not None:
            _kept(response, "region settings")[name] = response._get_param(name)
    return ""


@adds(f"{RESPONSE}.describe_region_settings")
def describe_region_settings(response: Any) -> str:
    """Region settings are missing. On AWS they answer what was opted in."""
    empty = {"ResourceTypeOptInPreference": {}, "ResourceTypeManagementPreference": {}}
    return json.dumps({**empty, **_kept(response, "region settings")})


# Audit frameworks ------------------------------------------------------------------------------------------------------


@adds(f"{RESPONSE}.create_framework")
def create_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS one holds the controls that backups are audited by."""
    name = response._get_param("FrameworkName")
    arn = _arn(response, f"framework:{name}-{uuid.uuid4()}")
    _kept(response, "frameworks")[name] = {
        "FrameworkName": name,
        "FrameworkArn": arn,
        "FrameworkDescription": response._get_param("FrameworkDescription"),
        "FrameworkControls": response._get_param("FrameworkControls"),
        "CreationTime": time.time(),
        "DeploymentStatus": "COMPLETED",
        "FrameworkStatus": "ACTIVE",
    }
    _remember_tags(response, arn, response._get_param("FrameworkTags"))
    return json.dumps({"FrameworkName": name, "FrameworkArn": arn})


@adds(f"{RESPONSE}.describe_framework")
def describe_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS one that is gone is a ResourceNotFoundException."""
    return json.dumps(_existing(response, "frameworks", _path(response, "frameworkName")))


@adds(f"{RESPONSE}.update_framework")
def update_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS description and controls can be changed."""
    framework = _existing(response, "frameworks", _path(response, "frameworkName"))
    for name in ("FrameworkDescription", "FrameworkControls"):
        if response._get_param(name) is not None:
            framework[name] = response._get_param(name)
    return json.dumps(framework)


@adds(f"{RESPONSE}.delete_framework")
def delete_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS they can be deleted."""
    _kept(response, "frameworks").pop(_path(response, "frameworkName"), None)
    return ""


# Logically air-gapped vaults -------------------------------------------------------------------------------------------


@adds(f"{RESPONSE}.create_logically_air_gapped_backup_vault")
def create_logically_air_gapped_backup_vault(response: Any) -> str:
    """Air-gapped vaults are missing. On AWS one is locked in compliance mode from the start."""
    name = _path(response, "backupVaultName")
    vault = {
        "BackupVaultName": name,
        "BackupVaultArn": _arn(response, f"backup-vault:{name}"),
        "VaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT",
        "VaultState": "AVAILABLE",
        "CreationDate": time.time(),
        "Locked": True,
        "NumberOfRecoveryPoints": 0,
        "MinRetentionDays": response._get_param("MinRetentionDays"),
        "MaxRetentionDays": response._get_param("MaxRetentionDays"),
    }
    _kept(response, "air-gapped vaults")[name] = vault
    _remember_tags(response, vault["BackupVaultArn"], response._get_param("BackupVaultTags"))
    return json.dumps({key: vault[key] for key in ("BackupVaultName", "BackupVaultArn", "CreationDate", "VaultState")})


@replaces(f"{RESPONSE}.describe_backup_vault", "self")
def describe_air_gapped_vault(original: Any, response: Any) -> Any:
    """Air-gapped vaults are missing. On AWS they are described as vaults of their own type."""
    name = _path(response, "backupVaultName")
    if name in _kept(response, "air-gapped vaults"):
        return json.dumps(_kept(response, "air-gapped vaults")[name])
    return original(response)


@replaces(f"{RESPONSE}.delete_backup_vault", "self")
def delete_air_gapped_vault(original: Any, response: Any) -> Any:
    """Air-gapped vaults are missing. On AWS an empty one can be deleted."""
    if _kept(response, "air-gapped vaults").pop(_path(response, "backupVaultName"), None) is not None:
        return ""
    return original(response)


@replaces(f"{RESPONSE}.list_tags", "self")
def list_tags_of_added_resources(original: Any, response: Any) -> Any:
    """Tags exist for vaults and plans only. On AWS frameworks, tests and air-gapped vaults have them too."""
    arn = _path(response, "resourceArn")
    if arn in _kept(response, "tags"):
        return json.dumps({"Tags": _kept(response, "tags")[arn]})
    return original(response)


def _existing(response: Any, kind: str, name: str) -> dict[str, Any]:
    if name not in _kept(response, kind):
        raise NotFound(name)
    return _kept(response, kind)[name]


def _remember_tags(response: Any, arn: str, tags: dict[str, str] | None) -> None:
    _kept(response, "tags")[arn] = tags or {}


def _kept(response: Any, kind: str) -> dict[str, Any]:
    return store(response.backup_backend, f"backup {kind}")


def _arn(response: Any, resource: str) -> str:
    backend = response.backup_backend
    return f"arn:aws:backup:{backend.region_name}:{backend.account_id}:{resource}"


def _path(response: Any, name: str) -> str:
    """A parameter of the path; botocore names it either as in the path or as in the API."""
    match = response.uri_match or {}
    value = match.get(name, match.get(name[0].upper() + name[1:]))
    return value if value is not None else response._get_param(name[0].upper() + name[1:])
