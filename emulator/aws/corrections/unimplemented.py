"""All services: operations that neither moto nor a correction carries."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from aws.patching import replaces

CODE = "NotImplementedByEmulator"
XML_SERVICES = ("s3", "s3control", "route53", "cloudfront")


@replaces("moto.core.responses:BaseResponse.call_action", "self")
def refuse_at_once(original: Any, response: Any) -> Any:
    """An operation that is not carried ends as HTTP 500, which clients retry for minutes.

    A 400 that names the operation fails at once. (AWS has no such case.)
    """
    try:
        return original(response)
    except NotImplementedError as missing:
        return _refusal(response, f"{response.service_name}: {missing}")


def _refusal(response: Any, message: str) -> tuple[int, dict[str, str], str]:
    content_type = response.headers.get("Content-Type") or ""
    if content_type.startswith("application/x-www-form-urlencoded") or response.service_name in XML_SERVICES:
        error = f"<Error><Type>Sender</Type><Code>{CODE}</Code><Message>{escape(message)}</Message></Error>"
        return 400, {"Content-Type": "text/xml"}, f"<ErrorResponse>{error}</ErrorResponse>"
    headers = {"Content-Type": "application/json", "x-amzn-errortype": CODE}
    return 400, headers, json.dumps({"__type": CODE, "message": message})
