"""AWS Step Functions: service integrations of the interpreter."""

from __future__ import annotations

import functools
import os
from typing import Any

import boto3
import botocore.session
from botocore import xform_name

from aws.boto_config import one_attempt
from aws.corrections._sdk_names import error_name, from_api, service_name, to_api
from aws.patching import replaces, replaces_everywhere, symbol

symbol("moto.stepfunctions.parser.models:stepfunctions_parser_backends")  # loads the interpreter, which copies by name
SERVICE = "moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service"
AWS_SDK = "moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk"
CLIENT = "moto.stepfunctions.parser.asl.utils.boto_client:boto_client_for"

# Names in a task's resource that botocore does not have, besides those that moto translates.
BOTO_NAMES = {
    "applicationautoscaling": "application-autoscaling",
    "databasemigration": "dms",
    "elasticloadbalancingv2": "elbv2",
    "eventbridge": "events",
    "servicequotas": "service-quotas",
}
OVERRIDES = symbol(f"{SERVICE}:StateTaskService")._SERVICE_NAME_SFN_TO_BOTO_OVERRIDES
# Without a limit a region that hangs would never release the interpreter's thread.
TIMEOUT_SECONDS = 60


@replaces_everywhere(CLIENT, "region, service, state_credentials", below="moto.stepfunctions")
def call_as_the_machines_account(_original: Any, region: str, service: str, state_credentials: Any = None) -> Any:
    """Tasks call moto behind the proxy's back and always in the default account.

    On AWS a task acts with its machine's role, so in its account. It cannot reach an unavailable Region.
    """
    endpoint = os.environ.get("EMULATOR_ENDPOINT") or f"http://127.0.0.1:{os.environ['MOTO_PORT']}"
    client = boto3.client(
        service,
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id="stepfunctions",
        aws_secret_access_key="test",
        config=one_attempt(
            parameter_validation=False, connect_timeout=TIMEOUT_SECONDS, read_timeout=TIMEOUT_SECONDS
        ),
    )
    role_arn = getattr(state_credentials, "role_arn", None) or ""
    account = role_arn.split(":")[4] if role_arn.count(":") >= 5 else None
    if account:
        client.meta.events.register("before-send", functools.partial(_send_as, account))
    return client


@replaces(f"{SERVICE}:camel_to_snake_case", "string")
def split_words_as_botocore(_original: Any, string: str) -> str:
    """`DBInstanceIdentifier` becomes `d_b_instance_identifier`, which no client knows. On AWS acronyms are one word."""
    return str(xform_name(string))


@replaces(f"{SERVICE}:StateTaskService._normalise_parameters", "self, parameters, boto_service_name, service_action_name")
def take_parameters_in_sdk_casing(
    _original: Any, task: Any, parameters: Any, boto_service_name: Any = None, service_action_name: Any = None
) -> None:
    """Parameters are passed on as written. On AWS they have the SDK for Java's names, and others are refused."""
    shape = _operation(task, boto_service_name, service_action_name).input_shape
    if shape is not None:
        settled = to_api(parameters, shape)
        parameters.clear()
        parameters.update(settled)


@replaces(f"{SERVICE}:StateTaskService._normalise_response", "self, response, boto_service_name, service_action_name")
def answer_in_sdk_casing(
    _original: Any, task: Any, response: Any, boto_service_name: Any = None, service_action_name: Any = None
) -> None:
    """Results come in botocore's casing and with dates that are no JSON. On AWS `DBInstances` reads `DbInstances`."""
    shape = _operation(task, boto_service_name, service_action_name).output_shape
    if shape is not None and isinstance(response, dict):
        settled = from_api(response, shape)
        response.clear()
        response.update(settled)
    _write_dates_as_text(response)


@replaces(f"{AWS_SDK}:StateTaskServiceAwsSdk._normalise_service_error_name", "service_name")
def name_service_of_error(_original: Any, service_name: str) -> str:
    """Errors begin with the service as written, `rds`. On AWS they begin with its name in the SDK for Java, `Rds`."""
    return sdk_service(service_name.lower())


@replaces(f"{AWS_SDK}:StateTaskServiceAwsSdk._normalise_exception_name", "norm_service_name, ex")
def name_exception_of_error(_original: Any, norm_service_name: str, ex: Exception) -> str:
    """Errors end as botocore's, `DBInstanceNotFoundFaultException`. On AWS they end as the SDK for Java's exception."""
    name = type(ex).__name__
    return error_name(norm_service_name, norm_service_name if name == "ClientError" else name)


def sdk_service(written: str) -> str:
    """The SDK's name of a service as a task's resource has it, in small letters: `Efs` for `efs`."""
    service = OVERRIDES.get(written, BOTO_NAMES.get(written, written))
    return service_name(str(_service_model(service).service_id))


@replaces(f"{SERVICE}:StateTaskService._get_boto_service_name", "self, boto_service_name")
def name_of_service_in_botocore(original: Any, task: Any, boto_service_name: Any = None) -> str:
    """Services are looked up by the name that AWS writes, `databasemigration`, which botocore does not have for all."""
    name = original(task, boto_service_name)
    return BOTO_NAMES.get(name, name)


def _send_as(account: str, request: Any, **_: Any) -> None:
    request.headers["x-moto-account-id"] = account


def _operation(task: Any, service: str | None, action: str | None) -> Any:
    model = _service_model(task._get_boto_service_name(service))
    by_method = {xform_name(operation): operation for operation in model.operation_names}
    return model.operation_model(by_method[task._get_boto_service_action(action)])


@functools.cache
def _service_model(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


def _write_dates_as_text(value: Any) -> None:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        if hasattr(item, "isoformat"):
            value[key] = item.isoformat()
        else:
            _write_dates_as_text(item)
