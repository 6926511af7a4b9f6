import {
  AutoScalingGroup,
  AutoScalingGroupProps,
  autoScalingKeyStatements,
  HealthCheck,
  Image,
  LoadBalancer,
  LoadBalancerProps,
} from "../../modules/auto-scaling";
import { everActive } from "../plan";
import { activeCapacity, capacityIn, Compute, ComputeInSite, PlacedCompute, WorkloadCapacity } from "./compute";

const DEFAULT_PORT = 8080;

/** What of a group and its load balancer the workload itself decides. */
type Decided = "activeCapacity" | "capacity" | "image" | "keyArn" | "name" | "subnetIds" | "target" | "vpcId";

/** @typeParam S `number` where a standby's capacity is given, as a warm standby needs it */
export interface AutoScalingOptions<S extends number | undefined = undefined> extends Omit<
  AutoScalingGroupProps,
  Decided
> {
  /** Instances in the active site, and in a warm standby; the pattern decides what runs elsewhere. */
  readonly capacity: WorkloadCapacity<S>;
  /** What instances start from: `ssmImage`, which serves every site. */
  readonly image: Image;
  /**
   * How instances are found to serve.
   *
   * @default - GET / answered with 200, every 10 seconds
   */
  readonly healthCheck?: HealthCheck;
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
   * Port the instances listen on.
   *
   * @default 8080
   */
  readonly port?: number;
}

/**
 * Instances behind a load balancer in each site: at full number in the active, in a standby at what the pattern runs there. The load
 * balancer stands in every site; it is reached from the internet, over HTTPS, where it answers the front door, and else from the
 * site's network alone.
 *
 * Everything is named `<workload>-<compute>-<site>`.
 */
export function autoScaling<S extends number | undefined = undefined>(options: AutoScalingOptions<S>): Compute<S> {
  return {
    kind: "auto-scaling",
    capacity: options.capacity,
    inSite: (at) => placeGroup(at, options),
    keyStatements: autoScalingKeyStatements,
  };
}

function placeGroup(at: ComputeInSite, options: AutoScalingOptions<number | undefined>): PlacedCompute {
  const { scope, compute, plan, site, key, network } = at;
  const { capacity, healthCheck, loadBalancer, port, ...group } = options;
  const name = `${plan.name}-${compute}-${site.name}`;
  const balancer = new LoadBalancer(scope, "LoadBalancer", {
    deletionProtection: everActive(site), // elsewhere it serves nobody, and a step down takes it away
    ...loadBalancer,
    ...exposure(at),
    name,
    vpcId: network.vpcId,
    targetPort: port ?? DEFAULT_PORT,
    healthCheck,
  });
  const { securityGroupId } = new AutoScalingGroup(scope, "Group", {
    ...group,
    name,
    keyArn: key.keyArn,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    capacity: capacityIn(plan, site, capacity),
    activeCapacity: activeCapacity(capacity),
    target: balancer.target,
  });
  return { securityGroupId, dnsName: balancer.dnsName, zoneId: balancer.zoneId };
}

/** HTTPS to the internet for the front door, plain HTTP within the network else. */
function exposure({ certificateArn, network }: ComputeInSite) {
  return certificateArn === undefined
    ? { plainHttp: true, clientCidrs: [network.cidr], subnetIds: network.privateSubnetIds }
    : { certificateArn, internetFacing: true, clientCidrs: ["0.0.0.0/0"], subnetIds: network.publicSubnetIds };
}
