"""Amazon S3: replication rules come back as they were put."""

from __future__ import annotations

import copy
from typing import Any

from aws.patching import replaces, symbol

ActionResult = symbol("moto.core.responses:ActionResult")
NotConfigured = symbol("moto.s3.responses:ReplicationConfigurationNotFoundError")


@replaces("moto.s3.responses:S3Response.get_bucket_replication", "self")
def answer_whole_replication_rules(_original: Any, response: Any) -> Any:
    """GetBucketReplication drops Filter, SourceSelectionCriteria and DeleteMarkerReplication of every rule.

    On AWS a rule is answered with everything it was put with; Terraform compares all of it.
    """
    response.data["Action"] = "GetBucketReplication"
    stored = response.backend.get_bucket_replication(response.bucket_name)
    if not stored:
        raise NotConfigured(bucket_name=response.bucket_name)
    rules = [_as_answered(rule) for rule in stored["Rule"]]
    return response.serialized(
        ActionResult({"ReplicationConfiguration": {"Role": stored["Role"], "Rules": rules}})
    )


def _as_answered(stored: dict[str, Any]) -> dict[str, Any]:
    """moto keeps the request's XML as parsed: numbers are text, an empty element is None, one tag is not a list."""
    rule = copy.deepcopy({key: value for key, value in stored.items() if not key.startswith("@")})
    rule["Priority"] = int(rule["Priority"])
    destination = rule.get("Destination") or {}
    for block, minutes in (("ReplicationTime", "Time"), ("Metrics", "EventThreshold")):
        threshold = (destination.get(block) or {}).get(minutes)
        if threshold:
            threshold["Minutes"] = int(threshold["Minutes"])
    if "Filter" in rule:
        rule["Filter"] = rule["Filter"] or {}
        _list_tags(rule["Filter"])
    return rule


def _list_tags(filter_: dict[str, Any]) -> None:
    both = filter_.get("And")
    if both and "Tag" in both:
        tags = both.pop("Tag")
        both["Tags"] = tags if isinstance(tags, list) else [tags]
