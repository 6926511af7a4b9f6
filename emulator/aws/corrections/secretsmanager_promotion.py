"""AWS Secrets Manager: a replica that becomes a secret of its own."""

from __future__ import annotations

import json
from copy import copy, deepcopy
from typing import Any

from aws.patching import adds, symbol

InvalidRequest = symbol("moto.secretsmanager.exceptions:InvalidRequestException")
ReplicaSecret = symbol("moto.secretsmanager.models:ReplicaSecret")


@adds("moto.secretsmanager.responses:SecretsManagerResponse.stop_replication_to_replica")
def stop_replication_to_replica(response: Any) -> str:
    """StopReplicationToReplica is missing. On AWS it ends the replication, and the replica can be written to."""
    backend = response.backend
    replica = backend.describe_secret(response._get_param("SecretId"))
    if not isinstance(replica, ReplicaSecret):
        raise InvalidRequest("Operation not permitted on a non-replica secret.")
    source = replica.source
    promoted = copy(source)
    promoted.arn, promoted.region, promoted.replicas = replica.arn, replica.region, []
    promoted.versions = deepcopy(source.versions)
    promoted.kms_key_id = replica.config["KmsKeyId"]
    source.replicas.remove(replica)
    dict.pop(backend.secrets, replica.arn)
    backend.secrets[promoted.name] = promoted
    return json.dumps({"ARN": promoted.arn})
