import { ListenerSettings, LoadBalancer, LoadBalancerProps, TargetSettings } from "../../modules/load-balancer";
import { holdsWrites } from "../history/questions";
import { ComputeInSite, staysInSite } from "./compute";

const DEFAULT_PORT = 8080;

/** Settings of a compute's load balancer that the workload leaves open. */
export interface WorkloadBalancer extends Pick<LoadBalancerProps, "accessLogs" | "connections" | "deletionProtection"> {
  /**
   * Security policy of the HTTPS listener. The workload gives the certificate.
   *
   * @default - the policy that AWS recommends
   */
  readonly listener?: Pick<ListenerSettings, "tlsPolicy">;
}

/** Load balancer and port of a compute. */
export interface BalancedOptions extends Pick<TargetSettings, "healthCheck"> {
  /**
   * Settings of the load balancer.
   *
   * @default - the defaults of `LoadBalancer`
   */
  readonly loadBalancer?: WorkloadBalancer;
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
  type: TargetSettings["type"],
): LoadBalancer {
  return new LoadBalancer(at.scope, "LoadBalancer", {
    // in other sites a rebuild or a step down destroys it, and AWS deletes no protected load balancer
    deletionProtection: at.site.home || (holdsWrites(at.site) && staysInSite(at.contract, at.site)),
    ...loadBalancer,
    ...exposure(at, loadBalancer?.listener),
    name: computeName(at),
    vpcId: at.network.vpcId,
    target: { port: port ?? DEFAULT_PORT, type, healthCheck },
  });
}

/** HTTPS from the internet for the front door, otherwise plain HTTP within the network. */
function exposure({ certificateArn, network }: ComputeInSite, listener: WorkloadBalancer["listener"]) {
  if (certificateArn === undefined) {
    const { cidr, privateSubnetIds: subnetIds } = network;
    return { listener: { ...listener, plainHttp: true }, clientCidrs: [cidr], subnetIds };
  }
  return {
    listener: { ...listener, certificateArn },
    internetFacing: true,
    clientCidrs: ["0.0.0.0/0"],
    subnetIds: network.publicSubnetIds,
  };
}
