/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  AccessLogs: { bucket: "string", "prefix?": "string" },
  HealthCheck: { "codes?": "string", "healthyAfter?": "number", "interval?": "Duration", "path?": "string",
    "timeout?": "Duration", "unhealthyAfter?": "number" },
  LoadBalancerProps: { clientCidrs: ["list", "string"], name: "string", subnetIds: ["list", "string"],
    targetPort: "number", vpcId: "string", "accessLogs?": "AccessLogs", "certificateArn?": "string",
    "clientKeepAlive?": "Duration", "clientPrefixLists?": ["record", "string"], "deletionProtection?": "boolean",
    "deregistrationDelay?": "Duration", "healthCheck?": "HealthCheck", "idleTimeout?": "Duration",
    "internetFacing?": "boolean", "plainHttp?": "boolean", "targetProtocol?": ["one of", "HTTP", "HTTPS"],
    "targetType?": ["one of", "instance", "ip"], "tlsPolicy?": "string" },
});
