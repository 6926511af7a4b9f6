"""Requests to Amazon Data Lifecycle Manager."""

from __future__ import annotations

import json
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import BaseResponse

from .models import DLMBackend, dlm_backends


class PolicyNotFound(ServiceException):
    code = "ResourceNotFoundException"

    def __init__(self, policy_id: str):
        super().__init__(self.code, f"policy {policy_id} does not exist")


class DLMResponse(BaseResponse):
    def __init__(self) -> None:
        super().__init__(service_name="dlm")

    @property
    def dlm(self) -> DLMBackend:
        return dlm_backends[self.current_account][self.region]

    def create_lifecycle_policy(self) -> str:
        return json.dumps({"PolicyId": self.dlm.create(json.loads(self.body))["PolicyId"]})

    def get_lifecycle_policy(self) -> str:
        return json.dumps({"Policy": self._policy()})

    def get_lifecycle_policies(self) -> str:
        return json.dumps({"Policies": list(self.dlm.policies.values())})

    def update_lifecycle_policy(self) -> str:
        self._policy().update(json.loads(self.body))
        return "{}"

    def delete_lifecycle_policy(self) -> str:
        self.dlm.policies.pop(self._policy()["PolicyId"])
        return "{}"

    def list_tags_for_resource(self) -> str:
        return json.dumps({"Tags": self._policy_of_arn()["Tags"]})

    def tag_resource(self) -> str:
        self._policy_of_arn()["Tags"].update(self._get_param("Tags"))
        return "{}"

    def untag_resource(self) -> str:
        for key in self.querystring.get("tagKeys", []):
            self._policy_of_arn()["Tags"].pop(key, None)
        return "{}"

    def _policy(self) -> dict[str, Any]:
        policy_id = self._path("PolicyId")
        if policy_id not in self.dlm.policies:
            raise PolicyNotFound(policy_id)
        return self.dlm.policies[policy_id]

    def _policy_of_arn(self) -> dict[str, Any]:
        policy_id = self._path("ResourceArn").rsplit("/", 1)[-1]
        if policy_id not in self.dlm.policies:
            raise PolicyNotFound(policy_id)
        return self.dlm.policies[policy_id]

    def _path(self, name: str) -> str:
        match = self.uri_match or {}
        return str(match.get(name, match.get(name[0].lower() + name[1:])))
