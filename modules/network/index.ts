export { AwsPrefixList, AwsPrefixListName, AwsPrefixListProps } from "./aws-prefix-list";
export { checkCidr, cidrsOverlap } from "./cidr";
export { checkClients, ClientSettings, createClientSecurityGroup } from "./client-security-group";
export { Destinations } from "./connection-routes";
export { EndpointUser, endpointsFor, endpointsIn } from "./endpoint-sets";
export {
  FlowLogBucket,
  flowLogsBucketStatements,
  flowLogsKeyStatement,
  FlowLogGroup,
  Traffic as FlowLogTraffic,
} from "./flow-logs";
export { NatGateways, Network, NetworkProps } from "./network";
export { KnownNetwork, NetworkRef, NetworkRefProps } from "./network-ref";
export { refuseOverlap } from "./overlap";
export { PrefixList, PrefixListProps } from "./prefix-list";
export { TransitGateway, TransitGatewayProps } from "./transit-gateway";
export {
  AttachableNetwork,
  TransitGatewayAttachment,
  TransitGatewayAttachmentProps,
} from "./transit-gateway-attachment";
export {
  TransitGatewayPeeringAcceptance,
  TransitGatewayPeeringAcceptanceProps,
} from "./transit-gateway-peering-acceptance";
export { TransitGatewayPeeringProps } from "./transit-gateway-peering-parts";
export { TransitGatewayPeeringRequest } from "./transit-gateway-peering-request";
export { TransitGatewayPeeringRoutes, TransitGatewayPeeringRoutesProps } from "./transit-gateway-peering-routes";
export { KnownTransitGateway, TransitGatewayRef } from "./transit-gateway-ref";
export { VpcPeeringAcceptance, VpcPeeringAcceptanceProps } from "./vpc-peering-acceptance";
export { VpcPeeringProps } from "./vpc-peering-parts";
export { VpcPeeringRequest } from "./vpc-peering-request";
