"""Application Auto Scaling: tags."""

from __future__ import annotations

import json
from typing import Any

from aws.patching import adds

RESPONSE = "moto.applicationautoscaling.responses:ApplicationAutoScalingResponse"


@adds(f"{RESPONSE}.list_tags_for_resource")
def list_tags_for_resource(response: Any) -> str:
    """ListTagsForResource is missing, which stops both plan and destroy. On AWS it answers the target's tags."""
    return json.dumps({"Tags": _tags(response)})


@adds(f"{RESPONSE}.tag_resource")
def tag_resource(response: Any) -> str:
    """TagResource is missing. On AWS it adds to the target's tags."""
    _tags(response).update(response._get_param("Tags") or {})
    return "{}"


@adds(f"{RESPONSE}.untag_resource")
def untag_resource(response: Any) -> str:
    """UntagResource is missing. On AWS it takes from the target's tags."""
    for key in response._get_param("TagKeys") or []:
        _tags(response).pop(key, None)
    return "{}"


def _tags(response: Any) -> dict[str, str]:
    kept = vars(response.applicationautoscaling_backend).setdefault("tags_by_arn", {})
    return kept.setdefault(response._get_param("ResourceARN"), {})
