"""Reads AWS's service models, as botocore ships them. Standard input: `{service: [action]}`. Standard output: what each call takes and gives."""

import json
import sys

import botocore.session


def members_below(shape, found, data_keys):
    """Names of all structure members below a shape, and of the members whose keys are data."""
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if member.type_name == "map":
                data_keys.add(name)
            if (name, member.name) not in found:
                found.add((name, member.name))
                members_below(member, found, data_keys)
    elif shape.type_name == "list":
        members_below(shape.member, found, data_keys)
    elif shape.type_name == "map":
        members_below(shape.value, found, data_keys)


def describe(model, action):
    operation = model.operation_model(action)
    found, data_keys = set(), set()
    for shape in (operation.input_shape, operation.output_shape):
        if shape is not None:
            members_below(shape, found, data_keys)
    return {
        "parameters": sorted(operation.input_shape.members) if operation.input_shape else [],
        "required": sorted(operation.input_shape.required_members) if operation.input_shape else [],
        "members": sorted({name for name, _ in found}),
        "dataKeys": sorted(data_keys),
        "errors": sorted({shape.name for shape in operation.error_shapes}),
    }


session = botocore.session.get_session()
calls = {}
for service, actions in json.load(sys.stdin).items():
    model = session.get_service_model(service)
    for action in actions:
        calls[f"{service}:{action}"] = {"serviceId": str(model.service_id), **describe(model, action)}
json.dump(calls, sys.stdout)
