"""AWS Database Migration Service: serverless replications and event subscriptions."""

from __future__ import annotations

import json
import time
from typing import Any

from aws.corrections._store import store
from aws.patching import adds, replaces, symbol

RESPONSE = "moto.dms.responses:DatabaseMigrationServiceResponse"
random = symbol("moto.moto_api._internal:mock_random")

DEFAULT_SETTINGS = json.dumps({"Logging": {"EnableLogging": False}})


class NotFound(symbol("moto.dms.exceptions:ResourceNotFoundFault")):  # type: ignore[misc]
    pass


@adds(f"{RESPONSE}.create_replication_config")
def create_replication_config(response: Any) -> str:
    """Serverless replications are missing. On AWS a config names the endpoints and the capacity."""
    asked = json.loads(response.body)
    backend, identifier = response.dms_backend, asked["ReplicationConfigIdentifier"]
    resource_id = asked.get("ResourceIdentifier") or random.get_random_string(26).upper()
    arn = f"arn:aws:dms:{backend.region_name}:{backend.account_id}:replication-config:{resource_id}"
    now = time.time()
    config = {
        "ReplicationConfigIdentifier": identifier,
        "ReplicationConfigArn": arn,
        "ReplicationSettings": DEFAULT_SETTINGS,
        **{key: value for key, value in asked.items() if key not in ("Tags", "ResourceIdentifier")},
        "ReplicationConfigCreateTime": now,
        "ReplicationConfigUpdateTime": now,
    }
    _configs(response)[arn] = config
    backend.tagger.tag_resource(arn, asked.get("Tags") or [])
    return json.dumps({"ReplicationConfig": config})


@adds(f"{RESPONSE}.describe_replication_configs")
def describe_replication_configs(response: Any) -> str:
    """Serverless replications are missing. On AWS configs are found by ARN or identifier."""
    return json.dumps({"ReplicationConfigs": _matching(response)})


@adds(f"{RESPONSE}.modify_replication_config")
def modify_replication_config(response: Any) -> str:
    """Serverless replications are missing. On AWS a config can be changed while it does not run."""
    asked = json.loads(response.body)
    config = _config(response, asked["ReplicationConfigArn"])
    config.update({**asked, "ReplicationConfigUpdateTime": time.time()})
    return json.dumps({"ReplicationConfig": config})


@adds(f"{RESPONSE}.delete_replication_config")
def delete_replication_config(response: Any) -> str:
    """Serverless replications are missing. On AWS a config that does not run can be deleted."""
    config = _config(response, response._get_param("ReplicationConfigArn"))
    _configs(response).pop(config["ReplicationConfigArn"])
    return json.dumps({"ReplicationConfig": config})


@adds(f"{RESPONSE}.describe_replications")
def describe_replications(response: Any) -> str:
    """Serverless replications are missing. On AWS the replication of a config has a status."""
    return json.dumps({"Replications": [_replication(response, config) for config in _matching(response)]})


@adds(f"{RESPONSE}.start_replication")
def start_replication(response: Any) -> str:
    """Serverless replications are missing. On AWS starting one provisions its capacity; here it runs at once."""
    return _set_status(response, "running")


@adds(f"{RESPONSE}.stop_replication")
def stop_replication(response: Any) -> str:
    """Serverless replications are missing. On AWS stopping one gives its capacity back."""
    return _set_status(response, "stopped")


@adds(f"{RESPONSE}.create_event_subscription")
def create_event_subscription(response: Any) -> str:
    """Event subscriptions are missing. On AWS events of replications go to an SNS topic."""
    asked, backend = json.loads(response.body), response.dms_backend
    name = asked["SubscriptionName"]
    subscription = {
        "CustomerAwsId": backend.account_id,
        "CustSubscriptionId": name,
        "SnsTopicArn": asked["SnsTopicArn"],
        "Status": "active",
        "SubscriptionCreationTime": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()),
        "SourceType": asked.get("SourceType"),
        "SourceIdsList": asked.get("SourceIds") or [],
        "EventCategoriesList": asked.get("EventCategories") or [],
        "Enabled": asked.get("Enabled", True),
    }
    _subscriptions(response)[name] = subscription
    backend.tagger.tag_resource(f"arn:aws:dms:{backend.region_name}:{backend.account_id}:es:{name}", asked.get("Tags") or [])
    return json.dumps({"EventSubscription": subscription})


@adds(f"{RESPONSE}.describe_event_subscriptions")
def describe_event_subscriptions(response: Any) -> str:
    """Event subscriptions are missing. On AWS one that is gone is a ResourceNotFoundFault."""
    name = response._get_param("SubscriptionName")
    if name is None:
        return json.dumps({"EventSubscriptionsList": list(_subscriptions(response).values())})
    return json.dumps({"EventSubscriptionsList": [_subscription(response, name)]})


@adds(f"{RESPONSE}.modify_event_subscription")
def modify_event_subscription(response: Any) -> str:
    """Event subscriptions are missing. On AWS topic, categories and state can be changed."""
    asked = json.loads(response.body)
    subscription = _subscription(response, asked["SubscriptionName"])
    names = {"SnsTopicArn": "SnsTopicArn", "SourceType": "SourceType", "EventCategories": "EventCategoriesList", "Enabled": "Enabled"}
    subscription.update({kept: asked[given] for given, kept in names.items() if given in asked})
    return json.dumps({"EventSubscription": subscription})


@adds(f"{RESPONSE}.delete_event_subscription")
def delete_event_subscription(response: Any) -> str:
    """Event subscriptions are missing. On AWS they can be deleted."""
    subscription = _subscription(response, response._get_param("SubscriptionName"))
    _subscriptions(response).pop(subscription["CustSubscriptionId"])
    return json.dumps({"EventSubscription": subscription})


@adds(f"{RESPONSE}.add_tags_to_resource")
def add_tags_to_resource(response: Any) -> str:
    """AddTagsToResource is missing. On AWS every resource of the service has tags."""
    response.dms_backend.tagger.tag_resource(response._get_param("ResourceArn"), response._get_param("Tags"))
    return "{}"


@adds(f"{RESPONSE}.remove_tags_from_resource")
def remove_tags_from_resource(response: Any) -> str:
    """RemoveTagsFromResource is missing. On AWS every resource of the service has tags."""
    response.dms_backend.tagger.untag_resource_using_names(response._get_param("ResourceArn"), response._get_param("TagKeys"))
    return "{}"


@replaces(f"{RESPONSE}.create_replication_subnet_group", "self")
def tag_subnet_group_by_arn(original: Any, response: Any) -> str:
    """The tags of a replication subnet group are kept under its name, which no request uses. On AWS they belong to its ARN."""
    answer: str = original(response)
    backend, name = response.dms_backend, response._get_param("ReplicationSubnetGroupIdentifier")
    arn = f"arn:aws:dms:{backend.region_name}:{backend.account_id}:subgrp:{name}"
    backend.tagger.tag_resource(arn, response._get_param("Tags") or [])
    return answer


def _set_status(response: Any, status: str) -> str:
    config = _config(response, response._get_param("ReplicationConfigArn"))
    store(response.dms_backend, "dms replication status")[config["ReplicationConfigArn"]] = status
    return json.dumps({"Replication": _replication(response, config)})


def _replication(response: Any, config: dict[str, Any]) -> dict[str, Any]:
    status = store(response.dms_backend, "dms replication status").get(config["ReplicationConfigArn"], "created")
    same = ("ReplicationConfigIdentifier", "ReplicationConfigArn", "SourceEndpointArn", "TargetEndpointArn", "ReplicationType")
    return {**{key: config.get(key) for key in same}, "Status": status}


def _matching(response: Any) -> list[dict[str, Any]]:
    keys = {"replication-config-arn": "ReplicationConfigArn", "replication-config-id": "ReplicationConfigIdentifier"}
    found = list(_configs(response).values())
    for wanted in response._get_param("Filters") or []:
        found = [config for config in found if config[keys[wanted["Name"]]] in wanted["Values"]]
    if not found and response._get_param("Filters"):
        raise NotFound("Replication config not found.")
    return found


def _config(response: Any, arn: str) -> dict[str, Any]:
    if arn not in _configs(response):
        raise NotFound(f"Replication config {arn} not found.")
    config: dict[str, Any] = _configs(response)[arn]
    return config


def _subscription(response: Any, name: str) -> dict[str, Any]:
    if name not in _subscriptions(response):
        raise NotFound(f"Event subscription {name} not found.")
    subscription: dict[str, Any] = _subscriptions(response)[name]
    return subscription


def _configs(response: Any) -> dict[str, Any]:
    return store(response.dms_backend, "dms replication configs")


def _subscriptions(response: Any) -> dict[str, Any]:
    return store(response.dms_backend, "dms event subscriptions")
