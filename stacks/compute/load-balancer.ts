import { LoadBalancer, LoadBalancerProps } from "../../modules/load-balancer";
import { holdsWrites } from "../history/questions";
import { ComputeInSite, staysInSite } from "./compute";

const DEFAULT_PORT = 8080;

/** How requests reach a compute. */
export interface BalancedOptions extends Pick<LoadBalancerProps, "healthCheck"> {
  /**
   * Settings of the load balancer.
   *
   * @default - the module's
   */
  readonly loadBalancer?: Pick<
    LoadBalancerProps,
    "accessLogs" | "clientKeepAlive" | "deletionProtection" | "deregistrationDelay" | "idleTimeout" | "tlsPolicy"
  >;
  /**
   * Port the compute listens on.
   *
   * @default 8080
   */
  readonly port?: number;
}

/** Name of everything of a compute in a site. */
export function computeName({ contract, compute, site }: Pick<ComputeInSite, "contract" | "compute" | "site">): string {
  return `${contract.name}-${compute}-${site.name}`;
}

/** The load balancer of a compute in a site, which stands there whatever the site's capacity. */
export function placeLoadBalancer(
  at: ComputeInSite,
  { loadBalancer, healthCheck, port }: BalancedOptions,
  targetType: LoadBalancerProps["targetType"],
): LoadBalancer {
  return new LoadBalancer(at.scope, "LoadBalancer", {
    // elsewhere a rebuild or a step down takes it away, and a protected one could not be deleted
    deletionProtection: at.site.home || (holdsWrites(at.site) && staysInSite(at.contract, at.site)),
    ...loadBalancer,
    ...exposure(at),
    name: computeName(at),
    vpcId: at.network.vpcId,
    targetPort: port ?? DEFAULT_PORT,
    targetType,
    healthCheck,
  });
}

/** HTTPS to the internet for the front door, plain HTTP within the network else. */
function exposure({ certificateArn, network }: ComputeInSite) {
  return certificateArn === undefined
    ? { plainHttp: true, clientCidrs: [network.cidr], subnetIds: network.privateSubnetIds }
    : { certificateArn, internetFacing: true, clientCidrs: ["0.0.0.0/0"], subnetIds: network.publicSubnetIds };
}
