export { AccessLogs, accessLogsStatement } from "./access-logs";
export { LoadBalancer } from "./load-balancer";
export { ListenerSettings } from "./listeners";
export { ConnectionSettings, LoadBalancerProps } from "./load-balancer-props";
export { HealthCheck, LoadBalancerTarget, TargetSettings } from "./target-group";
