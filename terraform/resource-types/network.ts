import { fill } from "./import-id";
import type { ResourceType } from "./resource-type";

/** Networks, load balancers and DNS. */
export const NETWORK: Readonly<Record<string, ResourceType>> = {
  aws_default_security_group: { replacedBy: ["vpc_id"] },
  aws_ec2_managed_prefix_list: { replacedBy: ["address_family"] },
  aws_ec2_transit_gateway: { replacedBy: ["multicast_support"] },
  aws_ec2_transit_gateway_peering_attachment: {
    replacedBy: ["options", "peer_account_id", "peer_region", "peer_transit_gateway_id", "transit_gateway_id"],
  },
  aws_ec2_transit_gateway_peering_attachment_accepter: { replacedBy: ["transit_gateway_attachment_id"] },
  aws_ec2_transit_gateway_route: {
    replacedBy: [
      "blackhole",
      "destination_cidr_block",
      "transit_gateway_attachment_id",
      "transit_gateway_route_table_id",
    ],
  },
  aws_ec2_transit_gateway_route_table: { replacedBy: ["transit_gateway_id"] },
  aws_ec2_transit_gateway_route_table_association: {
    replacedBy: ["transit_gateway_attachment_id", "transit_gateway_route_table_id"],
  },
  aws_ec2_transit_gateway_route_table_propagation: {
    replacedBy: ["transit_gateway_attachment_id", "transit_gateway_route_table_id"],
  },
  aws_ec2_transit_gateway_vpc_attachment: { replacedBy: ["transit_gateway_id", "vpc_id"] },
  aws_globalaccelerator_accelerator: { replacedBy: ["ip_addresses"] },
  aws_globalaccelerator_endpoint_group: { replacedBy: ["endpoint_group_region", "listener_arn"] },
  aws_globalaccelerator_listener: { replacedBy: ["accelerator_arn"] },
  aws_internet_gateway: { replacedBy: [] },
  aws_lb: {
    replacedBy: ["customer_owned_ipv4_pool", "internal", "load_balancer_type", "name", "name_prefix"],
    unique: { by: ["name"], within: "region" },
    idleCost: "a load balancer",
  },
  aws_lb_listener: { replacedBy: ["load_balancer_arn"] },
  aws_lb_target_group: {
    replacedBy: ["ip_address_type", "name", "name_prefix", "port", "protocol", "target_type", "vpc_id"],
  },
  aws_route: {
    replacedBy: [
      "destination_cidr_block",
      "destination_ipv6_cidr_block",
      "destination_prefix_list_id",
      "route_table_id",
    ],
  },
  aws_route53_health_check: {
    replacedBy: ["measure_latency", "reference_name", "request_interval", "routing_control_arn", "type"],
  },
  aws_route53_record: {
    importId: (values) => fill(`{zone_id}_{name}_{type}${values.set_identifier ? "_{set_identifier}" : ""}`, values),
    replacedBy: ["name", "zone_id"],
    unique: { by: ["name", "set_identifier"], within: "account" },
  },
  aws_route53_zone: { worth: "is needed to reach data", replacedBy: ["delegation_set_id", "name"] },
  aws_route53recoverycontrolconfig_cluster: { replacedBy: ["name"] },
  aws_route53recoverycontrolconfig_control_panel: { replacedBy: ["cluster_arn"] },
  aws_route53recoverycontrolconfig_routing_control: { replacedBy: ["cluster_arn"] },
  aws_route53recoverycontrolconfig_safety_rule: {
    replacedBy: ["asserted_controls", "control_panel_arn", "gating_controls", "target_controls"],
  },
  aws_route_table: { replacedBy: ["vpc_id"] },
  aws_route_table_association: { replacedBy: ["gateway_id", "subnet_id"] },
  aws_security_group: { replacedBy: ["description", "name", "name_prefix", "vpc_id"] },
  aws_subnet: {
    worth: "is needed to reach data",
    replacedBy: ["availability_zone", "availability_zone_id", "cidr_block", "ipv6_native", "outpost_arn", "vpc_id"],
  },
  aws_vpc: {
    worth: "is needed to reach data",
    replacedBy: ["cidr_block", "instance_tenancy", "ipv4_ipam_pool_id", "ipv4_netmask_length"],
  },
  aws_vpc_endpoint: {
    replacedBy: [
      "resource_configuration_arn",
      "service_name",
      "service_network_arn",
      "service_region",
      "vpc_endpoint_type",
      "vpc_id",
    ],
  },
  aws_vpc_peering_connection: { replacedBy: ["peer_owner_id", "peer_region", "peer_vpc_id", "vpc_id"] },
  aws_vpc_peering_connection_accepter: { replacedBy: ["vpc_peering_connection_id"] },
  aws_vpc_security_group_egress_rule: { replacedBy: ["security_group_id"] },
  aws_vpc_security_group_ingress_rule: { replacedBy: ["security_group_id"] },
};
