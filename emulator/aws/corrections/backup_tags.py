"""AWS Backup: the tags of vaults and plans, as every SDK asks for them."""

from __future__ import annotations

from typing import Any

from aws.corrections.backup import RESPONSE
from aws.patching import replaces


@replaces(f"{RESPONSE}.list_tags", "self")
def list_tags_without_slash(original: Any, response: Any) -> Any:
    """Tags are found only where the path ends in a slash, which the SDK for Go leaves out. On AWS either way."""
    response.path = response.path.rstrip("/") + "/"
    return original(response)
