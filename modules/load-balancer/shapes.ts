/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  AccessLogs: { bucket: "string", "prefix?": "string" },
  ConnectionSettings: { "clientKeepAlive?": "Duration", "deregistrationDelay?": "Duration",
    "idleTimeout?": "Duration" },
  HealthCheck: { "codes?": "string", "healthyAfter?": "number", "interval?": "Duration", "path?": "string",
    "timeout?": "Duration", "unhealthyAfter?": "number" },
  ListenerSettings: { "certificateArn?": "string", "plainHttp?": "boolean", "tlsPolicy?": "string" },
  LoadBalancerProps: { clientCidrs: ["list", "string"], listener: "ListenerSettings", name: "string",
    subnetIds: ["list", "string"], target: "TargetSettings", vpcId: "string", "accessLogs?": "AccessLogs",
    "clientPrefixLists?": ["record", "string"], "connections?": "ConnectionSettings", "deletionProtection?": "boolean",
    "internetFacing?": "boolean" },
  TargetSettings: { port: "number", "healthCheck?": "HealthCheck", "protocol?": ["one of", "HTTP", "HTTPS"],
    "type?": ["one of", "instance", "ip"] },
});
