"""Amazon Aurora: global databases made of existing clusters, their versions, and subnet groups that change."""

from __future__ import annotations

from typing import Any

from aws.corrections.aurora import global_cluster_of
from aws.patching import adds, replaces, symbol

ActionResult = symbol("moto.core.responses:ActionResult")
RDSClientError = symbol("moto.rds.exceptions:RDSClientError")
rds_backends = symbol("moto.rds.models:rds_backends")


MINOR_REFUSED = {
    "aurora-mysql": "Amazon RDS can't perform minor version upgrades through ModifyGlobalCluster for this database engine.",
    "other": "ModifyGlobalCluster doesn't support minor version upgrades",
}


@replaces(
    "moto.rds.models:RDSBackend.create_global_cluster",
    "self, global_cluster_identifier, source_db_cluster_identifier, engine, engine_version, storage_encrypted, "
    "deletion_protection",
)
def begin_with_cluster_of_its_region(
    original: Any,
    backend: Any,
    global_cluster_identifier: str,
    source_db_cluster_identifier: str | None,
    engine: str | None,
    engine_version: str | None,
    storage_encrypted: bool | None,
    deletion_protection: bool | None,
) -> Any:
    """The cluster a global one is made of is looked up in us-east-1. On AWS it is looked up in its own Region. It becomes the writer."""
    name, source_arn = global_cluster_identifier, source_db_cluster_identifier
    if source_arn is None:
        return original(backend, name, None, engine, engine_version, storage_encrypted, deletion_protection)
    if engine is not None:
        raise RDSClientError("InvalidParameterCombination", "The engine is inherited from the source cluster")
    regional = rds_backends[backend.account_id][source_arn.split(":")[3]]
    source = regional.describe_db_clusters(db_cluster_identifier=source_arn)[0]
    taken = (source.engine, source.engine_version, source.storage_encrypted)
    global_cluster = original(backend, name, None, *taken, deletion_protection)
    global_cluster.members.append(source)
    source.global_cluster_identifier = global_cluster.global_cluster_identifier
    source.is_writer = True
    return global_cluster


@replaces("moto.rds.models:RDSBackend.modify_db_subnet_group", "self, subnet_name, description, subnets")
def keep_modified_subnet_group(
    original: Any, backend: Any, subnet_name: str, description: str, subnets: list[Any]
) -> Any:
    """A DB subnet group that is modified is gone afterwards. On AWS it is modified."""
    group = original(backend, subnet_name, description, subnets)
    backend.subnet_groups[subnet_name] = group
    return group


@adds("moto.rds.responses:RDSResponse.modify_global_cluster")
def modify_global_cluster(response: Any) -> Any:
    """ModifyGlobalCluster is missing. On AWS it sets deletion protection and upgrades every cluster to a major version.

    Since December 2025 it refuses a minor version of every engine (hashicorp/terraform-provider-aws#45398, #47448). A major one leaves
    the clusters with the default parameter groups.
    """
    identifier = response._get_param("GlobalClusterIdentifier")
    global_cluster = global_cluster_of(response.backend, identifier)
    if global_cluster is None:
        raise RDSClientError("GlobalClusterNotFoundFault", f"Global cluster {identifier} not found")
    version = response._get_param("EngineVersion")
    if version not in (None, global_cluster.engine_version):
        _upgrade(global_cluster, version, allow_major=response._get_bool_param("AllowMajorVersionUpgrade", False))
    protection = response._get_bool_param("DeletionProtection")
    if protection is not None:
        global_cluster.deletion_protection = protection
    return ActionResult({"GlobalCluster": global_cluster})


@replaces("moto.rds.models:RDSBackend.modify_db_cluster", "self, kwargs")
def modify_as_asked_and_secondaries_first(original: Any, backend: Any, kwargs: dict[str, Any]) -> Any:
    """ModifyDBCluster forgets log exports and IAM authentication, and upgrades a global database's clusters in any order.

    On AWS they are set, and the writer is upgraded after the secondaries; a cluster without instances is not upgraded.
    """
    cluster = backend.clusters.get(kwargs["db_cluster_identifier"])
    version = kwargs.get("engine_version")
    global_cluster = global_cluster_of(backend, cluster.global_cluster_identifier) if cluster and version else None
    if global_cluster is not None:
        if not cluster.members:
            raise RDSClientError(
                "InvalidDBClusterStateFault", "Cannot modify engine version without a primary instance in DB cluster"
            )
        _refuse_writer_first(global_cluster, cluster, version)
    kwargs["enable_cloudwatch_logs_exports"] = kwargs.pop("cloudwatch_logs_export_configuration", None)
    kwargs["iam_auth"] = kwargs.pop("enable_iam_database_authentication", None)
    modified = original(backend, kwargs)
    if global_cluster is not None and all(member.engine_version == version for member in global_cluster.members):
        global_cluster.engine_version = version
    return modified


def _refuse_writer_first(global_cluster: Any, cluster: Any, version: str) -> None:
    others = [member for member in global_cluster.members if member is not cluster]
    if cluster.is_writer and any(member.engine_version != version for member in others):
        raise RDSClientError("InvalidParameterValue", f"To upgrade to {version}, upgrade global replicas first")


def _upgrade(global_cluster: Any, version: str, allow_major: bool) -> None:
    major = _major(version) != _major(global_cluster.engine_version)
    if major and not allow_major:
        raise RDSClientError("InvalidParameterCombination", "AllowMajorVersionUpgrade must be set for a major version")
    if not major:
        raise RDSClientError("InvalidParameterValue", MINOR_REFUSED.get(global_cluster.engine, MINOR_REFUSED["other"]))
    global_cluster.engine_version = version
    for member in global_cluster.members:
        member.engine_version = version
        member.parameter_group = f"default.{global_cluster.engine}{_major(version)}"


def _major(version: str) -> str:
    """The line of a version: 16 of 16.6, 8.0 of 8.0.mysql_aurora.3.08.0."""
    return version.partition(".mysql_aurora")[0] if "mysql" in version else version.partition(".")[0]
