"""AWS Backup: audit frameworks."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from aws.corrections.backup import RESPONSE, arn_of, existing, kept, path_of, remember_tags
from aws.patching import adds


@adds(f"{RESPONSE}.create_framework")
def create_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS one holds the controls that backups are audited by."""
    name = response._get_param("FrameworkName")
    arn = arn_of(response, f"framework:{name}-{uuid.uuid4()}")
    kept(response, "frameworks")[name] = {
        "FrameworkName": name,
        "FrameworkArn": arn,
        "FrameworkDescription": response._get_param("FrameworkDescription"),
        "FrameworkControls": response._get_param("FrameworkControls"),
        "CreationTime": time.time(),
        "DeploymentStatus": "COMPLETED",
        "FrameworkStatus": "ACTIVE",
    }
    remember_tags(response, arn, response._get_param("FrameworkTags"))
    return json.dumps({"FrameworkName": name, "FrameworkArn": arn})


@adds(f"{RESPONSE}.describe_framework")
def describe_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS one that is gone is a ResourceNotFoundException."""
    return json.dumps(existing(response, "frameworks", path_of(response, "frameworkName")))


@adds(f"{RESPONSE}.update_framework")
def update_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS description and controls can be changed."""
    framework = existing(response, "frameworks", path_of(response, "frameworkName"))
    for name in ("FrameworkDescription", "FrameworkControls"):
        if response._get_param(name) is not None:
            framework[name] = response._get_param(name)
    return json.dumps(framework)


@adds(f"{RESPONSE}.delete_framework")
def delete_framework(response: Any) -> str:
    """Audit frameworks are missing. On AWS they can be deleted."""
    kept(response, "frameworks").pop(path_of(response, "frameworkName"), None)
    return ""
