"""Amazon EC2: networks that are joined, and prefix lists."""

from __future__ import annotations

import copy
from typing import Any

from aws.patching import replaces, symbol

filter_resources = symbol("moto.utilities.utils:filter_resources")
invalid_service_name = symbol("moto.ec2.exceptions:InvalidServiceName")

PEERING_FILTERS = (
    ("accepter-vpc-info.cidr-block", "accepter_vpc_info", "CidrBlock"),
    ("accepter-vpc-info.owner-id", "accepter_vpc_info", "OwnerId"),
    ("accepter-vpc-info.vpc-id", "accepter_vpc_info", "VpcId"),
    ("requester-vpc-info.cidr-block", "requester_vpc_info", "CidrBlock"),
    ("requester-vpc-info.owner-id", "requester_vpc_info", "OwnerId"),
    ("requester-vpc-info.vpc-id", "requester_vpc_info", "VpcId"),
    ("status-code", "status", "Code"),
    ("vpc-peering-connection-id", "id"),
)
ATTACHMENT_FILTERS = (
    ("resource-id", "resource_id"),
    ("resource-owner-id", "resource_owner_id"),
    ("resource-type", "resource_type"),
    ("state", "state"),
    ("transit-gateway-attachment-id", "id"),
    ("transit-gateway-id", "transit_gateway_id"),
)
GATEWAY_TABLES = "moto.ec2.models.transit_gateway_route_tables:TransitGatewayRouteTableBackend"
HEALTH_CHECKERS = {"": ("IPv4", "15.177.0.0/18"), "ipv6.": ("IPv6", "2600:1f14:7ff:f800::/56")}


@replaces("moto.ec2.responses.vpc_peering_connections:VPCPeeringConnections.describe_vpc_peering_connections", "self")
def filter_peering_connections(original: Any, response: Any) -> Any:
    """DescribeVpcPeeringConnections ignores filters, and answers the requester's tags everywhere. AWS answers only the named connections, and each side has its own tags."""
    answer = original(response)
    filters = response._filters_from_querystring()
    found = answer.result["VpcPeeringConnections"]
    named = filter_resources(found, filters, PEERING_FILTERS) if filters else found
    answer.result["VpcPeeringConnections"] = [_with_own_tags(response.ec2_backend, one) for one in named]
    return answer


def _with_own_tags(backend: Any, shared: Any) -> Any:
    """Tags are looked up by id in the backend that a resource names."""
    seen = copy.copy(shared)
    seen.ec2_backend = backend
    return seen


@replaces("moto.ec2.models.transit_gateway_attachments:TransitGatewayAttachmentBackend.describe_transit_gateway_attachments", "self, transit_gateways_attachment_ids, filters")
def see_peering_from_own_side(original: Any, backend: Any, transit_gateways_attachment_ids: Any = None, filters: Any = None) -> Any:
    """A peering is described by the requester's side everywhere, and some filters are ignored. On AWS each side has its own gateway attached to the other's."""
    found = [_from_own_side(backend, one) for one in original(backend, transit_gateways_attachment_ids)]
    return filter_resources(found, filters, ATTACHMENT_FILTERS) if filters else found


def _from_own_side(backend: Any, attachment: Any) -> Any:
    accepter = getattr(attachment, "accepter_tgw_info", None)
    if accepter is None or (accepter["OwnerId"], accepter["Region"]) != (backend.account_id, backend.region_name):
        return attachment
    seen = _with_own_tags(backend, attachment)
    seen.transit_gateway_id = accepter["TransitGatewayId"]
    seen.resource_id = attachment.requester_tgw_info["TransitGatewayId"]
    seen.resource_owner_id = attachment.requester_tgw_info["OwnerId"]
    return seen


@replaces("moto.ec2.models.transit_gateway:TransitGateway.__init__", "self, backend, description, options")
def have_no_default_table(original: Any, gateway: Any, backend: Any, description: Any, options: Any = None) -> None:
    """A transit gateway has a default route table although neither association nor propagation by default is wanted. On AWS it has none."""
    original(gateway, backend, description, options)
    wanted = {gateway.options[option] for option in ("DefaultRouteTableAssociation", "DefaultRouteTablePropagation")}
    if wanted == {"disable"}:
        backend.transit_gateways_route_tables.pop(gateway.default_route_table.id)
        for option in ("AssociationDefaultRouteTableId", "PropagationDefaultRouteTableId"):
            gateway.options.pop(option)


@replaces(f"{GATEWAY_TABLES}.set_route_table_association", "self, transit_gateway_attachment_id, transit_gateway_route_table_id")
def associate_with_tables_that_exist(original: Any, backend: Any, transit_gateway_attachment_id: Any, transit_gateway_route_table_id: Any) -> None:
    """A new attachment is associated with the gateway's default route table although it has none. On AWS it is associated with no table."""
    attachment = backend.transit_gateway_attachments[transit_gateway_attachment_id]
    default = attachment.transit_gateway_route_table
    if default is not None and default.id == transit_gateway_route_table_id and default.id not in backend.transit_gateways_route_tables:
        attachment.transit_gateway_route_table = None
    else:
        original(backend, transit_gateway_attachment_id, transit_gateway_route_table_id)


@replaces("moto.ec2.responses.transit_gateway_attachments:TransitGatewayAttachment.create_transit_gateway_vpc_attachment", "self")
def tag_attachment(original: Any, response: Any) -> Any:
    """CreateTransitGatewayVpcAttachment forgets tags. On AWS they are the attachment's."""
    answer = original(response)
    answer.result["TransitGatewayVpcAttachment"].add_tags(response._parse_tag_specification().get("transit-gateway-attachment", {}))
    return answer


@replaces(f"{GATEWAY_TABLES}.create_transit_gateway_route", "self, transit_gateway_route_table_id, destination_cidr_block, transit_gateway_attachment_id, blackhole")
def route_to_attachment(original: Any, backend: Any, transit_gateway_route_table_id: Any, destination_cidr_block: Any, transit_gateway_attachment_id: Any = None, blackhole: Any = False) -> Any:
    """A route of a transit gateway answers no attachment, so Terraform would replace it. On AWS it answers where it leads."""
    route = original(backend, transit_gateway_route_table_id, destination_cidr_block, transit_gateway_attachment_id, blackhole)
    if "transitGatewayAttachments" in route:
        route["transitGatewayAttachments"] = [route["transitGatewayAttachments"]]
    return route


@replaces("moto.ec2.models.transit_gateway_attachments:TransitGatewayAttachmentBackend.describe_transit_gateway_peering_attachments", "self, transit_gateways_attachment_ids, filters")
def see_own_tags_of_peering(original: Any, backend: Any, *args: Any, **kwargs: Any) -> Any:
    """A peering of transit gateways answers the requester's tags everywhere. On AWS each side has tags of its own."""
    return [_with_own_tags(backend, one) for one in original(backend, *args, **kwargs)]


@replaces("moto.ec2.models.managed_prefixes:ManagedPrefixListBackend.create_default_pls", "self")
def list_health_checkers(original: Any, backend: Any) -> None:
    """The prefix lists of Route 53's health checkers are missing. On AWS every Region has them."""
    original(backend)
    for version, (family, cidr) in HEALTH_CHECKERS.items():
        name = f"com.amazonaws.{backend.region_name}.{version}route53-healthchecks"
        backend._create_aws_managed_prefix_list(name=name, address_family=family, entries=[{"Cidr": cidr}])


@replaces("moto.ec2.responses.vpcs:VPCs.modify_managed_prefix_list", "self")
def resize_prefix_list(original: Any, response: Any) -> Any:
    """ModifyManagedPrefixList forgets MaxEntries, and the name when none is given. On AWS the first is changed and the second kept."""
    changed = response.ec2_backend.managed_prefix_lists[response._get_param("PrefixListId")]
    name = changed.prefix_list_name
    answer = original(response)
    changed.prefix_list_name = response._get_param("PrefixListName") or name
    changed.max_entries = response._get_param("MaxEntries") or changed.max_entries
    return answer


# `aws ec2 describe-vpc-endpoint-services` of cn-north-1 and cn-northwest-1 lists them so. Of the services that workloads use:
# https://docs.amazonaws.cn/en_us/vpc/latest/privatelink/aws-services-privatelink-support.html
UNDER_CN = frozenset(("ec2", "ecr.api", "ecr.dkr", "lambda", "monitoring", "rds", "sqs", "states", "sts"))


@replaces("moto.ec2.models.vpcs:VPCBackend.create_vpc_endpoint", "self, vpc_id, service_name, endpoint_type, ...")
def refuse_service_of_other_prefix(
    original: Any, backend: Any, vpc_id: str, service_name: str, endpoint_type: Any, *args: Any, **kwargs: Any
) -> Any:
    """CreateVpcEndpoint takes any name of a service. On AWS some begin with `cn.com.amazonaws` in China, and none elsewhere."""
    prefix, _, service = service_name.partition(f"com.amazonaws.{backend.region_name}.")
    in_china = backend.region_name.startswith("cn-")
    if service and ((prefix == "" and in_china and service in UNDER_CN) or (prefix == "cn." and not in_china)):
        raise invalid_service_name(service_name)
    return original(backend, vpc_id, service_name, endpoint_type, *args, **kwargs)
