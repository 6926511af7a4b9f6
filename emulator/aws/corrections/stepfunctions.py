"""AWS Step Functions: what Terraform asks of state machines."""

from __future__ import annotations

import json
import uuid
from typing import Any

from aws.patching import adds, replaces

RESPONSE = "moto.stepfunctions.responses:StepFunctionResponse"


@adds(f"{RESPONSE}.validate_state_machine_definition")
def validate_state_machine_definition(_response: Any) -> str:
    """ValidateStateMachineDefinition is missing, though Terraform calls it in every plan. On AWS it lints."""
    return json.dumps({"result": "OK", "diagnostics": [], "truncated": False})


@adds(f"{RESPONSE}.list_state_machine_versions")
def list_state_machine_versions(_response: Any) -> str:
    """ListStateMachineVersions is missing. On AWS a machine that publishes no versions has an empty list."""
    return json.dumps({"stateMachineVersions": []})


@replaces(f"{RESPONSE}.start_execution", "self")
def name_execution(original: Any, response: Any) -> Any:
    """Executions without a name are all named `None`, so the second is refused. On AWS each gets a name of its own."""
    given = response._get_param
    if not given("name"):
        name = str(uuid.uuid4())
        response._get_param = lambda key, *rest, **more: name if key == "name" else given(key, *rest, **more)
    return original(response)


@replaces(f"{RESPONSE}.describe_execution", "self")
def answer_output_as_json(original: Any, response: Any) -> Any:
    """An execution whose result is text answers it bare. On AWS the output is JSON, so the text is in quotes."""
    result = original(response)
    execution = response.stepfunction_backend.describe_execution(response._get_param("executionArn"))
    if isinstance(execution.output, str) and "output" in result.result:
        result.result["output"] = json.dumps(execution.output)
    return result
