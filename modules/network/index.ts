export { checkCidr, cidrsOverlap } from "./cidr";
export {
  FlowLogBucket,
  flowLogsBucketStatements,
  flowLogsKeyStatement,
  FlowLogGroup,
  Traffic as FlowLogTraffic,
} from "./flow-logs";
export { NatGateways, Network, NetworkProps } from "./network";
export { refuseOverlap } from "./overlap";
