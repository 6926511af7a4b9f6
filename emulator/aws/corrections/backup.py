"""AWS Backup: selections, policies and notifications of vaults, settings of a Region; what the other files share."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from aws.corrections._denials import denied, principal_of
from aws.corrections._store import store
from aws.patching import adds, replaces, symbol

BackupResponse = symbol("moto.backup.responses:BackupResponse")
RESPONSE = "moto.backup.responses:BackupResponse"
JsonRESTError = symbol("moto.core.exceptions:JsonRESTError")
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


class AccessDenied(JsonRESTError):
    """As https://github.com/rebuy-de/aws-nuke/pull/1150 quotes it."""

    code = 403

    def __init__(self, principal: str, action: str, vault: str):
        super().__init__(
            "AccessDeniedException",
            f"User: {principal} is not authorized to perform: {action} on resource: {vault} "
            "with an explicit deny in a resource-based policy",
        )


@adds(f"{RESPONSE}.create_backup_selection")
def create_backup_selection(response: Any) -> str:
    """Backup selections are missing. On AWS one says what a plan protects, and by which role."""
    selection_id = str(uuid.uuid4())
    selection = {
        "SelectionId": selection_id,
        "BackupPlanId": path_of(response, "backupPlanId"),
        "BackupSelection": response._get_param("BackupSelection"),
        "CreationDate": time.time(),
    }
    kept(response, "selections")[selection_id] = selection
    return json.dumps({key: value for key, value in selection.items() if key != "BackupSelection"})


@adds(f"{RESPONSE}.get_backup_selection")
def get_backup_selection(response: Any) -> str:
    """Backup selections are missing. On AWS one that is gone is an InvalidParameterValueException."""
    selections, selection_id = kept(response, "selections"), path_of(response, "selectionId")
    if selection_id not in selections:
        raise InvalidValue("Cannot find Backup plan selection with that ID")
    return json.dumps(selections[selection_id])


@adds(f"{RESPONSE}.list_backup_selections")
def list_backup_selections(response: Any) -> str:
    """Backup selections are missing. On AWS they are listed by plan."""
    plan = path_of(response, "backupPlanId")
    found = [s for s in kept(response, "selections").values() if s["BackupPlanId"] == plan]
    names = [{**s, "SelectionName": s["BackupSelection"]["SelectionName"], "IamRoleArn": s["BackupSelection"]["IamRoleArn"]} for s in found]
    return json.dumps({"BackupSelectionsList": [{k: v for k, v in s.items() if k != "BackupSelection"} for s in names]})


@adds(f"{RESPONSE}.delete_backup_selection")
def delete_backup_selection(response: Any) -> str:
    """Backup selections are missing. On AWS a plan cannot be deleted before them."""
    kept(response, "selections").pop(path_of(response, "selectionId"), None)
    return ""


# https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
def _refuse_denied(response: Any, action: str) -> None:
    """Every principal of the account is subject to the vault's policy, its root user and its administrators included."""
    vault = path_of(response, "backupVaultName")
    policy = kept(response, "access policy").get(vault, {}).get("Policy")
    arn, principal = arn_of(response, f"backup-vault:{vault}"), principal_of(response)
    if denied(policy, f"backup:{action}", arn, principal):
        raise AccessDenied(principal, f"backup:{action}", arn)


def _put_of_vault(response: Any, kind: str, *names: str) -> str:
    vault = path_of(response, "backupVaultName")
    settings = {name: response._get_param(name) for name in names}
    kept(response, kind)[vault] = {"BackupVaultName": vault, "BackupVaultArn": arn_of(response, f"backup-vault:{vault}"), **settings}
    return ""


def _get_of_vault(response: Any, kind: str) -> str:
    vault = path_of(response, "backupVaultName")
    if vault not in kept(response, kind):
        raise NotFound(f"{kind} of {vault}")
    return json.dumps(kept(response, kind)[vault])


def _delete_of_vault(response: Any, kind: str) -> str:
    kept(response, kind).pop(path_of(response, "backupVaultName"), None)
    return ""


@adds(f"{RESPONSE}.put_backup_vault_access_policy")
def put_backup_vault_access_policy(response: Any) -> str:
    """Access policies of vaults are missing. On AWS one lets other accounts copy into the vault, and may deny its own change."""
    _refuse_denied(response, "PutBackupVaultAccessPolicy")
    return _put_of_vault(response, "access policy", "Policy")


@adds(f"{RESPONSE}.get_backup_vault_access_policy")
def get_backup_vault_access_policy(response: Any) -> str:
    """Access policies of vaults are missing. On AWS a vault without one answers ResourceNotFoundException."""
    return _get_of_vault(response, "access policy")


@adds(f"{RESPONSE}.delete_backup_vault_access_policy")
def delete_backup_vault_access_policy(response: Any) -> str:
    """Access policies of vaults are missing. On AWS they can be taken away, unless they deny it."""
    _refuse_denied(response, "DeleteBackupVaultAccessPolicy")
    return _delete_of_vault(response, "access policy")


@replaces(f"{RESPONSE}.delete_backup_vault", "self")
def delete_vault_with_its_policy(original: Any, response: Any) -> Any:
    """A deleted vault's policy is ignored, and would come back with a vault of its name. On AWS it may deny the deletion, and goes with it."""
    _refuse_denied(response, "DeleteBackupVault")
    for kind in ("access policy", "notifications"):
        kept(response, kind).pop(path_of(response, "backupVaultName"), None)
    return original(response)


@adds(f"{RESPONSE}.put_backup_vault_notifications")
def put_backup_vault_notifications(response: Any) -> str:
    """Notifications of vaults are missing. On AWS job events go to an SNS topic."""
    _refuse_denied(response, "PutBackupVaultNotifications")
    return _put_of_vault(response, "notifications", "SNSTopicArn", "BackupVaultEvents")


@adds(f"{RESPONSE}.get_backup_vault_notifications")
def get_backup_vault_notifications(response: Any) -> str:
    """Notifications of vaults are missing. On AWS a vault without them answers ResourceNotFoundException."""
    return _get_of_vault(response, "notifications")


@adds(f"{RESPONSE}.delete_backup_vault_notifications")
def delete_backup_vault_notifications(response: Any) -> str:
    """Notifications of vaults are missing. On AWS they can be taken away."""
    _refuse_denied(response, "DeleteBackupVaultNotifications")
    return _delete_of_vault(response, "notifications")


@replaces("moto.backup.models:BackupBackend.put_backup_vault_lock_configuration", "self, backup_vault_name, ...")
def bound_days_of_grace(original: Any, backend: Any, *, changeable_for_days: int | None, **settings: Any) -> None:
    """PutBackupVaultLockConfiguration takes any number of days of grace. On AWS 36,500 at most."""
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html
    if changeable_for_days is not None and changeable_for_days > 36_500:
        raise InvalidValue("ChangeableForDays cannot exceed 36500 days")
    original(backend, changeable_for_days=changeable_for_days, **settings)


@adds(f"{RESPONSE}.update_region_settings")
def update_region_settings(response: Any) -> str:
    """Region settings are missing. On AWS they opt resource types in."""
    for name in ("ResourceTypeOptInPreference", "ResourceTypeManagementPreference"):
        if response._get_param(name) is not None:
            kept(response, "region settings")[name] = response._get_param(name)
    return ""


@adds(f"{RESPONSE}.describe_region_settings")
def describe_region_settings(response: Any) -> str:
    """Region settings are missing. On AWS they answer what was opted in."""
    empty = {"ResourceTypeOptInPreference": {}, "ResourceTypeManagementPreference": {}}
    return json.dumps({**empty, **kept(response, "region settings")})


@replaces(f"{RESPONSE}.list_tags", "self")
def list_tags_of_added_resources(original: Any, response: Any) -> Any:
    """Tags exist for vaults and plans only. On AWS frameworks, tests and air-gapped vaults have them too."""
    arn = path_of(response, "resourceArn")
    if arn in kept(response, "tags"):
        return json.dumps({"Tags": kept(response, "tags")[arn]})
    return original(response)


def existing(response: Any, kind: str, name: str) -> dict[str, Any]:
    if name not in kept(response, kind):
        raise NotFound(name)
    return kept(response, kind)[name]


def remember_tags(response: Any, arn: str, tags: dict[str, str] | None) -> None:
    kept(response, "tags")[arn] = tags or {}


def kept(response: Any, kind: str) -> dict[str, Any]:
    return store(response.backup_backend, f"backup {kind}")


def arn_of(response: Any, resource: str) -> str:
    backend = response.backup_backend
    return f"arn:aws:backup:{backend.region_name}:{backend.account_id}:{resource}"


def path_of(response: Any, name: str) -> str:
    """A parameter of the path; botocore names it either as in the path or as in the API."""
    match = response.uri_match or {}
    value = match.get(name, match.get(name[0].upper() + name[1:]))
    return value if value is not None else response._get_param(name[0].upper() + name[1:])
