import { LoadBalancer, LoadBalancerProps } from "../../modules/load-balancer";
import { holdsWrites } from "../history/questions";
import { ComputeInSite, staysInSite } from "./compute";

const DEFAULT_PORT = 8080;

/** Load balancer and port of a compute. */
export interface BalancedOptions extends Pick<LoadBalancerProps, "healthCheck"> {
  /**
   * Settings of the load balancer.
   *
   * @default - the defaults of `LoadBalancer`
   */
  readonly loadBalancer?: Pick<
    LoadBalancerProps,
    "accessLogs" | "clientKeepAlive" | "deletionProtection" | "deregistrationDelay" | "idleTimeout" | "tlsPolicy"
  >;
  /**
   * Port on which the compute listens.
   *
   * @default 8080
   */
  readonly port?: number;
}

/** Name of every resource of a compute in a site. */
export function computeName({ contract, compute, site }: Pick<ComputeInSite, "contract" | "compute" | "site">): string {
  return `${contract.name}-${compute}-${site.name}`;
}

/** Creates the load balancer of a compute in a site. It exists at any capacity of the site. */
export function placeLoadBalancer(
  at: ComputeInSite,
  { loadBalancer, healthCheck, port }: BalancedOptions,
  targetType: LoadBalancerProps["targetType"],
): LoadBalancer {
  return new LoadBalancer(at.scope, "LoadBalancer", {
    // in other sites a rebuild or a step down destroys it, and AWS deletes no protected load balancer
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

/** HTTPS from the internet for the front door, otherwise plain HTTP within the network. */
function exposure({ certificateArn, network }: ComputeInSite) {
  return certificateArn === undefined
    ? { plainHttp: true, clientCidrs: [network.cidr], subnetIds: network.privateSubnetIds }
    : { certificateArn, internetFacing: true, clientCidrs: ["0.0.0.0/0"], subnetIds: network.publicSubnetIds };
}
