"""Amazon Data Lifecycle Manager: policies are stored; they do nothing."""

from __future__ import annotations

from typing import Any

from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.utils import iso_8601_datetime_without_milliseconds, utcnow
from moto.moto_api._internal import mock_random


class DLMBackend(BaseBackend):
    def __init__(self, region_name: str, account_id: str):
        super().__init__(region_name, account_id)
        self.policies: dict[str, dict[str, Any]] = {}

    def create(self, settings: dict[str, Any]) -> dict[str, Any]:
        policy_id = f"policy-0{mock_random.get_random_hex(16)}"
        now = iso_8601_datetime_without_milliseconds(utcnow())
        self.policies[policy_id] = {
            **settings,
            "PolicyId": policy_id,
            "PolicyArn": f"arn:aws:dlm:{self.region_name}:{self.account_id}:policy/{policy_id}",
            "Tags": settings.get("Tags") or {},
            "DateCreated": now,
            "DateModified": now,
        }
        return self.policies[policy_id]


dlm_backends = BackendDict(DLMBackend, "dlm")
