"""Names of the AWS SDK for Java, which Step Functions uses. The same rules are in `modules/core/model/sdk-names.ts`."""

from __future__ import annotations

import re
from typing import Any


def service_name(service_id: str) -> str:
    """`Database Migration Service` is `DatabaseMigration`."""
    name = pascal_case(service_id)
    return re.sub(r"Service$", "", re.sub(r"^(Amazon|Aws)", "", name))


def member_name(member: str) -> str:
    """Only an acronym at the beginning is a word: `DBInstanceArn` is `DbInstanceArn`, `MultiAZ` stays."""
    acronym = re.match(r"[A-Z]*?(?=[A-Z][a-z]|$|[^A-Za-z]|[a-z])", member)
    length = len(acronym[0]) if acronym else 0
    if length > 1:
        return member[0] + member[1:length].lower() + member[length:]
    return member[:1].upper() + member[1:]


def error_name(service: str, error: str) -> str:
    """`DBInstanceNotFoundFault` of `Rds` is `Rds.DbInstanceNotFoundException`."""
    return f"{service}.{pascal_case(re.sub(r'(Fault|Exception)$', '', error))}Exception"


def pascal_case(name: str) -> str:
    words = re.sub(r"[^A-Za-z0-9]+", " ", name)
    words = re.sub(r"([^a-z]{2,})v([0-9]+)", r"\1 v\2 ", words)
    words = re.sub(r"([^A-Z]{2,})V([0-9]+)", r"\1 V\2 ", words)
    words = re.sub(r"(?<=[a-z])(?=[A-Z][a-zA-Z0-9])", " ", words)
    words = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", words)
    words = re.sub(r"([0-9])([a-zA-Z])", r"\1 \2", words)
    return "".join(word[:1].upper() + word[1:].lower() for word in words.split())


def to_api(value: Any, shape: Any) -> Any:
    """Parameters of a task in the names of the API. A name that the SDK does not have is refused, as by Step Functions."""
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {member_name(name): name for name in shape.members}
        for key in value:
            if key not in names:
                raise ValueError(f'The field "{key}" is not supported by Step Functions')
        return {names[key]: to_api(item, shape.members[names[key]]) for key, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [to_api(item, shape.member) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: to_api(item, shape.value) for key, item in value.items()}
    return value


def from_api(value: Any, shape: Any) -> Any:
    """An answer of the API in the names of the SDK."""
    if shape.type_name == "structure" and isinstance(value, dict):
        return {member_name(key): from_api(item, shape.members[key]) for key, item in value.items() if key in shape.members}
    if shape.type_name == "list" and isinstance(value, list):
        return [from_api(item, shape.member) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: from_api(item, shape.value) for key, item in value.items()}
    return value
