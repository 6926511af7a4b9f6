"""AWS Identity and Access Management: how long policies may be, and how many a role may have."""

from __future__ import annotations

import re
from typing import Any

from aws.patching import replaces, symbol

BACKEND = "moto.iam.models:IAMBackend"
limit_exceeded = symbol("moto.iam.exceptions:LimitExceededException")

# Quotas by default, in characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
INLINE, MANAGED, TRUST, ATTACHED = 10_240, 6_144, 2_048, 10


@replaces(f"{BACKEND}.put_role_policy", "self, role_name, policy_name, policy_json")
def limit_inline_policies(original: Any, backend: Any, role_name: str, policy_name: str, policy_json: str) -> None:
    """A role takes inline policies of any length. On AWS all of them together have at most 10,240 characters."""
    others = {name: text for name, text in backend.get_role(role_name).policies.items() if name != policy_name}
    if sum(map(_size, [*others.values(), policy_json])) > INLINE:
        raise limit_exceeded(f"Maximum policy size of {INLINE} bytes exceeded for role {role_name}")
    original(backend, role_name, policy_name, policy_json)


@replaces(f"{BACKEND}.create_policy", "self, description, path, policy_document, policy_name, tags")
def limit_managed_policy(
    original: Any, backend: Any, description: str, path: str, policy_document: str, policy_name: str, tags: Any
) -> Any:
    """A managed policy may have any length. AWS allows at most 6,144 characters."""
    _refuse_long(policy_document, MANAGED, "PolicySize")
    return original(backend, description, path, policy_document, policy_name, tags)


@replaces(f"{BACKEND}.create_policy_version", "self, policy_arn, policy_document, set_as_default")
def limit_policy_version(
    original: Any, backend: Any, policy_arn: str, policy_document: str, set_as_default: bool
) -> Any:
    """A version of a managed policy may have any length. AWS allows at most 6,144 characters."""
    _refuse_long(policy_document, MANAGED, "PolicySize")
    return original(backend, policy_arn, policy_document, set_as_default)


@replaces(f"{BACKEND}.create_role", "self, role_name, assume_role_policy_document, ...")
def limit_trust_policy(
    original: Any, backend: Any, role_name: str, assume_role_policy_document: str, *args: Any, **kwargs: Any
) -> Any:
    """A new role's trust policy may have any length. AWS allows at most 2,048 characters, by default."""
    _refuse_long(assume_role_policy_document, TRUST, "ACLSizePerRole")
    return original(backend, role_name, assume_role_policy_document, *args, **kwargs)


@replaces(f"{BACKEND}.update_assume_role_policy", "self, role_name, policy_document")
def limit_changed_trust_policy(original: Any, backend: Any, role_name: str, policy_document: str) -> None:
    """A changed trust policy may have any length. AWS allows at most 2,048 characters, by default."""
    _refuse_long(policy_document, TRUST, "ACLSizePerRole")
    original(backend, role_name, policy_document)


@replaces(f"{BACKEND}.attach_role_policy", "self, policy_arn, role_name")
def limit_attached_policies(original: Any, backend: Any, policy_arn: str, role_name: str) -> None:
    """A role takes any number of managed policies. AWS allows at most 10, by default."""
    attached = backend.get_role(role_name).managed_policies
    if policy_arn not in attached and len(attached) >= ATTACHED:
        raise limit_exceeded(f"Cannot exceed quota for PoliciesPerRole: {ATTACHED}")
    original(backend, policy_arn, role_name)


def _refuse_long(document: str, limit: int, quota: str) -> None:
    if _size(document) > limit:
        raise limit_exceeded(f"Cannot exceed quota for {quota}: {limit}")


def _size(document: str) -> int:
    return len(re.sub(r"\s", "", document))
