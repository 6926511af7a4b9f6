"""Application Auto Scaling: tags."""

from __future__ import annotations

import json
from typing import Any

from aws.corrections._store import store
from aws.patching import adds, replaces

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
    """UntagResource is missing. On AWS it removes the target's tags."""
    for key in response._get_param("TagKeys") or []:
        _tags(response).pop(key, None)
    return "{}"


@replaces(f"{RESPONSE}.register_scalable_target", "self")
def remember_tags_of_target(original: Any, response: Any) -> str:
    """RegisterScalableTarget forgets Tags. On AWS they are the target's."""
    answer: str = original(response)
    if response._get_param("Tags"):
        _tags_of(response, json.loads(answer)["ScalableTargetARN"]).update(response._get_param("Tags"))
    return answer


def _tags(response: Any) -> dict[str, str]:
    return _tags_of(response, response._get_param("ResourceARN"))


def _tags_of(response: Any, arn: str) -> dict[str, str]:
    kept = store(response.applicationautoscaling_backend, "tags")
    tags: dict[str, str] = kept.setdefault(arn, {})
    return tags
