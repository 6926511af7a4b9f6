"""All services: operations that neither moto nor a correction carries."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces, symbol

ActionResult = symbol("moto.core.responses:ActionResult")
ServiceException = symbol("moto.core.exceptions:ServiceException")


@replaces("moto.core.responses:BaseResponse.call_action", "self")
def refuse_at_once(original: Any, response: Any) -> Any:
    """An operation that is not carried ends as HTTP 500, which clients retry for minutes.

    A 400 that names the operation fails at once. (AWS has no such case.)
    """
    try:
        return original(response)
    except NotImplementedError as missing:
        refusal = ServiceException("NotImplementedByEmulator", f"{response.service_name}: {missing}")
        status, headers, body = response.serialized(ActionResult(refusal))
        return 400 if status >= 500 else status, headers, body
