"""``python -m aws.sdk <endpoint>``: makes calls of any AWS API with the AWS SDK for Python. One JSON per line in, one JSON per line out.

In: ``{"id", "region", "service", "action", "parameters", "credentials"}``. Out: ``{"id", "answer"}`` or ``{"id", "code", "message"}``.
It ends when its standard input is closed.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

from aws.boto_config import one_attempt

CONFIG = one_attempt(connect_timeout=10, read_timeout=60)


def call(endpoint: str, request: dict[str, Any]) -> dict[str, Any]:
    credentials = request["credentials"]
    client = boto3.client(
        request["service"],
        region_name=request["region"],
        endpoint_url=endpoint,
        aws_access_key_id=credentials["accessKeyId"],
        aws_secret_access_key=credentials["secretAccessKey"],
        aws_session_token=credentials.get("sessionToken"),
        config=CONFIG,
    )
    answer = getattr(client, xform_name(request["action"]))(**request["parameters"])
    answer.pop("ResponseMetadata", None)
    return {"answer": answer}


def answer(endpoint: str, line: str) -> dict[str, Any]:
    request = json.loads(line)
    try:
        return {"id": request["id"], **call(endpoint, request)}
    except ClientError as error:
        name = type(error).__name__
        code = error.response["Error"]["Code"] if name == "ClientError" else name
        return {"id": request["id"], "code": code, "message": error.response["Error"].get("Message", "")}
    except BotoCoreError as error:
        return {"id": request["id"], "code": type(error).__name__, "message": str(error)}


def main(endpoint: str) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        for line in sys.stdin:
            pool.submit(lambda text: print(json.dumps(answer(endpoint, text), default=_text), flush=True), line)


def _text(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


if __name__ == "__main__":
    main(sys.argv[1])
