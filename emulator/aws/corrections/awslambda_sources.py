"""AWS Lambda: event sources of an alias, and provisioned concurrency."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from aws.corrections._store import store
from aws.patching import adds, replaces, symbol

Answer = tuple[int, dict[str, Any], str]

RESPONSE = "moto.awslambda.responses:LambdaResponse"
MAPPING = "moto.awslambda.models:EventSourceMapping"

# moto routes only the paths it carries.
symbol("moto.awslambda.urls:url_paths")[
    r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/provisioned-concurrency/?$"
] = symbol(RESPONSE).dispatch


@replaces(f"{MAPPING}.get_configuration", "self")
def answer_function_as_asked(original: Any, mapping: Any) -> dict[str, Any]:
    """A mapping of an alias answers the version's ARN, so every plan would set it back. On AWS it answers the alias's."""
    configuration: dict[str, Any] = original(mapping)
    if mapping.function_name.startswith("arn:"):
        configuration["FunctionArn"] = mapping.function_name
    return configuration


@replaces("moto.awslambda.models:LambdaBackend.update_event_source_mapping", "self, uuid, spec")
def remember_function_name(original: Any, backend: Any, uuid: str, spec: dict[str, Any]) -> Any:
    """UpdateEventSourceMapping forgets the name it was given. On AWS the mapping is the new function's."""
    mapping = original(backend, uuid, spec)
    if mapping and "FunctionName" in spec:
        mapping.function_name = spec["FunctionName"]
    return mapping


@adds(f"{RESPONSE}.put_provisioned_concurrency_config")
def put_provisioned_concurrency_config(response: Any) -> Answer:
    """PutProvisionedConcurrencyConfig is missing. On AWS it keeps instances initialised, and changes their number."""
    asked = response._get_param("ProvisionedConcurrentExecutions")
    kept = {
        "RequestedProvisionedConcurrentExecutions": asked,
        "AvailableProvisionedConcurrentExecutions": asked,
        "AllocatedProvisionedConcurrentExecutions": asked,
        "Status": "READY",
        "LastModified": "2026-01-01T00:00:00+0000",
    }
    _configurations(response)[_key(response)] = kept
    return _answer(202, kept)


@adds(f"{RESPONSE}.get_provisioned_concurrency_config")
def get_provisioned_concurrency_config(response: Any) -> Answer:
    """GetProvisionedConcurrencyConfig is missing. On AWS it answers what was asked for, or that nothing was."""
    kept = _configurations(response).get(_key(response))
    if kept is None:
        code = "ProvisionedConcurrencyConfigNotFoundException"
        message = "No Provisioned Concurrency Config found for this function"
        return _answer(404, {"Type": "User", "message": message}, {"x-amzn-errortype": code})
    return _answer(200, kept)


@adds(f"{RESPONSE}.delete_provisioned_concurrency_config")
def delete_provisioned_concurrency_config(response: Any) -> Answer:
    """DeleteProvisionedConcurrencyConfig is missing. On AWS it gives the instances back."""
    _configurations(response).pop(_key(response), None)
    return _answer(204, {})


def _answer(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Answer:
    """moto reads the status from among the headers."""
    return status, {"status": status, **(headers or {})}, json.dumps(body) if body else ""


def _configurations(response: Any) -> dict[str, Any]:
    return store(response.backend, "provisioned_concurrency")


def _key(response: Any) -> str:
    """By name, whether it was asked by name or by ARN."""
    name = unquote(response.path.rstrip("/").rsplit("/", 2)[-2]).split(":function:")[-1]
    return f"{name}:{response._get_param('Qualifier')}"
