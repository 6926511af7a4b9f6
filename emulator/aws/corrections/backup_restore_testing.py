"""AWS Backup: restore testing plans and selections."""

from __future__ import annotations

import json
import time
from typing import Any

from aws.corrections.backup import RESPONSE, arn_of, existing, kept, path_of, remember_tags
from aws.patching import adds


@adds(f"{RESPONSE}.create_restore_testing_plan")
def create_restore_testing_plan(response: Any) -> tuple[str, dict[str, Any]]:
    """Restore testing is missing. On AWS a plan says when recovery points are restored to prove that they can be."""
    plan = response._get_param("RestoreTestingPlan")
    name = plan["RestoreTestingPlanName"]
    plan["RecoveryPointSelection"].setdefault("ExcludeVaults", [])
    stored = {"ScheduleExpressionTimezone": "Etc/UTC", "StartWindowHours": 24, **plan, **_created(response, name)}
    kept(response, "restore testing plans")[name] = stored
    remember_tags(response, stored["RestoreTestingPlanArn"], response._get_param("Tags"))
    return json.dumps({"RestoreTestingPlanName": name, **_created(response, name)}), {"status": 201}


@adds(f"{RESPONSE}.get_restore_testing_plan")
def get_restore_testing_plan(response: Any) -> str:
    """Restore testing is missing. On AWS a plan that is gone is a ResourceNotFoundException."""
    plan = existing(response, "restore testing plans", path_of(response, "RestoreTestingPlanName"))
    return json.dumps({"RestoreTestingPlan": plan})


@adds(f"{RESPONSE}.update_restore_testing_plan")
def update_restore_testing_plan(response: Any) -> str:
    """Restore testing is missing. On AWS a plan can be changed."""
    name = path_of(response, "RestoreTestingPlanName")
    existing(response, "restore testing plans", name).update(response._get_param("RestoreTestingPlan"))
    return json.dumps({"RestoreTestingPlanName": name, "UpdateTime": time.time(), **_created(response, name)})


@adds(f"{RESPONSE}.delete_restore_testing_plan")
def delete_restore_testing_plan(response: Any) -> tuple[str, dict[str, Any]]:
    """Restore testing is missing. On AWS a plan can be deleted."""
    kept(response, "restore testing plans").pop(path_of(response, "RestoreTestingPlanName"), None)
    return "", {"status": 204}


@adds(f"{RESPONSE}.create_restore_testing_selection")
def create_restore_testing_selection(response: Any) -> tuple[str, dict[str, Any]]:
    """Restore testing is missing. On AWS a selection says which resources a plan restores, and how."""
    plan, selection = path_of(response, "RestoreTestingPlanName"), response._get_param("RestoreTestingSelection")
    name = selection["RestoreTestingSelectionName"]
    defaults = {"ValidationWindowHours": 0, "RestoreMetadataOverrides": {}, "ProtectedResourceConditions": {}}
    created = {"RestoreTestingPlanName": plan, "CreationTime": time.time()}
    kept(response, "restore testing selections")[f"{plan}/{name}"] = {**defaults, **selection, **created}
    answer = {"RestoreTestingSelectionName": name, "RestoreTestingPlanName": plan, **_created(response, plan)}
    return json.dumps(answer), {"status": 201}


@adds(f"{RESPONSE}.get_restore_testing_selection")
def get_restore_testing_selection(response: Any) -> str:
    """Restore testing is missing. On AWS a selection that is gone is a ResourceNotFoundException."""
    return json.dumps({"RestoreTestingSelection": existing(response, "restore testing selections", _key(response))})


@adds(f"{RESPONSE}.update_restore_testing_selection")
def update_restore_testing_selection(response: Any) -> str:
    """Restore testing is missing. On AWS a selection can be changed."""
    selection = existing(response, "restore testing selections", _key(response))
    selection.update(response._get_param("RestoreTestingSelection"))
    plan = path_of(response, "RestoreTestingPlanName")
    names = {"RestoreTestingSelectionName": path_of(response, "RestoreTestingSelectionName"), "RestoreTestingPlanName": plan}
    return json.dumps({**names, "UpdateTime": time.time(), **_created(response, plan)})


@adds(f"{RESPONSE}.delete_restore_testing_selection")
def delete_restore_testing_selection(response: Any) -> tuple[str, dict[str, Any]]:
    """Restore testing is missing. On AWS a selection can be deleted."""
    kept(response, "restore testing selections").pop(_key(response), None)
    return "", {"status": 204}


def _key(response: Any) -> str:
    return f"{path_of(response, 'RestoreTestingPlanName')}/{path_of(response, 'RestoreTestingSelectionName')}"


def _created(response: Any, plan: str) -> dict[str, Any]:
    return {"RestoreTestingPlanArn": arn_of(response, f"restore-testing-plan:{plan}"), "CreationTime": time.time()}
