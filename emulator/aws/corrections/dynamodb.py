"""Amazon DynamoDB: global tables, version 2019.11.21."""

from __future__ import annotations

import copy
from typing import Any

from aws.patching import replaces, symbol

dynamodb_backends = symbol("moto.dynamodb.models:dynamodb_backends")
DynamoResult = symbol("moto.dynamodb.responses:DynamoResult")
ValidationException = symbol("moto.dynamodb.exceptions:MockValidationException")

VERSION = "2019.11.21"
NO_UNITS = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0, "NumberOfDecreasesToday": 0}


@replaces("moto.dynamodb.models.table:Table.describe", "self, base_key")
def describe_with_replicas(original: Any, table: Any, base_key: str = "TableDescription") -> dict[str, Any]:
    """DescribeTable never returns Replicas, TableClassSummary, nor a replica's own key.

    On AWS each replica lists the others, with the key and the class that belong to them.
    """
    described = original(table, base_key)
    answer = described[base_key]
    if getattr(table, "table_class", None):
        answer["TableClassSummary"] = {"TableClass": table.table_class}
    members = getattr(table, "replicas", {})
    if len(members) > 1:
        answer["Replicas"] = [
            {"RegionName": region, **settings} for region, settings in sorted(members.items()) if region != table.region_name
        ]
        answer["GlobalTableVersion"] = VERSION
        if getattr(table, "multi_region_consistency", None):
            answer["MultiRegionConsistency"] = table.multi_region_consistency
    return described


@replaces("moto.dynamodb.responses:DynamoHandler.update_table", "self")
def update_replicas(original: Any, handler: Any) -> Any:
    """UpdateTable ignores ReplicaUpdates, SSESpecification and TableClass, so Terraform never stops waiting for a replica.

    On AWS one call changes either the replicas or other settings. A replica's items are the source's items. Here
    both tables share one store, so the other Region reads each write without lag.
    """
    backend, body = handler.dynamodb_backend, handler.body
    table = backend.get_table(body["TableName"])
    if body.get("SSESpecification"):
        _encrypt(table, body["SSESpecification"])
    if body.get("TableClass"):
        table.table_class = body["TableClass"]
    if "ReplicaUpdates" not in body:
        return original(handler)
    for update in body["ReplicaUpdates"]:
        (operation, settings), *more = update.items()
        if more:
            raise ValidationException("One ReplicaUpdate may only hold one of Create, Update and Delete")
        _UPDATES[operation](table, dict(settings))
    if body.get("MultiRegionConsistency"):
        for member in _family(table):
            member.multi_region_consistency = body["MultiRegionConsistency"]
    return DynamoResult(table.describe())


@replaces(
    "moto.dynamodb.models:DynamoDBBackend.update_table",
    "self, name, attr_definitions, global_index, throughput, billing_mode, ...",
)
def change_capacity_mode(original: Any, backend: Any, **kwargs: Any) -> Any:
    """UpdateTable makes an on-demand table provisioned without capacities, and keeps those of one that becomes on demand.

    On AWS the table and every index need theirs in the same call, and an on-demand table answers 0.
    """
    # https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-switching-capacity-modes.html
    # The words of the refusal: hashicorp/terraform-provider-aws#7447.
    table = backend.get_table(kwargs["name"])
    if kwargs["billing_mode"] == "PROVISIONED" and table.billing_mode == "PAY_PER_REQUEST":
        _refuse_missing_capacities(table, kwargs["throughput"], kwargs["global_index"] or [])
    updated = original(backend, **kwargs)
    if kwargs["billing_mode"] == "PAY_PER_REQUEST":
        for capacity in (updated, *updated.global_indexes):
            capacity.throughput = dict(NO_UNITS)
    return updated


@replaces("moto.dynamodb.responses:DynamoHandler.create_table", "self")
def remember_table_class(original: Any, handler: Any) -> Any:
    """CreateTable forgets TableClass. On AWS DescribeTable answers it."""
    result = original(handler)
    if handler.body.get("TableClass"):
        table = handler.dynamodb_backend.get_table(handler.body["TableName"])
        table.table_class = handler.body["TableClass"]
    return result


@replaces("moto.dynamodb.models:DynamoDBBackend.delete_table", "self, name")
def leave_family_on_delete(original: Any, backend: Any, name: str) -> Any:
    """A deleted replica has to leave no list, because moto keeps none.

    On AWS deleting one replica's table removes it from the others' lists.
    """
    deleted = original(backend, name)
    if deleted.region_name in getattr(deleted, "replicas", {}):
        deleted.replicas.pop(deleted.region_name)
    return deleted


def _refuse_missing_capacities(
    table: Any, throughput: dict[str, Any] | None, index_updates: list[dict[str, Any]]
) -> None:
    invalid = "One or more parameter values were invalid: ProvisionedThroughput must be specified"
    if not throughput:
        raise ValidationException(f"{invalid} when BillingMode is PROVISIONED")
    updates = [update["Update"] for update in index_updates if "Update" in update]
    given = {update["IndexName"] for update in updates if update.get("ProvisionedThroughput")}
    missing = [index.name for index in table.global_indexes if index.name not in given]
    if missing:
        raise ValidationException(f"{invalid} for index: {','.join(missing)}")


def _create_replica(table: Any, settings: dict[str, Any]) -> None:
    region = settings.pop("RegionName")
    backend = dynamodb_backends[table.account_id][region]
    if table.name in backend.tables:
        raise ValidationException(
            f"Failed to create a replica of table {table.name} in {region}: a table of that name exists there"
        )
    if not hasattr(table, "replicas"):
        # One dict shared by all members of the family.
        table.replicas = {table.region_name: _membership({})}
    replica = copy.copy(table)  # shares the items
    replica.region_name = region
    replica.table_arn = table.table_arn.replace(f":{table.region_name}:", f":{region}:")
    replica.tags = []
    replica.deletion_protection_enabled = False
    replica.continuous_backups = {
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"},
    }
    replica.sse_specification = copy.deepcopy(table.sse_specification)
    if settings.get("KMSMasterKeyId"):
        replica.sse_specification = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": settings["KMSMasterKeyId"]}
    if settings.get("TableClassOverride"):
        replica.table_class = settings["TableClassOverride"]
    backend.tables[table.name] = replica
    table.replicas[region] = _membership(settings)


def _update_replica(table: Any, settings: dict[str, Any]) -> None:
    region = settings.pop("RegionName")
    _require_member(table, region)
    table.replicas[region].update(_membership(settings))
    replica = dynamodb_backends[table.account_id][region].tables[table.name]
    if settings.get("KMSMasterKeyId"):
        replica.sse_specification = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": settings["KMSMasterKeyId"]}
    if settings.get("TableClassOverride"):
        replica.table_class = settings["TableClassOverride"]


def _delete_replica(table: Any, settings: dict[str, Any]) -> None:
    region = settings["RegionName"]
    _require_member(table, region)
    backend = dynamodb_backends[table.account_id][region]
    if backend.tables[table.name].deletion_protection_enabled:
        raise ValidationException(
            f"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection "
            f"first. Replica in {region}"
        )
    backend.tables.pop(table.name)
    table.replicas.pop(region)


_UPDATES = {"Create": _create_replica, "Update": _update_replica, "Delete": _delete_replica}


def _membership(settings: dict[str, Any]) -> dict[str, Any]:
    membership: dict[str, Any] = {"ReplicaStatus": "ACTIVE"}
    if settings.get("KMSMasterKeyId"):
        membership["KMSMasterKeyId"] = settings["KMSMasterKeyId"]
    if settings.get("TableClassOverride"):
        membership["ReplicaTableClassSummary"] = {"TableClass": settings["TableClassOverride"]}
    return membership


def _require_member(table: Any, region: str) -> None:
    if region not in getattr(table, "replicas", {}) or region == table.region_name:
        # Terraform knows this sentence: it means that the replica is gone already.
        raise ValidationException(
            "Replica specified in the Replica Update or Replica Delete action of the request was not found"
        )


def _family(table: Any) -> list[Any]:
    return [
        dynamodb_backends[table.account_id][region].tables[table.name] for region in getattr(table, "replicas", {})
    ]


def _encrypt(table: Any, specification: dict[str, Any]) -> None:
    table.sse_specification = specification
    if specification.get("Enabled") and "KMSMasterKeyId" not in specification:
        specification["KMSMasterKeyId"] = table._get_default_encryption_key(table.account_id, table.region_name)
    members = getattr(table, "replicas", {})
    if table.region_name in members and specification.get("KMSMasterKeyId"):
        members[table.region_name]["KMSMasterKeyId"] = specification["KMSMasterKeyId"]
