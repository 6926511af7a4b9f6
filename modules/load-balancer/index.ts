export { AccessLogs, accessLogsStatement } from "./access-logs";
export { LoadBalancer } from "./load-balancer";
export { LoadBalancerProps } from "./load-balancer-props";
export { HealthCheck, LoadBalancerTarget } from "./target-group";
