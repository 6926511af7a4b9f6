export { checkCidr, cidrsOverlap } from "./cidr";
export { checkClients, ClientSettings, createClientSecurityGroup } from "./client-security-group";
export {
  FlowLogBucket,
  flowLogsBucketStatements,
  flowLogsKeyStatement,
  FlowLogGroup,
  Traffic as FlowLogTraffic,
} from "./flow-logs";
export { NatGateways, Network, NetworkProps } from "./network";
export { refuseOverlap } from "./overlap";
