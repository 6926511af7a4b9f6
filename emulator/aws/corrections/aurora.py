"""Amazon Aurora: global databases."""

from __future__ import annotations

from typing import Any

from aws.patching import adds, replaces, symbol

ActionResult = symbol("moto.core.responses:ActionResult")
rds_backends = symbol("moto.rds.models:rds_backends")
RDSClientError = symbol("moto.rds.exceptions:RDSClientError")


@replaces("moto.rds.responses:RDSResponse.create_global_cluster", "self")
def remember_database_name_and_tags(original: Any, response: Any) -> Any:
    """CreateGlobalCluster forgets DatabaseName and Tags. On AWS it answers both. Otherwise Terraform sees changes."""
    result = original(response)
    global_cluster = result.result["GlobalCluster"]
    global_cluster.database_name = response._get_param("DatabaseName")
    global_cluster.tags = response.params.get("Tags")
    return result


@replaces("moto.rds.models:RDSBackend._get_resource_for_tagging", "self, arn")
def tag_global_cluster(original: Any, backend: Any, arn: str) -> Any:
    """A global cluster cannot be tagged. On AWS it can, from every Region."""
    return global_cluster_of(backend, arn) if ":global-cluster:" in arn else original(backend, arn)


@replaces("moto.rds.models:RDSBackend.create_db_cluster", "self, kwargs")
def name_source_of_secondary(original: Any, backend: Any, kwargs: dict[str, Any]) -> Any:
    """A secondary cluster does not say whom it follows. On AWS it answers the writer's ARN."""
    cluster = original(backend, kwargs)
    global_cluster = global_cluster_of(backend, cluster.global_cluster_identifier)
    if global_cluster is not None and not cluster.is_writer:
        _follow_writer(global_cluster)
    return cluster


@adds("moto.rds.responses:RDSResponse.failover_global_cluster")
def failover_global_cluster(response: Any) -> Any:
    """FailoverGlobalCluster is missing. On AWS the target becomes the writer and the others follow it."""
    return _move_writer(response)


@adds("moto.rds.responses:RDSResponse.switchover_global_cluster")
def switchover_global_cluster(response: Any) -> Any:
    """SwitchoverGlobalCluster is missing. On AWS it ends as a failover does, without loss."""
    return _move_writer(response)


@replaces("moto.rds.models:RDSBackend.remove_from_global_cluster", "self, global_cluster_identifier, db_cluster_identifier")
def remove_by_arn_from_any_region(
    _original: Any, backend: Any, global_cluster_identifier: str, db_cluster_identifier: str
) -> Any:
    """Removing a cluster by ARN, or from another Region, is silently ignored, so a global cluster never empties.

    On AWS the removed cluster is independent and writable.
    """
    global_cluster = global_cluster_of(backend, global_cluster_identifier)
    if global_cluster is None:
        raise RDSClientError("GlobalClusterNotFoundFault", f"Global cluster {global_cluster_identifier} not found")
    for member in list(global_cluster.members):
        if db_cluster_identifier in (member.db_cluster_arn, member.db_cluster_identifier):
            global_cluster.members.remove(member)
            member.global_cluster_identifier = None
            member.replication_source_identifier = None
            member.is_writer = True
    return global_cluster


@replaces("moto.rds.models:RDSBackend.delete_db_cluster", "self, cluster_identifier, snapshot_name")
def delete_and_leave_global_cluster(
    original: Any, backend: Any, cluster_identifier: str, snapshot_name: str | None = None
) -> Any:
    """A deleted cluster leaves its global cluster only if that was created in the same Region. On AWS it always does."""
    cluster = backend.clusters.get(cluster_identifier)
    deleted = original(backend, cluster_identifier, snapshot_name)
    if cluster is not None and global_cluster_of(backend, cluster.global_cluster_identifier) is not None:
        backend.remove_from_global_cluster(cluster.global_cluster_identifier, cluster.db_cluster_arn)
    return deleted


@replaces("moto.rds.models:DBCluster.scaling_configuration_info", "self")
def omit_empty_scaling_configuration(original: Any, cluster: Any) -> Any:
    """A cluster without Serverless v1 scaling is answered with an empty block. On AWS the block is absent."""
    return original(cluster) if cluster.scaling_configuration else None


def _move_writer(response: Any) -> Any:
    backend = response.backend
    identifier, target = response._get_param("GlobalClusterIdentifier"), response._get_param("TargetDbClusterIdentifier")
    global_cluster = global_cluster_of(backend, identifier)
    if global_cluster is None:
        raise RDSClientError("GlobalClusterNotFoundFault", f"Global cluster {identifier} not found")
    if target not in [member.db_cluster_arn for member in global_cluster.members]:
        raise RDSClientError("DBClusterNotFoundFault", f"{target} is not a member of {identifier}")
    for member in global_cluster.members:
        member.is_writer = member.db_cluster_arn == target
    _follow_writer(global_cluster)
    return ActionResult({"GlobalCluster": global_cluster})


def _follow_writer(global_cluster: Any) -> None:
    writer = next(member for member in global_cluster.members if member.is_writer)
    for member in global_cluster.members:
        member.replication_source_identifier = None if member is writer else writer.db_cluster_arn


def global_cluster_of(backend: Any, identifier: str | None) -> Any | None:
    """A global cluster is known in every Region, but moto keeps it where it was created."""
    name = (identifier or "").rsplit(":", 1)[-1]
    for regional in rds_backends[backend.account_id].values():
        if name and name in regional.global_clusters:
            return regional.global_clusters[name]
    return None
