"""AWS Lambda: control plane of functions."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces

DEFAULT_LOGGING = {"LogFormat": "Text"}


@replaces("moto.awslambda.models:LambdaFunction.__init__", "self, account_id, spec, region, ...")
def remember_logging_config(original: Any, function: Any, account_id: str, spec: Any, *args: Any, **kwargs: Any) -> None:
    """CreateFunction forgets LoggingConfig. On AWS it is answered, with the function's own log group by default."""
    original(function, account_id, spec, *args, **kwargs)
    function.logging_config = spec.get("LoggingConfig") or {}


@replaces("moto.awslambda.models:LambdaFunction.get_configuration", "self, on_create")
def answer_logging_config(original: Any, function: Any, on_create: bool = False) -> dict[str, Any]:
    """A function's configuration has no LoggingConfig. On AWS it has, with its defaults."""
    configuration: dict[str, Any] = original(function, on_create)
    own_group = {"LogGroup": f"/aws/lambda/{function.function_name}"}
    configuration["LoggingConfig"] = {**DEFAULT_LOGGING, **own_group, **function.logging_config}
    return configuration


@replaces("moto.awslambda.models:LambdaFunction.update_configuration", "self, config_updates")
def change_logging_config(original: Any, function: Any, config_updates: dict[str, Any]) -> dict[str, Any]:
    """UpdateFunctionConfiguration forgets LoggingConfig. On AWS it is changed."""
    if config_updates.get("LoggingConfig"):
        function.logging_config = config_updates["LoggingConfig"]
    result: dict[str, Any] = original(function, config_updates)
    return result
