"""AWS Step Functions: the two expression languages of the interpreter."""

from __future__ import annotations

import json
import re
from typing import Any

from aws.patching import replaces_everywhere, symbol

symbol("moto.stepfunctions.parser.models:stepfunctions_parser_backends")  # loads the interpreter, which copies by name
parse = symbol("moto.stepfunctions.parser.asl.utils.json_path:parse")
NoSuchJsonPathError = symbol("moto.stepfunctions.parser.asl.utils.json_path:NoSuchJsonPathError")
JSONataException = symbol("moto.stepfunctions.parser.asl.jsonata.jsonata:JSONataException")

# Wildcard, descent, filter, slice, union: such a path can match several values and yields a list.
INDEFINITE = re.compile(r"\*|\.\.|\?\(|\[[^\]]*[:,][^\]]*\]")


@replaces_everywhere(
    "moto.stepfunctions.parser.asl.utils.json_path:extract_json", "path, data", below="moto.stepfunctions"
)
def extract_value_of_definite_path(original: Any, path: str, data: Any) -> Any:
    """`$.a[0].b` yields a list of one, so that a Choice which polls a status never matches. On AWS it yields the value."""
    if INDEFINITE.search(path):
        return original(path, data)
    matches = parse(path).find(data)
    if not matches:
        raise NoSuchJsonPathError(json_path=path, data=data)
    return matches[0].value


@replaces_everywhere(
    "moto.stepfunctions.parser.asl.jsonata.jsonata:eval_jsonata_expression",
    "jsonata_expression",
    below="moto.stepfunctions",
)
def evaluate_jsonata(_original: Any, jsonata_expression: str) -> Any:
    """JSONata is stubbed out and fails in every state. On AWS it is a query language of its own."""
    import jsonata  # 0.1 s; only machines that use it pay

    try:
        return json.loads(json.dumps(jsonata.Jsonata(jsonata_expression).evaluate(None)))
    except Exception as fault:
        raise JSONataException("UNKNOWN", str(fault)) from fault
