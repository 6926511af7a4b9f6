"""Amazon S3: what the policy of a bucket denies to all but some principals."""

from __future__ import annotations

from typing import Any

from aws.corrections._denials import denied, principal_of
from aws.patching import replaces, symbol

BucketAccessDenied = symbol("moto.s3.exceptions:BucketAccessDeniedError")
MissingBucket = symbol("moto.s3.exceptions:MissingBucket")

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
# moto takes a change of these for the creation, or the deletion, of the bucket.
PUTS = {
    "encryption": "PutEncryptionConfiguration",
    "object-lock": "PutBucketObjectLockConfiguration",
    "replication": "PutReplicationConfiguration",
}
ACTIONS = symbol("moto.s3.responses:ACTION_MAP")["BUCKET"]
for method in ("PUT", "DELETE"):
    ACTIONS[method] = {**PUTS, **ACTIONS[method]}

# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
ROOT_MAY_ALWAYS = ("DeleteBucketPolicy", "GetBucketPolicy", "PutBucketPolicy")


@replaces("moto.core.authorization:ActionAuthenticatorMixin._authenticate_and_authorize_s3_action", "self, bucket_name, key_name")
def refuse_what_a_policy_denies(original: Any, response: Any, bucket_name: str | None = None, key_name: str | None = None) -> None:
    """A policy of a bucket does not deny its own change, nor that of the bucket's settings. On AWS it is an AccessDenied.

    It may except principals by aws:PrincipalArn. The account's root user may always replace the policy.
    """
    original(response, bucket_name=bucket_name, key_name=key_name)
    if bucket_name is None:
        return
    try:
        bucket = response.backend.get_bucket(bucket_name)
    except MissingBucket:
        return
    action, principal = response.data["Action"], principal_of(response)
    if bucket.policy is None or (principal.endswith(":root") and action in ROOT_MAY_ALWAYS):
        return
    resource = f"arn:{bucket.partition}:s3:::{bucket_name}" + (f"/{key_name}" if key_name else "")
    if denied(bucket.policy.decode(), f"s3:{action}", resource, principal):
        raise BucketAccessDenied(bucket=bucket_name)
