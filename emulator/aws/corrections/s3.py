"""Amazon S3: bucket configurations come back as they were put."""

from __future__ import annotations

import copy
import fnmatch
import json
import re
from typing import Any

from aws.patching import replaces, symbol

ActionResult = symbol("moto.core.responses:ActionResult")
IAMPolicy = symbol("moto.iam.access_control:IAMPolicy")
PermissionResult = symbol("moto.iam.access_control:PermissionResult")
NotConfigured = symbol("moto.s3.responses:ReplicationConfigurationNotFoundError")
S3ClientError = symbol("moto.s3.exceptions:S3ClientError")

NAMED_CONFIGURATIONS = ("metrics", "intelligent-tiering", "analytics")
NO_SUCH_CONFIGURATION = (
    "<Error><Code>NoSuchConfiguration</Code><Message>The specified configuration does not exist.</Message></Error>"
)

InvalidBucketName = symbol("moto.s3.exceptions:InvalidBucketName")

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
RESERVED_BUCKET_NAME = re.compile(r"^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$")


@replaces("moto.s3.models:S3Backend.create_bucket", "self, bucket_name, region_name, bucket_namespace")
def refuse_reserved_bucket_names(original: Any, backend: Any, bucket_name: str, *further: Any, **named: Any) -> Any:
    """CreateBucket takes names with a prefix or suffix that AWS keeps. On AWS it is an InvalidBucketName."""
    if RESERVED_BUCKET_NAME.search(bucket_name):
        raise InvalidBucketName()
    return original(backend, bucket_name, *further, **named)


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


@replaces("moto.s3.models:S3Backend.put_bucket_replication", "self, bucket_name, replication")
def refuse_contradictory_rules(original: Any, backend: Any, bucket_name: str, replication: dict[str, Any]) -> Any:
    """PutBucketReplication takes every rule. On AWS an event threshold of the metrics needs replication time control.

    The selection of objects under a KMS key needs a key for the replicas, and a key needs the selection. Criteria that select
    nothing are refused.
    """
    # https://docs.aws.amazon.com/AmazonS3/latest/API/API_SourceSelectionCriteria.html
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
    # The words of the refusals: crossplane-contrib/provider-aws#1117, hashicorp/terraform-provider-aws#26241 and #44192.
    rules = replication["Rule"]
    for rule in [rules] if isinstance(rules, dict) else rules:
        _refuse_contradictions(rule)
    return original(backend, bucket_name, replication)


@replaces("moto.s3.responses:S3Response.get_bucket_notification", "self")
def answer_event_bridge(original: Any, response: Any) -> Any:
    """GetBucketNotificationConfiguration does not say that events go to EventBridge. On AWS an empty element does."""
    configuration = response.backend.get_bucket_notification_configuration(response.bucket_name)
    status, headers, body = original(response)
    if configuration is not None and configuration.event_bridge is not None:
        text = body.decode() if isinstance(body, bytes) else body
        end = "</NotificationConfiguration>"
        opened = re.sub(r"(<NotificationConfiguration[^>]*)/>", rf"\1>{end}", text)
        body = opened.replace(end, f"<EventBridgeConfiguration></EventBridgeConfiguration>{end}")
    return status, headers, body


@replaces("moto.s3.models:FakeBucket.get_permission", "self, action, resource")
def leave_conditions_out(_original: Any, bucket: Any, action: str, resource: str) -> Any:
    """A statement of a bucket policy denies where its condition is not met, and NotResource counts for nothing.

    On AWS such a statement does not concern the request. Conditions are not evaluated here: those statements are left out.
    """
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    policy = json.loads(bucket.policy)
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    concerned = [_with_resource(statement, resource) for statement in statements if "Condition" not in statement]
    document = json.dumps({**policy, "Statement": concerned})
    return IAMPolicy(document).is_action_permitted(action, resource)


@replaces("moto.s3.models:FakeBucket.set_lifecycle", "self, rules")
def keep_newer_versions(original: Any, bucket: Any, rules: list[dict[str, Any]]) -> Any:
    """Lifecycle rules forget how many old versions they keep. On AWS NewerNoncurrentVersions is answered as it was put."""
    original(bucket, rules)
    for stored, put in zip(bucket.rules, rules, strict=True):
        stored.newer_versions_kept = (put.get("NoncurrentVersionExpiration") or {}).get("NewerNoncurrentVersions")


@replaces("moto.s3.responses:S3Response.get_bucket_lifecycle", "self")
def answer_newer_versions(original: Any, response: Any) -> Any:
    """GetBucketLifecycleConfiguration does not say how many old versions a rule keeps; Terraform waits for it in vain."""
    status, headers, body = original(response)
    expiring = [rule for rule in response.backend.get_bucket_lifecycle(response.bucket_name) if rule.nve_noncurrent_days]
    kept = iter([getattr(rule, "newer_versions_kept", None) for rule in expiring])
    end = "</NoncurrentVersionExpiration>"

    def with_number(_: re.Match[str]) -> str:
        number = next(kept)
        return end if number is None else f"<NewerNoncurrentVersions>{number}</NewerNoncurrentVersions>{end}"

    text = body.decode() if isinstance(body, bytes) else body
    return status, headers, re.sub(end, with_number, text)


@replaces("moto.s3.responses:S3Response._bucket_response", "self, request, full_url")
def store_named_configurations(original: Any, response: Any, request: Any, full_url: str) -> Any:
    """Metrics, intelligent-tiering and analytics configurations are unknown: putting one tries to create the bucket.

    On AWS each is stored under its id and answered as it was put.
    """
    query = response._get_querystring(request, full_url)
    kind = next((kind for kind in NAMED_CONFIGURATIONS if kind in query and "id" in query), None)
    if kind is None:
        return original(response, request, full_url)
    bucket = response.backend.get_bucket(response.parse_bucket_name_from_url(request, full_url))
    stored = vars(bucket).setdefault("named_configurations", {})
    key = (kind, query["id"][0])
    if request.method == "PUT":
        stored[key] = response.body
        return 200, {}, ""
    if key not in stored:
        return 404, {}, NO_SUCH_CONFIGURATION
    if request.method == "DELETE":
        stored.pop(key)
        return 204, {}, ""
    return 200, {}, stored[key]


def _refuse_contradictions(rule: dict[str, Any]) -> None:
    """An empty element is None, as moto parses it."""
    destination = rule["Destination"]
    metrics, time = (destination.get(block) or {} for block in ("Metrics", "ReplicationTime"))
    if "EventThreshold" in metrics and time.get("Status") != "Enabled":
        raise S3ClientError(
            "InvalidArgument",
            "Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled",
        )
    criteria = rule.get("SourceSelectionCriteria") or {}
    if "SourceSelectionCriteria" in rule and not criteria:
        raise S3ClientError("InvalidRequest", "SourceSelectionCriteria cannot be empty")
    selected = (criteria.get("SseKmsEncryptedObjects") or {}).get("Status") == "Enabled"
    if "EncryptionConfiguration" in destination and not selected:
        raise S3ClientError(
            "InvalidRequest", "SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present."
        )
    if selected and not (destination.get("EncryptionConfiguration") or {}).get("ReplicaKmsKeyID"):
        raise S3ClientError(
            "InvalidRequest", "ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present."
        )


def _with_resource(statement: dict[str, Any], resource: str) -> dict[str, Any]:
    """Everything but some resources: for one request, its resource or none."""
    if "NotResource" not in statement:
        return statement
    left_out = statement["NotResource"]
    patterns = left_out if isinstance(left_out, list) else [left_out]
    named = any(fnmatch.fnmatchcase(resource, pattern) for pattern in patterns)
    return {**statement, "Resource": "arn:none" if named else resource}


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
        if "Prefix" in rule["Filter"]:
            rule["Filter"]["Prefix"] = rule["Filter"]["Prefix"] or ""
        _list_tags(rule["Filter"])
    return rule


def _list_tags(filter_: dict[str, Any]) -> None:
    both = filter_.get("And")
    if both and "Tag" in both:
        tags = both.pop("Tag")
        both["Tags"] = tags if isinstance(tags, list) else [tags]
