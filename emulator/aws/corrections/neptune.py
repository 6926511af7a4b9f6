"""Amazon Neptune, which answers through the API of RDS as an engine of its own."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces

SETTING = "enable_iam_database_authentication"


@replaces("moto.rds.models:RDSBackend.create_db_cluster", "self, kwargs")
def authenticate_by_iam(original: Any, backend: Any, kwargs: dict[str, Any]) -> Any:
    """IAM authentication is refused for every engine but Aurora's. On AWS Neptune has it."""
    if kwargs.get("engine") != "neptune" or not kwargs.get(SETTING):
        return original(backend, kwargs)
    cluster = original(backend, {**kwargs, SETTING: False})
    cluster.iam_auth = True
    return cluster
