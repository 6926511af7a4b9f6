"""The denials in the policy of a resource. moto evaluates no condition, and knows no policy of a vault."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Iterable
from typing import Any

from aws.patching import symbol

sts_backends = symbol("moto.sts.models:sts_backends")

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
LIKE, NOT_LIKE = ("ArnEquals", "ArnLike"), ("ArnNotEquals", "ArnNotLike")


def principal_of(response: Any) -> str:
    """The request's ``aws:PrincipalArn``: the role of a session; without one, the root user of the account."""
    key, account = response.get_access_key(), response.current_account
    for backend in sts_backends[account].values():
        for assumed in backend.assumed_roles:
            if assumed.access_key_id == key:
                return str(assumed.role_arn)
    return f"arn:{response.partition}:iam::{account}:root"


def denied(policy: str | None, action: str, resource: str, principal: str) -> bool:
    """Whether a statement for everybody denies an action to a principal. Other conditions are not evaluated: they deny nothing here."""
    if policy is None:
        return False
    statements = json.loads(policy)["Statement"]
    return any(_denies(statement, action, resource, principal) for statement in _each(statements))


def _denies(statement: dict[str, Any], action: str, resource: str, principal: str) -> bool:
    return (
        statement["Effect"] == "Deny"
        and statement.get("Principal") in ("*", {"AWS": "*"})
        and _matches(action.lower(), (name.lower() for name in _each(statement.get("Action", []))))
        and _concerns(statement, resource)
        and all(
            _holds(operator, key, values, principal)
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    )


def _concerns(statement: dict[str, Any], resource: str) -> bool:
    if "NotResource" in statement:
        return not _matches(resource, _each(statement["NotResource"]))
    return _matches(resource, _each(statement["Resource"]))


def _holds(operator: str, key: str, values: Any, principal: str) -> bool:
    if key.lower() != "aws:principalarn" or operator not in (*LIKE, *NOT_LIKE):
        return False
    return _matches(principal, _each(values)) == (operator in LIKE)


def _matches(text: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(text, pattern) for pattern in patterns)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
