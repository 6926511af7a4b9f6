"""Amazon RDS: DB instances, read replicas in other Regions, and what a promotion leaves behind."""

from __future__ import annotations

import copy
import os
from typing import Any

from aws.patching import adds_property, replaces, symbol

random = symbol("moto.moto_api._internal:mock_random")
rds_backends = symbol("moto.rds.models:rds_backends")
ec2_backends = symbol("moto.ec2.models:ec2_backends")
utcnow = symbol("moto.core.utils:utcnow")
NotFound = symbol("moto.rds.exceptions:DBInstanceNotFoundError")
AlreadyExists = symbol("moto.rds.exceptions:DBInstanceAlreadyExists")
RDSClientError = symbol("moto.rds.exceptions:RDSClientError")


@replaces("moto.rds.models:DBInstance.__init__", "self, backend, db_instance_identifier, ...")
def give_each_instance_its_own_resource_id(original: Any, instance: Any, *args: Any, **kwargs: Any) -> None:
    """All instances have one and the same DbiResourceId, and Performance Insights is forgotten.

    On AWS the id is unique; Terraform uses it as the resource's id and finds the instance by it.
    """
    original(instance, *args, **kwargs)
    instance.dbi_resource_id = _new_resource_id()
    instance.enable_performance_insights = kwargs.get("enable_performance_insights", False)
    instance.performance_insights_kms_key_id = kwargs.get("performance_insights_kms_key_id")
    instance.performance_insights_retention_period = kwargs.get("performance_insights_retention_period")


@adds_property("moto.rds.models:DBInstance.performance_insights_enabled")
def performance_insights_enabled(instance: Any) -> bool:
    """DescribeDBInstances does not say whether Performance Insights is on. AWS does."""
    return bool(getattr(instance, "enable_performance_insights", False))


@replaces("moto.rds.models:RDSBackend.create_db_instance_read_replica", "self, db_kwargs")
def create_replica_in_its_own_region(_original: Any, backend: Any, db_kwargs: dict[str, Any]) -> Any:
    """A replica's subnet group and parameter group are looked up in the source's Region, and it shares its lists.

    On AWS a cross-Region replica has the groups, the key and the tags of its own Region. It starts without backups
    and without Multi-AZ, and names its source by ARN.
    """
    identifier = db_kwargs["db_instance_identifier"]
    if identifier in backend.databases:
        raise AlreadyExists()
    source = backend.find_db_from_id(db_kwargs["source_db_instance_identifier"])
    replica = instance_from(source, backend)
    if os.environ.get("EMULATOR_QUICK_REPLICAS"):
        # Terraform's provider then has no backups to turn on, and waits for the instance once instead of twice.
        replica.backup_retention_period = source.backup_retention_period
    configure(replica, db_kwargs)
    replica.source_db_instance_identifier = _as_named_from(source, backend)
    replica.set_as_replica()
    backend.databases[identifier] = replica
    source.add_replica(replica)
    return replica


@replaces("moto.rds.models:RDSBackend.promote_read_replica", "self, db_kwargs")
def promote_and_part(_original: Any, backend: Any, db_kwargs: dict[str, Any]) -> Any:
    """A promoted replica still names its source, and the source still lists it.

    On AWS both ends forget each other and the instance is available. AWS refuses to promote an instance that is not a replica.
    """
    identifier = db_kwargs["db_instance_identifier"]
    if identifier not in backend.databases:
        raise NotFound(identifier)
    instance = backend.databases[identifier]
    if not instance.is_replica:
        raise RDSClientError("InvalidDBInstanceState", f"DB Instance {identifier} is not a read replica.")
    _part(instance)
    instance.update(**db_kwargs)
    if not instance.backup_retention_period:
        instance.backup_retention_period = 1  # the API's default for a promotion
    return instance


@replaces(
    "moto.rds.models:RDSBackend.delete_db_instance",
    "self, db_instance_identifier, final_db_snapshot_identifier, skip_final_snapshot, delete_automated_backups",
)
def delete_and_part(original: Any, backend: Any, db_instance_identifier: str, *args: Any, **kwargs: Any) -> Any:
    """Deleting fails for a cross-Region replica (it looks for an id in a list of ARNs) or when its source is gone.

    On AWS the source forgets a deleted replica. Replicas of a deleted source in its Region are promoted. Replicas
    in another Region keep waiting for it and can be promoted.
    """
    deleted = backend.databases.get(db_instance_identifier)
    if deleted is None:
        raise NotFound(db_instance_identifier)
    was_replica, deleted.is_replica = deleted.is_replica, False  # moto's own bookkeeping is the faulty part
    try:
        original(backend, db_instance_identifier, *args, **kwargs)
    except Exception:
        deleted.is_replica = was_replica
        raise
    if was_replica:
        _part(deleted)
    for identifier in list(deleted.replicas):
        if identifier in backend.databases:
            _part(backend.databases[identifier])
    return deleted


@replaces("moto.rds.models:DBParameterGroup.update_parameters", "self, new_parameters")
def mark_instance_parameters(original: Any, group: Any, new_parameters: Any) -> None:
    """DescribeDBParameters does not say whose setting a parameter is. On AWS what was put is of Source `user`."""
    original(group, [{**parameter, "Source": "user"} for parameter in new_parameters])


@replaces("moto.rds.models:DBClusterParameterGroup.update_cluster_parameters", "self, new_parameters")
def mark_cluster_parameters(original: Any, group: Any, new_parameters: Any) -> None:
    """DescribeDBClusterParameters does not say whose setting a parameter is. On AWS what was put is of Source `user`."""
    original(group, [{**parameter, "Source": "user"} for parameter in new_parameters])


def instance_from(source: Any, backend: Any) -> Any:
    """An independent instance in the Region of the backend. It takes only the data of another."""
    instance = copy.copy(source)
    instance.backend = backend
    instance.created = instance.instance_create_time = utcnow()
    instance.dbi_resource_id = _new_resource_id()
    _take_nothing_but_data_from_source(instance)
    if source.region != backend.region_name:
        instance.availability_zone = f"{backend.region_name}a"
        instance.db_parameter_group_name = None
        instance.vpc_security_group_ids = [_default_security_group(backend)]
    return instance


def configure(instance: Any, db_kwargs: dict[str, Any]) -> None:
    """Gives an instance the settings of the request that made it."""
    settings = {key: value for key, value in db_kwargs.items() if key != "backend"}
    instance.enabled_cloudwatch_logs_exports = settings.pop("enable_cloudwatch_logs_exports", None) or []
    instance.update(**settings)


def _take_nothing_but_data_from_source(replica: Any) -> None:
    replica.tags = []
    replica.multi_az = False
    replica.deletion_protection = False
    replica.backup_retention_period = 0
    replica.db_security_groups = []
    replica.domain_memberships = []
    replica._associated_roles = []
    # A replica never has a secret of its own while it is one.
    replica.manage_master_user_password = False
    if hasattr(replica, "master_user_secret"):
        del replica.master_user_secret


def _part(replica: Any) -> None:
    source = _source_of(replica)
    if source is not None:
        for name in (replica.db_instance_arn, replica.db_instance_identifier):
            if name in source.replicas:
                source.replicas.remove(name)
    replica.is_replica = False
    replica.source_db_instance_identifier = None


def _source_of(replica: Any) -> Any | None:
    if not replica.source_db_instance_identifier:
        return None
    try:
        return replica.backend.find_db_from_id(replica.source_db_instance_identifier)
    except NotFound:
        return None


def _as_named_from(source: Any, backend: Any) -> str:
    same_region = source.region == backend.region_name
    return source.db_instance_identifier if same_region else source.db_instance_arn


def _default_security_group(backend: Any) -> str:
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    return ec2.get_default_security_group(ec2.default_vpc.id).id


def _new_resource_id() -> str:
    return f"db-{random.get_random_string(26).upper()}"
