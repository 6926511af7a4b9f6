"""Amazon EC2: instances from launch templates."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces

ROOT_VOLUME_GIB = 8  # moto's value for an instance without a mapping; Amazon Linux images have it


@replaces("moto.ec2.models.instances:Instance.add_block_device", "self, size, device_path, snapshot_id, ...")
def size_volume_by_image(original: Any, instance: Any, size: Any, device_path: Any, snapshot_id: Any, *args: Any, **kwargs: Any) -> None:
    """A mapping without a size is refused. On AWS the volume is as large as the image's snapshot."""
    if size is None and snapshot_id is None:
        size = ROOT_VOLUME_GIB
    original(instance, size, device_path, snapshot_id, *args, **kwargs)


@replaces("moto.ec2.responses.launch_templates:LaunchTemplates.create_launch_template", "self")
def keep_own_tags_apart(original: Any, response: Any) -> Any:
    """A launch template's own tags are answered among those it gives to instances. On AWS they are not part of its data."""
    result = original(response)
    template = response.ec2_backend.get_launch_template_by_name(response._get_param("LaunchTemplateName"))
    data = template.default_version().data
    kept = [tags for tags in data.get("TagSpecifications", []) if tags["ResourceType"] != "launch-template"]
    data.pop("TagSpecifications", None)
    if kept:
        data["TagSpecifications"] = kept
    return result


@replaces("moto.ec2.models.security_groups:SecurityGroupRule.description", "self")
def describe_rule_for_group(original: Any, rule: Any) -> str | None:
    """A rule that names a security group loses its description. On AWS it keeps it, as a rule for addresses does."""
    described = original(rule)
    return described if described is not None else rule.source_group.get("Description")
