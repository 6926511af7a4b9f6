"""AWS Database Migration Service: replication instances, subnet groups and tasks."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from aws.patching import replaces, symbol

ec2_backends = symbol("moto.ec2.models:ec2_backends")
TIMES = frozenset(
    ("InstanceCreateTime", "ReplicationTaskCreationDate", "ReplicationTaskStartDate", "FreshStartDate", "StartDate",
     "StopDate", "FullLoadStartDate", "FullLoadFinishDate")
)  # fmt: skip


@replaces("moto.dms.models:FakeReplicationTask.to_dict", "self")
def answer_task_times_as_numbers(original: Any, task: Any) -> dict[str, Any]:
    """Timestamps are text. On AWS they are numbers, and the provider's client refuses anything else."""
    return _with_numeric_times(original(task))


@replaces("moto.dms.models:FakeReplicationTask.__init__", "self, replication_task_identifier, ...")
def make_task_ready(original: Any, task: Any, *args: Any, **kwargs: Any) -> None:
    """A task stays `creating` permanently. On AWS it becomes `ready`."""
    original(task, *args, **kwargs)
    task.ready()


@replaces("moto.dms.models:FakeReplicationInstance.to_dict", "self")
def answer_instance_as_created(original: Any, instance: Any) -> dict[str, Any]:
    """Times are text and the subnet group is an invented one. On AWS it is the group the instance was created in."""
    answer = _with_numeric_times(original(instance))
    group = getattr(instance, "subnet_group", None)
    if group is not None:
        answer["ReplicationSubnetGroup"] = group.to_dict()
    return answer


@replaces("moto.dms.models:DatabaseMigrationServiceBackend.create_replication_instance", "self, ...")
def place_instance_in_subnet_group(original: Any, backend: Any, **kwargs: Any) -> Any:
    """A replication instance forgets its subnet group's subnets and has no default zone. On AWS it has both."""
    kwargs["availability_zone"] = kwargs.get("availability_zone") or f"{backend.region_name}a"
    instance = original(backend, **kwargs)
    instance.subnet_group = backend.replication_subnet_groups.get(kwargs.get("replication_subnet_group_identifier"))
    return instance


@replaces("moto.dms.models:DatabaseMigrationServiceBackend.create_replication_subnet_group", "self, ...")
def remember_subnets_of_group(original: Any, backend: Any, **kwargs: Any) -> Any:
    """The subnets of a replication subnet group are dropped. On AWS they are answered with zone and VPC."""
    group = original(backend, **kwargs)
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    group.members = [ec2.get_subnet(subnet_id) for subnet_id in kwargs.get("subnet_ids") or []]
    return group


@replaces("moto.dms.models:FakeReplicationSubnetGroup.to_dict", "self")
def answer_subnets_of_group(original: Any, group: Any) -> dict[str, Any]:
    """A replication subnet group always answers `subnet-12345`. On AWS its own subnets."""
    answer = original(group)
    members = getattr(group, "members", [])
    if members:
        answer["VpcId"] = members[0].vpc_id
        answer["Subnets"] = [
            {
                "SubnetIdentifier": subnet.id,
                "SubnetAvailabilityZone": {"Name": subnet.availability_zone},
                "SubnetStatus": "Active",
            }
            for subnet in members
        ]
    return answer


def _with_numeric_times(answer: dict[str, Any]) -> dict[str, Any]:
    numeric: dict[str, Any] = {}
    for key, value in answer.items():
        if isinstance(value, dict):
            numeric[key] = _with_numeric_times(value)
        elif key not in TIMES:
            numeric[key] = value
        elif value is not None:
            numeric[key] = datetime.fromisoformat(value).replace(tzinfo=timezone.utc).timestamp()
    return numeric
